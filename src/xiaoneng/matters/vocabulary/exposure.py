"""Acts of exposure (曝光): a grave and proven case is put before the public, after review and right of reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Opening, asked, hidden


class BarGround(StrEnum):
    """The grounds on which a grave case is lawfully not published (不予公开的法定事由)."""

    SECRECY = "secrecy"
    MINOR = "minor"
    ONGOING = "ongoing_investigation"
    PRIVACY = "privacy"


NAMES: dict[BarGround, Phrase] = {
    BarGround.SECRECY: Phrase(
        "涉及国家秘密或者法律禁止公开", "State secret, or publication forbidden by law"
    ),
    BarGround.MINOR: Phrase("涉及未成年人", "A minor is concerned"),
    BarGround.ONGOING: Phrase(
        "调查尚在进行，公开会妨碍调查", "An investigation that publication would hinder"
    ),
    BarGround.PRIVACY: Phrase("涉及个人隐私、商业秘密", "Privacy or business secrets"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureProposed(Opening):
    """A proven case was proposed for exposure with the words to be published (提请曝光)."""

    name: ClassVar[Phrase] = Phrase("提请曝光", "Exposure proposed")
    reference: str = asked("证明事实的事项编号（追究、投诉、督察）", "Number of the matter that proves it")
    about: str = hidden(default="")
    person: int = hidden(default=0)
    named: bool = asked("写出人员姓名", "The person is named", kind=Kind.YES_NO, default=False)
    title_zh: str = asked("标题（中文）", "Title (Chinese)")
    title_en: str = asked("标题（英文）", "Title (English)")
    text_zh: str = asked("拟公开的内容（中文）", "Words to be published (Chinese)", kind=Kind.LONG)
    text_en: str = asked("拟公开的内容（英文）", "Words to be published (English)", kind=Kind.LONG)
    gravity: str = asked("为什么属于情节严重、影响恶劣", "Why it is grave", kind=Kind.LONG)
    publish_by: date | None = hidden(default=None)

    def bars(self) -> frozenset[str]:
        """Return the mark of the relatives of the person concerned, who have no part in it."""
        return frozenset({conflict.kin(self.person)} if self.person else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalityReviewed(Act):
    """The reviewer looked at law, privacy and secrecy, and said whether it may go on (合法性与隐私、保密审查)."""

    name: ClassVar[Phrase] = Phrase("公开前审查", "Reviewed before publication")
    internal: ClassVar[bool] = True
    proven: bool = asked(
        "事实已由生效的处理或者认定证明", "The facts are proven by a decision in effect", kind=Kind.YES_NO
    )
    secrecy: bool = asked("不涉及国家秘密、工作秘密", "No secret is touched", kind=Kind.YES_NO)
    privacy: bool = asked(
        "不涉及个人隐私、商业秘密、未成年人", "No privacy, business secret or minor", kind=Kind.YES_NO
    )
    complainant: bool = asked(
        "不能据此认出投诉人、证人", "No complainant or witness can be recognised", kind=Kind.YES_NO
    )
    passed: bool = asked("审查通过", "Passed", kind=Kind.YES_NO)
    reasons: str = asked("审查意见", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureRevised(Act):
    """The words were changed after the review or the reply; they are reviewed again (修改拟公开内容)."""

    name: ClassVar[Phrase] = Phrase("修改拟公开内容", "Words revised")
    named: bool = asked("写出人员姓名", "The person is named", kind=Kind.YES_NO, default=False)
    title_zh: str = asked("标题（中文）", "Title (Chinese)")
    title_en: str = asked("标题（英文）", "Title (English)")
    text_zh: str = asked("拟公开的内容（中文）", "Words to be published (Chinese)", kind=Kind.LONG)
    text_en: str = asked("拟公开的内容（英文）", "Words to be published (English)", kind=Kind.LONG)
    reasons: str = asked("修改理由", "Why it was changed", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInvited(Act):
    """The words were put to the agency concerned; the right of reply runs (告知并征求意见)."""

    name: ClassVar[Phrase] = Phrase("告知答辩权利", "Reply invited")
    note: str = asked("告知内容", "What was told", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyGiven(Act):
    """The agency or the person concerned replied; the reply is published beside the exposure (答辩)."""

    name: ClassVar[Phrase] = Phrase("答辩", "Reply given")
    reply: str = asked("答辩意见（随曝光一并公开）", "Reply (published with the exposure)", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLapsed(Act):
    """The time for a reply passed without one (答辩期满)."""

    name: ClassVar[Phrase] = Phrase("答辩期满未答辩", "No reply in time")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureDecided(Act):
    """The head of the office decided whether it is published, with reasons that weigh the reply (曝光决定)."""

    name: ClassVar[Phrase] = Phrase("曝光决定", "Exposure decided")
    publish: bool = asked("决定公开", "It is published", kind=Kind.YES_NO)
    reasons: str = asked(
        "理由（含对答辩意见的采纳情况）", "Reasons, and what became of the reply", kind=Kind.LONG
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed(Act):
    """The words stand before the public, for a period (公开曝光)."""

    name: ClassVar[Phrase] = Phrase("公开曝光", "Exposed")
    until: date = asked("公开至（含当日）", "Shown until (inclusive)", kind=Kind.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureCorrected(Act):
    """What was published was wrong in part; the correction stands in the same place, as long (更正)."""

    name: ClassVar[Phrase] = Phrase("更正曝光内容", "Exposure corrected")
    title_zh: str = asked("更正标题（中文）", "Title of the correction (Chinese)")
    title_en: str = asked("更正标题（英文）", "Title of the correction (English)")
    text_zh: str = asked("更正内容（中文）", "Correction (Chinese)", kind=Kind.LONG)
    text_en: str = asked("更正内容（英文）", "Correction (English)", kind=Kind.LONG)
    reasons: str = asked("更正原因", "Why it is corrected", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureWithdrawn(Act):
    """What was published must not stand: the words are taken away, that they stood is not (撤回曝光)."""

    name: ClassVar[Phrase] = Phrase("撤回曝光", "Exposure withdrawn")
    reasons: str = asked("撤回原因（公开）", "Why it is withdrawn (published)", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureBarred(Act):
    """The law forbids publication, and which ground says so is on record (依法不予公开)."""

    name: ClassVar[Phrase] = Phrase("依法不予公开", "Barred by law")
    ground: BarGround = asked("法定事由", "Ground", kind=Kind.CHOICE, choices="bar_ground")
    until: date | None = asked(
        "事由存续至（调查尚在进行的须填）",
        "Lasts until (needed for an ongoing investigation)",
        kind=Kind.DAY,
        default=None,
    )
    statement: str = asked("说明（公开其事由，不公开案情）", "Statement", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    ExposureProposed,
    LegalityReviewed,
    ExposureRevised,
    ReplyInvited,
    ReplyGiven,
    ReplyLapsed,
    ExposureDecided,
    Exposed,
    ExposureCorrected,
    ExposureWithdrawn,
    ExposureBarred,
)
Words = ExposureProposed | ExposureRevised
"""The acts that say what is to be published; the last of them counts."""
