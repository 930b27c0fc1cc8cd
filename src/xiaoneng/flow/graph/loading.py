"""A log read straight into columns (读入事件列), for questions and measurements on one file that fits into memory.

The store of feeds is elsewhere; this needs only which column is the case, the activity, the time and the actor.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.csvlog import csv_rows
from xiaoneng.flow.gathering import REQUIRED
from xiaoneng.flow.graph.events import Events, arranged, coded
from xiaoneng.flow.graph.plainxes import plain_rows
from xiaoneng.flow.rows import Row
from xiaoneng.flow.source import Kind, kind_of, opened
from xiaoneng.flow.xeslog import xes_rows
from xiaoneng.worktime.columnhours import offsets_of

OFFSET = len("+01:00")
ZONELESS = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Which columns of a log to read; `zone` is that of times without an offset."""

    case: str = "case:concept:name"
    activity: str = "concept:name"
    at: str = "time:timestamp"
    actor: str = "org:resource"
    zone: ZoneInfo = ZONELESS


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Loaded:
    """The events of a log in order, the names of its cases, and the values of further columns in the same order."""

    events: Events
    cases: tuple[str, ...]
    more: dict[str, NDArray[np.str_]]


def load(path: Path, *, picked: Picked, more: tuple[str, ...] = ()) -> Loaded:
    """Return a log as columns; raises LogRefused with every bad row.

    A row that names no activity is an event of the activity without a name; a row with neither activity nor time
    (a case without events) is left out.
    """
    names = (picked.case, picked.activity, picked.at, picked.actor, *more)
    columns = _columns(path, names, picked)
    case, cases = coded(columns[0])
    activity, activities = coded(columns[1], missing=frozenset())
    actor, actors = coded(columns[3])
    at = instants(columns[2], zone=picked.zone)
    read = Events(case=case, activity=activity, at=at, activities=activities, actor=actor, actors=actors)
    order = np.lexsort((at, case))
    kept = {name: np.array(column)[order] for name, column in zip(more, columns[4:], strict=True)}
    return Loaded(events=arranged(read), cases=cases, more=kept)


def _columns(path: Path, names: tuple[str, ...], picked: Picked) -> list[tuple[str, ...]]:
    """Return the columns of a log, one tuple a name."""
    plain = _plainly(path, names)
    told = _carefully(path, names, picked) if plain is None else plain
    return list(zip(*told, strict=True)) if told else [()] * len(names)


def _plainly(path: Path, names: tuple[str, ...]) -> list[tuple[str, ...]] | None:
    if kind_of(path) is not Kind.XES:
        return None
    with opened(path) as blocks:
        rows = plain_rows(blocks.read(), columns=names)
    if rows is None or not all(case and (at or not activity) for case, activity, at, *_ in rows):
        return None
    return [row for row in rows if row[2]]


def _carefully(path: Path, names: tuple[str, ...], picked: Picked) -> list[tuple[str, ...]]:
    with opened(path) as blocks:
        if kind_of(path) is Kind.XES:
            rows = list(xes_rows(blocks, columns=names))
        else:
            rows = list(csv_rows(blocks, columns=names, encoding="utf-8-sig"))
    faults = [fault for row in rows if (fault := _fault(row, picked))]
    if faults:
        raise LogRefused(*faults)
    return [row.values for row in rows if not isinstance(row, Fault) and row.values[2]]


def _fault(row: Row | Fault, picked: Picked) -> Fault | None:
    if isinstance(row, Fault):
        return row
    case, activity, at = row.values[:3]
    if not case:
        return Fault(row.line, picked.case, REQUIRED)
    return Fault(row.line, picked.at, REQUIRED) if activity and not at else None


def instants(texts: tuple[str, ...], *, zone: ZoneInfo) -> NDArray[np.int64]:
    """Return written times as microseconds since 1970 in UTC; raises ValueError for what is no time.

    With an offset (`2011-10-11T13:42:22.688+02:00`, `Z`) as it says, without by the zone's clock.
    """
    if not texts:
        return np.zeros(0, dtype=np.int64)
    written = [text[:-1] + "+00:00" if text.endswith("Z") else text for text in texts]
    offset = np.array([text[-OFFSET : 1 - OFFSET] in ("+", "-") and text[-3] == ":" for text in written])
    plain = [text[:-OFFSET] if said else text for text, said in zip(written, offset.tolist(), strict=True)]
    local = np.array(plain, dtype="datetime64[us]").astype(np.int64)
    found = local.copy()
    if not offset.all():
        found[~offset] = _utc(local[~offset], zone)
    ahead = [_minutes(text[-OFFSET:]) for text, said in zip(written, offset.tolist(), strict=True) if said]
    found[offset] -= np.array(ahead, dtype=np.int64) * 60_000_000
    return found


def _minutes(offset: str) -> int:
    size = int(offset[1:3]) * 60 + int(offset[4:6])
    return -size if offset[0] == "-" else size


def _utc(local: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int64]:
    """Return moments on a zone's clock as instants; of an hour that comes twice, the earlier reading."""
    years = local.astype("datetime64[us]").astype("datetime64[Y]").astype(np.int64) + 1970
    moments, offsets = offsets_of(zone, int(years.min()), int(years.max()))
    shifts = offsets.astype("timedelta64[us]").astype(np.int64)
    # An offset holds until the clock that it set shows the moment of the next change.
    begins = moments.astype("datetime64[us]").astype(np.int64)
    until = begins[1:] + shifts[:-1]
    return local - shifts[np.searchsorted(until, local, side="right")]
