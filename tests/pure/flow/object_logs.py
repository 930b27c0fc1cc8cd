"""One small object-centric log, written in the three forms of OCEL 2.0."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from xml.sax.saxutils import quoteattr

OBJECT_TYPES = {"办件": ["处室", "期限"], "申请人": []}
EVENT_TYPES = {"受理": ["经办"], "转办": ["经办"]}
OBJECTS = {
    "B1": (
        "办件",
        [
            ("处室", "2026-03-02T08:00:00", "一处"),
            ("处室", "2026-03-04T12:00:00", "二处"),
            ("期限", "2026-03-02T08:00:00", "2026-03-20"),
        ],
    ),
    "B2": ("办件", [("处室", "2026-03-02T08:00:00", "三处")]),
    "R1": ("申请人", []),
    "R2": ("申请人", []),
}
EVENTS = [
    ("e1", "受理", "2026-03-02T09:00:00", {"经办": "王某"}, ["B1", "R2", "R1"]),
    ("e2", "受理", "2026-03-02T09:30:00", {"经办": "李某"}, ["R1"]),
    ("e3", "转办", "2026-03-05T10:00:00", {"经办": "王某"}, ["B2", "B1"]),
]
Event = tuple[str, str, str, dict[str, str], list[str]]
"""Number, type, local time, attributes and objects of an event."""


def as_json(path: Path, events: list[Event]) -> Path:
    said = {
        "objectTypes": _types(OBJECT_TYPES),
        "eventTypes": _types(EVENT_TYPES),
        "objects": [
            {
                "id": key,
                "type": kind,
                "attributes": [{"name": n, "time": f"{t}+08:00", "value": v} for n, t, v in told],
            }
            for key, (kind, told) in OBJECTS.items()
        ],
        "events": [
            {
                "id": key,
                "type": kind,
                "time": time and f"{time}+08:00",
                "attributes": [{"name": name, "value": value} for name, value in told.items()],
                "relationships": [{"objectId": one, "qualifier": ""} for one in related],
            }
            for key, kind, time, told, related in events
        ],
    }
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def as_xml(path: Path, events: list[Event]) -> Path:
    parts = [f"<{of}-types>{_xml_types(of, types)}</{of}-types>" for of, types in _BOTH.items()]
    parts.append("<objects>")
    for key, (kind, told) in OBJECTS.items():
        said = "".join(
            f"<attribute name={quoteattr(n)} time={quoteattr(t)}>{v}</attribute>" for n, t, v in told
        )
        parts.append(
            f"<object id={quoteattr(key)} type={quoteattr(kind)}><attributes>{said}</attributes></object>"
        )
    parts.append("</objects><events>")
    for key, kind, time, values, related in events:
        said = "".join(f"<attribute name={quoteattr(n)}>{v}</attribute>" for n, v in values.items())
        to = "".join(f'<relationship object-id={quoteattr(one)} qualifier=""/>' for one in related)
        head = f"<event id={quoteattr(key)} type={quoteattr(kind)} time={quoteattr(time)}>"
        parts.append(f"{head}<attributes>{said}</attributes><objects>{to}</objects></event>")
    path.write_text(
        f"<?xml version='1.0' encoding='UTF-8'?><log>{''.join(parts)}</events></log>", encoding="utf-8"
    )
    return path


def as_sqlite(path: Path, events: list[Event]) -> Path:
    log = sqlite3.connect(path)
    for of in _BOTH:
        log.execute(f"CREATE TABLE {of}_map_type (ocel_type TEXT, ocel_type_map TEXT)")
        log.execute(f'CREATE TABLE "{of}" (ocel_id TEXT, ocel_type TEXT)')
    log.execute("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)")
    for of, types in _BOTH.items():
        for place, (kind, names) in enumerate(types.items()):
            log.execute(f"INSERT INTO {of}_map_type VALUES (?, ?)", (kind, f"k{place}"))
            columns = ", ".join(
                ["ocel_id TEXT", "ocel_time TIMESTAMP", *(f'"{name}" TEXT' for name in names)]
            )
            changed = ", ocel_changed_field TEXT" if of == "object" else ""
            log.execute(f"CREATE TABLE {of}_k{place} ({columns}{changed})")
    for key, (kind, told) in OBJECTS.items():
        log.execute('INSERT INTO "object" VALUES (?, ?)', (key, kind))
        for name, time, value in told:
            into = f"INSERT INTO object_k{list(OBJECT_TYPES).index(kind)}"
            log.execute(
                f'{into} (ocel_id, ocel_time, "{name}", ocel_changed_field) VALUES (?, ?, ?, ?)',
                (key, time.replace("T", " "), value, name),
            )
    for key, kind, time, values, related in events:
        log.execute('INSERT INTO "event" VALUES (?, ?)', (key, kind))
        into = f'INSERT INTO event_k{list(EVENT_TYPES).index(kind)} (ocel_id, ocel_time, "经办") VALUES (?, ?, ?)'
        log.execute(into, (key, time.replace("T", " "), values["经办"]))
        log.executemany("INSERT INTO event_object VALUES (?, ?, '')", [(key, one) for one in related])
    log.commit()
    log.close()
    return path


FORMS = {"json": as_json, "xml": as_xml, "sqlite": as_sqlite}
_BOTH = {"object": OBJECT_TYPES, "event": EVENT_TYPES}


def _types(types: dict[str, list[str]]) -> list[dict[str, object]]:
    return [
        {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
        for kind, names in types.items()
    ]


def _xml_types(of: str, types: dict[str, list[str]]) -> str:
    return "".join(
        f"<{of}-type name={quoteattr(kind)}><attributes>"
        + "".join(f'<attribute name={quoteattr(name)} type="string"/>' for name in names)
        + f"</attributes></{of}-type>"
        for kind, names in types.items()
    )
