"""Which activity follows which (直接跟随图), how often, and what became of the time between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import Codes, Instants, Steps
from xiaoneng.flow.graph.grouped import DENSE, Groups, Spread, grouped, spread, summed
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.columnspans import Parts, worked
from xiaoneng.worktime.schedule import Schedule, timetable

DEFINITION = Phrase(
    "同一办件中前后相邻的两个环节为一步；每步的全部时间分为四部分：中止、等待其他机关、办公时间内办理、办公时间外，四者之和等于全部时间。"
    "中止与等待重叠的，计入中止。中位数和九成位数精确到秒。",
    "A step leads from one activity to the next in the same case. Its whole time is told in four parts that add up: "
    "suspended, waiting for another office, worked in office hours, outside office hours. Where suspension and "
    "waiting overlap it counts as suspended. Medians and ninth deciles are exact to the second.",
)
LEAST_BLOCK = 1 << 13
PARTS = {
    "working": Phrase("办理", "Working"),
    "suspended": Phrase("中止", "Suspended"),
    "waiting": Phrase("等待其他机关", "Waiting for another office"),
    "out": Phrase("办公时间外", "Out of hours"),
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Graph:
    """The directly-follows graph: a row an arrow, by the codes of its ends; times in microseconds."""

    activities: tuple[str, ...]
    source: Codes
    target: Codes
    count: NDArray[np.int64]
    elapsed: Spread
    working: Spread
    suspended: Spread
    waiting: Spread
    out: Spread

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counts:
    """The quick form: how often an arrow was taken and its total time in microseconds."""

    source: Codes
    target: Codes
    count: NDArray[np.int64]
    total: Instants

    @property
    def mean(self) -> NDArray[np.float64]:
        """Return the mean time of every arrow."""
        return self.total / self.count


def directly_follows(found: Steps, *, schedule: Schedule, parts: Parts | None = None) -> Graph:
    """Return the graph with all times split; `parts` where suspensions are known better than by effects."""
    split = parts_of(found, schedule=schedule) if parts is None else parts
    groups = arrows(found)
    source, target = ends_of(groups, found)
    return Graph(
        activities=found.activities,
        source=source,
        target=target,
        count=groups.counts,
        elapsed=spread(groups, found.ended - found.begun),
        working=spread(groups, split.working),
        suspended=spread(groups, split.suspended),
        waiting=spread(groups, split.waiting),
        out=spread(groups, split.out),
    )


def counted(found: Steps) -> Counts:
    """Return frequencies and total elapsed times only: one pass without a sort, in blocks that stay in the cache."""
    return _counted(found, lambda rows: found.ended[rows] - found.begun[rows])


def counted_working(found: Steps, *, schedule: Schedule) -> Counts:
    """Return frequencies and total office times only, in blocks."""
    table = timetable(schedule, found.begun, found.ended)
    return _counted(found, lambda rows: table.worked(found.ended[rows]) - table.worked(found.begun[rows]))


def _counted(found: Steps, measure: Callable[[slice], Instants]) -> Counts:
    wide = len(found.activities)
    if wide * wide > DENSE:
        groups = arrows(found)
        totals = groups.totals(measure(slice(None)))
        return _by_arrow(found, groups.keys, groups.counts, totals)
    count, total = np.zeros(wide * wide, np.int64), np.zeros(wide * wide, np.int64)
    block = max(LEAST_BLOCK, 4 * wide * wide)
    for begin in range(0, len(found), block):
        rows = slice(begin, begin + block)
        keys = found.source[rows].astype(np.int64)
        keys *= wide
        keys += found.target[rows]
        count += np.bincount(keys, minlength=wide * wide)
        total += summed(keys, measure(rows), wide * wide)
    present = np.flatnonzero(count)
    return _by_arrow(found, present, count[present], total[present])


def _by_arrow(found: Steps, keys: Instants, count: Instants, total: Instants) -> Counts:
    source, target = np.divmod(keys, max(1, len(found.activities)))
    return Counts(source=source.astype(np.int32), target=target.astype(np.int32), count=count, total=total)


def parts_of(found: Steps, *, schedule: Schedule) -> Parts:
    """Return what became of the time of every step, by the states of its case."""
    elapsed, nothing = found.ended - found.begun, np.zeros(len(found), dtype=np.bool_)
    suspended = nothing if found.suspended is None else found.suspended
    waiting = (nothing if found.waiting is None else found.waiting) & ~suspended
    runs = ~(suspended | waiting)
    working = worked(found.begun, found.ended, schedule=schedule)
    working *= runs
    return Parts(
        working=working,
        suspended=elapsed * suspended,
        waiting=elapsed * waiting,
        out=elapsed * runs - working,
    )


def arrows(found: Steps) -> Groups:
    """Return the steps grouped by their ends."""
    wide = len(found.activities)
    keys = found.source.astype(np.int64)
    keys *= wide
    keys += found.target
    return grouped(keys, below=wide * wide)


def ends_of(groups: Groups, found: Steps) -> tuple[Codes, Codes]:
    """Return the source and the target of every group of steps."""
    source, target = np.divmod(groups.keys, max(1, len(found.activities)))
    return source.astype(np.int32), target.astype(np.int32)
