"""Gaming checks: what looks arranged is found, what is honest work is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.judge import Yardstick
from xiaoneng.law.defaults import adopt
from xiaoneng.law.register import resolve
from xiaoneng.supervision.gaming import Closing, Finding, Step, Vote, findings, of_log
from xiaoneng.supervision.gaming_checks import NAMES, TOPICS, Check

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Ningbo
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def closing(number: str = "1", *, after: timedelta = 9 * DAY, **facts) -> Closing:
    return Closing(
        **{"number": number, "agency": "A", "opened": MORNING, "closed": MORNING + after, "by": "7"} | facts
    )


def step(**facts) -> Step:
    return Step(
        **{"number": "1", "agency": "A", "at": MORNING, "recorded": MORNING, "opened": MORNING} | facts
    )


def found(check: Check, **given) -> Finding:
    every = findings(**{"closings": (), "steps": (), "votes": ()} | given)
    return next(one for one in every if one.check is check)


@pytest.mark.parametrize(
    ("one", "count", "n"),
    [
        (closing(after=4 * MINUTE), 1, 1),
        (closing(after=5 * MINUTE), 0, 1),
        (closing(after=MINUTE, at_once=True), 0, 0),  # an item decided at the window the same day
    ],
)
def test_a_matter_closed_within_minutes_is_found_unless_its_item_is_decided_at_once(one, count, n):
    finding = found(Check.INSTANT, closings=[one])
    assert (finding.count, finding.n, finding.warns) == (count, n, bool(count))


def test_closing_on_the_last_day_warns_where_it_is_the_habit():
    last = [closing(str(one), days=10, term=10) for one in range(8)]
    early = [closing(str(one), days=3, term=10) for one in range(8, 12)]
    finding = found(Check.LAST_DAY, closings=[*last, *early])
    assert (finding.count, finding.n, finding.expected) == (8, 12, pytest.approx(1.2))
    assert finding.warns
    assert finding.numbers == tuple("01234567")
    spread = [closing(str(one), days=one + 1, term=10) for one in range(10)]
    assert not found(Check.LAST_DAY, closings=spread).warns
    assert not found(Check.LAST_DAY, closings=last[:4]).warns  # too few to say


def test_late_closings_and_terms_of_one_day_say_nothing_about_the_last_day():
    finding = found(Check.LAST_DAY, closings=[closing(days=12, term=10), closing(days=1, term=1)])
    assert finding.count == 0


@pytest.mark.parametrize(
    ("when", "promised", "count"),
    [(MORNING, date(2026, 3, 2), 1), (MORNING, date(2026, 3, 3), 0), (MORNING, None, 0)],
)
def test_a_suspension_begun_on_the_last_day_is_found(when, promised, count):
    finding = found(
        Check.LAST_DAY_PAUSE, steps=[step(at=when, recorded=when, pauses=True, promised=promised)]
    )
    assert (finding.count, finding.n) == (count, 1)


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"recorded": MORNING - MINUTE}, 1),
        ({"previous": MORNING + MINUTE}, 1),
        ({"opened": MORNING + DAY}, 1),
        ({"recorded": MORNING + DAY, "previous": MORNING}, 0),  # entered later, in order: a late entry
    ],
)
def test_times_that_cannot_be_are_found(facts, count):
    assert found(Check.IMPOSSIBLE, steps=[step(**facts)]).count == count


def test_acts_of_officials_in_the_dead_of_the_night_or_on_rest_days_are_found_a_citizen_s_are_not():
    night = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # half past three in Ningbo
    acts = [step(at=night, recorded=night), step(rest_day=True), step(), step(at=night, official=False)]
    finding = found(Check.NIGHT, steps=acts)
    assert (finding.count, finding.n) == (2, 3)


def test_ten_closings_by_one_person_within_ten_minutes_are_found():
    close = [closing(str(one), after=DAY + one * MINUTE) for one in range(10)]
    finding = found(Check.BULK, closings=[*close, closing("z", after=3 * DAY)])
    assert (finding.count, finding.n) == (10, 11)
    assert found(Check.BULK, closings=close[:9]).count == 0
    apart = [closing(str(one), after=DAY + one * MINUTE, by=str(one % 2)) for one in range(10)]
    assert found(Check.BULK, closings=apart).count == 0


def test_five_ratings_of_one_agency_from_one_place_in_a_month_are_found():
    votes = [Vote(number=str(one), agency="A", at=MORNING + one * DAY, place="x") for one in range(5)]
    other = Vote(number="9", agency="B", at=MORNING, place="x")
    finding = found(Check.ONE_PLACE, votes=[*votes, other])
    assert (finding.count, finding.n) == (5, 6)
    assert found(Check.ONE_PLACE, votes=votes[:4]).count == 0
    months = [Vote(number=str(one), agency="A", at=MORNING + 20 * one * DAY, place="x") for one in range(5)]
    assert found(Check.ONE_PLACE, votes=months).count == 0


def log(**facts) -> dict[Check, Finding]:
    start = datetime(2011, 6, 1, 14, 0, tzinfo=UTC)
    case = ReadCase(key="c", started=start, **facts)
    read = datetime(2026, 1, 1, tzinfo=UTC)
    by = Yardstick(as_of=read, read_at=read, zone=ZoneInfo("America/New_York"))
    return {one.check: one for one in of_log([case], by=by)}


def test_the_same_checks_are_asked_of_the_log_of_another_system():
    start = datetime(2011, 6, 1, 14, 0, tzinfo=UTC)
    assert log(ended=start + MINUTE)[Check.INSTANT].numbers == ("c",)
    last = log(ended=start + 10 * DAY - MINUTE, due=start + 10 * DAY)
    assert (last[Check.LAST_DAY].count, last[Check.LAST_DAY].n) == (1, 1)
    assert log(ended=start - DAY)[Check.IMPOSSIBLE].count == 1
    assert log(ended=start + DAY, last=start + 2 * DAY)[Check.IMPOSSIBLE].count == 1
    night = start.replace(hour=7) + DAY  # three o'clock in Boston
    assert log(ended=night)[Check.NIGHT].count == 1
    assert log(ended=datetime(2011, 6, 3, 4, 0, tzinfo=UTC))[Check.NIGHT].count == 0  # a day, not an hour
    assert Check.ONE_PLACE not in log()


def test_a_city_that_calls_ten_minutes_at_once_from_july_on_says_so_and_judges_june_as_before():
    adopt([{"topic": "gaming-instant", "value": 10, "from": date(2026, 7, 1)}])
    counts = [
        found(Check.INSTANT, closings=[closing(opened=start, closed=start + 7 * MINUTE)]).count
        for start in (datetime(2026, 6, 30, 1, tzinfo=UTC), datetime(2026, 7, 1, 1, tzinfo=UTC))
    ]
    words = Check.INSTANT.definition.zh
    adopt([])
    assert counts == [0, 1]
    assert "收件后 5（2026-07-01 起 10） 分钟内办结的" in words
    assert "收件后 5 分钟内办结的" in Check.INSTANT.definition.zh


def test_every_check_has_a_name_a_definition_and_a_default_that_holds_its_threshold():
    for check in Check:
        assert NAMES[check].en
        assert "{" not in check.definition.zh + check.definition.en
        assert resolve(TOPICS[check]) is not None
