"""Topics (专题): when enough complaints stand for one thing, a study of its cause opens with the last of them.

It is found when a complaint comes or is joined to another, and opened in the same transaction: nothing is lost.
Here is only read what stands together; `recording` opens the study or joins the complaint to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from xiaoneng.desk.centres import centres_for, divisions_of, short_names, standings
from xiaoneng.desk.opening import Request
from xiaoneng.desk.reading import act_of
from xiaoneng.desk.routing import Complaint, NoCentre, Routed, route
from xiaoneng.law.defaults import count_of
from xiaoneng.matters.acts import Act
from xiaoneng.matters.codec import canonical
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Bar, Matter
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.queries import act_rows
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_after import RepeatLinked
from xiaoneng.matters.vocabulary.topic import TopicJoined, TopicOpened
from xiaoneng.organisation.capacity import SYSTEM
from xiaoneng.worktime.days import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOpen:
    """A study that is due, and what to open it as."""

    act: TopicOpened
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJoin:
    """A study that stands already, and that one more complaint joins."""

    act: TopicJoined
    number: str
    seen: int


def due(act: Act, dossier: Dossier) -> ToOpen | ToJoin | None:
    """Return what follows for topics from an act just recorded on the complaint `dossier`; mostly nothing."""
    if isinstance(act, ComplaintMade):
        together = _same_thing(act, dossier)
    elif isinstance(act, RepeatLinked):
        together = _linked(dossier)
    else:
        return None
    if len(together) < count_of("complaint-topic", on=local_day(act.at)):
        return None
    standing = _standing(together)
    if standing is None:
        return _to_open(act, dossier, sorted(together))
    known = {one for row in act_rows(standing.pk) for one in _named(act_of(row))}
    if dossier.number in known:
        return None
    joined = TopicJoined(at=act.at, by=SYSTEM, complaint=dossier.number)
    return ToJoin(act=joined, number=standing.number, seen=standing.acts_seen)


def _named(act: Act) -> tuple[str, ...]:
    match act:
        case TopicOpened():
            return act.complaints
        case TopicJoined():
            return (act.complaint,)
        case _:
            return ()


def _same_thing(act: ComplaintMade, dossier: Dossier) -> set[str]:
    """Return the latest complaints about the same matter, or the same agency and kind; this one with them."""
    wanted = Q(pk__in=())
    if act.matter.strip():
        wanted |= _says("matter", act.matter)
    if act.subject_area.strip() and act.agencies:
        of_agency = reduce(or_, (Q(body__contains=canonical(one).decode()) for one in act.agencies))
        wanted |= _says("subject_area", act.subject_area) & of_agency
    since = act.at - timedelta(days=count_of("complaint-topic-days", on=local_day(act.at)))
    rows = ActRecord.objects.filter(
        wanted, sequence=1, matter__procedure="complaint", matter__opened_at__gt=since
    )
    return {*rows.values_list("matter__number", flat=True), dossier.number}


def _says(field: str, value: str) -> Q:
    return Q(body__contains=f'"{field}":{canonical(value).decode()}')


def _linked(dossier: Dossier) -> set[str]:
    """Return every complaint that links lead to from this one, in either direction."""
    found, waiting = {dossier.number}, [dossier.number]
    while waiting:
        number = waiting.pop()
        for one in _neighbours(number) - found:
            found.add(one)
            waiting.append(one)
    return found


def _neighbours(number: str) -> set[str]:
    links = ActRecord.objects.filter(verb="repeat-linked")
    out = links.filter(matter__number=number).values_list("body", flat=True)
    back = links.filter(_says("reference", number)).values_list("matter__number", flat=True)
    return {one for body in out for one in _references(body)} | set(back)


def _references(body: str) -> Iterable[str]:
    try:
        yield parse(body.partition('"reference":"')[2].partition('"')[0])
    except NumberFaulty:
        return


def _standing(complaints: Iterable[str]) -> Matter | None:
    """Return the open study that has one of these complaints."""
    names = reduce(or_, (Q(actrecord__body__contains=canonical(one).decode()) for one in complaints))
    return Matter.objects.filter(names, procedure="topic", is_open=True).order_by("pk").first()


def _to_open(act: Act, dossier: Dossier, complaints: list[str]) -> ToOpen:
    marks = (
        frozenset(Bar.objects.filter(matter__number__in=complaints).values_list("mark", flat=True))
        | dossier.state.barred
    )
    routed, marks = _routed(act, dossier, marks)
    agencies = agencies_in(marks)
    words = "、".join(short_names(agencies)) or "同一事项"
    opened = TopicOpened(
        at=act.at,
        by=SYSTEM,
        topic=f"{words}：{len(complaints)} 件投诉反映同一问题",
        complaints=tuple(complaints),
        barred=tuple(sorted(marks)),
    )
    request = Request(
        procedure="topic", agency=routed.agency, subject=f"专题研究：{words}", posts=routed.posts
    )
    return ToOpen(act=opened, request=request)


def _routed(act: Act, dossier: Dossier, marks: frozenset[str]) -> tuple[Routed, frozenset[str]]:
    """Return who studies it: nobody whom one of the complaints bars, or else nobody whom this one bars."""
    divisions = frozenset(divisions_of(agencies_in(marks)).values()) or frozenset({dossier.opening.division})
    centres = centres_for(divisions)
    held = standings(centres, at=act.at)
    asked = Complaint(at=act.at, divisions=divisions, marks=marks)
    try:
        return route(asked, centres, held), marks
    except NoCentre:
        own = Routed(agency=dossier.opening.agency, posts=dossier.opening.posts, reason=act.name)
        return own, dossier.state.barred
