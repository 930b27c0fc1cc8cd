"""Recusal (回避): nobody handles what concerns them, their relatives, their office, or what they handled before.

Who is in conflict is told by the marks of the matter (`matters.conflict`) and read into `Dossier.aside` and
`Folded.barred`; this rule says so in words, and refuses to send a matter where it must not go. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.complaint_after import RecusalAsked, RecusalDecided
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.rules.rule import Breach, Refusal

key = "recusal"
name = Phrase("回避制度", "Recusal")
basis = Citation("公务员法", "第七十六条")


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why somebody in conflict may not act, and why the matter may not be sent to a post.

    In a matter that bars nobody by its own nature, who is recused is told by the systems of post and cover.
    """
    if not dossier.procedure.confidential:
        return
    if act.by.official and (
        act.by.person in dossier.aside or act.by.agency in agencies_in(dossier.state.barred)
    ):
        yield _refused(
            "您与本事项有利害关系，应当回避，不得办理",
            "You have an interest in this matter: you must stand aside",
        )
    if isinstance(act, RecusalDecided) and isinstance(
        dossier.opening, DerelictionRegistered | BanBreachFound
    ):
        yield from _decided(dossier, act)  # of complaints the rules of tracing ask it
    post = str(getattr(act, "post", ""))
    seat = dossier.seats.get(post) if post != act.by.post else None
    if seat is None:
        return
    if seat.agency in agencies_in(dossier.state.barred | act.bars()):
        yield _refused(
            "不得把事项交给被投诉的单位", "A matter is not sent to the office that it complains of"
        )
    elif seat.acting(at=act.at, recused=dossier.aside) is None and seat.acting(at=act.at) is not None:
        yield _refused(
            "该岗位现在能办理的人都应当回避，请另选岗位",
            "Everybody who could act in that post must stand aside: choose another",
        )


def _decided(dossier: Dossier, act: RecusalDecided) -> Iterator[Refusal]:
    """Yield why a recusal that was asked for may not be decided so: not asked, or by the person asked about.

    One that was asked in words, without a name, may be decided about anybody.
    """
    asked = [one.person for one in dossier.every(RecusalAsked)]
    answered = sum(one.person == act.person for one in dossier.every(RecusalDecided))
    if asked and answered >= sum(person in {0, act.person} for person in asked):
        yield _refused("没有人申请该人员回避", "Nobody asked that this person stand aside")
    if act.by.person == act.person:
        yield _refused(
            "本人是否回避须由他人决定", "Whether somebody stands aside is decided by somebody else"
        )


def _refused(zh: str, en: str) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=basis)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield nothing: what must not happen here cannot be recorded in the first place."""
    yield from ()
