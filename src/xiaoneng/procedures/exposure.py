"""Exposure (曝光), edition 1: from a proven, grave case to the public page, or to the bar that keeps it from there."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.exposure import (
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
)
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.procedures import terms
from xiaoneng.worktime.limits import Limit, Unit

HANDLER, LEGALITY, HEAD, PUBLISHER = Role.HANDLER, Role.LEGALITY, Role.HEAD, Role.PUBLISHER
REPLIES = (Role.RECEIVER, Role.SUBJECT)
OPENNESS = "政府信息公开条例"
REVIEW, DUE = Citation(OPENNESS, "第十七条"), Citation(OPENNESS, "第二十六条")

PROPOSED = Stage("proposed", Phrase("待审查", "For review"), LEGALITY)
REVIEWED = Stage("reviewed", Phrase("已审查", "Reviewed"), HANDLER)
REPLYING = Stage("replying", Phrase("答辩中", "Open to reply"), Role.RECEIVER)
FOR_DECISION = Stage("for_exposure", Phrase("待决定", "For decision"), HEAD)
DECIDED = Stage("exposure_decided", Phrase("已决定", "Decided"), PUBLISHER)
EXPOSED = Stage("exposed", Phrase("已公开", "Published"), final=True)
WITHDRAWN = Stage("exposure_withdrawn", Phrase("已撤回", "Withdrawn"), final=True)
BARRED = Stage("barred", Phrase("依法不予公开", "Barred by law"), final=True)
OPEN = (PROPOSED, REVIEWED, REPLYING, FOR_DECISION, DECIDED)
TOLD = (REVIEWED, FOR_DECISION, DECIDED)

MOVES = (
    Move(act=LegalityReviewed, source=(PROPOSED,), target=REVIEWED, by=(LEGALITY,), basis=REVIEW),
    Move(act=ExposureRevised, source=TOLD, target=PROPOSED, by=(HANDLER,), basis=default("exposure")),
    Move(
        act=ReplyInvited,
        source=(REVIEWED,),
        target=REPLYING,
        by=(HANDLER,),
        basis=default("right-of-reply"),
        starts=(Start(clock=Clock.REPLY),),
    ),
    Move(
        act=ReplyGiven,
        source=(REPLYING,),
        target=FOR_DECISION,
        by=REPLIES,
        basis=default("right-of-reply"),
        stops=(Clock.REPLY,),
    ),
    Move(act=ExposureDecided, source=(FOR_DECISION,), target=DECIDED, by=(HEAD,), basis=default("exposure")),
    Move(
        act=Exposed,
        source=(DECIDED,),
        target=EXPOSED,
        by=(PUBLISHER,),
        basis=DUE,
        stops=(Clock.PUBLISH,),
        needs=(ExposureDecided,),
    ),
    Move(
        act=ExposureBarred,
        source=OPEN,
        target=BARRED,
        by=(HEAD,),
        basis=Citation(OPENNESS, "第十四条"),
        stops=(Clock.PUBLISH, Clock.REPLY),
    ),
    Move(
        act=ExposureCorrected, source=(EXPOSED,), by=(HEAD, PUBLISHER), basis=default("exposure-correction")
    ),
    Move(
        act=ExposureWithdrawn,
        source=(EXPOSED,),
        target=WITHDRAWN,
        by=(HEAD,),
        basis=default("exposure-correction"),
    ),
    Move(act=Recused, source=OPEN, by=(HANDLER, LEGALITY, HEAD), basis=Citation("公务员法", "第七十六条")),
    Move(act=Corrected, source=OPEN, by=(HANDLER, HEAD), basis=default("correction")),
)

EXPOSURE = Procedure(
    key="exposure",
    name=Phrase("曝光", "Exposure"),
    prefix="BG",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=default("exposure"),
    opening=PROPOSED,
    opens_with=(ExposureProposed,),
    opened_by=(HANDLER,),
    starts=(Start(clock=Clock.PUBLISH, until="publish_by"),),
    moves=MOVES,
    lapses=(
        Lapse(
            clock=Clock.REPLY,
            source=(REPLYING,),
            act=ReplyLapsed,
            target=FOR_DECISION,
            basis=default("right-of-reply"),
            stops=(Clock.REPLY,),
        ),
    ),
    terms=(
        Term(clock=Clock.PUBLISH, statutory=Limit(20, Unit.WORKING_DAYS), basis=DUE),
        terms.ours(Clock.REPLY, "right-of-reply", unit=Unit.CALENDAR_DAYS),
    ),
    answerable=(Clock.PUBLISH,),
    public=False,
    confidential=True,
)
