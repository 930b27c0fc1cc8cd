"""Acts of handling: examining, pausing, extending, hearing, passing from desk to desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Role, asked
from xiaoneng.worktime.limits import Unit


class Ground(StrEnum):
    """The grounds on which the time is not counted: 行政许可法第四十五条 lists these and no other."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"

    @property
    def phrase(self) -> Phrase:
        """Return the ground as the article names it."""
        return GROUNDS[self]


GROUNDS = {
    Ground.HEARING: Phrase("听证", "Hearing"),
    Ground.TENDER: Phrase("招标", "Tender"),
    Ground.AUCTION: Phrase("拍卖", "Auction"),
    Ground.INSPECTION: Phrase("检验", "Inspection"),
    Ground.TESTING: Phrase("检测", "Testing"),
    Ground.QUARANTINE: Phrase("检疫", "Quarantine"),
    Ground.APPRAISAL: Phrase("鉴定", "Appraisal"),
    Ground.EXPERT_REVIEW: Phrase("专家评审", "Expert review"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined(Act):
    """Two or more officers examined the substance (实质审查、现场核查)."""

    name: ClassVar[Phrase] = Phrase("实质审查", "Examined")
    officers: tuple[str, ...] = asked("核查人员（两名以上）", "Officers (two or more)", kind=Kind.LINES)
    finding: str = asked("核查情况", "Finding", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Act):
    """The limit stands still on a ground the law lists, and the applicant was told in writing how long."""

    name: ClassVar[Phrase] = Phrase("中止计时", "Suspended")
    ground: Ground = asked("特别程序", "Ground", kind=Kind.CHOICE, choices="ground")
    expected_until: date = asked("预计恢复日期", "Expected until", kind=Kind.DAY)
    notice_served: bool = asked(
        "已书面告知申请人所需时间", "The applicant was told in writing", kind=Kind.YES_NO
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Act):
    """The ground has gone and the limit runs again; the day of resumption counts."""

    name: ClassVar[Phrase] = Phrase("恢复计时", "Resumed")
    outcome: str = asked("特别程序结果", "Outcome", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked(Act):
    """The handler asks for more time (申请延期); asking gives none."""

    name: ClassVar[Phrase] = Phrase("申请延期", "Extension asked")
    internal: ClassVar[bool] = True
    reason: str = asked("理由", "Reason", kind=Kind.LONG)
    progress: str = asked(
        "已办到哪一步（投诉必填）", "How far it is (complaints)", kind=Kind.LONG, default=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Act):
    """The person the article names gave more time, once, in time, and told the applicant why (延长期限)."""

    name: ClassVar[Phrase] = Phrase("延长期限", "Extended")
    count: int = asked("延长数量", "How much longer", kind=Kind.NUMBER, default=0)
    unit: Unit = asked("单位", "Unit", kind=Kind.CHOICE, choices="unit", default=Unit.WORKING_DAYS)
    until: date | None = asked(
        "或者延长至（与数量二选一）", "Or until a day (one of the two)", kind=Kind.DAY, default=None
    )
    reason: str = asked("告知申请人的理由", "Reason told to the applicant", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingTold(Act):
    """Applicant and interested parties were told that they may ask for a hearing (告知听证权利)."""

    name: ClassVar[Phrase] = Phrase("告知听证权利", "Told of the right to a hearing")
    parties: str = asked("被告知人", "Who was told", kind=Kind.LONG, personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRequested(Act):
    """A hearing was asked for within five working days (申请听证)."""

    name: ClassVar[Phrase] = Phrase("申请听证", "Hearing requested")
    requester: str = asked("申请人", "Requester", personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingNotified(Act):
    """Time and place were told seven working days ahead, with who presides (听证通知)."""

    name: ClassVar[Phrase] = Phrase("听证通知", "Hearing notified")
    held_on: date = asked("听证日期", "Day of the hearing", kind=Kind.DAY)
    place: str = asked("地点", "Place")
    presider: str = asked("主持人", "Presider")


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingHeld(Act):
    """The hearing was held and its record signed; the decision must follow the record (举行听证)."""

    name: ClassVar[Phrase] = Phrase("举行听证", "Hearing held")
    presider: str = asked("主持人", "Presider")
    record: str = asked("笔录要点", "Record", kind=Kind.LONG)
    signed: bool = asked("笔录已由参加人签字", "The record is signed", kind=Kind.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Act):
    """The handler proposes a decision and passes the matter to review (提出拟办意见)."""

    name: ClassVar[Phrase] = Phrase("提出拟办意见", "Proposed")
    internal: ClassVar[bool] = True
    opinion: str = asked("拟办意见", "Opinion", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Act):
    """The reviewer agrees and passes the matter up for decision (审核通过)."""

    name: ClassVar[Phrase] = Phrase("审核通过", "Reviewed")
    internal: ClassVar[bool] = True
    opinion: str = asked("审核意见", "Opinion", kind=Kind.LONG, default="同意")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack(Act):
    """The reviewer or approver sends the matter back inside the office; no clock is touched (退回承办)."""

    name: ClassVar[Phrase] = Phrase("退回承办", "Sent back")
    internal: ClassVar[bool] = True
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned(Act):
    """The head gives a role in this matter to another post; no clock is touched (改派)."""

    name: ClassVar[Phrase] = Phrase("改派", "Reassigned")
    role: Role = asked("职责", "Role", kind=Kind.CHOICE, choices="role")
    post: str = asked("岗位", "Post", kind=Kind.CHOICE, choices="posts")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recused(Act):
    """An official withdraws from this matter (回避): the next cover takes it."""

    name: ClassVar[Phrase] = Phrase("回避", "Recused")
    internal: ClassVar[bool] = True
    ground: str = asked("回避事由", "Ground", kind=Kind.LONG)
    person: int = asked("回避人员", "Who withdraws", kind=Kind.CHOICE, choices="people")

    def bars(self) -> frozenset[str]:
        """Return the mark of who withdraws."""
        return frozenset({conflict.person(self.person)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudged(Act):
    """The applicant asks how it stands (催办); counted, and it raises the level."""

    name: ClassVar[Phrase] = Phrase("催办", "Nudged")
    words: str = asked("留言", "Message", kind=Kind.LONG, personal=True, default="")


ACTS: tuple[type[Act], ...] = (
    Examined,
    Suspended,
    Resumed,
    ExtensionAsked,
    Extended,
    HearingTold,
    HearingRequested,
    HearingNotified,
    HearingHeld,
    Proposed,
    Reviewed,
    SentBack,
    Reassigned,
    Recused,
    Nudged,
)
