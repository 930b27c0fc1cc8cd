"""What citizens come for: the guide, applying, the board, the roster, the calendar; looked at in a real browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Visit, axe, shoot
from tests.office import AGENCY, Office, add_item, apply, at, found_office
from tests.web.test_languages import Reader
from xiaoneng.catalogue.models import Edition, Item
from xiaoneng.catalogue.queries import facts
from xiaoneng.desk import recording
from xiaoneng.matters.models import Matter, Particulars
from xiaoneng.matters.vocabulary.intake import Withdrawn
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.organisation.models import Incumbency, Post
from xiaoneng.web import clock

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
PUBLIC = (
    "/",
    "/items/",
    "/items/?q=zzzz",
    "/items/T-001/",
    "/apply/T-001/",
    "/board/",
    f"/board/{AGENCY}/",
    "/duty/",
    "/duty/?q=test",
    f"/duty/{AGENCY}/",
    "/office/calendar/",
    "/office/calendar/?year=2027",
)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.set_for_tests(lambda: NOON)
    yield
    clock.set_for_tests(None)


@dataclass(frozen=True)
class City:
    office: Office
    item: str


@pytest.fixture
def city(db: None) -> City:
    return City(office=found_office(), item=add_item())


def text(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def withdrawn(item: str, *, received: str, at_end: str, agency: str = AGENCY) -> str:
    """Return an application that its applicant called off: the shortest way to a closed matter."""
    number = apply(item=item, when=at(received), agency=agency).number
    recording.lapse(number, now=at(at_end))
    seen = Matter.objects.get(number=number).acts_seen
    recording.record(Withdrawn(at=at(at_end), by=CITIZEN), number=number, seen=seen, now=at(at_end))
    return number


@pytest.mark.parametrize("path", PUBLIC)
def test_a_citizen_needs_no_account_and_every_page_is_whole_in_english(
    client: Client, city: City, path: str
) -> None:
    text(client, path)
    reader = Reader()
    reader.feed(text(client, path, "en"))
    assert reader.found == []


def test_an_item_is_found_by_what_people_call_it(client: Client, city: City) -> None:
    Item.objects.filter(code=city.item).update(zh="居民身份证申领", en="Application for an identity card")
    for words in ("身份证", "办身份证", "identity card", "IDENTITY"):
        assert "/items/T-001/" in text(client, f"/items/?q={words}"), words
    assert "/items/T-001/" not in text(client, "/items/?q=护照")
    assert "没有找到这样的事项" in text(client, "/items/?q=护照")


def test_typing_an_agency_leads_to_it_and_to_its_items(client: Client, city: City) -> None:
    told = text(client, "/items/?q=测试局")
    assert f"/board/{AGENCY}/" in told
    assert "/items/T-001/" in told


def test_a_long_list_is_paged_and_keeps_what_was_asked(client: Client, city: City) -> None:
    for serial in range(2, 31):
        add_item(f"T-{serial:03}")
    first = text(client, f"/items/?agency={AGENCY}")
    assert "共 30 项" in first
    assert first.count("/items/T-") == 20
    assert f"?agency={AGENCY}&amp;page=2" in first
    second = text(client, f"/items/?agency={AGENCY}&page=2")
    assert second.count("/items/T-") == 10


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999"])
def test_a_page_number_that_is_none_breaks_nothing(client: Client, city: City, page: str) -> None:
    text(client, f"/items/?page={page}")


def test_the_guide_says_both_limits_their_basis_and_how_sure_it_is(client: Client, city: City) -> None:
    told = text(client, "/items/T-001/")
    assert "20 个工作日" in told
    assert "10 个工作日" in told
    assert "《行政许可法》第四十二条第一款" in told
    assert "待核实" not in told


@pytest.mark.parametrize(
    ("certainty", "said"),
    [("unverified", "未见原文，待核实"), ("excerpt", "未核对全文"), ("default", "没有法律依据")],
)
def test_a_number_whose_article_was_not_read_says_so(
    client: Client, city: City, certainty: str, said: str
) -> None:
    Edition.objects.update(basis_certainty=certainty, counted="licence")
    told = text(client, "/items/T-001/")
    assert said in told
    assert "第八十二条按工作日计" in told


def test_an_invented_promise_is_called_invented(client: Client, city: City) -> None:
    assert "虚构数据" not in text(client, "/items/T-001/")
    Edition.objects.update(promise_is_default=True)
    facts.cache_clear()
    told = text(client, "/items/T-001/")
    assert "演示用，虚构" in told
    assert "虚构数据" in told


def test_the_guide_names_who_is_at_the_window_now_and_who_covers(client: Client, city: City) -> None:
    told = text(client, "/items/T-001/")
    assert "A 岗 窗口A（虚构）" in told
    assert "B 岗 窗口B（虚构）" in told
    Incumbency.objects.filter(post=f"{AGENCY}-window").update(active_until=NOON)
    assert "现在没有人在岗" in text(client, "/items/T-001/")


def test_few_matters_are_said_to_be_few(client: Client, city: City) -> None:
    withdrawn(city.item, received="2026-02-02 09:00", at_end="2026-02-03 09:00")
    told = text(client, "/items/T-001/")
    assert "n = 1" in told
    assert "不足 10 件，仅供参考" in told


@pytest.mark.parametrize("path", ["/items/NONE/", "/apply/NONE/", "/board/NONE/", "/duty/NONE/"])
def test_what_is_not_there_is_not_found(client: Client, city: City, path: str) -> None:
    assert client.get(path).status_code == 404


def test_everything_missing_is_told_in_one_list_and_what_was_typed_stays(client: Client, city: City) -> None:
    answer = client.post("/apply/T-001/", {"agent": "代理人甲", "note": "请尽快", "materials": "plan"})
    told = answer.content.decode()
    assert answer.status_code == 400
    assert "还缺：申请表。" in told
    assert all(f'href="#f-{name}"' in told for name in ("applicant", "contact", "mandate"))
    assert "代理人甲" in told
    assert "请尽快" in told
    assert re.search(r'value="plan"\s+checked', told)
    assert not Matter.objects.exists()


def test_an_application_ends_on_its_receipt_and_its_words_stay_apart_from_the_record(
    client: Client, city: City
) -> None:
    sent = {"materials": ["form", "plan"], "applicant": "李明（虚构）", "contact": "13800000000"}
    answer = client.post("/apply/T-001/", sent, follow=True)
    matter = Matter.objects.get()
    assert answer.redirect_chain[-1][0] == f"/m/{matter.number}/receipt/"
    told = answer.content.decode()
    assert matter.number in told
    assert 'data-kept-done="apply-T-001"' in told
    record = matter.actrecord_set.get()
    assert '"channel":"web"' in record.body
    assert "李明" not in record.body
    assert "李明" in Particulars.objects.get().body


def test_who_lacks_a_material_may_hand_in_what_there_is(client: Client, city: City) -> None:
    sent = {"materials": ["plan"], "applicant": "李明（虚构）", "contact": "13800000000"}
    assert 'name="anyway"' not in text(client, "/apply/T-001/")
    assert 'name="anyway"' in client.post("/apply/T-001/", sent).content.decode()
    assert client.post("/apply/T-001/", {**sent, "anyway": "on"}).status_code == 302
    assert Matter.objects.get().stage == "received"


def test_an_agency_without_posts_cannot_be_applied_to_and_says_why(client: Client, city: City) -> None:
    Incumbency.objects.all().delete()
    Post.objects.all().delete()
    sent = {"materials": ["form", "plan"], "applicant": "李明（虚构）", "contact": "13800000000"}
    answer = client.post("/apply/T-001/", sent)
    assert answer.status_code == 400
    assert "无人承担职责" in answer.content.decode()


def test_the_board_the_file_and_the_agency_say_the_same(client: Client, city: City) -> None:
    for day in range(2, 14):
        withdrawn(city.item, received="2026-02-01 09:00", at_end=f"2026-02-{day:02} 09:00")
    rows = list(csv.reader(io.StringIO(client.get("/board.csv").content.decode("utf-8-sig"))))
    row = dict(zip(rows[0], next(one for one in rows if "测试局" in one), strict=True))
    assert row["办结"] == "12"
    assert row["位次"] == "1"
    for path in ("/board/", f"/board/{AGENCY}/", "/"):
        told = text(client, path)
        assert f"{row['按承诺办结 %']}" in told, path
        assert row["95% 区间"] in told, path
        assert "n = 12" in told, path


def test_fewer_than_ten_are_shown_and_not_ranked(client: Client, city: City) -> None:
    withdrawn(city.item, received="2026-02-02 09:00", at_end="2026-02-03 09:00")
    rows = list(csv.reader(io.StringIO(client.get("/board.csv").content.decode("utf-8-sig"))))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["位次"], row["办结"]) == ("", "1")


def test_every_figure_of_the_board_has_its_definition_and_its_moment(client: Client, city: City) -> None:
    told = text(client, "/board/")
    assert told.count("截至") >= 4
    for said in ("分母：", "中位数", "威尔逊", "列出但不排名"):
        assert said in told


def test_a_post_without_people_or_duties_is_marked(client: Client, city: City) -> None:
    told = text(client, f"/duty/{AGENCY}/")
    assert "没有写明职责" in told
    Post.objects.update(duties="受理", duties_en="Accepts")
    assert "roster__flaw" not in text(client, f"/duty/{AGENCY}/")
    Incumbency.objects.filter(post=f"{AGENCY}-review", standing="A").update(active_until=NOON)
    told = text(client, f"/duty/{AGENCY}/")
    assert "没有 A 岗" in told
    assert "B 岗 审核B（虚构）" in told


def test_the_roster_is_searched_by_duty_and_by_name(client: Client, city: City) -> None:
    Post.objects.filter(pk=f"{AGENCY}-window").update(duties="收件并一次告知", duties_en="Takes in")
    for words in ("一次告知", "takes", "窗口A"):
        told = text(client, f"/duty/?q={words}")
        assert f'id="post-{AGENCY}-window"' in told, words
        assert f'id="post-{AGENCY}-head"' not in told, words
    assert "没有这样的岗位" in text(client, "/duty/?q=不存在")


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.parametrize("path", ["/items/", "/items/?q=测试", "/board/", "/duty/?q=测试", "/"])
def test_a_list_asks_as_often_for_many_as_for_few(client: Client, city: City, path: str) -> None:
    withdrawn(city.item, received="2026-02-02 09:00", at_end="2026-02-03 09:00")
    few = queries(client, path)
    for serial in range(4):
        agency = f"330200-TEST{serial}"
        found_office(agency)
        code = add_item(f"M-{serial}", agency=agency)
        withdrawn(code, received="2026-02-02 09:00", at_end="2026-02-03 09:00", agency=agency)
        apply(item=code, when=at("2026-03-02 09:00"), agency=agency)
    assert queries(client, path) == few


LOOKED = {
    "home": "/",
    "items": "/items/",
    "item": "/items/T-001/",
    "apply": "/apply/T-001/",
    "board": "/board/",
    "agency": f"/board/{AGENCY}/",
    "duty": f"/duty/{AGENCY}/",
    "calendar": "/office/calendar/",
}


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("zh", 390, "dark"), ("en", 1440, "light"), ("en", 390, "light")]
)
def test_public_pages_are_accessible_and_never_scroll_sideways(
    live_server: LiveServer, open_page: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    found_office()
    withdrawn(add_item(), received="2026-02-02 09:00", at_end="2026-02-03 09:00")
    page = open_page(language, width=width, scheme=scheme)
    for name, path in LOOKED.items():
        page.goto(live_server.url + path)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{path} is {wider} pixels too wide"
        shoot(page, f"public-{name}-{language}-{width}")


@pytest.mark.usefixtures("transactional_db")
def test_a_citizen_finds_applies_and_has_the_receipt_without_any_script(
    live_server: LiveServer, visit: Visit
) -> None:
    found_office()
    add_item()
    visit.expected = ("status of 400",)  # the browser's own note of the form that came back
    page = visit.open("zh", width=390, script=False)
    page.goto(live_server.url)
    page.get_by_label("要办什么事？").fill("测试事项")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="测试事项T-001").click()
    page.get_by_role("link", name="在线申请").click()
    page.get_by_role("button", name="提交申请").click()
    assert page.get_by_role("alert").get_by_role("link").count() == 3
    page.get_by_label("申请表").check()
    page.get_by_label("规划图").check()
    page.get_by_label("申请人").fill("李明（虚构）")
    page.get_by_label("联系方式").fill("13800000000")
    page.get_by_role("button", name="提交申请").click()
    assert page.get_by_role("heading", name="已收件，请保存回执").is_visible()
    assert Matter.objects.get().number in page.content()


def test_the_year_is_counted_as_the_notices_arrange_it(client: Client, db: None) -> None:
    told = text(client, "/office/calendar/?year=2026")
    assert "国庆节放假" in told
    assert "国庆节调休上班" in told
    assert "2027 年的放假安排还没有公布" in text(client, "/office/calendar/?year=2027")
