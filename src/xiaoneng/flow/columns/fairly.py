"""Cells of cases, counted by an engine (分层计数): for fair comparison and for what could be promised."""

from __future__ import annotations

import ibis
import numpy as np

from xiaoneng.flow.columns.arrows import codes_of
from xiaoneng.flow.columns.ground import Ground
from xiaoneng.flow.columns.lit import examined
from xiaoneng.flow.columns.officetime import office_time, whole, whole_of
from xiaoneng.flow.columns.schema import whole_micros
from xiaoneng.flow.graph.lateness import SPECIAL, FairShares, fair_shares
from xiaoneng.flow.graph.promise import Promise, promises
from xiaoneng.flow.judge import Yardstick
from xiaoneng.worktime.schedule import Schedule


def fair(asked: Ground, *, by: Yardstick) -> FairShares:
    """Return the late shares of agencies, each as if it had the mix of items and special procedures of all."""
    effects = [int(one) for one in SPECIAL]
    marked = asked.events.filter(asked.events.effect.isin(effects)).select(marked="case").distinct()
    cases = examined(asked, by)
    both = cases.left_join(marked, cases.case == marked.marked)
    both = both.mutate(special=both.marked.notnull().cast("int64"))
    cells = both.group_by("agency", "item", "special").agg(n=both.count(), late=whole(both.late))
    rows = asked.engine.fetch(cells.order_by("agency", "item", "special"))
    n, late = whole_of(rows["n"]), whole_of(rows["late"])
    # A cell is told as two rows of weight, late and not: as many rows as it has cases.
    each = np.repeat(np.arange(len(n)), n)
    is_late = np.concatenate([np.arange(size) < count for size, count in zip(n, late, strict=True)] or [[]])
    return fair_shares(
        codes_of(rows["agency"], asked.names("agency"))[each],
        codes_of(rows["item"], asked.names("item"))[each],
        whole_of(rows["special"])[each] == 1,
        is_late.astype(np.bool_),
    )


def could_promise(asked: Ground, group: str, *, by: Yardstick, schedule: Schedule) -> tuple[Promise, ...]:
    """Return what each group of cases could have promised, by the working days used up to `by.as_of`.

    The day of receipt is not counted; cases that end before they start are left out.
    """
    now = whole_micros(by.as_of)
    cases = asked.cases.filter(asked.cases.started <= now)
    closed = cases.ended.notnull() & (cases.ended <= now)
    cases = cases.mutate(closed=closed.cast("int64"), stopped=ibis.ifelse(closed, cases.ended, now))
    cases = cases.filter(cases.stopped >= cases.started)
    office = office_time(cases, "started", "stopped", engine=asked.engine, schedule=schedule)
    timed = office.on(cases, "started", "stopped")
    timed = timed.mutate(used=timed.stopped_ordinal - timed.started_ordinal)
    cells = timed.group_by(group, "used", "closed").agg(n=timed.count())
    rows = asked.engine.fetch(cells)
    each = np.repeat(np.arange(rows.num_rows), whole_of(rows["n"]))
    return promises(
        codes_of(rows[group], asked.names(group))[each],
        whole_of(rows["used"])[each].astype(np.int32),
        whole_of(rows["closed"])[each] == 1,
    )
