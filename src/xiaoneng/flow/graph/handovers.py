"""Hand-overs (交接) between posts or people, and ping-pong (往返): A gives to B, and B gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import NONE, Codes, Events
from xiaoneng.flow.graph.grouped import grouped
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.columnspans import worked
from xiaoneng.worktime.schedule import Schedule

DEFINITION = Phrase(
    "同一办件中，一个有记录的经手人之后，下一个有记录的经手人不是同一人，为一次交接；其时间从前者最后一个事件到后者第一个事件。"
    "未记录经手人的事件跳过，并单独计数。交给他人、下一次又交回原经手人的，为一次往返。",
    "A hand-over is where, in one case, the next holder on record is another than the one before; its time runs from "
    "the last event of the one to the first of the other. Events without a holder are passed over and counted apart. "
    "Where the next hand-over gives the case back to the one it came from, that is one ping-pong.",
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class HandOvers:
    """Who gave to whom (codes): how often, in how many of these the case came straight back, and office time.

    `unknown` counts events whose holder nobody recorded, `cases` those with at least one ping-pong.
    """

    giver: Codes
    taker: Codes
    count: NDArray[np.int64]
    returned: NDArray[np.int64]
    working: NDArray[np.int64]
    unknown: int
    cases: int


def hand_overs(events: Events, holder: Codes, *, schedule: Schedule | None = None) -> HandOvers:
    """Return the hand-overs of sorted events; `holder` is their column of actors, posts or agencies.

    Without a schedule, `working` is the time elapsed.
    """
    known = holder != NONE
    whole = bool(known.all())
    case, at, who = (
        (events.case, events.at, holder) if whole else (events.case[known], events.at[known], holder[known])
    )
    given = np.flatnonzero((case[1:] == case[:-1]) & (who[1:] != who[:-1]))
    givers, takers, cases = who[given], who[given + 1], case[given]
    back = np.zeros(len(given), dtype=np.bool_)
    back[:-1] = (cases[1:] == cases[:-1]) & (takers[1:] == givers[:-1])
    passed = _passed(at[given], at[given + 1], schedule)
    wide = int(who.max()) + 1 if len(who) else 1
    groups = grouped(givers.astype(np.int64) * wide + takers, below=wide * wide)
    giver, taker = np.divmod(groups.keys, wide)
    return HandOvers(
        giver=giver.astype(np.int32),
        taker=taker.astype(np.int32),
        count=groups.counts,
        returned=groups.totals(back),
        working=groups.totals(passed),
        unknown=len(holder) - len(who),
        cases=len(np.unique(cases[back])),
    )


def _passed(
    begun: NDArray[np.int64], ended: NDArray[np.int64], schedule: Schedule | None
) -> NDArray[np.int64]:
    return ended - begun if schedule is None else worked(begun, ended, schedule=schedule)
