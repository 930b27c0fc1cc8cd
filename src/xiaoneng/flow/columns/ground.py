"""What is asked, as tables of an engine (取数): the settled events and cases of a selection, instants as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from xiaoneng.flow.columns.engine import Engine
from xiaoneng.flow.columns.schema import CASES, EPOCH, EVENTS, OF_CASES, OF_EVENTS, whole_micros
from xiaoneng.flow.columns.selection import NotSettled, Selection
from xiaoneng.flow.columns.store import Store


@dataclass(frozen=True, slots=True)
class Ground:
    """The events and the cases of a selection; every instant is microseconds since 1970 in UTC, null where missing.

    `touched` are its cases (`within` is true) and those of which only an event is in it.
    """

    engine: Engine
    events: ir.Table
    cases: ir.Table
    touched: ir.Table
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that were asked before."""

    def names(self, column: str) -> tuple[str, ...]:
        """Return what is named in a column, ascending: what codes number, for whoever computes.

        Activities may have no name; everything else is then missing.
        """
        if column not in self.known:
            self.known[column] = self._names(column)
        return self.known[column]

    def _names(self, column: str) -> tuple[str, ...]:
        columns = [self.events.select(name=self.events[one]) for one in OF_EVENTS.get(column, ())]
        columns += [self.touched.select(name=self.touched[column])] if column in OF_CASES else []
        table = columns[0]
        for other in columns[1:]:
            table = table.union(other)
        found = self.engine.fetch(table.filter(table.name.notnull()).distinct().order_by("name"))
        return tuple(name for name in found["name"].to_pylist() if name or column == "activity")


def ground(store: Store, selection: Selection, *, engine: Engine, whole: bool = False) -> Ground:
    """Return what is asked; `whole`: all events of the selected cases rather than the selected events.

    Raises NotSettled.
    """
    folder = store.settled(selection.feed)
    if folder is None:
        raise NotSettled(selection.feed)
    everything = engine.view(_read(engine, folder / "cases", CASES))
    cases = engine.view(_narrowed(everything, selection, "started"))
    events = engine.view(_read(engine, folder / "events", EVENTS))
    events = engine.view(events.semi_join(cases, "case") if whole else _narrowed(events, selection, "at"))
    within = cases.select("case").mutate(within=True)
    keys = events.select("case").union(cases.select("case"), distinct=True)
    touched = everything.semi_join(keys, "case").left_join(within, "case").drop("case_right")
    return Ground(engine, events, cases, engine.view(touched))


def _read(engine: Engine, folder: Path, schema: pa.Schema) -> ir.Table:
    table = engine.read(sorted(folder.glob("month=*/*.parquet")), schema=schema)
    times = [one.name for one in schema if pa.types.is_timestamp(one.type)]
    return table.mutate(**{name: micros(table[name]) for name in times})


def micros(instant: ir.Value) -> ir.Value:
    """Return an instant of an engine as microseconds since 1970 in UTC."""
    zone = instant.type().timezone
    epoch = ibis.literal(EPOCH if zone else EPOCH.replace(tzinfo=None), type=instant.type())
    return instant.delta(epoch, unit="microsecond")


def _narrowed(table: ir.Table, selection: Selection, time: str) -> ir.Table:
    wanted = {
        "agency": selection.agencies,
        "item": selection.items,
        "channel": selection.channels,
        "department": selection.departments,
    }
    for column, names in wanted.items():
        if names:
            table = table.filter(table[column].isin(names))
    if selection.since is not None:
        table = table.filter(table[time] >= whole_micros(selection.since))
    if selection.until is not None:
        table = table.filter(table[time] < whole_micros(selection.until))
    return table
