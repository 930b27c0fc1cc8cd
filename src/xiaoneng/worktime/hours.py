"""Office time (办公时间) on a calendar: instants as minutes since the epoch, and back; knows no limit.

Minutes are whole: an instant lies at the full minutes of office time that have passed before it.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from xiaoneng.law.citation import default
from xiaoneng.worktime.days import ZONE, local, midnight
from xiaoneng.worktime.spans import CUSTOMARY, OfficeHours, Span
from xiaoneng.worktime.workdays import EPOCH, OutsideAxis, WorkCalendar

__all__ = [
    "AFTER_HOURS",
    "CUSTOMARY",
    "OfficeHours",
    "Span",
    "at",
    "day_at",
    "effective_day",
    "minutes",
    "minutes_before",
    "working_minutes",
]

AFTER_HOURS = default("after-hours")
"""What the reading of `effective_day` rests on."""


def minutes_before(day: date, *, calendar: WorkCalendar) -> int:
    """Return the office minutes from the epoch to the midnight with which `day` begins."""
    return calendar.minutes[calendar.place(day)]


def minutes(instant: datetime, *, calendar: WorkCalendar, zone: ZoneInfo = ZONE) -> int:
    """Return the office minutes from the epoch to `instant`; raises `ValueError` where it names no zone."""
    clock = local(instant, zone=zone)
    day = clock.date()
    passed = minutes_before(day, calendar=calendar)
    if not calendar.is_working(day):
        return passed
    return passed + calendar.hours.elapsed(day.weekday(), clock.hour * 60 + clock.minute)


def day_at(count: int, *, calendar: WorkCalendar) -> date:
    """Return the local day on which the office minute `count` (the first is 1) ends; raises `OutsideAxis`."""
    if not 0 < count <= calendar.minutes[-1]:
        raise OutsideAxis(f"office minute {count}")
    return EPOCH + timedelta(days=bisect_left(calendar.minutes, count) - 1)


def at(count: int, *, calendar: WorkCalendar, zone: ZoneInfo = ZONE) -> datetime:
    """Return the first instant by which `count` office minutes have passed since the epoch."""
    day = day_at(count, calendar=calendar)
    rest = count - minutes_before(day, calendar=calendar)
    moment = calendar.hours.moment(day.weekday(), rest)
    # On the wall clock, not on the time line: where summer time begins, 09:00 is still nine o'clock.
    return midnight(day, zone=zone) + timedelta(minutes=moment)


def working_minutes(
    begun: datetime, ended: datetime, *, calendar: WorkCalendar, zone: ZoneInfo = ZONE
) -> int:
    """Return the office minutes between two instants; negative where the second comes first."""
    return minutes(ended, calendar=calendar, zone=zone) - minutes(begun, calendar=calendar, zone=zone)


def effective_day(
    instant: datetime, *, calendar: WorkCalendar, hours: OfficeHours | None = None, zone: ZoneInfo = ZONE
) -> date:
    """Return the day on which a filing counts as made: its own, or the next working day.

    What arrives before opening counts for that day; what arrives after closing or on a rest day counts for
    the next working day (`AFTER_HOURS`). Without `hours` the calendar's own are asked.
    """
    clock = local(instant, zone=zone)
    day = clock.date()
    if not calendar.is_working(day):
        return calendar.shift(day, 1)
    spans = (hours or calendar.hours).on(day.weekday())
    return day if clock.hour * 60 + clock.minute < spans[-1].closes else calendar.shift(day, 1)
