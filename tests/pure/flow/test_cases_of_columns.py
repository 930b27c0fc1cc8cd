from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from tests.pure.flow.logs import OFFICE, mapping, office, real, table
from tests.pure.flow.standard_tables import GOOD, HOLDERS
from tests.pure.flow.stores import DECIDED, FEED, RECEIVED, taken
from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.columns.casebook import cases_of
from xiaoneng.flow.columns.manner import USUAL
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.reading import read_log

ENDED = "2026-03-09 08:00:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "columns")


def same_as_read(store: Store, path: Path, by: LogMapping) -> None:
    taken(store, path, by=by, how=USUAL)
    assert without_place(cases_of(store, by.key, mapping=by)) == without_place(
        read_log(path, mapping=by).cases
    )


def without_place(cases: Iterable[ReadCase]) -> list[ReadCase]:
    """Cases without their lines: XES may have several events on one, and tables of a delivery count theirs apart."""
    return [replace(one, line=0) for one in cases]


def test_columns_tell_the_cases_that_the_file_tells(tmp_path: Path, store: Store) -> None:
    lines = [
        RECEIVED.format(2, ENDED),
        RECEIVED.format(1, ""),
        DECIDED.format(2, ENDED),
        DECIDED.format(1, ""),
    ]
    same_as_read(store, table(tmp_path, *lines), office())


def test_what_changes_from_event_to_event_is_that_of_the_latest(tmp_path: Path, store: Store) -> None:
    by = parse_mapping(OFFICE.replace("[columns]", 'event_level = ["person"]\n[columns]'))
    lines = [DECIDED.format(1, "").replace("王某", "李某"), RECEIVED.format(1, "")]
    same_as_read(store, table(tmp_path, *lines), by)


def test_a_case_without_a_start_of_its_own_starts_with_its_first_event(tmp_path: Path, store: Store) -> None:
    by = parse_mapping("\n".join(one for one in OFFICE.splitlines() if not one.startswith("started")))
    same_as_read(store, table(tmp_path, DECIDED.format(1, ""), RECEIVED.format(1, "")), by)


def test_a_case_that_was_closed_and_is_open_again_has_no_end(tmp_path: Path, store: Store) -> None:
    for number, ended in enumerate(("", ENDED, "")):
        taken(store, table(tmp_path, RECEIVED.format(1, ended), name=f"{number}.csv"), key=str(number))
    (case,) = cases_of(store, FEED, mapping=office())
    assert (case.ended, case.events) == (None, 1)


def test_events_of_several_imports_are_one_case(tmp_path: Path, store: Store) -> None:
    taken(store, table(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, "")))
    taken(store, table(tmp_path, DECIDED.format(1, ENDED)))
    first, second = cases_of(store, FEED, mapping=office())
    assert (first.key, first.events, second.key, second.events) == ("A1", 2, "A2", 1)
    assert first.ended is not None
    assert list(cases_of(store, FEED, mapping=office(), batch=2)) == [first]


@pytest.mark.parametrize("holder", HOLDERS)
def test_tables_of_the_standard_are_taken_from_a_folder_an_archive_or_a_workbook(
    tmp_path: Path, store: Store, holder: str
) -> None:
    same_as_read(store, HOLDERS[holder](tmp_path / "delivery", GOOD), mapping("gbt39046"))


def excerpt(path: Path, folder: Path, *, rows: int = 10_000) -> Path:
    """Write the first rows of a log: the whole of this one says the same and takes five times as long."""
    into = folder / "excerpt.csv"
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="") as log,
        into.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out).writerows(islice(csv.reader(log), rows + 1))
    return into


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("wabo-receipt", "wabo-receipt/receipt.csv"),
        ("wabo-receipt", "wabo-receipt/receipt.xes.gz"),
        ("boston-311", "boston-311-2011"),
    ],
)
def test_columns_of_real_logs_tell_the_cases_that_the_files_tell(
    store: Store, tmp_path: Path, key: str, name: str
) -> None:
    path = real(name)
    path = excerpt(next(path.glob("*.csv.gz")), tmp_path) if path.is_dir() else path
    by = mapping(key)
    same_as_read(store, path, by)
