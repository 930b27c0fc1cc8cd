"""The words of complaints (投诉的用语): channels, manners, findings, consequences; closed and named.

Knows no act and no matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaoneng.law.phrase import Phrase

NAMED, ANONYMOUS, MULTI_AGENCY = "named", "anonymous", "multi_agency"
"""Traits of a complaint: somebody stands behind it and can be called back; nobody does; it names several agencies."""

NOTHING_SAID = Phrase("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A centre that was not given the complaint, and why."""

    agency: str
    reason: Phrase


class ComplaintChannel(StrEnum):
    """By which way a complaint came."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    WEB = "web"
    IMPORT = "import"


class Manner(StrEnum):
    """How the complainant stands to it (投诉方式)."""

    REAL_NAME = "real_name"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Finding(StrEnum):
    """What was found of one allegation (认定结论)."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    NOT = "not"
    UNABLE = "unable"

    @property
    def proven(self) -> bool:
        """Tell whether something must follow from it."""
        return self in {Finding.SUBSTANTIATED, Finding.PARTLY}


class Consequence(StrEnum):
    """What follows from a complaint (处理后果): proven ones need one of the first three, or a reasoned exemption."""

    DISCIPLINE = "discipline"
    CARD = "card"
    RECTIFICATION = "rectification"
    EXEMPTED = "exempted"
    NONE = "none"


class Contented(StrEnum):
    """What the complainant says of the answer (满意程度)."""

    YES = "yes"
    BASICALLY = "basically"
    NO = "no"


COMPLAINT_NAMES: dict[StrEnum, Phrase] = {
    ComplaintChannel.PHONE: Phrase("电话", "By telephone"),
    ComplaintChannel.VISIT: Phrase("来访", "In person"),
    ComplaintChannel.LETTER: Phrase("来信", "By letter"),
    ComplaintChannel.WEB: Phrase("网上", "On line"),
    ComplaintChannel.IMPORT: Phrase("导入", "Imported"),
    Manner.REAL_NAME: Phrase("实名", "Under one's name"),
    Manner.CONFIDENTIAL: Phrase(
        "保密（只有依法启封才可见）", "Confidential (seen only when lawfully opened)"
    ),
    Manner.ANONYMOUS: Phrase("匿名", "Anonymous"),
    Finding.SUBSTANTIATED: Phrase("属实", "Substantiated"),
    Finding.PARTLY: Phrase("部分属实", "Partly substantiated"),
    Finding.NOT: Phrase("不属实", "Not substantiated"),
    Finding.UNABLE: Phrase("无法认定", "Unable to say"),
    Consequence.DISCIPLINE: Phrase("失职追究", "Accountability for dereliction"),
    Consequence.CARD: Phrase("黄牌、红牌", "A yellow or red card"),
    Consequence.RECTIFICATION: Phrase("责令整改", "Rectification ordered"),
    Consequence.EXEMPTED: Phrase("属实但免予处理（须写明理由）", "Proven, but exempted (say why)"),
    Consequence.NONE: Phrase("无（没有属实的投诉事项）", "None (nothing was proven)"),
    Contented.YES: Phrase("满意", "Contented"),
    Contented.BASICALLY: Phrase("基本满意", "Basically contented"),
    Contented.NO: Phrase("不满意", "Not contented"),
}
"""What each choice is called."""
