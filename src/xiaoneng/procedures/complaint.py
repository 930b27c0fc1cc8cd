"""Complaints about how offices work (效能投诉), edition 1: taken in at one place and traced to the end."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Lapse, Procedure, Start
from xiaoneng.matters.vocabulary.complaint import ComplaintDeemedAccepted, ComplaintMade
from xiaoneng.matters.vocabulary.complaint_after import ResponseLapsed
from xiaoneng.matters.vocabulary.complaint_words import ANONYMOUS
from xiaoneng.procedures import terms
from xiaoneng.procedures.complaint_beside import BESIDE_MOVES
from xiaoneng.procedures.complaint_moves import HANDLING_MOVES, INTAKE_MOVES, REVIEW_MOVES
from xiaoneng.procedures.complaint_stages import (
    ANSWERED,
    CLOSED,
    IN_HAND,
    RECEIVED,
    RESULT,
    REVIEW_ANSWERED,
    law,
)
from xiaoneng.worktime.limits import Limit, Unit


def _term(clock: Clock, days: int, basis: Citation) -> Term:
    return Term(clock=clock, statutory=Limit(days, Unit.WORKING_DAYS), basis=basis)


COMPLAINT = Procedure(
    key="complaint",
    name=Phrase("效能投诉", "Complaint"),
    prefix="TS",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=law("第十三条"),
    opening=RECEIVED,
    opens_with=(ComplaintMade,),
    opened_by=(Role.APPLICANT, Role.FIRST_CONTACT, Role.CENTRE, Role.SUPERIOR, Role.SYSTEM),
    starts=(Start(clock=Clock.INTAKE),),
    moves=(*INTAKE_MOVES, *HANDLING_MOVES, *REVIEW_MOVES, *BESIDE_MOVES),
    lapses=(
        Lapse(
            clock=Clock.INTAKE,
            source=(RECEIVED,),
            act=ComplaintDeemedAccepted,
            target=IN_HAND,
            basis=default("complaint-acceptance"),
            stops=(Clock.INTAKE,),
            starts=RESULT,
        ),
        Lapse(
            clock=Clock.RESPONSE,
            source=(ANSWERED, REVIEW_ANSWERED),
            act=ResponseLapsed,
            target=CLOSED,
            basis=default("complaint-response"),
            stops=(Clock.RESPONSE,),
            only=(ANONYMOUS,),
        ),
    ),
    terms=(
        terms.ours(Clock.INTAKE, "complaint-acceptance"),
        Term(
            clock=Clock.HANDLING,
            statutory=Limit(30, Unit.WORKING_DAYS),
            basis=law("第十四条"),
            extension=Limit(30, Unit.WORKING_DAYS),
            extension_by=Role.HEAD,
            extension_basis=law("第十四条"),
        ),
        terms.ours(Clock.TRANSFER, "complaint-transfer"),
        _term(Clock.ANSWER, 30, law("第十五条")),
        _term(Clock.REPLY, 5, law("第十四条")),
        terms.ours(Clock.CALL_BACK, "complaint-call-back"),
        terms.ours(Clock.RESPONSE, "complaint-response"),
        terms.ours(Clock.REVIEW, "complaint-review"),
        terms.ours(Clock.RECUSAL, "complaint-recusal"),
    ),
    answerable=(
        Clock.INTAKE,
        Clock.HANDLING,
        Clock.TRANSFER,
        Clock.REVIEW,
        Clock.CALL_BACK,
        Clock.RECUSAL,
        Clock.ANSWER,
        Clock.REPLY,
    ),
    public=False,
    confidential=True,
)
