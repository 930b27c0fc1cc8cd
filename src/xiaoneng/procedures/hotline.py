"""The public-opinion hotline (舆论监督热线), edition 1: orders are answered in five days, closed after a call-back."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.handling import Extended, Recused
from xiaoneng.matters.vocabulary.hotline import (
    CallerCalledBack,
    OrderAnswered,
    OrderClosed,
    OrderDesignated,
    OrderDispatched,
    OrderReturned,
    RedoOrdered,
    SignedFor,
    TopicLinked,
)
from xiaoneng.procedures import terms
from xiaoneng.worktime.limits import Limit, Unit

HOTLINE_POST, AGENCY, HEAD = Role.SUPERVISOR, Role.HANDLER, Role.HEAD
FIVE_DAYS = Citation("安阳市政务服务条例", "第五十条第一款")
RETURN = Citation("安阳市政务服务条例", "第五十条第二款")
DESIGNATION = Citation("潍坊市12345政务服务便民热线条例", "第二十二条第二款")
STUDY = Citation("安阳市政务服务条例", "第五十条第三款")
CALL_BACK = Citation("济南市12345市民服务热线条例", "第二十七条")

DISPATCHED = Stage("dispatched", Phrase("待签收", "To be signed for"), AGENCY)
RETURNED = Stage("returned", Phrase("退单待裁定", "Returned, to be decided"), HOTLINE_POST)
IN_HAND = Stage("in_hand", Phrase("办理中", "Being handled"), AGENCY)
ANSWERED = Stage("answered", Phrase("已答复，待回访", "Answered, call-back due"), HOTLINE_POST)
CALLED = Stage("called", Phrase("已回访", "Caller called back"), HOTLINE_POST)
CLOSED = Stage("closed", Phrase("已办结", "Closed"), final=True)
OPEN = (DISPATCHED, RETURNED, IN_HAND, ANSWERED, CALLED)

ANSWER_TERMS = (
    Start(clock=Clock.HANDLING, only=("ordinary",)),
    Start(clock=Clock.ANSWER, only=("urgent",)),
)


def _days(clock: Clock, count: int, basis: Citation) -> Term:
    return Term(clock=clock, statutory=Limit(count, Unit.WORKING_DAYS), basis=basis)


HOTLINE = Procedure(
    key="hotline",
    name=Phrase("舆论监督热线", "Public-opinion hotline"),
    prefix="RX",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=FIVE_DAYS,
    opening=DISPATCHED,
    opens_with=(OrderDispatched,),
    opened_by=(HOTLINE_POST,),
    starts=(Start(clock=Clock.SIGN_IN), *ANSWER_TERMS),
    moves=(
        Move(
            act=SignedFor,
            source=(DISPATCHED,),
            target=IN_HAND,
            by=(AGENCY,),
            basis=FIVE_DAYS,
            stops=(Clock.SIGN_IN,),
        ),
        Move(
            act=OrderReturned,
            source=(DISPATCHED,),
            target=RETURNED,
            by=(AGENCY,),
            basis=RETURN,
            stops=(Clock.SIGN_IN, Clock.HANDLING, Clock.ANSWER),
            starts=(Start(clock=Clock.FILING),),
            once=True,
        ),
        Move(
            act=OrderDesignated,
            source=(RETURNED,),
            target=DISPATCHED,
            by=(HOTLINE_POST,),
            basis=DESIGNATION,
            stops=(Clock.FILING,),
            starts=(Start(clock=Clock.SIGN_IN), *ANSWER_TERMS),
            gives=AGENCY,
        ),
        Move(act=Extended, source=(IN_HAND,), by=(HEAD,), basis=FIVE_DAYS, extends=(Clock.HANDLING,)),
        Move(
            act=OrderAnswered,
            source=(IN_HAND,),
            target=ANSWERED,
            by=(AGENCY,),
            basis=FIVE_DAYS,
            stops=(Clock.HANDLING, Clock.ANSWER),
            starts=(Start(clock=Clock.CALL_BACK),),
        ),
        Move(
            act=CallerCalledBack,
            source=(ANSWERED, CALLED),
            target=CALLED,
            by=(HOTLINE_POST,),
            basis=CALL_BACK,
            stops=(Clock.CALL_BACK,),
        ),
        Move(
            act=RedoOrdered,
            source=(CALLED,),
            target=IN_HAND,
            by=(HOTLINE_POST,),
            basis=CALL_BACK,
            starts=ANSWER_TERMS,
            once=True,
        ),
        Move(act=OrderClosed, source=(CALLED,), target=CLOSED, by=(HOTLINE_POST,), basis=CALL_BACK),
        Move(act=TopicLinked, source=OPEN, by=(HOTLINE_POST, AGENCY), basis=STUDY),
        Move(act=Recused, source=OPEN, by=(AGENCY, HOTLINE_POST), basis=Citation("公务员法", "第七十六条")),
        Move(act=Corrected, source=(*OPEN, CLOSED), by=(AGENCY, HOTLINE_POST), basis=default("correction")),
    ),
    terms=(
        _days(Clock.SIGN_IN, 1, RETURN),
        Term(
            clock=Clock.HANDLING,
            statutory=Limit(5, Unit.WORKING_DAYS),
            basis=FIVE_DAYS,
            extension=Limit(5, Unit.WORKING_DAYS),
            extension_by=HEAD,
            extension_basis=FIVE_DAYS,
        ),
        terms.ours(Clock.ANSWER, "hotline-urgent"),
        terms.ours(Clock.FILING, "hotline-return"),
        terms.ours(Clock.CALL_BACK, "hotline-call-back"),
    ),
    answerable=(Clock.SIGN_IN, Clock.FILING, Clock.ANSWER, Clock.HANDLING, Clock.CALL_BACK),
    public=False,
)
