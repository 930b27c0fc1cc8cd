"""Opening the case of a card (红黄牌办理): who answers it, who checks the answer, who may exempt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.desk.recording import Receipt, open_matter
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Responsible, Role, Term
from xiaoneng.matters.vocabulary.cards import CONFIDENTIAL, CardIssued
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty


def open_card(
    act: CardIssued, *, agency: str, subject: str, terms: tuple[Term, ...], confidential: bool, now: datetime
) -> Receipt:
    """Open the case of a card and return its receipt; raises CannotOpen where nobody could answer or judge it.

    It lies with the post that the card names, in that post's agency; a card that names none lies with the handling
    post or the head of `agency`. The effectiveness office that watches over it judges; where there is none, the
    head of the agency or the post above. Its head may exempt.
    """
    seat = organisation.seats([act.post]).get(act.post) if act.post else None
    agency = seat.agency if seat else agency
    post = seat.post if seat else _who_answers(agency)
    request = Request(
        procedure="card",
        agency=agency,
        subject=subject,
        posts=tuple(_posts(post, agency=agency)),
        traits=(CONFIDENTIAL,) if confidential else (),
        terms=terms,
    )
    return open_matter(act, request=request, now=now)


def _who_answers(agency: str) -> str:
    posts = organisation.posts_by_duty(agency)
    return posts.get(Duty.HANDLE) or posts.get(Duty.HEAD) or ""


def _posts(post: str, *, agency: str) -> Iterator[Responsible]:
    """Yield who stands in the case; raises CannotOpen naming everything that is missing."""
    division, _ = organisation.seat_of_agency(agency)
    office = organisation.office_for(division, other_than=agency)
    head = organisation.post_for(office, Duty.HEAD) if office else ""
    judges = (
        organisation.post_for(office, Duty.SUPERVISE) if office else "",
        head,
        organisation.post_for(agency, Duty.HEAD),
        organisation.superior_of(post) if post else "",
    )
    judge = next((one for one in judges if one and one != post), "")
    faults = []
    if not post:
        faults.append(Phrase(f"机关 {agency} 没有可以答复的岗位", f"No post of {agency} could answer"))
    if not judge:
        faults.append(Phrase("没有可以核实答复的岗位", "No post could judge the answer"))
    if faults:
        raise CannotOpen(faults)
    above = next((one for one in (head, organisation.superior_of(judge)) if one and one != post), judge)
    yield Responsible(role=Role.HANDLER, post=post)
    yield Responsible(role=Role.SUPERVISOR, post=judge)
    yield Responsible(role=Role.HEAD, post=above)
