"""Gaming checks on our own record, and as a command: the same figures wherever they are asked."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db.models import Q

from tests.office import add_item, apply, at, found_office
from xiaoneng.cli.gaming import gaming as command
from xiaoneng.desk import recording
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.handling import Ground, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted, Withdrawn
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.supervision import queries
from xiaoneng.supervision.access import gaming
from xiaoneng.supervision.counting import EVERYWHERE, Period, Scope
from xiaoneng.supervision.gaming_checks import Check

pytestmark = pytest.mark.django_db
MARCH = Period(since=date(2026, 3, 1), until=date(2026, 4, 1))


@pytest.fixture
def number() -> str:
    """Return a matter suspended on the last promised day, resumed and withdrawn by its applicant."""
    office = found_office()
    number = apply(item=add_item(), when=at("2026-03-02 09:00")).number

    def do(act, duty: Duty | None, when: str, **fields) -> None:
        by = office.acting(duty, when=at(when)) if duty else CITIZEN
        seen = Matter.objects.get(number=number).acts_seen
        recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))

    do(Accepted, Duty.WINDOW, "2026-03-03 10:00")
    pause = {"ground": Ground.EXPERT_REVIEW, "expected_until": date(2026, 3, 20), "notice_served": True}
    do(Suspended, Duty.HANDLE, "2026-03-17 16:00", **pause)
    do(Resumed, Duty.HANDLE, "2026-03-20 10:00")
    do(Withdrawn, None, "2026-03-20 11:00", reason="另行申请")
    return number


def found(where: Scope = EVERYWHERE) -> dict[Check, tuple[int, int]]:
    return {one.check: (one.count, one.n) for one in gaming(where, period=MARCH).total}


def test_the_record_shows_a_suspension_on_the_last_day_and_nothing_else(number: str) -> None:
    every = found()
    assert every[Check.LAST_DAY_PAUSE] == (1, 1)
    assert every[Check.IMPOSSIBLE] == (0, 5)
    assert every[Check.NIGHT] == (0, 3)
    assert every[Check.INSTANT] == (0, 0)  # its applicant closed it
    finding = next(one for one in gaming(EVERYWHERE, period=MARCH).total if one.check is Check.LAST_DAY_PAUSE)
    assert finding.numbers == (number,)
    assert set(gaming(EVERYWHERE, period=MARCH).agencies) == {"330200-TEST"}
    assert set(found(Scope(agency="nobody")).values()) == {(0, 0)}
    other = Period(since=date(2026, 4, 1), until=date(2026, 5, 1))
    assert gaming(EVERYWHERE, period=other).agencies == {}


def test_acts_on_a_rest_day_are_found_on_the_calendar_of_the_matter(number: str) -> None:
    steps = list(queries.steps(Q(number=number)))
    assert [one.rest_day for one in steps] == [False] * 5
    first = ActRecord.objects.get(matter__number=number, sequence=2)
    assert [one.at for one in steps][1] == first.at


def test_the_command_prints_the_same_for_people_and_for_machines(number: str, capsys) -> None:
    assert command(["--days", "36500", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    by_check = {one["check"]: one for one in said["checks"]}
    assert by_check["last_day_pause"]["matters"] == [number]
    assert by_check["last_day_pause"]["default"] == "gaming-last-day"
    assert command(["--days", "36500", "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "Suspended on the last day" in told
    assert number in told
    assert command(["--agency", "nobody"]) == 0
    assert command(["--feed", "none"]) == 2
