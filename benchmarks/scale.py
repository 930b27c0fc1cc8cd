"""Scale: synthetic taken rows settled and asked on DuckDB and on Spark, with seconds, memory and bytes a row.

    python -m benchmarks.scale 1000000 duckdb spark

Every engine runs in a process of its own; both settle the same rows, and their answers are compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.store import Batch, BatchState, Store

FEED = "scale"
CASE_LENGTH, PART = 10, 1_000_000
STEPS = ("收件", "受理", "审查", "补正", "征求意见", "核准", "决定", "送达")
BEGIN = datetime(2023, 1, 2, tzinfo=UTC)
HOUR = 3_600_000_000
ROOT = Path(os.environ.get("XIAONENG_SCALE", "var/scale"))


def made(store: Store, rows: int) -> None:
    """Write so many taken rows, a part a million, each within one month; 10 events a case."""
    whole = [PART] * (rows // PART) + [rows % PART] * (rows % PART > 0)
    for part, size in enumerate(whole):
        month = f"{2023 + part % 24 // 12}-{part % 12 + 1:02}"
        path = store.taken(FEED) / f"month={month}" / f"000001-{part:04}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(_part(part, size, month), path, compression="zstd")
    store.write(
        Batch(
            feed=FEED,
            number=1,
            key="scale",
            name="scale",
            sha256="",
            state=BatchState.TAKEN,
            arrived_at=BEGIN,
            rows=rows,
        )
    )


def _part(part: int, size: int, month: str) -> pa.Table:
    rng = np.random.default_rng(part)
    number = np.arange(size) + part * PART
    case, place = number // CASE_LENGTH, number % CASE_LENGTH
    begin = np.datetime64(f"{month}-01", "us").astype(np.int64)
    started = (
        begin
        + (rng.integers(0, 10 * 24, size // CASE_LENGTH + 1) * HOUR)[(number - part * PART) // CASE_LENGTH]
    )
    at = started + place * 30 * HOUR + rng.integers(0, 20 * HOUR, size)
    agencies = np.array([f"机关{n:03}" for n in range(200)])[case % 200]
    texts = {
        "key": number.astype(str),
        "print": number.astype(str),
        "case": np.char.add("件", case.astype(str)),
        "activity": np.array(STEPS)[rng.integers(0, len(STEPS), size)],
        "actor": np.char.add(agencies, np.array([f"-{n}" for n in range(9)])[rng.integers(0, 9, size)]),
        "agency": agencies,
        "item": np.array([f"事项{n:04}" for n in range(1000)])[case % 1000],
        "month": np.full(size, month),
    }
    last = place == CASE_LENGTH - 1
    times = {"at": at, "recorded_at": at, "received_at": at, "started": started}
    masked = {"due": (started + 240 * HOUR, place > 0), "ended": (at, ~last)}
    columns = []
    for one in TAKEN:
        if one.name in texts:
            columns.append(pa.array(texts[one.name], pa.string()))
        elif one.name in times:
            columns.append(pa.array(times[one.name]).cast(one.type))
        elif one.name in masked:
            values, mask = masked[one.name]
            columns.append(pa.array(values, mask=mask).cast(one.type))
        else:
            columns.append(_other(one, number, rng))
    return pa.Table.from_arrays(columns, schema=TAKEN)


def _other(one: pa.Field, number: np.ndarray, rng: np.random.Generator) -> pa.Array:
    size = len(number)
    if one.name == "effect":
        return pa.array(rng.choice([0, 0, 0, 0, 0, 3, 4], size), pa.int8())
    if one.name == "batch":
        return pa.array(np.ones(size, np.int32))
    if one.name in ("line", "row"):
        return pa.array(number + 1)
    if one.name == "odd":
        return pa.array(np.zeros(size, np.bool_))
    return pa.array([""] * size, pa.string()) if one.type == pa.string() else pa.nulls(size, one.type)


def run(engine_name: str, root: Path) -> dict[str, object]:
    """Settle and ask on one engine."""
    from tests.pure.flow.asking import office, yardstick  # noqa: PLC0415
    from xiaoneng.flow.columns import arrows, lit  # noqa: PLC0415
    from xiaoneng.flow.columns.engine import duckdb_engine, spark_engine  # noqa: PLC0415
    from xiaoneng.flow.columns.ground import ground  # noqa: PLC0415
    from xiaoneng.flow.columns.selection import Selection  # noqa: PLC0415
    from xiaoneng.flow.columns.settling import settle  # noqa: PLC0415

    peak = _watch()
    spill = root / "spill"
    if engine_name == "duckdb":
        engine = duckdb_engine(memory=os.environ.get("XIAONENG_SCALE_MEMORY", "3GB"), temp=spill)
    else:
        engine = spark_engine("local[2]", memory="6g", shuffles=16, temp=spill)
    store, found = Store(root), {}
    found["settle"] = _timed(lambda: settle(store, FEED, engine=engine, event_level=frozenset()))[0]
    basis = ground(store, Selection(feed=FEED), engine=engine)
    found["directly_follows"], graph = _timed(lambda: arrows.directly_follows(basis, schedule=office()))
    by = yardstick(datetime(2024, 1, 1, tzinfo=UTC))
    found["late_shares"], shares = _timed(lambda: lit.late_shares(basis, "agency", by=by))
    numbers = [
        graph.count,
        graph.elapsed.total,
        graph.working.total,
        graph.suspended.total,
        shares.n,
        shares.late,
    ]
    found["answer"] = hashlib.sha256(b"".join(one.astype(np.int64).tobytes() for one in numbers)).hexdigest()[
        :16
    ]
    found["steps"] = int(graph.count.sum())
    folder = store.settled(FEED)
    assert folder is not None
    found["settled_bytes"] = _bytes(folder)
    found["peak_mb"] = max(peak)
    return found


def _timed(work):
    begin = time.perf_counter()
    answer = work()
    return round(time.perf_counter() - begin, 1), answer


def _watch() -> list[int]:
    """Return a list that grows by the resident megabytes of this process and its children, ten times a second."""
    seen = [0]

    def look() -> None:
        while True:
            seen[0] = max(seen[0], sum(_resident(pid) for pid in _family(os.getpid())))
            time.sleep(0.2)

    threading.Thread(target=look, daemon=True).start()
    return seen


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(one) for one in children.read_text().split()] if children.exists() else []
    return [pid, *(one for child in below for one in _family(child))]


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def _bytes(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*.parquet"))


def main() -> None:
    """Make the rows, run every engine in its own process, print what was measured."""
    if sys.argv[1] == "--run":
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]))))
        return
    rows, engines = int(sys.argv[1]), sys.argv[2:] or ["duckdb", "spark"]
    root = ROOT / str(rows)
    shutil.rmtree(root, ignore_errors=True)
    made(Store(root), rows)
    taken = _bytes(Store(root).taken(FEED))
    answers = set()
    for engine in engines:
        command = [sys.executable, "-m", "benchmarks.scale", "--run", engine, str(root)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        answers.add(found["answer"])
        print(rows, engine, json.dumps({**found, "taken_bytes": taken}), flush=True)
    print("answers are the same" if len(answers) == 1 else "ANSWERS DIFFER", flush=True)
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
