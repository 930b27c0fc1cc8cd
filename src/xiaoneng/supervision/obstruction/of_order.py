"""The question of order (次序之问): which steps follow each other though nothing declared, or usual, allows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.columns.selected import NEVER
from xiaoneng.flow.graph.conformance import Automaton, Conformance, conformance, observed
from xiaoneng.flow.graph.events import Events
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.answers import CASES, Answer, Row, Subject

COVER = 0.95
"""Share of the steps of the earlier half of the cases whose pairs serve as a yardstick where nothing is declared."""
BEGINNING = Phrase("（起始）", "(beginning)")
ENDING = Phrase("（终结）", "(end)")
USUAL = Phrase(
    "来源没有声明办理次序：以较早一半办件最常见的前后关系（合计占 95%）为准，检查较晚的一半；这只是比较，不是规定。",
    "The feed declares no order: the later half of the cases is held against the pairs usual in the earlier half "
    "(those that make up 95 %). This compares; it is no rule.",
)
Mask = NDArray[np.bool_]
Held = tuple[Events, Automaton]


def order(asked: Subject) -> Answer:
    """Return the pairs that what is declared, or what was usual before, does not allow."""
    if asked.declared:
        found, note = [_judged(asked, *one) for one in _declared(asked)], asked.declared_by
    else:
        found, note = [_judged(asked, *_usual(asked))], USUAL
    n, conforming = sum(len(one.cases) for one in found), sum(one.conforming for one in found)
    zh, en = f"{n:,} 件中 {conforming:,} 件合规。", f"Of {n:,} cases {conforming:,} conform."
    notes = tuple(one for one in (Phrase(zh, en), note) if one is not None)
    return Answer(rows=_rows(found, asked.selected.events.activities), n=n, of=CASES, notes=notes)


def _rows(found: Sequence[Conformance], names: tuple[str, ...]) -> tuple[Row, ...]:
    begins, ends = sum(one.bad_starts for one in found), sum(one.bad_ends for one in found)
    told: list[Row] = [(BEGINNING, Phrase("未列为起始的环节", "one that may not begin"), begins)]
    told += [(Phrase("未列为终结的环节", "one that may not end"), ENDING, ends)]
    pairs: Counter[tuple[int, int]] = Counter()
    for one in found:
        for source, target, count in zip(
            one.source.tolist(), one.target.tolist(), one.count.tolist(), strict=True
        ):
            pairs[source, target] += count
    told += [
        (names[a], names[b], n) for (a, b), n in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return tuple(row for row in told if row[2])


def _declared(asked: Subject) -> list[Held]:
    """Return the events of the cases whose number begins with each prefix, and what is declared of them."""
    events, cases = asked.selected.events, asked.selected.cases
    found = []
    for prefix, declared in asked.declared.items():
        of = np.array([name.startswith(prefix) for name in cases], dtype=np.bool_)
        found.append((events.take(of[events.case]) if len(events) else events, declared))
    return found


def _usual(asked: Subject) -> Held:
    """Return the events of the later half of the cases, and what the earlier half usually did."""
    cases, events = asked.selected.facts, asked.selected.events
    middle = np.median(cases.started) if len(cases) else 0
    later = (cases.started > middle)[events.case] if len(cases) else np.zeros(len(events), dtype=np.bool_)
    return events.take(later), observed(events.take(~later), cover=COVER)


def _judged(asked: Subject, events: Events, declared: Automaton) -> Conformance:
    return conformance(events, declared, closed=_closed(asked, events))


def _closed(asked: Subject, events: Events) -> Mask:
    ended = asked.selected.facts.ended
    present = events.case[np.flatnonzero(events.firsts())] if len(events) else events.case
    closed: Mask = ((ended != NEVER) & (ended <= asked.as_of))[present]
    return closed
