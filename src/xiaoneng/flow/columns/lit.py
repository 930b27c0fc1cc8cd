"""The lights of cases, asked of an engine (亮灯): every light is that of `flow.judge.light_of`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from xiaoneng.flow.columns.arrows import codes_of
from xiaoneng.flow.columns.ground import Ground
from xiaoneng.flow.columns.lights import CODE, LIGHTS
from xiaoneng.flow.columns.officetime import whole, whole_of
from xiaoneng.flow.columns.schema import whole_micros
from xiaoneng.flow.columns.soon import soon_spans
from xiaoneng.flow.figures import EXAMINED
from xiaoneng.flow.graph.lateness import LateShares, shrunk, wilson_intervals
from xiaoneng.flow.judge import LATE, CaseLight, Yardstick

Whole: TypeAlias = int | ir.Value


def lit(cases: ir.Table, *, by: Yardstick) -> ir.Table:
    """Return the cases of an engine with their `light`, as its place in `LIGHTS`."""
    until, spans = soon_spans(by)
    told = [(whole_micros(low), whole_micros(high)) for low, high in spans]
    return _judged(cases, now=whole_micros(by.as_of), until=whole_micros(until), spans=told)


def _judged(cases: ir.Table, *, now: Whole, until: Whole, spans: Sequence[tuple[Whole, Whole]]) -> ir.Table:
    """Return cases with their light at an instant, the same for all or a column of its own; see `soon_spans`."""
    is_closed = cases.ended.notnull() & (cases.ended <= now)
    soon = (cases.due <= until) | (cases.planned.notnull() & (cases.planned < now))
    for low, high in spans:
        soon = soon | cases.due.between(low, high)
    rules = [
        (cases.started > now, CaseLight.NOT_YET),
        (cases.ended.notnull() & (cases.ended < cases.started), CaseLight.CONTRADICTORY),
        (is_closed & cases.due.isnull(), CaseLight.CLOSED_NO_DEADLINE),
        (is_closed & (cases.ended > cases.due), CaseLight.CLOSED_LATE),
        (is_closed, CaseLight.CLOSED_IN_TIME),
        (cases.paused.notnull() & (cases.paused <= now), CaseLight.SUSPENDED),
        (cases.due.isnull(), CaseLight.NO_DEADLINE),
        (cases.due < now, CaseLight.OVERDUE),
        (soon, CaseLight.DUE_SOON),
    ]
    first, *others = [(rule, CODE[light]) for rule, light in rules]
    return cases.mutate(light=ibis.cases(first, *others, else_=CODE[CaseLight.IN_TIME]).cast("int64"))


def lights(asked: Ground, *, by: Yardstick) -> dict[CaseLight, int]:
    """Return how many cases show each light."""
    judged = lit(asked.cases, by=by)
    rows = asked.engine.fetch(judged.group_by("light").agg(n=judged.count()))
    found = dict(zip(rows["light"].to_pylist(), rows["n"].to_pylist(), strict=True))
    return {light: found.get(code, 0) for code, light in enumerate(LIGHTS)}


def lights_over(
    asked: Ground, instants: Sequence[datetime], *, by: Yardstick
) -> tuple[dict[CaseLight, int], ...]:
    """Return how many cases showed each light at each of some instants, by what is on record now: in one query."""
    if not instants:
        return ()
    told, wide = _instants([replace(by, as_of=at) for at in instants])
    every = asked.cases.cross_join(asked.engine.named(told))
    spans = [(every[f"low{place}"], every[f"high{place}"]) for place in range(wide)]
    judged = _judged(every, now=every.now, until=every.until, spans=spans)
    rows = asked.engine.fetch(judged.group_by("moment", "light").agg(n=judged.count()))
    counts = np.zeros((len(instants), len(LIGHTS)), dtype=np.int64)
    counts[whole_of(rows["moment"]), whole_of(rows["light"])] = whole_of(rows["n"])
    return tuple(dict(zip(LIGHTS, row, strict=True)) for row in counts.tolist())


def _instants(judged: Sequence[Yardstick]) -> tuple[pa.Table, int]:
    """Return a row an instant with which deadlines are due soon then, and how many spans a row has."""
    soon = [soon_spans(by) for by in judged]
    wide = max(len(spans) for _, spans in soon)
    rows = []
    for place, (by, (until, spans)) in enumerate(zip(judged, soon, strict=True)):
        row = {"moment": place, "now": whole_micros(by.as_of), "until": whole_micros(until)}
        for number in range(wide):
            # A span that ends before it begins holds nothing.
            ends = [whole_micros(one) for one in spans[number]] if number < len(spans) else [1, 0]
            row |= {f"low{number}": ends[0], f"high{number}": ends[1]}
        rows.append(row)
    return pa.Table.from_pylist(rows), wide


def late_shares(asked: Ground, group: str, *, by: Yardstick) -> LateShares:
    """Return the late share of every group of cases; `group` is a column of `ground.OF_CASES`."""
    cells = examined(asked, by).group_by(group)
    rows = asked.engine.fetch(cells.agg(n=lambda t: t.count(), late=lambda t: whole(t.late)))
    codes, n, late = codes_of(rows[group], asked.names(group)), whole_of(rows["n"]), whole_of(rows["late"])
    order = np.argsort(codes)
    n, late = n[order], late[order]
    low, high = wilson_intervals(late, n)
    return LateShares(group=codes[order], late=late, n=n, low=low, high=high, shrunk=shrunk(late, n))


def examined(asked: Ground, by: Yardstick) -> ir.Table:
    """Return the cases whose deadline has passed, with `late` 1 or 0."""
    cases = lit(asked.cases, by=by)
    verdict = cases.light.isin([CODE[light] for light in sorted(EXAMINED)])
    known = cases.filter(verdict & cases.due.notnull() & (cases.due < whole_micros(by.as_of)))
    return known.mutate(late=known.light.isin([CODE[light] for light in sorted(LATE)]).cast("int64"))
