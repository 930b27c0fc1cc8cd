"""Sample acts, capacities and matters for every procedure, made from the declarations alone."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Opening, Responsible, Role, Term
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Move, Procedure, Stage
from xiaoneng.organisation.capacity import CITIZEN, SYSTEM, Capacity, Duty, Standing
from xiaoneng.organisation.roster import Holding, Seat
from xiaoneng.procedures.book import BOOK
from xiaoneng.worktime.calendar import CalendarBook, WorkCalendar
from xiaoneng.worktime.limits import Limit
from xiaoneng.worktime.notice import baseline

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CALENDAR = CalendarBook.begin(
    WorkCalendar.build(key="CN", notices=baseline()),
    known_from=datetime(2004, 1, 1, tzinfo=UTC),
    because=Phrase("历年通知", "Yearly notices"),
)
PEOPLE = {role: place for place, role in enumerate(Role, start=1)}
SUBJECT = PEOPLE[Role.SUBJECT]
DUTIES = {Role.SUPERVISOR: Duty.SUPERVISE, Role.PERSONNEL: Duty.PERSONNEL}


def by(role: Role) -> Capacity:
    """Return somebody who stands in a role of the sample matter, and in no other."""
    if role is Role.APPLICANT:
        return CITIZEN
    if role is Role.SYSTEM:
        return SYSTEM
    return Capacity(
        person=PEOPLE[role],
        name=f"{role}（虚构）",
        post=f"post-{role}",
        title=f"岗位 {role}",
        agency="A",
        division="330200",
        duty=DUTIES.get(role),
        standing=Standing.PRIMARY,
    )


def value(hint: Any, *, at: datetime) -> Any:
    """Return a plausible value of a field's type."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return (1001, 1002) if inner is int else ("甲", "乙") if inner is str else ()
    if origin in {types.UnionType, typing.Union}:
        return None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    made = {
        str: "样例",
        bool: True,
        int: 1,
        date: at.date() + timedelta(days=9),
        datetime: at + timedelta(days=9),
    }
    return made.get(hint)


def act(cls: type[Act], *, who: Capacity, at: datetime) -> Act:
    """Return a sample act with every question answered and every hidden field at its default."""
    hints = typing.get_type_hints(cls)
    answers = {
        one.name: value(hints[one.name], at=at)
        for one in dataclasses.fields(cls)
        if one.name not in {"at", "by"} and one.metadata["asked"].kind != "hidden"
    }
    answers |= {name: SUBJECT for name in ("person", "leaving") if name in hints and issubclass(cls, Opening)}
    if "post" in answers and not issubclass(cls, Opening):
        answers["post"] = f"post-{Role.RECEIVER}"
    return cls(at=at, by=who, **answers)


def opening(procedure: Procedure, *, traits: tuple[str, ...] = ()) -> Dossier:
    """Return a matter of the procedure just opened, every role held by a post of its own."""
    first = act(procedure.opens_with[0], who=by(procedure.opened_by[0]), at=START)
    assert isinstance(first, Opening)
    handling = Term(clock=Clock.HANDLING, statutory=Limit(20), promised=Limit(10), basis=procedure.basis)
    roles = [role for role in Role if role not in {Role.APPLICANT, Role.SYSTEM}]
    filled = dataclasses.replace(
        first,
        procedure=procedure.key,
        edition=procedure.edition,
        agency="A",
        division="330200",
        subject="样例事项",
        traits=traits,
        terms=(*procedure.terms, handling),
        posts=tuple(Responsible(role=role, post=f"post-{role}") for role in roles),
    )
    return Dossier(
        number="XX2026-0000001-1",
        procedure=procedure,
        book=CALENDAR,
        acts=(filled,),
        recorded=(START,),
        seats={f"post-{role}": _seat(role) for role in roles},
    )


def _seat(role: Role) -> Seat:
    held = by(role)
    holding = Holding(
        person=held.person, name=held.name, standing=Standing.PRIMARY, since=START - timedelta(days=900)
    )
    return Seat(
        post=held.post,
        title=held.title,
        agency="A",
        division="330200",
        duty=held.duty or Duty.HANDLE,
        holdings=(holding,),
    )


def actor(dossier: Dossier, role: Role) -> Capacity:
    """Return who stands in a role now; after a hand-over a role may lie with another post."""
    post = dossier.state.posts.get(role, "")
    stands = next((one for one in Role if f"post-{one}" == post), role)
    return by(stands if role not in {Role.SUBJECT, Role.PARTNER} else role)


def made(dossier: Dossier, move: Move, *, role: Role | None = None) -> Act:
    """Return a sample act of a move, an hour after the last one, by the first role that may."""
    who = actor(dossier, role or move.by[0])
    return act(move.act, who=who, at=dossier.acts[-1].at + timedelta(minutes=20))


def traits_of(procedure: Procedure) -> Iterator[tuple[str, ...]]:
    """Yield the sets of traits that open different moves."""
    wanted = {step.only for step in (*procedure.moves, *procedure.lapses)}
    yield from sorted(wanted | {()})


def at_every_stage(procedure: Procedure, *, traits: tuple[str, ...] = ()) -> dict[Stage, Dossier]:
    """Return a matter at each stage that moves and lapses reach, by the shortest way."""
    first = opening(procedure, traits=traits)
    found = {first.stage: first}
    waiting = [first]
    while waiting:
        dossier = waiting.pop(0)
        for after in _next(dossier):
            if after.stage not in found:
                found[after.stage] = after
                waiting.append(after)
    return found


def _next(dossier: Dossier) -> Iterator[Dossier]:
    for move in dossier.open_moves():
        if all(dossier.last(needed) for needed in move.needs):
            yield dossier.after(made(dossier, move))
    for lapse in dossier.procedure.lapses_from(dossier.stage, dossier.traits):
        if lapse.clock in dossier.state.runs:
            yield dossier.after(lapse.act(at=dossier.acts[-1].at + timedelta(days=90), by=SYSTEM))


CASES = [(procedure, traits) for procedure in BOOK for traits in traits_of(procedure)]
