"""Lights over time (亮灯走势): how many cases showed each light on every day between two days, without a loop over rows.

A case changes its light on a few days only. Each change adds one and takes one away on its day; summing along the days
gives every count of every day at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.columnlights import NO_END, LightCode, marks
from xiaoneng.worktime.workdays import WorkCalendar

DEFINITION = Phrase(
    "区间内每一天日终时各种灯的在办件数：按办件现有记录的期限（已含中止、延长）逐日判断，自收件之日起计，办结之日起计入已办结。",
    "On every day between two days, how many cases show each light, judged by the ends now on record (suspensions and "
    "extensions included): from the day of receipt, and as closed from the day of closing.",
)
Days = NDArray[np.int64]
NEVER = np.iinfo(np.int32).max
"""A day that does not come: a case still open, a suspension that lasts."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class History:
    """Cases as days of the common era: receipt, closing (or `NEVER`), and their ends on an axis.

    `axis` is a place in `columnlights.AXES`; `held` are pairs of columns, from the day of suspension to the day of
    resumption, which in a row do not overlap.
    """

    received: Days
    closed: Days
    axis: NDArray[np.uint8]
    statutory: Days
    promised: Days
    held: Sequence[tuple[Days, Days]] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LightsOverTime:
    """A row a day from `first`; a column a light, in the order of `LightCode`."""

    first: date
    counts: NDArray[np.int64]

    def on(self, day: date) -> dict[LightCode, int]:
        """Return the counts of one day."""
        row = self.counts[(day - self.first).days]
        return {light: int(row[light]) for light in LightCode}


def lights_over_time(cases: History, *, first: date, last: date, calendar: WorkCalendar) -> LightsOverTime:
    """Return the counts of every day from `first` to `last`, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = _Tally(first.toordinal(), len(days))
    edges = _Edges(cases, first, days, calendar)
    for light, begin, end in edges.stretches():
        found.add(light, begin, end)
        for since, until in cases.held:
            low, high = np.maximum(begin, since), np.minimum(end, until)
            found.move(light, low, high)
    found.add(LightCode.CLOSED, np.maximum(cases.closed, cases.received), np.full_like(cases.closed, NEVER))
    return LightsOverTime(first=first, counts=found.counts())


class _Edges:
    """On which day each case takes on each light."""

    def __init__(self, cases: History, first: date, days: list[date], calendar: WorkCalendar) -> None:
        self.cases, self.first = cases, first.toordinal()
        lines = [marks(day, calendar=calendar) for day in days]
        self.past = np.array([line.past for line in lines])
        self.soon = np.array([line.soon for line in lines])
        self.stop = np.minimum(cases.closed, NEVER)

    def stretches(self) -> list[tuple[LightCode, Days, Days]]:
        """Return each light with the days from and until which it shows, a row a case, suspended or not."""
        runs = self.cases.statutory != NO_END
        promised = np.where(self.cases.promised == NO_END, self.cases.statutory, self.cases.promised)
        overdue = self._from(self.past, self.cases.statutory)
        broken = np.minimum(self._from(self.past, promised), overdue)
        soon = np.minimum(self._from(self.soon, promised), broken)
        begin, stop = self.cases.received, self.stop
        waits = np.where(runs, begin, stop)
        marks_ = [np.clip(edge, begin, np.maximum(stop, begin)) for edge in (soon, broken, overdue)]
        ends = [np.where(runs, edge, stop) for edge in marks_]
        return [
            (LightCode.WAITING, begin, np.where(runs, begin, stop)),
            (LightCode.IN_TIME, waits, ends[0]),
            (LightCode.DUE_SOON, ends[0], ends[1]),
            (LightCode.PROMISE_BROKEN, ends[1], ends[2]),
            (LightCode.OVERDUE, ends[2], stop),
        ]

    def _from(self, thresholds: NDArray[np.int32], ends: Days) -> Days:
        """Return the first day asked about on which an end is at or below its axis's threshold."""
        found = np.empty(len(ends), dtype=np.int64)
        for axis in range(thresholds.shape[1]):
            rows = self.cases.axis == axis
            found[rows] = np.searchsorted(thresholds[:, axis], ends[rows], side="left")
        return found + self.first


class _Tally:
    """Counts of days by what changes on each."""

    def __init__(self, first: int, days: int) -> None:
        self.first, self.days = first, days
        self.changes = np.zeros((len(LightCode), days + 1), dtype=np.int64)

    def add(self, light: LightCode, begin: Days, end: Days) -> None:
        low = np.clip(begin - self.first, 0, self.days)
        high = np.clip(end - self.first, 0, self.days)
        high = np.maximum(high, low)
        self.changes[light] += np.bincount(low, minlength=self.days + 1)
        self.changes[light] -= np.bincount(high, minlength=self.days + 1)

    def move(self, light: LightCode, begin: Days, end: Days) -> None:
        """Take rows out of a light and show them suspended."""
        end = np.maximum(begin, end)
        before = self.changes[light].copy()
        self.add(light, begin, end)
        moved = self.changes[light] - before
        self.changes[light] = before if light is LightCode.WAITING else before - moved
        self.changes[LightCode.SUSPENDED] += 0 if light is LightCode.WAITING else moved

    def counts(self) -> NDArray[np.int64]:
        return np.ascontiguousarray(np.cumsum(self.changes[:, :-1], axis=1).T)
