"""Questions on the course of cases, asked of an engine (办理经过): hand-overs, rework, variants and conformance.

The answers are those of the modules of `flow.graph` with the same names.
"""

from __future__ import annotations

from itertools import accumulate

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from xiaoneng.flow.columns.arrows import codes_of
from xiaoneng.flow.columns.ground import Ground
from xiaoneng.flow.columns.officetime import office_time, whole, whole_of
from xiaoneng.flow.graph.conformance import Automaton, Conformance
from xiaoneng.flow.graph.handovers import HandOvers
from xiaoneng.flow.graph.rework import Rework
from xiaoneng.flow.graph.variants import Variants, grown
from xiaoneng.worktime.schedule import Schedule

NO = ibis.literal(False)  # noqa: FBT003 - ibis says it so
APART = "\x1f"
"""Between the activities of a path; no name holds it."""


def hand_overs(asked: Ground, holder: str, *, schedule: Schedule | None = None) -> HandOvers:
    """Return the hand-overs between `actor`, `post` or `agency`; without a schedule `working` is the time elapsed."""
    events = asked.events.select("case", "place", "at", who=asked.events[holder])
    known = events.filter(events.who != "")
    order = ibis.window(group_by=known.case, order_by=known.place)
    known = known.mutate(giver=known.who.lag(1).over(order), begun=known["at"].lag(1).over(order))
    given = asked.engine.view(known.filter(known.giver.notnull() & (known.giver != known.who)))
    given = given.rename(taker="who", ended="at")
    following = ibis.window(group_by=given.case, order_by=given.place)
    back = (given.taker.lead(1).over(following) == given.giver).fill_null(NO)
    given = asked.engine.view(_passed(asked, given.mutate(back=back.cast("int64")), schedule))
    found = given.group_by("giver", "taker").agg(
        count=given.count(), returned=whole(given.back), working=whole(given.passed)
    )
    rows = asked.engine.fetch(found.order_by("giver", "taker"))
    (once,) = asked.engine.fetch(given.aggregate(cases=given.case.nunique(where=given.back == 1))).to_pylist()
    (missing,) = asked.engine.fetch(events.aggregate(n=whole((events.who == "").cast("int64")))).to_pylist()
    names = asked.names(holder)
    return HandOvers(
        giver=codes_of(rows["giver"], names),
        taker=codes_of(rows["taker"], names),
        count=whole_of(rows["count"]),
        returned=whole_of(rows["returned"]),
        working=whole_of(rows["working"]),
        unknown=missing["n"],
        cases=once["cases"],
    )


def _passed(asked: Ground, given: ir.Table, schedule: Schedule | None) -> ir.Table:
    if schedule is None:
        return given.mutate(passed=given.ended - given.begun)
    office = office_time(given, "begun", "ended", engine=asked.engine, schedule=schedule)
    timed = office.on(given, "begun", "ended")
    return timed.mutate(passed=timed.ended_worked - timed.begun_worked)


def rework(asked: Ground) -> Rework:
    """Return how often activities were repeated, those repeated most first."""
    events = asked.events
    before = events.activity.lag(1).over(ibis.window(group_by=events.case, order_by=events.place))
    at_once = (before == events.activity).fill_null(NO).cast("int64")
    marked = events.select("case", "activity", at_once=at_once)
    each = marked.group_by("case", "activity").agg(n=marked.count(), at_once=whole(marked.at_once))
    found = each.group_by("activity").agg(
        events=whole(each.n),
        again=whole(each.n - 1),
        at_once=whole(each.at_once),
        cases=whole((each.n > 1).cast("int64")),
    )
    rows = asked.engine.fetch(found.filter(found.again > 0).order_by(ibis.desc("again"), "activity"))
    return Rework(
        activity=codes_of(rows["activity"], asked.names("activity")),
        **{name: whole_of(rows[name]) for name in ("events", "again", "at_once", "cases")},
    )


