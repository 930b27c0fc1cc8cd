"""What became of the time between two instants (时间去向), for millions of rows: worked, suspended, waiting, or shut.

Instants are microseconds since 1970 in UTC. Suspensions and waits come as pairs of columns, one pair for the first of
every row, one for the second and so on; they may overlap and come in any order. A row without one has the same instant
twice; one that lasts ends at `LASTING`. Every part is exact and the four add up to the time elapsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.schedule import MINUTE, Instants, Schedule, Timetable, timetable

Spans = Sequence[tuple[Instants, Instants]]

LASTING = np.iinfo(np.int64).max
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The time between two instants in microseconds, a row each.

    `suspended` lies in a suspension; `waiting` in a wait for another office and in no suspension; `working` is what
    else was office time and `out` what else was not.
    """

    working: Instants
    suspended: Instants
    waiting: Instants
    out: Instants

    @property
    def elapsed(self) -> Instants:
        """Return the whole time."""
        return self.working + self.suspended + self.waiting + self.out


def worked(begun: Instants, ended: Instants, *, schedule: Schedule) -> Instants:
    """Return the office time between instants in microseconds; negative where the second comes first.

    Raises `OutsideAxis` for instants that the schedule does not reach.
    """
    table = timetable(schedule, begun, ended)
    found = np.empty(len(begun), dtype=np.int64)
    for rows in blocks(len(begun)):
        np.subtract(table.worked(ended[rows]), table.worked(begun[rows]), out=found[rows])
    return found


def worked_minutes(begun: Instants, ended: Instants, *, schedule: Schedule) -> Instants:
    """Return the office minutes between instants, each taken at the full minutes that have passed before it.

    This is the scalar clock's `working_minutes`, to the minute.
    """
    table = timetable(schedule, begun, ended)
    found = np.empty(len(begun), dtype=np.int64)
    for rows in blocks(len(begun)):
        passed = table.worked(ended[rows]) // MINUTE
        passed -= table.worked(begun[rows]) // MINUTE
        found[rows] = passed
    return found


def worked_days(begun: Instants, ended: Instants, *, schedule: Schedule) -> NDArray[np.int32]:
    """Return the working days between instants: the day of the first is not counted, the day of the second is."""
    table = timetable(schedule, begun, ended)
    found = np.empty(len(begun), dtype=np.int32)
    for rows in blocks(len(begun)):
        np.subtract(table.ordinal(ended[rows]), table.ordinal(begun[rows]), out=found[rows])
    return found


def split(
    begun: Instants, ended: Instants, *, schedule: Schedule, pauses: Spans = (), waits: Spans = ()
) -> Parts:
    """Return what became of the time between instants, in blocks of 65,536 rows.

    Raises `ValueError` where an end comes before its beginning, `OutsideAxis` beyond the schedule.
    """
    _check((begun, ended), *pauses, *waits)
    table = timetable(schedule, begun, ended)
    found = Parts(*(np.empty(len(begun), dtype=np.int64) for _ in range(4)))
    for rows in blocks(len(begun)):
        first, last = begun[rows], ended[rows]
        held = _clipped(pauses, rows, first, last)
        both = held + _clipped(waits, rows, first, last)
        paused, _ = _covered(held, first, table)
        aside, aside_open = _covered(both, first, table)
        opened = table.worked(last) - table.worked(first)
        found.suspended[rows] = paused
        found.waiting[rows] = aside - paused
        found.working[rows] = opened - aside_open
        found.out[rows] = last - first - aside - opened + aside_open
    return found


def blocks(rows: int) -> Iterator[slice]:
    """Yield the slices in which so many rows are worked on."""
    return (slice(at, min(at + BLOCK, rows)) for at in range(0, rows, BLOCK))


def _clipped(spans: Spans, rows: slice, first: Instants, last: Instants) -> list[tuple[Instants, Instants]]:
    return [(np.clip(a[rows], first, last), np.clip(b[rows], first, last)) for a, b in spans]


def _covered(
    spans: list[tuple[Instants, Instants]], first: Instants, table: Timetable
) -> tuple[Instants, Instants]:
    """Return how much time lies in at least one span, and how much of it is office time."""
    time, opened = np.zeros_like(first), np.zeros_like(first)
    reach = first
    for begin, end in _in_order(spans):
        low = np.maximum(begin, reach)
        reach = np.maximum(end, low)
        time += reach - low
        opened += table.worked(reach) - table.worked(low)
    return time, opened


def _in_order(spans: list[tuple[Instants, Instants]]) -> list[tuple[Instants, Instants]]:
    if len(spans) <= 1:
        return spans
    begins, ends = np.stack([a for a, _ in spans]), np.stack([b for _, b in spans])
    order = np.argsort(begins, axis=0, kind="stable")
    return list(zip(np.take_along_axis(begins, order, 0), np.take_along_axis(ends, order, 0), strict=True))


def _check(*spans: tuple[Instants, Instants]) -> None:
    for begin, end in spans:
        if begin.dtype != np.int64 or end.dtype != np.int64:
            raise TypeError(f"instants come as int64 microseconds, not {begin.dtype} and {end.dtype}")
        if bool((end < begin).any()):
            raise ValueError("a span cannot end before it began")
