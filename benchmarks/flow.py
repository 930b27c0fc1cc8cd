"""Questions asked of event logs beside pm4py (pandas and polars), rustxes, r4pm, pandas, and passes in C and numpy.

Ours and the peers take turns in one process on the same events; figures are CPU time, which counts all threads of a
peer that uses several. pm4py is AGPL: it is measured here and imported nowhere else. Times that must agree are
compared before they are timed. What a whole process takes is measured in processes of their own.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
import warnings
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl

from benchmarks.flow_logs import BPIC15, BPIC15_COLUMNS, RECEIPT, Log, real, synthetic, synthetic_events
from benchmarks.measure import Row, seconds
from xiaoneng.flow.graph.abstract import LEVELS, flow_map
from xiaoneng.flow.graph.conformance import conformance, observed
from xiaoneng.flow.graph.directly import counted, counted_working, directly_follows
from xiaoneng.flow.graph.events import Events, Steps, arranged, steps
from xiaoneng.flow.graph.handovers import hand_overs
from xiaoneng.flow.graph.layout import layout
from xiaoneng.flow.graph.loading import Picked, load
from xiaoneng.flow.graph.overtime import NEVER, History, lights_over_time
from xiaoneng.flow.graph.variants import variants
from xiaoneng.worktime import columnlights
from xiaoneng.worktime.columnspans import split
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import Span
from xiaoneng.worktime.workdays import WorkCalendar

with contextlib.redirect_stdout(io.StringIO()):
    import pm4py
    import r4pm
    import rustxes

CN = WorkCalendar.build(key="CN", notices=baseline())
OURS = Schedule.of_calendar(CN)
SLOTS = Schedule(key="pm4py", week=(*((Span(420, 1020),),) * 5, (), ()), zone=ZoneInfo("UTC"))
"""The business hours that pm4py takes unless told otherwise."""
CASE, ACTIVITY, AT = "case:concept:name", "concept:name", "time:timestamp"
Works = dict[str, Callable[[], object]]


def turns(works: Works, *, rounds: int) -> dict[str, float]:
    """Return the CPU seconds of each work, best of some rounds in which all take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(best[name], seconds(work, best_of=1, cpu=True))
    return best


def compared(task: str, works: Works, *, goals: dict[str, float] | None = None, rounds: int = 3) -> list[Row]:
    """Return ours beside each peer; the first work is ours."""
    took = turns(works, rounds=rounds)
    ours = took.pop(next(iter(works)))
    rows = []
    for name, peer in took.items():
        goal = (goals or {}).get(name)
        met = None if goal is None else peer / ours >= goal
        rows.append(Row(f"{task}; {name}", ours, peer, peer / ours, f">= {goal:g}x" if goal else "", met))
    return rows


def run(*, quick: bool) -> list[Row]:
    """Return every figure, measured now; `quick` leaves out what is large."""
    warnings.simplefilter("ignore")
    rows = [*reading(), *whole()]
    for log in real():
        rows += on_log(log, rounds=3)
    rows += mapped()
    rows += on_log(synthetic(100_000 if quick else 1_000_000), rounds=1 if quick else 2)
    rows += stored([100_000] if quick else [1_000_000, 10_000_000])
    rows += clock([100_000] if quick else [1_000_000, 10_000_000])
    return rows


def reading() -> list[Row]:
    if not RECEIPT.exists():
        return []
    works: Works = {
        "ours": lambda: load(RECEIPT, picked=Picked()),
        "rustxes, all attributes": lambda: rustxes.import_xes(str(RECEIPT)),
        "r4pm, all attributes": lambda: r4pm.df.import_xes(str(RECEIPT)),
        "pm4py iterparse, all attributes": lambda: _quiet(
            lambda: pm4py.read_xes(str(RECEIPT), variant="iterparse")
        ),
    }
    rows = compared("read XES, receipt, four columns", works, goals={"rustxes, all attributes": 1.0})
    works = {
        "ours": lambda: load(BPIC15, picked=BPIC15_COLUMNS),
        "pandas read_csv, all columns": lambda: pd.read_csv(BPIC15),
        "pandas, four columns and times": lambda: pd.to_datetime(
            pd.read_csv(BPIC15, usecols=[0, 4, 7, 9])["event_time.timestamp"], format="ISO8601"
        ),
    }
    return [*rows, *compared("read CSV, BPIC15_1, four columns", works)]


def _quiet(work: Callable[[], object]) -> object:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return work()


