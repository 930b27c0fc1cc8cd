"""Settled columns made by the tests: from a few words a row, or from a real log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.columns.schema import CASES, EVENTS, TAKEN
from xiaoneng.flow.columns.store import Batch, BatchState, Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.graph.loading import Picked, load
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import read_log

Told = Mapping[str, object]


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def settle(
    root: Path, feed: str, *, events: Iterable[Told], cases: Iterable[Told] = (), edition: int = 1
) -> Store:
    """Rest events, each told by its case, activity, `at` and what else matters, as an edition of a feed."""
    store = Store(root)
    told = list(_in_order(events))
    known = {str(one["case"]): one for one in cases}
    summed = {key: _case(key, list(rows)) for key, rows in groupby(told, key=lambda one: str(one["case"]))}
    folder = store.edition(feed, edition)
    _rest(folder / "events", EVENTS, told)
    _rest(
        folder / "cases",
        CASES,
        [_case(key, []) | summed.get(key, {}) | known.get(key, {}) for key in sorted({*known, *summed})],
    )
    store.point_to(feed, edition)
    return store


def taken(
    store: Store, feed: str, number: int, rows: Iterable[Told], *, when: datetime, mapping: str = ""
) -> None:
    """Add an import to what was taken in."""
    full = [
        _full(TAKEN, {"batch": number, "row": place, "received_at": when, **row})
        for place, row in enumerate(rows, start=1)
    ]
    part = store.taken(feed) / "month=2026-03" / f"{number:06}-0000.parquet"
    part.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(full, schema=TAKEN), part)
    store.write(
        Batch(
            feed=feed,
            number=number,
            key=str(number),
            name="log.csv",
            sha256="0" * 64,
            state=BatchState.TAKEN,
            arrived_at=when,
            settled_at=when,
            mapping=mapping,
        )
    )


def settle_log(root: Path, path: Path, mapping: LogMapping) -> Store:
    """Rest a real log, with its case facts, as an edition of the feed `log`."""
    columns = mapping.columns
    picked = Picked(
        case=columns["case"], activity=columns["activity"], at=columns["at"], actor=columns["resource"]
    )
    loaded = load(path, picked=picked)
    of, names = loaded.events, loaded.cases
    events = [
        {
            "case": names[case],
            "activity": of.activities[activity],
            "at": datetime.fromtimestamp(0, UTC) + (moment * MICRO),
            "actor": of.actors[actor] if actor >= 0 else "",
            "key": f"e{number}",
        }
        for number, (case, activity, moment, actor) in enumerate(
            zip(of.case.tolist(), of.activity.tolist(), of.at.tolist(), of.actor.tolist(), strict=True)  # type: ignore[union-attr]
        )
    ]
    facts = ("started", "ended", "due", "planned", "paused", "channel", "department", "person")
    cases = [
        {"case": one.key, **{name: getattr(one, name) for name in facts}}
        for one in read_log(path, mapping=mapping).cases
    ]
    return settle(root, "log", events=events, cases=cases)


MICRO = datetime.resolution


def _in_order(events: Iterable[Told]) -> Iterable[dict[str, object]]:
    listed = sorted(events, key=lambda one: (str(one["case"]), one["at"]))  # type: ignore[arg-type,return-value]
    for _, rows in groupby(listed, key=lambda one: one["case"]):
        before: dict[str, object] = {}
        for place, row in enumerate(rows):
            now = _full(EVENTS, {"place": place, "effect": Effect.NOTHING, "revision": 0, **row})
            now["month"] = f"{row['at']:%Y-%m}"
            now["suspended"] = now["waiting"] = False
            now["key"] = now["key"] or f"{row['case']}-{place}"
            now |= {"before": before.get("activity"), "before_at": before.get("at")}
            before = now
            yield now


def _case(key: str, rows: list[dict[str, object]]) -> dict[str, object]:
    said: dict[str, object] = {"case": key, "events": len(rows), "odd": False, "line": 1}
    if rows:
        said |= {"started": rows[0]["at"], "first": rows[0]["at"], "last": rows[-1]["at"]}
        said |= {"agency": rows[-1]["agency"], "item": rows[-1]["item"]}
        said["path"] = json.dumps([row["activity"] for row in rows])
    return _full(CASES, said)


def _full(schema: pa.Schema, said: Told) -> dict[str, object]:
    return {
        name: said.get(name, "" if schema.field(name).type == pa.string() else None) for name in schema.names
    }


def _rest(folder: Path, schema: pa.Schema, rows: list[dict[str, object]]) -> None:
    for row in rows:
        moment = row.get("started") or row.get("at")
        row["month"] = f"{moment:%Y-%m}" if moment else "none"
    for month, some in groupby(sorted(rows, key=lambda one: str(one["month"])), key=lambda one: one["month"]):
        part = folder / f"month={month}" / "0.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(list(some), schema=schema), part)
