"""How the story's matters are opened and moved (立件): each by the function that its page would call."""

from __future__ import annotations

from xiaoneng.cli.city.story.deeds import Place
from xiaoneng.desk import opening, recording
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.duty import register_dereliction
from xiaoneng.desk.exposing import propose_exposure
from xiaoneng.matters.acts import Act, Opening, Responsible
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.matters.vocabulary.inspection import TeamDrawn
from xiaoneng.openness import actions as openness
from xiaoneng.openness.publication import PUBLISHING
from xiaoneng.supervision import lots


def opened(act: Opening, place: Place) -> recording.Receipt:
    """Open a matter as its page does: complaints, derelictions and exposures find their posts themselves."""
    match act:
        case ComplaintMade():
            return file_complaint(act, now=act.at)
        case DerelictionRegistered() | BanBreachFound():
            return register_dereliction(act, now=act.at)
        case ExposureProposed():
            return propose_exposure(act, now=act.at)
        case _:
            return recording.open_matter(act, request=_request(place), now=act.at)


def recorded(act: Act, *, number: str, seen: int) -> recording.Receipt:
    """Record an act as its page does: a team is drawn by lot, what is exposed stands before the public."""
    if isinstance(act, TeamDrawn):
        return lots.draw_team(number, wanted=act.wanted, seen=seen, by=act.by, now=act.at)
    if isinstance(act, PUBLISHING):
        return openness.record(act, number=number, seen=seen, now=act.at)
    return recording.record(act, number=number, seen=seen, now=act.at)


def _request(place: Place) -> opening.Request:
    posts = tuple(Responsible(role=role, post=post) for role, post in place.posts.items())
    return opening.Request(
        procedure=place.procedure, agency=place.office, item=place.item, subject=place.subject, posts=posts
    )
