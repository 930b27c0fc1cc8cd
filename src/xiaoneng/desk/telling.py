"""Whom an act tells what (告知): written to the outbox with the act; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiaoneng.desk.papers import FORMS
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint_after import IdentityAsked, IdentityRefused, RetaliationReported
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SuperiorOrdered, TakenUp
from xiaoneng.matters.vocabulary.handling import Extended, Nudged
from xiaoneng.rules.allegations import HANDLER_TOLD, HEAD_TOLD, SUPERIOR_TOLD, nudge_level

APPLICANT = "applicant"
ON_THE_PAGE = (Extended, IdentityAsked, IdentityRefused, PassedUp, TakenUp)
"""Acts of a complaint that its complainant is told of on their page, though they write no paper."""
NUDGED = {HANDLER_TOLD: Role.HANDLER, HEAD_TOLD: Role.HEAD, SUPERIOR_TOLD: Role.SUPERIOR}
"""Whom each nudge of a complainant reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice: to whom, of what kind, in which words. It names no person."""

    recipient: str
    kind: str
    words: Phrase


def notices(dossier: Dossier) -> tuple[Told, ...]:
    """Return the notices that the last act of `dossier` gives rise to."""
    if dossier.procedure.key == "complaint":
        return tuple(_of_complaint(dossier))
    act = dossier.acts[-1]
    if not dossier.procedure.public or type(act) not in FORMS:
        return ()
    title = FORMS[type(act)][0]
    words = Phrase(
        f"您的办件 {dossier.number}（{dossier.opening.subject}）：{act.name.zh}。请查收《{title}》。",
        f"Your matter {dossier.number}: {act.name.en}. A paper is ready for you.",
    )
    return (Told(recipient=APPLICANT, kind=key(act), words=words),)


def _of_complaint(dossier: Dossier) -> Iterator[Told]:
    """Yield what the complainant's page says, and what a post is told: by post and number, never what about."""
    act, number = dossier.acts[-1], dossier.number
    if type(act) in FORMS or isinstance(act, ON_THE_PAGE):
        words = Phrase(f"您的投诉 {number}：{act.name.zh}。", f"Your complaint {number}: {act.name.en}.")
        yield Told(recipient=APPLICANT, kind=key(act), words=words)
    match act:
        case Nudged():
            post = dossier.post_of(NUDGED[nudge_level(dossier)]) or dossier.post_of(Role.HEAD)
            times = len(dossier.every(Nudged))
            told = Phrase(
                f"投诉 {number} 第 {times} 次催办，请督促办理。",
                f"Complaint {number} was nudged, time {times}.",
            )
        case RetaliationReported():
            post = dossier.post_of(Role.CENTRE)
            told = Phrase(
                f"投诉 {number} 反映打击报复，由您处办理。", f"Complaint {number}: retaliation is reported."
            )
        case SuperiorOrdered():
            post = dossier.post_of(Role.CENTRE)
            told = Phrase(
                f"投诉 {number}：上级督办，{act.until} 前回报。",
                f"Complaint {number}: an order, due {act.until}.",
            )
        case _:
            return
    if post:
        yield Told(recipient=post, kind=key(act), words=told)