WHOLE = {
    "ours": "import os; from pathlib import Path; from xiaoneng.flow.graph.loading import Picked, load;"
    "from xiaoneng.flow.graph.directly import counted; from xiaoneng.flow.graph.events import steps;"
    "counted(steps(load(Path(os.environ['RECEIPT']), picked=Picked()).events))",
    "pm4py": "from pathlib import Path; import os, pm4py;"
    "pm4py.discover_performance_dfg(pm4py.read_xes(os.environ['RECEIPT']))",
}


def whole() -> list[Row]:
    """Import everything, read the receipt log, find the graph with times: a process each, CPU and peak memory."""
    if not RECEIPT.exists():
        return []
    took = {name: min(_process(code) for _ in range(3)) for name, code in WHOLE.items()}
    (ours, our_peak), (peer, peak) = took["ours"], took["pm4py"]
    name = "a whole process, receipt: import, read, graph; pm4py"
    return [
        Row(name, ours, peer, peer / ours, ">= 3x", peer / ours >= 3),
        Row("its peak memory, MiB; pm4py", our_peak, peak, peak / our_peak, "", None, unit=""),
    ]


def _process(code: str) -> tuple[float, float]:
    tail = (
        "\nimport json, sys, time, re;"
        "peak = int(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]);"
        "sys.stderr.write('@' + json.dumps([time.process_time(), peak / 1024]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code + tail],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "RECEIPT": str(RECEIPT)},
    ).stderr
    cpu, peak = json.loads(told.rsplit("@", 1)[1])
    return cpu, peak


def on_log(log: Log, *, rounds: int) -> list[Row]:
    lazy = pl.from_pandas(log.frame).lazy()
    events, frame, name = log.events, log.frame, log.name
    agreed = _agreement(log)
    rows = compared(
        f"directly-follows with mean time, {name}",
        {
            "ours": lambda: counted(steps(events)),
            "pm4py performance DFG, pandas": lambda: pm4py.discover_performance_dfg(frame),
            "pm4py performance DFG, polars": lambda: pm4py.discover_performance_dfg(lazy),
            "pm4py DFG, counts only, polars": lambda: pm4py.discover_dfg(lazy),
            "pandas shift and groupby": lambda: _by_pandas(frame),
        },
        rounds=rounds,
    )
    rows += compared(
        f"all four parts, mean, median, p90, {name}",
        {
            "ours": lambda: directly_follows(steps(events), schedule=OURS),
            "pandas, elapsed time only": lambda: _by_pandas(frame, full=True),
        },
        rounds=rounds,
    )
    business = compared(
        f"office-time directly-follows, {name}",
        {
            "ours": lambda: counted_working(steps(events), schedule=SLOTS),
            "pm4py business_hours": lambda: pm4py.discover_performance_dfg(frame, business_hours=True),
        },
        goals={"pm4py business_hours": 80},
        rounds=min(rounds, 2),
    )
    rows += [_noted(row, agreed) for row in business]
    rows += compared(
        f"variants, {name}",
        {
            "ours": lambda: variants(events),
            "pm4py, pandas": lambda: pm4py.get_variants(frame),
            "pm4py, polars": lambda: pm4py.get_variants(lazy),
        },
        rounds=rounds,
    )
    rows += compared(
        f"hand-overs, {name}",
        {
            "ours": lambda: hand_overs(events, log.holder),
            "pm4py": lambda: pm4py.discover_handover_of_work_network(frame),
        },
        goals={"pm4py": 20},
        rounds=min(rounds, 2),
    )
    return rows + _conforming(log, rounds)


def _noted(row: Row, note: str) -> Row:
    return Row(row.name, row.ours, row.peer, row.ratio, row.goal, row.met, row.unit, note)


def _agreement(log: Log) -> str:
    """Say how far office times of arrows agree with pm4py's, in its own hours."""
    head = log.frame[log.events.case < 2000]
    peer = pm4py.discover_performance_dfg(head, business_hours=True)[0]
    found = steps(log.events.take(log.events.case < 2000))
    graph = counted_working(found, schedule=SLOTS)
    names = found.activities
    ours = {
        (names[a], names[b]): total / 1e6
        for a, b, total in zip(
            graph.source.tolist(), graph.target.tolist(), graph.total.tolist(), strict=True
        )
    }
    same = sum(abs(ours.get(arrow, -1) - told["sum"]) < 1 for arrow, told in peer.items())
    return f"sums of {same} of {len(peer)} arrows agree to the second"


