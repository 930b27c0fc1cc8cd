"""Conflict is impossible: over random offices and kin, nobody in conflict is given a complaint or may act on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.pure import samples
from tests.pure.towns import (
    NOW,
    PEOPLE,
    Town,
    capacities,
    cases,
    completed,
    free_people,
    judged,
    reaching,
    told_of,
)
from xiaoneng.desk import gate
from xiaoneng.desk.routing import Complaint, NoCentre, Routed, route
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.conflict import in_conflict
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Move
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    AnsweredOnSpot,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintConcluded,
    ComplaintMade,
)
from xiaoneng.matters.vocabulary.complaint_after import (
    CalledBack,
    DissatisfactionVoiced,
    RecusalAsked,
    RecusalDecided,
    ReviewAnswered,
    ReviewConcluded,
)
from xiaoneng.matters.vocabulary.complaint_ways import Assigned, PassedUp, SubjectNamed
from xiaoneng.matters.vocabulary.complaint_words import Consequence, Contented, Finding, Manner
from xiaoneng.matters.vocabulary.handling import Reassigned, Recused
from xiaoneng.organisation.capacity import CITIZEN, Capacity
from xiaoneng.organisation.reach import level
from xiaoneng.procedures.complaint import COMPLAINT

THOROUGH = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Draw = Callable[[st.SearchStrategy[Any]], Any]


def routed_in(town: Town, complaint: Complaint) -> Routed | None:
    """Return the route, or None where nobody is left, which must be said in both languages."""
    try:
        return route(complaint, reaching(town, complaint), town.standings())
    except NoCentre as nobody:
        words = nobody.reason
    assert words.zh
    assert words.en
    return None


@THOROUGH
@given(case=cases())
def test_a_route_leads_to_nobody_in_conflict_and_never_to_nobody(case: tuple[Town, Complaint]) -> None:
    town, complaint = case
    routed = routed_in(town, complaint)
    event("routed" if routed else "nobody")
    barred = conflict.agencies_in(complaint.marks) | complaint.people_of
    centres = reaching(town, complaint)
    top = min((level(one.division) for one in centres), default=0)
    if routed is None:
        for one in centres:
            farther = (one.leading or not complaint.divisions) and level(one.division) > top
            empty = one.seat is None or not free_people(one.seat, town, complaint.marks)
            assert one.agency in barred or farther or empty, one.agency
        return
    assert routed.agency not in barred
    for responsible in routed.posts:
        seat = town.seats[responsible.post]
        assert seat.agency not in conflict.agencies_in(complaint.marks)
        assert free_people(seat, town, complaint.marks), responsible
    posts = {one.role: one.post for one in routed.posts}
    assert posts[Role.CENTRE] == posts[Role.HANDLER]
    if posts[Role.REVIEWER] == posts[Role.CENTRE]:  # nobody else is free: then no answer goes out
        others = (seat for seat in town.seats.values() if seat.agency == routed.agency)
        assert not any(
            free_people(one, town, complaint.marks) for one in others if one.post != posts[Role.CENTRE]
        )
    assert routed.agency not in {one.agency for one in routed.passed_over}
    assert all(one.reason.zh and one.reason.en for one in routed.passed_over)


@THOROUGH
@given(case=cases())
def test_about_a_head_the_level_above_takes_it_unless_there_is_none(case: tuple[Town, Complaint]) -> None:
    town, complaint = case
    routed = routed_in(town, complaint)
    if routed is None or not complaint.heads_of:
        return
    centres = reaching(town, complaint)
    chosen = next(one for one in centres if one.agency == routed.agency)
    lowest = min(level(division) for division in complaint.heads_of)
    if chosen.leading or level(chosen.division) < lowest:
        return
    assert "没有可以受理的机构" in routed.reason.zh
    barred = conflict.agencies_in(complaint.marks) | complaint.people_of
    for one in centres:
        if one.leading or level(one.division) < lowest:
            empty = one.seat is None or not free_people(one.seat, town, complaint.marks)
            assert one.agency in barred or empty


def opened(town: Town, complaint: Complaint, routed: Routed, *, manner: Manner) -> Dossier:
    """Return the complaint as opened where it was routed."""
    first = samples.act(ComplaintMade, who=CITIZEN, at=NOW)
    assert isinstance(first, ComplaintMade)
    made = dataclasses.replace(
        first,
        manner=manner,
        agencies=(),
        about=(),
        procedure=COMPLAINT.key,
        agency=routed.agency,
        division=routed.agency[:6],
        subject="效能投诉",
        traits=("anonymous",) if manner is Manner.ANONYMOUS else ("named",),
        terms=COMPLAINT.terms,
        posts=routed.posts,
        barred=tuple(sorted(complaint.marks)),
    )
    return Dossier(
        number="TS2026-0000001-1",
        procedure=COMPLAINT,
        book=samples.CALENDAR,
        acts=(made,),
        recorded=(NOW,),
        seats=town.seats,
    )


def named_at_random(town: Town, draw: Draw) -> dict[str, Any]:
    """Return whom an act names, with the offices that the desk adds."""
    about = set(draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)))
    named = frozenset(draw(st.lists(st.sampled_from(town.names), max_size=1)))
    offices = named | told_of(town, about=about, named=named).people_of
    return {"about": tuple(about), "agencies": tuple(sorted(offices))}


def somebody(_town: Town, draw: Draw) -> dict[str, Any]:
    return {"person": draw(st.sampled_from(PEOPLE))}


def some_post(town: Town, draw: Draw) -> dict[str, Any]:
    return {"post": draw(st.sampled_from(sorted(town.seats)))}


def some_role(town: Town, draw: Draw) -> dict[str, Any]:
    role = draw(st.sampled_from([Role.HANDLER, Role.REVIEWER, Role.CENTRE]))
    return {**some_post(town, draw), "role": role}


def found(_town: Town, _draw: Draw) -> dict[str, Any]:
    return {"allegation": "推诿", "finding": Finding.NOT}


def nothing_proven(_town: Town, _draw: Draw) -> dict[str, Any]:
    return {"consequence": Consequence.NONE}


FILLED: Mapping[type[Act], Callable[[Town, Draw], dict[str, Any]]] = {
    ComplaintAccepted: lambda _town, _draw: {"allegations": ("推诿",)},
    AllegationFound: found,
    ComplaintConcluded: nothing_proven,
    ReviewConcluded: nothing_proven,
    AnsweredOnSpot: lambda _town, _draw: {"consequence": Consequence.NONE, "finding": Finding.NOT},
    CalledBack: lambda _town, _draw: {"contented": Contented.BASICALLY, "reached": True},
    SubjectNamed: named_at_random,
    PassedUp: named_at_random,
    RecusalAsked: somebody,
    RecusalDecided: somebody,
    Recused: somebody,
    Assigned: some_post,
    Reassigned: some_role,
}
"""What makes an act plausible, beside the sample words."""
COURSE: tuple[type[Act], ...] = (
    ComplaintAccepted,
    AllegationFound,
    ComplaintConcluded,
    ComplaintAnswered,
    DissatisfactionVoiced,
    AllegationFound,
    ReviewConcluded,
    ReviewAnswered,
    CalledBack,
)
"""The course of a complaint that is reviewed: a walk follows it for a while before it strays."""


def sample(dossier: Dossier, move: Move, *, who: Capacity, town: Town, draw: Draw) -> Act:
    """Return a plausible act of a move, completed as the desk completes it."""
    act = samples.act(move.act, who=who, at=dossier.acts[-1].at + timedelta(minutes=1))
    if move.act in FILLED:
        act = dataclasses.replace(act, **FILLED[move.act](town, draw))
    return completed(act, dossier, town)


def nobody_in_conflict_may(dossier: Dossier, town: Town) -> None:
    """Assert that everybody in conflict is refused every act, in whatever post they ask."""
    standings = town.standings()
    for person in PEOPLE:
        if person in standings and in_conflict(dossier.state.barred, standings[person]):
            for by in capacities(town, person):
                assert roles_of(by, dossier) == frozenset()
                for move in dossier.open_moves():
                    act = samples.act(move.act, who=by, at=dossier.acts[-1].at)
                    assert gate.refusals(dossier, act, now=act.at), (person, move.act)


def lies_with_somebody(dossier: Dossier, town: Town) -> None:
    """Assert that the post that has the complaint is held by somebody in no conflict, who does not stand aside."""
    if dossier.closed:
        return
    seat = town.seats[dossier.owner_post()]
    assert seat.agency not in conflict.agencies_in(dossier.state.barred)
    left = {one.person for one in seat.holdings} - dossier.aside
    assert left, (dossier.stage.key, [type(one).__name__ for one in dossier.acts])


def tried(dossier: Dossier, move: Move, *, town: Town, draw: Draw) -> Dossier:
    """Return the matter after the move, or as it was where nobody may make it or the gate refuses it."""
    actors = [
        (seat.acting(at=NOW, recused=dossier.aside) if seat else None)
        for seat in (town.seats.get(dossier.post_of(role)) for role in move.by)
    ]
    present: list[Capacity] = [one for one in actors if one is not None]
    if Role.APPLICANT in move.by:
        present.append(CITIZEN)
    if not present:
        return dossier
    act = sample(dossier, move, who=draw(st.sampled_from(present)), town=town, draw=draw)
    before = judged(dossier, town, act)
    if gate.refusals(before, act, now=act.at):
        return dossier
    event(type(act).__name__)
    return judged(before.after(act), town)


@THOROUGH
@given(data=st.data(), case=cases(), manner=st.sampled_from(list(Manner)))
def test_whatever_is_done_with_a_complaint_it_lies_with_somebody_and_with_nobody_in_conflict(
    data: st.DataObject, case: tuple[Town, Complaint], manner: Manner
) -> None:
    town, complaint = case
    routed = routed_in(town, complaint)
    if routed is None:
        return
    dossier = judged(opened(town, complaint, routed, manner=manner), town)
    for kind in COURSE[: data.draw(st.integers(0, len(COURSE)))]:
        for move in [one for one in dossier.open_moves() if one.act is kind][:1]:
            dossier = tried(dossier, move, town=town, draw=data.draw)
    for _ in range(data.draw(st.integers(1, 6))):
        lies_with_somebody(dossier, town)
        move = data.draw(st.sampled_from(dossier.open_moves()))
        dossier = tried(dossier, move, town=town, draw=data.draw)
    event(f"at {dossier.stage.key}")
    lies_with_somebody(dossier, town)
    nobody_in_conflict_may(dossier, town)
