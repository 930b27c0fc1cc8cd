"""Acts of a first inquiry (首问): asked, answered, handed over, taken in, referred; the owner is never nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked
from xiaoneng.matters.vocabulary.intake import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Opening):
    """Somebody asked, and the first official asked owns the inquiry (首问登记)."""

    name: ClassVar[Phrase] = Phrase("首问登记", "Inquiry registered")
    channel: Channel = asked(
        "来访方式", "Channel", kind=Kind.CHOICE, choices="channel", default=Channel.COUNTER
    )
    asker: str = asked("来访人或单位", "Who asked", personal=True)
    contact: str = asked("联系方式", "Contact", personal=True, default="")
    question: str = asked("所问事项", "What was asked", kind=Kind.LONG)
    materials: str = asked("收到的材料（名称、份数）", "Materials (name, number)", default="")
    others: tuple[str, ...] = asked(
        "同时受询的其他岗位",
        "Other posts asked at the same time",
        kind=Kind.CHOICES,
        choices="posts",
        default=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Act):
    """The asker was answered (答复)."""

    name: ClassVar[Phrase] = Phrase("答复", "Answered")
    answer: str = asked("答复内容", "Answer", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn(Act):
    """The one who handles it is away: the first contact took the materials in and follows up (代收)."""

    name: ClassVar[Phrase] = Phrase("代收", "Taken in")
    note: str = asked("代收记录", "Note", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverOffered(Act):
    """The inquiry is offered to another post; the first contact stays answerable until it is taken (移交)."""

    name: ClassVar[Phrase] = Phrase("移交", "Hand-over offered")
    post: str = asked("移交至岗位", "To which post", kind=Kind.CHOICE, choices="posts")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAccepted(Act):
    """The receiving post took the inquiry over (接收移交): only now does the owner change."""

    name: ClassVar[Phrase] = Phrase("接收移交", "Hand-over accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverBounced(Act):
    """The receiving post sent it back, once, with a reason (退回移交)."""

    name: ClassVar[Phrase] = Phrase("退回移交", "Hand-over bounced")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverContested(Act):
    """It is sent back a second time: nobody bounces it on, the head of the unit decides (再次退回，提请裁定)."""

    name: ClassVar[Phrase] = Phrase("再次退回，提请裁定", "Hand-over contested")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverEscalated(Act):
    """The receiver was silent for a working day: the head of the unit decides (上报裁定)."""

    name: ClassVar[Phrase] = Phrase("逾期未接收，上报负责人", "Hand-over escalated")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerDecided(Act):
    """The head of the unit decided which post owns the inquiry (裁定承办)."""

    name: ClassVar[Phrase] = Phrase("裁定承办岗位", "Owner decided")
    post: str = asked("承办岗位", "Post", kind=Kind.CHOICE, choices="posts")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredOutside(Act):
    """Another agency is competent: the asker was told which, and how to reach it (告知有权机关)."""

    name: ClassVar[Phrase] = Phrase("告知有权机关", "Referred to the competent body")
    body: str = asked("有权机关", "Competent body")
    body_contact: str = asked("该机关联系方式", "How to reach it")
    explanation: str = asked("说明", "Explanation", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain(Act):
    """The same asker came again about the same thing: it joins this inquiry (再次询问)."""

    name: ClassVar[Phrase] = Phrase("再次询问", "Asked again")
    words: str = asked("内容", "What was asked", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    Asked,
    Answered,
    TakenIn,
    HandOverOffered,
    HandOverAccepted,
    HandOverBounced,
    HandOverContested,
    HandOverEscalated,
    OwnerDecided,
    ReferredOutside,
    AskedAgain,
)
