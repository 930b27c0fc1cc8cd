"""Lights (亮灯) as arithmetic on stored ordinals: derived wherever shown, stored nowhere.

A row keeps the ends of its foremost clock as ordinals on an axis. `Marks` turns a day into the thresholds that
these are compared with, so that a page, a list, a statistic and an export ask one and the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import WorkCalendar
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
    """The thresholds of one day on one calendar."""

    today: date
    calendar: str
    working: Threshold
    absolute: Threshold
    horizon: int
    horizon_absolute: int

    def on(self, axis: Axis) -> Threshold:
        """Return the threshold of an axis; office minutes are judged by the working day they fall on."""
        return self.absolute if axis is Axis.ABSOLUTE else self.working


def marks(today: date, *, calendar: WorkCalendar) -> Marks:
    """Return the thresholds of `today`.

    An end of working-day ordinal r is over once r <= P[yesterday]; it is near from its last working day but one.
    A calendar-day end rolls to the next working day, so it is over once it is <= the last working day gone by.
    """
    gone = calendar.ordinal(today - timedelta(days=1))
    now = calendar.ordinal(today)
    return Marks(
        today=today,
        calendar=calendar.key,
        working=Threshold(past=gone, soon=now + 1),
        absolute=Threshold(past=calendar.day(gone).toordinal(), soon=calendar.day(now + 1).toordinal()),
        horizon=calendar.ordinal(calendar.horizon),
        horizon_absolute=calendar.horizon.toordinal(),
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
    return reading.statutory > (at.horizon_absolute if reading.axis is Axis.ABSOLUTE else at.horizon)
