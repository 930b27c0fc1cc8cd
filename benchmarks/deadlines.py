"""Deadlines beside the libraries people count them with: single calls, a million rows, a changed calendar.

Run: `python -m benchmarks.deadlines` with the bench extra installed; `--small` for a look in seconds. Peers and our
clock take turns in one process; figures are CPU time. Also holds a million random deadlines against numpy's
business-day arithmetic over the full list of rest days, which is exact and shares nothing with our tables.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import numpy as np
import pandas as pd
from workalendar.asia import China

from benchmarks.measure import Row, seconds, table
from xiaoneng.worktime import columns
from xiaoneng.worktime.calendar import CalendarBook, Edition
from xiaoneng.worktime.clock import due
from xiaoneng.worktime.limits import Limit
from xiaoneng.worktime.notice import Notice, NoticeDay, baseline
from xiaoneng.worktime.runs import Pause, Run
from xiaoneng.worktime.workdays import BASE, EPOCH, LENGTH, WorkCalendar

CN = WorkCalendar.build(key="CN", notices=baseline())
CHINA = holidays.country_holidays("CN", years=range(2004, 2028))
OLD = China()
OLD_YEARS = range(2018, 2023)
"""The years whose deadlines workalendar can tell at all: it knows China until 2023."""
FIRST, LAST = date(2018, 1, 1), date(2026, 6, 30)
ONE = timedelta(days=1)
Span = tuple[date, date]
Task = tuple[date, int, list[Span]]


@dataclass(frozen=True)
class Load:
    """A table of clocks as columns: the days of the axis, the limits, two suspensions each."""

    starts: columns.Days
    counts: columns.Days
    pauses: list[tuple[columns.Days, columns.Days]]


def load(rows: int, seed: int = 20260101) -> Load:
    """Draw clocks that start in 2018 to mid-2026, with limits of 1 to 60 and suspensions in order."""
    draw = np.random.default_rng(seed)
    low, high = FIRST.toordinal() - BASE, LAST.toordinal() - BASE
    starts = draw.integers(low, high, rows)
    first = starts + draw.integers(1, 20, rows)
    until = first + draw.integers(0, 15, rows)
    again = until + draw.integers(0, 20, rows)
    ended = again + draw.integers(0, 15, rows)
    small = [
        column.astype(np.int16) for column in (starts, draw.integers(1, 61, rows), first, until, again, ended)
    ]
    return Load(small[0], small[1], [(small[2], small[3]), (small[4], small[5])])


def tasks(rows: Load, count: int) -> list[Task]:
    """Return the first rows as bare dates, for peers that take one at a time."""
    shown = [columns.dates(column[:count]).tolist() for column in (rows.starts, *sum(rows.pauses, ()))]
    return [
        (start, int(n), [(a, b), (c, d)])
        for start, n, a, b, c, d in zip(shown[0], rows.counts[:count], *shown[1:], strict=True)
    ]


def loop(task: Task, working: Callable[[date], bool]) -> date:
    """Count day by day with a library's own predicate, as its users do."""
    day, left, pauses = task[0], task[1], task[2]
    while left:
        day += ONE
        if not any(first <= day < until for first, until in pauses) and working(day):
            left -= 1
    return day


