"""What supervisors and offices see: the wall, what is behind a light, cards, feeds, leave, loading a notice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.office import AGENCY, Office, add_item, apply, at, found_office
from tests.web.test_languages import Reader
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.flow.reading import read_log
from xiaoneng.matters.models import Matter
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.models import Absence, Agency, CalendarNotice, Division, Incumbency, Person, Post
from xiaoneng.supervision.actions import import_feed
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep
from xiaoneng.web import clock

NOON = datetime(2026, 3, 13, 4, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
OFFICE = "330200-XN"
MAPPING = """
key = "shore"
agency = { zh = "岸线局", en = "Shore Office" }
zone = "Asia/Shanghai"
[columns]
case = "case"
started = "start"
ended = "end"
due = "due"
channel = "channel"
department = "unit"
person = "who"
"""
ROWS = """case,start,end,due,channel,unit,who
A1,2026-01-05 09:00,2026-01-20 09:00,2026-01-16 17:00,desk,north,P-17
A2,2026-01-05 09:00,2026-01-12 09:00,2026-01-16 17:00,desk,south,P-23
A3,2026-01-05 09:00,,2026-02-02 17:00,post,north,P-17
A4,2026-01-05 09:00,,,post,north,P-17
A5,2026-01-07 09:00,2026-01-05 09:00,2026-01-16 17:00,desk,north,P-17
"""


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    clock.set_for_tests(lambda: NOON)
    yield
    clock.set_for_tests(None)


@dataclass(frozen=True)
class Watched:
    """An office under supervision, with a matter that lies at its window since January."""

    office: Office
    number: str


def watched() -> Watched:
    office = found_office()
    supervise("supervisor")
    number = apply(item=add_item(), when=at("2026-01-05 09:00")).number
    sweep(now=NOON)
    for duty in (Duty.HANDLE, Duty.HEAD, Duty.WINDOW):
        log_in_as(duty.value, person=office.people[f"{duty}-A"])
    return Watched(office=office, number=number)


@pytest.fixture
def seen(db: None) -> Watched:
    return watched()


def supervise(name: str, division: str = "330200") -> None:
    """Found an effectiveness office with one supervisor who logs in as `name`."""
    Division.objects.get_or_create(code=division, defaults={"zh": "某区", "en": "A district"})
    code = f"{division}-XN"
    Agency.objects.create(
        code=code, zh="效能办", en="Effectiveness Office", short="效能办", division_id=division
    )
    post = Post.objects.create(
        code=f"{code}-supervise", agency_id=code, zh="效能督察", en="Supervision", duty=Duty.SUPERVISE
    )
    person = Person.objects.create(name=f"督察{division}（虚构）", invented=True)
    Incumbency.objects.create(
        post=post, person=person, standing=Standing.PRIMARY, active_from=at("2020-01-01 00:00")
    )
    log_in_as(name, person=person.pk)


def log_in_as(name: str, *, person: int) -> None:
    user = get_user_model().objects.create_user(name, password=PASSWORD)
    Person.objects.filter(pk=person).update(user=user)


def logged_in(name: str) -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def supervisor(seen: Watched) -> Client:
    return logged_in("supervisor")


def text(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def feed(tmp_path: Path, db: None) -> None:
    path = tmp_path / "shore.csv"
    path.write_text(ROWS, encoding="utf-8")
    mapping = parse_mapping(MAPPING)
    import_feed(mapping=mapping, log=read_log(path, mapping=mapping), now=NOON)


SUPERVISED = (
    "/supervision/",
    "/supervision/matters/",
    f"/supervision/matters/?agency={AGENCY}",
    "/supervision/cards/",
    "/supervision/feeds/",
    "/supervision/feeds/shore/",
    "/supervision/feeds/shore/?group=person&name=P-17",
    "/supervision/feeds/shore/?as_of=2026-01-10&light=in_time",
    "/supervision/feeds/shore/?check=impossible",
    "/supervision/gaming/",
)


@pytest.mark.usefixtures("feed")
@pytest.mark.parametrize("path", SUPERVISED)
def test_only_supervisors_read_supervision_and_to_others_it_is_not_there(seen: Watched, path: str) -> None:
    assert Client().get(path).status_code == 302
    for name in (Duty.HANDLE, Duty.HEAD, Duty.WINDOW):
        assert logged_in(name.value).get(path).status_code == 404, name
    text(logged_in("supervisor"), path)
    reader = Reader()
    reader.feed(text(logged_in("supervisor"), path, "en"))
    assert reader.found == []


def test_a_district_supervisor_sees_the_district_and_not_the_city(seen: Watched) -> None:
    supervise("district", "330203")
    client = logged_in("district")
    assert "测试局" not in text(client, "/supervision/?division=330200")
    assert client.get(f"/supervision/matters/?agency={AGENCY}").status_code == 404
    number = Card.objects.values_list("number", flat=True)[0]
    assert client.get(f"/supervision/cards/{number}/").status_code == 404


def test_the_wall_counts_what_its_lists_show(supervisor: Client, seen: Watched) -> None:
    told = text(supervisor, "/supervision/")
    link = f"/supervision/matters/?agency={AGENCY}&amp;light="
    assert told.count(link) == 1
    light = told.split(link)[1].split('"')[0]
    assert seen.number in text(supervisor, f"/supervision/matters/?agency={AGENCY}&light={light}")
    other = "suspended" if light != "suspended" else "overdue"
    assert seen.number not in text(supervisor, f"/supervision/matters/?agency={AGENCY}&light={other}")
    assert "测试局" in text(supervisor, f"/supervision/?light={light}")
    assert "没有机关亮这种灯" in text(supervisor, f"/supervision/?light={other}")


def test_every_matter_in_a_list_opens_at_the_desk(supervisor: Client, seen: Watched) -> None:
    assert f'href="/desk/m/{seen.number}/"' in text(supervisor, "/supervision/matters/")


def test_a_card_says_why_under_which_article_whose_and_opens_its_evidence(
    supervisor: Client, seen: Watched
) -> None:
    card = Card.objects.order_by("pk").first()
    assert card is not None
    told = text(supervisor, f"/supervision/cards/{card.number}/")
    assert card.zh in told
    assert seen.number in told
    assert card.person_name in told
    assert f"/desk/m/{seen.number}/" in told
    for sequence in filter(None, card.sequences.split(",")):
        assert f"/desk/m/{seen.number}/#act-{sequence}" in told
    assert "<button" not in told.split("<main")[1].replace("hidden data-copy", "").split("facts--wide")[1]


def test_whom_a_card_concerns_may_read_it_and_their_colleagues_may_not(seen: Watched) -> None:
    card = Card.objects.filter(post=f"{AGENCY}-window").first()
    assert card is not None
    path = f"/supervision/cards/{card.number}/"
    assert logged_in("window").get(path).status_code == 200
    assert logged_in("head").get(path).status_code == 200
    assert logged_in("handle").get(path).status_code == 404


@pytest.mark.usefixtures("feed")
def test_a_feed_is_judged_at_the_day_asked_for(supervisor: Client) -> None:
    late = text(supervisor, "/supervision/feeds/shore/?as_of=2026-02-10")
    assert "66.7" in late  # A1 closed late and A3 open past its day, of three that fell due
    early = text(supervisor, "/supervision/feeds/shore/?as_of=2026-01-10")
    assert "66.7" not in early
    assert "没有期限" in late
    assert "办结早于收件" in late


@pytest.mark.usefixtures("feed")
def test_a_closing_after_the_day_asked_for_is_not_shown(supervisor: Client) -> None:
    then = text(supervisor, "/supervision/feeds/shore/?as_of=2026-01-13&group=person&name=P-17")
    later = text(supervisor, "/supervision/feeds/shore/?as_of=2026-02-10&group=person&name=P-17")
    assert "2026-01-20" not in then
    assert "2026-01-20" in later


@pytest.mark.usefixtures("feed")
def test_the_cases_of_a_light_or_a_person_are_listed(supervisor: Client) -> None:
    path = "/supervision/feeds/shore/?as_of=2026-02-10"
    overdue = text(supervisor, f"{path}&light=overdue").split('id="cases"')[1].split("</table>")[0]
    assert "A3" in overdue
    assert "A1" not in overdue
    of_one = text(supervisor, f"{path}&group=person&name=P-23").split('id="cases"')[1].split("</table>")[0]
    assert "A2" in of_one
    assert "A1" not in of_one


def test_an_unknown_feed_is_not_found(supervisor: Client) -> None:
    assert supervisor.get("/supervision/feeds/none/").status_code == 404


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.parametrize("path", ["/supervision/", "/supervision/matters/", "/supervision/cards/"])
def test_a_list_of_supervision_asks_as_often_for_many_as_for_few(supervisor: Client, path: str) -> None:
    few = queries(supervisor, path)
    for serial in range(3):
        agency = f"330200-TEST{serial}"
        found_office(agency)
        apply(item=add_item(f"M-{serial}", agency=agency), when=at("2026-01-05 09:00"), agency=agency)
    sweep(now=NOON)
    assert queries(supervisor, path) == few


LEAVE = {
    "leave_from": "2026-03-16T09:00",
    "leave_until": "2026-03-18T17:00",
    "kind": "leave",
    "handover": "三件在办",
}


def test_leave_is_asked_for_and_stands_in_the_list_of_whom_it_concerns(seen: Watched) -> None:
    client = logged_in("handle")
    told = text(client, "/desk/absence/")
    assert "承办B（虚构）" in told
    assert "现在在岗" in told
    told = client.post("/desk/absence/", LEAVE, follow=True).content.decode()
    number = Matter.objects.get(procedure="absence").number
    assert f"办件编号 {number}，等待批准" in told
    assert 'data-kept-done="leave"' in told
    assert f'href="/desk/m/{number}/"' in told
    assert number in text(logged_in("head"), "/desk/absence/")
    assert number not in text(logged_in("window"), "/desk/absence/")


def test_nobody_asks_for_another_s_leave(seen: Watched) -> None:
    client = logged_in("handle")
    client.post("/desk/absence/", {**LEAVE, "person": str(seen.office.people["head-A"])})
    record = Matter.objects.get(procedure="absence").actrecord_set.get()
    assert f'"person":{seen.office.people["handle-A"]}' in record.body


def test_an_impossible_leave_is_refused_with_every_reason_and_keeps_the_note(seen: Watched) -> None:
    client = logged_in("handle")
    answer = client.post("/desk/absence/", {**LEAVE, "leave_until": "2026-03-15T09:00"})
    assert answer.status_code == 400
    assert "三件在办" in answer.content.decode()
    blank = client.post("/desk/absence/", {"handover": "三件在办"}).content.decode()
    assert blank.count("请填写") >= 2


def test_a_partner_who_is_away_is_said_to_be(seen: Watched) -> None:
    Absence.objects.create(
        person_id=seen.office.people["handle-B"],
        active_from=at("2026-03-12 09:00"),
        expected_until=at("2026-03-20 09:00"),
        matter="QJ2026-0000001-1",
    )
    told = text(logged_in("handle"), "/desk/absence/")
    assert "现在不在：须由负责人另行指定顶岗人" in told
    assert "欠交接单" in told


def notice(year: int = 2027) -> str:
    days = [
        {"name": "元旦", "date": f"{year}-01-01", "isOffDay": True},
        {"name": "元旦", "date": f"{year}-01-04", "isOffDay": True},
    ]
    return json.dumps({"year": year, "papers": ["https://www.gov.cn/example"], "days": days})


@pytest.fixture
def _next_year(seen: Watched) -> None:
    """A matter that falls due in the first days of a year whose holidays are not announced."""
    clock.set_for_tests(lambda: at("2026-12-28 12:00"))
    apply(item="T-001", when=at("2026-12-28 09:00"))


@pytest.mark.usefixtures("_next_year")
def test_a_notice_is_previewed_and_changes_nothing_until_it_is_loaded(supervisor: Client) -> None:
    sent = {"text": notice(), "source": "国办发明电〔2026〕7号"}
    shown = supervisor.post("/office/calendar/load/", sent).content.decode()
    assert "2027年1月4日" in shown
    assert "2027年1月6日" in shown
    assert not CalendarNotice.objects.exists()
    done = supervisor.post("/office/calendar/load/", {**sent, "way": "load"}, follow=True)
    assert CalendarNotice.objects.get().year == 2027
    told = done.content.decode()
    assert "已载入 2027 年的通知" in told
    assert "国办发明电〔2026〕7号" in told


def test_a_faulty_notice_is_told_all_its_faults_and_kept(supervisor: Client) -> None:
    text_sent = '{"year": 2027, "papers": [], "days": [{"name": "", "date": "x", "isOffDay": 1}]}'
    answer = supervisor.post("/office/calendar/load/", {"text": text_sent, "source": ""})
    told = answer.content.decode()
    assert answer.status_code == 400
    for fault in ("name is", "isOffDay is", "date is", "请写明通知的出处"):
        assert fault in told
    assert "&quot;year&quot;: 2027" in told


def test_days_gone_by_cannot_be_changed(supervisor: Client) -> None:
    answer = supervisor.post("/office/calendar/load/", {"text": notice(2026), "source": "某文"})
    assert answer.status_code == 400
    assert "不能改变已经过去的日子" in answer.content.decode()
    assert not CalendarNotice.objects.exists()


@pytest.mark.parametrize("name", ["handle", "head", "window"])
def test_who_does_not_answer_for_the_calendar_cannot_load_it(seen: Watched, name: str) -> None:
    client = logged_in(name)
    assert client.get("/office/calendar/load/").status_code == 404
    sent = {"text": notice(), "source": "某文", "way": "load"}
    assert client.post("/office/calendar/load/", sent).status_code == 404
    assert not CalendarNotice.objects.exists()


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("language", "width", "scheme"), [("zh", 1440, "light"), ("en", 390, "dark")])
def test_pages_of_the_office_are_accessible_and_never_scroll_sideways(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    tmp_path: Path,
    language: str,
    width: int,
    scheme: str,
) -> None:
    watched()
    path = tmp_path / "shore.csv"
    path.write_text(ROWS, encoding="utf-8")
    mapping = parse_mapping(MAPPING)
    import_feed(mapping=mapping, log=read_log(path, mapping=mapping), now=NOON)
    page = open_page(language, width=width, scheme=scheme)
    page.goto(f"{live_server.url}/login/?next=/supervision/")
    page.locator("#f-username").fill("supervisor")
    page.locator("#f-password").fill(PASSWORD)
    page.locator("form.form button").click()
    card = Card.objects.values_list("number", flat=True)[0]
    looked = {
        "wall": "/supervision/",
        "matters": "/supervision/matters/",
        "cards": "/supervision/cards/",
        "card": f"/supervision/cards/{card}/",
        "feed": "/supervision/feeds/shore/?light=overdue&as_of=2026-02-10",
        "absence": "/desk/absence/",
        "load": "/office/calendar/load/",
    }
    for name, address in looked.items():
        page.goto(live_server.url + address)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{address} is {wider} pixels too wide"
        shoot(page, f"office-{name}-{language}-{width}")
