"""Rework (返工): what is done again in one and the same case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import Codes, Events
from xiaoneng.law.phrase import Phrase

DEFINITION = Phrase(
    "同一办件中同一环节第二次及以后的每一次为一次返工；其中紧接着重复的单独计数。不判断重复是否必要。",
    "Every time that an activity occurs in a case after its first time there; of these, repetitions at once are told "
    "apart. Whether it had to be repeated is not judged.",
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rework:
    """By activity, those repeated most first: its events, repetitions, those at once, and cases touched."""

    activity: Codes
    events: NDArray[np.int64]
    again: NDArray[np.int64]
    at_once: NDArray[np.int64]
    cases: NDArray[np.int64]


def rework(events: Events) -> Rework:
    """Return how often activities were repeated; activities never repeated are left out."""
    wide = max(1, len(events.activities))
    pairs = np.sort(events.case.astype(np.int64) * wide + events.activity)
    repeated = pairs[1:] == pairs[:-1]
    # The second event of a pair opens it: a case is counted once however often it repeats.
    opens = repeated.copy()
    opens[1:] &= ~repeated[:-1]
    again = np.bincount(pairs[1:][repeated] % wide, minlength=wide)
    cases = np.bincount(pairs[1:][opens] % wide, minlength=wide)
    same = (events.case[1:] == events.case[:-1]) & (events.activity[1:] == events.activity[:-1])
    at_once = np.bincount(events.activity[1:][same], minlength=wide)
    total = np.bincount(events.activity, minlength=wide)
    order = np.lexsort((np.arange(wide), -again))
    order = order[again[order] > 0]
    return Rework(
        activity=order.astype(np.int32),
        events=total[order],
        again=again[order],
        at_once=at_once[order],
        cases=cases[order],
    )
