"""Topic study (专题研究), edition 1: what three complaints stand for is studied, mended and checked."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.matters.vocabulary.topic import (
    MeasuresTaken,
    TopicClosed,
    TopicJoined,
    TopicOpened,
    TopicStudied,
)
from xiaoneng.procedures import terms

CENTRE, HEAD, LEADER, SUPERIOR, SYSTEM = Role.CENTRE, Role.HEAD, Role.LEADER, Role.SUPERIOR, Role.SYSTEM
WHY = default("complaint-topic")

OPENED = Stage("opened", Phrase("研究中", "Being studied"), CENTRE)
STUDIED = Stage("studied", Phrase("已查明成因", "Cause found"), CENTRE)
MENDING = Stage("mending", Phrase("整治中", "Being mended"), CENTRE)
DONE = Stage("done", Phrase("已结题", "Closed"), final=True)
OPEN = (OPENED, STUDIED, MENDING)

TOPIC = Procedure(
    key="topic",
    name=Phrase("专题研究", "Topic study"),
    prefix="ZT",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=WHY,
    opening=OPENED,
    opens_with=(TopicOpened,),
    opened_by=(SYSTEM, CENTRE, HEAD),
    starts=(Start(clock=Clock.HANDLING),),
    moves=(
        Move(act=TopicJoined, source=OPEN, by=(SYSTEM, CENTRE), basis=WHY),
        Move(act=TopicStudied, source=(OPENED,), target=STUDIED, by=(CENTRE,), basis=WHY),
        Move(
            act=MeasuresTaken,
            source=(STUDIED,),
            target=MENDING,
            by=(CENTRE, HEAD),
            basis=WHY,
            stops=(Clock.HANDLING,),
            starts=(Start(clock=Clock.RECTIFY),),
        ),
        Move(
            act=TopicClosed,
            source=(MENDING,),
            target=DONE,
            by=(HEAD, LEADER, SUPERIOR),
            basis=WHY,
            stops=(Clock.RECTIFY,),
        ),
        Move(act=Recused, source=OPEN, by=(CENTRE, HEAD), basis=WHY),
        Move(act=Corrected, source=(*OPEN, DONE), by=(CENTRE, HEAD), basis=default("correction")),
    ),
    terms=(
        terms.ours(Clock.HANDLING, "topic-study"),
        terms.ours(Clock.RECTIFY, "topic-measures"),
    ),
    answerable=(Clock.HANDLING, Clock.RECTIFY),
    public=False,
    confidential=True,
)
