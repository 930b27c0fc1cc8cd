from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.pure.flow.logs import mapping, real
from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.clockcheck import clock_check
from xiaoneng.flow.doubts import Doubt, doubtful
from xiaoneng.flow.figures import DEFINITIONS, Board, board
from xiaoneng.flow.judge import CaseLight, Yardstick, end_of_log, light_of
from xiaoneng.flow.reading import read_log
from xiaoneng.flow.share import wilson

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


NOW = at("2026-11-23 09:00")
RECEIVED, DUE = at("2011-10-11 13:42"), at("2011-12-06 13:42")


def by(text: str) -> Yardstick:
    return Yardstick(as_of=at(text), read_at=NOW, zone=AMSTERDAM)


def case(**said: object) -> ReadCase:
    return ReadCase(**{"key": "A1", "started": RECEIVED, "due": DUE, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        ("2011-10-11 13:41", CaseLight.NOT_YET),
        ("2011-10-11 13:42", CaseLight.IN_TIME),
        ("2011-12-03 13:41", CaseLight.IN_TIME),
        ("2011-12-03 13:42", CaseLight.DUE_SOON),
        ("2011-12-06 13:42", CaseLight.DUE_SOON),
        ("2011-12-06 13:43", CaseLight.OVERDUE),
    ],
)
def test_an_open_case_turns_yellow_three_local_days_before_its_deadline_and_red_after_it(
    as_of: str, light: CaseLight
) -> None:
    assert light_of(case(), by=by(as_of)) is light


def test_a_case_past_its_planned_end_is_due_soon_however_far_its_deadline() -> None:
    planned = case(planned=at("2011-11-01 12:00"))
    assert light_of(planned, by=by("2011-11-01 12:01")) is CaseLight.DUE_SOON


@pytest.mark.parametrize(
    ("ended", "light"),
    [("2011-12-06 13:42", CaseLight.CLOSED_IN_TIME), ("2011-12-06 13:43", CaseLight.CLOSED_LATE)],
)
def test_a_case_closed_at_its_deadline_is_in_time_and_a_minute_later_is_not(
    ended: str, light: CaseLight
) -> None:
    assert light_of(case(ended=at(ended)), by=by("2012-01-01 00:00")) is light


def test_a_later_closing_has_not_happened_yet() -> None:
    assert light_of(case(ended=at("2011-12-08 09:00")), by=by("2011-12-07 09:00")) is CaseLight.OVERDUE


@pytest.mark.parametrize(
    ("ended", "light"), [(None, CaseLight.NO_DEADLINE), ("2011-11-01 09:00", CaseLight.CLOSED_NO_DEADLINE)]
)
def test_a_case_without_a_deadline_is_never_in_time(ended: str | None, light: CaseLight) -> None:
    free = case(due=None, ended=at(ended) if ended else None)
    assert light_of(free, by=by("2012-01-01 00:00")) is light
    figures = board([free], by=by("2012-01-01 00:00"))
    assert (figures.late.n, figures.no_deadline) == (0, 1)


def test_a_suspended_case_is_neither_in_time_nor_late() -> None:
    paused = case(paused=at("2011-11-01 09:00"))
    assert light_of(paused, by=by("2011-10-31 09:00")) is CaseLight.IN_TIME
    assert light_of(paused, by=by("2012-01-01 00:00")) is CaseLight.SUSPENDED


def test_a_case_that_ends_before_it_starts_is_not_judged_but_named() -> None:
    turned = case(ended=at("2011-10-10 09:00"))
    figures = board([turned], by=by("2012-01-01 00:00"))
    assert figures.lights[CaseLight.CONTRADICTORY] == 1
    assert figures.late.n == 0
    assert [(one.doubt, one.keys) for one in figures.doubtful] == [(Doubt.ENDS_BEFORE_START, ("A1",))]


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ({"first": at("2011-10-10 09:00")}, Doubt.EVENT_BEFORE_START),
        ({"ended": at("2011-11-01 09:00"), "last": at("2011-11-02 09:00")}, Doubt.EVENT_AFTER_END),
        ({"ended": RECEIVED}, Doubt.INSTANT),
        ({"due": at("2011-10-01 09:00")}, Doubt.DUE_BEFORE_START),
        ({"started": at("2026-11-24 09:00"), "due": None}, Doubt.IN_THE_FUTURE),
        ({"odd_clock": True}, Doubt.ODD_CLOCK),
    ],
)
def test_what_cannot_be_is_found(said: dict[str, object], doubt: Doubt) -> None:
    assert [one.doubt for one in doubtful([case(**said)], now=NOW)] == [doubt]


