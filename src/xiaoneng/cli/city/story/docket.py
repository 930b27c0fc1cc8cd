"""The docket of a year (案卷安排): complaints, breaches, leaders and inspections, each so many working days before its end.

What began before the frame is left out, so that a shorter story has fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from xiaoneng.accountability.quarter import Quarter
from xiaoneng.cli.city.people import person
from xiaoneng.cli.city.story import grievance_words as words
from xiaoneng.cli.city.story.bans import Breach, Leader, breach, leader
from xiaoneng.cli.city.story.deeds import Script
from xiaoneng.cli.city.story.diary import SPANS, Diary, clock
from xiaoneng.cli.city.story.grievance import Grievance, Way, grievance
from xiaoneng.cli.city.story.orders import Order, order
from xiaoneng.cli.city.story.reckoning import Ending
from xiaoneng.cli.city.story.rounds import Round, State, visits
from xiaoneng.matters.vocabulary.bans import Ban
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Manner
from xiaoneng.worktime.days import local_day

OFFICES = (
    "330200-ws",
    "330203-sc",
    "330200-zj",
    "330212-ws",
    "330200-jt",
    "330281-sc",
    "330200-sc",
    "330203-zj",
    "330282-ws",
)
CHANNELS = (ComplaintChannel.PHONE, ComplaintChannel.WEB, ComplaintChannel.VISIT, ComplaintChannel.LETTER)
MANNERS = (Manner.REAL_NAME, Manner.ANONYMOUS, Manner.CONFIDENTIAL, Manner.REAL_NAME)
PLAIN = (Way.NOT_PROVEN, Way.PROVEN, Way.PROVEN, Way.NOT_PROVEN, Way.EXEMPTED)
FIRST, EVERY, LAST = 232, 9, 45
"""Plain complaints begin so many working days before the end, one in so many, up to so many before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A complaint that must be there: when, where, how it goes."""

    ago: int
    office: str
    way: Way
    told: words.Told = words.STORIES[0]
    manner: Manner = Manner.REAL_NAME
    channel: ComplaintChannel = ComplaintChannel.WEB
    ending: Ending = Ending.WARNED
    against: str = ""


S = words.STORIES
LINES = (
    _Line(ago=205, office="330200-ws", way=Way.DISCIPLINE, told=S[3], ending=Ending.SANCTIONED),
    _Line(ago=80, office="330200-jt", way=Way.DISCIPLINE, told=S[2], ending=Ending.EXPOSED),
    _Line(ago=150, office="330200-zj", way=Way.DISCIPLINE, told=S[3], ending=Ending.BARRED),
    _Line(ago=120, office="330200-wl", way=Way.DISCIPLINE, told=S[1], ending=Ending.APPEALED),
    _Line(ago=64, office="330200-hr", way=Way.DISCIPLINE, told=S[0], ending=Ending.WARNED),
    _Line(ago=22, office="330200-jy", way=Way.DISCIPLINE, told=S[4], ending=Ending.HEARD),
    _Line(ago=190, office="330203-sc", way=Way.TRANSFERRED, told=S[1]),
    _Line(ago=140, office="330281-sc", way=Way.TRANSFERRED, told=S[2], manner=Manner.CONFIDENTIAL),
    _Line(ago=130, office="330212-ws", way=Way.PASSED_UP, told=S[2]),
    _Line(ago=110, office="330200-jt", way=Way.REVIEWED, told=S[4]),
    _Line(ago=100, office="330203-zj", way=Way.WITHDRAWN, told=S[0]),
    _Line(
        ago=88,
        office="330203-sc",
        way=Way.PROVEN,
        told=words.HEAD,
        manner=Manner.ANONYMOUS,
        against="330203-sc-head",
    ),
    _Line(ago=70, office="330282-ws", way=Way.LAPSED, told=S[1]),
    *(
        _Line(ago=ago, office="330212-sc", way=Way.PROVEN, told=words.REPEATED, manner=manner)
        for ago, manner in ((40, Manner.REAL_NAME), (33, Manner.ANONYMOUS), (24, Manner.CONFIDENTIAL))
    ),
    _Line(ago=20, office="330200-gj", way=Way.WITH_OTHERS, told=S[1]),
    _Line(ago=16, office="330200-jt", way=Way.ANSWERED, told=S[3], manner=Manner.ANONYMOUS),
    _Line(ago=14, office="330203-sc", way=Way.ANSWERED, told=S[0], manner=Manner.ANONYMOUS),
    _Line(ago=13, office="330200-zj", way=Way.FOUND, told=S[1]),
    _Line(ago=12, office="330281-sc", way=Way.FOUND, told=S[2], channel=ComplaintChannel.VISIT),
    _Line(ago=8, office="330200-sc", way=Way.IN_HAND, told=S[4]),
    _Line(ago=7, office="330212-ws", way=Way.IN_HAND, told=S[0], channel=ComplaintChannel.PHONE),
    _Line(ago=2, office="330200-ws", way=Way.RECEIVED, told=S[2]),
    _Line(ago=1, office="330203-zj", way=Way.RECEIVED, told=S[1], manner=Manner.CONFIDENTIAL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and the last day of a story, and the diary that counts between them."""

    first: date
    last: date
    diary: Diary

    def before(self, ago: int, *, seed: str) -> datetime | None:
        """Return an office moment so many working days before the end; None where that is before the story."""
        rng = Random(seed)  # noqa: S311 - a story, not a secret
        day = self.diary.shift(self.last, -ago)
        return clock(day, rng.randint(*SPANS[0])) if day > self.first else None


