"""Administrative approval by a single agency (行政审批), edition 1: 行政许可法 as a table."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Term
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Start
from xiaoneng.matters.vocabulary.decision import (
    Corrected,
    Delivered,
    FilingConfirmed,
    FilingReturned,
    Granted,
    Rated,
    RefusalFiled,
    Refused,
    Reopened,
)
from xiaoneng.matters.vocabulary.handling import Nudged, Reassigned, Recused
from xiaoneng.matters.vocabulary.intake import (
    DeemedAccepted,
    DeemedWithdrawn,
    MaterialsSupplied,
    Received,
    Withdrawn,
)
from xiaoneng.procedures import terms
from xiaoneng.procedures.approval_moves import HANDLING_MOVES, INTAKE_MOVES
from xiaoneng.procedures.approval_stages import (
    APPLICANT,
    AWAITING,
    CLEARED,
    CLEARED_AT_INTAKE,
    CLOSED,
    DONE,
    DONE_REFUSED,
    FILED,
    FILED_AT_INTAKE,
    FOR_DECISION,
    GRANTED,
    HANDLER,
    HEAD,
    IN_HAND,
    LEADER,
    NOT_ACCEPTED,
    OFFICE,
    OPEN,
    RECEIVED,
    REFUSED,
    REVIEWER,
    UNDECIDED,
    WINDOW,
    WITHDRAWN,
    WORK,
    law,
)
from xiaoneng.worktime.limits import Limit, Unit


def _term(clock: Clock, days: int, basis: Citation) -> Term:
    return Term(clock=clock, statutory=Limit(days, Unit.WORKING_DAYS), basis=basis)


DECISION_MOVES = (
    Move(
        act=Granted,
        source=(FOR_DECISION,),
        target=GRANTED,
        by=(HEAD,),
        basis=law("第三十八条第一款"),
        stops=(Clock.HANDLING, Clock.HEARING_REQUEST, Clock.HEARING_HOLD),
        starts=(Start(clock=Clock.DELIVERY),),
    ),
    Move(
        act=RefusalFiled,
        source=WORK,
        target=FILED,
        by=(HANDLER, REVIEWER, HEAD),
        basis=default("refusal-filing"),
        starts=(Start(clock=Clock.FILING),),
        gives=LEADER,
    ),
    Move(
        act=FilingConfirmed,
        source=(FILED,),
        target=CLEARED,
        by=(LEADER,),
        basis=default("refusal-filing"),
        stops=(Clock.FILING,),
    ),
    Move(
        act=FilingReturned,
        source=(FILED, CLEARED),
        target=IN_HAND,
        by=(LEADER,),
        basis=default("refusal-filing"),
        stops=(Clock.FILING,),
    ),
    Move(
        act=Refused,
        source=(CLEARED,),
        target=REFUSED,
        by=(HEAD,),
        basis=law("第三十八条第二款"),
        stops=(Clock.HANDLING, Clock.HEARING_REQUEST, Clock.HEARING_HOLD),
        starts=(Start(clock=Clock.DELIVERY),),
    ),
    Move(
        act=Delivered,
        source=(GRANTED,),
        target=DONE,
        by=(WINDOW,),
        basis=law("第四十四条"),
        stops=(Clock.DELIVERY,),
    ),
    Move(
        act=Delivered,
        source=(REFUSED,),
        target=DONE_REFUSED,
        by=(WINDOW,),
        basis=law("第四十四条"),
        stops=(Clock.DELIVERY,),
    ),
)

ANY_TIME_MOVES = (
    Move(
        act=Withdrawn,
        source=UNDECIDED,
        target=WITHDRAWN,
        by=(APPLICANT, WINDOW),
        basis=default("withdrawal"),
    ),
    Move(act=Nudged, source=OPEN, by=(APPLICANT,), basis=default("nudge")),
    Move(act=Reassigned, source=OPEN, by=(HEAD,), basis=default("reassignment")),
    Move(act=Recused, source=OPEN, by=OFFICE, basis=Citation("公务员法", "第七十六条")),
    Move(act=Corrected, source=(*OPEN, *CLOSED), by=OFFICE, basis=default("correction")),
    Move(
        act=Reopened,
        source=(DONE, DONE_REFUSED, NOT_ACCEPTED),
        target=IN_HAND,
        by=(HEAD,),
        basis=default("reopening"),
        starts=(Start(clock=Clock.HANDLING),),
    ),
    Move(act=Rated, source=CLOSED, by=(APPLICANT,), basis=default("rating"), once=True),
)

APPROVAL = Procedure(
    key="approval",
    name=Phrase("行政审批", "Approval"),
    prefix="XK",
    edition=1,
    in_force=date(2004, 7, 1),
    basis=law("第二十九条"),
    opening=RECEIVED,
    opens_with=(Received,),
    opened_by=(APPLICANT, WINDOW),
    starts=(Start(clock=Clock.INTAKE),),
    moves=(*INTAKE_MOVES, *HANDLING_MOVES, *DECISION_MOVES, *ANY_TIME_MOVES),
    lapses=(
        Lapse(
            clock=Clock.INTAKE,
            source=(RECEIVED, FILED_AT_INTAKE, CLEARED_AT_INTAKE),
            act=DeemedAccepted,
            target=IN_HAND,
            basis=law("第三十二条第一款第四项"),
            stops=(Clock.INTAKE, Clock.FILING),
            starts=(Start(clock=Clock.HANDLING, since=(Received, MaterialsSupplied)),),
        ),
        Lapse(
            clock=Clock.CORRECTION,
            source=(AWAITING,),
            act=DeemedWithdrawn,
            target=WITHDRAWN,
            basis=Citation("浙江省保障“最多跑一次”改革规定", "第十一条"),
            stops=(Clock.CORRECTION,),
        ),
    ),
    terms=(
        _term(Clock.INTAKE, 5, law("第三十二条第一款第四项")),
        terms.ours(Clock.CORRECTION, "correction-term"),
        _term(Clock.DELIVERY, 10, law("第四十四条")),
        terms.ours(Clock.FILING, "filing-review"),
        _term(Clock.HEARING_REQUEST, 5, law("第四十七条第一款")),
        _term(Clock.HEARING_HOLD, 20, law("第四十七条第一款")),
    ),
    answerable=(Clock.INTAKE, Clock.HANDLING, Clock.DELIVERY, Clock.HEARING_HOLD, Clock.FILING),
)
