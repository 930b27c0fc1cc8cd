"""What may be put before the public (曝光规则): only what is proven, nobody who complained, and not before a reply.

The facts come from the matter that the exposure refers to (`matters.referred`). A machine cannot know every name a
text gives away: it refuses what looks like a telephone or identity number, and the reviewer answers for the rest.
Knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.exposure import (
    BarGround,
    Exposed,
    ExposureBarred,
    ExposureCorrected,
    ExposureDecided,
    ExposureProposed,
    ExposureRevised,
    ExposureWithdrawn,
    LegalityReviewed,
    ReplyGiven,
    ReplyInvited,
    ReplyLapsed,
    Words,
)
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "exposing"
name = Phrase("曝光规则", "Exposure")
basis = default("exposure")
OPENNESS = "政府信息公开条例"
PRIVACY, REVIEWED = Citation(OPENNESS, "第十五条"), Citation(OPENNESS, "第十七条")
CIRCULATED = Citation("浙江省影响机关工作效能行为责任追究办法", "第十条")
ENDS = Citation("公职人员政务处分法", "第二十六条")
NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{17}[\dXx]|\d{15})(?!\d)")
"""What looks like a telephone or identity number."""
UNNAMED = frozenset({"", "oral_warning"})
"""Measures whose subject is named within the unit only."""


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why an act of exposure may not be recorded: facts, words, roles, the reply, the period."""
    check = CHECKS.get(type(act)) if dossier.procedure.key == "exposure" else None
    if check is not None:
        yield from check(dossier, act)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield an exposure that stands although what proved it was undone."""
    told = dossier.last(Exposed)
    proof = dossier.referred
    if told is None or proof is None or not proof.overturned:
        return
    if dossier.last(ExposureCorrected, ExposureWithdrawn) is None:
        yield Breach(
            rule=key,
            key="overturned",
            since=told.at,
            what=Phrase(
                "所依据的处理已被撤销，曝光内容既未更正也未撤回",
                "The decision it rests on was revoked; it is neither corrected nor withdrawn",
            ),
            basis=default("exposure-correction"),
            evidence=(dossier.sequence_of(told),),
            post=told.by.post,
        )


def words_of(dossier: Dossier) -> Words:
    """Return the act whose words stand: the proposal, or its last revision."""
    revised, opening = dossier.last(ExposureRevised), dossier.opening
    assert isinstance(opening, ExposureProposed)  # noqa: S101 - the procedure opens with nothing else
    return revised or opening


def _refused(zh: str, en: str, cited: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=cited)


def _unproven(dossier: Dossier) -> Iterator[Refusal]:
    """Yield why the facts may not be published: nothing decided them, it was undone, or it is contested."""
    proof = dossier.referred
    if proof is None or proof.proven_at is None:
        yield _refused(
            "事实尚未由生效的处理或者认定证明，不得曝光",
            "What is not proven is not published: no decision stands behind it",
        )
        return
    if proof.overturned:
        yield _refused("所依据的处理已被撤销，不得曝光", "The decision it rests on was revoked")
    if proof.contested:
        yield _refused("申诉或者复核尚未了结，不得曝光", "An appeal or a review is still open")


def _twice(dossier: Dossier) -> Iterator[Refusal]:
    if dossier.twins:
        zh, en = "、".join(dossier.twins), ", ".join(dossier.twins)
        yield _refused(f"同一事项已提请曝光：{zh}", f"It is proposed already: {en}")


def _proposal(dossier: Dossier, act: ExposureProposed) -> Iterator[Refusal]:
    yield from (*_unproven(dossier), *_twice(dossier), *_wording(dossier, act))


def _wording(dossier: Dossier, act: Words) -> Iterator[Refusal]:
    yield from _numbers(act.title_zh, act.title_en, act.text_zh, act.text_en)
    proof = dossier.referred
    if act.named and proof is not None and proof.measure in UNNAMED:
        yield _refused(
            "未受书面告诫、通报批评以上处理的人员，不得写出姓名",
            "Nobody is named who was not given a written warning, circulated criticism or more",
            CIRCULATED,
        )


def _numbers(*texts: str) -> Iterator[Refusal]:
    if any(NUMBERS.search(text) for text in texts):
        yield _refused(
            "内容中疑有电话号码或者证件号码，须删去",
            "There seems to be a telephone or identity number: take it out",
            PRIVACY,
        )


def _review(dossier: Dossier, act: LegalityReviewed) -> Iterator[Refusal]:
    if act.by.person == words_of(dossier).by.person or act.by.person == dossier.opening.by.person:
        yield _refused("审查人不得是提请人", "Whoever proposed it does not review it", REVIEWED)
    if act.passed and not (act.proven and act.secrecy and act.privacy and act.complainant):
        yield _refused(
            "事实、保密、隐私、投诉人保护四项均核查无误，方可通过",
            "It passes only when facts, secrecy, privacy and the complainant's protection are all ticked",
            REVIEWED,
        )


def _passed(dossier: Dossier, _act: ReplyInvited) -> Iterator[Refusal]:
    review = dossier.last(LegalityReviewed)
    if review is None or not review.passed:
        yield _refused(
            "审查未通过，须先修改或者依法不予公开",
            "The review did not pass it: revise it, or bar it",
            REVIEWED,
        )


def _decision(dossier: Dossier, act: ExposureDecided) -> Iterator[Refusal]:
    review = dossier.last(LegalityReviewed)
    others = {dossier.opening.by.person, words_of(dossier).by.person, review.by.person if review else 0}
    if act.by.person in others:
        yield _refused(
            "决定人不得是提请人或者审查人", "Whoever proposed or reviewed it does not decide", REVIEWED
        )
    if act.publish:
        yield from _unproven(dossier)


def _exposed(dossier: Dossier, act: Exposed) -> Iterator[Refusal]:
    yield from _unproven(dossier)
    decided = dossier.last(ExposureDecided)
    if decided is not None and not decided.publish:
        yield _refused("决定不公开的，不得公开", "The decision was not to publish it")
    if dossier.last(ReplyGiven, ReplyLapsed) is None:
        yield _refused(
            "未给予答辩机会，不得公开",
            "It may not be published before there was a chance to reply",
            default("right-of-reply"),
        )
    if act.until <= local_day(act.at):
        yield _refused("公开期应当晚于公开当日", "The period must end after the day of publication")
    ends = dossier.referred.effective_until if dossier.referred else None
    if ends is not None and act.until > ends:
        yield _refused(
            f"处理的效力至{ends.isoformat()}止，公开不得超过该日",
            f"The measure is in effect until {ends.isoformat()}: it may not be shown longer",
            ENDS,
        )


def _barred(dossier: Dossier, act: ExposureBarred) -> Iterator[Refusal]:
    review = dossier.last(LegalityReviewed)
    if act.by.person in {dossier.opening.by.person, review.by.person if review else 0}:
        yield _refused(
            "决定人不得是提请人或者审查人", "Whoever proposed or reviewed it does not decide", REVIEWED
        )
    if act.ground is BarGround.ONGOING and act.until is None:
        yield _refused(
            "调查尚在进行的，须写明到何日", "An ongoing investigation needs a day until which it bars"
        )
    if act.until is not None and act.until <= local_day(act.at):
        yield _refused("事由存续日应当晚于当日", "The ground must last beyond the day of the act")


def _correction(_dossier: Dossier, act: ExposureCorrected) -> Iterator[Refusal]:
    yield from _numbers(act.title_zh, act.title_en, act.text_zh, act.text_en, act.reasons)


def _withdrawal(_dossier: Dossier, act: ExposureWithdrawn) -> Iterator[Refusal]:
    yield from _numbers(act.reasons)


CHECKS: Mapping[type[Act], Callable[[Dossier, Any], Iterator[Refusal]]] = {
    ExposureProposed: _proposal,
    ExposureRevised: _wording,
    LegalityReviewed: _review,
    ReplyInvited: _passed,
    ExposureDecided: _decision,
    Exposed: _exposed,
    ExposureCorrected: _correction,
    ExposureWithdrawn: _withdrawal,
    ExposureBarred: _barred,
}
"""What is asked before each act."""
