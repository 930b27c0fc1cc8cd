"""Acts of decision: granting, refusing once it is filed, serving, correcting, reopening, rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, asked, hidden

REMEDIES = "六十日内申请行政复议，或者六个月内提起行政诉讼。"


class NegativeKind(StrEnum):
    """What is refused (否定事项的种类)."""

    NOT_ACCEPTED = "not_accepted"
    REJECTED = "rejected"
    RETURNED = "returned"
    UNABLE_IN_TIME = "unable_in_time"
    DISAGREEMENT = "disagreement"
    PARTIAL = "partial"


class ReasonCode(StrEnum):
    """Why it is refused, so that refusals can be counted; `OTHER` needs words."""

    CONDITIONS = "conditions"
    NOT_COMPETENT = "not_competent"
    NOT_LICENSABLE = "not_licensable"
    FALSE_MATERIAL = "false_material"
    QUANTITY = "quantity"
    THIRD_PARTY = "third_party"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Act):
    """The agency decided for the applicant (准予)."""

    name: ClassVar[Phrase] = Phrase("准予", "Granted")
    document: str = asked("结果文书名称", "Document")
    document_number: str = asked("文书编号", "Document number", default="")
    reasons: str = asked("理由与依据", "Reasons", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFiled(Act):
    """A refusal was reported with facts, reasons and basis to the leader in charge (否定报备); it does not yet bind."""

    name: ClassVar[Phrase] = Phrase("否定报备", "Refusal filed")
    internal: ClassVar[bool] = True
    kind: NegativeKind = asked("否定种类", "Kind", kind=Kind.CHOICE, choices="negative_kind")
    code: ReasonCode = asked("理由类别", "Reason code", kind=Kind.CHOICE, choices="reason_code")
    facts: str = asked("事实", "Facts", kind=Kind.LONG)
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)
    legal_basis: str = asked("法律依据", "Legal basis")
    formed_on: date | None = asked(
        "形成否定意见的日期（与报备同日的不填）",
        "Day the refusal was formed (if not today)",
        kind=Kind.DAY,
        default=None,
    )
    missing: tuple[str, ...] = asked(
        "缺少的材料或条件", "Missing materials or conditions", kind=Kind.LINES, default=()
    )
    alternatives: str = asked("可替代的办法", "Alternatives", kind=Kind.LONG, default="")
    major: bool = asked(
        "重大事项（须集体讨论）", "Major (needs collective discussion)", kind=Kind.YES_NO, default=False
    )
    minutes: str = asked("集体讨论记录", "Record of the discussion", kind=Kind.LONG, default="")
    post: str = asked(
        "报备至上一级岗位（分管领导、负责人本人否定的必填）",
        "Filed with the next level (when the leader or head refuses)",
        kind=Kind.CHOICE,
        choices="posts",
        default="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingConfirmed(Act):
    """The leader in charge has it on record and lets the refusal go out (报备确认)."""

    name: ClassVar[Phrase] = Phrase("报备确认", "Filing confirmed")
    internal: ClassVar[bool] = True
    opinion: str = asked("意见", "Opinion", kind=Kind.LONG, default="同意")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingReturned(Act):
    """The leader in charge returns the refusal: it may not go out (报备退回)."""

    name: ClassVar[Phrase] = Phrase("报备退回", "Filing returned")
    internal: ClassVar[bool] = True
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Act):
    """The agency decided against the applicant (不予许可), in writing, with reasons and remedies."""

    name: ClassVar[Phrase] = Phrase("不予许可", "Refused")
    negative: ClassVar[bool] = True
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)
    legal_basis: str = asked("法律依据", "Legal basis")
    remedies: str = asked("救济途径", "Remedies", kind=Kind.LONG, default=REMEDIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Act):
    """The decision reached the applicant (送达): only now is the matter completed."""

    name: ClassVar[Phrase] = Phrase("送达", "Delivered")
    how: str = asked("送达方式", "How", kind=Kind.CHOICE, choices="service", default="signature")
    proof: str = asked("签收凭证", "Proof of receipt", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked(Act):
    """A conditional acceptance is revoked: what was lacking did not come (撤销受理)."""

    name: ClassVar[Phrase] = Phrase("撤销受理", "Acceptance revoked")
    negative: ClassVar[bool] = True
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)
    legal_basis: str = asked("法律依据", "Legal basis")
    remedies: str = asked("救济途径", "Remedies", kind=Kind.LONG, default=REMEDIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Act):
    """A mistake in an earlier act is put right; the earlier act stays on the record (更正)."""

    name: ClassVar[Phrase] = Phrase("更正", "Corrected")
    sequence: int = asked("更正第几项记录", "Which record (number)", kind=Kind.NUMBER)
    wrong: str = asked("原记录有误之处", "What was wrong", kind=Kind.LONG)
    right: str = asked("更正为", "What is right", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Act):
    """A closed matter is taken up again on new facts or a mistake (重新办理)."""

    name: ClassVar[Phrase] = Phrase("重新办理", "Reopened")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Act):
    """The applicant rated the service, once, after it closed (好差评)."""

    name: ClassVar[Phrase] = Phrase("评价", "Rated")
    level: int = asked(
        "满意程度（1 非常满意 — 5 非常不满意）", "Level (1 very good to 5 very bad)", kind=Kind.NUMBER
    )
    words: str = asked("评价内容", "Words", kind=Kind.LONG, personal=True, default="")
    place: str = hidden(default="", personal=True)
    """A keyed digest of where it came from, another one every month; never the address itself."""


ACTS: tuple[type[Act], ...] = (
    Granted,
    RefusalFiled,
    FilingConfirmed,
    FilingReturned,
    Refused,
    Delivered,
    Revoked,
    Corrected,
    Reopened,
    Rated,
)
