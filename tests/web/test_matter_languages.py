from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.office import Office, add_item, apply, at
from tests.web.offices import found_offices, logged_in, set_clock
from tests.web.test_languages import Reader
from xiaoneng.desk import recording
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock("2026-03-09 09:30")
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office() -> Office:
    return found_offices()


@pytest.fixture
def matter(office: Office) -> Receipt:
    receipt = apply(item=add_item(), when=at("2026-03-02 09:00"))
    when = at("2026-03-02 11:00")
    act = Accepted(at=when, by=office.acting(Duty.WINDOW, when=when))
    recording.record(act, number=receipt.number, seen=1, now=when)
    return receipt


def unmarked(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.found


def test_a_citizen_who_reads_english_finds_no_chinese_unmarked(client: Client, matter: Receipt) -> None:
    client.post(f"/m/{matter.number}/code/", {"code": "AAAAAAAAAA"}, headers=ENGLISH)
    pages = [
        client.get("/track/", headers=ENGLISH),
        client.post("/track/", {"number": "x", "code": "y"}, headers=ENGLISH),
        client.get(f"/m/{matter.number}/", headers=ENGLISH),
        client.post(f"/m/{matter.number}/code/", {"code": "AAAAAAAAAA"}, headers=ENGLISH),
        client.get(f"/verify/?n={matter.number}&s=2&h={'00' * 32}", headers=ENGLISH),
        client.post("/verify/", {"text": "nonsense"}, headers=ENGLISH),
    ]
    client.post(f"/m/{matter.number}/code/", {"code": matter.code}, headers=ENGLISH)
    pages.append(client.get(f"/m/{matter.number}/", headers=ENGLISH))
    pages.append(client.post(f"/m/{matter.number}/do/accepted/", {"seen": "2"}, headers=ENGLISH))
    for page in pages:
        assert unmarked(page.content.decode()) == []


def test_an_officer_who_reads_english_finds_no_chinese_unmarked(office: Office, matter: Receipt) -> None:
    handler, window = logged_in("handle-A"), logged_in("window-A")
    path = f"/desk/m/{matter.number}/"
    filled = {"ground": "testing", "expected_until": "2026-03-20", "notice_served": "on", "way": "preview"}
    pages = [
        handler.get("/desk/", headers=ENGLISH),
        handler.get("/desk/?q=nothing", headers=ENGLISH),
        logged_in("handle-B").get("/desk/", headers=ENGLISH),
        handler.get(path, headers=ENGLISH),
        handler.post(f"{path}do/suspended/", {"seen": "2"}, headers=ENGLISH),
        handler.post(f"{path}do/suspended/", {"seen": "2", **filled}, headers=ENGLISH),
        handler.post(f"{path}do/extension-asked/", {"seen": "1", "reason": "needs more"}, headers=ENGLISH),
        window.get("/desk/open/approval/", headers=ENGLISH),
        window.get("/desk/open/approval/?item=T-001", headers=ENGLISH),
        window.post("/desk/open/approval/?item=T-001", {}, headers=ENGLISH),
    ]
    sent = {"materials": "form", "applicant": "A", "contact": "B"}
    there = window.post("/desk/open/approval/?item=T-001", sent, headers=ENGLISH).headers["Location"]
    pages.append(window.get(there, headers=ENGLISH))
    for page in pages:
        assert unmarked(page.content.decode()) == []
