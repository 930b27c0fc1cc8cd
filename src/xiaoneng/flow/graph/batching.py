"""Work done in heaps (成批办理) and written down at the end of the day (下班前集中补登)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import NONE, Codes, Events
from xiaoneng.flow.share import Share, wilson
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.schedule import MINUTE, Schedule, timetable

DEFINITION = Phrase(
    "成批：同一经手人对同一环节的至少三个事件，前后相隔不超过五分钟，且不属同一办件。临下班：经手人的事件落在当日办公时间最后"
    "三十分钟或下班之后的比例，附 95% 威尔逊区间；区间下限高于均匀办理应有比例两倍的标出。只说明登记习惯，不认定倒填。",
    "In a heap: at least three events of the same holder and activity, each within five minutes of the one before and "
    "not all of one case. At the end of the day: the share of a holder's events on a working day in the last thirty "
    "minutes of office time or after it, with 95 % Wilson interval; marked where its lower end is above twice the "
    "share of even work. It tells a habit of registering and proves no back-dating.",
)
GAP = 5 * MINUTE
LEAST = 3
LAST = 30 * MINUTE


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Heaps:
    """Holders and activities that work in heaps, the largest number of events in heaps first.

    `heaps` counts heaps, `inside` the events in them, `events` all of the holder's events of the activity, `largest`
    the events of the largest heap.
    """

    holder: Codes
    activity: Codes
    events: NDArray[np.int64]
    heaps: NDArray[np.int64]
    inside: NDArray[np.int64]
    largest: NDArray[np.int64]


def heaps(events: Events, holder: Codes, *, gap: int = GAP, least: int = LEAST) -> Heaps:
    """Return what was done in heaps; `gap` in microseconds, `least` events to a heap."""
    rows = np.flatnonzero(holder != NONE)
    wide = max(1, len(events.activities))
    keys = holder[rows].astype(np.int64) * wide + events.activity[rows]
    order = np.lexsort((events.at[rows], keys))
    keys, at, case = keys[order], events.at[rows][order], events.case[rows][order]
    opens = _edges(keys) | np.append(True, np.diff(at) > gap)[: len(keys)]
    begins = np.flatnonzero(opens)
    sizes = np.diff(np.append(begins, len(keys)))
    mixed = np.add.reduceat(_edges(case) & ~opens, begins) > 0 if len(begins) else begins > 0
    large = (sizes >= least) & mixed
    present, of = np.unique(keys, return_inverse=True)
    heap_of = of[begins[large]]
    inside = np.bincount(heap_of, weights=sizes[large], minlength=len(present)).astype(np.int64)
    largest = np.zeros(len(present), dtype=np.int64)
    np.maximum.at(largest, heap_of, sizes[large])
    shown = np.lexsort((present, -inside))
    shown = shown[inside[shown] > 0]
    return Heaps(
        holder=(present[shown] // wide).astype(np.int32),
        activity=(present[shown] % wide).astype(np.int32),
        events=np.bincount(of, minlength=len(present))[shown],
        heaps=np.bincount(heap_of, minlength=len(present))[shown],
        inside=inside[shown],
        largest=largest[shown],
    )


def _edges(keys: NDArray[np.integer]) -> NDArray[np.bool_]:
    edges = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=edges[1:])
    return edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """How much of a holder's work is written down as the office closes.

    `even` is the share that evenly spread work would have; `minute` the commonest minute of the local day, met by
    `at_minute` events.
    """

    late: Share
    even: float
    minute: int
    at_minute: int

    @property
    def striking(self) -> bool:
        """Tell whether even the cautious estimate is above twice the share of even work."""
        return wilson(self.late.count, self.late.n)[0] > 2 * self.even


def stamping(
    events: Events, holder: Codes, *, names: tuple[str, ...], schedule: Schedule, last: int = LAST
) -> tuple[Stamping, ...]:
    """Return the habits of every holder with events on working days, the largest share first."""
    table = timetable(schedule, events.at)
    on_work, minute = table.on_working_day(events.at), table.minute(events.at)
    late = on_work & (table.left(events.at) < last)
    even = last / schedule.longest_day()
    found = []
    for code in np.unique(holder[holder != NONE]).tolist():
        mine = (holder == code) & on_work
        if not mine.any():
            continue
        minutes = np.bincount(minute[mine], minlength=1440)
        share = Share(names[code], int((late & mine).sum()), int(mine.sum()))
        commonest = int(minutes.argmax())
        found.append(Stamping(late=share, even=even, minute=commonest, at_minute=int(minutes[commonest])))
    return tuple(sorted(found, key=lambda one: (not one.late.ranked, -(one.late.share or 0), one.late.name)))
