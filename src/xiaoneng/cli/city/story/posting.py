"""Postings of the year (岗位调整): somebody takes over a post, once its tasks are handed over and it stands not empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from xiaoneng.cli.city.story.deeds import Asked, Deed, Holder, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.duty import HoldKind, MoveMade, MoveProposed, TasksHandedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One posting, planned: whose hold of a post ends, and who takes over."""

    seed: str
    office: str
    who: Holder
    successor: Holder
    at: datetime


def posting(plan: Posting, *, diary: Diary) -> Script:
    """Return the script of one posting."""
    rng = Random(plan.seed)  # noqa: S311 - a story, not a secret
    head = f"{plan.office}-head"
    place = Place(procedure="posting", office=plan.office, posts={Role.SUBJECT: plan.who.post})
    facts: dict[str, object] = {
        "post": plan.who.post,
        "standing": HoldKind(plan.who.standing.value),
        "leaving": plan.who,
        "successor": plan.successor,
        "qualified": True,
        "reason": "岗位轮换。",
    }
    personnel = f"{plan.office}-personnel"
    told = yield Deed(at=plan.at, act=MoveProposed, post=personnel, facts=facts, opens=place)
    at = diary.later(told.at, rng.randint(1, 3), rng=rng)
    told = yield Deed(at=at, act=TasksHandedOver, post=head, facts={"matters": Asked.TASKS, "signed": True})
    yield Deed(at=diary.soon(told.at, 2), act=MoveMade, post=head)
