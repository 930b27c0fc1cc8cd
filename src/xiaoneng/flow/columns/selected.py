"""A selection loaded into numpy (选取载入): what the questions of `flow.graph` need, without a loop over rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.flow.columns.engine import Engine, duckdb_engine
from xiaoneng.flow.columns.ground import OF_CASES, OF_EVENTS, ground
from xiaoneng.flow.columns.schema import CASE_TIMES
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import NONE, Codes, Events, Instants, Mask, Steps

NEVER = int(np.iinfo(np.int64).min)
"""An instant that was not recorded."""
HOLDERS = ("actor", "post", "agency")
COLUMNS = (
    *("case", "activity", "at", *HOLDERS, "effect", "before", "before_at", "suspended", "waiting"),
    *(f"before_{holder}" for holder in HOLDERS),
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cases:
    """What is known of cases, a place a case, in the order of their names.

    Instants are microseconds or `NEVER`, groups are codes or `NONE`. `within`: the case belongs to the selection; the
    others are here only because an event of theirs does.
    """

    names: tuple[str, ...]
    within: Mask
    started: Instants
    ended: Instants
    due: Instants
    planned: Instants
    paused: Instants
    channel: Codes
    channels: tuple[str, ...]
    department: Codes
    departments: tuple[str, ...]
    person: Codes
    persons: tuple[str, ...]
    agency: Codes
    agencies: tuple[str, ...]
    item: Codes
    items: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Selected:
    """A selection: its events, the steps that end in it (known from all of a case's events), and its cases.

    `events.case` and `steps.case` are places in `cases`; names of a kind are the same for events and cases.
    """

    events: Events
    steps: Steps
    facts: Cases

    @property
    def cases(self) -> tuple[str, ...]:
        """Return the names of the cases."""
        return self.facts.names


def selected(
    store: Store, selection: Selection, *, engine: Engine | None = None, whole: bool = False
) -> Selected:
    """Return a selection as columns; raises NotSettled.

    `whole`: all events of the cases of the selection, as questions on whole cases need them (variants, rework,
    conformance), and no others.
    """
    asked = ground(store, selection, engine=engine or duckdb_engine(), whole=whole)
    rows = asked.engine.fetch(asked.events.order_by("case", "place").select(*COLUMNS))
    told = asked.engine.fetch(asked.touched.order_by("case").select("case", "within", *CASE_TIMES, *OF_CASES))
    names = {column: _names(rows, told, column) for column in ("activity", *HOLDERS, *OF_CASES)}
    return _loaded(rows, _cases(told, names), names)


def _names(rows: pa.Table, told: pa.Table, column: str) -> tuple[str, ...]:
    """Return what is named in a column, ascending, as `Ground.names` does."""
    columns = [rows[one] for one in OF_EVENTS.get(column, ())]
    columns += [told[column]] if column in OF_CASES else []
    found = {name for one in columns for name in pc.unique(one).to_pylist() if name is not None}
    return tuple(sorted(name for name in found if name or column == "activity"))


def _cases(told: pa.Table, names: dict[str, tuple[str, ...]]) -> Cases:
    codes = {name: _codes(told[name], names[name]) for name in OF_CASES}
    return Cases(
        names=tuple(told["case"].to_pylist()),
        within=told["within"].is_valid().to_numpy(),
        started=_instants(told["started"]),
        ended=_instants(told["ended"]),
        due=_instants(told["due"]),
        planned=_instants(told["planned"]),
        paused=_instants(told["paused"]),
        channel=codes["channel"],
        department=codes["department"],
        person=codes["person"],
        agency=codes["agency"],
        item=codes["item"],
        channels=names["channel"],
        departments=names["department"],
        persons=names["person"],
        agencies=names["agency"],
        items=names["item"],
    )


def _loaded(rows: pa.Table, cases: Cases, names: dict[str, tuple[str, ...]]) -> Selected:
    case, at = _codes(rows["case"], cases.names), _instants(rows["at"])
    activities = names["activity"]
    activity, before = (_codes(rows[name], activities) for name in ("activity", "before"))
    events = Events(
        case=case,
        activity=activity,
        at=at,
        activities=activities,
        actors=names["actor"],
        posts=names["post"],
        agencies=names["agency"],
        effect=rows["effect"].to_numpy().astype(np.int8),
        **{name: _codes(rows[name], names[name]) for name in HOLDERS},
    )
    follows = before != NONE
    steps = Steps(
        source=before[follows],
        target=activity[follows],
        begun=_instants(rows["before_at"])[follows],
        ended=at[follows],
        activities=activities,
        case=case[follows],
        suspended=rows["suspended"].to_numpy()[follows],
        waiting=rows["waiting"].to_numpy()[follows],
    )
    return Selected(events=events, steps=steps, facts=cases)


def _instants(column: pa.ChunkedArray) -> Instants:
    found: Instants = column.fill_null(NEVER).to_numpy().astype(np.int64, copy=False)
    return found


def _codes(column: pa.ChunkedArray, names: tuple[str, ...]) -> Codes:
    found = pc.index_in(column, value_set=pa.array(names, pa.string()))
    codes: Codes = found.fill_null(NONE).to_numpy().astype(np.int32, copy=False)
    return codes
