"""A selection loaded into numpy (选取载入): what the questions of `flow.graph` need, without a loop over rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.flow.columns.plainly import Part, cases_of, events_of
from xiaoneng.flow.columns.schema import OF_CASES, OF_EVENTS
from xiaoneng.flow.columns.selection import NotSettled, Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import NONE, Codes, Events, Instants, Mask, Steps

NEVER = int(np.iinfo(np.int64).min)
"""An instant that was not recorded."""
Names = dict[str, pa.StringArray]
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


def selected(store: Store, selection: Selection, *, whole: bool = False) -> Selected:
    """Return a selection as columns; raises NotSettled.

    `whole`: all events of the cases of the selection, as questions on whole cases need them (variants, rework,
    conformance), and no others.
    """
    folder = store.settled(selection.feed)
    if folder is None:
        raise NotSettled(selection.feed)
    part = Part(folder, selection)
    rows, told = events_of(part, COLUMNS, whole=whole), cases_of(part, whole=whole)
    names = {column: _names(rows, told, column) for column in ("activity", *HOLDERS, *OF_CASES)}
    names["case"] = told["case"].combine_chunks()
    return _loaded(rows, _cases(told, names), names)


def _names(rows: pa.Table, told: pa.Table, column: str) -> pa.StringArray:
    """Return what is named in a column, ascending, as `Ground.names` does."""
    columns = [pc.unique(rows[one]) for one in OF_EVENTS.get(column, ())]
    columns += [pc.unique(told[column])] if column in OF_CASES else []
    found = pc.unique(pa.chunked_array(columns, pa.string())).drop_null()
    if column != "activity":
        found = found.filter(pc.not_equal(found, ""))
    return found.take(pc.sort_indices(found))


def _cases(told: pa.Table, names: Names) -> Cases:
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
        channels=_words(names["channel"]),
        departments=_words(names["department"]),
        persons=_words(names["person"]),
        agencies=_words(names["agency"]),
        items=_words(names["item"]),
    )


def _loaded(rows: pa.Table, cases: Cases, names: Names) -> Selected:
    case, at = _codes(rows["case"], names["case"]), _instants(rows["at"])
    activities = _words(names["activity"])
    activity, before = (_codes(rows[name], names["activity"]) for name in ("activity", "before"))
    events = Events(
        case=case,
        activity=activity,
        at=at,
        activities=activities,
        actors=_words(names["actor"]),
        posts=_words(names["post"]),
        agencies=_words(names["agency"]),
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


def _words(names: pa.StringArray) -> tuple[str, ...]:
    return tuple(names.to_pylist())


def _instants(column: pa.ChunkedArray) -> Instants:
    found: Instants = column.fill_null(NEVER).to_numpy().astype(np.int64, copy=False)
    return found


def _codes(column: pa.ChunkedArray, names: pa.StringArray) -> Codes:
    found = pc.index_in(column, value_set=names)
    codes: Codes = found.fill_null(NONE).to_numpy().astype(np.int32, copy=False)
    return codes
