"""What the roster shows of an office (岗位与AB岗报告): orphans, duplicates, the A/B table, how well posts are covered.

Every figure is a pure function of seats, with its definition; knows no matter and no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations

from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.roster import Holding, Seat
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.hours import working_minutes

SECOND_HALF = 7  # the month in which the second half of the year begins
NEEDED = (Duty.WINDOW, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)
"""Duties to which the steps of a procedure resolve: every agency that handles matters has each."""


class Fault(StrEnum):
    """What may be wrong with a roster."""

    ORPHAN_DUTY = "orphan_duty"  # 职责无岗位承担
    DUPLICATE_DUTY = "duplicate_duty"  # 同一职责有两个岗位承担
    ORPHAN_POST = "orphan_post"  # 岗位无人任职
    NOBODY_ACTS = "nobody_acts"  # 空岗
    NO_COVER = "no_cover"  # 无合格的B岗
    SAME_PERSON = "same_person"  # A、B岗为同一人
    OVERLOADED = "overloaded"  # 一人顶岗过多


FAULT_NAMES = {
    Fault.ORPHAN_DUTY: Phrase("职责无岗位承担", "A duty that no post has"),
    Fault.DUPLICATE_DUTY: Phrase("同一职责有多个岗位", "A duty that several posts have"),
    Fault.ORPHAN_POST: Phrase("岗位无人任职", "A post that nobody holds as A"),
    Fault.NOBODY_ACTS: Phrase("空岗", "A post in which nobody acts"),
    Fault.NO_COVER: Phrase("没有合格的 B 岗", "A post without a qualified B"),
    Fault.SAME_PERSON: Phrase("A、B 岗为同一人", "A and B are one person"),
    Fault.OVERLOADED: Phrase("顶岗过多", "A person who covers too many posts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, with the posts that show it; for a duty or a person also which."""

    fault: Fault
    posts: tuple[str, ...] = ()
    duty: Duty | None = None
    person: int = 0


def faults(seats: Sequence[Seat], *, at: datetime) -> Iterator[Finding]:
    """Yield every fault of one agency's roster at `at`: duties first, then posts, then persons.

    Inspectors are left out: their posts are their own, without a B, and end with their mandates.
    """
    seats = [seat for seat in seats if seat.duty is not Duty.INSPECT]
    yield from _duties(seats)
    for seat in seats:
        yield from _post(seat, at=at)
    yield from _overloaded(seats, at=at)


def _duties(seats: Sequence[Seat]) -> Iterator[Finding]:
    by_duty: dict[Duty, list[str]] = defaultdict(list)
    for seat in seats:
        by_duty[seat.duty].append(seat.post)
    for duty in NEEDED:
        posts = tuple(by_duty[duty])
        if not posts:
            yield Finding(fault=Fault.ORPHAN_DUTY, duty=duty)
        elif len(posts) > 1:
            yield Finding(fault=Fault.DUPLICATE_DUTY, duty=duty, posts=posts)


def _post(seat: Seat, *, at: datetime) -> Iterator[Finding]:
    first, second = (seat.holding(standing, at=at) for standing in (Standing.PRIMARY, Standing.COVER))
    if first is None:
        yield Finding(fault=Fault.ORPHAN_POST, posts=(seat.post,))
    if second is None or not second.qualified:
        yield Finding(fault=Fault.NO_COVER, posts=(seat.post,))
    if first and second and first.person == second.person:
        yield Finding(fault=Fault.SAME_PERSON, posts=(seat.post,), person=first.person)
    if seat.acting(at=at) is None:
        yield Finding(fault=Fault.NOBODY_ACTS, posts=(seat.post,))


def _overloaded(seats: Sequence[Seat], *, at: datetime) -> Iterator[Finding]:
    covers: dict[int, list[str]] = defaultdict(list)
    for seat in seats:
        held = seat.holding(Standing.COVER, at=at)
        if held:
            covers[held.person].append(seat.post)
    for person, posts in sorted(covers.items()):
        if len(posts) > count_of("cover-load", on=local_day(at)):
            yield Finding(fault=Fault.OVERLOADED, posts=tuple(posts), person=person)


def mutual(seats: Iterable[Seat], *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the pairs of posts whose holders cover each other (互为AB岗)."""
    pairs = []
    for one, other in combinations(seats, 2):
        held = [
            (seat.holding(Standing.PRIMARY, at=at), seat.holding(Standing.COVER, at=at))
            for seat in (one, other)
        ]
        (first, cover), (second, other_cover) = held
        if _same(first, other_cover) and _same(second, cover):
            pairs.append((one.post, other.post))
    return tuple(pairs)


def _same(one: Holding | None, other: Holding | None) -> bool:
    return one is not None and other is not None and one.person == other.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the published A/B table (AB岗表); `phone` stands only for posts that face the public."""

    post: str
    title: str
    first: str
    second: str
    acting: str
    external: bool
    phone: str


def table(seats: Iterable[Seat], *, at: datetime) -> tuple[Row, ...]:
    """Return the A/B table at `at`, in order of posts: published at least twice a year and whenever it changes."""
    return tuple(_row(seat, at=at) for seat in sorted(seats, key=lambda seat: seat.post))


def _row(seat: Seat, *, at: datetime) -> Row:
    first, second = (seat.holding(standing, at=at) for standing in (Standing.PRIMARY, Standing.COVER))
    acting = seat.acting(at=at)
    return Row(
        post=seat.post,
        title=seat.title,
        first=first.name if first else "",
        second=second.name if second else "",
        acting=acting.name if acting else "",
        external=seat.external,
        phone=seat.phone if seat.external else "",
    )


def table_edition(on: date) -> date:
    """Return the day by which the A/B table in force on a day was to be published: it is, every half year."""
    return date(on.year, 1 if on.month < SECOND_HALF else SECOND_HALF, 1)


def duty_roster(seats: Iterable[Seat], *, at: datetime) -> tuple[Row, ...]:
    """Return the lines of the A/B table that face the public: post, who acts in it now, telephone."""
    return tuple(row for row in table(seats, at=at) if row.external)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Office minutes in which A was away, and in how many of them somebody acted in A's place."""

    away: int
    covered: int

    @property
    def rate(self) -> float | None:
        """Return the share covered, 0 to 1; None where A was never away."""
        return self.covered / self.away if self.away else None


def cover_rate(seats: Iterable[Seat], *, since: datetime, until: datetime, calendar: WorkCalendar) -> Covered:
    """Return how well posts were covered over a half-open period: by office minutes, all posts together.

    A is away in every office minute in which the holder of record does not act.
    """
    away = covered = 0
    for seat in seats:
        for begin, end in seat.stretches(since, until):
            first = seat.holding(Standing.PRIMARY, at=begin)
            if first is None or not seat.away(first.person, at=begin):
                continue
            minutes = working_minutes(begin, end, calendar=calendar)
            away += minutes
            covered += minutes if seat.acting(at=begin) else 0
    return Covered(away=away, covered=covered)
