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
    LeaveDenied,
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
        case LeaveRequested() if act.kind.unforeseen:
            _begin(act, dossier)  # nobody is there to wait for leave: the partner steps in unasked
        case LeaveGranted():
            _begin(act, dossier)
            _appoint(act.cover, dossier, at=act.at)
        case HandedOver():
            organisation.note_handover(matter=dossier.number)
        case CoverNamed():
            _appoint(act.cover, dossier, at=act.at)
        case HandedBack() | LeaveCancelled() | LeaveDenied():
            organisation.end_absence(matter=dossier.number, at=act.at)
        case MoveMade():
            _move(dossier, at=act.at)
        case _:
            return


def _leave(dossier: Dossier) -> LeaveRequested:
    opening = dossier.opening
    assert isinstance(opening, LeaveRequested)  # noqa: S101 - the procedure opens with nothing else
    return opening


def _begin(act: Act, dossier: Dossier) -> None:
    leave = _leave(dossier)
    organisation.begin_absence(
        person=leave.person,
        since=max(leave.leave_from, act.at),
        expected=leave.leave_until,
        matter=dossier.number,
        handed_over=bool(leave.handover.strip()) or dossier.last(HandedOver) is not None,
    )


def _appoint(cover: int, dossier: Dossier, *, at: datetime) -> None:
    leave = _leave(dossier)
    if cover:
        organisation.appoint_cover(
            person=cover, for_person=leave.person, matter=dossier.number, since=max(leave.leave_from, at)
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
        qualified=move.qualified,
    )