def _by_pandas(frame: pd.DataFrame, *, full: bool = False) -> object:
    after = frame.groupby(CASE, sort=False)[[ACTIVITY, AT]].shift(-1)
    took = (after[AT] - frame[AT]).dt.total_seconds()
    groups = took.groupby([frame[ACTIVITY], after[ACTIVITY]])
    told = groups.agg(["count", "mean", "median"] if full else ["count", "mean"])
    return (told, groups.quantile(0.9)) if full else told


def _conforming(log: Log, rounds: int) -> list[Row]:
    declared = observed(log.events, cover=0.95)
    works: Works = {"ours": lambda: conformance(log.events, declared)}
    if log.name == "receipt":
        net = pm4py.discover_petri_net_inductive(log.frame, noise_threshold=0.2)
        works["pm4py token replay (another question)"] = lambda: _quiet(
            lambda: pm4py.conformance_diagnostics_token_based_replay(log.frame, *net)
        )
        return compared(f"successors allowed, {log.name}", works, goals={}, rounds=min(rounds, 2))
    ours = turns(works, rounds=3)["ours"]
    goal = "< 10 ms" if log.name == "BPIC15_1" else ""
    return [Row(f"successors allowed, {log.name}", ours, None, None, goal, ours < 0.01 if goal else None)]


def mapped() -> list[Row]:
    if not BPIC15.exists():
        return []
    graph = directly_follows(steps(load(BPIC15, picked=BPIC15_COLUMNS).events), schedule=OURS)
    works = {
        str(place): (lambda level=level: layout(flow_map(graph, level=level)))
        for place, level in enumerate(LEVELS)
    }
    worst = max(turns(works, rounds=3).values())
    return [
        Row(
            "map of BPIC15_1, abstracted and laid out, worst level",
            worst,
            None,
            None,
            "< 50 ms",
            worst < 0.05,
        )
    ]


# Stored predecessors, at scale

PASS = r"""
#include <stdint.h>
void follow(const int32_t *a, const int32_t *b, const int64_t *s, const int64_t *e, long n, long wide,
          int64_t *count, int64_t *total) {
  for (long i = 0; i < n; i++) { long k = (long)a[i] * wide + b[i]; count[k]++; total[k] += e[i] - s[i]; }
}
"""


def stored(sizes: list[int]) -> list[Row]:
    rows, took = [], []
    for size in sizes:
        events = synthetic_events(size)
        found = steps(events)
        shuffled = events.take(np.argsort(events.at, kind="stable"))
        works: Works = {"ours": lambda found=found: counted(found)}
        limit = _compiled()
        if limit:
            works["a pass in C"] = lambda found=found, limit=limit: _pass(limit, found)
        columns = pl.DataFrame({"a": found.source, "b": found.target, "t": found.ended - found.begun})
        works["polars group_by"] = lambda columns=columns: columns.group_by("a", "b").agg(
            pl.len(), pl.col("t").mean()
        )
        told = turns(works, rounds=3)
        took.append(told["ours"])
        name = f"directly-follows with mean, predecessor stored, {size:,}"
        for peer in ("a pass in C", "polars group_by"):
            if peer in told:
                ratio = told[peer] / told["ours"]
                goal = "<= 5x" if peer == "a pass in C" else ""
                rows.append(
                    Row(
                        f"{name}; {peer}",
                        told["ours"],
                        told[peer],
                        ratio,
                        goal,
                        ratio >= 0.2 if goal else None,
                    )
                )
        rows.append(_peak(f"its memory above the columns, {size:,}, MiB", partial(counted, found)))
        rows += _sorting(shuffled, size)
        rows += _lazy(events, size, told["ours"])
    if len(took) > 1:
        rows.append(
            Row("10,000,000 events, predecessor stored", took[1], None, None, "<= 0.15 s", took[1] <= 0.15)
        )
        growth = took[1] / took[0]
        rows.append(
            Row("its growth from 10^6 to 10^7", growth, 10, None, "", None, unit="", note="ten is linear")
        )
    return rows


def _sorting(shuffled: Events, size: int) -> list[Row]:
    took = turns({"sort": lambda: counted(steps(arranged(shuffled)))}, rounds=2)
    in_order = arranged(shuffled)
    wide = turns({"all": lambda: directly_follows(steps(in_order), schedule=OURS)}, rounds=1)
    return [
        Row(
            f"the same from events in order of time (sorted first), {size:,}",
            took["sort"],
            None,
            None,
            "",
            None,
        ),
        Row(f"all four parts, mean, median, p90, {size:,}", wide["all"], None, None, "", None),
    ]


