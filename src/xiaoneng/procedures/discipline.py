"""Accountability for dereliction (失职追究), edition 1: from the finding to a decision, its appeal and its end."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.procedure import Lapse, Procedure
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.discipline import (
    AppealTermEnded,
    DefenceTermEnded,
    DerelictionRegistered,
    EffectEnded,
)
from xiaoneng.procedures import terms
from xiaoneng.procedures.discipline_moves import (
    APPEALABLE,
    ARCHIVED,
    DEFENDING,
    FOR_MEASURE,
    IN_EFFECT,
    MOVES,
    REGISTERED,
    ZHEJIANG,
)
from xiaoneng.worktime.limits import Limit, Unit

SERVANTS = "公务员法"


def _term(clock: Clock, limit: Limit, basis: Citation) -> Term:
    return Term(clock=clock, statutory=limit, basis=basis)


DISCIPLINE = Procedure(
    key="discipline",
    name=Phrase("失职追究", "Dereliction"),
    prefix="ZZ",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=Citation(ZHEJIANG, "第九条"),
    opening=REGISTERED,
    opens_with=(DerelictionRegistered, BanBreachFound),
    opened_by=(Role.PERSONNEL, Role.HEAD, Role.SUPERVISOR, Role.SYSTEM),
    moves=MOVES,
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
            target=IN_EFFECT,
            basis=Citation(SERVANTS, "第九十五条"),
            stops=(Clock.APPEAL,),
        ),
        Lapse(
            clock=Clock.EFFECT,
            source=(IN_EFFECT,),
            act=EffectEnded,
            target=ARCHIVED,
            basis=Citation(ZHEJIANG, "第十一条"),
            stops=(Clock.EFFECT,),
        ),
    ),
    terms=(
        terms.ours(Clock.DEFENCE, "defence-term"),
        terms.ours(Clock.RECUSAL, "recusal-decision"),
        _term(Clock.APPEAL, Limit(30, Unit.CALENDAR_DAYS), Citation(SERVANTS, "第九十五条")),
        _term(Clock.ANSWER, Limit(30, Unit.CALENDAR_DAYS), Citation(SERVANTS, "第九十五条")),
        _term(Clock.EFFECT, Limit(6, Unit.MONTHS, roll=False), Citation(ZHEJIANG, "第十一条")),
    ),
    answerable=(Clock.RECUSAL, Clock.ANSWER),
    public=False,
    confidential=True,
)
