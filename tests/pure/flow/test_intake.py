from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.pure.flow.logs import OFFICE
from tests.pure.flow.stores import (
    BAD,
    DECIDED,
    FEED,
    MONDAY,
    RECEIVED,
    SMALL,
    many,
    office,
    rows,
    table,
    taken,
)
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns import arriving
from xiaoneng.flow.columns.intake import (
    Busy,
    KeyReused,
    NotWaiting,
    Sent,
    confirm,
    drop,
    feed_lock,
    take_in,
)
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.sources import records_source
from xiaoneng.flow.columns.store import BatchState, Store
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.law.phrase import Phrase

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "columns")


def test_a_sound_file_is_taken_at_once_by_month(tmp_path: Path, store: Store) -> None:
    done = taken(store, table(tmp_path, RECEIVED.format(1, ""), DECIDED.format(1, "")))
    assert (done.batch.state, done.batch.rows, done.batch.new) == (BatchState.TAKEN, 2, 2)
    assert sorted(part.parent.name for part in store.taken_files(FEED)) == ["month=2026-03", "month=2026-04"]
    assert [(row["case"], row["activity"], row["line"]) for row in rows(store)] == [
        ("A1", "受理", 2),
        ("A1", "决定", 3),
    ]
    assert {row["received_at"] for row in rows(store)} == {MONDAY}


def test_what_is_written_has_the_columns_that_were_agreed(tmp_path: Path, store: Store) -> None:
    taken(store, table(tmp_path, RECEIVED.format(1, "")))
    (part,) = store.taken_files(FEED)
    written = pq.ParquetFile(part).schema_arrow
    assert [(one.name, one.type) for one in written] == [(one.name, one.type) for one in TAKEN]


def test_the_same_file_twice_is_answered_with_what_was_done_the_first_time(
    tmp_path: Path, store: Store
) -> None:
    path = table(tmp_path, RECEIVED.format(1, ""))
    first = taken(store, path)
    again = taken(store, path, now=TUESDAY)
    assert (again.repeated, again.batch) == (True, first.batch)
    assert len(rows(store)) == 1


def test_a_row_that_is_known_is_not_kept_again_and_a_changed_one_is_a_further_row(
    tmp_path: Path, store: Store
) -> None:
    taken(store, table(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, "")))
    closed = "2026-03-09 08:00:00"
    done = taken(
        store, table(tmp_path, RECEIVED.format(1, closed), RECEIVED.format(2, ""), RECEIVED.format(3, ""))
    )
    assert (done.batch.new, done.batch.corrected, done.batch.same) == (1, 1, 1)
    assert [(row["batch"], row["case"]) for row in rows(store)] == [
        (1, "A1"),
        (1, "A2"),
        (2, "A1"),
        (2, "A3"),
    ]


def test_going_back_to_what_was_said_before_is_a_correction_too(tmp_path: Path, store: Store) -> None:
    for number, ended in enumerate(("", "2026-03-09 08:00:00", "")):
        done = taken(store, table(tmp_path, RECEIVED.format(1, ended), name=f"{number}.csv"), key=str(number))
    assert done.batch.corrected == 1
    assert rows(store)[-1]["ended"] is None


def test_an_event_before_what_is_known_of_its_case_is_counted_as_late(tmp_path: Path, store: Store) -> None:
    taken(store, table(tmp_path, DECIDED.format(1, "")))
    done = taken(store, table(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, "")))
    assert (done.batch.new, done.batch.late) == (2, 1)


def test_one_number_twice_in_a_file_is_a_correction_in_the_order_of_its_rows(
    tmp_path: Path, store: Store
) -> None:
    by = parse_mapping(OFFICE.replace("[columns]", '[columns]\nevent = "case:channel"'))
    done = taken(store, table(tmp_path, RECEIVED.format(1, ""), DECIDED.format(1, "")), by=by)
    assert (done.batch.new, done.batch.corrected) == (1, 1)
    assert [row["activity"] for row in rows(store)] == ["受理", "决定"]
    assert len({row["key"] for row in rows(store)}) == 1


def test_bad_rows_are_all_listed_and_the_good_ones_wait(tmp_path: Path, store: Store) -> None:
    done = taken(
        store, table(tmp_path, RECEIVED.format(1, ""), BAD.format(2), DECIDED.format(1, ""), BAD.format(3))
    )
    assert (done.batch.state, done.batch.rows, done.batch.faults) == (BatchState.WAITING, 4, 2)
    assert store.taken_files(FEED) == []
    found = arriving.faults(store.waiting(FEED, 1))
    assert [(one.line, one.column) for one in found] == [
        (3, "case:due"),
        (3, "time:timestamp"),
        (5, "case:due"),
        (5, "time:timestamp"),
    ]
    assert found[0].what == Phrase("不是时间：“soon”", "not a time: “soon”")
    assert arriving.faults(store.waiting(FEED, 1), start=1, most=2) == found[1:3]


