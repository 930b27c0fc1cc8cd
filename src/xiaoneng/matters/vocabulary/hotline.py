"""Acts of a work order of the public-opinion hotline (舆论监督热线): dispatched, signed for, answered, called back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked


class HotlineChannel(StrEnum):
    """How it reached the hotline."""

    PHONE = "phone"
    PRESS = "press"
    RADIO_TV = "radio_tv"
    WEB = "web"
    LETTER = "letter"


class Urgency(StrEnum):
    """How soon it must be answered: in five working days, or within a working day."""

    ORDINARY = "ordinary"
    URGENT = "urgent"


class Contentment(StrEnum):
    """What the caller said when called back."""

    YES = "yes"
    FAIRLY = "fairly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDispatched(Opening):
    """What a caller or the press told was sent to the agency competent, as a work order (派单).

    The agency answers the caller itself (济南市12345市民服务热线条例第二十四条), so it is told who called; whoever must
    not be known to an office complains to a centre instead.
    """

    name: ClassVar[Phrase] = Phrase("热线派单", "Work order dispatched")
    channel: HotlineChannel = asked("来源", "Channel", kind=Kind.CHOICE, choices="hotline_channel")
    unit: str = asked("承办单位", "Agency to handle it", kind=Kind.CHOICE, choices="agencies_below")
    urgency: Urgency = asked("紧急程度", "Urgency", kind=Kind.CHOICE, choices="urgency")
    text: str = asked("诉求或者反映的问题", "What was told", kind=Kind.LONG)
    caller: str = asked("来电人（承办单位可见）", "Caller (told to the agency)", personal=True, default="")
    phone: str = asked(
        "回访电话（承办单位可见）", "Number to call back (told to the agency)", personal=True, default=""
    )

    def own_traits(self) -> tuple[str, ...]:
        """Return how urgent the order is: that decides which clock runs."""
        return (self.urgency.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFor(Act):
    """The agency took the order in hand: the first receiver is responsible (签收工单)."""

    name: ClassVar[Phrase] = Phrase("签收工单", "Order signed for")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReturned(Act):
    """The agency sent the order back within a working day, with the reason (退回工单)."""

    name: ClassVar[Phrase] = Phrase("退回工单", "Order returned")
    internal: ClassVar[bool] = True
    reason: str = asked("退回理由", "Reason", kind=Kind.LONG)
    competent: str = asked("应当由谁承办", "Who is competent")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDesignated(Act):
    """The hotline decided which post handles the order; that may not be returned (指定承办)."""

    name: ClassVar[Phrase] = Phrase("指定承办", "Handler designated")
    internal: ClassVar[bool] = True
    post: str = asked("承办岗位", "Post", kind=Kind.CHOICE, choices="posts_below")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswered(Act):
    """The agency answered the caller and reported back (办结回复)."""

    name: ClassVar[Phrase] = Phrase("工单答复", "Order answered")
    answer: str = asked("答复内容", "Answer", kind=Kind.LONG)
    measures: str = asked("办理措施", "What was done", kind=Kind.LONG)
    caller_told: bool = asked("已答复来电人", "The caller was answered", kind=Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerCalledBack(Act):
    """The hotline called the caller back and asked whether it is settled (回访来电人)."""

    name: ClassVar[Phrase] = Phrase("回访来电人", "Caller called back")
    reached: bool = asked("已联系上", "The caller was reached", kind=Kind.YES_NO)
    contentment: Contentment | None = asked(
        "来电人是否满意", "Is the caller content", kind=Kind.CHOICE, choices="contentment", default=None
    )
    words: str = asked("来电人的话", "What the caller said", kind=Kind.LONG, personal=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoOrdered(Act):
    """The caller is not content: the order is done once more (退回重办)."""

    name: ClassVar[Phrase] = Phrase("退回重办", "Redo ordered")
    reason: str = asked("哪些没有办好", "What was not done", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLinked(Act):
    """The same thing was told before: the orders are studied together (关联同类诉求)."""

    name: ClassVar[Phrase] = Phrase("关联同类诉求", "Topic linked")
    internal: ClassVar[bool] = True
    reference: str = asked("同类工单编号", "Number of the other order")
    topic: str = asked("共同的问题", "What they have in common", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClosed(Act):
    """The order was closed after the call-back (工单办结)."""

    name: ClassVar[Phrase] = Phrase("工单办结", "Order closed")
    outcome: str = asked("结论", "Outcome", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    OrderDispatched,
    SignedFor,
    OrderReturned,
    OrderDesignated,
    OrderAnswered,
    CallerCalledBack,
    RedoOrdered,
    TopicLinked,
    OrderClosed,
)
