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
from xiaoneng.flow.out.xmltext import escaped

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
KEY_AT = 1 + [column for column, _, _ in OF_EVENT].index("key")
"""Where the key stands in a row that begins with the case."""

NEVER_CORRECTED = ("int", "0")
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
    events = source.events("case", *(column for column, _, _ in OF_EVENT))
    groups = groupby(counted(events, advance), key=lambda row: row[0])
    waiting = next(groups, None)
    for case in source.cases(*(column for column, _, _ in OF_TRACE)):
        told: Iterable[Record] = ()
        # Both streams are in the order of the case's number; a case without events has no group.
        if waiting is not None and waiting[0] == case[0]:
            told = list(waiting[1])
            waiting = next(groups, None)
        yield _trace(case, told)


def _trace(case: Record, events: Iterable[Record]) -> str:
    lines = ["<trace>", *_attributes(OF_TRACE, case)]
    for event in events:
        # A row that names no activity is an event all the same, and the standard wants its name.
        named = (event[1] or "", *event[2:KEY_AT], _own(event[KEY_AT], case[0]), *event[KEY_AT + 1 :])
        lines += ["<event>", *_attributes(OF_EVENT, named), DONE, "</event>"]
    return "\n".join([*lines, "</trace>\n"])


def _own(key: str | None, case: str | None) -> str | None:
    """Return an event's number within its case, as readers take it: columns keep it with the case before it."""
    return key.removeprefix(f"{case}#") if key else key


def _attributes(keys: tuple[Key, ...], values: Record) -> Iterator[str]:
    for (_, kind, key), value in zip(keys, values, strict=True):
        if value is not None and (kind, value) != NEVER_CORRECTED:
            yield f'<{kind} key="{key}" value="{escaped(value)}"/>'
