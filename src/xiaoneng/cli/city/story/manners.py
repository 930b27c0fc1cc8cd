"""How often matters go which way (比例): shares for a usual office, and what a poor one does more of. Pure chance."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from xiaoneng.cli.city.roll import Offered
from xiaoneng.cli.city.shape import CaseKind
from xiaoneng.cli.city.story.case import Aside, Manner, Temper
from xiaoneng.worktime.limits import Unit

SHARES: Mapping[Manner, float] = {
    Manner.ORDINARY: 69.0,
    Manner.CONDITIONAL: 8.0,
    Manner.NOT_SUPPLIED: 1.0,
    Manner.SUSPENDED: 30.0,
    Manner.EXTENDED: 5.0,
    Manner.HEARD: 11.0,
    Manner.REFUSED: 2.6,
    Manner.REFUSAL_RETURNED: 0.7,
    Manner.NOT_ACCEPTED: 1.6,
    Manner.WITHDRAWN: 2.2,
    Manner.SILENT: 0.5,
    Manner.UNCORRECTED: 1.3,
    Manner.PROMISE_MISSED: 1.8,
    Manner.STATUTE_MISSED: 0.7,
    Manner.RUSHED: 0.8,
    Manner.LAST_MINUTE: 0.7,
    Manner.STUCK: 0.0,  # planned apart, for the lights of the last day
}
FAULTS = frozenset(
    {Manner.SILENT, Manner.PROMISE_MISSED, Manner.STATUTE_MISSED, Manner.RUSHED, Manner.LAST_MINUTE}
)
"""What a poor office does `slack` times as often as a usual one."""
INSTANT = frozenset({Manner.ORDINARY, Manner.NOT_ACCEPTED, Manner.UNCORRECTED})
GROUNDS = {
    "expert": "expert_review",
    "tender": "tender",
    "test": "testing",
    "assessment": "appraisal",
}
"""Special procedures of the items that are grounds of 行政许可法第四十五条, by the word for the ground."""
SHORT = 3
"""Working days of a promise below which nothing is extended, supplied later or let slip by a day or two."""


def manner(offered: Offered, *, temper: Temper, rng: Random) -> Manner:
    """Return how one matter of this item goes at an office of this temper."""
    open_to = [one for one in Manner if possible(one, offered)]
    weights = [SHARES[one] * (temper.slack if one in FAULTS else 1.0) for one in open_to]
    return rng.choices(open_to, weights)[0]


def possible(manner: Manner, offered: Offered) -> bool:
    """Tell whether a matter of this item can go so."""
    item = offered.item
    if item.kind is CaseKind.INSTANT:
        return manner in INSTANT
    long = item.promised.count >= SHORT
    follows = any(one.may_follow and one.required for one in item.materials)
    extension = item.extension
    wanted = {
        Manner.CONDITIONAL: long and follows,
        Manner.NOT_SUPPLIED: long and follows,
        Manner.SUSPENDED: ground(offered) is not None,
        Manner.EXTENDED: long and extension is not None and extension.limit.unit is Unit.WORKING_DAYS,
        Manner.HEARD: item.major_interest,
        Manner.PROMISE_MISSED: long,
        Manner.STATUTE_MISSED: long,
        Manner.LAST_MINUTE: long,
        Manner.STUCK: long and not item.major_interest,
        Manner.RUSHED: long and not item.major_interest,
    }
    return wanted.get(manner, True)


def ground(offered: Offered) -> tuple[str, int] | None:
    """Return the ground on which a matter of this item may stand still, and its usual working days; None if none."""
    for one in offered.item.special:
        if one.suspends and one.key in GROUNDS:
            return GROUNDS[one.key], one.usual.count
    return None


ASIDES: Mapping[Aside, float] = {
    Aside.NOTICED: 0.17,
    Aside.SENT_BACK: 0.05,
    Aside.NUDGED: 0.04,
    Aside.RECUSED: 0.01,
    Aside.RATED: 0.34,
    Aside.CORRECTED: 0.015,
    Aside.REOPENED: 0.008,
    Aside.REPORTED: 0.4,
}


def asides(manner: Manner, *, rng: Random) -> frozenset[Aside]:
    """Return what else happens in a matter that goes so."""
    found = {one for one, share in ASIDES.items() if rng.random() < share}
    if manner in FAULTS:
        found.discard(Aside.SENT_BACK)
        found |= {Aside.NUDGED} if rng.random() < 0.6 else set()  # noqa: PLR2004 - most who wait too long ask
    if manner in {Manner.RUSHED, Manner.SILENT, Manner.NOT_ACCEPTED}:
        found.discard(Aside.NOTICED)
    if manner is Manner.UNCORRECTED:
        found.add(Aside.NOTICED)
    return frozenset(found)