def variants(asked: Ground) -> Variants:
    """Return the paths, the commonest first; `row` is the place of a case's first event among all of the selection.

    That place needs the number of events of every case before it: a sum along all cases, which an engine does in one
    stretch.
    """
    events = asked.events
    steps = ibis.struct({"place": events.place, "activity": events.activity}).collect()
    cases = events.group_by("case").agg(length=events.count(), steps=steps)
    path = cases.steps.sort().map(lambda step: step["activity"]).join(APART)
    along = ibis.window(order_by=cases.case, preceding=None, following=0)
    cases = cases.mutate(path=path, row=cases.length.sum().over(along) - cases.length).drop("steps")
    found = cases.group_by("path").agg(count=cases.count(), row=cases.row.min(), length=cases.length.max())
    rows = asked.engine.fetch(found.order_by(ibis.desc("count"), "row"))
    count = whole_of(rows["count"])
    return Variants(
        hashes=np.array([_hash(one) for one in rows["path"].to_pylist()], dtype=np.uint64),
        count=count,
        coverage=np.cumsum(count) / max(1, int(count.sum())),
        length=whole_of(rows["length"]),
        row=whole_of(rows["row"]),
    )


def _hash(path: str) -> int:
    steps = enumerate(path.split(APART))
    return list(accumulate(steps, lambda had, step: grown(had, place=step[0], activity=step[1]), initial=0))[
        -1
    ]


def conformance(asked: Ground, declared: Automaton, *, ended: bool = False) -> Conformance:
    """Return how the cases keep to what is declared; `ended`: the last activity of cases that have ended is checked."""
    judged = _judged(asked, declared, ended=ended)
    broken = judged.filter(judged.broken == 1)
    pairs = broken.group_by("before_it", "activity").agg(count=broken.count())
    rows = asked.engine.fetch(pairs.order_by(ibis.desc("count"), "before_it", "activity"))
    each = judged.group_by("case").agg(
        breaks=whole(judged.broken + judged.bad_start + judged.bad_end),
        start=whole(judged.bad_start),
        end=whole(judged.bad_end),
    )
    cases = asked.engine.fetch(each.order_by("case"))
    names = asked.names("activity")
    touched = asked.engine.fetch(asked.touched.select("case").order_by("case"))
    return Conformance(
        cases=codes_of(cases["case"], tuple(touched["case"].to_pylist())),
        breaks=whole_of(cases["breaks"]),
        source=codes_of(rows["before_it"], names),
        target=codes_of(rows["activity"], names),
        count=whole_of(rows["count"]),
        bad_starts=int(whole_of(cases["start"]).sum()),
        bad_ends=int(whole_of(cases["end"]).sum()),
    )


def _judged(asked: Ground, declared: Automaton, *, ended: bool) -> ir.Table:
    """Return the events with what is not allowed at each."""
    events = asked.events.select("case", "place", "activity")
    order = ibis.window(group_by=events.case, order_by=events.place)
    events = events.mutate(
        before_it=events.activity.lag(1).over(order), after_it=events.activity.lead(1).over(order)
    )
    pairs = sorted(declared.pairs)
    known = {"one": [a for a, _ in pairs], "other": [b for _, b in pairs]}
    allowed = asked.engine.named(pa.table({**known, "allowed": pa.array([1] * len(pairs), pa.int64())}))
    both = events.left_join(allowed, [events.before_it == allowed.one, events.activity == allowed.other])
    closed = asked.touched.filter(asked.touched.ended.notnull()).select(closed="case")
    both = both.left_join(closed, both.case == closed.closed)
    last = both.after_it.isnull() & both.closed.notnull()
    checks = ended and bool(declared.ends)
    return both.mutate(
        broken=(both.before_it.notnull() & both.allowed.isnull()).cast("int64"),
        bad_start=(both.before_it.isnull() & ~both.activity.isin(sorted(declared.starts))).cast("int64"),
        bad_end=(last & ~both.activity.isin(sorted(declared.ends)) if checks else NO).cast("int64"),
    )
