"""Taking rows into columns: rows a second, memory, and what an import costs when much is known already.

Every figure is of a process of its own, which tells its time and the most memory that it held. The last file is larger
than all the address space that its process may have.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.measure import Row
from xiaoneng.flow.columns.casebook import cases_of
from xiaoneng.flow.columns.intake import Sent, take_in
from xiaoneng.flow.columns.sources import file_source
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
ROOM, ROOMY = 2_500, 680_000
"""Address space (MiB) of the process that takes in a file larger than it, and the rows of that file."""


def run(*, quick: bool = False) -> list[Row]:
    """Measure every size."""
    small, large = (20_000, 100_000) if quick else (200_000, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        few, much = _file(root, small), _file(root, large)
        took = {}
        for count, path in ((small, few), (large, much)):
            took[count] = _measured(root / f"store-{count}", path)
        some = _measured(root / f"store-{large}", _file(root, 1_000, first=large))
        sizes = sorted(took.items())
        measured = [
            *(Row(f"rows a second (CPU), {n:,} rows", n / one[1], None, None, "", None, unit="") for n, one in sizes),
            *(Row(f"most memory held, MiB, {n:,} rows", one[2], None, None, "", None, unit="") for n, one in sizes),
            Row("growth of memory over five times the rows", took[large][2] / took[small][2], None, None, "<= 1.5",
                took[large][2] <= 1.5 * took[small][2], unit=""),
            Row(f"an import of 1,000 rows where {large:,} are known", some[0], None, None, "", None),
        ]  # fmt: skip
        return measured if quick else [*measured, _tight(root)]


def _tight(root: Path) -> Row:
    """Take in a file larger than all the address space of its process; libraries alone reserve most of that."""
    wide = _file(root, ROOMY, note=4_000)
    took = _measured(root / "store-wide", wide, limit=ROOM)
    size = wide.stat().st_size / MIB
    name = f"a file of {size:,.0f} MiB in an address space of {ROOM:,} MiB: most memory held, MiB"
    return Row(name, took[2], None, None, "is taken", took[3] == ROOMY and size > ROOM, unit="")


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
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *_, wall, cpu, held, new = done.stdout.split()
    return float(wall), float(cpu), float(held), int(new)


def one(store: str, path: str, limit: int) -> None:
    """Take a file in and print what it took; `limit` is all the address space (MiB) that may be used."""
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit * MIB, limit * MIB))
    mapping = parse_mapping(MAPPING)
    wall, cpu = perf_counter(), process_time()
    sent = Sent(now=datetime(2026, 3, 9, tzinfo=UTC))
    batch = take_in(
        Store(Path(store)), file_source(Path(path), mapping=mapping), mapping=mapping, sent=sent
    ).batch
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(perf_counter() - wall, process_time() - cpu, held, batch.new)


def cases(store: str) -> None:
    """Count the cases that a store tells, and print the seconds and the most memory that it took."""
    start = perf_counter()
    count = sum(1 for _ in cases_of(Store(Path(store)), "bench", mapping=parse_mapping(MAPPING)))
    print(count, perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    for row in run(quick="--quick" in sys.argv):
        print(row.name, row.ours, row.met)
