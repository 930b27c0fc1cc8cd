"""Opening an exposure (曝光): who reviews, decides, publishes and may reply is looked up here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.desk.recording import Receipt, open_matter
from xiaoneng.desk.referring import refer
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.capacity import Duty
from xiaoneng.worktime.days import local_day

TERM = 20
"""Working days from the decision of a grave case to its publication (政府信息公开条例第二十六条)."""
STANDS_IN = {
    Role.LEGALITY: (Duty.LEGALITY, Duty.REVIEW, Duty.OVERSEE),
    Role.HEAD: (Duty.HEAD,),
    Role.PUBLISHER: (Duty.PUBLISH, Duty.WINDOW),
}
"""Whose post stands in each role in the office that exposes, the first that it has."""


def propose_exposure(act: ExposureProposed, *, now: datetime) -> Receipt:
    """Open the exposure that `act` proposes; raises ActRefused or CannotOpen with every reason.

    The office of whoever proposes it publishes; the head of the agency concerned has the reply, and the person
    concerned in their own post. The clock ends twenty working days after the case was decided.
    """
    proof = refer(act.reference)
    calendar = calendar_book(organisation.seat_of_agency(act.by.agency)[1]).latest
    by_day: date | None = None
    if proof is None:
        raise CannotOpen(
            [Phrase(f"没有这个编号的事项：{act.reference}", f"There is no matter {act.reference}")]
        )
    if proof.proven_at is not None:
        by_day = calendar.shift(local_day(proof.proven_at), TERM)
    act = replace(act, about=proof.agency, person=proof.person, publish_by=by_day)
    request = Request(
        procedure="exposure",
        agency=act.by.agency,
        subject=f"曝光：{act.title_zh}"[:200],
        posts=(Responsible(role=Role.HANDLER, post=act.by.post), *_posts(act)),
    )
    return open_matter(act, request=request, now=now)


def _posts(act: ExposureProposed) -> Iterator[Responsible]:
    for role, duties in STANDS_IN.items():
        held = (organisation.post_for(act.by.agency, duty) for duty in duties)
        post = next((one for one in held if one and one != act.by.post), "")
        if post:
            yield Responsible(role=role, post=post)
    replies = organisation.post_for(act.about, Duty.HEAD)
    if not replies:
        raise CannotOpen(
            [Phrase(f"没有这个机关或者没有负责人岗位：{act.about}", "No such agency, or it has no head")]
        )
    yield Responsible(role=Role.RECEIVER, post=replies)
    servant = organisation.servants([act.person], since=act.at).get(act.person) if act.person else None
    held_posts = servant.held(at=act.at) if servant else ()
    if held_posts:
        yield Responsible(role=Role.SUBJECT, post=held_posts[0].post)
