"""A card as it is about to be filed (出牌): the columns of its row and whom it is told to; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypedDict

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision.finding import Ruled, holder_of, rung_key
from xiaoneng.supervision.levels import Cause
from xiaoneng.supervision.rulesets import in_force
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.clock import day_of, reminder_day
from xiaoneng.worktime.days import midnight, spoken_day
from xiaoneng.worktime.runs import Axis, End

PREFIX = "HP"
"""Card numbers (红黄牌) are written like the numbers of matters."""
NAMES = {clock.value: clock.phrase for clock in Clock}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """The columns of a card that is not numbered yet."""

    matter: int
    key: str
    level: str
    cause: str
    rule: str
    clock: str
    run: int
    rung: str
    rule_set: str
    rule_set_edition: int
    instrument: str
    article: str
    since: datetime
    told: bool
    agency: str
    division: str
    post: str
    person: int = 0
    person_name: str = ""
    acting_for_name: str = ""
    stage: str
    promised_on: date | None
    statutory_on: date | None
    sequences: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A card to be filed, the number and calendar of its matter, and the posts that are told."""

    row: CardRow
    matter_number: str
    calendar: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A card as filed, with what its case is opened from."""

    pk: int
    number: str
    level: str
    cause: str
    rule: str
    matter: int
    matter_number: str
    procedure: str
    agency: str
    post: str
    person_name: str
    instrument: str
    article: str
    sequences: str
    rule_set: str
    rule_set_edition: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A promise that is near, without what differs from matter to matter."""

    clock: str
    run: int
    axis: str
    at: int
    division: str
    statutory: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What all reminders of one kind say: the columns of their cards that their matters do not tell."""

    key: str
    level: str
    cause: str
    rule: str
    rung: str
    rule_set: str
    rule_set_edition: int
    instrument: str
    article: str
    since: datetime
    told: bool
    person: int
    person_name: str
    acting_for_name: str
    promised_on: date
    statutory_on: date | None
    zh: str
    en: str


def reminder(near: Near, *, today: date, calendar: WorkCalendar, holder: Capacity | None) -> Reminder | None:
    """Return what the card of a promise that is near says; None where the rules of the place raise none.

    One whose promise has passed meanwhile is kept for the record and told to nobody: it could only mislead.
    """
    rules = in_force(today, near.division)
    line = rules.rule_for(Cause.NEAR)
    if line is None:
        return None
    last, since = _ends(near.axis, near.at, calendar)
    words = _near_words(near.clock, last)
    return Reminder(
        key=rung_key(clock=near.clock, run=near.run, rung="near"),
        level=line.level.value,
        cause=Cause.NEAR.value,
        rule="clock",
        rung="near",
        rule_set=rules.key,
        rule_set_edition=rules.edition,
        instrument=line.basis.instrument,
        article=line.basis.article,
        since=since,
        told=today <= last,
        **_names(holder),
        promised_on=last,
        statutory_on=None if near.statutory is None else _ends(near.axis, near.statutory, calendar)[0],
        zh=words.zh,
        en=words.en,
    )


@lru_cache(maxsize=4096)
def _ends(axis: str, at: int, calendar: WorkCalendar) -> tuple[date, datetime]:
    """Return the last day of a promise and the instant from which it is near: the same for all that end there."""
    last = day_of(End(Axis(axis), at), calendar=calendar)
    return last, midnight(reminder_day(last, ahead=1, calendar=calendar))


@lru_cache(maxsize=4096)
def _near_words(clock: str, last: date) -> Phrase:
    step = NAMES.get(clock, Phrase(clock, clock))
    day = spoken_day(last)
    return Phrase(f"{step.zh}期限至{day.zh}（含当日）", f"{step.en} is due by the end of {day.en}")


def card(ruled: Ruled, dossier: Dossier, *, matter: int) -> Raised:
    """Return the card of a finding, told to the post answerable and to those that the rule names."""
    finding, line = ruled.finding, ruled.line
    post = _addressed(dossier, finding.post)
    holder = finding.holder if post == finding.post else holder_of(dossier, post, at=finding.since)
    row = CardRow(
        matter=matter,
        key=finding.key,
        level=line.level.value,
        cause=finding.cause.value,
        rule=finding.rule,
        clock=finding.clock,
        run=finding.run,
        rung=finding.rung,
        rule_set=ruled.rules.key,
        rule_set_edition=ruled.rules.edition,
        instrument=finding.basis.instrument,
        article=finding.basis.article,
        since=finding.since,
        told=True,
        agency=dossier.opening.agency,
        division=dossier.opening.division,
        post=post,
        **_names(holder),
        stage=finding.stage,
        promised_on=finding.promised_on,
        statutory_on=finding.statutory_on,
        sequences=",".join(map(str, finding.sequences)),
        zh=finding.words.zh,
        en=finding.words.en,
    )
    others = () if dossier.procedure.confidential else (dossier.post_of(role) for role in line.tells)
    posts = tuple(dict.fromkeys(one for one in (post, *others) if one))
    return Raised(
        row=row,
        matter_number=dossier.number,
        calendar=dossier.opening.calendar,
        posts=posts,
    )


def _addressed(dossier: Dossier, post: str) -> str:
    """Return the post that a card goes to: of a confidential matter never one of an office it is closed to."""
    if not dossier.procedure.confidential:
        return post
    barred = agencies_in(dossier.state.barred)
    several = (post, dossier.post_of(Role.CENTRE), dossier.post_of(Role.SUPERVISOR), dossier.owner_post())
    seats = (dossier.seats.get(one) for one in several)
    return next((seat.post for seat in seats if seat is not None and seat.agency not in barred), "")


class _Names(TypedDict):
    person: int
    person_name: str
    acting_for_name: str


def _names(holder: Capacity | None) -> _Names:
    """Return who acts in the post named, and for whom, if for somebody."""
    if holder is None:
        return {"person": 0, "person_name": "", "acting_for_name": ""}
    return {
        "person": holder.person,
        "person_name": holder.name,
        "acting_for_name": holder.acting_for_name,
    }


def leaves_at(today: date, *, calendar: WorkCalendar) -> datetime | None:
    """Return when a notice raised on `today` may leave: at once (None), or as the next working day begins."""
    if calendar.is_working(today):
        return None
    return midnight(calendar.shift(today, 0))


def notice_words(level: Phrase, *, number: str, matter: str, what: Phrase, case: str = "") -> Phrase:
    """Return what the notice of a card says: its level and number, the matter's number, what was found.

    `case` is the number under which it is to be answered, if it is.
    """
    zh = f"请在期限内答复或提出异议，编号 {case}。" if case else ""
    en = f" Answer or contest it in time under {case}." if case else ""
    return Phrase(
        f"{level.zh} {number}：办件 {matter}，{what.zh}。{zh}",
        f"{level.en} {number}: matter {matter}. {what.en}.{en}",
    )
