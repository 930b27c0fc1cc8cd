"""How one complains, follows it by code, takes one in at the centre; and who learns nothing of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.centres import CITY_CENTRE, COUNTY_CENTRE, COUNTY_OFFICE, Centres, complain, does, found_centres
from tests.office import add_item, apply, at
from tests.web.offices import logged_in, set_clock
from tests.web.test_languages import Reader
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.models import Matter
from xiaoneng.matters.number import written
from xiaoneng.matters.vocabulary.complaint import AllegationFound, ComplaintAccepted
from xiaoneng.matters.vocabulary.complaint_after import RecusalAsked
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Finding
from xiaoneng.matters.vocabulary.handling import Nudged
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.organisation.models import Person
from xiaoneng.web import clock

MONDAY = "2026-03-02 09:30"
TOLD = {
    "text": "三次到窗口交材料，三次都说系统坏了，让下周再来。",
    "agencies": [COUNTY_OFFICE],
    "manner": "anonymous",
    "once": "one",
    "way": "send",
}
NOBODYS = written(prefix="TS", year=2026, serial=999)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock(MONDAY)
    yield
    clock.set_for_tests(None)


@pytest.fixture
def centres(db: None) -> Centres:
    found = found_centres()
    for name, person in found.people.items():
        Person.objects.filter(pk=person).update(user=get_user_model().objects.create_user(name))
    return found


def page(client: Client, path: str, told: dict[str, object] | None = None) -> str:
    answer = client.get(path) if told is None else client.post(path, told)
    return answer.content.decode()


# Saying it


def test_the_door_in_the_header_opens_the_page(centres: Centres) -> None:
    assert '<a href="/complain/">投诉</a>' in page(Client(), "/")
    assert Client().get("/complain/").status_code == 200


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(centres: Centres) -> None:
    told = {
        "text": "",
        "happened_on": "2026-03-20",
        "matter": "XK2026",
        "manner": "real_name",
        "wanted": "要个说法",
    }
    answer = Client().post("/complain/", {**told, "way": "send"})
    said = answer.content.decode()
    assert answer.status_code == 400
    for error in (
        "请写发生了什么",
        "日期不能晚于今天",
        "编号形如",
        "请写姓名",
        "请写一种联系方式",
        "或者用自己的话写",
    ):
        assert error in said
    assert "要个说法" in said
    assert not Matter.objects.exists()


def test_where_it_goes_is_said_with_the_reason_before_anything_is_sent(centres: Centres) -> None:
    head = str(centres.person("bureau-head-A"))
    near = page(Client(), "/complain/", {**TOLD, "way": "check"})
    assert "海曙区机关效能投诉中心" in near
    above = page(Client(), "/complain/", {**TOLD, "about": [head], "way": "check"})
    assert "市机关效能投诉中心" in above
    assert "不交给海曙区机关效能投诉中心" in above
    assert not Matter.objects.exists()


def test_what_was_typed_survives_the_search_and_the_way_back(centres: Centres) -> None:
    client = Client()
    found = page(client, "/complain/", {**TOLD, "agency_words": "住房", "way": "find"})
    assert "三次都说系统坏了" in found
    assert "单位负责人A（虚构）" in found  # the roster of the office that was picked
    back = page(client, "/complain/", {**TOLD, "way": "change"})
    assert "三次都说系统坏了" in back
    assert 'value="anonymous" checked' in back


def test_a_form_sent_twice_by_a_fast_click_is_one_complaint_and_its_receipt_stays(centres: Centres) -> None:
    client = Client()
    first = client.post("/complain/", TOLD)
    again = client.post("/complain/", TOLD, follow=True)
    number = Matter.objects.get().number
    assert first.headers["Location"] == f"/m/{number}/receipt/"
    assert again.redirect_chain[-1][0] == f"/m/{number}/receipt/"
    assert "2026年3月9日" in again.content.decode()  # told by then whether it is accepted
    assert "谁也通知不到您" in again.content.decode()


def test_nobody_finds_out_by_the_form_which_confidential_numbers_exist(centres: Centres) -> None:
    known = complain(when="2026-03-02 09:00").number
    told = [page(Client(), "/complain/", {**TOLD, "matter": one, "way": "check"}) for one in (known, NOBODYS)]
    assert "没有这个编号的公开办件" in told[0]
    assert _plain(told[0], known) == _plain(told[1], NOBODYS)


def _plain(text: str, number: str) -> str:
    return re.sub(r'name="once" value="[^"]*"', "", TOKEN.sub("", text)).replace(number, "NUMBER")


# Following it


@pytest.fixture
def made(centres: Centres) -> Receipt:
    return complain(when="2026-03-02 09:00")


@pytest.mark.parametrize("code", ["", "AAAAAAAAAA"])
def test_a_complaints_number_without_its_code_reads_like_one_never_given_out(
    made: Receipt, code: str
) -> None:
    for path, told in (("/track/", {"code": code}), ("/m/{}/", None), ("/m/{}/code/", {"code": code})):
        answers = []
        for number in (made.number, NOBODYS):
            cache.clear()
            given = None if told is None else {**told, "number": number}
            client = Client()
            answer = (
                client.get(path.format(number)) if given is None else client.post(path.format(number), given)
            )
            answers.append((answer.status_code, _plain(answer.content.decode(), number)))
        assert answers[0] == answers[1]


def test_guessing_codes_is_stopped_alike_for_numbers_that_exist_and_that_do_not(made: Receipt) -> None:
    for number in (made.number, NOBODYS):
        cache.clear()
        client = Client()
        for _ in range(5):
            assert "没有这个编号" in page(client, "/track/", {"number": number, "code": "AAAAAAAAAA"})
        assert "试错次数过多" in page(client, "/track/", {"number": number, "code": "AAAAAAAAAA"})
    assert "试错次数过多" in page(client, "/track/", {"number": NOBODYS, "code": made.code})


def test_number_and_code_open_it_with_posts_and_without_the_names_of_officials(
    centres: Centres, made: Receipt
) -> None:
    client = Client()
    assert client.post("/track/", {"number": made.number, "code": made.code}).status_code == 302
    shown = page(client, f"/m/{made.number}/")
    assert "效能投诉岗" in shown
    assert "海曙效能投诉A（虚构）" not in shown
    for act in ("补充事实", "催办", "撤回投诉", "反映打击报复", "要求某人回避"):
        assert act in shown
    assert "撤回不等于结案" in shown


def test_withdrawing_closes_nothing_and_findings_stay_inside_until_the_answer(
    centres: Centres, made: Receipt
) -> None:
    officer, lines = centres.person("county-complaints-A"), ("三次不收材料",)
    does(ComplaintAccepted, made.number, by=officer, when="2026-03-02 09:10", allegations=lines)
    facts = {"finding": Finding.SUBSTANTIATED, "facts": "监控为证", "allegation": lines[0]}
    does(AllegationFound, made.number, by=officer, when="2026-03-02 09:20", **facts)
    client = Client()
    client.post("/track/", {"number": made.number, "code": made.code})
    client.post(f"/m/{made.number}/do/complaint-withdrawn/", {"seen": "3", "reason": ""})
    shown = page(client, f"/m/{made.number}/")
    assert "撤回投诉" in shown
    assert "正在查" in shown
    assert "监控为证" not in shown
    assert Matter.objects.get().is_open
    assert "监控为证" in page(logged_in("county-complaints-A"), f"/desk/m/{made.number}/")


# The counter


def test_whoever_is_no_complaint_officer_takes_none_in(centres: Centres) -> None:
    for name, status in (
        ("county-complaints-A", 200),
        ("county-head-A", 404),
        ("bureau-window-A", 404),
        ("bureau-head-A", 404),
    ):
        assert logged_in(name).get("/desk/open/complaint/").status_code == status


def test_a_telephone_complaint_gets_the_same_receipt(centres: Centres) -> None:
    client = logged_in("county-complaints-A")
    answer = client.post("/desk/open/complaint/", {**TOLD, "channel": "phone"}, follow=True)
    number = Matter.objects.get().number
    assert answer.redirect_chain[-1][0] == f"/m/{number}/receipt/"
    assert "查询码" in answer.content.decode()
    saved = client.post(f"/m/{number}/receipt/", {"saved": "on"})
    assert saved.headers["Location"] == f"/desk/m/{number}/"


def test_what_is_about_a_head_leaves_the_countys_hands_with_the_receipt(centres: Centres) -> None:
    client = logged_in("county-complaints-A")
    about = {"about": [str(centres.person("bureau-head-A"))], "channel": "visit"}
    client.post("/desk/open/complaint/", {**TOLD, **about})
    row = Matter.objects.get()
    assert row.agency == CITY_CENTRE
    client.post(f"/m/{row.number}/receipt/", {"saved": "on"})
    for name in ("county-head-A", "county-complaints-B"):
        assert logged_in(name).get(f"/desk/m/{row.number}/").status_code == 404


def test_while_it_is_told_the_clerk_sees_where_it_goes_its_kind_and_what_says_the_same(
    centres: Centres,
) -> None:
    text = "窗口态度恶劣，互相推诿扯皮，三次都说系统坏了，让下周再来。"
    known = complain(when="2026-03-02 09:00", text=text).number
    head = (centres.person("bureau-head-A"),)
    elsewhere = complain(when="2026-03-02 09:00", text=text, about=head).number
    client = logged_in("county-complaints-A")
    helps = page(client, "/desk/open/complaint/look/", {**TOLD, "text": text, "complainant": "王某（虚构）"})
    assert "海曙区机关效能投诉中心" in helps
    assert known in helps
    assert elsewhere not in helps  # nobody learns of a complaint that is not theirs by telling another
    assert "因为：" in helps
    assert "王某" not in helps
    assert "<html" not in helps
    whole = page(client, "/desk/open/complaint/", {**TOLD, "text": text, "way": "look"})
    assert known in whole  # without a script the button says the same
    assert Matter.objects.count() == 2


# The centre


def test_the_centres_door_opens_to_those_who_stand_in_one(centres: Centres) -> None:
    for name in ("county-complaints-A", "county-head-A", "county-oversee-A", "group-supervise-A"):
        client = logged_in(name)
        assert client.get("/centre/").status_code == 200
        assert 'href="/centre/"' in page(client, "/desk/")
    for name in ("bureau-head-A", "bureau-window-A"):
        client = logged_in(name)
        assert client.get("/centre/").status_code == 404
        assert 'href="/centre/"' not in page(client, "/desk/")
    assert Client().get("/centre/").status_code == 302


FILTERS = [
    ({"manner": "anonymous"}, 2),
    ({"manner": "real_name"}, 0),
    ({"channel": "web"}, 2),
    ({"channel": "phone"}, 0),
    ({"agency": COUNTY_OFFICE}, 2),
    ({"agency": CITY_CENTRE}, 0),
    ({"nudged": "1"}, 1),
    ({"nudged": "2"}, 0),
    ({"q": "系统坏了"}, 1),
    ({"q": "停车"}, 1),
    ({"q": "从没说过"}, 0),
    ({"recusal": "1"}, 1),
    ({"deemed": "1"}, 0),
    ({"stage": "received"}, 1),
    ({"stage": "in_hand"}, 1),
    ({"light": "overdue"}, 0),
    ({"closed": "1"}, 0),
    ({"centre": COUNTY_CENTRE}, 2),
]


@pytest.mark.parametrize(("asked", "count"), FILTERS)
def test_a_list_is_narrowed_by_its_address(
    centres: Centres, made: Receipt, asked: dict[str, str], count: int
) -> None:
    other = complain(when="2026-03-02 09:00", text="停车场收费不开票，问了就骂人。").number
    officer = centres.person("county-complaints-A")
    does(Nudged, other, by=0, when="2026-03-02 09:05", words="")
    does(ComplaintAccepted, other, by=officer, when="2026-03-02 09:06", allegations=("不开票",))
    does(RecusalAsked, other, by=0, when="2026-03-02 09:07", whom="收费岗的人", ground="是他亲戚")
    client = logged_in("county-complaints-A")
    answer = client.get("/centre/", asked)
    shown = {number for number in (made.number, other) if number in answer.content.decode()}
    assert len(shown) == count
    table = list(csv.reader(StringIO(client.get("/centre/list.csv", asked).content.decode("utf-8-sig"))))
    assert {row[0] for row in table[1:]} == shown


def test_the_table_holds_nobodys_words(centres: Centres, made: Receipt) -> None:
    text = logged_in("county-complaints-A").get("/centre/list.csv").content.decode()
    assert made.number in text
    assert "系统坏了" not in text
    assert "匿名" not in text


def test_the_list_asks_the_database_as_often_for_many_as_for_few(centres: Centres) -> None:
    complain(when="2026-03-02 09:00")
    few = _asked_for(logged_in("county-complaints-A"))
    for _ in range(6):
        complain(when="2026-03-02 09:00")
    assert _asked_for(logged_in("county-complaints-A")) <= few


def _asked_for(client: Client) -> int:
    client.get("/centre/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/centre/").status_code == 200
    return len(asked)


def test_a_complaint_taken_in_by_telephone_says_so(centres: Centres) -> None:
    made = complain(when="2026-03-02 09:00", channel=ComplaintChannel.PHONE, by=CITIZEN)
    shown = page(logged_in("county-complaints-A"), "/centre/?channel=phone")
    assert made.number in shown


def test_three_about_one_thing_open_a_study_that_the_centre_sees(centres: Centres) -> None:
    for _ in range(3):
        complain(when="2026-03-02 09:00", subject_area="buck")
    shown = page(logged_in("county-complaints-A"), "/centre/")
    assert "专题研究：住建局" in shown
    assert "专题研究" not in page(logged_in("bureau-head-A"), "/desk/?tab=agency")


def test_the_way_from_a_matter_to_a_complaint_about_it_fills_in_what_is_known(centres: Centres) -> None:
    number = apply(
        item=add_item(agency=COUNTY_OFFICE), when=at("2026-02-27 10:00"), agency=COUNTY_OFFICE
    ).number
    assert f"/complain/?matter={number}" in page(Client(), f"/m/{number}/")
    form = page(Client(), f"/complain/?matter={number}")
    assert f'value="{number}"' in form
    assert f'value="{COUNTY_OFFICE}" checked' in form


@pytest.mark.parametrize("path", ["/complain/", "/m/{}/", "/track/"])
def test_an_english_reader_finds_no_unmarked_chinese_outside(made: Receipt, path: str) -> None:
    client = Client()
    client.post("/track/", {"number": made.number, "code": made.code})
    _read_in_english(client, path.format(made.number))


@pytest.mark.parametrize("path", ["/centre/", "/desk/open/complaint/", "/desk/m/{}/"])
def test_an_english_reader_finds_no_unmarked_chinese_at_the_centre(made: Receipt, path: str) -> None:
    _read_in_english(logged_in("county-complaints-A"), path.format(made.number))


def test_an_english_reader_finds_no_unmarked_chinese_on_the_way_to_the_receipt(centres: Centres) -> None:
    client, told = (
        Client(),
        {**TOLD, "about": [str(centres.person("bureau-head-A"))], "happened_on": "2026-02-27"},
    )
    for way in ("find", "check", "send"):
        answer = client.post(
            "/complain/", {**told, "way": way}, headers={"accept-language": "en"}, follow=True
        )
        reader = Reader()
        reader.feed(answer.content.decode())
        assert reader.found == []


def _read_in_english(client: Client, path: str) -> None:
    reader = Reader()
    reader.feed(client.get(path, headers={"accept-language": "en"}).content.decode())
    assert reader.found == []
