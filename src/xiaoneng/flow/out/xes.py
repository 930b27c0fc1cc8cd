"""Settled columns as XES (IEEE 1849-2016): one trace a case, streamed; plain, or gzip where the name ends in .gz.

The standard's extensions say what they can say; what they have no word for stands under our own declared prefix `xn`.
Globals are only what every trace and every event has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from xiaoneng.flow.out.source import Record, Source
from xiaoneng.flow.out.writing import Advance, counted, text_file
from xiaoneng.flow.out.xmltext import escaped, escaping

STANDARD = ("concept", "time", "org", "lifecycle")
NAMES = {"concept": "Concept", "time": "Time", "org": "Organizational", "lifecycle": "Lifecycle"}
OURS = "urn:xiaoneng:xes:1"
NEVER = "1970-01-01T00:00:00.000000Z"

Key = tuple[str, str, str]
"""A column, the XES type of its attribute, and the attribute's key."""

OF_TRACE: tuple[Key, ...] = (
    ("case", "string", "concept:name"),
    ("started", "date", "xn:started"),
    ("ended", "date", "xn:ended"),
    ("due", "date", "xn:due"),
    ("planned", "date", "xn:planned"),
    ("paused", "date", "xn:paused"),
    ("channel", "string", "xn:channel"),
    ("department", "string", "xn:department"),
    ("person", "string", "xn:person"),
    ("agency", "string", "xn:agency"),
    ("item", "string", "xn:item"),
)
OF_EVENT: tuple[Key, ...] = (
    ("activity", "string", "concept:name"),
    ("at", "date", "time:timestamp"),
    ("actor", "string", "org:resource"),
    ("post", "string", "org:role"),
    ("agency", "string", "org:group"),
    ("item", "string", "xn:item"),
    ("channel", "string", "xn:channel"),
    ("department", "string", "xn:department"),
    ("effect", "string", "xn:effect"),
    ("recorded_at", "date", "xn:recorded_at"),
    ("event_due", "date", "xn:due"),
    ("event_planned", "date", "xn:planned"),
    ("revision", "int", "xn:revision"),
    ("key", "string", "xn:key"),
    ("more", "string", "xn:more"),
)
DONE = '<string key="lifecycle:transition" value="complete"/>'
"""A settled event is something done: starts and ends are events of their own."""


def write_xes(source: Source, path: Path, *, advance: Advance | None = None) -> None:
    """Write a feed's cases as XES, whole or not at all."""
    with text_file(path, packed=path.suffix == ".gz") as out:
        out.write(_head(source.feed))
        for trace in _traces(source, advance):
            out.write(trace)
        out.write("</log>\n")


def _head(feed: str) -> str:
    extensions = [
        f'<extension name="{NAMES[one]}" prefix="{one}" uri="http://www.xes-standard.org/{one}.xesext"/>'
        for one in STANDARD
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">',
            *extensions,
            f'<extension name="Xiaoneng" prefix="xn" uri="{OURS}"/>',
            '<global scope="trace">',
            '<string key="concept:name" value="UNKNOWN"/>',
            f'<date key="xn:started" value="{NEVER}"/>',
            "</global>",
            '<global scope="event">',
            '<string key="concept:name" value="UNKNOWN"/>',
            f'<date key="time:timestamp" value="{NEVER}"/>',
            DONE,
            "</global>",
            '<classifier name="Activity" scope="event" keys="concept:name"/>',
            '<classifier name="Resource" scope="event" keys="org:resource"/>',
            f'<string key="concept:name" value="{escaped(feed)}"/>',
            "",
        ]
    )


def _traces(source: Source, advance: Advance | None) -> Iterator[str]:
    groups = groupby(counted(source.records(EVENTS), advance), key=lambda row: row[0])
    waiting = next(groups, None)
    for case, said in source.records(CASES):
        told: Iterable[Record] = ()
        # Both streams are in the order of the case's number; a case without events has no group.
        if waiting is not None and waiting[0] == case:
            told = list(waiting[1])
            waiting = next(groups, None)
        events = "".join(f"<event>\n{event}{DONE}\n</event>\n" for _, event in told)
        yield f"<trace>\n{said}{events}</trace>\n"


def _lines(keys: tuple[Key, ...]) -> str:
    """Return the expression of the attributes of a row, a line each: the engine writes XML far quicker than we."""
    return " || ".join(_line(*one) for one in keys)


def _line(column: str, kind: str, key: str) -> str:
    value = OWN_KEY if column == "key" else f'"{column}"'
    before, after = f'\'<{kind} key="{key}" value="\'', "'\"/>' || chr(10)"
    match kind:
        case "date":
            said, there = f"strftime({value}::TIMESTAMP, '{WRITTEN}')", f"{value} IS NOT NULL"
        case "int":
            said, there = f"{value}::VARCHAR", f"{value} > 0"
        case _:
            # A row that names no activity is an event all the same, and the standard wants its name.
            said, there = escaping(value), "true" if column == "activity" else f"{value} <> ''"
    return f"CASE WHEN {there} THEN {before} || {said} || {after} ELSE '' END"


WRITTEN = "%Y-%m-%dT%H:%M:%S.%fZ"
OWN_KEY = (
    """CASE WHEN starts_with("key", "case" || '#') THEN substr("key", length("case") + 2) ELSE "key" END"""
)
"""An event's number within its case, as readers take it: columns keep it with the case before it."""

# Sorted first and written then: what is sorted must stay small.
EVENTS = f'SELECT "case", {_lines(OF_EVENT)} FROM (SELECT * FROM events ORDER BY "case", place)'  # noqa: S608
CASES = f'SELECT "case", {_lines(OF_TRACE)} FROM (SELECT * FROM cases ORDER BY "case")'  # noqa: S608
