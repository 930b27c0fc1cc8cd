"""Acts that the desk completes before they are judged: where a complaint goes from here, and whose offices it names."""

from __future__ import annotations

from dataclasses import replace

from xiaoneng.desk.centres import centres_for, divisions_of, standings
from xiaoneng.desk.routing import Complaint, NoCentre, Routed, route
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Responsible, Role
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_after import RetaliationReported
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SubjectNamed, TakenUp
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.roster import Servant

Rising = PassedUp | TakenUp | RetaliationReported


def completed(act: Act, dossier: Dossier) -> Act:
    """Return the act with what the desk knows and its author need not: offices of persons named, the posts above."""
    opening = dossier.opening
    if not isinstance(opening, ComplaintMade):
        return act
    if isinstance(act, SubjectNamed | PassedUp) and act.about:
        act = replace(act, agencies=_with_offices(act))
    if isinstance(act, PassedUp | TakenUp | RetaliationReported):
        return _raised(act, dossier, opening)
    return act


def _with_offices(act: SubjectNamed | PassedUp) -> tuple[str, ...]:
    servants = organisation.servants(act.about, since=act.at)
    offices = {agency for one in servants.values() for agency in one.agencies(at=act.at)}
    return tuple(sorted({*act.agencies, *offices}))


def _raised(act: Rising, dossier: Dossier, opening: ComplaintMade) -> Rising:
    """Return the act with the posts of the centre above; where there is none, with those that stand already."""
    routed = _above(act, dossier, opening)
    if isinstance(act, TakenUp) and (routed is None or routed.agency != act.by.agency):
        return act
    if routed is None:
        return replace(act, posts=_as_they_stand(dossier))
    posts = _complete(routed)
    if isinstance(act, PassedUp):
        return replace(act, posts=posts, route=routed.reason, passed_over=routed.passed_over)
    return replace(act, posts=posts)


def _complete(routed: Routed) -> tuple[Responsible, ...]:
    """Return the posts of a route; where nobody stands above, nobody does, not the post that now has it."""
    if any(one.role is Role.SUPERIOR for one in routed.posts):
        return routed.posts
    return (*routed.posts, Responsible(role=Role.SUPERIOR, post=""))


def _as_they_stand(dossier: Dossier) -> tuple[Responsible, ...]:
    """Return the posts that have the complaint, for it to stay there rather than with somebody in conflict."""
    kept = ((role, dossier.post_of(role)) for role in (Role.CENTRE, Role.HANDLER, Role.REVIEWER))
    return tuple(Responsible(role=role, post=post) for role, post in kept if post)


def _above(act: Rising, dossier: Dossier, opening: ComplaintMade) -> Routed | None:
    seat = dossier.seats.get(dossier.post_of(Role.CENTRE))
    if seat is None:
        return None
    marks = dossier.state.barred | act.bars()
    about = {*opening.about, *(act.about if isinstance(act, PassedUp) else ())}
    servants = organisation.servants(about, since=opening.at)
    places = divisions_of(agencies_in(marks))
    divisions = frozenset(places.values()) | {seat.division}
    centres = centres_for(divisions)
    asked = Complaint(
        at=act.at,
        divisions=divisions,
        heads_of=_heads(servants, act),
        people_of=frozenset(agency for one in servants.values() for agency in one.agencies(at=act.at)),
        marks=marks | conflict.about(about, ()),
        above=seat.agency,
    )
    try:
        return route(asked, centres, standings(centres, at=opening.at))
    except NoCentre:
        return None


def _heads(servants: dict[int, Servant], act: Rising) -> frozenset[str]:
    """Return the divisions of the agencies whose heads are among these persons."""
    held = (hold for one in servants.values() for hold in one.held(at=act.at))
    return frozenset(one.division for one in held if one.leads)
