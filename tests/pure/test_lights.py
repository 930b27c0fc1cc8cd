"""Lights on all four axes: each agrees with the last day as the calendar shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.matters.light import Light, Reading, light, marks, provisional
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.clock import day_of, reminder_day
from xiaoneng.worktime.hours import minutes_before
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.runs import Axis, End

CALENDAR = WorkCalendar.build(key="CN", notices=list(baseline()))
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 12, 31))


def ordinal_on(axis: Axis, day: date) -> int:
    """Return an end on an axis that falls on `day`, or on the next working day where the axis has no other."""
    match axis:
        case Axis.WORKING:
            return CALENDAR.ordinal(CALENDAR.shift(day, 0))
        case Axis.ABSOLUTE | Axis.FIXED:
            return day.toordinal()
        case Axis.MINUTES:
            return minutes_before(CALENDAR.shift(day, 0), calendar=CALENDAR) + 90


@pytest.mark.parametrize("axis", list(Axis))
@settings(max_examples=150)
@given(last=DAYS, today=DAYS)
def test_a_light_says_what_the_last_day_says(axis, last, today):
    ordinal = ordinal_on(axis, last)
    shown = day_of(End(axis, ordinal), calendar=CALENDAR)
    found = light(Reading(axis=axis, statutory=ordinal, promised=ordinal), marks(today, calendar=CALENDAR))
    if today > shown:
        assert found is Light.OVERDUE
    elif today >= reminder_day(shown, ahead=1, calendar=CALENDAR):
        assert found is Light.DUE_SOON
    else:
        assert found is Light.IN_TIME


def test_a_calendar_day_end_on_a_holiday_rolls_and_a_fixed_one_does_not():
    saturday = date(2026, 3, 14).toordinal()
    sunday = marks(date(2026, 3, 15), calendar=CALENDAR)
    assert light(Reading(axis=Axis.ABSOLUTE, statutory=saturday), sunday) is Light.DUE_SOON
    assert light(Reading(axis=Axis.FIXED, statutory=saturday), sunday) is Light.OVERDUE


def test_an_end_in_office_minutes_is_over_from_the_day_after_it():
    monday = date(2026, 3, 16)
    ordinal = minutes_before(monday, calendar=CALENDAR) + 60
    reading = Reading(axis=Axis.MINUTES, statutory=ordinal)
    assert light(reading, marks(monday, calendar=CALENDAR)) is Light.DUE_SOON
    assert light(reading, marks(monday + timedelta(days=1), calendar=CALENDAR)) is Light.OVERDUE


def test_a_suspended_matter_is_overdue_nowhere():
    reading = Reading(axis=Axis.WORKING, statutory=1, promised=1, paused=True)
    assert light(reading, marks(date(2026, 3, 16), calendar=CALENDAR)) is Light.SUSPENDED


@pytest.mark.parametrize("axis", list(Axis))
def test_an_end_past_the_horizon_is_provisional_on_every_axis(axis):
    at = marks(date(2026, 3, 16), calendar=CALENDAR)
    known = ordinal_on(axis, CALENDAR.horizon - timedelta(days=1))
    beyond = ordinal_on(axis, CALENDAR.horizon + timedelta(days=20))
    assert not provisional(Reading(axis=axis, statutory=known), at)
    assert provisional(Reading(axis=axis, statutory=beyond), at)
