"""Planning who is away (请假安排) and who moves: leaves that a partner covers, a few where nobody was left, postings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Protocol

from xiaoneng.cli.city.roll import Office, offices
from xiaoneng.cli.city.shape import City, Level
from xiaoneng.cli.city.story.deeds import Holder
from xiaoneng.cli.city.story.diary import SPANS, Diary, clock
from xiaoneng.cli.city.story.leave import Leave
from xiaoneng.cli.city.story.posting import Posting
from xiaoneng.matters.vocabulary.duty import LeaveKind
from xiaoneng.organisation.capacity import Standing
from xiaoneng.worktime.days import local_day

COVERED = ("window", "handle", "review")
SHARE = 0.045
"""Leaves for each application."""
OPENING, NOON = 8 * 60 + 30, 12 * 60
BACK = 8 * 60 + 36
MOVES = 4
BOTH = 2
NOW_AWAY = 4


class Frame(Protocol):
    """What of the year's frame this needs."""

    @property
    def since(self) -> datetime:
        """The beginning."""
        ...

    @property
    def until(self) -> datetime:
        """The end."""
        ...

    @property
    def matters(self) -> int:
        """How many applications there are."""
        ...

    def rng(self, word: str) -> Random:
        """Chance that the seed and a word fix."""
        ...


def leaves(offices: Sequence[str], frame: Frame, *, diary: Diary) -> Iterator[Leave]:
    """Yield the leaves of A in posts that do much; every post once, so that B is there, save for a few on purpose."""
    rng = frame.rng("leaves")
    posts = [(office, f"{office}-{key}") for office in offices for key in COVERED]
    count = min(len(posts), max(BOTH + NOW_AWAY, round(frame.matters * SHARE)))
    last = local_day(frame.until)
    span = max(1, (last - local_day(frame.since)).days - 30)
    for place, (office, post) in enumerate(rng.sample(posts, count)):
        day = diary.shift(local_day(frame.since) + timedelta(days=8 + rng.randrange(span)), 0)
        if place < NOW_AWAY:
            day = diary.shift(last, -rng.randint(0, 2))
        away = rng.choices((1, 2, 3, 5, 8), (3, 3, 3, 2, 1))[0] + (3 if place < NOW_AWAY else 0)
        one = _leave(office, post, day, away=away, rng=rng, diary=diary)
        if NOW_AWAY <= place < NOW_AWAY + BOTH:
            yield from _both(one, diary=diary)
        else:
            yield one


def _leave(office: str, post: str, day: date, *, away: int, rng: Random, diary: Diary) -> Leave:
    noon = rng.random() < 0.25  # noqa: PLR2004 - a quarter leave at noon
    kind = rng.choices((LeaveKind.LEAVE, LeaveKind.TRIP, LeaveKind.TRAINING, LeaveKind.SICK), (5, 3, 2, 1))[0]
    since = clock(day, NOON if noon else OPENING)
    asked = clock(diary.shift(day, -rng.randint(2, 5)), rng.randint(*rng.choice(SPANS)))
    return Leave(
        seed=f"leave/{post}/{day}",
        office=office,
        who=Holder(post=post),
        asked=clock(day, OPENING + 5) if kind.unforeseen else asked,
        since=clock(day, OPENING + 5) if kind.unforeseen else since,
        until=clock(diary.shift(day, away), BACK),
        kind=kind,
    )


def _both(one: Leave, *, diary: Diary) -> Iterator[Leave]:
    """Yield B's planned leave and A's sudden one in the middle of it: the head names a third."""
    day = local_day(one.since)
    b = Holder(post=one.who.post, standing=Standing.COVER)
    yield Leave(
        seed=f"{one.seed}/B",
        office=one.office,
        who=b,
        asked=clock(diary.shift(day, -4), SPANS[0][0] + 20),
        since=clock(diary.shift(day, -1), OPENING),
        until=clock(diary.shift(day, 4), BACK),
        kind=LeaveKind.TRAINING,
    )
    yield Leave(
        seed=f"{one.seed}/A",
        office=one.office,
        who=one.who,
        asked=clock(day, OPENING + 10),
        since=clock(day, OPENING + 10),
        until=clock(diary.shift(day, 2), BACK),
        kind=LeaveKind.SICK,
        third=Holder(post=f"{one.office}-oversee", standing=Standing.COVER),
    )


def postings(city: City, *, days: Sequence[date], rng: Random) -> Iterator[Posting]:
    """Yield a few moves in city departments: B of the second post goes, B of the handling post takes it on."""
    chosen = rng.sample([one for one in offices(city) if _has_personnel(one)], MOVES)
    for place, office in enumerate(chosen):
        standing = Standing.PRIMARY if place == 0 else Standing.COVER
        yield Posting(
            seed=f"posting/{office.code}",
            office=office.code,
            who=Holder(post=f"{office.code}-second", standing=standing),
            successor=Holder(post=f"{office.code}-handle", standing=Standing.COVER),
            at=clock(rng.choice(days[: len(days) * 9 // 10]), rng.randint(*SPANS[0])),
        )


def _has_personnel(office: Office) -> bool:
    return office.level is Level.CITY and office.plan.kind == "department"
