"""Columns written out: XES, OCEL 2.0, CSV and Parquet, beside pm4py's writers; and pm4py reading what we wrote.

Each writing runs in a process of its own on settled columns at rest, so that its peak of memory is its own; seconds
are CPU time, all threads counted, since the machine is shared. pm4py writes from a frame that is in memory already.
What pm4py reads back must hold as many cases, events, objects, relations and arrows as the columns, or nothing is
measured.
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from time import process_time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.flow_logs import BPIC15, BPIC15_COLUMNS, RECEIPT, frame, synthetic_events
from benchmarks.measure import Row
from xiaoneng.flow.columns.schema import CASES, EVENTS
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.directly import counted
from xiaoneng.flow.graph.events import Events, steps
from xiaoneng.flow.graph.loading import Picked, load
from xiaoneng.flow.out.exporting import Form, export
from xiaoneng.flow.out.source import source_of

FEED = "log"
SIZES = (300_000, 1_200_000)


def rest(root: Path, events: Events, cases: tuple[str, ...]) -> Store:
    """Rest events, sorted by case, as an edition of columns."""
    store = Store(root)
    folder = store.edition(FEED, 1)
    place, first = _places(events)
    ends = np.append(np.flatnonzero(first)[1:], len(events)) - 1
    names, actors = np.array(events.activities), np.array([*(events.actors or ()), ""])
    actor = np.full(len(events), -1) if events.actor is None else events.actor
    keyed = np.array(cases)[events.case]
    told = {
        "case": keyed,
        "place": place.astype(np.int32),
        "activity": names[events.activity],
        "at": events.at,
        "actor": actors[actor],
        "effect": np.zeros(len(events), np.int8),
        "revision": np.zeros(len(events), np.int32),
        "key": np.char.add("e", np.arange(len(events)).astype(str)),
    }
    _put(folder / "events", EVENTS, told, len(events))
    of_case = {
        "case": keyed[first],
        "started": events.at[first],
        "first": events.at[first],
        "last": events.at[ends],
        "events": place[ends] + 1,
    }
    _put(folder / "cases", CASES, of_case, int(first.sum()))
    store.point_to(FEED, 1)
    return store


def _places(events: Events) -> tuple[np.ndarray, np.ndarray]:
    first = events.firsts()
    rows = np.arange(len(events))
    return rows - np.maximum.accumulate(np.where(first, rows, 0)), first


def _put(folder: Path, schema: pa.Schema, told: dict[str, np.ndarray], rows: int) -> None:
    columns = [
        pa.array(told[one.name]).cast(one.type)
        if one.name in told
        else pa.array([""]).take(pa.array(np.zeros(rows, np.int64)))
        if one.type == pa.string()
        else pa.nulls(rows, one.type)
        for one in schema
    ]
    part = folder / "month=2021-01" / "0.parquet"
    part.parent.mkdir(parents=True)
    pq.write_table(pa.table(columns, schema=schema), part)


def written(root: Path, form: Form, into: Path) -> tuple[float, float]:
    """Write in a process of its own; return its seconds and its peak in MiB."""
    asked = [sys.executable, "-m", "benchmarks.out", str(root), form.value, str(into)]
    said = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    return said["seconds"], said["peak"]


def _write(root: str, form: str, into: str) -> None:
    begin = process_time()
    with source_of(Store(Path(root)), Selection(feed=FEED), people=True) as source:
        export(source, Form(form), Path(into), people=True)
    print(json.dumps({"seconds": process_time() - begin, "peak": _peak()}))


def _peak() -> float:
    """Return this process's own peak in MiB; what the kernel tells of children begins with their parent's."""
    told = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in told if line.startswith("VmHWM")).split()[1]) / 1024


def run(*, quick: bool = False) -> list[Row]:
    """Measure, after checking on the real logs that pm4py reads what we wrote."""
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415 - it greets whoever imports it, and the process that writes must not
    warnings.simplefilter("ignore")
    found: list[Row] = []
    for name, path, picked in (("receipt", RECEIPT, Picked()), ("BPIC15_1", BPIC15, BPIC15_COLUMNS)):
        if path.exists():
            loaded = load(path, picked=picked)
            with tempfile.TemporaryDirectory() as folder:
                found += _agreed(pm4py, name, Path(folder), loaded.events, loaded.cases)
    for size in SIZES[:1] if quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found += _timed(pm4py, 100_000 if quick else size, Path(folder))
    return found


def _agreed(pm4py: object, name: str, folder: Path, events: Events, cases: tuple[str, ...]) -> list[Row]:
    rest(folder, events, cases)
    for form in (Form.XES, Form.OCEL_JSON, Form.OCEL_XML, Form.OCEL_SQLITE):
        written(folder, form, folder / f"log{form.ending}")
    _same_arrows(pm4py, folder / "log.xes", events)
    persons = len(set(events.actor[events.actor >= 0].tolist())) if events.actor is not None else 0
    related = len(events) + (int((events.actor >= 0).sum()) if events.actor is not None else 0)
    expected = (len(events), len(set(events.case.tolist())) + persons, related)
    for form, reader in READERS.items():
        read = getattr(pm4py, reader)(str(folder / f"log{form.ending}"))
        assert (len(read.events), len(read.objects), len(read.relations)) == expected, (name, form)
    note = (
        f"{expected[0]:,} events, {expected[1]:,} objects, {expected[2]:,} relations; the same in all forms"
    )
    return [
        Row(f"{name}: forms that pm4py reads with our counts", 4, 4, 1.0, "4", met=True, unit="", note=note)
    ]


READERS = {
    Form.OCEL_JSON: "read_ocel2_json",
    Form.OCEL_XML: "read_ocel2_xml",
    Form.OCEL_SQLITE: "read_ocel2_sqlite",
}


def _same_arrows(pm4py: object, path: Path, events: Events) -> None:
    follows, _, _ = pm4py.discover_dfg(pm4py.read_xes(str(path)))  # type: ignore[attr-defined]
    ours, names = counted(steps(events)), events.activities
    told = zip(ours.source.tolist(), ours.target.tolist(), ours.count.tolist(), strict=True)
    assert Counter(dict(follows)) == Counter({(names[a], names[b]): count for a, b, count in told})


def _timed(pm4py: object, size: int, folder: Path) -> list[Row]:
    events = synthetic_events(size)
    rest(folder, events, tuple(f"case-{n:08}" for n in range(int(events.case[-1]) + 1)))
    peers = _peers(pm4py, frame(events), folder)
    found = []
    for form in Form:
        seconds, peak = written(folder, form, folder / f"ours{form.ending}")
        peer = peers.get(form)
        ratio = None if peer is None else peer / seconds
        note = f"peak {peak:,.0f} MiB, {size / seconds:,.0f} events/s"
        found.append(Row(f"{form.value}, {size:,} events", seconds, peer, ratio, "", None, note=note))
    return found


def _peers(pm4py: object, log: object, folder: Path) -> dict[Form, float]:
    begin = process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pm4py.write_xes(log, str(folder / "peer.xes"))  # type: ignore[attr-defined]
    return {Form.XES: process_time() - begin}


if __name__ == "__main__":
    _write(*sys.argv[1:])
