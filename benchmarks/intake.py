"""Taking rows into columns: time, memory, and what an import costs when much is known already.

Every figure of a file is of a process of its own, which tells its time and the most memory that it held. The last file is
larger than all the address space that its process may have. Small imports go through the door of the endpoint, one after
the other, their cases onto the board.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from django.conf import settings

from benchmarks.measure import Row
from xiaoneng.flow.columns.intake import Sent, take_in
from xiaoneng.flow.columns.sources import file_source, records_source
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.mapping import parse_mapping

MAPPING = """
key = "bench"
agency = { zh = "测速", en = "Benchmark" }
zone = "Asia/Shanghai"
[columns]
case = "case"
started = "start"
due = "due"
activity = "step"
at = "at"
resource = "who"
"""
HEADER = "case,start,due,step,at,who,note"
MIB = 1 << 20
GOAL = 25.0
"""Seconds of CPU in which a million rows should be taken."""
NOW = datetime(2026, 3, 9, tzinfo=UTC)
ONE_HEAP = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Where address space is short: a heap for each thread reserves much more than it uses."""
ROOM, ROOMY = 2_500, 680_000
"""Address space (MiB) of the process that takes in a file larger than it, and the rows of that file."""


def run(*, quick: bool = False) -> list[Row]:
    """Measure every size."""
    small, large = (20_000, 100_000) if quick else (200_000, 1_000_000)
    goal = GOAL * large / 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        few = _measured(root / "few", _file(root, small))
        empty = _measured(root / "much", _file(root, large))
        known = _measured(root / "much", _file(root, large, first=large))
        some = _measured(root / "much", _file(root, 1_000, first=2 * large))
        measured = [
            _cpu(f"{small:,} rows into an empty feed", few),
            _cpu(f"{large:,} rows into an empty feed", empty, goal),
            _cpu(f"{large:,} further rows where {large:,} are known", known, goal),
            _cpu(f"1,000 rows where {2 * large:,} are known", some),
            Row("CPU a row, five times the rows", empty[1] / few[1] / 5, None, None, "<= 1.2",
                empty[1] <= 6 * few[1], unit=""),
            Row(f"most memory held, MiB, {large:,} rows where as many are known", known[2], None, None, "<= 1,024",
                known[2] <= 1_024, note=f"{small:,} rows into an empty feed: {few[2]:,.0f}", unit=""),
            *_batches(root / "batches", 120 if quick else 500),
        ]  # fmt: skip
        return measured if quick else [*measured, _tight(root)]


def _cpu(name: str, took: tuple[float, float, float, int], goal: float = 0) -> Row:
    met = took[1] <= goal if goal else None
    note = f"CPU, all threads; {took[0]:.1f} s by the clock"
    return Row(name, took[1], None, None, f"<= {goal:g} s" if goal else "", met, note=note)


def _batches(root: Path, count: int) -> list[Row]:
    """Take many imports of 50 rows, as the endpoint does, and tell what some of them cost."""
    from xiaoneng.supervision.feeding import intake  # noqa: PLC0415 - needs a database

    settings.COLUMNS = root
    mapping = parse_mapping(MAPPING)
    cost = []
    for number in range(1, count + 1):
        source = records_source([_record(number * 50 + place) for place in range(50)], name=str(number))
        before = process_time()
        intake.take(source, mapping=mapping, sent=Sent(now=NOW, key=str(number)))
        cost.append(process_time() - before)
        if number in (10, 100, count):
            print(number, [round(one, 3) for one in cost[number - 9 : number]], flush=True)
    first, *later = [median(cost[end - 9 : end]) for end in (10, 100, count)]
    return [
        Row("an import of 50 rows and its cases, 2nd to 10th", first, None, None, "", None, note="CPU, the median of nine"),
        Row("the same, up to the 100th", later[0], None, None, "", None),
        Row(f"the same, up to the {count}th", later[1], None, None, "<= 2 times the first", later[1] <= 2 * first,
            note=f"the dearest of all after the first, which puts files together: {max(cost[1:]) * 1000:.0f} ms"),
    ]  # fmt: skip


def _record(place: int) -> dict[str, str]:
    day = f"2026-{1 + place // 2_500 % 12:02}-{1 + place // 100 % 28:02}"
    at = f"{day} {9 + place % 10:02}:{place % 60:02}:00"
    told = {"case": f"C{place // 10}", "start": f"{day} 09:00:00", "due": day}
    return {**told, "step": f"step {place % 10}", "at": at, "who": f"P{place % 97}"}


def _tight(root: Path) -> Row:
    """Take in a file larger than all the address space of its process; libraries alone reserve most of that."""
    wide = _file(root, ROOMY, note=4_000)
    size = wide.stat().st_size / MIB
    name = f"a file of {size:,.0f} MiB in an address space of {ROOM:,} MiB: most memory held, MiB"
    try:
        took = _measured(root / "store-wide", wide, limit=ROOM)
    except subprocess.CalledProcessError as failed:
        why = failed.stderr.strip().splitlines()[-1:] or ["killed"]
        return Row(name, 0.0, None, None, "is taken", met=False, unit="", note=f"not taken: {why[0][:200]}")
    note = f"{took[1]:.0f} s of CPU, {took[3]:,} rows"
    return Row(name, took[2], None, None, "is taken", took[3] == ROOMY and size > ROOM, unit="", note=note)


def _file(root: Path, count: int, *, first: int = 0, note: int = 0) -> Path:
    path = root / f"{first}-{count}-{note}.csv"
    filling = "x" * note
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for place in range(first, first + count):
            day = f"2026-{1 + place // 10 % 12:02}-{1 + place // 120 % 28:02}"
            at = f"{day} {9 + place % 10:02}:{place % 60:02}:00"
            out.write(f"C{place // 10},{day} 09:00:00,{day},step {place % 10},{at},P{place % 97},{filling}\n")
    return path


def _measured(store: Path, path: Path, *, limit: int = 0) -> tuple[float, float, float, int]:
    """Return seconds, seconds of CPU, the most memory (MiB) and rows taken, of a process of its own."""
    code = f"from benchmarks.intake import one; one({str(store)!r}, {str(path)!r}, {limit})"
    env = {**os.environ, **(ONE_HEAP if limit else {})}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    print(path.name, done.stdout.strip(), flush=True)
    *_, wall, cpu, held, new = done.stdout.split()
    return float(wall), float(cpu), float(held), int(new)


def one(store: str, path: str, limit: int) -> None:
    """Take a file in and print what it took; `limit` is all the address space (MiB) that may be used."""
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit * MIB, limit * MIB))
    mapping = parse_mapping(MAPPING)
    wall, cpu = perf_counter(), process_time()
    sent = Sent(now=NOW)
    batch = take_in(
        Store(Path(store)), file_source(Path(path), mapping=mapping), mapping=mapping, sent=sent
    ).batch
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(perf_counter() - wall, process_time() - cpu, held, batch.new)
