"""Office hours add up: lunch breaks, days open round the clock, odd weeks, make-up days, to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pure.worktime import walker
from tests.pure.worktime.almanac import CN, day
from xiaoneng.worktime import columnhours
from xiaoneng.worktime.calendar import OutsideAxis, WorkCalendar
from xiaoneng.worktime.clock import (
    due,
    due_at,
    end,
    minutes_left,
    overdue,
    overdue_at,
    overdue_through,
    remaining,
)
from xiaoneng.worktime.hours import OfficeHours, Span, at, effective_day, minutes, working_minutes
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.runs import Axis, Extension, Pause, Run

SHANGHAI = ZoneInfo("Asia/Shanghai")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROUND_THE_CLOCK = OfficeHours.weekdays(Span.between("00:00", "24:00"))
MORNINGS = (Span.between("09:00", "11:30"),)
LONG = (Span.between("08:00", "12:00"), Span.between("13:00", "16:00"), Span.between("17:00", "20:00"))
ODD = OfficeHours(week=(MORNINGS, LONG, MORNINGS, LONG, MORNINGS, MORNINGS, ()), ordinary=LONG)
CALENDARS = [CN, *(WorkCalendar.build(key="CN", notices=baseline(), hours=h) for h in (ROUND_THE_CLOCK, ODD))]


MIDDAY = datetime.fromisoformat("2026-09-28T12:00")


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def opening(calendar: WorkCalendar) -> walker.Open:
    def is_open(moment: datetime) -> bool:
        face = moment.hour * 60 + moment.minute
        spans = calendar.hours.week[moment.weekday()] or calendar.hours.ordinary
        return calendar.is_working(moment.date()) and any(s.opens <= face < s.closes for s in spans)

    return is_open


def hourly(start: str, hours: int, *pauses: Pause) -> Run:
    begun = local(start)
    return Run(Limit(hours, Unit.OFFICE_HOURS), begun.date(), pauses, started_at=begun)


moments = st.datetimes(MIDDAY - timedelta(14), MIDDAY + timedelta(14))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    moments,
    st.integers(1, 30),
    st.lists(st.integers(-1, 12), max_size=2),
    st.data(),
)
def test_a_limit_in_hours_ends_where_the_minute_walker_ends(
    calendar: WorkCalendar, begun: datetime, count: int, offsets: list[int], data: st.DataObject
) -> None:
    days = [begun.date() + timedelta(n) for n in offsets]
    pauses = [(first, first + timedelta(data.draw(st.integers(0, 4)))) for first in days]
    run = Run(
        Limit(count, Unit.OFFICE_HOURS),
        begun.date(),
        tuple(Pause(*span) for span in pauses),
        started_at=begun.replace(tzinfo=SHANGHAI),
    )
    ended = due_at(run, calendar=calendar)
    assert ended is not None
    expected = walker.last_minute(begun, count, list(pauses), opening(calendar))
    assert ended.replace(tzinfo=None) == expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CALENDARS), moments, moments)
def test_minutes_between_two_moments_are_what_the_minute_walker_counts(
    calendar: WorkCalendar, one: datetime, other: datetime
) -> None:
    begun, ended = sorted([one, other])
    counted = working_minutes(
        begun.replace(tzinfo=SHANGHAI), ended.replace(tzinfo=SHANGHAI), calendar=calendar
    )
    assert counted == walker.open_minutes(begun, ended, opening(calendar))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CALENDARS), moments)
def test_an_office_minute_and_its_moment_name_each_other(calendar: WorkCalendar, moment: datetime) -> None:
    passed = minutes(moment.replace(tzinfo=SHANGHAI), calendar=calendar)
    assert minutes(at(passed, calendar=calendar), calendar=calendar) == passed
    assert at(passed, calendar=calendar).replace(tzinfo=None) <= moment.replace(second=0, microsecond=0)


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    st.sampled_from([SHANGHAI, AMSTERDAM]),
    st.lists(st.datetimes(MIDDAY - timedelta(6000), MIDDAY), min_size=2, max_size=20),
)
def test_columns_of_instants_agree_with_the_scalar_clock_across_summer_time(
    calendar: WorkCalendar, zone: ZoneInfo, instants: list[datetime]
) -> None:
    begun = np.array(instants, dtype="datetime64[us]")
    ended = begun[::-1].copy()
    counted = columnhours.working_minutes(begun, ended, calendar=calendar, zone=zone).tolist()
    aware = [one.replace(tzinfo=UTC) for one in instants]
    assert counted == [
        working_minutes(a, b, calendar=calendar, zone=zone) for a, b in zip(aware, aware[::-1], strict=True)
    ]


@pytest.mark.parametrize("month", [3, 10])
def test_the_hour_of_the_change_to_and_from_summer_time_is_placed_to_the_second(month: int) -> None:
    moments = np.arange(f"2026-{month:02}-20", f"2026-{month:02}-31", 1799, dtype="datetime64[s]")
    local_times = columnhours.to_local(moments, zone=AMSTERDAM).tolist()
    aware = [one.replace(tzinfo=UTC).astimezone(AMSTERDAM).replace(tzinfo=None) for one in moments.tolist()]
    assert local_times == aware


def test_missing_instants_are_refused_not_counted() -> None:
    gap = np.array(["2026-01-05T10:00", "NaT"], dtype="datetime64[s]")
    with pytest.raises(OutsideAxis, match="missing"):
        columnhours.working_minutes(gap, gap, calendar=CN)
    nothing = np.array([], dtype="datetime64[s]")
    assert columnhours.working_minutes(nothing, nothing, calendar=CN).size == 0


def test_four_hours_from_friday_afternoon_run_through_the_lunch_of_a_make_up_sunday() -> None:
    run = hourly("2026-09-18T15:30", 6)  # a Friday; Sunday the 20th is worked
    assert due_at(run, calendar=CN) == local("2026-09-20T14:30")
    assert due(run, calendar=CN) == day("2026-09-20")


def test_an_hour_limit_that_fills_the_day_ends_at_closing_not_at_the_next_opening() -> None:
    assert due_at(hourly("2026-03-02T08:30", 7), calendar=CN) == local("2026-03-02T17:00")
    assert due_at(hourly("2026-03-02T19:00", 7), calendar=CN) == local("2026-03-03T17:00")


def test_seconds_of_the_starting_minute_are_not_counted() -> None:
    begun = local("2026-03-02T09:00:30")
    run = Run(Limit(1, Unit.OFFICE_HOURS), begun.date(), started_at=begun)
    assert due_at(run, calendar=CN) == local("2026-03-02T10:01")


def test_an_hour_clock_is_late_one_second_after_its_last_minute() -> None:
    run = hourly("2026-03-02T16:00", 1)
    assert minutes_left(run, now=local("2026-03-02T16:20"), calendar=CN) == 40
    assert not overdue_at(run, now=local("2026-03-02T17:00"), calendar=CN)
    assert overdue_at(run, now=local("2026-03-02T17:00:01"), calendar=CN)
    assert not overdue(run, today=day("2026-03-02"), calendar=CN)
    assert overdue(run, today=day("2026-03-03"), calendar=CN)
    stored = end(run, calendar=CN).ordinal
    assert [stored <= overdue_through(day(f"2026-03-0{n}"), calendar=CN)[Axis.MINUTES] for n in (2, 3)] == [
        0,
        1,
    ]
    assert [remaining(run, today=day(f"2026-03-0{n}"), calendar=CN) for n in (2, 3, 4)] == [1, -1, -7]


def test_a_suspended_hour_clock_keeps_its_minutes() -> None:
    run = hourly("2026-03-02T15:00", 4, Pause(day("2026-03-03")))
    assert minutes_left(run, now=local("2026-03-20T10:00"), calendar=CN) == 120
    assert remaining(run, today=day("2026-03-20"), calendar=CN) == 2
    assert due_at(run, calendar=CN) is None
    assert not overdue_at(run, now=local("2026-03-20T10:00"), calendar=CN)


def test_a_stopped_hour_clock_stays_in_time_for_ever() -> None:
    begun = local("2026-03-02T15:00")
    run = Run(Limit(4, Unit.OFFICE_HOURS), begun.date(), stopped=day("2026-03-03"), started_at=begun)
    assert not overdue(run, today=day("2026-04-03"), calendar=CN)


def test_hours_are_extended_by_hours_or_to_a_day() -> None:
    begun = local("2026-03-02T15:00")
    run = Run(Limit(2, Unit.OFFICE_HOURS), begun.date(), started_at=begun)
    more = Extension(day("2026-03-02"), Limit(3, Unit.OFFICE_HOURS))
    longer = Run(run.limit, run.start, extensions=(more,), started_at=begun)
    assert due_at(longer, calendar=CN) == local("2026-03-03T11:30")
    until = Extension(day("2026-03-02"), until=day("2026-03-07"))  # a Saturday
    fixed = Run(run.limit, run.start, extensions=(until,), started_at=begun)
    assert due(fixed, calendar=CN) == day("2026-03-09")
    assert due_at(fixed, calendar=CN) == local("2026-03-10T00:00")
    with pytest.raises(ValueError, match="office hours"):
        minutes_left(fixed, now=begun, calendar=CN)


@pytest.mark.parametrize(
    ("filed", "counts_for"),
    [
        ("2026-03-06T07:00", "2026-03-06"),
        ("2026-03-06T12:30", "2026-03-06"),
        ("2026-03-06T16:59", "2026-03-06"),
        ("2026-03-06T17:00", "2026-03-09"),
        ("2026-03-07T10:00", "2026-03-09"),
        ("2026-01-04T10:00", "2026-01-04"),
        ("2026-09-30T18:00", "2026-10-08"),
    ],
)
def test_what_is_filed_after_closing_counts_from_the_next_working_day(filed: str, counts_for: str) -> None:
    assert effective_day(local(filed), calendar=CN, hours=CN.hours, zone=SHANGHAI) == day(counts_for)
    assert effective_day(local(filed).astimezone(UTC), calendar=CN) == day(counts_for)


def test_faults_in_office_hours_are_named_together() -> None:
    overlapping = (Span(600, 720), Span(700, 800))
    with pytest.raises(ValueError, match=r"seven days, not 1; day 1: .*; a make-up day"):
        OfficeHours(week=(overlapping,), ordinary=())
    for wrong in ("8.30", "08:60", "x:00", "25:00"):
        with pytest.raises(ValueError, match=r"time|stretch"):
            Span.between(wrong, "24:00")


def test_an_hour_limit_needs_an_instant_and_at_least_an_hour() -> None:
    with pytest.raises(ValueError, match="zone"):
        Run(Limit(2, Unit.OFFICE_HOURS), date(2026, 3, 2))
    with pytest.raises(ValueError, match="at least 1"):
        Limit(0, Unit.OFFICE_HOURS)
    with pytest.raises(ValueError, match="names no zone"):
        minutes(datetime(2026, 3, 2, 9, 0), calendar=CN)  # noqa: DTZ001
    with pytest.raises(OutsideAxis):
        at(0, calendar=CN)
    assert Axis("m") is Axis.MINUTES
