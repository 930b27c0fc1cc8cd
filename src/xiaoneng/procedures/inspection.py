"""Inspection (督察巡视、明查暗访), edition 1: a team drawn by lot visits; what it finds is put right."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.procedure import Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.matters.vocabulary.inspection import (
    AccountabilityRecommended,
    FindingRecorded,
    InspectionClosed,
    InspectionDropped,
    InspectionPlanned,
    MemberReplaced,
    Rechecked,
    RecordSigned,
    RectificationOrdered,
    RectificationReported,
    ResultGiven,
    SigningRefused,
    TeamDrawn,
    VisitAnnounced,
    VisitRecorded,
)
from xiaoneng.procedures import terms

BASIS = default("inspection")
WATCH, TEAM, AGENCY = Role.SUPERVISOR, Role.INSPECTOR, Role.HANDLER

PLANNED = Stage("planned", Phrase("待抽取督察组", "Team to be drawn"), WATCH)
DRAWN = Stage("drawn", Phrase("待查访", "To be visited"), TEAM)
VISITED = Stage("visited", Phrase("已查访，待出结果", "Visited, result due"), TEAM)
RESULT = Stage("result", Phrase("已出结果，待交办", "Result given"), WATCH)
RECTIFYING = Stage("rectifying", Phrase("整改中", "Being put right"), AGENCY)
RECHECKING = Stage("rechecking", Phrase("待复查", "To be looked at again"), TEAM)
RECHECKED = Stage("rechecked", Phrase("已复查", "Looked at again"), WATCH)
CLOSED = Stage("closed", Phrase("已销号", "Closed"), final=True)
DROPPED = Stage("dropped", Phrase("已撤销立项", "Dropped"), final=True)
WITH_TEAM = (DRAWN, VISITED, RECTIFYING, RECHECKING)
WITH_WATCH = (RESULT, RECTIFYING, RECHECKED)
OPEN = (PLANNED, DRAWN, VISITED, RESULT, RECTIFYING, RECHECKING, RECHECKED)


def _in_visit(act: type[Act], basis: Citation) -> Move:
    """Return the move by which the team writes down what it saw while it stays where it is."""
    return Move(act=act, source=(VISITED,), by=(TEAM,), basis=basis)


INSPECTION = Procedure(
    key="inspection",
    name=Phrase("督察巡视", "Inspection"),
    prefix="DC",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=BASIS,
    opening=PLANNED,
    opens_with=(InspectionPlanned,),
    opened_by=(WATCH,),
    starts=(Start(clock=Clock.VISIT, until="visit_until"),),
    moves=(
        Move(
            act=TeamDrawn,
            source=(PLANNED,),
            target=DRAWN,
            by=(WATCH,),
            basis=default("inspection-team"),
            gives=TEAM,
        ),
        Move(act=MemberReplaced, source=WITH_TEAM, by=(WATCH,), basis=default("inspection-team"), gives=TEAM),
        Move(act=VisitAnnounced, source=(DRAWN,), by=(WATCH, TEAM), basis=BASIS),
        Move(
            act=VisitRecorded,
            source=(DRAWN,),
            target=VISITED,
            by=(TEAM,),
            basis=BASIS,
            stops=(Clock.VISIT,),
            starts=(Start(clock=Clock.RESULT),),
        ),
        _in_visit(VisitRecorded, BASIS),  # the term of the result runs from the first visit
        _in_visit(FindingRecorded, default("inspection-evidence")),
        _in_visit(RecordSigned, default("inspection-evidence")),
        _in_visit(SigningRefused, default("inspection-evidence")),
        Move(
            act=ResultGiven,
            source=(VISITED,),
            target=RESULT,
            by=(TEAM, WATCH),
            basis=default("inspection-result"),
            stops=(Clock.RESULT,),
        ),
        Move(
            act=RectificationOrdered,
            source=(RESULT, RECHECKED),
            target=RECTIFYING,
            by=(WATCH,),
            basis=default("inspection-order"),
            starts=(Start(clock=Clock.RECTIFY, until="until"),),
            gives=AGENCY,
        ),
        Move(
            act=RectificationReported,
            source=(RECTIFYING,),
            target=RECHECKING,
            by=(AGENCY,),
            basis=default("inspection-order"),
            stops=(Clock.RECTIFY,),
            starts=(Start(clock=Clock.RECHECK),),
        ),
        Move(
            act=Rechecked,
            source=(RECHECKING,),
            target=RECHECKED,
            by=(TEAM,),
            basis=default("inspection-recheck"),
            stops=(Clock.RECHECK,),
        ),
        Move(act=AccountabilityRecommended, source=WITH_WATCH, by=(WATCH,), basis=BASIS),
        Move(act=InspectionClosed, source=(RESULT, RECHECKED), target=CLOSED, by=(WATCH,), basis=BASIS),
        Move(act=InspectionDropped, source=(PLANNED, DRAWN), target=DROPPED, by=(WATCH,), basis=BASIS),
        Move(act=Recused, source=OPEN, by=(WATCH, TEAM, AGENCY), basis=Citation("公务员法", "第七十六条")),
        Move(act=Corrected, source=(*OPEN, CLOSED), by=(WATCH, TEAM), basis=default("correction")),
    ),
    terms=(
        terms.ours(Clock.VISIT, "inspection"),
        terms.ours(Clock.RESULT, "inspection-result"),
        terms.ours(Clock.RECTIFY, "inspection-order"),
        terms.ours(Clock.RECHECK, "inspection-recheck"),
    ),
    answerable=(Clock.RECTIFY, Clock.RECHECK, Clock.RESULT, Clock.VISIT),
    public=False,
)
