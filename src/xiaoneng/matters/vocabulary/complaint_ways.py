"""The ways a complaint may go (投诉的去向): to another body, to another post, up, under an order, with questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Responsible, asked, hidden
from xiaoneng.matters.vocabulary.complaint_words import NOTHING_SAID, PassedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferredAcross(Act):
    """Another body is competent: the complaint went there by letter and is followed up; nothing is closed (转办)."""

    name: ClassVar[Phrase] = Phrase("转办", "Transferred across")
    body: str = asked("承接机关", "To which body")
    contact: str = asked("该机关联系方式", "How to reach it")
    letter: str = asked("转办函文号", "Number of the transfer letter")
    reason: str = asked("转办理由", "Reason", kind=Kind.LONG)
    agency: str = asked(
        "承接机关（本市机关请选择）",
        "If it is an agency of this city",
        kind=Kind.CHOICE,
        choices="agencies",
        default="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAnswered(Act):
    """The body to which it went reported what it found; the centre finds and answers (转办回复)."""

    name: ClassVar[Phrase] = Phrase("转办回复", "Transfer answered")
    result: str = asked("办理情况", "What was done", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Act):
    """A post was charged with investigating (交办调查)."""

    name: ClassVar[Phrase] = Phrase("交办调查", "Assigned")
    internal: ClassVar[bool] = True
    post: str = asked("调查岗位", "Investigating post", kind=Kind.CHOICE, choices="posts")
    note: str = asked("要求", "Instructions", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectNamed(Act):
    """It came out whom the complaint is about: from now on they are kept out of it (查明被投诉人)."""

    name: ClassVar[Phrase] = Phrase("查明被投诉对象", "Subject named")
    internal: ClassVar[bool] = True
    agencies: tuple[str, ...] = asked(
        "被投诉单位", "Agencies complained of", kind=Kind.CHOICES, choices="agencies", default=()
    )
    about: tuple[int, ...] = asked(
        "被投诉人", "Persons complained of", kind=Kind.CHOICES, choices="officials", default=()
    )
    basis: str = asked("依据", "How it is known", kind=Kind.LONG)

    def bars(self) -> frozenset[str]:
        """Return the marks of the persons named, their relatives and the agencies."""
        return conflict.about(self.about, self.agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedUp(Act):
    """The complaint went to the centre above, which takes it from here (上报上级)."""

    name: ClassVar[Phrase] = Phrase("上报上级投诉中心", "Passed up")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)
    agencies: tuple[str, ...] = asked(
        "查明的被投诉单位",
        "Agencies complained of, now known",
        kind=Kind.CHOICES,
        choices="agencies",
        default=(),
    )
    about: tuple[int, ...] = asked(
        "查明的被投诉人",
        "Persons complained of, now known",
        kind=Kind.CHOICES,
        choices="officials",
        default=(),
    )
    posts: tuple[Responsible, ...] = hidden(default=())
    """The posts that stand in the matter from now on, as the desk routed it."""
    route: Phrase = hidden(default=NOTHING_SAID)
    passed_over: tuple[PassedOver, ...] = hidden(default=())

    def bars(self) -> frozenset[str]:
        """Return the marks of those now known to be complained of."""
        return conflict.about(self.about, self.agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp(Act):
    """The centre above took the complaint to itself (提级办理)."""

    name: ClassVar[Phrase] = Phrase("提级办理", "Taken up")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)
    posts: tuple[Responsible, ...] = hidden(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorOrdered(Act):
    """The centre above ordered something done by a day (上级督办)."""

    name: ClassVar[Phrase] = Phrase("上级督办", "Superior's order")
    internal: ClassVar[bool] = True
    order: str = asked("督办要求", "Order", kind=Kind.LONG)
    until: date = asked("报告期限", "To be reported by", kind=Kind.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReported(Act):
    """What the centre above had ordered was reported to it (督办回报)."""

    name: ClassVar[Phrase] = Phrase("督办回报", "Order reported")
    internal: ClassVar[bool] = True
    report: str = asked("办理情况", "Report", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationDemanded(Act):
    """An agency must explain itself by a day; it is asked without being told who complained (要求说明)."""

    name: ClassVar[Phrase] = Phrase("要求限期说明", "Explanation demanded")
    internal: ClassVar[bool] = True
    agency: str = asked("被要求说明的单位", "Which agency", kind=Kind.CHOICE, choices="agencies")
    question: str = asked("要求说明的问题", "What it must explain", kind=Kind.LONG)
    by_day: date = asked("说明期限", "By which day", kind=Kind.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationReceived(Act):
    """The agency explained itself (收到说明)."""

    name: ClassVar[Phrase] = Phrase("收到说明", "Explanation received")
    internal: ClassVar[bool] = True
    agency: str = asked("说明单位", "Which agency", kind=Kind.CHOICE, choices="agencies")
    explanation: str = asked("说明内容", "Explanation", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    TransferredAcross,
    TransferAnswered,
    Assigned,
    SubjectNamed,
    PassedUp,
    TakenUp,
    SuperiorOrdered,
    OrderReported,
    ExplanationDemanded,
    ExplanationReceived,
)
