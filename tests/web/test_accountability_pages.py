"""Accountability as its overseers see it: the list, the bans, a record for whom it is, registering."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.db.test_accountability import ORAL, WRITTEN, breach, card, through
from tests.duty import dereliction, found_offices, held
from tests.office import AGENCY, Office, at
from tests.web.test_languages import Reader
from tests.web.test_supervision_pages import PASSWORD, log_in_as, logged_in
from xiaoneng.accountability import actions
from xiaoneng.desk import duty, recording
from xiaoneng.matters.models import Matter
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock
from xiaoneng.web.pages.accountability.opening import leads_here

NOW = at("2026-04-02 10:00")
PATHS = (
    "/accountability/",
    "/accountability/?stage=appealable",
    "/accountability/?quarter=2026Q1",
    "/accountability/?quarter=nonsense&stage=nonsense",
    "/accountability/bans/",
    "/accountability/bans/?year=2025",
    "/accountability/open/",
    "/accountability/open/?agency=330200-TEST",
    "/accountability/open/?agency=330200-TEST&what=ban",
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    clock.set_for_tests(lambda: NOW)
    yield
    clock.set_for_tests(None)


def watched() -> tuple[Office, str]:
    """Return an office with a written warning in its appeal term, a breach of a ban, and a leader who answers."""
    office = found_offices()
    for name in (*(one.value for one in (Duty.HANDLE, Duty.HEAD, Duty.PERSONNEL, Duty.REVIEW)), "supervise"):
        log_in_as(name, person=office.people[f"{name}-A"])
    when = "2026-03-02 09:00"
    number = duty.register_dereliction(dereliction(office, when=when), now=at(when)).number
    through(office, number, start="2026-03-04 09:00", **WRITTEN)
    found = duty.register_dereliction(breach(office, when=when, at_="2026-02-27 12:30"), now=at(when)).number
    through(office, found, start="2026-03-05 09:00", **ORAL)
    for serial in range(5):
        card(f"HP2026-000000{serial}-0", when="2026-03-02 10:00")
    actions.open_leader_cases(now=at("2026-04-01 00:05"))
    return office, number


@pytest.fixture
def seen(db: None) -> tuple[Office, str]:
    return watched()


def text(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("path", PATHS)
def test_overseers_read_every_page_in_both_languages(path: str) -> None:
    for name in ("supervise", "head", "personnel"):
        text(logged_in(name), path)
    reader = Reader()
    reader.feed(text(logged_in("supervise"), path, "en"))
    assert reader.found == []


@pytest.mark.usefixtures("seen")
def test_who_oversees_nothing_is_led_to_their_own_record_and_reads_no_list() -> None:
    client = logged_in("review")
    assert client.get("/accountability/").headers["Location"] == "/accountability/mine/"
    for path in ("/accountability/bans/", "/accountability/open/", "/accountability/list.csv"):
        assert client.get(path).status_code == 404
    assert Client().get("/accountability/").status_code == 302


def test_the_list_says_where_each_stands_and_the_leader_who_answers(seen: tuple[Office, str]) -> None:
    _, number = seen
    told = text(logged_in("supervise"), "/accountability/")
    assert number in told
    assert "效力至" in told
    assert "红牌 5 张" in told
    assert told.count("缺调查人员") == 1
    leader = Matter.objects.get(subject=f"失职追究：{AGENCY} 2026Q1")
    assert told.count(leader.number) == 4  # its line and the weak agency's, each an address and a name
    only = text(logged_in("supervise"), "/accountability/?stage=registered").split('id="a-weak"')[0]
    assert leader.number in only
    assert number not in only


def test_the_table_outside_has_every_line_and_no_formula(seen: tuple[Office, str]) -> None:
    _, number = seen
    answer = logged_in("supervise").get("/accountability/list.csv?stage=appealable")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("编号,机关,当事人")
    assert any(line.startswith(number) for line in lines)
    assert len(lines) == 3  # the head, the dereliction and the breach of the ban


def test_a_record_is_read_by_whom_it_is_for(seen: tuple[Office, str]) -> None:
    office, number = seen
    path = f"/accountability/people/{office.people['handle-A']}/"
    for name in ("handle", "head", "personnel", "supervise"):
        told = text(logged_in(name), path)
        assert number in told
        assert "本年 2 次，十二个月内 2 次" in told
        assert "建议：本年度考核最高为“基本称职”" in told
    assert logged_in("review").get(path).status_code == 404
    assert logged_in("handle").get("/accountability/people/999999/").status_code == 404
    assert "我的问责记录" in text(logged_in("handle"), "/accountability/mine/")
    assert "没有问责记录" in text(logged_in("review"), "/accountability/mine/")
    reader = Reader()
    reader.feed(text(logged_in("handle"), "/accountability/mine/", "en"))
    assert reader.found == []


def test_a_red_card_brings_its_number_along_to_the_registration(seen: tuple[Office, str]) -> None:
    office, _ = seen
    client = logged_in("supervise")
    told = text(client, "/supervision/cards/HP2026-0000001-0/")
    address = told.split('href="/accountability/open/?')[1].split('"')[0].replace("&amp;", "&")
    form = text(client, f"/accountability/open/?{address}")
    assert 'value="HP2026-0000001-0"' in form
    assert "weak_agency" not in form
    sent = {
        "source": "red_card",
        "reference": "HP2026-0000001-0",
        "person": office.people["review-A"],
        "facts": "超过法定期限",
    }
    answer = client.post(f"/accountability/open/?{address}", sent)
    assert answer.headers["Location"] == "/accountability/?kept=dereliction"
    assert Matter.objects.filter(subject="失职追究：HP2026-0000001-0").exists()


def test_a_refused_registration_keeps_what_was_typed_and_says_every_reason(seen: tuple[Office, str]) -> None:
    office, _ = seen
    client = logged_in("personnel")
    sent = {"source": "red_card", "reference": "HP2026-0099999-9", "person": "", "facts": "打过的字"}
    answer = client.post("/accountability/open/", sent)
    told = answer.content.decode()
    assert answer.status_code == 400
    assert "打过的字" in told
    ban = {
        "kind": "lunch_alcohol",
        "person": office.people["review-A"],
        "happened_at": "2026-03-01T12:30",
        "place": "某处",
        "witnesses": "甲",
        "facts": "饮酒",
    }
    told = client.post("/accountability/open/?what=ban", ban).content.decode()
    assert "2 名以上见证人" in told
    assert "不是工作日" in told
    assert "某处" in told


def test_an_agency_that_one_does_not_oversee_takes_no_registration(seen: tuple[Office, str]) -> None:
    assert logged_in("personnel").get("/accountability/open/?agency=330200-XN").status_code == 404
    assert logged_in("head").get("/accountability/open/?agency=nonsense").status_code == 404


def test_a_period_of_effect_is_told_by_its_day_and_waits_for_no_applicant(seen: tuple[Office, str]) -> None:
    _, number = seen
    told = text(logged_in("personnel"), f"/desk/m/{number}/")
    assert "效力开始计时，至 2026年6月6日。" in told
    assert "截止日由决定写明" in told
    assert "等申请人" not in told
    assert "无时限" in told
    assert "期满：申诉期满" in told


def test_a_complaint_or_a_red_card_s_case_offers_to_register_a_dereliction(seen: tuple[Office, str]) -> None:
    _, number = seen
    client = logged_in("supervise")
    assert "登记失职追究" not in text(client, f"/desk/m/{number}/").split("<main")[1]
    dossier = recording.read(number)
    by = (held(seen[0].people["supervise-A"], when=NOW),)
    complaint = replace(dossier, procedure=replace(dossier.procedure, key="complaint"), folded=None)
    assert leads_here(complaint, by).startswith("/accountability/open/?source=complaint&reference=ZZ2026")
    assert leads_here(complaint, (held(seen[0].people["review-A"], when=NOW),)) == ""


OPENED = (
    ("list", "/accountability/"),
    ("bans", "/accountability/bans/"),
    ("open", "/accountability/open/?agency=330200-TEST&what=ban"),
    ("dereliction", "/accountability/open/?agency=330200-TEST"),
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("zh", 390), ("en", 390), ("en", 1440)])
def test_the_pages_stand_in_a_browser(
    live_server: LiveServer, open_page: Callable[..., Page], language: str, width: int
) -> None:
    office, number = watched()
    page = open_page(language, width=width, scheme="dark" if width == 1440 and language == "en" else "light")
    page.goto(f"{live_server.url}/login/?next=/accountability/")
    page.fill("[name=username]", "supervise")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/accountability/")
    person = ("person", f"/accountability/people/{office.people['handle-A']}/")
    for name, path in (*OPENED, person, ("matter", f"/desk/m/{number}/")):
        page.goto(live_server.url + path)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        shoot(page, f"accountability-{name}-{language}-{width}")
