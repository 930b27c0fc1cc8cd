from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pure.flow import heavy, killing
from tests.pure.flow.stores import FEED, many, rows, taken
from xiaoneng.flow.columns.arriving import fault_count
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.store import BatchState, Store

ROOT = Path(__file__).resolve().parents[3]
FOUND = {**os.environ, "PYTHONPATH": os.pathsep.join((f"{ROOT}/src", str(ROOT)))}
ROWS, GOOD = 100, 90
ALLOWED = 90
"""How much more memory (MB) four times the rows may take: the engine's 64 MB and what allocators keep."""


def run(program: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, str(program), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        env=FOUND,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stopped")
    run(Path(killing.__file__), folder, many(folder, ROWS))
    return folder


def test_killed_after_any_step_an_import_is_there_whole_or_not_at_all(stopped: Path) -> None:
    found = [len(rows(Store(one))) for one in sorted(stopped.glob("*-killed"))]
    assert set(found) == {0, GOOD}
    assert len(found) >= 10, "the log has so few steps that nothing is shown"


def test_gone_on_with_after_any_step_the_columns_are_those_of_an_undisturbed_import(
    stopped: Path, tmp_path: Path
) -> None:
    whole = Store(tmp_path / "whole")
    expected = taken(whole, stopped / "many.csv", how=Manner(chunk=killing.CHUNK), confirm=True).batch
    for one in stopped.glob("*-killed"):
        store = Store(stopped / one.name.removesuffix("-killed"))
        (batch,) = store.batches(FEED)
        assert rows(store) == rows(whole), one.name
        assert replace(batch, arrived_at=expected.arrived_at) == expected
        assert fault_count(store.waiting(FEED, 1)) == expected.faults
        assert len(list((store.root / "taken").rglob("*.parquet"))) == len(store.taken_files(FEED))


def test_reading_goes_on_after_the_last_part_and_reads_nothing_twice(tmp_path: Path) -> None:
    class StopHere(Exception):
        pass

    path, store, steps = many(tmp_path, ROWS), Store(tmp_path / "columns"), []

    def stop(step: str) -> None:
        steps.append(step)
        if steps.count("reached") == 2:
            raise StopHere

    with pytest.raises(StopHere):
        taken(store, path, how=Manner(chunk=30, step=stop))
    assert store.batch(FEED, 1).state is BatchState.ARRIVING
    again: list[str] = []
    taken(store, path, how=Manner(chunk=30, step=again.append))
    assert again.count("reached") == 2
    assert store.batch(FEED, 1).rows == ROWS


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    program = Path(heavy.__file__)
    few, few_held = run(program, tmp_path / "few", many(tmp_path, 30_000), 10_000).split()
    much, much_held = run(program, tmp_path / "much", many(tmp_path, 120_000), 10_000).split()
    assert (int(few), int(much)) == (27_000, 108_000)
    assert int(much_held) - int(few_held) < ALLOWED, (few_held, much_held)


def test_two_at_once_get_two_numbers_and_both_are_taken(tmp_path: Path) -> None:
    logs = [many(tmp_path, 1_000 * one, name=f"{one}.csv") for one in (1, 2, 3)]
    started = time.monotonic()
    running = [
        subprocess.Popen([sys.executable, heavy.__file__, str(tmp_path / "both"), str(log), "300"], env=FOUND)
        for log in logs
    ]
    assert [one.wait(timeout=120) for one in running] == [0, 0, 0], time.monotonic() - started
    batches = Store(tmp_path / "both").batches(FEED)
    assert [one.number for one in batches] == [1, 2, 3]
    assert sum(one.new for one in batches) == 2_700
    assert len(rows(Store(tmp_path / "both"))) == sum(one.new + one.corrected for one in batches)
