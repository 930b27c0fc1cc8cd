"""Complaints in the casebook: routed, barred and completed as the desk does it, without a database."""

from __future__ import annotations

from dataclasses import replace

from tests.casebook.reading import Case
from tests.pure.towns import Town, completed, judged, told_of
from xiaoneng.desk.routing import NoCentre, Routed, route
from xiaoneng.law.citation import default
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Opening, Responsible, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.organisation.reach import stem
from xiaoneng.rules import tracing
from xiaoneng.rules.rule import Refusal


def town_of(case: Case) -> Town:
    """Return the offices of a case as a town."""
    return Town(seats=case.office.seats, kin=case.office.kin)


def filled(act: Opening, case: Case) -> Opening | Refusal:
    """Return the complaint with its route and marks, or why nobody can take it; other openings as they are."""
    if not isinstance(act, ComplaintMade):
        return act
    town = town_of(case)
    earlier = frozenset(conflict.person(case.office.number(one)) for one in case.earlier)
    asked = told_of(town, about=set(act.about), named=frozenset(act.agencies), marks=earlier)
    asked = replace(asked, at=act.at, divisions=asked.divisions or frozenset({act.place} - {""}))
    reach = [one for one in town.centres() if all(p.startswith(stem(one.division)) for p in asked.divisions)]
    try:
        routed = route(asked, reach, town.standings())
    except NoCentre as nobody:
        return Refusal(rule=tracing.key, reason=nobody.reason, basis=default("complaint-routing"))
    return replace(
        act,
        agency=routed.agency,
        division=_seat(town, routed).division,
        posts=_with_registrar(routed.posts, act),
        route=routed.reason,
        passed_over=routed.passed_over,
        lead=routed.agency if len(act.agencies) > 1 else "",
        barred=tuple(sorted(asked.marks)),
    )


def _seat(town: Town, routed: Routed):  # type: ignore[no-untyped-def]
    return town.seats[next(one.post for one in routed.posts if one.role is Role.CENTRE)]


def _with_registrar(posts: tuple[Responsible, ...], act: ComplaintMade) -> tuple[Responsible, ...]:
    registrar = (Responsible(role=Role.FIRST_CONTACT, post=act.by.post),) if act.by.official else ()
    return (*posts, *registrar)


def about_to(act: Act, dossier: Dossier, case: Case) -> tuple[Act, Dossier]:
    """Return the act completed, and the dossier with who a conflict keeps out, ready to be judged."""
    if dossier.procedure.key != "complaint":
        return act, dossier
    town = town_of(case)
    whole = completed(act, judged(dossier, town), town)
    return whole, judged(dossier, town, whole)