def docket(first: datetime, last: datetime, *, seed: str, diary: Diary) -> Iterator[Script]:
    """Yield the script of everything beside applications that happens in a story."""
    days = Days(first=local_day(first), last=local_day(last), diary=diary)
    for plan in grievances(days, seed=seed):
        yield grievance(plan, diary=diary)
    for one in breaches(days, seed=seed):
        yield breach(one, diary=diary)
    quarter = Quarter.closed_before(days.last)
    if quarter.since > days.first:
        at = clock(diary.shift(quarter.until, 1), SPANS[1][0])
        yield leader(Leader(seed=f"{seed}/leader", at=at, office=WEAK, quarter=str(quarter)), diary=diary)
    for ago, state in ((75, State.CLOSED), (12, State.ORDERED), (3, State.DRAWN)):
        at_round = days.before(ago, seed=f"{seed}/round/{ago}")
        if at_round is not None:
            yield visits(
                Round(seed=f"{seed}/round/{ago}", at=at_round, state=state, last=days.last), diary=diary
            )
    for place, ago in enumerate((80, 30, 9, 2)):
        at_order = days.before(ago, seed=f"{seed}/order/{ago}")
        if at_order is not None:
            yield order(Order(seed=f"{seed}/order/{ago}", at=at_order, place=place), diary=diary)


def grievances(days: Days, *, seed: str) -> Iterator[Grievance]:
    """Yield every complaint of a story."""
    lines = [*LINES, *_plain()]
    for place, line in enumerate(sorted(lines, key=lambda one: -one.ago), start=1):
        own = f"{seed}/grievance/{line.ago}/{line.office}"
        at = days.before(line.ago, seed=own)
        if at is not None:
            yield Grievance(
                seed=own,
                at=at,
                office=line.office,
                way=line.way,
                channel=line.channel,
                manner=line.manner,
                story=line.told,
                who=f"{person(own).name}（虚构）",
                contact=f"1392{place:07d}",
                against=line.against,
                order=place,
                ending=line.ending,
            )


def _plain() -> Iterator[_Line]:
    for place, ago in enumerate(range(FIRST, LAST, -EVERY)):
        yield _Line(
            ago=ago,
            office=OFFICES[place % len(OFFICES)],
            way=PLAIN[place % len(PLAIN)],
            told=S[place % len(S)],
            manner=MANNERS[place % len(MANNERS)],
            channel=CHANNELS[place % len(CHANNELS)],
        )


WEAK = "330200-zr"
"""Whose officials broke bans twice in a quarter, so that its leader answers."""


def breaches(days: Days, *, seed: str) -> Iterator[Breach]:
    """Yield the two breaches of bans, both in the last closed quarter and at one office."""
    quarter = Quarter.closed_before(days.last)
    for kind, key, after in ((Ban.LUNCH_ALCOHOL, "handle", 8), (Ban.CHAT_GAMES, "window", 18)):
        day = days.diary.shift(quarter.since, after)
        if quarter.since > days.first:
            yield Breach(
                seed=f"{seed}/breach/{kind}", at=clock(day, SPANS[1][0]), office=WEAK, key=key, kind=kind
            )
