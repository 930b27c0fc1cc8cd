"""A card as a case (红黄牌办理), edition 1: issued, answered or contested, confirmed, and closed with a disposition."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.cards import (
    CardAnswered,
    CardClosed,
    CardConfirmed,
    CardContested,
    CardExempted,
    CardIssued,
    CardLevel,
    CardUnanswered,
    CardUpheld,
    CardWithdrawn,
    ProofAdded,
    RecommendationMade,
)
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.procedures import terms

POST, SUPERVISOR, HEAD = Role.HANDLER, Role.SUPERVISOR, Role.HEAD
ANSWER = default("card-answer")
ZHEJIANG = "浙江省影响机关工作效能行为责任追究办法"

ISSUED = Stage("issued", Phrase("待答复", "To be answered"), POST)
CONTESTED = Stage("contested", Phrase("异议审查中", "Contested"), SUPERVISOR)
UPHELD = Stage("upheld", Phrase("已维持，待答复", "Upheld, to be answered"), POST)
UNANSWERED = Stage("unanswered", Phrase("逾期未答复", "Not answered in time"), POST)
ANSWERED = Stage("answered", Phrase("已答复，待核实", "Answered, to be checked"), SUPERVISOR)
CONFIRMED = Stage("confirmed", Phrase("已整改，待结案", "Mended, to be closed"), SUPERVISOR)
RECOMMENDED = Stage("recommended", Phrase("已发建议书", "Recommendation made"), SUPERVISOR)
CLOSED = Stage("closed", Phrase("已结案", "Closed"), final=True)
WITHDRAWN = Stage("withdrawn", Phrase("已撤销", "Withdrawn"), final=True)

UNSAID = (ISSUED, UPHELD, UNANSWERED)
STANDING = (*UNSAID, ANSWERED, CONFIRMED, RECOMMENDED)
OPEN = (*STANDING, CONTESTED)


def _move(
    act: type[Act], source: tuple[Stage, ...], target: Stage | None, by: Role, basis: Citation, **more: object
) -> Move:
    return Move(act=act, source=source, target=target, by=(by,), basis=basis, **more)  # type: ignore[arg-type]


MOVES = (
    _move(CardAnswered, UNSAID, ANSWERED, POST, ANSWER, stops=(Clock.ANSWER,)),
    _move(ProofAdded, STANDING, None, POST, ANSWER),
    _move(
        CardContested,
        (ISSUED, UNANSWERED, ANSWERED),
        CONTESTED,
        POST,
        default("card-contest"),
        stops=(Clock.ANSWER,),
        starts=(Start(clock=Clock.REVIEW),),
        excludes=(CardIssued,),
        once=True,
    ),
    _move(
        CardUpheld,
        (CONTESTED,),
        UPHELD,
        SUPERVISOR,
        default("card-contest"),
        stops=(Clock.REVIEW,),
        starts=(Start(clock=Clock.ANSWER),),
    ),
    _move(CardWithdrawn, (CONTESTED,), WITHDRAWN, SUPERVISOR, default("card-contest"), stops=(Clock.REVIEW,)),
    _move(CardConfirmed, (ANSWERED,), CONFIRMED, SUPERVISOR, ANSWER),
    _move(
        RecommendationMade,
        (UNANSWERED, ANSWERED, CONFIRMED),
        RECOMMENDED,
        SUPERVISOR,
        Citation("东莞市行政审批电子监察管理办法", ""),
        starts=(Start(clock=Clock.RECTIFY, until="deadline"),),
    ),
    _move(
        CardExempted,
        (UNANSWERED, ANSWERED, CONFIRMED, RECOMMENDED),
        None,
        HEAD,
        Citation(ZHEJIANG, "第八条"),
        only=(CardLevel.RED.value,),
        once=True,
    ),
    _move(
        CardClosed, (CONFIRMED, RECOMMENDED), CLOSED, SUPERVISOR, default("red-card"), stops=(Clock.RECTIFY,)
    ),
    Move(act=Recused, source=OPEN, by=(POST, SUPERVISOR, HEAD), basis=Citation("公务员法", "第七十六条")),
    Move(
        act=Corrected,
        source=(*OPEN, CLOSED, WITHDRAWN),
        by=(POST, SUPERVISOR),
        basis=default("correction"),
    ),
)


CARD = Procedure(
    key="card",
    name=Phrase("红黄牌办理", "Card"),
    prefix="PB",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=default("card-answer"),
    opening=ISSUED,
    opens_with=(CardIssued,),
    opened_by=(Role.SYSTEM, SUPERVISOR),
    starts=(Start(clock=Clock.ANSWER),),
    moves=MOVES,
    lapses=tuple(
        Lapse(
            clock=Clock.ANSWER,
            source=(stage,),
            act=CardUnanswered,
            target=UNANSWERED,
            basis=default("yellow-unanswered"),
            stops=(Clock.ANSWER,),
        )
        for stage in (ISSUED, UPHELD)
    ),
    terms=(
        terms.ours(Clock.ANSWER, "card-answer"),
        terms.ours(Clock.REVIEW, "card-contest"),
        terms.ours(Clock.RECTIFY, "card-recommendation"),
    ),
    answerable=(Clock.ANSWER, Clock.REVIEW, Clock.RECTIFY),
    carded=False,
    public=False,
)
