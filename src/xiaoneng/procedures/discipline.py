"""Accountability for dereliction (失职追究), edition 1: from the finding to a decision, its appeal and its end."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.discipline import (
    AppealDecided,
    AppealMade,
    AppealTermEnded,
    Archived,
    DefenceHeard,
    DefenceTermEnded,
    DerelictionRegistered,
    Exempted,
    FactsPut,
    InvestigatorsNamed,
    MeasureDecided,
    MeasureServed,
    TransferredOut,
)
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.worktime.limits import Limit, Unit

PERSONNEL, HEAD, SUBJECT, SUPERVISOR = Role.PERSONNEL, Role.HEAD, Role.SUBJECT, Role.SUPERVISOR
SANCTIONS = "公职人员政务处分法"

REGISTERED = Stage("registered", Phrase("已立案", "Registered"), HEAD)
INVESTIGATING = Stage("investigating", Phrase("调查中", "Under investigation"), PERSONNEL)
DEFENDING = Stage("defending", Phrase("陈述申辩", "Defence"), SUBJECT)
FOR_MEASURE = Stage("for_measure", Phrase("待决定", "For decision"), HEAD)
DECIDED = Stage("decided", Phrase("已决定，待送达", "Decided, to be served"), PERSONNEL)
APPEALABLE = Stage("appealable", Phrase("申诉期内", "Open to appeal"), PERSONNEL)
APPEALED = Stage("appealed", Phrase("申诉中", "Appealed"), SUPERVISOR)
TO_ARCHIVE = Stage("to_archive", Phrase("执行中", "Being carried out"), PERSONNEL)
ARCHIVED = Stage("archived", Phrase("已归档", "Archived"), final=True)
EXEMPTED = Stage("exempted", Phrase("免予追究", "Exempted"), final=True)
TRANSFERRED = Stage("transferred", Phrase("已移送", "Transferred"), final=True)
OPEN = (REGISTERED, INVESTIGATING, DEFENDING, FOR_MEASURE, DECIDED, APPEALABLE, APPEALED, TO_ARCHIVE)
WEIGHED = (INVESTIGATING, FOR_MEASURE)


def _term(clock: Clock, limit: Limit, basis: Citation) -> Term:
    return Term(clock=clock, statutory=limit, basis=basis)


STEPS = (
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
        act=MeasureDecided,
        source=(FOR_MEASURE,),
        target=DECIDED,
        by=(HEAD,),
        basis=Citation("浙江省影响机关工作效能行为责任追究办法", "第九条"),
    ),
    Move(
        act=Exempted,
        source=WEIGHED,
        target=EXEMPTED,
        by=(HEAD,),
        basis=Citation("浙江省影响机关工作效能行为责任追究办法", "第八条"),
    ),
    Move(
        act=TransferredOut,
        source=WEIGHED,
        target=TRANSFERRED,
        by=(HEAD,),
        basis=Citation(SANCTIONS, "第十六条"),
    ),
    Move(
        act=MeasureServed,
        source=(DECIDED,),
        target=APPEALABLE,
        by=(PERSONNEL,),
        basis=Citation("浙江省影响机关工作效能行为责任追究办法", "第十条"),
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
        target=TO_ARCHIVE,
        by=(SUPERVISOR, HEAD),
        basis=Citation("公务员法", "第九十五条"),
        stops=(Clock.ANSWER,),
    ),
    Move(act=Archived, source=(TO_ARCHIVE,), target=ARCHIVED, by=(PERSONNEL,), basis=default("dereliction")),
    Move(act=Recused, source=OPEN, by=(PERSONNEL, HEAD, SUPERVISOR), basis=Citation(SANCTIONS, "第四十七条")),
    Move(act=Corrected, source=OPEN, by=(PERSONNEL, HEAD), basis=default("correction")),
)

DISCIPLINE = Procedure(
    key="discipline",
    name=Phrase("失职追究", "Dereliction"),
    prefix="ZZ",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=Citation("浙江省影响机关工作效能行为责任追究办法", "第九条"),
    opening=REGISTERED,
    opens_with=(DerelictionRegistered,),
    opened_by=(PERSONNEL, HEAD, SUPERVISOR),
    moves=STEPS,
    lapses=(
        Lapse(
            clock=Clock.DEFENCE,
            source=(DEFENDING,),
            act=DefenceTermEnded,
            target=FOR_MEASURE,
            basis=default("defence-term"),
            stops=(Clock.DEFENCE,),
        ),
        Lapse(
            clock=Clock.APPEAL,
            source=(APPEALABLE,),
            act=AppealTermEnded,
            target=TO_ARCHIVE,
            basis=Citation("公务员法", "第九十五条"),
            stops=(Clock.APPEAL,),
        ),
    ),
    terms=(
        _term(Clock.DEFENCE, Limit(3, Unit.WORKING_DAYS), default("defence-term")),
        _term(Clock.APPEAL, Limit(30, Unit.CALENDAR_DAYS), Citation("公务员法", "第九十五条")),
        _term(Clock.ANSWER, Limit(30, Unit.CALENDAR_DAYS), Citation("公务员法", "第九十五条")),
    ),
    answerable=(Clock.ANSWER,),
    public=False,
    confidential=True,
)
