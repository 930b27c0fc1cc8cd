"""Absence and cover (请假与顶岗), edition 1: somebody goes, and nothing stops."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.duty import (
    BOTH_ABSENT,
    NOTE_OWED,
    CoverNamed,
    HandedBack,
    HandedOver,
    LeaveCancelled,
    LeaveDenied,
    LeaveGranted,
    LeaveRequested,
)
from xiaoneng.procedures import terms

ASKER, PARTNER, HEAD = Role.SUBJECT, Role.PARTNER, Role.HEAD

REQUESTED = Stage("requested", Phrase("待批准", "Requested"), HEAD)
AWAY = Stage("away", Phrase("离岗，已顶岗", "Away, covered"), PARTNER)
BACK = Stage("back", Phrase("已返岗", "Back"), final=True)
DENIED = Stage("denied", Phrase("不准假", "Denied"), final=True)
CANCELLED = Stage("cancelled", Phrase("已销假", "Cancelled"), final=True)

ABSENCE = Procedure(
    key="absence",
    name=Phrase("请假与顶岗", "Absence and cover"),
    prefix="QJ",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=default("ab-cover"),
    opening=REQUESTED,
    opens_with=(LeaveRequested,),
    opened_by=(ASKER, PARTNER, HEAD),
    starts=(
        Start(clock=Clock.COVER, only=(BOTH_ABSENT,)),
        Start(clock=Clock.HAND_OVER, only=(NOTE_OWED,)),
    ),
    moves=(
        Move(
            act=LeaveGranted,
            source=(REQUESTED,),
            target=AWAY,
            by=(HEAD,),
            basis=default("ab-cover"),
            stops=(Clock.COVER,),
        ),
        Move(
            act=LeaveDenied,
            source=(REQUESTED,),
            target=DENIED,
            by=(HEAD,),
            basis=default("ab-cover"),
            stops=(Clock.COVER, Clock.HAND_OVER),
        ),
        Move(
            act=HandedOver,
            source=(REQUESTED, AWAY),
            by=(ASKER, PARTNER),
            basis=default("hand-over-owed"),
            stops=(Clock.HAND_OVER,),
        ),
        Move(act=CoverNamed, source=(AWAY,), by=(HEAD,), basis=default("both-absent")),
        Move(
            act=HandedBack,
            source=(AWAY,),
            target=BACK,
            by=(ASKER, PARTNER),
            basis=default("hand-back"),
            stops=(Clock.HAND_OVER,),
        ),
        Move(
            act=LeaveCancelled,
            source=(REQUESTED, AWAY),
            target=CANCELLED,
            by=(ASKER, HEAD),
            basis=default("ab-cover"),
            stops=(Clock.COVER, Clock.HAND_OVER),
        ),
        Move(
            act=Corrected,
            source=(REQUESTED, AWAY, BACK, DENIED, CANCELLED),
            by=(ASKER, HEAD),
            basis=default("correction"),
        ),
    ),
    terms=(
        terms.ours(Clock.HAND_OVER, "hand-over-owed"),
        terms.ours(Clock.COVER, "both-absent"),
    ),
    answerable=(Clock.COVER, Clock.HAND_OVER),
    public=False,
)
