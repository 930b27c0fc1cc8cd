"""Planning a year (一年的安排): which matters, where, when and how, from a seed alone; the same seed, the same year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from xiaoneng.cli.city.people import person
from xiaoneng.cli.city.roll import Offered, offered
from xiaoneng.cli.city.shape import CaseKind, City
from xiaoneng.cli.city.story import absent, manners, words
from xiaoneng.cli.city.story.case import GOOD, POOR, USUAL, Aside, Case, Manner, Temper
from xiaoneng.cli.city.story.diary import SPANS, Diary, clock
from xiaoneng.cli.city.story.inquiry import Contact
from xiaoneng.cli.city.story.leave import Leave
from xiaoneng.cli.city.story.manners import possible
from xiaoneng.cli.city.story.posting import Posting
from xiaoneng.matters.vocabulary.intake import Channel
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day

POPULAR = {
    "sc-company": 9.0,
    "gj-draw": 8.0,
    "sc-food": 7.0,
    "yb-away": 6.0,
    "ws-nurse": 5.0,
    "zj-building-permit": 5.0,
    "jt-freight": 4.0,
    "ws-hygiene": 4.0,
    "yc-retail": 4.0,
    "zf-street": 3.0,
    "zr-felling": 2.0,
    "hb-eia-form": 2.0,
}
"""How often items are asked for, 1 the usual; invented."""
BUSY = {"330200": 4.0, "330212": 2.2, "330203": 2.0, "330281": 2.0, "330282": 2.0}
"""How much is asked for in a division, 1 the usual; invented."""
PERSONAL = ("ws-nurse", "ws-physician", "gj-", "yb-", "jy-teacher")
"""Items that people ask for themselves; the others are asked for by firms."""
POOR_OFFICES = 5
RUSH = 21
"""Days before the end in which two and a half times as much is filed: the rush before the year closes."""
LIT = 45
"""One application in so many is planned for the lights of the last day."""
BUSIEST = 40
"""So many offices, those with most to do, are where leave is told of: there the cover has something to cover."""
INQUIRIES = 0.05
"""First inquiries for each application."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Everything planned between two instants, and which offices are planned to do badly."""

    since: datetime
    until: datetime
    cases: tuple[Case, ...]
    contacts: tuple[Contact, ...]
    leaves: tuple[Leave, ...]
    postings: tuple[Posting, ...]
    poor: tuple[str, ...]
    seed: str = "ningbo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Between which instants, on which calendar, how much, by which seed."""

    since: datetime
    until: datetime
    calendar: WorkCalendar
    matters: int
    seed: str = "ningbo"

    def rng(self, word: str) -> Random:
        """Return chance that the seed and a word fix."""
        return Random(f"{self.seed}/{word}")  # noqa: S311 - a story, not a secret


def plan(city: City, frame: Frame) -> Year:
    """Return the plan of everything that happens in a frame."""
    listed = list(offered(city))
    weights = [_weight(one) for one in listed]
    rng = frame.rng("what")
    chosen = rng.choices(listed, weights, k=frame.matters)
    tempers = _tempers(listed, weights, rng)
    days = _days(frame)
    cases = tuple(
        _case(one, days=days, temper=tempers[one.office], seed=f"{frame.seed}/{place}")
        for place, one in enumerate(chosen)
    )
    lit = _lit(cases, frame)
    cases = (*cases[: len(cases) - len(lit)], *lit)
    counts = Counter(one.office for one in chosen)
    offices = sorted(counts, key=lambda office: (-counts[office], office))
    diary = Diary(calendar=frame.calendar)
    postings = tuple(absent.postings(city, days=_dates(frame), rng=frame.rng("postings")))
    moved = {one.office for one in postings}
    free = [one for one in offices if one not in moved][:BUSIEST]
    return Year(
        since=frame.since,
        until=frame.until,
        cases=cases,
        contacts=tuple(_contacts(frame, offices)),
        leaves=tuple(absent.leaves(free, frame, diary=diary)),
        postings=postings,
        poor=tuple(sorted(office for office, temper in tempers.items() if temper is POOR)),
        seed=frame.seed,
    )


def _weight(one: Offered) -> float:
    return POPULAR.get(one.item.code, 1.0) * BUSY.get(one.office[:6], 1.0)


