"""Complaints (效能投诉) as they come in: routed to a centre that they do not concern, and barred to all they do.

The route and its reason stand in the opening act, so that it can be shown and checked why this centre has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from xiaoneng.desk.centre import TEXTS
from xiaoneng.desk.centres import centres_for, divisions_of, short_names, standings
from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.desk.recording import ActRefused, Receipt, open_matter
from xiaoneng.desk.routing import Complaint, NoCentre, Routed, route
from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness import actions as likeness
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.models import Division
from xiaoneng.organisation.roster import Servant
from xiaoneng.rules import complaint_form
from xiaoneng.rules.rule import Refusal
from xiaoneng.rules.tracing import key as tracing


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Whom a complaint concerns: agencies by division, persons, whose heads are among them, who had the matter before."""

    agencies: dict[str, str]
    people_of: frozenset[str] = frozenset()
    heads_of: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()


def file_complaint(act: ComplaintMade, *, now: datetime) -> Receipt:
    """Open a complaint at the centre that may have it; raises ActRefused or CannotOpen, each with every reason.

    What lacks of the complainant's particulars is said together with the rest, before anything is sealed.
    """
    routed, concerned = routed_for(act)
    filled = replace(
        act,
        lead=routed.agency if len(set(act.agencies)) > 1 else "",
        route=routed.reason,
        passed_over=routed.passed_over,
        barred=tuple(sorted(concerned.marks)),
    )
    registrar = (Responsible(role=Role.FIRST_CONTACT, post=act.by.post),) if act.by.official else ()
    request = Request(
        procedure="complaint",
        agency=routed.agency,
        subject="：".join(("效能投诉", *filter(None, ["、".join(short_names(concerned.agencies))]))),
        posts=(*routed.posts, *registrar),
    )
    lacking = [
        Refusal(rule=tracing, reason=words, basis=source) for words, source in complaint_form.identity(act)
    ]
    return _opened(filled, request, lacking=lacking, now=now)


def _opened(act: ComplaintMade, request: Request, *, lacking: list[Refusal], now: datetime) -> Receipt:
    with transaction.atomic():
        try:
            receipt = open_matter(act, request=request, now=now)
        except ActRefused as refused:
            more = [one for one in lacking if one not in refused.refusals]
            raise ActRefused([*more, *refused.refusals]) from None
        if lacking:
            raise ActRefused(lacking)
        likeness.put(kind=TEXTS, key=receipt.number, text=act.text)
        return receipt


def routed_for(act: ComplaintMade) -> tuple[Routed, Concerned]:
    """Return where a complaint would go and whom it concerns, without filing it; raises CannotOpen."""
    faults = list(_unknown(act))
    if faults:
        raise CannotOpen(faults)
    concerned = concerned_by(act)
    places = frozenset(concerned.agencies.values()) or frozenset({act.place} - {""})
    centres = centres_for(places)
    asked = Complaint(
        at=act.at,
        divisions=places,
        heads_of=concerned.heads_of,
        people_of=concerned.people_of,
        marks=concerned.marks,
    )
    try:
        return route(asked, centres, standings(centres, at=act.at)), concerned
    except NoCentre as nobody:
        raise CannotOpen([nobody.reason]) from None


def concerned_by(act: ComplaintMade) -> Concerned:
    """Return whom a complaint concerns: those it names, their offices, and who had the matter complained of."""
    servants = organisation.servants(act.about, since=act.at)
    named = {*act.agencies, *offices_of(servants, at=act.at)}
    earlier, agency = _earlier(act.matter)
    if not named and agency:
        named.add(agency)
    divisions = divisions_of(named)
    return Concerned(
        agencies=divisions,
        people_of=frozenset(offices_of(servants, at=act.at)),
        heads_of=frozenset(led_by(servants, at=act.at)),
        marks=conflict.about(act.about, named) | frozenset(map(conflict.person, earlier)),
    )


def offices_of(servants: dict[int, Servant], *, at: datetime) -> set[str]:
    """Return the offices in which these persons hold posts: all of each is kept out of a complaint about one."""
    return {agency for one in servants.values() for agency in one.agencies(at=at)}


def led_by(servants: dict[int, Servant], *, at: datetime) -> set[str]:
    """Return the divisions of the agencies whose heads are among these persons."""
    return {held.division for one in servants.values() for held in one.held(at=at) if held.leads}


def _earlier(number: str) -> tuple[set[int], str]:
    """Return every official who acted in a matter, and its agency; nobody for a blank number."""
    if not number.strip():
        return set(), ""
    matter = Matter.objects.get(number=parse(number))
    people = ActRecord.objects.filter(matter=matter).exclude(person=0).values_list("person", flat=True)
    return set(people.distinct()), matter.agency


def _unknown(act: ComplaintMade) -> Iterator[Phrase]:
    """Yield everything that the complaint names and nobody knows."""
    known = divisions_of(act.agencies)
    for one in _missing(act.agencies, known):
        yield Phrase(f"没有这个单位：{one}", f"There is no such agency: {one}")
    for number in _missing(act.about, organisation.servants(act.about)):
        yield Phrase(f"没有这个工作人员：{number}", f"There is no such official: {number}")
    if act.place and not Division.objects.filter(pk=act.place).exists():
        yield Phrase(f"没有这个地方：{act.place}", f"There is no such place: {act.place}")
    if act.matter.strip() and not _exists(act.matter):
        yield Phrase(f"没有这个办件：{act.matter}，请核对编号", f"There is no such matter: {act.matter}")


def _missing(asked: Iterable[object], known: Iterable[object]) -> list[object]:
    there = set(known)
    return [one for one in asked if one not in there]


def _exists(number: str) -> bool:
    try:
        return Matter.objects.filter(number=parse(number)).exists()
    except NumberFaulty:
        return False
