"""Whether cases went the way that was declared (合规检查): each step against the pairs that a procedure allows.

This asks whether a step is allowed after the one before it. It is the question that a statutory procedure puts; it is
not the replay of a Petri net, and no figure of it may be compared with one as if it were.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import Codes, Events
from xiaoneng.law.phrase import Phrase

DEFINITION = Phrase(
    "办件的首个环节须是规定的起始环节，其后每个环节须是规定允许紧接前一环节的；已办结的办件，末个环节须是规定的终结环节。"
    "全部符合的办件为合规办件。只检查先后次序，不检查期限。",
    "A case conforms if its first activity is one that may begin, each further one may follow the one before, and, for "
    "closed cases, the last is one that may end. Only the order is checked, not the limits.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Automaton:
    """What is declared: activities that may begin, pairs that may follow each other, activities that may end.

    With `ends` empty any activity may be the last.
    """

    starts: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    ends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Conformance:
    """How cases went: `breaks` counts what was not allowed in each case, in the order of cases.

    `source`, `target`, `count` are the pairs not allowed, the commonest first; `bad_starts` and `bad_ends` count cases.
    """

    cases: Codes
    breaks: NDArray[np.int64]
    source: Codes
    target: Codes
    count: NDArray[np.int64]
    bad_starts: int
    bad_ends: int

    @property
    def conforming(self) -> int:
        """Return how many cases went as declared."""
        return int((self.breaks == 0).sum())


def conformance(
    events: Events, declared: Automaton, *, closed: NDArray[np.bool_] | None = None
) -> Conformance:
    """Return how sorted events keep to what is declared.

    `closed` says of each case, in order, whether it has ended; without it no end is checked.
    """
    wide = max(1, len(events.activities))
    starts = np.flatnonzero(events.firsts()) if len(events) else np.zeros(0, dtype=np.int64)
    broken, keys = _broken_steps(events, declared, wide)
    first = ~_known(events, declared.starts)[events.activity[starts]]
    last = _bad_ends(events, declared, starts, closed)
    breaks = np.add.reduceat(broken.astype(np.int64), starts) if len(starts) else np.zeros(0, dtype=np.int64)
    found = np.bincount(keys[broken], minlength=1)
    present = np.flatnonzero(found)
    order = present[np.lexsort((present, -found[present]))]
    return Conformance(
        cases=events.case[starts],
        breaks=breaks + first + last,
        source=(order // wide).astype(np.int32),
        target=(order % wide).astype(np.int32),
        count=found[order],
        bad_starts=int(first.sum()),
        bad_ends=int(last.sum()),
    )


def _broken_steps(
    events: Events, declared: Automaton, wide: int
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which events may not follow the one before, and the key of each pair."""
    keys = np.zeros(len(events), dtype=np.int64)
    np.multiply(events.activity[:-1], wide, out=keys[1:], dtype=np.int64)
    keys += events.activity
    broken = ~_allowed(events.activities, declared.pairs).ravel()[keys] if len(events) else keys > 0
    broken &= ~events.firsts()
    return broken, keys


def _allowed(names: tuple[str, ...], pairs: Iterable[tuple[str, str]]) -> NDArray[np.bool_]:
    codes = {name: code for code, name in enumerate(names)}
    allowed = np.zeros((len(names), len(names)), dtype=np.bool_)
    for source, target in pairs:
        if source in codes and target in codes:
            allowed[codes[source], codes[target]] = True
    return allowed


def _known(events: Events, names: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([name in names for name in events.activities], dtype=np.bool_)


def _bad_ends(
    events: Events, declared: Automaton, starts: NDArray[np.int64], closed: NDArray[np.bool_] | None
) -> NDArray[np.bool_]:
    if closed is None or not declared.ends or not len(starts):
        return np.zeros(len(starts), dtype=np.bool_)
    lasts = np.append(starts[1:], len(events)) - 1
    bad: NDArray[np.bool_] = ~_known(events, declared.ends)[events.activity[lasts]]
    return bad & closed


def observed(events: Events, *, cover: float = 1.0) -> Automaton:
    """Return the automaton that the commonest pairs make, so many that they cover a share of all steps.

    For comparing months or agencies with each other; it is no declaration of what ought to be.
    """
    wide = max(1, len(events.activities))
    firsts = events.firsts()
    target = np.flatnonzero(~firsts)
    keys = events.activity[target - 1].astype(np.int64) * wide + events.activity[target]
    present, count = np.unique(keys, return_counts=True)
    order = np.lexsort((present, -count))
    enough = int(np.searchsorted(np.cumsum(count[order]), cover * len(keys))) + 1
    names = events.activities
    pairs = [(names[key // wide], names[key % wide]) for key in present[order[:enough]].tolist()]
    begins = np.unique(events.activity[firsts]).tolist()
    return Automaton(starts=frozenset(names[code] for code in begins), pairs=frozenset(pairs))
