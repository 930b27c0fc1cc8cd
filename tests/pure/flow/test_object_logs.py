from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.pure.flow.logs import real
from tests.pure.flow.object_logs import EVENTS, FORMS, Event, as_json, as_sqlite, as_xml
from xiaoneng.flow.asking import Asking
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.ocel import ocel_rows
from xiaoneng.flow.ocel_json import JsonSource
from xiaoneng.flow.reading import columns_of, read_log, rows_of
from xiaoneng.flow.rows import Row

COUNTY = """
key = "county-objects"
agency = { zh = "县办", en = "County office" }
zone = "Asia/Shanghai"
case_type = "办件"
event_level = ["department"]
[columns]
case = "ocel:case"
event = "ocel:id"
activity = "ocel:type"
at = "ocel:time"
due = "case:期限"
department = "case:处室"
resource = "经办"
item = "object:申请人"
"""
EXAMPLE = """
key = "purchases"
agency = { zh = "采购示例", en = "Example of purchases" }
zone = "Europe/Berlin"
case_type = "{case_type}"
[columns]
case = "ocel:case"
activity = "ocel:type"
at = "ocel:time"
"""


def county(*without: str) -> LogMapping:
    return parse_mapping("\n".join(line for line in COUNTY.splitlines() if line not in without))


def rows(path: Path, by: LogMapping, columns: tuple[str, ...] | None = None) -> list[Row | Fault]:
    return list(rows_of(path, mapping=by, columns=columns or by.asked))


