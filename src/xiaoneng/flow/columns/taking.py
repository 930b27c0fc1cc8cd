"""Rows are taken (入列): compared with all that is known, and kept if they say something new. Exactly once.

A row says something new if its key was never seen, or if what it says differs from the newest row of its key: then it is a
correction, and so is going back to what was said before. Comparing runs in an engine that goes to disk when its memory
is full. Files are moved to where they belong, and nothing is taken until the manifest says so, in one rename.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from xiaoneng.flow.columns.arriving import FAULTS, parts, reached
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.store import Batch, BatchState, Store, on_disk

FRESH = "fresh"
COLUMNS = ", ".join(f'"{name}"' for name in TAKEN.names)

JUDGED = """
CREATE TEMP TABLE judged AS
WITH newest AS (
  SELECT key, arg_max(print, {'b': batch, 'r': "row"}) AS print
  FROM known SEMI JOIN sent USING (key) GROUP BY key
), latest AS (
  SELECT "case", max("at") AS "at" FROM known SEMI JOIN sent USING ("case") GROUP BY "case"
), twice AS (
  SELECT key FROM sent GROUP BY key HAVING count(*) > 1
), again AS (
  SELECT "row", lag(print) OVER (PARTITION BY key ORDER BY "row") AS earlier FROM sent SEMI JOIN twice USING (key)
), against AS (
  SELECT sent."row", sent.print, sent."at", coalesce(again.earlier, newest.print) AS before, latest."at" AS known_at
  FROM sent LEFT JOIN again USING ("row") LEFT JOIN newest USING (key) LEFT JOIN latest USING ("case")
)
SELECT "row",
       CASE WHEN before IS NULL THEN 'new' WHEN before = print THEN 'same' ELSE 'corrected' END AS kind,
       before IS NULL AND "at" < known_at AS late
FROM against
"""
COUNTS = """
SELECT count(*) FILTER (kind = 'new'), count(*) FILTER (kind = 'corrected'),
       count(*) FILTER (kind = 'same'), count(*) FILTER (late)
FROM judged
"""
FRESH_ROWS = f"""SELECT {COLUMNS} FROM sent JOIN judged USING ("row") WHERE kind <> 'same'"""  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What comparing found; see `Batch`."""

    new: int = 0
    corrected: int = 0
    same: int = 0
    late: int = 0


def take(store: Store, batch: Batch, *, now: datetime, how: Manner) -> Batch:
    """Take the good rows of an import that was read to its end, and return it as taken."""
    folder = store.waiting(batch.feed, batch.number)
    at, arrived = reached(folder), parts(folder)
    ready = folder / FRESH
    shutil.rmtree(ready, ignore_errors=True)
    counts = _compare(store, batch, arrived, into=ready, how=how) if at.rows > at.bad else Counts()
    how.step("compared")
    _move(store, batch, ready, how)
    done = batch.become(
        BatchState.TAKEN,
        settled_at=now,
        rows=at.rows,
        faults=at.bad,
        sentinels=at.sentinels,
        new=counts.new,
        corrected=counts.corrected,
        same=counts.same,
        late=counts.late,
    )
    store.fall_behind(batch.feed)
    store.write(done)
    how.step("taken")
    tidy(store, done)
    return done


def tidy(store: Store, batch: Batch) -> None:
    """Remove what an import that was taken or dropped does not need any more; its faults stay."""
    folder = store.waiting(batch.feed, batch.number)
    if not folder.is_dir():
        return
    for path in list(folder.iterdir()):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != FAULTS or not batch.faults:
            path.unlink()
    if not batch.faults:
        folder.rmdir()


@contextmanager
def engine(store: Store, *, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an engine that holds at most `memory` and goes on in a folder of the store."""
    spill = store.root / "spill" / str(os.getpid())
    spill.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(
            config={"memory_limit": memory, "temp_directory": str(spill), "threads": 2}
        ) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _compare(store: Store, batch: Batch, arrived: list[Path], *, into: Path, how: Manner) -> Counts:
    with engine(store, memory=how.memory) as connection:
        connection.read_parquet([str(one) for one in arrived]).create_view("sent")
        known(store, batch.feed, connection)
        connection.execute(JUDGED)
        (found,) = connection.execute(COUNTS).fetchall()
        counts = Counts(new=found[0], corrected=found[1], same=found[2], late=found[3])
        if counts.new or counts.corrected:
            fresh = connection.sql(FRESH_ROWS)
            fresh.write_parquet(
                str(into), partition_by=["month"], write_partition_columns=True, compression="zstd"
            )
        return counts


def known(store: Store, feed: str, connection: duckdb.DuckDBPyConnection) -> None:
    """Let everything that was taken of a feed be asked as the view `known`."""
    files = [str(one) for one in store.taken_files(feed)]
    rows = (
        connection.read_parquet(files, hive_partitioning=False)
        if files
        else connection.from_arrow(TAKEN.empty_table())
    )
    rows.create_view("known")


def _move(store: Store, batch: Batch, ready: Path, how: Manner) -> None:
    """Move files to their months; what an earlier try that was stopped left there goes first."""
    into = store.taken(batch.feed)
    for stale in into.glob(f"month=*/{batch.number:06}-*.parquet"):
        stale.unlink()
    for place, path in enumerate(sorted(ready.glob("month=*/*.parquet"))):
        month = into / path.parent.name
        month.mkdir(parents=True, exist_ok=True)
        on_disk(path)
        path.replace(month / f"{batch.number:06}-{place:04}.parquet")
        how.step("moved")
