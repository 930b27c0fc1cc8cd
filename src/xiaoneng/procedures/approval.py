"""Administrative approval by a single agency (行政审批), edition 1: 行政许可法 as a table."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
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
    Revoked,
)
from xiaoneng.matters.vocabulary.handling import (
    Examined,
    Extended,
    ExtensionAsked,
    HearingHeld,
    HearingNotified,
    HearingRequested,
    HearingTold,
    Nudged,
    Proposed,
    Reassigned,
    Recused,
    Resumed,
    Reviewed,
    SentBack,
    Suspended,
)
from xiaoneng.matters.vocabulary.intake import (
    Accepted,
    CorrectedOnSpot,
    DeemedAccepted,
    DeemedWithdrawn,
    MaterialsNoticed,
    MaterialsSupplied,
    NotAccepted,
    Received,
    Withdrawn,
)
from xiaoneng.worktime.limits import Limit, Unit

APPLICANT, WINDOW, HANDLER = Role.APPLICANT, Role.FIRST_CONTACT, Role.HANDLER
REVIEWER, LEADER, HEAD = Role.REVIEWER, Role.LEADER, Role.HEAD
INSTANT, EXAMINED, HEARING = "instant", "examined", "hearing"


def law(article: str) -> Citation:
    """Return an article of the Administrative Licensing Law."""
    return Citation("行政许可法", article)


RECEIVED = Stage("received", Phrase("已收件", "Received"), WINDOW)
AWAITING = Stage("awaiting", Phrase("待补正", "Awaiting materials"), APPLICANT)
FILED_AT_INTAKE = Stage("filed_at_intake", Phrase("不予受理报备中", "Non-acceptance filed"), LEADER)
CLEARED_AT_INTAKE = Stage("cleared_at_intake", Phrase("不予受理已报备", "Non-acceptance cleared"), WINDOW)
IN_HAND = Stage("in_hand", Phrase("办理中", "In hand"), HANDLER)
SUSPENDED = Stage("suspended", Phrase("特别程序中", "Suspended"), HANDLER)
IN_REVIEW = Stage("in_review", Phrase("审核中", "In review"), REVIEWER)
FOR_DECISION = Stage("for_decision", Phrase("待批准", "For decision"), HEAD)
FILED = Stage("filed", Phrase("不予许可报备中", "Refusal filed"), LEADER)
CLEARED = Stage("cleared", Phrase("不予许可已报备", "Refusal cleared"), HEAD)
GRANTED = Stage("granted", Phrase("已准予，待送达", "Granted, to be delivered"), WINDOW)
REFUSED = Stage("refused", Phrase("不予许可，待送达", "Refused, to be delivered"), WINDOW)
DONE = Stage("done", Phrase("已办结", "Completed"), final=True)
DONE_REFUSED = Stage("done_refused", Phrase("已办结（不予许可）", "Completed (refused)"), final=True)
NOT_ACCEPTED = Stage("not_accepted", Phrase("不予受理", "Not accepted"), final=True)
WITHDRAWN = Stage("withdrawn", Phrase("已撤回", "Withdrawn"), final=True)

WORK = (IN_HAND, IN_REVIEW, FOR_DECISION)
INSIDE = (*WORK, SUSPENDED, FILED, CLEARED)
OPEN = (RECEIVED, AWAITING, FILED_AT_INTAKE, CLEARED_AT_INTAKE, *INSIDE, GRANTED, REFUSED)
CLOSED = (DONE, DONE_REFUSED, NOT_ACCEPTED, WITHDRAWN)
HANDLING = (Start(clock=Clock.HANDLING, since=(MaterialsSupplied,)),)
OFFICE = (WINDOW, HANDLER, REVIEWER, LEADER, HEAD)


def _term(clock: Clock, days: int, basis: Citation) -> Term:
    return Term(clock=clock, statutory=Limit(days, Unit.WORKING_DAYS), basis=basis)


INTAKE_MOVES = (
    Move(act=CorrectedOnSpot, source=(RECEIVED,), by=(WINDOW,), basis=law("第三十二条第一款第三项")),
    Move(
        act=MaterialsNoticed,
        source=(RECEIVED,),
        target=AWAITING,
        by=(WINDOW,),
        basis=law("第三十二条第一款第四项"),
        stops=(Clock.INTAKE,),
        starts=(Start(clock=Clock.CORRECTION),),
    ),
    Move(
        act=MaterialsSupplied,
        source=(AWAITING,),
        target=RECEIVED,
        by=(APPLICANT, WINDOW),
        basis=law("第三十二条第一款第四项"),
        stops=(Clock.CORRECTION,),
        starts=(Start(clock=Clock.INTAKE),),
    ),
    Move(
        act=Accepted,
        source=(RECEIVED,),
        target=IN_HAND,
        by=(WINDOW,),
        basis=law("第三十二条第一款第五项"),
        stops=(Clock.INTAKE,),
        starts=HANDLING,
    ),
    Move(
        act=Granted,
        source=(RECEIVED,),
        target=GRANTED,
        by=(WINDOW,),
        basis=law("第三十四条第二款"),
        stops=(Clock.INTAKE,),
        starts=(Start(clock=Clock.DELIVERY),),
        only=(INSTANT,),
    ),
    Move(
        act=RefusalFiled,
        source=(RECEIVED,),
        target=FILED_AT_INTAKE,
        by=(WINDOW,),
        basis=default("refusal-filing"),
        starts=(Start(clock=Clock.FILING),),
    ),
    Move(
        act=FilingConfirmed,
        source=(FILED_AT_INTAKE,),
        target=CLEARED_AT_INTAKE,
        by=(LEADER,),
        basis=default("refusal-filing"),
        stops=(Clock.FILING,),
    ),
    Move(
        act=FilingReturned,
        source=(FILED_AT_INTAKE, CLEARED_AT_INTAKE),
        target=RECEIVED,
        by=(LEADER,),
        basis=default("refusal-filing"),
        stops=(Clock.FILING,),
    ),
    Move(
        act=NotAccepted,
        source=(CLEARED_AT_INTAKE,),
        target=NOT_ACCEPTED,
        by=(WINDOW,),
        basis=law("第三十二条第二款"),
        stops=(Clock.INTAKE,),
    ),
)

HANDLING_MOVES = (
    Move(
        act=Examined,
        source=(IN_HAND, SUSPENDED),
        by=(HANDLER,),
        basis=law("第三十四条第三款"),
        only=(EXAMINED,),
    ),
    Move(
        act=Suspended,
        source=(IN_HAND,),
        target=SUSPENDED,
        by=(HANDLER,),
        basis=law("第四十五条"),
        suspends=(Clock.HANDLING,),
    ),
    Move(
        act=Resumed,
        source=(SUSPENDED,),
        target=IN_HAND,
        by=(HANDLER,),
        basis=law("第四十五条"),
        resumes=(Clock.HANDLING,),
    ),
    Move(act=ExtensionAsked, source=WORK, by=(HANDLER,), basis=law("第四十二条第一款"), once=True),
    Move(act=Extended, source=WORK, by=(HEAD,), basis=law("第四十二条第一款"), extends=(Clock.HANDLING,)),
    Move(
        act=HearingTold,
        source=(IN_HAND,),
        by=(HANDLER,),
        basis=law("第四十七条第一款"),
        starts=(Start(clock=Clock.HEARING_REQUEST),),
    ),
    Move(
        act=HearingRequested,
        source=(IN_HAND, SUSPENDED),
        by=(APPLICANT, HANDLER),
        basis=law("第四十七条第一款"),
        stops=(Clock.HEARING_REQUEST,),
        starts=(Start(clock=Clock.HEARING_HOLD),),
        needs=(HearingTold,),
        once=True,
    ),
    Move(
        act=HearingNotified,
        source=(IN_HAND, SUSPENDED),
        by=(HANDLER,),
        basis=law("第四十八条第一款第一项"),
        needs=(HearingRequested,),
    ),
    Move(
        act=HearingHeld,
        source=(IN_HAND, SUSPENDED),
        by=(HANDLER,),
        basis=law("第四十八条"),
        stops=(Clock.HEARING_HOLD,),
        needs=(HearingNotified,),
    ),
    Move(act=Proposed, source=(IN_HAND,), target=IN_REVIEW, by=(HANDLER,), basis=law("第三十四条第一款")),
    Move(
        act=Reviewed, source=(IN_REVIEW,), target=FOR_DECISION, by=(REVIEWER,), basis=law("第三十四条第一款")
    ),
    Move(
        act=SentBack,
        source=(IN_REVIEW, FOR_DECISION, CLEARED),
        target=IN_HAND,
        by=(REVIEWER, HEAD),
        basis=default("sent-back"),
    ),
    Move(
        act=Revoked,
        source=(CLEARED,),
        target=NOT_ACCEPTED,
        by=(HEAD,),
        basis=Citation("浙江省保障“最多跑一次”改革规定", "第十一条"),
        needs=(FilingConfirmed,),
        stops=(Clock.HANDLING,),
    ),
)

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
    Move(act=Withdrawn, source=OPEN, target=WITHDRAWN, by=(APPLICANT, WINDOW), basis=default("withdrawal")),
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
        _term(Clock.CORRECTION, 20, default("correction-term")),
        _term(Clock.DELIVERY, 10, law("第四十四条")),
        _term(Clock.FILING, 2, default("filing-review")),
        _term(Clock.HEARING_REQUEST, 5, law("第四十七条第一款")),
        _term(Clock.HEARING_HOLD, 20, law("第四十七条第一款")),
    ),
    answerable=(Clock.INTAKE, Clock.HANDLING, Clock.DELIVERY, Clock.HEARING_HOLD, Clock.FILING),
)
