"""Matters of duty (请假、岗位调整、失职追究、首问): each opened by one call, with the posts that stand in it.

Who decides is looked up here: the head of the agency, and for the head's own matter the post above.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.desk.recording import Receipt, open_matter
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.discipline import LEADER, DerelictionRegistered
from xiaoneng.matters.vocabulary.duty import BOTH_ABSENT, LeaveRequested, MoveProposed
from xiaoneng.matters.vocabulary.inquiry import Asked
from xiaoneng.matters.vocabulary.measures import NAMES, Source
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.roster import Hold, highest
from xiaoneng.rules.absences import planned_gaps

QUESTION_SHOWN = 40  # characters of a question that stand as its matter's subject


def request_leave(act: LeaveRequested, *, now: datetime) -> Receipt:
    """Open an absence for whoever `act` names; raises ActRefused or CannotOpen with every reason.

    The partner is who shares the person's first post, the head of the agency decides; of the head's own leave
    the superior post does.
    """
    held = _hold_of(act.person, at=act.at)
    posts = (
        Responsible(role=Role.SUBJECT, post=held.post),
        Responsible(role=Role.PARTNER, post=held.post),
        *_deciders({act.person}, agency=held.agency, at=act.at),
    )
    request = Request(procedure="absence", agency=held.agency, posts=posts, traits=_traits(act))
    return open_matter(act, request=request, now=now)


def _traits(act: LeaveRequested) -> tuple[str, ...]:
    """Return whether an unforeseen leave leaves a post empty: then the clock for naming a cover runs."""
    servant = organisation.servants([act.person], since=act.at).get(act.person)
    seats = organisation.seats(one.post for one in servant.holds) if servant else {}
    empty = act.kind.unforeseen and any(True for _ in planned_gaps(seats, act, at=act.at))
    return (BOTH_ABSENT,) if empty else ()


def propose_move(act: MoveProposed, *, now: datetime) -> Receipt:
    """Open a posting for the post that `act` names; raises ActRefused or CannotOpen with every reason."""
    seat = organisation.seats([act.post]).get(act.post)
    if seat is None:
        raise CannotOpen([Phrase(f"没有这个岗位：{act.post}", f"There is no such post: {act.post}")])
    posts = (
        Responsible(role=Role.SUBJECT, post=act.post),
        *_deciders({act.leaving, act.successor}, agency=seat.agency, at=act.at),
    )
    request = Request(procedure="posting", agency=seat.agency, subject=f"岗位调整：{seat.title}", posts=posts)
    return open_matter(act, request=request, now=now)


def register_dereliction(act: DerelictionRegistered | BanBreachFound, *, now: datetime) -> Receipt:
    """Open accountability for whoever `act` names, for a dereliction or a breach of the bans.

    The effectiveness office, not the deciding agency, has the appeal. Raises ActRefused or CannotOpen with every
    reason.
    """
    held = _hold_of(act.person, at=act.at)
    division, _ = organisation.seat_of_agency(held.agency)
    office = organisation.office_for(division, other_than=held.agency)
    supervisor = organisation.post_for(office, Duty.SUPERVISE)
    posts = (
        Responsible(role=Role.SUBJECT, post=held.post),
        *((Responsible(role=Role.SUPERVISOR, post=supervisor),) if supervisor else ()),
        *_deciders({act.person}, agency=held.agency, at=act.at),
        *(_outside(act.person, held.agency, office, at=act.at) if LEADER in act.own_traits() else ()),
    )
    request = Request(
        procedure="discipline",
        agency=held.agency,
        subject=_said_of(act),
        posts=posts,
    )
    return open_matter(act, request=request, now=now)


def _outside(person: int, agency: str, office: str, *, at: datetime) -> Iterator[Responsible]:
    """Yield who keeps the file where the head answers as a leader: the effectiveness office, no subordinate."""
    personnel = organisation.post_for(office, Duty.PERSONNEL)
    if personnel and _led_by({person}, organisation.post_for(agency, Duty.HEAD), at=at):
        yield Responsible(role=Role.PERSONNEL, post=personnel)


def _said_of(act: DerelictionRegistered | BanBreachFound) -> str:
    """Return what the matter is called in lists: by its source, never by a person."""
    if isinstance(act, BanBreachFound):
        return f"违反禁令：{act.kind.phrase.zh}"
    if (
        act.source is Source.COMPLAINT
    ):  # whom it concerns reads this, and is not told of the complaint's number
        return f"失职追究：{NAMES[Source.COMPLAINT].zh}"
    return f"失职追究：{act.reference.strip() or '来源未写明'}"


def register_inquiry(act: Asked, *, agency: str = "", now: datetime) -> Receipt:
    """Open an inquiry with its first owner; raises ActRefused or CannotOpen with every reason.

    The owner is the first official asked, of several together the highest in rank. Asked on line, at `agency`,
    the window owns it. Where the same contact's same question is open, it is refused with that number.
    """
    agency = act.by.agency or agency
    asked = organisation.seats([act.by.post, *act.others])
    first = highest(asked[post] for post in (act.by.post, *act.others) if post in asked)
    window = organisation.post_for(agency, Duty.WINDOW)
    posts = (
        Responsible(role=Role.FIRST_CONTACT, post=act.by.post or window),
        Responsible(role=Role.HANDLER, post=first.post if first else window),
    )
    request = Request(
        procedure="first_inquiry",
        agency=agency,
        subject=f"首问：{act.question[:QUESTION_SHOWN]}",
        posts=tuple(one for one in posts if one.post),
    )
    return open_matter(act, request=request, now=now)


def _hold_of(person: int, *, at: datetime) -> Hold:
    """Return the post in which a person first stands; raises CannotOpen for somebody who holds none."""
    servant = organisation.servants([person], since=at).get(person)
    held = servant.held(at=at) if servant else ()
    if not held:
        raise CannotOpen([Phrase("该人员现不在任何岗位任职", "This person holds no post")])
    return held[0]


def _deciders(people: set[int], *, agency: str, at: datetime) -> Iterator[Responsible]:
    """Yield who decides and who keeps the file: for the head's own matter the post above the head's.

    Without a recorded superior that is the head of the effectiveness office of the place; raises CannotOpen
    where there is none either, for nobody decides in their own cause.
    """
    division, _ = organisation.seat_of_agency(agency)
    office = organisation.office_for(division, other_than=agency)
    head = organisation.post_for(agency, Duty.HEAD)
    if _led_by(people, head, at=at):
        above = organisation.superior_of(head) or organisation.post_for(office, Duty.HEAD)
        if above in {"", head}:
            raise CannotOpen(
                [Phrase("负责人本人的事项须由上级岗位决定，但没有登记上级岗位", "No post above the head")]
            )
        head = above
    personnel = organisation.post_for(agency, Duty.PERSONNEL) or organisation.post_for(office, Duty.PERSONNEL)
    found = {Role.HEAD: head, Role.PERSONNEL: personnel}
    yield from (Responsible(role=role, post=post) for role, post in found.items() if post)


def _led_by(people: set[int], head: str, *, at: datetime) -> bool:
    """Tell whether one of these persons is the head, or acts as the head at `at`."""
    seat = organisation.seats([head]).get(head)
    if seat is None:
        return False
    first, acting = seat.holding(Standing.PRIMARY, at=at), seat.acting(at=at)
    return bool(people & {one.person for one in (first, acting) if one is not None})
