"""The moves of a complaint beside its course: up to the centre above, under its orders, recusal, identity, nudges."""

from __future__ import annotations

from xiaoneng.law.citation import Citation, default
from xiaoneng.matters.acts import Clock
from xiaoneng.matters.procedure import Move, Start
from xiaoneng.matters.vocabulary.complaint_after import (
    ComplaintWithdrawn,
    FactsAdded,
    IdentityAsked,
    IdentityOpened,
    IdentityRefused,
    RecusalAsked,
    RecusalDecided,
    RepeatLinked,
    RetaliationReported,
)
from xiaoneng.matters.vocabulary.complaint_ways import (
    OrderReported,
    PassedUp,
    SubjectNamed,
    SuperiorOrdered,
    TakenUp,
)
from xiaoneng.matters.vocabulary.complaint_words import NAMED
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.handling import Nudged, Reassigned, Recused
from xiaoneng.procedures.complaint_stages import (
    ANSWERED,
    APPLICANT,
    CENTRE,
    CLOSED,
    FIRST,
    FOUND,
    HANDLER,
    HEAD,
    HEARD,
    IN_HAND,
    IN_REVIEW,
    KEEPER,
    LEADER,
    OFFICE,
    OPEN,
    RECEIVED,
    RESULT,
    REVIEW,
    REVIEW_ANSWERED,
    REVIEW_FOUND,
    REVIEWER,
    SUPERIOR,
    TRANSFERRED,
    UP,
    UP_IN_REVIEW,
    law,
)

RAISES = (CENTRE, HANDLER, REVIEWER, HEAD, LEADER)

UP_MOVES = (
    Move(
        act=SubjectNamed,
        source=OPEN,
        by=(CENTRE, HANDLER, REVIEWER, HEAD),
        basis=Citation("公务员法", "第七十六条"),
    ),
    Move(act=PassedUp, source=FIRST, by=RAISES, basis=default("complaint-routing"), passes=UP),
    Move(act=PassedUp, source=REVIEW, by=RAISES, basis=default("complaint-routing"), passes=UP_IN_REVIEW),
    Move(act=TakenUp, source=FIRST, by=(SUPERIOR,), basis=law("第十五条"), passes=UP),
    Move(act=TakenUp, source=REVIEW, by=(SUPERIOR,), basis=law("第十五条"), passes=UP_IN_REVIEW),
    Move(
        act=SuperiorOrdered,
        source=OPEN,
        by=(SUPERIOR,),
        basis=law("第十五条"),
        starts=(Start(clock=Clock.ANSWER, until="until"),),
    ),
    Move(
        act=OrderReported,
        source=OPEN,
        by=(CENTRE, HANDLER, HEAD),
        basis=law("第十五条"),
        stops=(Clock.ANSWER,),
        needs=(SuperiorOrdered,),
    ),
)

RETALIATION_MOVES = (
    Move(
        act=RetaliationReported,
        source=(RECEIVED, IN_HAND, TRANSFERRED),
        by=(APPLICANT, CENTRE),
        basis=default("complaint-retaliation"),
        passes=UP,
    ),
    Move(
        act=RetaliationReported,
        source=(FOUND, ANSWERED, REVIEW_ANSWERED, CLOSED),
        target=IN_HAND,
        by=(APPLICANT, CENTRE),
        basis=default("complaint-retaliation"),
        passes=UP,
        stops=HEARD,
        starts=RESULT,
    ),
    Move(
        act=RetaliationReported,
        source=(IN_REVIEW, REVIEW_FOUND),
        target=IN_REVIEW,
        by=(APPLICANT, CENTRE),
        basis=default("complaint-retaliation"),
        passes=UP_IN_REVIEW,
    ),
)

RECUSAL_MOVES = (
    Move(
        act=RecusalAsked,
        source=OPEN,
        by=(APPLICANT, *OFFICE),
        basis=Citation("公务员法", "第七十七条"),
        starts=(Start(clock=Clock.RECUSAL),),
    ),
    Move(
        act=RecusalDecided,
        source=OPEN,
        by=(HEAD, SUPERIOR),
        basis=default("complaint-recusal"),
        stops=(Clock.RECUSAL,),
        needs=(RecusalAsked,),
    ),
    Move(act=Recused, source=OPEN, by=(*OFFICE, LEADER), basis=Citation("公务员法", "第七十六条")),
)

IDENTITY_MOVES = (
    Move(
        act=IdentityAsked,
        source=OPEN,
        by=(KEEPER,),
        basis=default("complaint-identity"),
        only=(NAMED,),
    ),
    Move(
        act=IdentityOpened,
        source=OPEN,
        by=(KEEPER,),
        basis=default("complaint-identity"),
        needs=(IdentityAsked,),
        only=(NAMED,),
    ),
    Move(
        act=IdentityRefused,
        source=OPEN,
        by=(KEEPER,),
        basis=default("complaint-identity"),
        needs=(IdentityAsked,),
        only=(NAMED,),
    ),
)

BESIDE_MOVES = (
    *UP_MOVES,
    *RETALIATION_MOVES,
    *RECUSAL_MOVES,
    *IDENTITY_MOVES,
    Move(act=ComplaintWithdrawn, source=OPEN, by=(APPLICANT,), basis=default("complaint-trace"), once=True),
    Move(act=FactsAdded, source=OPEN, by=(APPLICANT, CENTRE), basis=law("第十三条")),
    Move(act=Nudged, source=OPEN, by=(APPLICANT,), basis=default("complaint-nudge")),
    Move(act=RepeatLinked, source=OPEN, by=(CENTRE, HANDLER), basis=default("complaint-topic")),
    Move(act=Reassigned, source=OPEN, by=(HEAD, SUPERIOR), basis=default("reassignment")),
    Move(act=Corrected, source=(*OPEN, CLOSED), by=OFFICE, basis=default("correction")),
)
