"""The moves of a complaint: intake, investigation, answer and review; those at any time are in `complaint_beside`."""

from __future__ import annotations

from xiaoneng.law.citation import default
from xiaoneng.matters.acts import Clock
from xiaoneng.matters.procedure import Move, Start
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    AllegationsListed,
    AnsweredOnSpot,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintConcluded,
)
from xiaoneng.matters.vocabulary.complaint_after import (
    CalledBack,
    CallMissed,
    ComplaintReopened,
    DissatisfactionVoiced,
    ReHandlingOrdered,
    ReviewAnswered,
    ReviewConcluded,
)
from xiaoneng.matters.vocabulary.complaint_ways import (
    Assigned,
    ExplanationDemanded,
    ExplanationReceived,
    TransferAnswered,
    TransferredAcross,
)
from xiaoneng.matters.vocabulary.handling import Extended, ExtensionAsked
from xiaoneng.procedures.complaint_stages import (
    AFTER_ANSWER,
    ANSWERED,
    APPLICANT,
    CENTRE,
    CLOSED,
    FOUND,
    HANDLER,
    HEAD,
    HEARD,
    IN_HAND,
    IN_REVIEW,
    RECEIVED,
    RESULT,
    REVIEW_ANSWERED,
    REVIEW_FOUND,
    REVIEWER,
    SUPERIOR,
    TRANSFERRED,
    law,
)

DECIDED = (AnsweredOnSpot, ExplanationDemanded, AllegationFound, ComplaintConcluded, ComplaintAnswered)
"""Whoever did one of these does not review."""

INTAKE_MOVES = (
    Move(
        act=ComplaintAccepted,
        source=(RECEIVED,),
        target=IN_HAND,
        by=(CENTRE,),
        basis=default("complaint-acceptance"),
        stops=(Clock.INTAKE,),
        starts=RESULT,
    ),
    Move(
        act=AnsweredOnSpot,
        source=(RECEIVED,),
        target=ANSWERED,
        by=(CENTRE,),
        basis=law("第十三条"),
        stops=(Clock.INTAKE,),
        starts=AFTER_ANSWER,
    ),
    Move(
        act=TransferredAcross,
        source=(RECEIVED, IN_HAND),
        target=TRANSFERRED,
        by=(CENTRE, HANDLER),
        basis=law("第十三条"),
        stops=(Clock.INTAKE, Clock.HANDLING),
        starts=(Start(clock=Clock.TRANSFER),),
    ),
    Move(
        act=TransferAnswered,
        source=(TRANSFERRED,),
        target=IN_HAND,
        by=(CENTRE, HANDLER),
        basis=law("第十四条"),
        stops=(Clock.TRANSFER,),
        starts=RESULT,
    ),
)

HANDLING_MOVES = (
    Move(act=AllegationsListed, source=(IN_HAND,), by=(CENTRE, HANDLER), basis=default("complaint-trace")),
    Move(act=Assigned, source=(IN_HAND,), by=(CENTRE, HEAD, SUPERIOR), basis=law("第十四条"), gives=HANDLER),
    Move(
        act=ExplanationDemanded,
        source=(IN_HAND,),
        by=(CENTRE, HANDLER),
        basis=law("第十四条"),
        starts=(Start(clock=Clock.REPLY, until="by_day"),),
    ),
    Move(
        act=ExplanationReceived,
        source=(IN_HAND,),
        by=(CENTRE, HANDLER),
        basis=law("第十四条"),
        stops=(Clock.REPLY,),
        needs=(ExplanationDemanded,),
    ),
    Move(act=ExtensionAsked, source=(IN_HAND, FOUND), by=(CENTRE, HANDLER), basis=law("第十五条")),
    Move(act=Extended, source=(IN_HAND, FOUND), by=(HEAD,), basis=law("第十四条"), extends=(Clock.HANDLING,)),
    Move(act=AllegationFound, source=(IN_HAND,), by=(CENTRE, HANDLER), basis=default("complaint-trace")),
    Move(
        act=ComplaintConcluded,
        source=(IN_HAND,),
        target=FOUND,
        by=(CENTRE, HANDLER, HEAD, SUPERIOR),
        basis=law("第十四条"),
        stops=(Clock.REPLY,),
    ),
    Move(
        act=ComplaintAnswered,
        source=(FOUND,),
        target=ANSWERED,
        by=(CENTRE,),
        basis=law("第十四条"),
        stops=(Clock.HANDLING,),
        starts=AFTER_ANSWER,
    ),
    Move(
        act=ReHandlingOrdered,
        source=(FOUND, ANSWERED, REVIEW_FOUND, REVIEW_ANSWERED, CLOSED),
        target=IN_HAND,
        by=(HEAD, SUPERIOR),
        basis=law("第十六条"),
        stops=(*HEARD, Clock.REVIEW),
        starts=RESULT,
    ),
)

REVIEW_MOVES = (
    Move(
        act=CallMissed, source=(ANSWERED, REVIEW_ANSWERED), by=(CENTRE,), basis=default("complaint-call-back")
    ),
    Move(
        act=CalledBack,
        source=(ANSWERED, REVIEW_ANSWERED),
        target=CLOSED,
        by=(CENTRE, APPLICANT),
        basis=law("第十六条"),
        stops=HEARD,
    ),
    Move(
        act=DissatisfactionVoiced,
        source=(ANSWERED,),
        target=IN_REVIEW,
        by=(APPLICANT, CENTRE),
        basis=default("complaint-review"),
        stops=HEARD,
        starts=(Start(clock=Clock.REVIEW),),
        passes=((REVIEWER, CENTRE), (REVIEWER, HANDLER)),
        excludes=DECIDED,
        once=True,
    ),
    Move(act=AllegationFound, source=(IN_REVIEW,), by=(REVIEWER,), basis=default("complaint-review")),
    Move(
        act=ReviewConcluded,
        source=(IN_REVIEW,),
        target=REVIEW_FOUND,
        by=(REVIEWER, HEAD, SUPERIOR),
        basis=default("complaint-review"),
    ),
    Move(
        act=ReviewAnswered,
        source=(REVIEW_FOUND,),
        target=REVIEW_ANSWERED,
        by=(CENTRE,),
        basis=default("complaint-review"),
        stops=(Clock.REVIEW,),
        starts=AFTER_ANSWER,
    ),
    Move(
        act=ComplaintReopened,
        source=(CLOSED,),
        target=RECEIVED,
        by=(APPLICANT, CENTRE, HEAD, SUPERIOR),
        basis=default("complaint-review-once"),
        starts=(Start(clock=Clock.INTAKE),),
    ),
)
