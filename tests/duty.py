"""Duty matters for tests: an office with an effectiveness office above it, and its matters opened in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.office import AGENCY, Office, at, found_office
from xiaoneng.desk import duty, recording
from xiaoneng.matters.acts import Act
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered, Source
from xiaoneng.matters.vocabulary.duty import HoldKind, LeaveKind, LeaveRequested, MoveProposed
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Incumbency, Person, Post
from xiaoneng.organisation.queries import capacities_of, holds_of, seats

WATCH = "330200-XN"
NOTE = "在办三件：两件待核查，一件待补正；钥匙在抽屉。"


def found_offices() -> Office:
    """Found the usual office and the effectiveness office that watches over it."""
    office = found_office()
    found_office(WATCH)
    post = Post.objects.create(
        code=f"{WATCH}-supervise", agency_id=WATCH, zh="督察", en="S", duty="supervise"
    )
    person = Person.objects.create(name="督察甲（虚构）", invented=True)
    Incumbency.objects.create(
        post=post, person=person, standing=Standing.PRIMARY, active_from=at("2020-01-01 00:00")
    )
    office.people["supervise-A"] = person.pk
    return office


def held(person: int, *, when: datetime) -> Capacity:
    """Return the first capacity of a person, acting or not."""
    return holds_of(person, at=when)[0]


def acting(person: int, *, when: datetime) -> Capacity:
    """Return the capacity in which a person acts."""
    return capacities_of(person, at=when)[0]


def who_acts(post: str, *, when: datetime) -> str:
    """Return the name of who acts in a post, or an empty string."""
    found = seats([post])[post].acting(at=when)
    return found.name if found else ""


def ask_leave(  # noqa: PLR0913 - a sentence about one leave
    person: int,
    *,
    when: str,
    since: str,
    until: str,
    kind: LeaveKind = LeaveKind.LEAVE,
    handover: str = NOTE,
    by: Capacity | None = None,
) -> recording.Receipt:
    """Ask for a leave in one line."""
    act = LeaveRequested(
        at=at(when),
        by=by or held(person, when=at(when)),
        person=person,
        leave_from=at(since),
        leave_until=at(until),
        kind=kind,
        handover=handover,
    )
    return duty.request_leave(act, now=at(when))


def put(act: type[Act], *, number: str, when: str, by: Capacity, **fields: Any) -> recording.Receipt:
    """Record an act on a matter, having seen all there is."""
    recording.lapse(number, now=at(when))
    seen = len(recording.read(number).acts)
    return recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))


def by_duty(office: Office, what: Duty, when: str) -> Capacity:
    """Return who acts in the post of a duty."""
    return office.acting(what, when=at(when))


def move(office: Office, *, when: str, post: str = f"{AGENCY}-handle", **fields: Any) -> MoveProposed:
    """Return a proposal to move somebody, by the personnel officer."""
    usual = MoveProposed(
        at=at(when),
        by=by_duty(office, Duty.PERSONNEL, when),
        post=post,
        standing=HoldKind.A,
        leaving=office.people["handle-A"],
        qualified=True,
        reason="轮岗",
    )
    return replace(usual, **fields)


def dereliction(office: Office, *, when: str, **fields: Any) -> DerelictionRegistered:
    """Return the registration of a dereliction of the handler, by the personnel officer."""
    usual = DerelictionRegistered(
        at=at(when),
        by=by_duty(office, Duty.PERSONNEL, when),
        source=Source.LEADER_ORDER,
        reference="效能批〔2026〕1 号",
        person=office.people["handle-A"],
        facts="超过法定期限三个工作日未作出决定",
    )
    return replace(usual, **fields)
