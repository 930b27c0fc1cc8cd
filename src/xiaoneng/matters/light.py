"""Lights (亮灯) as arithmetic on stored ordinals: derived wherever shown, stored nowhere.

A row keeps the ends of its foremost clock as ordinals on an axis. `Marks` turns a day into the thresholds that
these are compared with, so that a page, a list, a statistic and an export ask one and the same question. A light
changes with the day: an end in office minutes is over from the day after the one on which it falls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.hours import minutes_before
from xiaoneng.worktime.runs import Axis


class Light(StrEnum):
    """What a matter's clock says on a day."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    PROMISE_BROKEN = "promise_broken"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def phrase(self) -> Phrase:
        """Return the word beside the light."""
        return NAMES[self]


NAMES = {
    Light.IN_TIME: Phrase("正常", "In time"),
    Light.DUE_SOON: Phrase("预警", "Due soon"),
    Light.PROMISE_BROKEN: Phrase("超承诺期限", "Past the promise"),
    Light.OVERDUE: Phrase("超期", "Overdue"),
    Light.SUSPENDED: Phrase("中止", "Suspended"),
    Light.WAITING: Phrase("等待申请人", "Waiting for the applicant"),
    Light.CLOSED: Phrase("已办结", "Closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """On one axis: an end at or below `past` is over; a promise at or below `soon` is near."""

    past: int
    soon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The thresholds of one day on one calendar, an axis each."""

    today: date
    calendar: str
    is_working: bool
    working: Threshold
    absolute: Threshold
    fixed: Threshold
    minutes: Threshold
    horizon: date
    horizon_working: int
    horizon_minutes: int

    def on(self, axis: Axis) -> Threshold:
        """Return the threshold of an axis; an end in office minutes is judged by the day it falls on."""
        match axis:
            case Axis.WORKING:
                return self.working
            case Axis.ABSOLUTE:
                return self.absolute
            case Axis.FIXED:
                return self.fixed
            case Axis.MINUTES:
                return self.minutes

    def known_to(self, axis: Axis) -> int:
        """Return the last end on an axis whose days a notice has fixed."""
        match axis:
            case Axis.WORKING:
                return self.horizon_working
            case Axis.MINUTES:
                return self.horizon_minutes
            case Axis.ABSOLUTE | Axis.FIXED:
                return self.horizon.toordinal()

    def thresholds(self) -> tuple[tuple[Axis, Threshold], ...]:
        """Return the threshold of every axis: what tells two calendars' days apart."""
        return tuple((axis, self.on(axis)) for axis in Axis)


ONE_DAY = timedelta(days=1)


def marks(today: date, *, calendar: WorkCalendar) -> Marks:
    """Return the thresholds of `today`.

    An end is over once the day that it falls on has passed, and near from the working day before that day. A
    calendar-day end that rolls (`d`) ends on the next working day, so it is over once it is <= the last working
    day gone by; one that does not roll (`f`) is over the day after, rest day or not.
    """
    gone = calendar.ordinal_before(today)
    next_day = calendar.day(calendar.ordinal(today) + 1)
    return Marks(
        today=today,
        calendar=calendar.key,
        is_working=calendar.is_working(today),
        working=Threshold(past=gone, soon=calendar.ordinal(today) + 1),
        absolute=Threshold(past=calendar.day(gone).toordinal(), soon=next_day.toordinal()),
        fixed=Threshold(past=(today - ONE_DAY).toordinal(), soon=next_day.toordinal()),
        minutes=Threshold(
            past=minutes_before(today, calendar=calendar),
            soon=minutes_before(next_day + ONE_DAY, calendar=calendar),
        ),
        horizon=calendar.horizon,
        horizon_working=calendar.ordinal(calendar.horizon),
        horizon_minutes=minutes_before(calendar.horizon + ONE_DAY, calendar=calendar),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a row keeps of its foremost clock: axis, ends, and whether it stands still."""

    axis: Axis | None = None
    statutory: int | None = None
    promised: int | None = None
    paused: bool = False
    closed: bool = False


def light(reading: Reading, at: Marks) -> Light:
    """Return the light of a row on a day. A suspended matter is overdue nowhere."""
    if reading.closed:
        return Light.CLOSED
    if reading.axis is None or reading.statutory is None:
        return Light.WAITING
    if reading.paused:
        return Light.SUSPENDED
    threshold = at.on(reading.axis)
    promised = reading.statutory if reading.promised is None else reading.promised
    if reading.statutory <= threshold.past:
        return Light.OVERDUE
    if promised <= threshold.past:
        return Light.PROMISE_BROKEN
    return Light.DUE_SOON if promised <= threshold.soon else Light.IN_TIME


def provisional(reading: Reading, at: Marks) -> bool:
    """Tell whether the end lies past the calendar's horizon, where no notice has fixed the days."""
    if reading.axis is None or reading.statutory is None:
        return False
    return reading.statutory > at.known_to(reading.axis)
