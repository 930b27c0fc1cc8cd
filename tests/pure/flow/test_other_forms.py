from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.pure.flow.logs import HEADER, mapping, office, real, table
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.reading import columns_of, read_log
from xiaoneng.flow.source import Kind, kind_of

NAMES = HEADER.split(",")
CELLS: list[object] = [
    *(
        "A1",
        datetime.fromisoformat("2026-03-02T09:00"),
        datetime.fromisoformat("2026-03-09T10:00"),
        date(2026, 3, 20),
    ),
    *("窗口", "王某", "受理", datetime.fromisoformat("2026-03-02T09:05")),
]
WRITTEN = "A1,2026-03-02 09:00:00,2026-03-09 10:00:00,2026-03-20,窗口,王某,受理,2026-03-02 09:05:00"


def book(tmp_path: Path, *rows: list[object], sheet: str = "办件", first: list[str] | None = None) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "说明"
    made.active.append(["此表由某局导出"])
    page = made.create_sheet(sheet)
    for row in ([*(first or NAMES)], *rows):
        page.append(row)
    path = tmp_path / "log.xlsx"
    made.save(path)
    return path


def columns(tmp_path: Path, **more: pa.Array) -> Path:
    rows = {name: pa.array([value]) for name, value in zip(NAMES, CELLS, strict=True)}
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table(rows | more), path)
    return path


def faults(path: Path, **settings: str) -> list[Fault]:
    with pytest.raises(LogRefused) as refused:
        read_log(path, mapping=office(**settings))
    return list(refused.value.faults)


def rezipped(path: Path, **parts: bytes) -> Path:
    into = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return into


def test_a_workbook_says_the_same_as_the_table_and_a_date_without_an_hour_holds_through_its_day(
    tmp_path: Path,
) -> None:
    (as_book,) = read_log(book(tmp_path, CELLS), mapping=office(sheet='"办件"')).cases
    (as_table,) = read_log(table(tmp_path, WRITTEN), mapping=office()).cases
    assert as_book == as_table
    assert as_book.due == datetime(2026, 3, 20, 15, 59, 59, 999999, tzinfo=UTC)


def test_bad_rows_of_a_workbook_are_listed_at_once_with_their_row_numbers(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        CELLS,
        [],
        [*CELLS[:3], "soon", *CELLS[4:]],
        [*CELLS[:4], "#N/A", *CELLS[5:]],
        ["", *CELLS[1:]],
    )
    assert [(fault.line, fault.column) for fault in faults(path, sheet='"办件"')] == [
        (4, "case:due"),
        (5, "case:channel"),
        (6, "case:concept:name"),
    ]


def test_the_first_sheet_is_read_unless_one_is_named_and_a_wrong_name_lists_those_there_are(
    tmp_path: Path,
) -> None:
    path = book(tmp_path, CELLS)
    assert columns_of(path) == {"此表由某局导出"}
    assert columns_of(path, sheet="办件") == set(NAMES)
    (fault,) = faults(path, sheet='"三月"')
    assert "说明, 办件" in fault.what.zh


def test_a_column_that_a_workbook_has_twice_or_not_at_all_is_named(tmp_path: Path) -> None:
    first = ["case:person" if name == "case:channel" else name for name in NAMES]
    found = faults(book(tmp_path, CELLS, first=first), sheet='"办件"')
    assert {fault.column for fault in found} == {"case:channel", "case:person"}


def test_a_workbook_packed_to_fill_the_memory_is_refused_in_words(tmp_path: Path) -> None:
    bomb = rezipped(book(tmp_path, CELLS), sheet2=b"<worksheet>" + b" " * (1 << 26))
    (fault,) = faults(bomb, sheet='"办件"')
    assert "unpack" in fault.what.en


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    text = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    assert len(faults(rezipped(book(tmp_path, CELLS), sheet2=text), sheet='"办件"')) == 1


@pytest.mark.parametrize("part", ["workbook", "sheet2", "styles"])
def test_a_workbook_with_a_broken_part_is_a_fault_and_not_a_crash(tmp_path: Path, part: str) -> None:
    assert faults(rezipped(book(tmp_path, CELLS), **{part: b"<broken"}), sheet='"办件"')


def test_parquet_keeps_offsets_and_instants_without_one_are_local(tmp_path: Path) -> None:
    utc = pa.array([datetime(2026, 3, 2, 1, 5, tzinfo=timezone(timedelta(0)))], pa.timestamp("ns", tz="UTC"))
    (case,) = read_log(columns(tmp_path, **{"time:timestamp": utc}), mapping=office()).cases
    (as_table,) = read_log(table(tmp_path, WRITTEN), mapping=office()).cases
    assert (case.started, case.first, case.due) == (as_table.started, as_table.first, as_table.due)


def test_columns_that_parquet_lacks_or_that_hold_structures_are_all_named(tmp_path: Path) -> None:
    path = columns(tmp_path, **{"case:person": pa.array([["王某", "李某"]])})
    pq.write_table(pq.read_table(path).drop_columns("case:due"), path)
    assert {fault.column for fault in faults(path)} == {"case:person", "case:due"}


def test_broken_parquet_is_a_fault(tmp_path: Path) -> None:
    path = columns(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    assert len(faults(path)) == 1


def test_the_receipt_log_as_parquet_and_as_a_workbook_says_the_same_as_its_table(tmp_path: Path) -> None:
    source, wabo = real("wabo-receipt/receipt.csv"), mapping("wabo-receipt")
    first, *rows = list(csv.reader(source.open(encoding="utf-8-sig")))
    rows = rows[:800]
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for row in (first, *rows):
        sheet.append(row)
    made.save(tmp_path / "a.xlsx")
    pq.write_table(
        pa.table({name: [row[at] for row in rows] for at, name in enumerate(first)}), tmp_path / "a.parquet"
    )
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([first, *rows])
    plain, book_form, column_form = (
        {case.key: case.fingerprint for case in read_log(tmp_path / f"a.{form}", mapping=wabo).cases}
        for form in ("csv", "xlsx", "parquet")
    )
    assert plain == book_form == column_form


def zipped(**files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"case,at\n", Kind.CSV),
        (b"\xef\xbb\xbf<?xml version='1.0'?><log><trace/></log>", Kind.XES),
        (b"<log><object-types/><event-types/></log>", Kind.OCEL_XML),
        (b'{"objectTypes": []}', Kind.OCEL_JSON),
        (gzip.compress(b'{"events": []}'), Kind.OCEL_JSON),
        (b"PAR1....", Kind.PARQUET),
        (b"SQLite format 3\0....", Kind.OCEL_SQLITE),
        (zipped(shouli_csv=b"a"), Kind.TABLES),
    ],
)
def test_the_kind_is_told_by_content_and_not_by_name(tmp_path: Path, content: bytes, kind: Kind) -> None:
    path = tmp_path / "log.dat"
    path.write_bytes(content)
    assert kind_of(path) is kind


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (zipped(letter_doc=b"a"), "neither a workbook"),
        (b"PK\x03\x04 cut off", "cannot be read"),
        (gzip.compress(zipped(a_csv=b"a")), "inside gzip"),
        (b'{"rows": []}', "no event log"),
        (b"\x7fELF\0\0", "binary"),
    ],
)
def test_a_file_of_no_form_that_is_read_is_refused_in_words(
    tmp_path: Path, content: bytes, word: str
) -> None:
    path = tmp_path / "log.dat"
    path.write_bytes(content)
    with pytest.raises(LogRefused) as refused:
        kind_of(path)
    assert word in refused.value.faults[0].what.en
