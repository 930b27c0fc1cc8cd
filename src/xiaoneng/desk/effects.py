"""What acts about duty do to the organisation: leave begins and ends, posts change hands. Written with the act."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.duty import (
    CoverNamed,
    HandedBack,
    HandedOver,
    LeaveCancelled,
    LeaveGranted,
    LeaveRequested,
    MoveMade,
    MoveProposed,
)
from xiaoneng.organisation import actions as organisation
from xiaoneng.organisation.capacity import Standing


def take_effect(act: Act, dossier: Dossier) -> None:
    """Write what the last act of `dossier` changes in the organisation; most change nothing."""
    match act:
        case LeaveGranted():
            _begin(act, dossier)
        case HandedOver():
            organisation.note_handover(matter=dossier.number)
        case CoverNamed():
            _appoint(act.cover, dossier, at=act.at)
        case HandedBack() | LeaveCancelled():
            organisation.end_absence(matter=dossier.number, at=act.at)
        case MoveMade():
            _move(dossier, at=act.at)
        case _:
            return


def _leave(dossier: Dossier) -> LeaveRequested:
    opening = dossier.opening
    assert isinstance(opening, LeaveRequested)  # noqa: S101 - the procedure opens with nothing else
    return opening


def _begin(act: LeaveGranted, dossier: Dossier) -> None:
    leave = _leave(dossier)
    organisation.begin_absence(
        person=leave.person,
        since=max(leave.leave_from, act.at),
        matter=dossier.number,
        handed_over=bool(leave.handover),
    )
    if act.cover:
        _appoint(act.cover, dossier, at=max(leave.leave_from, act.at))


def _appoint(cover: int, dossier: Dossier, *, at: datetime) -> None:
    leave = _leave(dossier)
    organisation.appoint_cover(
        person=cover, for_person=leave.person, matter=dossier.number, since=at, until=leave.leave_until
    )


def _move(dossier: Dossier, *, at: datetime) -> None:
    move = dossier.opening
    assert isinstance(move, MoveProposed)  # noqa: S101 - the procedure opens with nothing else
    organisation.change_holder(
        post=move.post,
        standing=Standing(move.standing.value),
        successor=move.successor,
        at=at,
        matter=dossier.number,
    )
