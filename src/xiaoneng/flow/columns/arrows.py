"""Questions on steps, asked of an engine (环节之间): the answers are those of `flow.graph.directly` and `bottlenecks`."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from xiaoneng.flow.columns.ground import Ground
from xiaoneng.flow.columns.officetime import office_time, whole, whole_of
from xiaoneng.flow.graph.bottlenecks import Bottlenecks
from xiaoneng.flow.graph.directly import Counts, Graph
from xiaoneng.flow.graph.events import NONE, Codes
from xiaoneng.flow.graph.grouped import SECOND, Spread
from xiaoneng.worktime.schedule import Schedule

PARTS = ("elapsed", "working", "suspended", "waiting", "out")
ARROW = ("source", "target")


def steps_of(asked: Ground) -> ir.Table:
    """Return the steps that end in the selection, from their stored predecessors."""
    events = asked.events.filter(asked.events.before.notnull())
    return events.select(
        case="case",
        source="before",
        target="activity",
        begun="before_at",
        ended="at",
        suspended="suspended",
        waiting="waiting",
    )


def counted(asked: Ground) -> Counts:
    """Return frequencies and total elapsed times only."""
    steps = steps_of(asked)
    found = steps.group_by(*ARROW).agg(count=steps.count(), total=whole(steps.ended - steps.begun))
    rows = asked.engine.fetch(found.order_by(*ARROW))
    source, target = _ends(asked, rows)
    return Counts(source=source, target=target, count=whole_of(rows["count"]), total=whole_of(rows["total"]))


def directly_follows(asked: Ground, *, schedule: Schedule) -> Graph:
    """Return the graph with all times split into the four parts."""
    steps = parted(asked, schedule=schedule)
    measures = {}
    for part in PARTS:
        seconds = (steps[part] // SECOND).cast("int64")
        measures[part] = whole(steps[part])
        measures[f"{part}_median"] = seconds.quantile(0.5)
        measures[f"{part}_p90"] = seconds.quantile(0.9)
    found = steps.group_by(*ARROW).agg(count=steps.count(), **measures)
    rows = asked.engine.fetch(found.order_by(*ARROW))
    source, target = _ends(asked, rows)
    spreads = {part: _spread(rows, part) for part in PARTS}
    names = asked.names("activity")
    return Graph(activities=names, source=source, target=target, count=whole_of(rows["count"]), **spreads)


def parted(asked: Ground, *, schedule: Schedule) -> ir.Table:
    """Return the steps with what became of their time, in microseconds."""
    steps = steps_of(asked)
    office = office_time(steps, "begun", "ended", engine=asked.engine, schedule=schedule)
    timed = office.on(steps, "begun", "ended")
    elapsed, opened = timed.ended - timed.begun, timed.ended_worked - timed.begun_worked
    waits = timed.waiting & ~timed.suspended
    runs = ~(timed.suspended | timed.waiting)
    return timed.select(
        *("case", *ARROW),
        elapsed=elapsed,
        working=ibis.ifelse(runs, opened, 0),
        suspended=ibis.ifelse(timed.suspended, elapsed, 0),
        waiting=ibis.ifelse(waits, elapsed, 0),
        out=ibis.ifelse(runs, elapsed - opened, 0),
    )


def bottlenecks(
    asked: Ground, graph: Graph, *, budget: NDArray[np.float64], schedule: Schedule
) -> Bottlenecks:
    """Return the arrows by working days lost; `budget` in working days, in the order of the graph's arrows."""
    day = schedule.longest_day()
    names = np.array([*graph.activities, ""], dtype=object)
    allowed = asked.engine.named(
        pa.table({"one": names[graph.source], "other": names[graph.target], "allowed": budget * day})
    )
    steps = parted(asked, schedule=schedule)
    both = steps.join(allowed, [steps.source == allowed.one, steps.target == allowed.other])
    beyond = ibis.greatest(both.working.cast("float64") - both.allowed, 0.0)
    found = both.group_by(*ARROW).agg(
        count=both.count(), over=whole((beyond > 0).cast("int64")), lost=beyond.sum()
    )
    rows = asked.engine.fetch(found.order_by(*ARROW))
    lost = rows["lost"].to_numpy() / day
    order = np.lexsort((np.arange(len(lost)), -lost))
    return Bottlenecks(
        source=graph.source[order],
        target=graph.target[order],
        count=whole_of(rows["count"])[order],
        over=whole_of(rows["over"])[order],
        budget=budget[order],
        lost=lost[order],
    )


def codes_of(column: pa.ChunkedArray, names: tuple[str, ...]) -> Codes:
    """Return names as their places among all names, `NONE` where there is none."""
    found = pc.index_in(column, value_set=pa.array(names, pa.string()))
    codes: Codes = found.fill_null(NONE).to_numpy().astype(np.int32, copy=False)
    return codes


def _ends(asked: Ground, rows: pa.Table) -> tuple[Codes, Codes]:
    names = asked.names("activity")
    return codes_of(rows["source"], names), codes_of(rows["target"], names)


def _spread(rows: pa.Table, part: str) -> Spread:
    total, count = whole_of(rows[part]), whole_of(rows["count"])
    median, p90 = (
        rows[f"{part}_{name}"].to_numpy().astype(np.float64) * SECOND for name in ("median", "p90")
    )
    return Spread(total, total / count, median, p90)