def _tempers(listed: Sequence[Offered], weights: Sequence[float], rng: Random) -> dict[str, Temper]:
    """Return how each office works; the poor ones are among those with much to do, so that it shows."""
    busy: dict[str, float] = defaultdict(float)
    for one, weight in zip(listed, weights, strict=True):
        busy[one.office] += weight if one.item.kind is CaseKind.PROMISED else 0.0
    busiest = sorted(busy, key=lambda office: (-busy[office], office))[: POOR_OFFICES * 6]
    poor = set(rng.sample(busiest, POOR_OFFICES))
    return {office: POOR if office in poor else rng.choice((GOOD, USUAL)) for office in sorted(busy)}


def _dates(frame: Frame) -> list[date]:
    first, last = local_day(frame.since), local_day(frame.until)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if frame.calendar.is_working(day)]


def _days(frame: Frame) -> tuple[list[date], list[float]]:
    """Return the working days and how much is filed on each: more on Mondays, more towards the end."""
    dates = _dates(frame)
    recent = local_day(frame.until) - timedelta(days=RUSH)
    weights = [(1.25 if day.weekday() == 0 else 1.0) * (2.7 if day > recent else 1.0) for day in dates]
    return dates, weights


def _case(one: Offered, *, days: tuple[list[date], list[float]], temper: Temper, seed: str) -> Case:
    rng = Random(seed)  # noqa: S311 - a story, not a secret
    manner = manners.manner(one, temper=temper, rng=rng)
    asides = manners.asides(manner, rng=rng)
    channel = rng.choices((Channel.COUNTER, Channel.WEB, Channel.MOBILE), (45, 35, 20))[0]
    if manner is Manner.RUSHED:
        channel = Channel.COUNTER
    instant = one.item.kind is CaseKind.INSTANT
    return Case(
        seed=seed,
        offered=one,
        filed=_filed(rng.choices(*days)[0], channel=channel, rng=rng),
        channel=channel,
        applicant=_applicant(one, rng),
        contact=f"1390000{rng.randint(0, 9999):04d}",
        manner=manner,
        asides=asides - ({Aside.REOPENED, Aside.SENT_BACK, Aside.RECUSED} if instant else set()),
        temper=temper,
        instant=instant,
    )


def _lit(cases: Sequence[Case], frame: Frame) -> tuple[Case, ...]:
    """Return matters that make the last day's lights: some past the statute, some past the promise, some near it."""
    rng, last = frame.rng("lit"), local_day(frame.until)
    may = [one for one in cases if possible(Manner.STUCK, one.offered)]
    found = []
    for place, one in enumerate(rng.sample(may, min(len(may), frame.matters // LIT))):
        item = one.offered.item
        working = item.statutory.unit is item.promised.unit
        over = place % 3 == 0 and working
        ago = item.statutory.count + rng.randint(3, 6) if over else item.promised.count + rng.randint(2, 3)
        near = place % 3 == 2  # noqa: PLR2004 - one in three ends today or in the next days
        ago = item.promised.count if near else ago
        day = frame.calendar.shift(last, -ago)
        changed = replace(
            one,
            filed=clock(day, rng.randint(*SPANS[0])),
            channel=Channel.COUNTER,
            manner=Manner.LAST_MINUTE if near else Manner.STUCK,
            asides=frozenset({Aside.NUDGED}),
        )
        found.append(changed)
    return tuple(found)


def _filed(day: date, *, channel: Channel, rng: Random) -> datetime:
    if channel is Channel.COUNTER:
        return clock(day, rng.randint(*rng.choice(SPANS)))
    if rng.random() < 0.1:  # noqa: PLR2004 - some apply on the Sunday before
        day -= timedelta(days=day.weekday() + 1)
    return clock(day, rng.randint(7 * 60, 22 * 60))


def _applicant(one: Offered, rng: Random) -> str:
    who = person(f"applicant/{rng.random()}")
    if one.item.code.startswith(PERSONAL):
        return f"{who.name}（虚构）"
    trade = rng.choice(("贸易", "餐饮管理", "建设", "科技", "物流", "文化传播", "医疗投资"))
    return f"宁波{who.name[1:]}{rng.choice(('和', '达', '源', '盛'))}{trade}有限公司（虚构）"


def _contacts(frame: Frame, offices: Sequence[str]) -> Iterator[Contact]:
    rng, dates = frame.rng("contacts"), _dates(frame)
    for place in range(round(frame.matters * INQUIRIES)):
        question, answer = rng.choice(words.QUESTIONS)
        yield Contact(
            seed=f"{frame.seed}/contact/{place}",
            office=rng.choice(offices),
            at=clock(rng.choice(dates), rng.randint(*rng.choice(SPANS))),
            who=f"{person(f'contact/{place}').name}（虚构）",
            contact=f"1391{place:07d}",
            question=question,
            answer=answer,
        )
