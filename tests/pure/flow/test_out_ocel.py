"""Columns go out as OCEL 2.0 in its three forms: valid, the same in each, with the days due that changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from tests.pure.flow.logs import mapping, real
from tests.pure.flow.outlogs import ODD, complaints, office, opened, pm4py
from tests.pure.flow.settled import at, settle, settle_log
from xiaoneng.flow.out.oceljson import write_ocel_json
from xiaoneng.flow.out.ocelsqlite import table_names, write_ocel_sqlite
from xiaoneng.flow.out.ocelxml import write_ocel_xml

FORMS = {"json": write_ocel_json, "xml": write_ocel_xml, "sqlite": write_ocel_sqlite}
BEGINNING = "1970-01-01T00:00:00Z"


def written(tmp_path: Path, form: str, *, people: bool = True) -> Path:
    into = tmp_path / f"log.{form}"
    with opened(office(tmp_path / "store"), people=people) as source:
        FORMS[form](source, into)
    return into


def as_json(tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        written(tmp_path, "json").read_text(encoding="utf-8")
    )
    return found


def test_an_extension_changes_the_day_due_from_then_on(tmp_path: Path) -> None:
    case = next(one for one in as_json(tmp_path)["objects"] if one["id"] == "case:A-1")
    assert [one for one in case["attributes"] if one["name"] == "due"] == [  # type: ignore[attr-defined]
        {"name": "due", "time": BEGINNING, "value": "2026-03-27T15:59:00.000000Z"},
        {"name": "due", "time": "2026-03-09T01:00:00.000000Z", "value": "2026-04-10T15:59:00.000000Z"},
    ]


def test_a_case_relates_to_its_item_and_an_event_to_who_did_it(tmp_path: Path) -> None:
    said = as_json(tmp_path)
    case = next(one for one in said["objects"] if one["id"] == "case:A-1")
    assert {"objectId": "item:取水许可", "qualifier": "about item"} in case["relationships"]  # type: ignore[operator]
    first = next(one for one in said["events"] if one["type"] == ODD)
    assert {(one["objectId"], one["qualifier"]) for one in first["relationships"]} == {  # type: ignore[attr-defined]
        ("case:A-1", "of case"),
        ("item:取水许可", "about item"),
        ("agency:水利局", "done by agency"),
        ("post:P-01", "done by post"),
        ("person:张三（虚构）", "done by person"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_named_unless_asked_for(tmp_path: Path, form: str) -> None:
    assert "（虚构）".encode() not in written(tmp_path, form, people=False).read_bytes()


def test_an_event_without_a_name_has_a_type_all_the_same(tmp_path: Path) -> None:
    events = [{"case": "1", "activity": "", "at": at("2026-03-02 01:00")}]
    with opened(settle(tmp_path, "water", events=events)) as source:
        write_ocel_json(source, tmp_path / "log.json")
    said = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    assert (
        [one["name"] for one in said["eventTypes"]]
        == ["(unnamed)"]
        == [one["type"] for one in said["events"]]
    )


def test_json_keeps_to_the_published_schema(tmp_path: Path) -> None:
    schema = json.loads(real("ocel2/schema_ocel2.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [one.message for one in checker.iter_errors(as_json(tmp_path))] == []


def test_xml_keeps_to_the_published_schema(tmp_path: Path) -> None:
    assert complaints(real("ocel2/ocel2-validation.xsd"), written(tmp_path, "xml")) == []


def test_an_attribute_of_several_activities_is_named_after_each(tmp_path: Path) -> None:
    names = etree.parse(written(tmp_path, "xml")).xpath("//event-type/attributes/attribute/@name")
    assert "effect (延长)" in names
    assert "recorded_at" in names
    assert len(names) == len(set(names))


def test_the_database_has_a_table_for_every_type_and_no_loose_end(tmp_path: Path) -> None:
    with closing(sqlite3.connect(written(tmp_path, "sqlite"))) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        named = dict(base.execute("SELECT ocel_type, ocel_type_map FROM event_map_type").fetchall())
        closed = base.execute(f'SELECT ocel_time FROM "event_{named["办结"]}" ORDER BY 1').fetchall()
        changes = "SELECT due, ocel_time FROM object_case WHERE ocel_changed_field = 'due'"
        assert base.execute(changes).fetchall() == [
            ("2026-04-10 15:59:00.000000", "2026-03-09 01:00:00.000000")
        ]
    assert closed == [("2026-03-20 01:00:00.000000",), ("2026-04-02 01:00:00.000000",)]


def test_tables_of_activities_that_differ_in_signs_or_case_stay_apart() -> None:
    assert table_names(["T 1", "T1", "t-1", "…"]) == {
        "T 1": "T1",
        "T1": "T1_2",
        "t-1": "t1_3",
        "…": "unnamed",
    }


@pytest.mark.filterwarnings("ignore")
def test_pm4py_reads_the_three_forms_alike(tmp_path: Path) -> None:
    other = pm4py()
    readers: dict[str, Callable[[str], object]] = {
        "json": other.read_ocel2_json,  # type: ignore[attr-defined]
        "xml": other.read_ocel2_xml,  # type: ignore[attr-defined]
        "sqlite": other.read_ocel2_sqlite,  # type: ignore[attr-defined]
    }
    store = settle_log(tmp_path / "store", real("wabo-receipt/receipt.xes.gz"), mapping("wabo-receipt"))
    with opened(store, "log") as source:
        for form, write in FORMS.items():
            write(source, tmp_path / f"log.{form}")
    for form, read in readers.items():
        found = read(str(tmp_path / f"log.{form}"))
        # 1,434 cases and 48 persons; an event relates to its case and to who did it.
        assert sizes(found) == (8577, 1434 + 48, 2 * 8577), form
    found = other.read_ocel2_json(str(written(tmp_path, "json")))  # type: ignore[attr-defined]
    assert len(found.object_changes) == 1


def sizes(found: object) -> tuple[int, int, int]:
    return len(found.events), len(found.objects), len(found.relations)  # type: ignore[attr-defined]
