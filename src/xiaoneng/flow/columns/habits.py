"""How holders work, asked of an engine (登记习惯): heaps and the end of the day, as in `flow.graph.batching`."""

from __future__ import annotations

import ibis
import numpy as np

from xiaoneng.flow.columns.arrows import codes_of
from xiaoneng.flow.columns.ground import Ground
from xiaoneng.flow.columns.officetime import office_time, whole, whole_of
from xiaoneng.flow.graph.batching import GAP, LAST, LEAST, Heaps, Stamping
from xiaoneng.flow.share import Share
from xiaoneng.worktime.schedule import Schedule


def heaps(asked: Ground, holder: str, *, gap: int = GAP, least: int = LEAST) -> Heaps:
    """Return what each `actor`, `post` or `agency` did in heaps; `gap` in microseconds, `least` events to a heap."""
    events = asked.events.select("case", "place", "activity", "at", who=asked.events[holder])
    known = events.filter(events.who != "")
    group, order = [known.who, known.activity], [known["at"], known.case, known.place]
    since = known["at"] - known["at"].lag(1).over(ibis.window(group_by=group, order_by=order))
    known = known.mutate(opens=(since.isnull() | (since > gap)).cast("int64"))
    group, order = [known.who, known.activity], [known["at"], known.case, known.place]
    running = ibis.window(group_by=group, order_by=order, preceding=None, following=0)
    known = known.mutate(heap=known.opens.sum().over(running))
    heap = known.group_by("who", "activity", "heap").agg(size=known.count(), cases=known.case.nunique())
    large = heap.mutate(inside=ibis.ifelse((heap["size"] >= least) & (heap.cases > 1), heap["size"], 0))
    found = large.group_by("who", "activity").agg(
        events=whole(large["size"]),
        heaps=whole((large.inside > 0).cast("int64")),
        inside=whole(large.inside),
        largest=large.inside.max(),
    )
    rows = asked.engine.fetch(found.filter(found.inside > 0).order_by(ibis.desc("inside"), "who", "activity"))
    return Heaps(
        holder=codes_of(rows["who"], asked.names(holder)),
        activity=codes_of(rows["activity"], asked.names("activity")),
        **{name: whole_of(rows[name]) for name in ("events", "heaps", "inside", "largest")},
    )


def stamping(asked: Ground, holder: str, *, schedule: Schedule, last: int = LAST) -> tuple[Stamping, ...]:
    """Return the habits of every holder with events on working days, the largest share first."""
    events = asked.events.select("at", who=asked.events[holder])
    office = office_time(events, "at", engine=asked.engine, schedule=schedule)
    timed = office.on(events.filter(events.who != ""), "at")
    timed = timed.filter(timed.at_working == 1)
    timed = timed.mutate(late=(timed.at_left < last).cast("int64"))
    found = timed.group_by("who", "at_minute").agg(n=timed.count(), late=whole(timed.late))
    rows = asked.engine.fetch(found.order_by("who", "at_minute"))
    names = asked.names(holder)
    who = codes_of(rows["who"], names)
    minute, n, late = (whole_of(rows[name]) for name in ("at_minute", "n", "late"))
    even = last / schedule.longest_day()
    habits = []
    for code in np.unique(who).tolist():
        mine = np.flatnonzero(who == code)
        commonest = mine[n[mine].argmax()]
        share = Share(names[code], int(late[mine].sum()), int(n[mine].sum()))
        habits.append(
            Stamping(late=share, even=even, minute=int(minute[commonest]), at_minute=int(n[commonest]))
        )
    return tuple(sorted(habits, key=lambda one: (not one.late.ranked, -(one.late.share or 0), one.late.name)))
