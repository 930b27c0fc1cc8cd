"""First inquiry (首问责任), edition 1: the first official asked owns it until somebody has taken it over."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected, Rated
from xiaoneng.matters.vocabulary.handling import Nudged, Recused
from xiaoneng.matters.vocabulary.inquiry import (
    Answered,
    Asked,
    AskedAgain,
    HandOverAccepted,
    HandOverBounced,
    HandOverContested,
    HandOverEscalated,
    HandOverOffered,
    OwnerDecided,
    ReferredOutside,
    TakenIn,
)
from xiaoneng.procedures import terms

OWNER, RECEIVER, HEAD = Role.HANDLER, Role.RECEIVER, Role.HEAD

OWNED = Stage("owned", Phrase("首问办理中", "With its owner"), OWNER)
OFFERED = Stage("offered", Phrase("移交待接收", "Offered"), RECEIVER)
DISPUTED = Stage("disputed", Phrase("待负责人裁定", "For the head to decide"), HEAD)
ANSWERED = Stage("answered", Phrase("已答复", "Answered"), final=True)
REFERRED = Stage("referred", Phrase("已告知有权机关", "Referred"), final=True)
OPEN = (OWNED, OFFERED, DISPUTED)


FIRST_INQUIRY = Procedure(
    key="first_inquiry",
    name=Phrase("首问办理", "First inquiry"),
    prefix="SW",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=default("first-inquiry"),
    opening=OWNED,
    opens_with=(Asked,),
    opened_by=(Role.FIRST_CONTACT, OWNER, Role.APPLICANT),
    starts=(Start(clock=Clock.ANSWER),),
    moves=(
        Move(
            act=Answered,
            source=(OWNED,),
            target=ANSWERED,
            by=(OWNER,),
            basis=default("first-inquiry"),
            stops=(Clock.ANSWER,),
        ),
        Move(act=TakenIn, source=(OWNED, OFFERED), by=(OWNER,), basis=default("first-inquiry")),
        Move(
            act=HandOverOffered,
            source=(OWNED,),
            target=OFFERED,
            by=(OWNER,),
            basis=default("first-inquiry"),
            starts=(Start(clock=Clock.TRANSFER),),
            gives=RECEIVER,
        ),
        Move(
            act=HandOverAccepted,
            source=(OFFERED,),
            target=OWNED,
            by=(RECEIVER,),
            basis=default("first-inquiry"),
            stops=(Clock.TRANSFER,),
            gives=OWNER,
        ),
        Move(
            act=HandOverBounced,
            source=(OFFERED,),
            target=OWNED,
            by=(RECEIVER,),
            basis=default("hand-over-bounce"),
            stops=(Clock.TRANSFER,),
            once=True,
        ),
        Move(
            act=HandOverContested,
            source=(OFFERED,),
            target=DISPUTED,
            by=(RECEIVER,),
            basis=default("hand-over-bounce"),
            stops=(Clock.TRANSFER,),
            starts=(Start(clock=Clock.FILING),),
            needs=(HandOverBounced,),
        ),
        Move(
            act=OwnerDecided,
            source=(DISPUTED,),
            target=OWNED,
            by=(HEAD,),
            basis=default("hand-over-bounce"),
            stops=(Clock.FILING,),
            gives=OWNER,
        ),
        Move(
            act=ReferredOutside,
            source=(OWNED,),
            target=REFERRED,
            by=(OWNER,),
            basis=default("first-inquiry"),
            stops=(Clock.ANSWER,),
        ),
        Move(
            act=AskedAgain,
            source=OPEN,
            by=(Role.APPLICANT, Role.FIRST_CONTACT, OWNER, RECEIVER),
            basis=default("first-inquiry"),
        ),
        Move(act=Nudged, source=OPEN, by=(Role.APPLICANT,), basis=default("nudge")),
        Move(act=Recused, source=OPEN, by=(OWNER, RECEIVER), basis=Citation("公务员法", "第七十六条")),
        Move(
            act=Corrected, source=(*OPEN, ANSWERED, REFERRED), by=(OWNER, HEAD), basis=default("correction")
        ),
        Move(
            act=Rated, source=(ANSWERED, REFERRED), by=(Role.APPLICANT,), basis=default("rating"), once=True
        ),
    ),
    lapses=(
        Lapse(
            clock=Clock.TRANSFER,
            source=(OFFERED,),
            act=HandOverEscalated,
            target=DISPUTED,
            basis=default("hand-over-silence"),
            stops=(Clock.TRANSFER,),
            starts=(Start(clock=Clock.FILING),),
        ),
    ),
    terms=(
        terms.ours(Clock.ANSWER, "first-inquiry-answer"),
        terms.ours(Clock.TRANSFER, "hand-over-silence"),
        terms.ours(Clock.FILING, "hand-over-bounce"),
    ),
    answerable=(Clock.TRANSFER, Clock.FILING, Clock.ANSWER),
)
