"""Acts about duty itself: leave and cover (AB岗), who holds a post, what they hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked


class LeaveKind(StrEnum):
    """Why somebody is away."""

    LEAVE = "leave"
    TRIP = "trip"
    TRAINING = "training"
    SICK = "sick"
    URGENT = "urgent"

    @property
    def unforeseen(self) -> bool:
        """Tell whether nobody could hand over beforehand: the partner steps in unasked, the note is owed."""
        return self in {LeaveKind.SICK, LeaveKind.URGENT}


NOTE_OWED = "note_owed"
"""The trait of a leave whose hand-over note is still to come."""
BOTH_ABSENT = "both_absent"
"""The trait of an unforeseen leave that leaves a post empty: the head names a cover the same day."""


class HoldKind(StrEnum):
    """How a post is held: A 主办 or B 协办."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequested(Opening):
    """The holder of a post asks to be away for a time (请假); the partner must be there."""

    name: ClassVar[Phrase] = Phrase("请假", "Leave requested")
    person: int = asked("请假人", "Who", kind=Kind.CHOICE, choices="self")
    leave_from: datetime = asked("自", "From", kind=Kind.INSTANT)
    leave_until: datetime = asked("至", "Until", kind=Kind.INSTANT)
    kind: LeaveKind = asked("事由", "Kind", kind=Kind.CHOICE, choices="leave_kind", default=LeaveKind.LEAVE)
    handover: str = asked("交接单（在办事项与注意事项）", "Hand-over note", kind=Kind.LONG, default="")

    def own_traits(self) -> tuple[str, ...]:
        """Return whether the hand-over note is still owed."""
        return () if self.handover.strip() else (NOTE_OWED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Act):
    """The hand-over note was given, late where the leave was urgent (补交接单)."""

    name: ClassVar[Phrase] = Phrase("补交接单", "Handed over")
    handover: str = asked("交接单", "Hand-over note", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveGranted(Act):
    """The head granted the leave: the cover has the inbox from its first minute (准假)."""

    name: ClassVar[Phrase] = Phrase("准假", "Leave granted")
    cover: int = asked(
        "另行指定顶岗人（A、B 岗同时不在时必填）",
        "Third cover (needed when A and B are both away)",
        kind=Kind.CHOICE,
        choices="colleagues",
        default=0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveDenied(Act):
    """The head did not grant the leave (不准假)."""

    name: ClassVar[Phrase] = Phrase("不准假", "Leave denied")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNamed(Act):
    """The head named a third person, the same day, because A and B are both away (指定顶岗)."""

    name: ClassVar[Phrase] = Phrase("指定顶岗", "Cover named")
    cover: int = asked("顶岗人", "Cover", kind=Kind.CHOICE, choices="colleagues")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedBack(Act):
    """The cover reported and gave the files back; only then does A act again (返岗交接)."""

    name: ClassVar[Phrase] = Phrase("返岗交接", "Handed back")
    report: str = asked("顶岗期间办理情况", "What was done meanwhile", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveCancelled(Act):
    """The leave was called off before or while it ran (销假)."""

    name: ClassVar[Phrase] = Phrase("销假", "Leave cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveProposed(Opening):
    """A person is to leave a post, and another to take it (拟调整岗位)."""

    name: ClassVar[Phrase] = Phrase("拟调整岗位", "Move proposed")
    post: str = asked("岗位", "Post", kind=Kind.CHOICE, choices="posts")
    standing: HoldKind = asked("岗别", "A or B", kind=Kind.CHOICE, choices="hold_kind", default=HoldKind.A)
    leaving: int = asked("调离人", "Who leaves", kind=Kind.CHOICE, choices="people", default=0)
    successor: int = asked("接任人", "Who takes over", kind=Kind.CHOICE, choices="people", default=0)
    qualified: bool = asked(
        "接任人已培训合格", "The successor is trained for the post", kind=Kind.YES_NO, default=False
    )
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksHandedOver(Act):
    """The open tasks were listed and both signed the list (任务交接清单)."""

    name: ClassVar[Phrase] = Phrase("任务交接清单", "Tasks handed over")
    matters: tuple[str, ...] = asked("在办事项", "Open matters", kind=Kind.LINES, default=())
    signed: bool = asked("交接双方已签字", "Both have signed", kind=Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade(Act):
    """The move takes effect: nobody acts in the post but its holder (岗位调整生效)."""

    name: ClassVar[Phrase] = Phrase("岗位调整生效", "Move made")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDropped(Act):
    """The move is given up (不予调整)."""

    name: ClassVar[Phrase] = Phrase("不予调整", "Move dropped")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    LeaveRequested,
    HandedOver,
    LeaveGranted,
    LeaveDenied,
    CoverNamed,
    HandedBack,
    LeaveCancelled,
    MoveProposed,
    TasksHandedOver,
    MoveMade,
    MoveDropped,
)
