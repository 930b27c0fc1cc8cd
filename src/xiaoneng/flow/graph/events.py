"""Events as columns (事件列), in the order of their cases, and the steps between them. Knows no question.

Codes number the names of a column; `NONE` stands for what was not recorded. Instants are microseconds since 1970 in
UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Instants = NDArray[np.int64]
Mask = NDArray[np.bool_]

NONE = -1


class Effect(IntEnum):
    """What an event does to its case's clock, as a number; the names are those of the column `effect`."""

    NOTHING = 0
    START = 1
    STOP = 2
    SUSPEND = 3
    RESUME = 4
    EXTEND = 5
    ASK = 6
    SUPPLY = 7
    HAND_OVER = 8
    DONE = 9


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Events:
    """Columns of events sorted by case, then by order in the case; made by `arranged` from any order.

    `activities`, `actors`, `posts`, `agencies` are the names that the codes number; a column may be absent.
    """

    case: Codes
    activity: Codes
    at: Instants
    activities: tuple[str, ...]
    actor: Codes | None = None
    actors: tuple[str, ...] = ()
    post: Codes | None = None
    posts: tuple[str, ...] = ()
    agency: Codes | None = None
    agencies: tuple[str, ...] = ()
    effect: NDArray[np.int8] | None = None

    def __len__(self) -> int:
        return len(self.case)

    def firsts(self) -> Mask:
        """Return which events are the first of their case."""
        first = np.ones(len(self.case), dtype=np.bool_)
        np.not_equal(self.case[1:], self.case[:-1], out=first[1:])
        return first

    def take(self, rows: Mask | Instants) -> Events:
        """Return the events at some places, in the order given."""
        return replace(
            self,
            case=self.case[rows],
            activity=self.activity[rows],
            at=self.at[rows],
            actor=None if self.actor is None else self.actor[rows],
            post=None if self.post is None else self.post[rows],
            agency=None if self.agency is None else self.agency[rows],
            effect=None if self.effect is None else self.effect[rows],
        )


def arranged(events: Events) -> Events:
    """Return events sorted by case and instant; those of one instant keep the order in which they were read.

    Columns in order already are returned as they are.
    """
    case, at = events.case, events.at
    sorted_case = bool((case[1:] >= case[:-1]).all())
    if sorted_case and bool((at[1:] >= at[:-1])[case[1:] == case[:-1]].all()):
        return events
    if bool((at[1:] >= at[:-1]).all()):
        return events.take(np.argsort(case, kind="stable"))
    return events.take(np.lexsort((at, case)))


def coded(
    names: Sequence[str], *, missing: frozenset[str] = frozenset({""})
) -> tuple[Codes, tuple[str, ...]]:
    """Return a column of names as codes and the names, numbered as they first appear; `missing` become `NONE`."""
    numbers: dict[str, int] = {}
    raw = np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int32)
    kept = [name for name in numbers if name not in missing]
    codes = np.full(len(numbers), NONE, dtype=np.int32)
    codes[[numbers[name] for name in kept]] = np.arange(len(kept))
    return codes.take(raw), tuple(kept)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Steps:
    """Every step from an event to the next of its case, as columns; from sorted events or stored predecessors.

    `case` and the states may be absent. `suspended` and `waiting` say in which state of its case
    a step passed.
    """

    source: Codes
    target: Codes
    begun: Instants
    ended: Instants
    activities: tuple[str, ...]
    case: Codes | None = None
    suspended: Mask | None = None
    waiting: Mask | None = None

    def __len__(self) -> int:
        return len(self.source)


def steps(events: Events) -> Steps:
    """Return the steps of sorted events; states follow from the effects of the events before a step."""
    same = events.case[1:] == events.case[:-1]
    suspended, waiting = _states(events)
    return Steps(
        source=events.activity[:-1][same],
        target=events.activity[1:][same],
        begun=events.at[:-1][same],
        ended=events.at[1:][same],
        activities=events.activities,
        case=events.case[1:][same],
        suspended=None if suspended is None else suspended[:-1][same],
        waiting=None if waiting is None else waiting[:-1][same],
    )


def stored(
    *, activity: Codes, at: Instants, before: Codes, before_at: Instants, activities: tuple[str, ...]
) -> Steps:
    """Return the steps of events that keep their predecessor, in any order; the first of a case has `NONE` before."""
    follows = before != NONE
    return Steps(
        source=before[follows],
        target=activity[follows],
        begun=before_at[follows],
        ended=at[follows],
        activities=activities,
    )


def _states(events: Events) -> tuple[Mask | None, Mask | None]:
    if events.effect is None:
        return None, None
    begins, ends = (Effect.SUSPEND, Effect.RESUME), (Effect.ASK, Effect.SUPPLY)
    return (_standing(events, *begins), _standing(events, *ends))


def _standing(events: Events, begins: Effect, ends: Effect) -> Mask:
    """Return after which events of its case what one effect begins has not been ended by another."""
    effect, rows = events.effect, np.arange(len(events))
    if effect is None or not len(rows):
        return np.zeros(len(rows), dtype=np.bool_)
    closed = (effect == ends) | (effect == Effect.DONE) | (effect == Effect.STOP)
    last = np.maximum.accumulate(np.where((effect == begins) | closed, rows, 0))
    begin = np.maximum.accumulate(np.where(events.firsts(), rows, 0))
    standing: Mask = (last >= begin) & (effect[last] == begins)
    return standing
