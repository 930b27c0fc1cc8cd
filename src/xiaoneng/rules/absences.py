"""What an absence leaves behind (离岗与空岗): when a post stood empty, whose note is late, who answers for it.

The judgement after the act of AB岗制, and its figures. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.duty import HandedOver, LeaveGranted, LeaveRequested
from xiaoneng.organisation.capacity import Standing
from xiaoneng.organisation.roster import Away, Seat
from xiaoneng.rules.record import missed, rung
from xiaoneng.rules.rule import Breach
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day, midnight
from xiaoneng.worktime.hours import working_minutes

RULE = "ab_cover"
Span = tuple[datetime, datetime]


class Violation(StrEnum):
    """The kinds of violation of AB岗制."""

    EMPTY_POST = "empty_post"
    NOTE_LATE = "note_late"
    COVER_INACTION = "cover_inaction"
    HOLDER_AWAY = "holder_away"


VIOLATIONS = {
    Violation.EMPTY_POST: Phrase(
        "空岗：工作时间无人在岗，当日未指定顶岗人", "Post empty, no cover named the same day"
    ),
    Violation.NOTE_LATE: Phrase("紧急离岗后逾期未补交接单", "The note owed after urgent leave is late"),
    Violation.COVER_INACTION: Phrase("顶岗人不作为", "The cover did not act"),
    Violation.HOLDER_AWAY: Phrase("以经办人不在为由推诿", "Turned away because somebody is not there"),
}


class Answers(StrEnum):
    """Who answers for what goes wrong in a post (责任划分)."""

    HOLDER = "A"
    COVER = "B"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Liable:
    """Who answers; `person` is 0 where it is the head of the unit."""

    answers: Answers
    person: int = 0


def leave_of(dossier: Dossier) -> LeaveRequested:
    """Return the act that opened an absence."""
    opening = dossier.opening
    assert isinstance(opening, LeaveRequested)  # noqa: S101 - the procedure opens with nothing else
    return opening


def _held_by(seats: Mapping[str, Seat], person: int, *, at: datetime) -> Iterator[Seat]:
    """Yield the posts that a person holds at `at`, by whatever standing."""
    for post in sorted(seats):
        if any(one.person == person and one.holds(at) for one in seats[post].holdings):
            yield seats[post]


def without(seat: Seat, person: int, *, since: datetime, until: datetime) -> Seat:
    """Return the post as it would stand with a person away in a period."""
    return replace(seat, absences=(*seat.absences, Away(person=person, since=since, until=until)))


def planned_gaps(
    seats: Mapping[str, Seat], leave: LeaveRequested, *, at: datetime
) -> Iterator[tuple[Seat, tuple[Span, ...]]]:
    """Yield each post of whoever goes that would stand empty in some part of the leave, as known at `at`."""
    since = max(leave.leave_from, at)
    if leave.leave_until <= since:
        return
    for seat in _held_by(seats, leave.person, at=since):
        left = without(seat.planned(now=at), leave.person, since=since, until=leave.leave_until)
        spans = left.gaps(since, leave.leave_until)
        if spans:
            yield seat, spans


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield an owed note that is late, and each time a post of the absent stood empty past the day."""
    if not isinstance(dossier.opening, LeaveRequested):
        return
    for running in dossier.every_run():
        last = missed(running.statutory, dossier, now=now) if running.clock is Clock.HAND_OVER else None
        if last is not None:
            yield Breach(
                rule=RULE,
                key=rung(running, "statute"),
                since=lapse_moment(last),
                what=VIOLATIONS[Violation.NOTE_LATE],
                basis=running.term.basis,
                evidence=(running.opened_by,),
                post=dossier.post_of(Role.SUBJECT),
            )
    for place, (seat, since) in enumerate(empty_posts(dossier, now=now)):
        words = VIOLATIONS[Violation.EMPTY_POST]
        yield Breach(
            rule=RULE,
            key=_key(dossier, seat, since, first=place == 0),
            since=since,
            what=Phrase(f"“{seat.title}”{words.zh}", f"{seat.title}: {words.en}"),
            basis=default("uncovered-post"),
            evidence=(1,),
            post=dossier.post_of(Role.HEAD),
        )