def turns(works: dict[str, Callable[[], object]], *, rounds: int = 5) -> dict[str, float]:
    """Return the CPU seconds of each work, best of some rounds in which all take turns: A-B-C, A-B-C."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(best[name], seconds(work, best_of=1, cpu=True))
    return best


def single(rows: Load, count: int) -> list[Row]:
    """One deadline at a time, bare dates in and a date out, two suspensions."""
    given = tasks(rows, count)
    few = given[: max(20, count // 20)]
    old = [(start, n) for start, n, _ in given if start.year in OLD_YEARS][: len(few)]
    runs = [Run(Limit(n), start, tuple(Pause(*span) for span in spans)) for start, n, spans in given]
    assert [loop(task, CHINA.is_working_day) for task in given] == [CN.last_day(*task) for task in given]
    took = turns(
        {
            "ours": lambda: [CN.last_day(start, n, spans) for start, n, spans in given],
            "bare": lambda: [CN.last_day(start, n) for start, n, _ in given],
            "whole": lambda: [due(run, calendar=CN) for run in runs],
            "holidays": lambda: [loop(task, CHINA.is_working_day) for task in given],
            "nth": lambda: [CHINA.get_nth_working_day(start, n) for start, n, _ in given],
            "chinese": lambda: [loop(task, chinese_calendar.is_workday) for task in few],
            "old": lambda: [OLD.add_working_days(start, n) for start, n in old],
        }
    )
    asked = {"chinese": len(few), "old": len(old)}
    each = {name: taken / asked.get(name, count) for name, taken in took.items()}
    wrong = sum(OLD.add_working_days(start, n) != CN.last_day(start, n) for start, n in old)
    return [
        _row("one deadline, two suspensions: holidays loop", each["ours"], each["holidays"], 120),
        _row("one deadline, two suspensions: chinesecalendar loop", each["ours"], each["chinese"], 1200),
        _row("one deadline, none: holidays get_nth_working_day", each["bare"], each["nth"], None),
        _row(
            "one deadline, none: workalendar add_working_days",
            each["bare"],
            each["old"],
            None,
            f"{wrong} of its {len(old)} answers are wrong, all in {OLD_YEARS[0]} to {OLD_YEARS[-1]}",
        ),
        _row("one whole run through clock.due: holidays loop", each["whole"], each["holidays"], None),
    ]


def busday() -> np.busdaycalendar:
    """Return numpy's calendar made exact: a week of seven days and every rest day listed."""
    one, rest = EPOCH, []
    for _ in range(LENGTH):
        works = chinese_calendar.is_workday(one) if one.year < 2027 else one.weekday() < 5
        rest += [] if works else [one]
        one += ONE
    return np.busdaycalendar("1111111", np.array(rest, dtype="datetime64[D]"))


def by_numpy(rows: Load, exact: np.busdaycalendar, *, suspended: bool) -> np.ndarray:
    """Return the last days by busday_offset, and busday_count for suspensions begun in time."""
    starts = columns.dates(rows.starts)
    last = np.busday_offset(starts, rows.counts, roll="backward", busdaycal=exact)
    for first, until in rows.pauses if suspended else ():
        began, ended = columns.dates(first), columns.dates(until)
        more = np.where(began <= last, np.busday_count(began, ended, busdaycal=exact), 0)
        last = np.busday_offset(last, more, roll="backward", busdaycal=exact)
    return last


