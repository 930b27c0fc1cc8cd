"""Acts of intake: what reaches the office, what is missing, whether it is taken in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked


class Channel(StrEnum):
    """How an application or contact arrived; codes of GB/T 39046-2020 stand beside each."""

    COUNTER = "counter"  # 1 窗口
    WEB = "web"  # 2 PC
    MOBILE = "mobile"  # 3
    POST = "post"  # 4
    PHONE = "phone"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Opening):
    """The application reached the agency: it gets a number, a code and a signed receipt (收件)."""

    name: ClassVar[Phrase] = Phrase("收件", "Received")
    materials: tuple[str, ...] = asked(
        "收到的材料", "Materials received", kind=Kind.CHOICES, choices="materials", default=()
    )
    channel: Channel = asked(
        "申报来源", "Channel", kind=Kind.CHOICE, choices="channel", default=Channel.COUNTER
    )
    applicant: str = asked("申请人", "Applicant", personal=True)
    contact: str = asked("联系方式", "Contact", personal=True)
    agent: str = asked("代理人", "Agent", personal=True, default="")
    mandate: str = asked("委托书", "Mandate", personal=True, default="")
    note: str = asked("说明", "Note", kind=Kind.LONG, personal=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedOnSpot(Act):
    """The applicant mended an error on the spot (当场更正): the office must allow it."""

    name: ClassVar[Phrase] = Phrase("当场更正", "Corrected on the spot")
    what: str = asked("更正内容", "What was corrected", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsNoticed(Act):
    """Everything that is missing or defective, told at one time and in writing (一次性告知)."""

    name: ClassVar[Phrase] = Phrase("一次性告知", "One-time notice")
    missing: tuple[str, ...] = asked(
        "缺少的全部材料", "Everything that is missing", kind=Kind.CHOICES, choices="gaps", default=()
    )
    defective: tuple[str, ...] = asked(
        "已交但不符合法定形式的材料",
        "Handed in, but not in due form",
        kind=Kind.CHOICES,
        choices="held",
        default=(),
    )
    reasons: str = asked("缺什么、为什么、怎么补", "What, why and how to mend it", kind=Kind.LONG)
    submit: str = asked(
        "补交方式", "Where to hand it in", default="可到窗口提交，也可以在网上或者邮寄补交，不需要重新申请。"
    )
    served: str = asked(
        "送达方式", "How it was served", kind=Kind.CHOICE, choices="service", default="signature"
    )
    proof: str = asked("送达凭证（非当面签收的必填）", "Proof of service (unless signed for)", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsDemanded(Act):
    """The leader demands what could have been asked for at first: a breach of article 72, by name (另行要求材料).

    No clock stops and no date moves for it; the applicant may ignore it.
    """

    name: ClassVar[Phrase] = Phrase("另行要求材料", "Demanded beyond the notice")
    missing: tuple[str, ...] = asked(
        "另行要求的材料", "What is demanded", kind=Kind.CHOICES, choices="materials"
    )
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandMet(Act):
    """The applicant handed in what was demanded beyond the notice; the dates stay (补交另行要求的材料)."""

    name: ClassVar[Phrase] = Phrase("补交另行要求的材料", "Demand met")
    materials: tuple[str, ...] = asked(
        "交来的材料", "Materials handed in", kind=Kind.CHOICES, choices="materials"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsSupplied(Act):
    """The applicant handed in what was asked for (补正材料)."""

    name: ClassVar[Phrase] = Phrase("补正材料", "Materials supplied")
    materials: tuple[str, ...] = asked(
        "交来的材料", "Materials handed in", kind=Kind.CHOICES, choices="outstanding"
    )
    note: str = asked("说明", "Note", kind=Kind.LONG, personal=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Act):
    """The agency took the matter in hand (受理); the handling limit runs."""

    name: ClassVar[Phrase] = Phrase("受理", "Accepted")
    deficiencies: tuple[str, ...] = asked(
        "容缺材料", "Conditionally missing", kind=Kind.CHOICES, choices="conditional", default=()
    )
    supply_by: date | None = asked(
        "容缺材料补交期限", "Conditionally missing: to be supplied by", kind=Kind.DAY, default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemedAccepted(Act):
    """Silence for five working days is acceptance from the day of receipt (逾期不告知即为受理)."""

    name: ClassVar[Phrase] = Phrase("视为受理", "Deemed accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemedWithdrawn(Act):
    """The applicant let the correction term pass: the application counts as withdrawn and may be made anew."""

    name: ClassVar[Phrase] = Phrase("逾期未补正，视为撤回", "Deemed withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted(Act):
    """The agency does not take the matter in hand (不予受理), with reasons and remedies, and says who may."""

    name: ClassVar[Phrase] = Phrase("不予受理", "Not accepted")
    negative: ClassVar[bool] = True
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)
    legal_basis: str = asked("法律依据", "Legal basis")
    competent_body: str = asked("有权机关", "Competent body", default="")
    remedies: str = asked(
        "救济途径", "Remedies", kind=Kind.LONG, default="六十日内申请行政复议，或者六个月内提起行政诉讼。"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Act):
    """The applicant withdrew (撤回申请)."""

    name: ClassVar[Phrase] = Phrase("撤回申请", "Withdrawn")
    reason: str = asked("原因", "Reason", kind=Kind.LONG, personal=True, default="")


ACTS: tuple[type[Act], ...] = (
    Received,
    CorrectedOnSpot,
    MaterialsNoticed,
    MaterialsSupplied,
    MaterialsDemanded,
    DemandMet,
    Accepted,
    DeemedAccepted,
    DeemedWithdrawn,
    NotAccepted,
    Withdrawn,
)
