"""Office time between columns of instants, in any zone: what a log of events needs to be timed by the clock of law."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.days import ZONE
from xiaoneng.worktime.spans import MIDNIGHT
from xiaoneng.worktime.workdays import EPOCH, LENGTH, OutsideAxis, WorkCalendar

Instants = NDArray[np.datetime64]


def working_minutes(
    begun: Instants, ended: Instants, *, calendar: WorkCalendar, zone: ZoneInfo = ZONE
) -> NDArray[np.int64]:
    """Return the office minutes between instants in UTC; negative where the second comes first.

    Raises `OutsideAxis` for a missing instant or one beyond the calendar.
    """
    passed = minutes(to_local(ended, zone=zone), calendar=calendar)
    passed -= minutes(to_local(begun, zone=zone), calendar=calendar)
    return passed


def minutes(local: Instants, *, calendar: WorkCalendar) -> NDArray[np.int64]:
    """Return the office minutes from the epoch to each moment on the local clock."""
    clock = local.astype("datetime64[m]")
    day = clock.astype("datetime64[D]")
    place = (day - np.datetime64(EPOCH)).astype(np.int64)
    if place.size and not 0 <= int(place.min()) <= int(place.max()) < LENGTH:
        raise OutsideAxis("an instant")
    minute = (clock - day).astype(np.int64)
    passed, before, elapsed = _tables(calendar)
    weekday = (place + EPOCH.weekday()) % 7
    counted: NDArray[np.int64] = elapsed[weekday, minute] * (before[place + 1] - before[place])
    counted += passed[place]
    return counted


@lru_cache(maxsize=16)
def _tables(calendar: WorkCalendar) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    hours = calendar.hours
    elapsed = [[hours.elapsed(weekday, minute) for minute in range(MIDNIGHT)] for weekday in range(7)]
    return (
        np.array(calendar.minutes, dtype=np.int64),
        np.array(calendar.before, dtype=np.int64),
        np.array(elapsed, dtype=np.int64),
    )


def to_local(utc: Instants, *, zone: ZoneInfo = ZONE) -> Instants:
    """Return instants in UTC as moments on the zone's clock, summer time included; to the second."""
    seconds = utc.astype("datetime64[s]")
    if not seconds.size:
        return seconds
    if bool(np.isnat(seconds).any()):
        raise OutsideAxis("a missing instant")
    years = seconds.astype("datetime64[Y]").astype(np.int64) + 1970
    moments, offsets = offsets_of(zone, int(years.min()), int(years.max()))
    local: Instants = seconds.copy()
    local += offsets[np.searchsorted(moments, seconds, side="right") - 1]
    return local


@lru_cache(maxsize=64)
def offsets_of(zone: ZoneInfo, first: int, last: int) -> tuple[Instants, NDArray[np.timedelta64]]:
    """Return from which instants on which offset from UTC holds, over whole years."""
    at, stop = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    offset = _offset(at, zone)
    found = [(at, offset)]
    while at < stop:
        later = at + timedelta(days=1)
        if _offset(later, zone) != offset:
            at = _change(at, later, zone)
            offset = _offset(at, zone)
            found.append((at, offset))
        else:
            at = later
    moments = np.array([moment.replace(tzinfo=None) for moment, _ in found], dtype="datetime64[s]")
    return moments, np.array([value for _, value in found], dtype="timedelta64[s]")


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second after `low` with the offset of `high`."""
    old = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset(middle, zone) == old else (low, middle)
    return high
