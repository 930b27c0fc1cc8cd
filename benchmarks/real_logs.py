"""The figures of `docs/what-real-logs-show.md` on where two municipalities stick, measured again: `python -m
benchmarks.real_logs` (needs the logs; XIAONENG_DATA says where).

Office hours of these municipalities are not in their logs: Monday to Friday 08:30 to 17:00 without the public holidays
of the Netherlands is our assumption, and every share of office time hangs on it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.flow_logs import BPIC15, BPIC15_COLUMNS, DATA
from xiaoneng.flow.graph.batching import heaps, stamping
from xiaoneng.flow.graph.directly import directly_follows
from xiaoneng.flow.graph.events import Effect, Events, steps
from xiaoneng.flow.graph.handovers import hand_overs
from xiaoneng.flow.graph.loading import Picked, instants, load
from xiaoneng.flow.graph.rework import rework
from xiaoneng.flow.graph.variants import variants
from xiaoneng.worktime.columnhours import to_local
from xiaoneng.worktime.schedule import DAY, Schedule
from xiaoneng.worktime.spans import Span

ZONE = ZoneInfo("Europe/Amsterdam")
EASTERS = [
    date(2010, 4, 4),
    date(2011, 4, 24),
    date(2012, 4, 8),
    date(2013, 3, 31),
    date(2014, 4, 20),
    date(2015, 4, 5),
]
MOVING = (1, 39, 50)
ASKED, SUPPLIED = "08_AWB45_020_1", ("08_AWB45_030", "08_AWB45_040")
EXTENDED = "06_VD_010"


def holidays() -> list[date]:
    """Return the public holidays of the Netherlands over the years of the logs."""
    found = [date(2010, 5, 5), date(2015, 5, 5)]
    for easter in EASTERS:
        year = easter.year
        queen = date(year, 4, 30) if year < 2014 else date(year, 4, 26 if year == 2014 else 27)
        found += [date(year, 1, 1), queen, date(year, 12, 25), date(year, 12, 26)]
        found += [easter + timedelta(days=days) for days in MOVING]
    return found


HALL = Schedule(
    key="NL",
    week=(*((Span(510, 1020),),) * 5, (), ()),
    other=tuple((day, ()) for day in sorted(set(holidays()))),
    zone=ZONE,
)


def where_it_sticks(events: Events, *, top: int = 10) -> None:
    graph, day = directly_follows(steps(events), schedule=HALL), HALL.longest_day()
    whole, elapsed = graph.working.total.sum(), graph.elapsed.total.sum()
    print(
        f"{len(graph)} arrows, {graph.count.sum():,} steps, {elapsed / DAY:,.0f} days, {whole / day:,.0f} working days"
    )
    parts = {name: getattr(graph, name).total.sum() / elapsed for name in ("working", "suspended", "out")}
    print("  of all time: " + ", ".join(f"{name} {share:.1%}" for name, share in parts.items()))
    for place in np.argsort(-graph.working.total)[:top].tolist():
        source, target = (graph.activities[codes[place]] for codes in (graph.source, graph.target))
        lost = graph.working.total[place]
        print(
            f"  {source} > {target}: {graph.count[place]} times, {lost / day:,.0f} working days ({lost / whole:.1%}), "
            f"median {graph.working.median[place] / day:.2f}, p90 {graph.working.p90[place] / day:.1f}"
        )


def people(events: Events) -> None:
    assert events.actor is not None
    given = hand_overs(events, events.actor, schedule=HALL)
    print(
        f"{given.count.sum():,} hand-overs, {given.working.sum() / HALL.longest_day():,.0f} working days between them, "
        f"{given.returned.sum()} came back at once, in {given.cases} cases"
    )
    habits = stamping(events, events.actor, names=events.actors, schedule=HALL)
    late, of = sum(one.late.count for one in habits), sum(one.late.n for one in habits)
    print(f"last half hour or after: {late} of {of:,} ({late / of:.1%}; even work {habits[0].even:.1%})")
    for one in habits:
        if one.striking:
            print(f"  {one.late.name}: {one.late.count} of {one.late.n}, {one.late.interval}")
    found = heaps(events, events.actor)
    print(
        f"in heaps: {found.inside.sum():,} of {len(events):,} events, {found.heaps.sum():,} heaps, "
        f"largest {found.largest.max()}"
    )
    paths, again = variants(events), rework(events)
    print(
        f"{len(paths.count)} paths, the commonest {paths.coverage[0]:.1%}, {(paths.count == 1).sum()} taken once"
    )
    print(f"{again.again.sum()} repetitions")


def receipt() -> None:
    events = load(DATA / "wabo-receipt" / "receipt.csv", picked=Picked()).events
    where_it_sticks(events)
    people(events)


def permits() -> None:
    more = ("event_planned", "event_dueDate", "event_dateFinished", "event_question")
    log = load(BPIC15, picked=BPIC15_COLUMNS, more=more)
    events, answer = log.events, log.more["event_question"]
    code = np.array(events.activities)[events.activity]
    effect = np.zeros(len(events), np.int8)
    effect[code == ASKED] = Effect.SUSPEND
    effect[np.isin(code, SUPPLIED)] = Effect.RESUME
    extended = (code == EXTENDED) & (answer == "True")
    print(f"extended: {extended.sum()} of {(code == EXTENDED).sum()} asked")
    where_it_sticks(replace(events, effect=effect))
    waits(events, code)
    tasks(events, log.more)
    people(events)


def waits(events: Events, code: np.ndarray) -> None:
    """How long the town waited for missing material."""
    days, never = [], 0
    for case in np.unique(events.case[code == ASKED]).tolist():
        mine = np.flatnonzero(events.case == case)
        asked = mine[code[mine] == ASKED][0]
        supplied = [row for row in mine if code[row] == SUPPLIED[1] and events.at[row] >= events.at[asked]]
        never += not supplied
        days += [(events.at[supplied[0]] - events.at[asked]) / DAY] if supplied else []
    told = np.array(days)
    print(
        f"missing material: {len(told) + never} cases, supplied in {len(told)}, median {np.median(told):.0f} days, "
        f"p90 {np.quantile(told, 0.9):.0f}, over 42 days {(told > 42).sum()}, never {never}"
    )


def tasks(events: Events, more: dict[str, np.ndarray]) -> None:
    """Lights of tasks, and how late they were written down, in local days."""
    done = _days(events.at)
    planned, due = _read(more["event_planned"], _UTC), _read(more["event_dueDate"], _UTC)
    written = _read(more["event_dateFinished"], ZONE)
    for name, at in (("done", done), ("written", written)):
        yellow, red = (at > planned) & (planned > 0), (at > due) & (due > 0)
        print(
            f"{name}: after planned {yellow.sum():,} of {(planned > 0).sum():,}, "
            f"after due {red.sum()} of {(due > 0).sum():,}"
        )
    hidden = ((written > due) & (done <= due) & (due > 0)).sum()
    print(f"in time by the day done, late by the day written: {hidden}")
    lag = written - done
    print(
        f"written later than done: {(lag > 0).sum():,} of {len(lag):,} ({(lag > 0).mean():.1%}), more than a week "
        f"{(lag > 7).sum():,}, more than thirty days {(lag > 30).sum():,}; dated after it was written {(lag < 0).sum():,}"
    )
    years = done.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    print(
        "  more than a week, by year: "
        + ", ".join(f"{y} {(lag[years == y] > 7).mean():.1%}" for y in np.unique(years))
    )


_UTC = ZoneInfo("UTC")


def _days(at: np.ndarray) -> np.ndarray:
    return to_local(at.astype("datetime64[us]"), zone=ZONE).astype("datetime64[D]").astype(np.int64)


def _read(texts: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """Return local days, 0 where nothing is written."""
    days = np.zeros(len(texts), np.int64)
    said = texts != ""
    days[said] = _days(instants(tuple(texts[said].tolist()), zone=zone))
    return days


if __name__ == "__main__":
    print("WABO receipt")
    receipt()
    print("\nBPIC15 municipality 1")
    permits()
