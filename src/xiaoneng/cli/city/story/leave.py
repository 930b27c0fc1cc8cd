"""Leaves of the year (请假与顶岗): asked for with a note, granted, covered, handed back; some at noon, some unforeseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from xiaoneng.cli.city.story import words
from xiaoneng.cli.city.story.deeds import Deed, Holder, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.duty import HandedBack, HandedOver, LeaveGranted, LeaveKind, LeaveRequested


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """One leave, planned: whose, from when to when, why, asked for when; `third` covers where A and B are both away."""

    seed: str
    office: str
    who: Holder
    asked: datetime
    since: datetime
    until: datetime
    kind: LeaveKind
    third: Holder | None = None


def leave(plan: Leave, *, diary: Diary) -> Script:
    """Return the script of one leave."""
    rng = Random(plan.seed)  # noqa: S311 - a story, not a secret
    head = f"{plan.office}-head"
    told = yield _asked(plan, rng)
    cover = {"cover": plan.third} if plan.third else {}
    at = diary.later(told.at, 0, rng=rng) if not plan.kind.unforeseen else diary.soon(told.at, 20)
    told = yield Deed(at=at, act=LeaveGranted, post=head, facts=cover)
    if plan.kind.unforeseen:
        at = diary.soon(told.at, 90)
        note = rng.choice(words.HANDOVER)
        yield Deed(at=at, act=HandedOver, post=plan.who.post, own=plan.who, facts={"handover": note})
    report = rng.choice(words.HANDBACK)
    yield Deed(at=plan.until, act=HandedBack, post=plan.who.post, own=plan.who, facts={"report": report})


def _asked(plan: Leave, rng: Random) -> Deed:
    post = plan.who.post
    facts: dict[str, object] = {
        "person": plan.who,
        "leave_from": plan.since,
        "leave_until": plan.until,
        "kind": plan.kind,
        "handover": "" if plan.kind.unforeseen else rng.choice(words.HANDOVER),
    }
    place = Place(procedure="absence", office=plan.office, posts={Role.SUBJECT: post, Role.PARTNER: post})
    return Deed(at=plan.asked, act=LeaveRequested, post=post, own=plan.who, facts=facts, opens=place)
