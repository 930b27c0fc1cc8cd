"""The steps of accountability for dereliction (失职追究的环节与步骤): a table, read by `procedures.discipline`."""

from __future__ import annotations

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Move, Stage, Start
from xiaoneng.matters.vocabulary.bans import BAN, LighterApproved
from xiaoneng.matters.vocabulary.complaint_after import RecusalAsked, RecusalDecided
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.discipline import (
    AppealDecided,
    AppealMade,
    Archived,
    Circulated,
    DefenceHeard,
    Exempted,
    FactsPut,
    InvestigatorsNamed,
    MeasureDecided,
    MeasureServed,
)
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.matters.vocabulary.sanctions import ReturnedByBody, SanctionRecorded, TransferredOut

PERSONNEL, HEAD, SUBJECT, SUPERVISOR = Role.PERSONNEL, Role.HEAD, Role.SUBJECT, Role.SUPERVISOR
SANCTIONS = "公职人员政务处分法"
ZHEJIANG = "浙江省影响机关工作效能行为责任追究办法"

REGISTERED = Stage("registered", Phrase("已立案", "Registered"), HEAD)
INVESTIGATING = Stage("investigating", Phrase("调查中", "Under investigation"), PERSONNEL)
DEFENDING = Stage("defending", Phrase("陈述申辩", "Defence"), SUBJECT)
FOR_MEASURE = Stage("for_measure", Phrase("待决定", "For decision"), HEAD)
DECIDED = Stage("decided", Phrase("已决定，待送达", "Decided, to be served"), PERSONNEL)
APPEALABLE = Stage("appealable", Phrase("申诉期内", "Open to appeal"), PERSONNEL)
APPEALED = Stage("appealed", Phrase("申诉中", "Appealed"), SUPERVISOR)
IN_EFFECT = Stage("in_effect", Phrase("执行中", "In effect"), PERSONNEL)
TRANSFERRED = Stage("transferred", Phrase("已移送，待有权机关决定", "With the competent body"), PERSONNEL)
ARCHIVED = Stage("archived", Phrase("已归档", "Archived"), final=True)
EXEMPTED = Stage("exempted", Phrase("免予追究", "Exempted"), final=True)
UNDECIDED = (REGISTERED, INVESTIGATING, DEFENDING, FOR_MEASURE)
OPEN = (*UNDECIDED, DECIDED, APPEALABLE, APPEALED, IN_EFFECT, TRANSFERRED)
WEIGHED = (INVESTIGATING, FOR_MEASURE)
LASTING = Start(clock=Clock.EFFECT, until="effective_until")
"""An effect ends on the very day that the act says, working day or not; a measure without a period starts none."""

INQUIRY = (
    Move(
        act=InvestigatorsNamed,
        source=(REGISTERED, INVESTIGATING),
        target=INVESTIGATING,
        by=(HEAD, SUPERVISOR),
        basis=Citation(SANCTIONS, "第四十二条"),
    ),
    Move(
        act=FactsPut,
        source=(INVESTIGATING,),
        target=DEFENDING,
        by=(PERSONNEL,),
        basis=Citation(SANCTIONS, "第四十三条"),
        starts=(Start(clock=Clock.DEFENCE),),
    ),
    Move(
        act=DefenceHeard,
        source=(DEFENDING,),
        target=FOR_MEASURE,
        by=(SUBJECT, PERSONNEL),
        basis=Citation(SANCTIONS, "第四十三条"),
        stops=(Clock.DEFENCE,),
    ),
    Move(
        act=Recused,
        source=OPEN,
        by=(PERSONNEL, HEAD, SUPERVISOR),
        basis=Citation(SANCTIONS, "第四十七条"),
    ),
    Move(
        act=RecusalAsked,
        source=OPEN,
        by=(SUBJECT,),
        basis=Citation(SANCTIONS, "第四十七条"),
        starts=(Start(clock=Clock.RECUSAL),),
    ),
    Move(
        act=RecusalDecided,
        source=OPEN,
        by=(HEAD, SUPERVISOR),
        basis=Citation(SANCTIONS, "第四十八条"),
        stops=(Clock.RECUSAL,),
        needs=(RecusalAsked,),
    ),
    Move(act=Corrected, source=OPEN, by=(PERSONNEL, HEAD), basis=default("correction")),
)

OUTCOME = (
    Move(
        act=LighterApproved,
        source=(FOR_MEASURE,),
        by=(SUPERVISOR,),
        basis=default("four-bans"),
        only=(BAN,),
    ),
    Move(
        act=MeasureDecided,
        source=(FOR_MEASURE,),
        target=DECIDED,
        by=(HEAD,),
        basis=Citation(ZHEJIANG, "第九条"),
        starts=(LASTING,),
    ),
    Move(
        act=Exempted,
        source=WEIGHED,
        target=EXEMPTED,
        by=(HEAD,),
        basis=Citation(ZHEJIANG, "第八条"),
    ),
    Move(
        act=TransferredOut,
        source=WEIGHED,
        target=TRANSFERRED,
        by=(HEAD,),
        basis=Citation(SANCTIONS, "第十六条"),
    ),
    Move(
        act=ReturnedByBody,
        source=(TRANSFERRED,),
        target=INVESTIGATING,
        by=(PERSONNEL, HEAD),
        basis=Citation(SANCTIONS, "第十六条"),
    ),
    Move(
        act=SanctionRecorded,
        source=(*WEIGHED, TRANSFERRED),
        target=IN_EFFECT,
        by=(PERSONNEL,),
        basis=Citation(SANCTIONS, "第八条"),
        starts=(LASTING,),
    ),
)

AFTERWARDS = (
    Move(
        act=MeasureServed,
        source=(DECIDED,),
        target=APPEALABLE,
        by=(PERSONNEL,),
        basis=Citation(ZHEJIANG, "第十条"),
        starts=(Start(clock=Clock.APPEAL),),
    ),
    Move(
        act=AppealMade,
        source=(APPEALABLE,),
        target=APPEALED,
        by=(SUBJECT,),
        basis=Citation("公务员法", "第九十五条"),
        stops=(Clock.APPEAL,),
        starts=(Start(clock=Clock.ANSWER),),
        once=True,
    ),
    Move(
        act=AppealDecided,
        source=(APPEALED,),
        target=IN_EFFECT,
        by=(SUPERVISOR, HEAD),
        basis=Citation("公务员法", "第九十五条"),
        stops=(Clock.ANSWER, Clock.EFFECT),
        starts=(LASTING,),
    ),
    Move(
        act=Circulated,
        source=(APPEALABLE, APPEALED, IN_EFFECT),
        by=(PERSONNEL, HEAD),
        basis=Citation(ZHEJIANG, "第十条"),
    ),
    Move(act=Archived, source=(IN_EFFECT,), target=ARCHIVED, by=(PERSONNEL,), basis=default("dereliction")),
)

MOVES = (*INQUIRY, *OUTCOME, *AFTERWARDS)