def _key(dossier: Dossier, seat: Seat, since: datetime, *, first: bool) -> str:
    """Return what tells one empty post from another; the first is what the clock for naming a cover shows too."""
    run = dossier.run_of(Clock.COVER)
    shown = run is not None and first and lapse_moment(run.statutory.start) > since
    return rung(run, "statute") if run and shown else f"empty/{seat.post}/{since:%Y%m%dT%H%M}"


def absence(dossier: Dossier, *, now: datetime) -> Span | None:
    """Return the period for which the person was away by `now`; None before it begins, or if leave was not given."""
    leave, granted = leave_of(dossier), dossier.last(LeaveGranted)
    begun = leave.at if leave.kind.unforeseen else granted.at if granted else None
    since = max(leave.leave_from, begun) if begun else now
    until = min(now, dossier.state.closed_at or now)
    return (since, until) if since < until else None


def empty_posts(dossier: Dossier, *, now: datetime) -> Iterator[tuple[Seat, datetime]]:
    """Yield each post and instant from which it stood empty through the end of a day of office hours.

    The head has the day to name a cover; a post still empty when the day ends was left empty (空岗).
    """
    span = absence(dossier, now=now)
    if span is None:
        return
    person = leave_of(dossier).person
    for seat in _held_by(dossier.seats, person, at=span[0]):
        left = without(seat, person, since=span[0], until=span[1])
        for since, until in left.gaps(*span):
            if _past_the_day(since, until, calendar=dossier.calendar):
                yield seat, since


def _past_the_day(since: datetime, until: datetime, *, calendar: WorkCalendar) -> bool:
    day = local_day(since)
    if working_minutes(since, midnight(day + timedelta(days=1)), calendar=calendar) <= 0:
        day = calendar.shift(day, 1)
    return until >= midnight(day + timedelta(days=1))


def uncovered_minutes(seat: Seat, *, since: datetime, until: datetime, calendar: WorkCalendar) -> int:
    """Return the office minutes in a half-open period in which nobody acted in the post."""
    return sum(working_minutes(begin, end, calendar=calendar) for begin, end in seat.gaps(since, until))


def liable(seat: Seat, *, at: datetime) -> Liable:
    """Return who answers for what was not done in the post at `at`.

    A who is there answers. Of an absent A: without any qualified B the head answers, who appointed none;
    without a hand-over note A does; else the cover whose turn it was, and nobody's turn is the head's.
    """
    first = seat.holding(Standing.PRIMARY, at=at)
    if first is not None and not seat.away(first.person, at=at):
        return Liable(answers=Answers.HOLDER, person=first.person)
    second = seat.holding(Standing.COVER, at=at)
    if first is None or second is None or not second.qualified:
        return Liable(answers=Answers.HEAD)
    if not all(one.handed_over for one in seat.absences if one.person == first.person and one.away(at)):
        return Liable(answers=Answers.HOLDER, person=first.person)
    acting = seat.acting(at=at)
    return Liable(answers=Answers.COVER, person=acting.person) if acting else Liable(answers=Answers.HEAD)


def punctual(dossier: Dossier, *, now: datetime) -> bool | None:
    """Tell whether the hand-over note of a leave was in time; None while it may still come."""
    leave = leave_of(dossier)
    if leave.handover.strip():
        return True
    run = dossier.run_of(Clock.HAND_OVER)
    if run is None:
        return None
    if missed(run.statutory, dossier, now=now) is not None:
        return False
    return True if dossier.last(HandedOver) else None


def punctuality(dossiers: Iterable[Dossier], *, now: datetime) -> float | None:
    """Return the share of leaves whose note was in time, of those where it can be said; None of none."""
    said = [one for one in (punctual(dossier, now=now) for dossier in dossiers) if one is not None]
    return sum(said) / len(said) if said else None
