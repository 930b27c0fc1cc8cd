"""Acts of an inspection (督察巡视、明查暗访): planned, drawn by lot, visited, found, put right, looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked, hidden

TEAM, SEEN_BY = told("inspection-team"), told("inspection-evidence")


class Category(StrEnum):
    """Whom an inspector comes from: the six kinds that the founding brief names."""

    DEPUTY = "deputy"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    VETERAN = "veteran"
    ENTERPRISE = "enterprise"
    PRESS = "press"

    @property
    def phrase(self) -> Phrase:
        """Return what the category is called."""
        return CATEGORIES[self]


CATEGORIES = {
    Category.DEPUTY: Phrase("人大代表", "People's deputy"),
    Category.DELEGATE: Phrase("党代表", "Party delegate"),
    Category.ADVISER: Phrase("政协委员", "Political adviser"),
    Category.VETERAN: Phrase("老干部", "Retired official"),
    Category.ENTERPRISE: Phrase("企业代表", "Enterprise"),
    Category.PRESS: Phrase("新闻媒体", "Press"),
}


class Manner(StrEnum):
    """How the team visits: with its name, or as any citizen would (明查、暗访)."""

    OPEN = "open"
    COVERT = "covert"


class FindingKind(StrEnum):
    """What is found broken: one of the four bans, one of the eight systems, or a promise of service."""

    LUNCH_ALCOHOL = "lunch_alcohol"
    CHAT_OR_GAMES = "chat_or_games"
    MAHJONG = "mahjong"
    PUBLIC_TRAVEL = "public_travel"
    ABSENT = "absent"
    NO_COVER = "no_cover"
    NOT_POSTED = "not_posted"
    NOT_TOLD_ONCE = "not_told_once"
    TURNED_AWAY = "turned_away"
    ATTITUDE = "attitude"
    SLOW = "slow"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whose mandate ran on the day of the draw, and the agencies they must stay away from."""

    person: int
    name: str
    category: Category
    post: str = ""
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlanned(Opening):
    """An inspection was planned: whom, how, by which list, in what time, and why (督察立项)."""

    name: ClassVar[Phrase] = Phrase("督察立项", "Inspection planned")
    agencies: tuple[str, ...] = asked(
        "被查单位", "Agencies to be visited", kind=Kind.CHOICES, choices="agencies_below", default=()
    )
    area: str = asked("或者查访区域", "Or the area to be visited", default="")
    manner: Manner = asked("方式", "Manner", kind=Kind.CHOICE, choices="visit_manner")
    checklist: str = asked("检查清单", "Checklist", kind=Kind.CHOICE, choices="checklists")
    visit_until: date = asked("查访截止日", "Visits until", kind=Kind.DAY)
    reason: str = asked("立项理由", "Why", kind=Kind.LONG)
    nonce: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDrawn(Act):
    """The team was drawn by lot from those with a mandate; anybody can draw again and get the same (抽取督察组)."""

    name: ClassVar[Phrase] = Phrase("抽取督察组", "Team drawn")
    internal: ClassVar[bool] = True
    wanted: int = asked(f"人数（{TEAM.zh} 人以上）", f"How many ({TEAM.en} or more)", kind=Kind.NUMBER)
    candidates: tuple[Candidate, ...] = hidden(default=())
    conflicted: tuple[int, ...] = hidden(default=())
    anchor: str = hidden(default="")
    seed: str = hidden(default="")
    members: tuple[int, ...] = hidden(default=())
    marks: tuple[str, ...] = hidden(default=())
    """The members once more, as marks by which the database finds the inspections of one (`team.mark`)."""
    post: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReplaced(Act):
    """A member left the team, and the lot named who comes in (调换成员)."""

    name: ClassVar[Phrase] = Phrase("调换成员", "Member replaced")
    internal: ClassVar[bool] = True
    leaving: int = asked("退出的成员", "Who leaves", kind=Kind.CHOICE, choices="team")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)
    successor: int = hidden(default=0)
    post: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnnounced(Act):
    """An open visit was announced to the agency (通知查访); a covert one never is."""

    name: ClassVar[Phrase] = Phrase("通知查访", "Visit announced")
    visit_on: date = asked("查访日期", "Day of the visit", kind=Kind.DAY)
    told: str = asked("通知了谁、怎样通知", "Who was told, and how")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecorded(Act):
    """A visit with its place, its hours, who was there, and the checklist answered (查访记录)."""

    name: ClassVar[Phrase] = Phrase("查访记录", "Visit recorded")
    place: str = asked("地点", "Place")
    began_at: datetime = asked("开始时间", "Began at", kind=Kind.INSTANT)
    ended_at: datetime = asked("结束时间", "Ended at", kind=Kind.INSTANT)
    covert: bool = asked("暗访（未亮明身份）", "Covert (identity not shown)", kind=Kind.YES_NO)
    present: tuple[int, ...] = asked(
        f"到场督察员（{TEAM.zh} 人以上）",
        f"Inspectors present ({TEAM.en} or more)",
        kind=Kind.CHOICES,
        choices="team",
    )
    answers: tuple[str, ...] = asked(
        "清单结果",
        "Checklist",
        kind=Kind.LINES,
        hint=Phrase("每行一项：编号=yes、no 或 na｜说明", "One a line: key=yes, no or na｜note"),
        choices="answers",
    )
    notes: str = asked("其他情况", "Notes", kind=Kind.LONG, default="")
    photos: tuple[str, ...] = asked(
        "照片（每行：SHA-256 文件名）",
        "Photographs (one a line: SHA-256 file name)",
        kind=Kind.LINES,
        default=(),
    )
    once: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecorded(Act):
    """Something was found, with time, place, evidence and witnesses (记录问题)."""

    name: ClassVar[Phrase] = Phrase("记录问题", "Finding recorded")
    kind: FindingKind = asked("问题种类", "Kind", kind=Kind.CHOICE, choices="finding_kind")
    what: str = asked("问题", "What was found", kind=Kind.LONG)
    found_at: datetime = asked("发现时间", "When", kind=Kind.INSTANT)
    place: str = asked("发现地点", "Where")
    evidence: str = asked("证据", "Evidence", kind=Kind.LONG)
    witnesses: tuple[str, ...] = asked("见证人", "Witnesses", kind=Kind.LINES, default=())
    agency: str = asked(
        "涉及单位", "Agency concerned", kind=Kind.CHOICE, choices="agencies_visited", default=""
    )
    who: str = asked("涉及人员（已知的）", "Person concerned, if known", default="")
    title: str = asked("其岗位（已知的）", "Their post, if known", default="")
    photos: tuple[str, ...] = asked(
        "照片（每行：SHA-256 文件名）",
        "Photographs (one a line: SHA-256 file name)",
        kind=Kind.LINES,
        default=(),
    )
    mend: bool = asked("须整改", "To be put right", kind=Kind.YES_NO, default=True)
    once: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned(Act):
    """The person found, or the office visited, signed the record on the spot (现场签字)."""

    name: ClassVar[Phrase] = Phrase("现场签字", "Record signed")
    signer: str = asked("签字人", "Who signed")
    remarks: str = asked("签字人的意见", "What the signer said", kind=Kind.LONG, default="")
    once: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRefused(Act):
    """Signing was refused, and two witnesses saw it (拒签注明)."""

    name: ClassVar[Phrase] = Phrase("拒签注明", "Signing refused")
    reason: str = asked("拒签的理由", "Reason given", kind=Kind.LONG)
    witnesses: tuple[str, ...] = asked(
        f"见证人（{SEEN_BY.zh} 人以上）", f"Witnesses ({SEEN_BY.en} or more)", kind=Kind.LINES
    )
    once: str = hidden(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultGiven(Act):
    """The team gave its result (督察结果)."""

    name: ClassVar[Phrase] = Phrase("督察结果", "Result given")
    result: str = asked("结果", "Result", kind=Kind.LONG)
    advice: str = asked("建议", "Advice", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOrdered(Act):
    """A post of the agency visited was ordered to put something right by a day (整改通知)."""

    name: ClassVar[Phrase] = Phrase("整改通知", "Rectification ordered")
    post: str = asked("整改岗位", "Post", kind=Kind.CHOICE, choices="posts_visited")
    what: str = asked("整改内容", "What is to be put right", kind=Kind.LONG)
    until: date = asked("整改期限", "By when", kind=Kind.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationReported(Act):
    """The agency reported what it did (整改报告)."""

    name: ClassVar[Phrase] = Phrase("整改报告", "Rectification reported")
    measures: str = asked("整改措施", "Measures", kind=Kind.LONG)
    proof: str = asked("证明材料", "Proof", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked(Act):
    """The team looked again (复查)."""

    name: ClassVar[Phrase] = Phrase("复查", "Re-checked")
    mended: bool = asked("已整改到位", "It is put right", kind=Kind.YES_NO)
    how: str = asked("复查情况", "What was seen", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityRecommended(Act):
    """What is not put right, or too grave, was recommended for accountability (建议问责)."""

    name: ClassVar[Phrase] = Phrase("建议问责", "Accountability recommended")
    body: str = asked("向哪个机关建议", "To which body")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)
    reference: str = asked("问责编号（已立案的）", "Number of the case, if there is one", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionClosed(Act):
    """Everything found is put right or recommended for accountability (督察销号)."""

    name: ClassVar[Phrase] = Phrase("督察销号", "Inspection closed")
    outcome: str = asked("结论", "Outcome", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDropped(Act):
    """The inspection was dropped before any visit, with the reason on record (撤销立项)."""

    name: ClassVar[Phrase] = Phrase("撤销立项", "Inspection dropped")
    internal: ClassVar[bool] = True
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    InspectionPlanned,
    TeamDrawn,
    MemberReplaced,
    VisitAnnounced,
    VisitRecorded,
    FindingRecorded,
    RecordSigned,
    SigningRefused,
    ResultGiven,
    RectificationOrdered,
    RectificationReported,
    Rechecked,
    AccountabilityRecommended,
    InspectionClosed,
    InspectionDropped,
)
