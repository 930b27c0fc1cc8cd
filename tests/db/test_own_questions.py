"""Our own matters, poured out, answer every question; acts are called by their names, order is each matter's own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.office import AGENCY, add_item, apply, at, found_office
from tests.pure.flow.columnrows import store_of
from tests.web.test_supervision_pages import logged_in, supervise
from xiaoneng.cli.main import main
from xiaoneng.desk import recording
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.selected import selected
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.handling import Ground, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty
from xiaoneng.procedures.approval import APPROVAL
from xiaoneng.procedures.complaint import COMPLAINT
from xiaoneng.procedures.first_inquiry import FIRST_INQUIRY
from xiaoneng.supervision.access import NoFeed
from xiaoneng.supervision.feeding.settling import settle_behind
from xiaoneng.supervision.obstruction.access import answered, pictured, source, subject
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.obstruction.book import QUESTIONS
from xiaoneng.supervision.obstruction.of_order import order
from xiaoneng.supervision.obstruction.own import called, orders
from xiaoneng.supervision.pouring import OWN, pour

pytestmark = pytest.mark.django_db
NOW = at("2026-04-20 09:00")
RECEIVED, ACCEPTED = Phrase("收件", "Received"), Phrase("受理", "Accepted")


@pytest.fixture
def town(settings: object, tmp_path: Path) -> list[str]:
    """Four applications of early March; all accepted the next day, the second suspended and resumed."""
    settings.COLUMNS = tmp_path  # type: ignore[attr-defined]
    office, item = found_office(), add_item()
    numbers = [apply(item=item, when=at("2026-03-02 09:00") + timedelta(hours=n)).number for n in range(4)]
    for number in numbers:
        _act(office, number, Accepted, Duty.WINDOW, at("2026-03-03 10:00"))
    expected = at("2026-03-12 09:00").date()
    told = {"ground": Ground.INSPECTION, "notice_served": True, "expected_until": expected}
    _act(office, numbers[1], Suspended, Duty.HANDLE, at("2026-03-05 10:00"), **told)
    _act(office, numbers[1], Resumed, Duty.HANDLE, at("2026-03-10 10:00"))
    assert pour(Store(tmp_path), now=NOW) == 10
    assert settle_behind() == [OWN]
    return numbers


def _act(office: object, number: str, act: type, duty: Duty, when: datetime, **fields: object) -> None:
    seen = Matter.objects.get(number=number).acts_seen
    by = office.acting(duty, when=when)  # type: ignore[attr-defined]
    recording.record(act(at=when, by=by, **fields), number=number, seen=seen, now=when)


def test_the_command_pours_what_is_new_and_the_town_can_be_asked(
    town: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = source(OWN, now=NOW).edition
    assert main(["pour", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"acts": 0}
    assert source(OWN, now=NOW).edition == before
    added = apply(item="T-001", when=at("2026-03-09 09:00")).number
    assert main(["pour", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"acts": 1}
    assert added not in town
    assert answered(source(OWN, now=NOW), QUESTIONS["lights"], Asked()).n == len(town) + 1


def test_every_question_is_answered_of_a_small_town(town: list[str]) -> None:
    one = source(OWN, now=NOW)
    for question in QUESTIONS.values():
        found = answered(one, question, Asked())
        assert found.n > 0, question.key
        assert all(len(row) == len(question.columns) for row in found.rows), question.key
    assert answered(one, QUESTIONS["lights"], Asked()).n == len(town)


def test_acts_are_called_by_their_names_in_both_languages(town: list[str]) -> None:
    one = source(OWN, now=NOW)
    steps = answered(one, QUESTIONS["steps"], Asked())
    assert [row[2] for row in steps.rows if row[:2] == (RECEIVED, ACCEPTED)] == [len(town)]
    paths = {row[0]: row[2] for row in answered(one, QUESTIONS["variants"], Asked()).rows}
    assert paths[Phrase("收件 → 受理", "Received → Accepted")] == len(town) - 1
    boxes = [one.word(box.name) for box in pictured(one, Asked()).boxes]
    assert RECEIVED in boxes
    assert ACCEPTED in boxes


def test_matters_that_the_grammar_let_through_keep_to_their_procedure(town: list[str]) -> None:
    found = answered(source(OWN, now=NOW), QUESTIONS["conformance"], Asked())
    assert found.n == len(town)
    assert found.rows == ()


def test_what_another_procedure_allows_is_no_excuse(town: list[str], tmp_path: Path) -> None:
    approval, inquiry = (f"{one.prefix}2026-0000001-1" for one in (APPROVAL, FIRST_INQUIRY))
    assert APPROVAL.prefix != FIRST_INQUIRY.prefix
    rows = [
        {"case": case, "activity": verb, "at": at("2026-03-02 09:00") + timedelta(hours=place)}
        for case in (approval, inquiry)
        for place, verb in enumerate(("received", "accepted"))
    ]
    settle(store_of(tmp_path / "apart", *rows), "log", engine=duckdb_engine())
    asked = subject(source(OWN, now=NOW), Asked())
    told = called(selected(Store(tmp_path / "apart"), Selection(feed="log"), whole=True))
    found = order(replace(asked, selected=told))
    assert found.n == 2
    assert ("收件", "受理", 1) in found.rows


def test_only_public_procedures_are_declared() -> None:
    assert set(orders()) == {APPROVAL.prefix, FIRST_INQUIRY.prefix}
    assert COMPLAINT.prefix not in orders()


def test_a_division_sees_its_own_agencies_only(town: list[str]) -> None:
    near, far = (source(OWN, now=NOW, prefixes=(prefix,)) for prefix in ("3302", "3301"))
    assert near.names["agency"] == (AGENCY,)
    assert far.names["agency"] == ()
    assert answered(near, QUESTIONS["lights"], Asked()).n == len(town)
    assert answered(far, QUESTIONS["lights"], Asked()).n == 0
    assert answered(far, QUESTIONS["steps"], Asked()).n == 0


def test_a_feed_that_was_not_settled_cannot_be_asked(town: list[str]) -> None:
    for key in ("nothing", "../own", ""):
        with pytest.raises(NoFeed):
            source(key, now=NOW)


def test_the_map_of_our_own_matters_speaks_the_readers_language(town: list[str]) -> None:
    supervise("supervisor")
    client = logged_in("supervisor")
    for language, named, other in (("en", "Received", "收件"), ("zh", "收件", "Received")):
        page = client.get("/supervision/feeds/own/map/", headers={"accept-language": language})
        assert page.status_code == 200
        boxes = [" ".join(box["name"]) for box in page.context["spec"]["data"][0]["values"]]
        assert named in boxes
        assert other not in boxes
        for arrow in page.context["spec"]["data"][1]["values"]:
            behind = client.get(arrow["href"], headers={"accept-language": language})
            assert behind.status_code == 200
            assert town[1] in behind.content.decode() or town[0] in behind.content.decode()
    lines = client.get("/supervision/feeds/own/map/?format=csv", headers={"accept-language": "en"})
    assert "Received,Accepted,4," in lines.content.decode("utf-8-sig")
