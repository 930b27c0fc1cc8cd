"""First inquiry (首问责任制): the first official asked answers for it until another post has taken it over.

The citizen is never sent on without a name, and nobody's silence loses an inquiry. Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.inquiry import (
    Answered,
    Asked,
    HandOverAccepted,
    HandOverBounced,
    HandOverContested,
    HandOverOffered,
    OwnerDecided,
    ReferredOutside,
    TakenIn,
)
from xiaoneng.organisation.roster import highest
from xiaoneng.rules.record import missed, owner_on, rung
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.hours import working_minutes

key = "first_inquiry"
name = Phrase("首问责任制", "First-contact responsibility")
basis = default("first-inquiry")

NOT_OURS = re.compile(
    r"不(归|属于?|是|由)(我|我们|本)(局|科|处|室|单位|部门|窗口|岗)?(们)?(管|办|负责|职责|的事|范围)"
)
"""Words with which a citizen is sent away: they are no answer, only a referral that names somebody is."""
VAGUE = re.compile(r"(有关|相关|其他|上级|主管|别的|对口)(的)?(部门|单位|机关|处室|科室|窗口)?")
"""Names that name nobody."""
REACHABLE = re.compile(r"[0-9０-９@]|路|街|号|楼|中心|\.(cn|com|net)")
ALIKE = 0.6  # how alike two questions of one contact must read to be one inquiry: a default of ours


class Outcome(StrEnum):
    """How an inquiry stands (首问的状态)."""

    OPEN = "open"
    TAKEN_IN = "taken_in"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    REFERRED = "referred"


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why an act on an inquiry may not stand: wrong first owner, no target, nobody there to take it."""
    match act:
        case Asked():
            yield from _first_owner(dossier, act)
            yield from _joined(dossier)
        case HandOverOffered() | OwnerDecided():
            yield from _receiver(dossier, act)
        case Answered() if NOT_OURS.search(act.answer):
            yield _refused(
                "不得只答复“不归我管”：请用“告知有权机关”写明机关及其联系方式，或者移交本单位其他岗位",
                "“Not ours” is no answer: refer to a named body with its contact, or hand over",
            )
        case ReferredOutside():
            yield from _target(act)
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _first_owner(dossier: Dossier, act: Asked) -> Iterator[Refusal]:
    """Yield why the owner is wrong: the first official asked owns it, of several together the highest in rank."""
    if not act.by.official:
        return
    asked = [dossier.seats[post] for post in (act.by.post, *act.others) if post in dossier.seats]
    first = highest(asked)
    if first and dossier.post_of(Role.HANDLER) != first.post:
        yield _refused(
            f"首问责任人应为“{first.title}”：几人同时受询的，由职务最高者负责",
            f"The owner must be {first.title}: of several asked together the highest in rank",
        )


def _joined(dossier: Dossier) -> Iterator[Refusal]:
    if dossier.twins:
        numbers = "、".join(dossier.twins)
        yield _refused(
            f"同一来访人的同一事项已在办理（{numbers}），请并入该件，不另立首问责任人",
            f"The same contact's same matter is open ({numbers}): let this join it; there is no new first owner",
        )


def _receiver(dossier: Dossier, act: HandOverOffered | OwnerDecided) -> Iterator[Refusal]:
    seat = dossier.seats.get(act.post)
    if seat is None or seat.agency != dossier.opening.agency:
        yield _refused(
            "只能移交本单位的岗位；属其他机关的，请用“告知有权机关”",
            "Hand over within the unit only; for another body use a referral",
        )
    if isinstance(act, OwnerDecided):
        return
    if act.post == dossier.post_of(Role.HANDLER):
        yield _refused("不能移交给自己", "Nothing is handed over to oneself")
    if dossier.last(OwnerDecided):
        yield _refused(
            "负责人已经裁定承办岗位，不得再次移交",
            "The head has decided who owns it: it is not handed on again",
            on=default("hand-over-bounce"),
        )


