"""Questions on cases (办件之问): lights, late shares, fair comparison, what could be promised. Values in, values out."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.columns.lights import CODE, LIGHTS, are_late, fell_due, lights_of
from xiaoneng.flow.columns.selected import NEVER
from xiaoneng.flow.graph.events import NONE, Codes
from xiaoneng.flow.graph.lateness import fair_shares, late_shares, special_cases
from xiaoneng.flow.graph.promise import promises
from xiaoneng.flow.judge import CaseLight, Yardstick
from xiaoneng.flow.share import SMALL
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.answers import CASES, UNRECORDED, Answer, Cell, Row, Subject
from xiaoneng.worktime.columnspans import worked_days

Mask = NDArray[np.bool_]

SHOWN = tuple(light for light in CaseLight if light is not CaseLight.NOT_YET)
MOST_DAYS = 120
"""So many days of a course of lights at most; a longer period is told in steps of several days."""
FEW = Phrase(
    f"不足 {SMALL} 件的组列出但不作比较。", f"Groups of fewer than {SMALL} are shown, not to be compared."
)
NONE_DUE = Phrase("到这一时刻还没有办件届期。", "At this instant no deadline has passed yet.")
NO_DUE = Phrase(
    "这些办件没有期限记录，无从判断超期。", "No deadlines are on record for these cases: nothing can be late."
)


def lights(asked: Subject) -> Answer:
    """Return how many cases show each light."""
    counts = _counts(asked, asked.yardstick())
    n = int(counts.sum())
    rows = [(light.phrase, int(counts[CODE[light]]), _part(int(counts[CODE[light]]), n)) for light in SHOWN]
    return Answer(rows=tuple(row for row in rows if row[1]), n=n, of=CASES)


def over_time(asked: Subject) -> Answer:
    """Return the lights at the end of every day, or of every so many days, up to the instant of judgement."""
    cases = asked.selected.facts
    started = cases.started[cases.within & (cases.started <= asked.as_of)]
    if not len(started):
        return Answer(rows=(), n=0, of=CASES)
    whole = (asked.as_of - int(started.min())) // (86_400 * 1_000_000) + 1
    step = -(-whole // MOST_DAYS)
    rows: list[Row] = []
    for back in range(0, whole, step):
        at = asked.local - timedelta(days=back)
        counts = _counts(asked, asked.yardstick(at))
        rows.append((at.date().isoformat(), *(int(counts[CODE[light]]) for light in SHOWN)))
    notes = (Phrase(f"每 {step} 天一行。", f"One line every {step} days."),) if step > 1 else ()
    return Answer(rows=tuple(reversed(rows)), n=len(started), of=CASES, notes=notes)


def late(asked: Subject) -> Answer:
    """Return the late share by a group."""
    rows, is_late = fallen_due(asked)
    group, names = _group(asked)
    found = late_shares(group[rows], is_late[rows])
    shares: list[Row] = [
        (_named(code, names), *told)
        for code, *told in zip(
            found.group.tolist(),
            *(found.late.tolist(), found.n.tolist(), found.share.tolist()),
            *(found.low.tolist(), found.high.tolist(), found.shrunk.tolist()),
            strict=True,
        )
    ]
    shares.sort(key=lambda row: (_number(row[2]) < SMALL, -_number(row[3]), -_number(row[2])))
    return Answer(rows=tuple(shares), n=len(rows), of=CASES, notes=_of_due(asked, len(rows)))


def fair(asked: Subject) -> Answer:
    """Return the late shares of agencies or departments as if each had the mix of all."""
    rows, is_late = fallen_due(asked)
    group, names = _group(asked)
    cases, events = asked.selected.facts, asked.selected.events
    special = special_cases(events, cases=len(cases))
    found = fair_shares(group[rows], cases.item[rows], special[rows], is_late[rows])
    shares: list[Row] = [
        (_named(code, names), *told)
        for code, *told in zip(
            found.agency.tolist(),
            *(found.late.tolist(), found.n.tolist(), found.plain.tolist(), found.fair.tolist()),
            *(found.low.tolist(), found.high.tolist(), found.covered.tolist()),
            strict=True,
        )
    ]
    shares.sort(key=lambda row: (_number(row[2]) < SMALL, -_number(row[4]), -_number(row[2])))
    return Answer(rows=tuple(shares), n=len(rows), of=CASES, notes=_of_due(asked, len(rows)))


def promised(asked: Subject) -> Answer:
    """Return which limit each group could have promised."""
    cases, group = asked.selected.facts, _group(asked)
    sound = cases.within & (cases.started != NEVER) & (cases.started <= asked.as_of)
    sound &= (cases.ended == NEVER) | (cases.ended >= cases.started)
    rows = np.flatnonzero(sound)
    closed = (cases.ended != NEVER) & (cases.ended <= asked.as_of)
    until = np.where(closed, cases.ended, asked.as_of)
    used = worked_days(cases.started[rows], until[rows], schedule=asked.schedule)
    found = promises(group[0][rows], used, closed[rows])
    told: list[Row] = [
        (_named(one.group, group[1]), one.closed + one.still_open, one.still_open, one.quantile, one.days)
        for one in found
    ]
    told.sort(key=lambda row: -_number(row[1]))
    return Answer(rows=tuple(told), n=len(rows), of=CASES)


def _counts(asked: Subject, by: Yardstick) -> NDArray[np.int64]:
    cases = asked.selected.facts
    found = lights_of(cases, by=by)[cases.within]
    counts = np.bincount(found, minlength=len(LIGHTS))
    counts[CODE[CaseLight.NOT_YET]] = 0
    return counts


def fallen_due(asked: Subject) -> tuple[NDArray[np.int64], Mask]:
    """Return the places of the cases whose deadline has passed, and of every case whether it is late."""
    cases, by = asked.selected.facts, asked.yardstick()
    found = lights_of(cases, by=by)
    return np.flatnonzero(fell_due(cases, found, by=by) & cases.within), are_late(found)


def _of_due(asked: Subject, fallen: int) -> tuple[Phrase, ...]:
    cases = asked.selected.facts
    known = bool((cases.within & (cases.due != NEVER)).any())
    return (FEW,) if fallen else (NONE_DUE,) if known else (NO_DUE,)


def _group(asked: Subject) -> tuple[Codes, tuple[str, ...]]:
    cases = asked.selected.facts
    return {
        "channel": (cases.channel, cases.channels),
        "department": (cases.department, cases.departments),
        "person": (cases.person, cases.persons),
        "agency": (cases.agency, cases.agencies),
        "item": (cases.item, cases.items),
    }[asked.by]


def _named(code: int, names: tuple[str, ...]) -> str | Phrase:
    return UNRECORDED if code == NONE else names[code]


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def _part(count: int, n: int) -> float | None:
    return count / n if n else None