@pytest.mark.parametrize("form", FORMS)
def test_each_case_of_an_event_is_a_row_with_its_state_at_that_event(tmp_path: Path, form: str) -> None:
    first, second, third = rows(FORMS[form](tmp_path / "log", EVENTS), county())
    assert first.values if isinstance(first, Row) else first == ()
    assert [row.values for row in (first, second, third) if isinstance(row, Row)] == [
        ("B1", "e1", "受理", "2026-03-02T01:00:00+00:00", "2026-03-20", "一处", "王某", "R1 R2"),
        ("B1", "e3", "转办", "2026-03-05T02:00:00+00:00", "2026-03-20", "二处", "王某", ""),
        ("B2", "e3", "转办", "2026-03-05T02:00:00+00:00", "", "三处", "王某", ""),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_cases_of_an_object_log_are_judged_like_any_other(tmp_path: Path, form: str) -> None:
    one, two = read_log(FORMS[form](tmp_path / "log", EVENTS), mapping=county()).cases
    assert (one.key, one.events, one.department, two.department) == ("B1", 2, "二处", "三处")
    assert one.due is not None


@pytest.mark.parametrize("form", FORMS)
def test_bad_events_are_listed_at_once_and_the_good_ones_still_read(tmp_path: Path, form: str) -> None:
    bad: list[Event] = [
        ("e1", "受理", "2026-03-02T09:00:00", {"经办": "王某"}, ["B1", "B9", "R7"]),
        ("e2", "受理", "noon", {"经办": "李某"}, ["B1"]),
        ("e3", "受理", "2026-03-02T09:00:00", {"经办": "李某"}, ["B1"]),
    ]
    first, second, third = rows(FORMS[form](tmp_path / "log", bad), county())
    assert isinstance(first, Fault)
    assert (first.line, first.column, "B9, R7" in first.what.zh) == (1, "ocel:id", True)
    assert isinstance(second, Fault)
    assert (second.line, second.column) == (2, "ocel:time")
    assert isinstance(third, Row)


@pytest.mark.parametrize("form", FORMS)
def test_without_a_type_of_case_the_types_there_are_get_named(tmp_path: Path, form: str) -> None:
    path = FORMS[form](tmp_path / "log", EVENTS)
    with pytest.raises(LogRefused) as refused:
        rows(path, county('case_type = "办件"'))
    (fault,) = refused.value.faults
    assert fault.column == "case_type"
    assert "办件, 申请人" in fault.what.zh
    assert columns_of(path) == {
        *("ocel:id", "ocel:type", "ocel:time", "ocel:case", "经办"),
        *("case:处室", "case:期限", "object:申请人", "object:办件"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_column_that_the_log_does_not_declare_is_a_fault(tmp_path: Path, form: str) -> None:
    with pytest.raises(LogRefused) as refused:
        rows(FORMS[form](tmp_path / "log", EVENTS), county(), ("ocel:id", "case:颜色"))
    assert [fault.column for fault in refused.value.faults] == ["case:颜色"]


def test_packed_forms_are_read_as_they_are(tmp_path: Path) -> None:
    plain = as_xml(tmp_path / "log.xml", EVENTS)
    packed = tmp_path / "log"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert rows(packed, county()) == rows(plain, county())


def test_json_too_large_to_be_held_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = as_json(tmp_path / "log", EVENTS)
    with pytest.raises(LogRefused) as refused:
        JsonSource(path, largest=200)
    assert "XML or SQLite" in refused.value.faults[0].what.en
    assert list(ocel_rows(JsonSource(path), Asking(mapping=county(), columns=["ocel:id"])))


def test_broken_files_are_refused_with_a_place(tmp_path: Path) -> None:
    for make in (as_json, as_xml, as_sqlite):
        path = make(tmp_path / f"log.{make.__name__}", EVENTS)
        path.write_bytes(path.read_bytes()[:-600])
        with pytest.raises(LogRefused) as refused:
            rows(path, county())
        assert len(refused.value.faults) == 1


def test_entities_in_xml_are_refused(tmp_path: Path) -> None:
    path = as_xml(tmp_path / "log", EVENTS)
    text = path.read_text(encoding="utf-8").replace("?><log>", '?><!DOCTYPE log [<!ENTITY a "aaaa">]><log>')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LogRefused) as refused:
        rows(path, county())
    assert "refused" in refused.value.faults[0].what.en


def test_a_file_of_tables_that_brings_queries_of_its_own_is_refused(tmp_path: Path) -> None:
    path = as_sqlite(tmp_path / "log", EVENTS)
    log = sqlite3.connect(path)
    log.executescript(
        'ALTER TABLE "event" RENAME TO old; CREATE VIEW "event" AS SELECT * FROM old; DROP TABLE event_k1;'
    )
    log.close()
    with pytest.raises(LogRefused) as refused:
        rows(path, county())
    assert [fault.column for fault in refused.value.faults] == ["event"]


def test_an_event_whose_type_has_no_table_is_not_lost_without_a_word(tmp_path: Path) -> None:
    path = as_sqlite(tmp_path / "log", EVENTS)
    log = sqlite3.connect(path)
    log.execute("DELETE FROM event_map_type WHERE ocel_type = '转办'")
    log.commit()
    log.close()
    with pytest.raises(LogRefused) as refused:
        rows(path, county())
    assert [fault.column for fault in refused.value.faults] == ["event_map_type: 转办"]


@pytest.mark.parametrize("case_type", ["Purchase Order", "Invoice", "Payment", "Purchase Requisition"])
def test_the_three_forms_of_the_standards_example_say_the_same(case_type: str) -> None:
    by = parse_mapping(EXAMPLE.replace("{case_type}", case_type))
    paths = [real(f"ocel2/ocel20_example.{form}") for form in ("jsonocel", "xmlocel", "sqlite")]
    columns = tuple(sorted(columns_of(paths[0]) - {f"object:{case_type}"}))
    own = [name for name in columns if not name.startswith("case:")]
    as_told = {path.name: rows(path, by, tuple(own)) for path in paths}
    json_form, xml_form, sqlite_form = as_told.values()
    assert json_form
    assert json_form == xml_form == sqlite_form
    assert [row for row in json_form if isinstance(row, Fault)] == []


def test_changing_attributes_of_the_standards_example_are_those_at_the_event() -> None:
    by = parse_mapping(EXAMPLE.replace("{case_type}", "Purchase Order"))
    paths = [real(f"ocel2/ocel20_example.{form}") for form in ("jsonocel", "xmlocel", "sqlite")]
    asked = ("ocel:id", "ocel:case", "case:po_quantity", "case:po_product", "object:Invoice")
    json_form, xml_form, sqlite_form = (rows(path, by, asked) for path in paths)
    assert json_form == xml_form == sqlite_form
    quantities = [row.values[2] for row in json_form if isinstance(row, Row) and row.values[1] == "PO1"]
    assert quantities[:2] == ["500", "600"]