def test_confirming_takes_the_good_rows_and_keeps_the_list_of_faults(tmp_path: Path, store: Store) -> None:
    taken(store, table(tmp_path, RECEIVED.format(1, ""), BAD.format(2)))
    done = confirm(store, FEED, 1, now=TUESDAY)
    assert (done.state, done.new, done.faults, done.settled_at) == (BatchState.TAKEN, 1, 1, TUESDAY)
    assert [row["case"] for row in rows(store)] == ["A1"]
    assert len(arriving.faults(store.waiting(FEED, 1))) == 2
    assert arriving.parts(store.waiting(FEED, 1)) == []
    with pytest.raises(NotWaiting):
        confirm(store, FEED, 1, now=TUESDAY)


def test_dropping_takes_nothing_and_says_why(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, RECEIVED.format(1, ""), BAD.format(2))
    taken(store, path)
    done = drop(store, FEED, 1, why="编码错误，重新导出", now=TUESDAY)
    assert (done.state, done.why, done.rows, done.faults) == (BatchState.DROPPED, "编码错误，重新导出", 2, 1)
    assert rows(store) == []
    assert taken(store, path).repeated
    with pytest.raises(NotWaiting):
        drop(store, FEED, 1, why="", now=TUESDAY)


def test_whoever_says_so_beforehand_has_the_good_rows_taken_at_once(tmp_path: Path, store: Store) -> None:
    done = taken(store, table(tmp_path, RECEIVED.format(1, ""), BAD.format(2)), confirm=True)
    assert (done.batch.state, done.batch.new, done.batch.faults) == (BatchState.TAKEN, 1, 1)


def test_a_file_that_tells_no_row_is_refused_and_leaves_nothing(tmp_path: Path, store: Store) -> None:
    with pytest.raises(LogRefused):
        taken(store, table(tmp_path, "1,2", header="a,b"))
    assert store.batches(FEED) == []
    assert not store.waiting(FEED, 1).exists()


def test_a_file_that_breaks_off_waits_with_what_could_be_read(tmp_path: Path, store: Store) -> None:
    done = taken(store, table(tmp_path, RECEIVED.format(1, ""), '"A2,2026-03-02'))
    assert (done.batch.state, done.batch.rows, done.batch.faults) == (BatchState.WAITING, 2, 1)
    assert confirm(store, FEED, 1, now=TUESDAY).new == 1


def test_a_key_of_the_sender_brings_one_body_and_no_other(tmp_path: Path, store: Store) -> None:
    taken(store, table(tmp_path, RECEIVED.format(1, "")), key="2026-03-09/1")
    with pytest.raises(KeyReused):
        taken(store, table(tmp_path, RECEIVED.format(2, "")), key="2026-03-09/1")
    assert [row["case"] for row in rows(store)] == ["A1"]


def test_records_are_taken_like_rows_of_a_file(store: Store) -> None:
    by = office()
    good = {"case:concept:name": "A1", "case:received": "2026-03-02 09:00:00", "concept:name": "受理"}
    good["time:timestamp"] = "2026-03-02 09:05:00"
    source = records_source([good, {"case:concept:name": 7}, ["A1"]], name="batch")
    done = take_in(store, source, mapping=by, sent=Sent(now=MONDAY, confirm=True))
    assert (done.batch.new, done.batch.faults) == (1, 2)
    assert [one.line for one in arriving.faults(store.waiting(FEED, 1))] == [2, 3]


def test_whoever_will_not_wait_is_told_that_an_import_is_under_way(tmp_path: Path, store: Store) -> None:
    with feed_lock(store, FEED), pytest.raises(Busy):
        taken(store, table(tmp_path, RECEIVED.format(1, "")), how=Manner(wait=False))
    assert taken(store, table(tmp_path, RECEIVED.format(1, "")), how=Manner(wait=False)).batch.number == 1


def test_parts_of_any_size_give_the_same_columns(tmp_path: Path) -> None:
    path = many(tmp_path, 25)
    found = []
    for chunk in (4, 25, 1000):
        store = Store(tmp_path / str(chunk))
        taken(store, path, how=Manner(chunk=chunk), confirm=True)
        found.append(rows(store))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 23


def test_an_import_stopped_half_way_is_read_by_the_mapping_of_now(tmp_path: Path, store: Store) -> None:
    class StopHere(Exception):
        pass

    def stop(step: str) -> None:
        if step == "reached":
            raise StopHere

    path = many(tmp_path, 12)
    with pytest.raises(StopHere):
        taken(store, path, how=Manner(chunk=3, step=stop), key="k")
    done = taken(store, path, by=office(due_is_a_day="true"), key="k", confirm=True, how=SMALL)
    assert done.batch.rows == 12
    assert {row["due"].microsecond for row in rows(store)} == {999999}  # type: ignore[attr-defined]
