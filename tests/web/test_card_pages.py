"""Cards and gaming checks as pages: what a supervisor, a leader and the carded post see and do; in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.db.models import Q
from django.test import Client, RequestFactory
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.office import AGENCY, add_item, apply, at
from tests.web.offices import found_offices, logged_in, send_away, set_clock
from tests.web.test_languages import Reader
from xiaoneng.desk import recording
from xiaoneng.desk.duty import register_inquiry
from xiaoneng.matters.models import ActRecord, Matter, Particulars
from xiaoneng.matters.vocabulary.inquiry import Answered, Asked
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.queries import votes
from xiaoneng.supervision.sweep import sweep
from xiaoneng.web import clock
from xiaoneng.web.origin import place_of

LATE = "2026-03-18 09:00"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.set_for_tests(None)


def carded() -> Card:
    """Return the yellow card of a matter whose promise has passed, on the morning on which it was raised."""
    office = found_offices()
    number = apply(item=add_item(), when=at("2026-03-02 09:00")).number
    by = office.acting(Duty.WINDOW, when=at("2026-03-03 10:00"))
    recording.record(
        Accepted(at=at("2026-03-03 10:00"), by=by), number=number, seen=1, now=at("2026-03-03 10:00")
    )
    sweep(now=at("2026-03-16 09:00"))
    sweep(now=at("2026-03-18 00:05"))
    send_away(office, Duty.REVIEW, since="2026-03-17 09:00")
    set_clock(LATE)
    return Card.objects.select_related("case", "matter").get(level="yellow")


def told(client: Client, path: str, language: str = "zh") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_carded_post_answers_on_the_page_of_its_case(db: None) -> None:
    card = carded()
    client = logged_in("handle-A")
    page = told(client, f"/supervision/cards/{card.number}/")
    assert "待答复" in page
    assert "去答复或办理" in page
    case = f"/desk/m/{card.case.number}/"
    assert "还剩 3 个工作日" in told(client, case)
    sent = {"explanation": "人手不足", "remedy": "今日办结", "seen": "1"}
    assert client.post(f"{case}do/card-answered/", sent).status_code == 302
    assert Matter.objects.get(pk=card.case_id).stage == "answered"
    assert "已答复，待核实" in told(client, f"/supervision/cards/{card.number}/")
    supervisor = logged_in("supervisor")
    assert supervisor.post(f"{case}do/card-confirmed/", {"note": "属实", "seen": "2"}).status_code == 302
    assert card.number in told(supervisor, "/supervision/cards/?state=confirmed")
    assert card.number not in told(supervisor, "/supervision/cards/?state=issued")


def test_a_withdrawn_card_stays_in_the_list_and_leaves_the_counts(db: None) -> None:
    card = carded()
    supervisor = logged_in("supervisor")
    assert "黄牌 1" in told(supervisor, "/supervision/")
    case = f"/desk/m/{card.case.number}/"
    logged_in("handle-A").post(f"{case}do/card-contested/", {"grounds": "已于十七日办结", "seen": "1"})
    supervisor.post(f"{case}do/card-withdrawn/", {"reasons": "核实属实", "seen": "2"})
    assert "黄牌 1" not in told(supervisor, "/supervision/")
    assert card.number in told(supervisor, "/supervision/cards/")
    assert "任何统计都不计入" in told(supervisor, f"/supervision/cards/{card.number}/")


def test_cards_leave_as_a_table_of_what_the_reader_may_see(db: None) -> None:
    card = carded()
    mine = told(logged_in("handle-A"), "/supervision/cards.csv")
    assert card.number in mine
    assert "待答复,2026-03-23" in mine
    assert card.person_name not in mine
    assert card.number not in told(logged_in("stranger"), "/supervision/cards.csv")
    assert Client().get("/supervision/cards.csv").status_code == 302


def test_leaders_see_their_own_agency_and_nobody_else_does(db: None) -> None:
    card = carded()
    page = told(logged_in("head-A"), "/desk/agency/")
    assert card.number in page
    assert "没有报备中的否定" in page
    for name in ("handle-A", "stranger", "supervisor"):
        assert logged_in(name).get("/desk/agency/").status_code == 404, name


def test_gaming_checks_are_for_supervision_with_matters_and_for_the_public_as_counts(db: None) -> None:
    card = carded()
    Matter.objects.filter(pk=card.matter_id).update(
        is_open=False, closed_at=at("2026-03-17 10:00"), closed_late=False, handled_days=10, promised_days=10
    )
    supervisor = logged_in("supervisor")
    page = told(supervisor, f"/supervision/gaming/?agency={AGENCY}&check=last_day")
    assert card.matter.number in page
    assert "踩点办结" in page
    assert logged_in("handle-A").get("/supervision/gaming/").status_code == 404
    assert supervisor.get("/supervision/gaming/?agency=nobody").status_code == 404
    public = told(Client(), f"/board/{AGENCY}/")
    assert "成绩旁边的防造假检查" in public
    assert "踩点办结" in public


def test_a_rating_keeps_a_mark_of_its_place_and_never_the_address() -> None:
    def mark(address: str, when: str, **more: str) -> str:
        request = RequestFactory().get("/", REMOTE_ADDR=address, **more)
        return place_of(request, now=at(when))

    first = mark("203.0.113.9", "2026-03-02 09:00")
    assert first == mark("203.0.113.9", "2026-03-30 09:00")
    assert first != mark("203.0.113.9", "2026-04-01 09:00")
    assert first != mark("203.0.113.10", "2026-03-02 09:00")
    assert len(first) == 20
    behind = mark("127.0.0.1", "2026-03-02 09:00", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
    assert behind == first
    assert mark("198.51.100.7", "2026-03-02 09:00", HTTP_X_FORWARDED_FOR="203.0.113.9") != first


PATHS: dict[str, tuple[str, Callable[[Card], str]]] = {
    "cards": ("supervisor", lambda _: "/supervision/cards/"),
    "card": ("handle-A", lambda card: f"/supervision/cards/{card.number}/"),
    "card-case": ("handle-A", lambda card: f"/desk/m/{card.case.number}/"),
    "agency": ("head-A", lambda _: "/desk/agency/"),
    "gaming": ("supervisor", lambda _: "/supervision/gaming/?check=last_day"),
    "board-agency": ("", lambda _: f"/board/{AGENCY}/"),
}


@pytest.mark.parametrize("name", PATHS)
def test_an_english_reader_meets_no_unmarked_chinese(db: None, name: str) -> None:
    card = carded()
    who, path = PATHS[name]
    reader = Reader()
    reader.feed(told(logged_in(who) if who else Client(), path(card), "en"))
    assert reader.found == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1440)])
def test_the_pages_are_sound(
    live_server: LiveServer, open_page: Callable[..., Page], name: str, language: str, width: int
) -> None:
    card = carded()
    Matter.objects.filter(pk=card.matter_id).update(
        is_open=False, closed_at=at("2026-03-17 10:00"), closed_late=False, handled_days=10, promised_days=10
    )
    who, path = PATHS[name]
    page = open_page(language, width=width)
    if who:
        cookie = logged_in(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}{path(card)}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    axe(page)
    shoot(page, f"cards-{name}-{language}-{width}")


def test_a_rating_on_the_applicant_s_page_is_marked(db: None) -> None:
    office = found_offices()
    set_clock("2026-03-02 09:00")
    now = at("2026-03-02 09:00")
    asked = Asked(at=now, by=CITIZEN, asker="王女士（虚构）", question="营业执照在哪里办", contact="电话")
    receipt = register_inquiry(asked, agency=AGENCY, now=now)
    by = office.acting(Duty.WINDOW, when=now)
    recording.record(Answered(at=now, by=by, answer="二楼"), number=receipt.number, seen=1, now=now)
    client = Client()
    client.post(f"/m/{receipt.number}/code/", {"code": receipt.code})
    sent = {"level": "1", "words": "好", "seen": "2"}
    assert client.post(f"/m/{receipt.number}/do/rated/", sent, REMOTE_ADDR="203.0.113.9").status_code == 302
    rated = ActRecord.objects.get(verb="rated")
    kept = Particulars.objects.get(act=rated).body
    place = json.loads(kept)["place"]
    assert len(place) == 20
    assert "203.0.113.9" not in rated.body + rated.actor + kept
    assert [one.place for one in votes(Q())] == [place]