def test_eight_weeks_across_summer_time_by_the_local_clock_and_by_hours_are_told_apart() -> None:
    by_wall = case(key="wall")
    by_hours = case(key="hours", due=at("2011-12-06 12:42"))
    check = clock_check([by_wall, by_hours, case(key="neither", due=at("2011-12-06 09:00"))], zone=AMSTERDAM)
    assert (check.crossing, check.by_wall, check.by_hours, check.hinges) == (3, 1, 1, 0)


@pytest.mark.parametrize("ended", ["2011-12-06 12:43", "2011-12-06 13:41"])
def test_a_verdict_that_hangs_on_the_hour_of_summer_time_is_counted_both_ways(ended: str) -> None:
    check = clock_check(
        [case(ended=at(ended)), case(due=at("2011-12-06 12:42"), ended=at(ended))], zone=AMSTERDAM
    )
    assert check.hinges == 2


def test_deadlines_that_share_a_time_of_day_and_cases_late_by_hours_are_reported() -> None:
    late = case(ended=at("2011-12-06 16:00"))
    check = clock_check([late, case(key="A2")], zone=AMSTERDAM)
    assert (check.stamp, check.stamped, check.late_same_day, check.late_same_minute) == (
        time(13, 42),
        2,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_wilson_intervals_are_the_published_ones(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


def test_small_groups_are_shown_after_the_ranked_ones() -> None:
    busy = [case(key=f"B{n}", person="王某", ended=at("2011-12-01 09:00")) for n in range(10)]
    figures = board([case(key="S", person="李某"), *busy], by=by("2012-01-01 00:00"))
    assert [(one.name, one.share, one.ranked) for one in figures.groups["person"]] == [
        ("王某", 0.0, True),
        ("李某", 1.0, False),
    ]


def test_every_figure_has_its_definition_in_both_languages() -> None:
    assert set(DEFINITIONS) == {"lights", "late", "groups", "open", "no_deadline", "doubtful", "clock"}
    assert all(words.zh and words.en for words in DEFINITIONS.values())
    assert {"lights", "late", "groups", "open", "no_deadline", "doubtful", "clock"} <= set(Board.__slots__)


def test_the_receipt_log_at_its_end() -> None:
    cases = read_log(real("wabo-receipt/receipt.csv"), mapping=mapping("wabo-receipt")).cases
    end = end_of_log(cases, now=NOW)
    figures = board(cases, by=Yardstick(as_of=end, read_at=NOW, zone=AMSTERDAM))
    assert end.date().isoformat() == "2012-01-23"
    assert {light: count for light, count in figures.lights.items() if count} == {
        CaseLight.IN_TIME: 62,
        CaseLight.DUE_SOON: 4,
        CaseLight.OVERDUE: 39,
        CaseLight.CLOSED_IN_TIME: 950,
        CaseLight.CLOSED_LATE: 377,
        CaseLight.CONTRADICTORY: 2,
    }
    assert (figures.open, figures.no_deadline, figures.late.count, figures.late.n) == (105, 0, 416, 1339)


def test_boston_calls_requests_without_a_target_on_time_and_we_do_not() -> None:
    cases = read_log(real("boston-311-2011/boston-311-2011.csv.gz"), mapping=mapping("boston-311")).cases
    zone = ZoneInfo("America/New_York")
    figures = board(cases, by=Yardstick(as_of=end_of_log(cases, now=NOW), read_at=NOW, zone=zone))
    assert figures.no_deadline == 10_981 + 18
    assert figures.late.count == 11_521 + 158  # the city's own flag "OVERDUE", and those it leaves blank
