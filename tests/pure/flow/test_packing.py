from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.pure.flow.columnrows import at, take
from tests.pure.flow.logs import OFFICE
from tests.pure.flow.stores import FEED, RECEIVED, rows, table, taken
from xiaoneng.flow.columns import packing
from xiaoneng.flow.columns.packing import MANY, Miscounted, pack
from xiaoneng.flow.columns.store import PACK, Packs, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "columns")


def told(store: Store, first: int, last: int) -> None:
    """Imports of one application each, every one in a file of its own."""
    for number in range(first, last + 1):
        row = {"case": f"A{number}", "activity": "受理", "at": at("2026-03-02 01:05")}
        take(store, FEED, number, [row], mapping=OFFICE)


def packs(store: Store) -> list[str]:
    return [one.name for one in store.taken_files(FEED) if one.name.startswith(PACK)]


def cases(store: Store) -> list[object]:
    return [row["case"] for row in rows(store)]


def test_many_small_imports_of_a_month_end_in_one_file_that_holds_every_row_once(
    tmp_path: Path, store: Store
) -> None:
    told(store, 1, MANY - 2)
    taken(store, table(tmp_path, RECEIVED.format(MANY - 1, ""), name="last but one.csv"))
    assert (len(store.taken_files(FEED)), packs(store)) == (MANY - 1, [])
    taken(store, table(tmp_path, RECEIVED.format(MANY, ""), name="last.csv"))
    assert [one.name for one in store.taken_files(FEED)] == ["packed-000001.parquet"]
    assert cases(store) == [f"A{number}" for number in range(1, MANY + 1)]


def test_what_is_packed_is_still_known(tmp_path: Path, store: Store) -> None:
    for number in range(1, 5):
        taken(store, table(tmp_path, RECEIVED.format(number, ""), name=f"{number}.csv"))
    assert pack(store, FEED, many=4) == 1
    closed = "2026-03-09 08:00:00"
    again = table(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, closed), name="again.csv")
    batch = taken(store, again).batch
    assert (batch.new, batch.same, batch.corrected) == (0, 1, 1)


def test_parts_that_were_packed_stay_for_whoever_reads_them_until_the_next_time(store: Store) -> None:
    told(store, 1, 5)
    pack(store, FEED, many=5)
    assert len(store.files(FEED)) == 5 + 1
    told(store, 6, 9)
    pack(store, FEED, many=5)
    assert packs(store) == ["packed-000002.parquet"]
    assert sorted(one.name for one in store.files(FEED)) == [
        *(f"{number:06}-0000.parquet" for number in range(6, 10)),
        "packed-000001.parquet",
        "packed-000002.parquet",
    ]
    assert len(rows(store)) == 9


@pytest.mark.parametrize("where", ["on_disk", "ask_packs", "asked"])
def test_a_machine_that_stops_while_packing_loses_nothing_and_says_nothing_twice(
    where: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(store, 1, 5)
    before = rows(store)
    if not (child := os.fork()):
        _dies(where, monkeypatch)
        pack(store, FEED, many=5)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "it was not stopped"
    assert rows(store) == before
    assert bool(packs(store)) == (where == "asked")
    told(store, 6, 10)
    assert pack(store, FEED, many=5) == 1
    assert len(packs(store)) == 1
    assert cases(store) == [f"A{number}" for number in range(1, 11)]


def _dies(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be killed before a pack is on disk, before it is asked, or once it is."""
    ask = Store.ask_packs

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def ask_and_die(store: Store, feed: str, asked: Packs) -> None:
        ask(store, feed, asked)
        die()

    if where == "on_disk":
        monkeypatch.setattr(packing, "on_disk", die)
    else:
        monkeypatch.setattr(Store, "ask_packs", die if where == "ask_packs" else ask_and_die)


def test_a_pack_that_lacks_a_row_is_not_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told(store, 1, 5)
    whole = packing.by_groups
    monkeypatch.setattr(packing, "by_groups", lambda parts: whole(parts[1:]))
    with pytest.raises(Miscounted):
        pack(store, FEED, many=5)
    assert (len(rows(store)), packs(store)) == (5, [])


def test_large_files_and_the_few_of_a_month_stay_as_they_are(store: Store) -> None:
    told(store, 1, 3)
    assert pack(store, FEED, many=1) == 0
    told(store, 4, 5)
    assert pack(store, FEED, many=1, small=10) == 0
    assert pack(store, FEED, many=1) == 1