def _target(act: ReferredOutside) -> Iterator[Refusal]:
    """Yield why the referral leads nowhere; that both are filled in at all is asked of every act."""
    if VAGUE.fullmatch(act.body.strip()):
        yield _refused(
            f"“{act.body.strip()}”不是具体机关：须写明有权机关的名称",
            "That is no body by name: name the competent one",
        )
    if act.body_contact.strip() and not REACHABLE.search(act.body_contact):
        yield _refused(
            "联系方式须是电话、地址或者网址",
            "Say a telephone number, an address or a site where it is reached",
        )


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield where a receiver was silent past the term and where the head did not decide in time."""
    if dossier.procedure.key != key:
        return
    for running in dossier.every_run():
        last = missed(running.statutory, dossier, now=now) if running.clock in SILENT else None
        if last is not None:
            yield Breach(
                rule=key,
                key=rung(running, "statute"),
                since=lapse_moment(last),
                what=SILENT[running.clock],
                basis=running.term.basis,
                evidence=(running.opened_by,),
                post=owner_on(dossier, last),
            )


SILENT = {
    Clock.TRANSFER: Phrase(
        "接收岗位逾期既未接收也未退回", "The receiver neither accepted nor returned it in time"
    ),
    Clock.FILING: Phrase("负责人逾期未裁定承办岗位", "The head did not decide the owner in time"),
}
"""What the silence is whose term ran out, by its clock."""


def answerable_post(dossier: Dossier) -> str:
    """Return the post that answers for the inquiry: its owner, also while a hand-over waits to be accepted."""
    return "" if dossier.closed else dossier.post_of(Role.HANDLER)


def outcome(dossier: Dossier) -> Outcome:
    """Return how the inquiry stands: answered, referred, handed over, taken in, or simply open."""
    last = dossier.last(Answered, ReferredOutside, HandOverAccepted, OwnerDecided, TakenIn)
    match last:
        case Answered():
            return Outcome.ANSWERED
        case ReferredOutside():
            return Outcome.REFERRED
        case HandOverAccepted() | OwnerDecided():
            return Outcome.HANDED_OVER
        case TakenIn():
            return Outcome.TAKEN_IN
        case _:
            return Outcome.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the trail that the citizen sees by code: what was done, when, by which post; no person."""

    at: datetime
    what: Phrase
    post: str


def trail(dossier: Dossier) -> tuple[Step, ...]:
    """Return the trail of an inquiry, first to last."""
    return tuple(Step(at=act.at, what=act.name, post=act.by.title) for act in dossier.acts)


def same_inquiry(one: Asked, other: Asked) -> bool:
    """Tell whether two inquiries are one: the same contact, and questions that read alike.

    Contacts are compared by their digits and letters; without a contact nothing is ever taken for the same.
    """
    contacts = [re.sub(r"\W", "", asked.contact).lower() for asked in (one, other)]
    if not contacts[0] or contacts[0] != contacts[1]:
        return False
    first, second = (re.sub(r"\W", "", asked.question).lower() for asked in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= ALIKE


def acceptance_minutes(dossier: Dossier, *, calendar: WorkCalendar) -> tuple[int, ...]:
    """Return, for each hand-over that was accepted, the office minutes from the offer to its acceptance."""
    offered: datetime | None = None
    found = []
    for act in dossier.acts:
        if isinstance(act, HandOverOffered):
            offered = act.at
        elif isinstance(act, HandOverAccepted) and offered:
            found.append(working_minutes(offered, act.at, calendar=calendar))
    return tuple(found)


def bounce_rate(dossiers: Iterable[Dossier]) -> float | None:
    """Return the share of hand-overs offered that were sent back; None where none was offered."""
    acts: Sequence[Act] = [act for dossier in dossiers for act in dossier.acts]
    offers = sum(isinstance(act, HandOverOffered) for act in acts)
    bounced = sum(isinstance(act, HandOverBounced | HandOverContested) for act in acts)
    return bounced / offers if offers else None