def _lazy(events: Events, size: int, ours: float) -> list[Row]:
    """Measure pm4py on polars once."""
    names = np.array(events.activities)
    lazy = pl.DataFrame(
        {
            CASE: pl.Series(events.case).cast(pl.String),
            ACTIVITY: names[events.activity],
            AT: pl.Series(events.at).cast(pl.Datetime("us")),
        }
    ).lazy()
    took = turns({"lazy": lambda: pm4py.discover_performance_dfg(lazy)}, rounds=1)["lazy"]
    name = f"directly-follows with mean, predecessor stored, {size:,}; pm4py performance DFG, polars"
    return [Row(name, ours, took, took / ours, ">= 50x", took / ours >= 50)]


def _compiled() -> ctypes.CDLL | None:
    compiler = shutil.which("cc")
    if not compiler:
        return None
    folder = Path(tempfile.mkdtemp())
    source, library = folder / "pass.c", folder / "pass.so"
    source.write_text(PASS)
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True)
    return ctypes.CDLL(str(library))


def _pass(limit: ctypes.CDLL, found: Steps) -> None:
    wide = len(found.activities)
    count, total = np.zeros(wide * wide, np.int64), np.zeros(wide * wide, np.int64)
    columns = (found.source, found.target, found.begun, found.ended)
    given = [ctypes.c_void_p(column.ctypes.data) for column in (*columns, count, total)]
    limit.follow(*given[:4], ctypes.c_long(len(found)), ctypes.c_long(wide), *given[4:])


def _peak(name: str, work: Callable[[], object]) -> Row:
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Row(name, peak / 2**20, None, None, "", None, unit="")


# The clock in columns


def clock(sizes: list[int]) -> list[Row]:
    rows = []
    for size in sizes:
        draw = np.random.default_rng(5)
        begun = np.datetime64("2021-01-04", "us").astype(np.int64) + draw.integers(0, 10**14, size)
        ended = begun + draw.integers(0, 10**13, size)
        pauses = [(begun + 10**11, begun + 2 * 10**11)]
        both = {
            "plain": lambda: split(begun, ended, schedule=OURS),  # noqa: B023
            "paused": lambda: split(begun, ended, schedule=OURS, pauses=pauses),  # noqa: B023
        }
        took = turns(both, rounds=2)
        copied = turns({"copy": begun.copy}, rounds=3)["copy"]
        rows.append(
            Row(
                f"time split in four, {size:,} rows; a copy of one column",
                took["plain"],
                copied,
                copied / took["plain"],
                "",
                None,
            )
        )
        rows.append(Row(f"the same with a suspension a row, {size:,}", took["paused"], None, None, "", None))
        rows.append(
            _noted(
                _peak(f"its memory, {size:,}, MiB", both["paused"]),
                f"of which the answer {size * 32 / 2**20:.0f}",
            )
        )
        rows += _lit(size, draw)
    return rows


def _lit(size: int, draw: np.random.Generator) -> list[Row]:
    today = date(2025, 6, 11)
    middle = CN.ordinal(today)
    statutory = draw.integers(middle - 200, middle + 200, size).astype(np.int32)
    clocks = columnlights.Clocks(
        axis=np.zeros(size, np.uint8),
        statutory=statutory,
        promised=statutory - draw.integers(0, 20, size).astype(np.int32),
        held=draw.random(size) < 0.05,
        closed=draw.random(size) < 0.5,
    )
    received = date(2024, 1, 1).toordinal() + draw.integers(0, 500, size)
    history = History(
        received=received,
        closed=np.where(clocks.closed, received + draw.integers(1, 80, size), NEVER),
        axis=clocks.axis,
        statutory=clocks.statutory.astype(np.int64),
        promised=clocks.promised.astype(np.int64),
    )
    at = columnlights.marks(today, calendar=CN)
    took = turns(
        {
            "lights": lambda: columnlights.lights(clocks, at),
            "compare": lambda: statutory <= middle,
            "year": lambda: lights_over_time(
                history, first=date(2024, 7, 1), last=date(2025, 6, 30), calendar=CN
            ),
        },
        rounds=2,
    )
    return [
        Row(
            f"lights on a day, {size:,} rows; one comparison of a column",
            took["lights"],
            took["compare"],
            took["compare"] / took["lights"],
            "",
            None,
        ),
        Row(
            f"lights on each of 365 days, {size:,} rows; a day at a time",
            took["year"],
            took["lights"] * 365,
            took["lights"] * 365 / took["year"],
            "",
            None,
            note="the day at a time is 365 times the line above",
        ),
    ]
