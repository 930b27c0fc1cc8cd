"""How long each desk takes (各环节用时): within the promise, to its last day, or past it. Arithmetic and chance only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.matters.acts import Role
from xiaoneng.rules.steps import budgets
from xiaoneng.worktime.limits import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Working days at each desk from now on."""

    handler: int
    reviewer: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days on which a matter leaves each desk."""

    examined: date
    proposed: date
    reviewed: date
    decided: date


def days_of(pace: Pace, *, since: date, diary: Diary) -> Days:
    """Return the days that a pace comes to."""
    return Days(
        examined=diary.shift(since, pace.handler // 2),
        proposed=diary.shift(since, pace.handler),
        reviewed=diary.shift(since, pace.handler + pace.reviewer),
        decided=diary.shift(since, pace.handler + pace.reviewer + pace.head),
    )


def in_time(*, left: int, used: int, promise: Limit, on: date, share: float, rng: Random) -> Pace:
    """Return a pace that uses about `share` of the promise and keeps every desk within its own part of it."""
    most = budgets(promise, on=on)
    total = max(0, min(left, round((left + used) * min(1.0, max(0.05, rng.gauss(share, 0.17)))) - used))
    head = rng.randint(0, min(total, most.get(Role.HEAD, total)))
    reviewer = rng.randint(0, min(total - head, most.get(Role.REVIEWER, total)))
    handler = total - head - reviewer
    cap = max(0, most.get(Role.HANDLER, handler + used) - used)
    return Pace(handler=min(handler, cap), reviewer=reviewer, head=head)


def to_the_last(*, left: int, promise: Limit, on: date) -> Pace:
    """Return the pace that ends on the last promised day with every desk within its part."""
    most = budgets(promise, on=on)
    head = min(left, most.get(Role.HEAD, 0))
    reviewer = min(left - head, most.get(Role.REVIEWER, 0))
    return Pace(handler=left - head - reviewer, reviewer=reviewer, head=head)


def late(*, left: int, beyond: int, promise: Limit, on: date, rng: Random) -> Pace:
    """Return a pace that ends `beyond` working days after the last; one desk uses up what is too much."""
    even = to_the_last(left=left, promise=promise, on=on)
    slow = rng.choices((Role.HANDLER, Role.REVIEWER, Role.HEAD), (5, 2, 3))[0]
    return Pace(
        handler=even.handler + (beyond if slow is Role.HANDLER else 0),
        reviewer=even.reviewer + (beyond if slow is Role.REVIEWER else 0),
        head=even.head + (beyond if slow is Role.HEAD else 0),
    )
