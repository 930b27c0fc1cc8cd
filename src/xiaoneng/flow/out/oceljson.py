"""Settled columns as OCEL 2.0 in JSON, written as they stream."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from xiaoneng.flow.out.objects import (
    Happening,
    Thing,
    Tie,
    Types,
    event_types,
    happenings,
    object_types,
    things,
)
from xiaoneng.flow.out.source import Source
from xiaoneng.flow.out.writing import Advance, text_file

AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_ocel_json(source: Source, path: Path, *, advance: Advance | None = None) -> None:
    """Write a feed as OCEL 2.0 JSON, whole or not at all; gzip where the name ends in .gz."""
    with text_file(path, packed=path.suffix == ".gz") as out:
        out.write('{"objectTypes":')
        out.write(_said(_types(object_types(source))))
        out.write(',\n"eventTypes":')
        out.write(_said(_types(event_types(source))))
        _list(out, "objects", map(_thing, things(source)))
        _list(out, "events", map(_happening, happenings(source, advance)))
        out.write("}\n")


def _list(out: TextIO, name: str, rows: Iterable[object]) -> None:
    out.write(f',\n"{name}":[')
    before = "\n"
    for row in rows:
        out.write(before + _said(row))
        before = ",\n"
    out.write("]")


def _said(value: object) -> str:
    return AS_JSON(value)


def _types(types: Types) -> list[object]:
    return [
        {"name": name, "attributes": [{"name": one, "type": kind} for one, kind in attributes.items()]}
        for name, attributes in types.items()
    ]


def _thing(thing: Thing) -> object:
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [{"name": one.name, "time": one.since, "value": one.value} for one in thing.facts],
        "relationships": _ties(thing.ties),
    }


def _happening(event: Happening) -> object:
    return {
        "id": event.id,
        "type": event.type,
        "time": event.at,
        "attributes": [{"name": one.name, "value": one.value} for one in event.facts],
        "relationships": _ties(event.ties),
    }


def _ties(ties: tuple[Tie, ...]) -> list[object]:
    return [{"objectId": one.id, "qualifier": one.qualifier} for one in ties]
