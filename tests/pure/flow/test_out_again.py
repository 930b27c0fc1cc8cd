"""What went out comes in again: written columns, read by our own readers and settled, are the same columns."""

from __future__ import annotations

from pathlib import Path

import pyarrow.dataset as ds
import pytest

from tests.pure.flow.columnrows import at, take
from tests.pure.flow.logs import mapping, real
from xiaoneng.flow.case import Fault
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.out.exporting import Form, export
from xiaoneng.flow.out.source import source_of
from xiaoneng.flow.reading import rows_of
from xiaoneng.flow.recording_rows import Interpreter, Taken

HEAD = """
key = "again"
agency = { zh = "读回", en = "Read back" }
zone = "UTC"
case_type = "case"
"""
EFFECTS = "[effects]\n" + "\n".join(f'{one.name.lower()} = "{one.name.lower()}"' for one in Effect if one)
CASE = ("started", "ended", "due", "planned", "channel", "department", "person")
XES = {
    "case": "case:concept:name",
    "activity": "concept:name",
    "at": "time:timestamp",
    "resource": "org:resource",
}
XES |= {name: f"case:xn:{name}" for name in CASE}
OFFICE = {
    "case": "case:concept:name",
    "activity": "concept:name",
    "at": "time:timestamp",
    "resource": "org:resource",
}
OFFICE |= {
    "post": "org:role",
    "agency": "org:group",
    "item": "xn:item",
    "event": "xn:key",
    "effect": "xn:effect",
}
OFFICE |= {
    "recorded": "xn:recorded_at",
    "event_due": "xn:due",
    "due": "case:xn:due",
    "paused": "case:xn:paused",
}
OCEL = {"case": "ocel:case", "activity": "ocel:type", "at": "ocel:time", "event": "ocel:id"}


def by(columns: dict[str, str], *, effects: bool = False) -> LogMapping:
    lines = [f'{role} = "{column}"' for role, column in columns.items()]
    return parse_mapping("\n".join([HEAD, "[columns]", *lines, EFFECTS if effects else ""]))


def read_in(path: Path, how: LogMapping) -> list[Taken]:
    """Read a sound log."""
    interpreter, told = Interpreter(how), []
    for row in rows_of(path, mapping=how, columns=interpreter.columns):
        assert not isinstance(row, Fault), row
        found = interpreter.read(row)
        assert not isinstance(found, list), found
        told.append(found)
    return told


def taken_in(root: Path, path: Path, how: LogMapping) -> Store:
    """Read a log, take it in and settle it."""
    store = Store(root)
    take(store, "log", 1, read_in(path, how))
    settle(store, "log", engine=duckdb_engine())
    return store


def settled(store: Store, kind: str, *, without: tuple[str, ...] = ()) -> list[dict[str, object]]:
    folder = store.settled("log")
    assert folder is not None
    rows = ds.dataset(folder / kind, format="parquet", partitioning="hive").to_table().to_pylist()
    kept = [
        {name: value for name, value in row.items() if name not in (*without, "line", "month")}
        for row in rows
    ]
    return sorted(kept, key=lambda one: (one["case"], one.get("place", 0)))


def written(store: Store, form: Form, into: Path) -> Path:
    with source_of(store, Selection(feed="log"), people=True) as source:
        (made,) = export(source, form, into, people=True)
    return made


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = real("wabo-receipt/receipt.xes.gz")
    return taken_in(tmp_path_factory.mktemp("receipt"), path, mapping("wabo-receipt"))


def test_a_real_log_in_xes_comes_back_event_by_event(tmp_path: Path, receipt: Store) -> None:
    path = written(receipt, Form.XES, tmp_path / "log.xes")
    after = taken_in(tmp_path / "b", path, by(XES))
    assert settled(after, "events") == settled(receipt, "events")
    assert settled(after, "cases", without=("odd",)) == settled(receipt, "cases", without=("odd",))


@pytest.mark.parametrize("form", [Form.OCEL_JSON, Form.OCEL_XML, Form.OCEL_SQLITE])
def test_a_real_log_in_each_form_of_ocel_comes_back(tmp_path: Path, receipt: Store, form: Form) -> None:
    path = written(receipt, form, tmp_path / f"log{form.ending}")
    found = read_in(path, by(OCEL | {name: f"case:{name}" for name in CASE}))
    cases = {one["case"]: [one[name] for name in CASE] for one in settled(receipt, "cases")}
    told = [
        (f"case:{one['case']}", one["activity"], one["at"], *cases[one["case"]])
        for one in settled(receipt, "events")
    ]
    read = [(one["case"], one["activity"], one["at"], *(one[name] for name in CASE)) for one in found]
    assert sorted(read, key=str) == sorted(told, key=str)


def test_effects_offices_and_tasks_come_back_too(tmp_path: Path) -> None:
    by_whom = {"actor": "Z9", "post": "P-01", "agency": "水利局", "item": "取水许可", "case": "A & <1>"}
    steps = [
        {
            "activity": "受理",
            "at": at("2026-03-02T01:00"),
            "effect": int(Effect.START),
            "event_due": at("2026-03-04T01:00"),
        },
        {"activity": "中止", "at": at("2026-03-03T01:00"), "effect": int(Effect.SUSPEND)},
        {
            "activity": "恢复",
            "at": at("2026-03-09T01:00"),
            "effect": int(Effect.RESUME),
            "recorded_at": at("2026-03-10T01:00"),
        },
    ]
    facts = {"due": at("2026-04-02T15:59"), "started": at("2026-03-02T01:00")}
    other = {
        "case": "B",
        "activity": "受理",
        "at": at("2026-03-05T01:00"),
        "paused": at("2026-03-06T01:00"),
        "effect": 1,
    }
    before = Store(tmp_path / "a")
    told = [*({**by_whom, **facts, **one} for one in steps), other]
    take(before, "log", 1, [one | {"key": f"{one['case']}#{number}"} for number, one in enumerate(told)])
    settle(before, "log", engine=duckdb_engine())
    path = written(before, Form.XES, tmp_path / "log.xes")
    after = taken_in(tmp_path / "b", path, by(OFFICE, effects=True))
    assert settled(after, "events") == settled(before, "events")
    assert [one["suspended"] for one in settled(after, "events")] == [False, False, True, False]
    assert settled(after, "cases") == settled(before, "cases")
