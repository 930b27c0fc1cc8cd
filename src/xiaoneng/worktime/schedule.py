"""Office time as one look-up (工作时间表): how much an office was open up to an instant, in any zone.

A schedule is a week of open hours, days that differ from it, and a zone: our own calendar, or a foreign office's week
with its list of holidays. Its table cuts the time line in cells so small that an office opens, closes or changes its
clocks only between two of them; summer time is in the table, so no instant is ever turned into local time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from math import gcd
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.columnhours import offsets_of
from xiaoneng.worktime.days import ZONE
from xiaoneng.worktime.spans import MIDNIGHT, OfficeHours, Span
from xiaoneng.worktime.workdays import END, EPOCH, OutsideAxis, WorkCalendar

Instants = NDArray[np.int64]
"""Microseconds since 1970 in UTC."""
MINUTE = 60_000_000
DAY = MIDNIGHT * MINUTE
AROUND = 1
"""Years laid out before the first and after the last instant asked for, so that no edge is touched."""
UNIX = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The hours of an office: a week from Monday, the days unlike it, its zone, and the years it reaches.

    `other` holds days with their own spans, none for a day of rest.
    """

    key: str
    week: tuple[tuple[Span, ...], ...]
    other: tuple[tuple[date, tuple[Span, ...]], ...] = ()
    zone: ZoneInfo = ZONE
    first: date = UNIX
    last: date = date(2100, 12, 31)
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        # Tables are looked up by schedule: thousands of days are hashed once.
        object.__setattr__(self, "_hash", hash((self.key, self.week, self.other, self.zone.key)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of_calendar(cls, calendar: WorkCalendar, *, zone: ZoneInfo = ZONE) -> Schedule:
        """Return the hours of a calendar of ours."""
        return _of_calendar(calendar, zone)

    @classmethod
    def weekly(
        cls, key: str, hours: OfficeHours, *, zone: ZoneInfo, holidays: Iterable[date] = ()
    ) -> Schedule:
        """Return a plain week without the `holidays`; a weekday for which `hours` names no span is rest."""
        other = tuple((day, ()) for day in sorted(set(holidays)))
        return cls(key=key, week=hours.week, other=other, zone=zone)

    @classmethod
    def always(cls, key: str, *, zone: ZoneInfo) -> Schedule:
        """Return an office that never closes."""
        return cls(key=key, week=((Span(0, MIDNIGHT),),) * 7, zone=zone)

    def longest_day(self) -> int:
        """Return the microseconds of the longest ordinary day: what one working day of work is taken for."""
        return max(sum(span.closes - span.opens for span in spans) for spans in self.week) * MINUTE


@lru_cache(maxsize=32)
def _of_calendar(calendar: WorkCalendar, zone: ZoneInfo) -> Schedule:
    hours = calendar.hours
    week = (*(hours.on(weekday) for weekday in range(5)), (), ())
    special = sorted((day, why.working) for day, why in calendar.named.items() if EPOCH <= day <= END)
    other = tuple((day, hours.on(day.weekday()) if working else ()) for day, working in special)
    return Schedule(key=calendar.key, week=week, other=other, zone=zone, first=EPOCH, last=END)


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """A schedule over some years as arrays, an entry a cell.

    The open time before it and whether it is open; of its local day, the number of working days up to and with it,
    whether it is worked, the open time before it ends; and the minute of the local day at which the cell begins.
    """

    begins: int
    cell: int
    passed: Instants
    is_open: Instants
    ordinals: NDArray[np.int32]
    working: NDArray[np.bool_]
    closes: Instants
    faces: NDArray[np.int32]

    def places(self, at: Instants) -> Instants:
        """Return the cells of instants; raises `OutsideAxis`."""
        places: Instants = at - self.begins
        places //= self.cell
        if places.size and not 0 <= int(places.min()) <= int(places.max()) < len(self.is_open):
            raise OutsideAxis("an instant")
        return places

    def worked(self, at: Instants) -> Instants:
        """Return the open microseconds from the beginning of the table to each instant."""
        places = self.places(at)
        within = at - self.begins
        within -= places * self.cell
        within *= self.is_open.take(places)
        within += self.passed.take(places)
        return within

    def ordinal(self, at: Instants) -> NDArray[np.int32]:
        """Return the working days up to and with the local day of each instant."""
        return self.ordinals.take(self.places(at))

    def on_working_day(self, at: Instants) -> NDArray[np.bool_]:
        """Return which instants fall on working days."""
        return self.working.take(self.places(at))

    def left(self, at: Instants) -> Instants:
        """Return the open microseconds that are left of the local day of each instant."""
        return self.closes.take(self.places(at)) - self.worked(at)

    def minute(self, at: Instants) -> Instants:
        """Return the minute of the local day of each instant, 0 to 1439."""
        places = self.places(at)
        minute: Instants = self.faces.take(places) + (at - self.begins - places * self.cell) // MINUTE
        return minute


def timetable(schedule: Schedule, *columns: Instants) -> Timetable:
    """Return the table that holds every instant of the columns; raises `OutsideAxis` for years it does not reach."""
    filled = [column for column in columns if column.size]
    nothing = (schedule.first - UNIX).days * DAY
    low = min((int(column.min()) for column in filled), default=nothing)
    high = max((int(column.max()) for column in filled), default=nothing)
    first, last = _year(low) - AROUND, _year(high) + AROUND
    if first + AROUND < schedule.first.year or last - AROUND > schedule.last.year:
        raise OutsideAxis("an instant")
    return _timetable(schedule, first, last)


def _year(at: int) -> int:
    return int(np.datetime64(at, "us").astype("datetime64[Y]").astype(np.int64)) + 1970


@lru_cache(maxsize=32)
def _timetable(schedule: Schedule, first: int, last: int) -> Timetable:
    begin, stop = date(first, 1, 1), date(last + 1, 1, 1)
    moments, offsets = offsets_of(schedule.zone, first, last)
    shifts = offsets.astype(np.int64) // 60
    cell = _cell(schedule, shifts, moments)
    pattern, working = _days(schedule, date(first - 1, 12, 30), (stop - begin).days + 4, cell)
    # Local cells begin two days early: no offset from UTC leads before them.
    utc = np.arange((stop - begin).days * MIDNIGHT // cell, dtype=np.int64)
    starts = np.datetime64(datetime(first, 1, 1, tzinfo=UTC).replace(tzinfo=None), "m") + utc * cell
    local = utc + shifts[np.searchsorted(moments, starts, side="right") - 1] // cell + 2 * MIDNIGHT // cell
    day, face = np.divmod(local, MIDNIGHT // cell)
    is_open = pattern[local].astype(np.int64)
    passed = np.append(0, np.cumsum(is_open)) * (cell * MINUTE)
    return Timetable(
        begins=(begin - UNIX).days * DAY,
        cell=cell * MINUTE,
        passed=passed[:-1],
        is_open=is_open,
        ordinals=np.cumsum(working)[day].astype(np.int32),
        working=working[day],
        closes=passed[np.searchsorted(day, day, side="right")],
        faces=(face * cell).astype(np.int32),
    )


def _cell(schedule: Schedule, shifts: Instants, moments: NDArray[np.datetime64]) -> int:
    """Return the longest cell, in minutes, at whose edges alone anything changes."""
    spans = [span for day in (*schedule.week, *(spans for _, spans in schedule.other)) for span in day]
    edges = [edge for span in spans for edge in (span.opens, span.closes)]
    changes = moments.astype("datetime64[m]").astype(np.int64).tolist()
    return gcd(MIDNIGHT, *edges, *shifts.tolist(), *changes)


def _days(
    schedule: Schedule, first: date, count: int, cell: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the open cells of days in a row, and which days are worked."""
    week = np.array([_cells(spans, cell) for spans in schedule.week])
    days = week[(np.arange(count) + first.weekday()) % 7]
    for day, spans in schedule.other:
        place = (day - first).days
        if 0 <= place < count:
            days[place] = _cells(spans, cell)
    worked: NDArray[np.bool_] = days.max(axis=1)
    return days.ravel(), worked


def _cells(spans: tuple[Span, ...], cell: int) -> NDArray[np.bool_]:
    cells = np.zeros(MIDNIGHT // cell, dtype=np.bool_)
    for span in spans:
        cells[span.opens // cell : span.closes // cell] = True
    return cells