def batch(rows: Load, exact: np.busdaycalendar) -> list[Row]:
    """A million at a time, against numpy made exact and against the same loop in C."""
    size = len(rows.starts)
    found = columns.due_ordinals(rows.starts, rows.counts, rows.pauses, calendar=CN)
    same = columns.dates(columns.due_days(found, calendar=CN)) == by_numpy(rows, exact, suspended=True)
    assert same.all(), f"{(~same).sum()} of {size} deadlines differ from numpy's"
    print(f"equal to numpy's exact business days: {size:,} of {size:,} random deadlines")
    offset = pd.tseries.offsets.CustomBusinessDay(20, calendar=exact)
    some = pd.DatetimeIndex(columns.dates(rows.starts[: size // 100]))
    took = turns(
        {
            "two": lambda: columns.due_ordinals(rows.starts, rows.counts, rows.pauses, calendar=CN),
            "none": lambda: columns.due_ordinals(rows.starts, rows.counts, calendar=CN),
            "peer two": lambda: by_numpy(rows, exact, suspended=True),
            "peer none": lambda: by_numpy(rows, exact, suspended=False),
            "pandas": lambda: some + offset,
            **in_c(rows, found),
        }
    )
    each = {name: taken / (len(some) if name == "pandas" else size) for name, taken in took.items()}
    lines = [
        _row("a row of a batch, two suspensions: numpy busday exact", each["two"], each["peer two"], 80),
        _row("a row of a batch, none: numpy busday_offset exact", each["none"], each["peer none"], 50),
        _row("a row of a batch, none: pandas CustomBusinessDay", each["none"], each["pandas"], None),
    ]
    if "limit" in each:
        over = each["two"] / each["limit"]
        name = "a row of a batch, two suspensions: the loop in C (limit; ours over it)"
        lines.append(Row(name, each["two"], each["limit"], over, "<= 3x", over <= 3))
    lines.append(Row("a million deadlines, two suspensions", each["two"] * 1e6, None, None, "", None))
    return lines


C_LOOP = """
#include <stdint.h>
typedef int16_t d;
void ends(const d *w, const d *s, const d *n, const d *a, const d *b, const d *c, const d *e, d *out, long rows) {
  for (long i = 0; i < rows; i++) {
    d reach = w[s[i] + 1], last = reach + n[i];
    d x = w[a[i]] > reach ? w[a[i]] : reach, y = w[b[i]] > x ? w[b[i]] : x;
    if (x < last) { last += y - x; reach = y; }
    x = w[c[i]] > reach ? w[c[i]] : reach; y = w[e[i]] > x ? w[e[i]] : x;
    if (x < last) last += y - x;
    out[i] = last;
  }
}
"""


def in_c(rows: Load, expected: columns.Days) -> dict[str, Callable[[], object]]:
    """Return the same arithmetic in C, the limit of this machine; nothing without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("no C compiler here: the limit is not measured")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "ends.c"), Path(folder, "ends.so")
        source.write_text(C_LOOP)
        subprocess.run(
            [compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", library, source], check=True
        )
        ends = ctypes.CDLL(str(library)).ends
    before, out = columns.tables(CN).before, np.empty_like(rows.starts)
    given = [before, rows.starts, rows.counts, *sum(rows.pauses, ()), out]
    pointers = [ctypes.c_void_p(column.ctypes.data) for column in given]

    def limit() -> list[np.ndarray]:
        ends(*pointers, ctypes.c_long(len(out)))
        return given  # keeps the columns alive while their addresses are in use

    limit()
    assert (out == expected).all()
    return {"limit": limit}


def changed_calendar(rows: Load) -> list[Row]:
    """A notice for 2027 over a million open rows, until the most urgent fifty are shown with their new dates."""
    size = len(rows.starts)
    ordinals = columns.due_ordinals(rows.starts, rows.counts, rows.pauses, calendar=CN)
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE clock (number INTEGER PRIMARY KEY, due_ord INTEGER, due_day INTEGER)")
    base.execute("CREATE INDEX by_ord ON clock (due_ord)")
    base.execute("CREATE INDEX by_day ON clock (due_day)")
    days = columns.due_days(ordinals, calendar=CN).tolist()
    base.executemany(
        "INSERT INTO clock VALUES (?, ?, ?)", zip(range(size), ordinals.tolist(), days, strict=True)
    )
    base.commit()
    written = base.total_changes
    new_year = tuple(NoticeDay(date(2027, 1, n), "元旦", working=False) for n in (1, 2, 3))
    notice = Notice(2027, ("notice",), new_year)
    zone = ZoneInfo("Asia/Shanghai")
    book = CalendarBook.begin(CN, known_from=datetime(2025, 11, 4, tzinfo=zone), because=notice.title)

    def learn() -> list[date]:
        calendar = WorkCalendar.build(key="CN", notices=(*baseline(), notice))
        known = book.add(Edition(calendar, datetime(2026, 11, 25, tzinfo=zone), notice.title)).latest
        urgent = base.execute("SELECT due_ord FROM clock ORDER BY due_ord LIMIT 50")
        return [known.day(ordinal) for (ordinal,) in urgent]

    def rewrite() -> None:
        changed = "UPDATE clock SET due_day = ? WHERE number = ?"
        base.executemany(changed, zip(days, range(size), strict=True))

    ours = seconds(learn, best_of=5)
    rewritten = base.total_changes - written
    peer = seconds(rewrite, best_of=1)
    name = f"a changed calendar, {size:,} open rows, {rewritten} written: rewriting their days"
    return [Row(name, ours, peer, peer / ours, "<= 20 ms, 0 rows", ours <= 0.02 and rewritten == 0)]


def run(*, quick: bool) -> list[Row]:
    """Return every figure, measured now; `quick` takes a hundredth of the rows."""
    warnings.simplefilter("ignore", pd.errors.PerformanceWarning)
    rows, calls = (load(10_000), 200) if quick else (load(1_000_000), 2_000)
    exact = busday()
    return [*single(rows, calls), *batch(rows, exact), *changed_calendar(rows)]


def _row(name: str, ours: float, peer: float, goal: int | None, note: str = "") -> Row:
    ratio = peer / ours
    return Row(
        name, ours, peer, ratio, f">= {goal}x" if goal else "", ratio >= goal if goal else None, note=note
    )


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--small", action="store_true", help="a hundredth of the rows")
    print(table(run(quick=given.parse_args().small)))


if __name__ == "__main__":
    main()
