"""Acts of accountability for dereliction (失职追究): from a finding to a decision, its appeal and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Opening, asked
from xiaoneng.matters.vocabulary.measures import (
    LADDER,
    Aggravation,
    DismissalGround,
    Exemption,
    Measure,
    Mitigation,
    Responsibility,
    Severity,
    Source,
    heavier,
)

__all__ = [
    "ACTS",
    "LADDER",
    "LEADER",
    "Aggravation",
    "AppealDecided",
    "AppealMade",
    "AppealTermEnded",
    "Archived",
    "Circulated",
    "DefenceHeard",
    "DefenceTermEnded",
    "DerelictionRegistered",
    "DismissalGround",
    "EffectEnded",
    "Exempted",
    "Exemption",
    "FactsPut",
    "InvestigatorsNamed",
    "Measure",
    "MeasureDecided",
    "MeasureServed",
    "Mitigation",
    "Responsibility",
    "Severity",
    "Source",
    "heavier",
]


LEADER = "leader"
"""The trait of a matter in which somebody answers as a leader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerelictionRegistered(Opening):
    """A possible dereliction was registered with the fact that shows it (失职追究立案)."""

    name: ClassVar[Phrase] = Phrase("失职追究立案", "Dereliction registered")
    source: Source = asked("来源", "Source", kind=Kind.CHOICE, choices="source")
    reference: str = asked("来源编号（红牌、投诉、督察等）", "Reference")
    person: int = asked("被追究人", "Person concerned", kind=Kind.CHOICE, choices="staff")
    facts: str = asked("初步事实", "First facts", kind=Kind.LONG)

    def bars(self) -> frozenset[str]:
        """Return the mark of the relatives of the person concerned, who decide nothing in the matter."""
        return frozenset({*Opening.bars(self), conflict.kin(self.person)})

    def own_traits(self) -> tuple[str, ...]:
        """Return whether somebody answers as a leader: then the ladder of leaders' measures holds."""
        return (LEADER,) if self.source in {Source.CONSEQUENCE, Source.WEAK_AGENCY} else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigatorsNamed(Act):
    """Two investigators were named after the recusal check (指定调查人员)."""

    name: ClassVar[Phrase] = Phrase("指定调查人员", "Investigators named")
    investigators: tuple[int, ...] = asked(
        "调查人员（两名以上）", "Investigators (two or more)", kind=Kind.CHOICES, choices="people"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPut(Act):
    """The facts were put to the person concerned; the defence term runs (事实告知)."""

    name: ClassVar[Phrase] = Phrase("事实告知", "Facts put")
    facts: str = asked("拟认定的事实", "Facts to be found", kind=Kind.LONG)
    proposed: Measure | None = asked(
        "拟给予的处理", "Measure proposed", kind=Kind.CHOICE, choices="measure", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceHeard(Act):
    """The person concerned answered; it may not make the outcome heavier (陈述申辩)."""

    name: ClassVar[Phrase] = Phrase("陈述申辩", "Defence heard")
    defence: str = asked("申辩内容", "Defence", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceTermEnded(Act):
    """The defence term passed (申辩期满)."""

    name: ClassVar[Phrase] = Phrase("申辩期满", "Defence term ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDecided(Act):
    """The body with personnel authority decided a measure and who answers for what (处理决定)."""

    name: ClassVar[Phrase] = Phrase("处理决定", "Measure decided")
    measure: Measure = asked("处理措施", "Measure", kind=Kind.CHOICE, choices="measure")
    severity: Severity = asked("情节", "Severity", kind=Kind.CHOICE, choices="severity")
    responsibility: Responsibility = asked(
        "责任类别",
        "Kind of responsibility",
        kind=Kind.CHOICE,
        choices="responsibility",
        default=Responsibility.DIRECT,
    )
    liability: str = asked(
        "责任划分（直接、领导、单位）", "Who answers (direct, leader, agency)", kind=Kind.LONG
    )
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)
    legal_basis: str = asked("依据", "Basis")
    effective_until: date | None = asked(
        "效力截止日（书面告诫三至六个月）", "In effect until", kind=Kind.DAY, default=None
    )
    mitigating: tuple[Mitigation, ...] = asked(
        "从轻情节", "Mitigating", kind=Kind.CHOICES, choices="mitigation", default=()
    )
    aggravating: tuple[Aggravation, ...] = asked(
        "从重情节", "Aggravating", kind=Kind.CHOICES, choices="aggravation", default=()
    )
    ground: DismissalGround | None = asked(
        "辞退情形（公务员法第八十八条）",
        "Ground of dismissal (Civil Servants Law 88)",
        kind=Kind.CHOICE,
        choices="dismissal_ground",
        default=None,
    )
    skipped: str = asked(
        "越级处理的理由（四条禁令）",
        "Reason for going up more than a step (four bans)",
        kind=Kind.LONG,
        default="",
    )
    unbarred: bool = asked(
        "已核查，不属于不得辞退的情形（公务员法第八十九条）",
        "Checked: not protected from dismissal (Civil Servants Law 89)",
        kind=Kind.YES_NO,
        default=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted(Act):
    """A higher approver found a ground that exempts, and said which (免责)."""

    name: ClassVar[Phrase] = Phrase("免予追究", "Exempted")
    exemption: Exemption = asked("免责情形", "Kind of ground", kind=Kind.CHOICE, choices="exemption")
    ground: str = asked("免责事由", "Ground", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureServed(Act):
    """The decision was served on the person concerned (送达处理决定)."""

    name: ClassVar[Phrase] = Phrase("送达处理决定", "Measure served")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealMade(Act):
    """The person concerned appealed; execution is not suspended (申诉)."""

    name: ClassVar[Phrase] = Phrase("申诉", "Appeal made")
    grounds: str = asked("申诉理由", "Grounds", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(Act):
    """The appeal was decided, never heavier than before; the measure may be revoked (申诉决定)."""

    name: ClassVar[Phrase] = Phrase("申诉决定", "Appeal decided")
    measure: Measure = asked("决定的措施", "Measure", kind=Kind.CHOICE, choices="measure")
    revoked: bool = asked("撤销原决定", "The decision is revoked", kind=Kind.YES_NO, default=False)
    effective_until: date | None = asked(
        "效力截止日（维持书面告诫的须填）",
        "In effect until (for a written warning)",
        kind=Kind.DAY,
        default=None,
    )
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTermEnded(Act):
    """The term for an appeal passed (申诉期满)."""

    name: ClassVar[Phrase] = Phrase("申诉期满", "Appeal term ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulated(Act):
    """The outcome was made known in the office, as far as the law lets it be (通报)."""

    name: ClassVar[Phrase] = Phrase("通报", "Circulated")
    scope: str = asked("通报范围", "To whom")
    words: str = asked("通报内容（不含隐私）", "What was said (nothing private)", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectEnded(Act):
    """The period of effect ran out by itself; the file is closed (效力期满)."""

    name: ClassVar[Phrase] = Phrase("效力期满，自动解除", "Period of effect ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Act):
    """The measure was carried out and the file closed (执行归档)."""

    name: ClassVar[Phrase] = Phrase("执行归档", "Carried out and archived")
    note: str = asked("执行情况", "How it was carried out", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    DerelictionRegistered,
    InvestigatorsNamed,
    FactsPut,
    DefenceHeard,
    DefenceTermEnded,
    MeasureDecided,
    Exempted,
    MeasureServed,
    AppealMade,
    AppealDecided,
    AppealTermEnded,
    Circulated,
    EffectEnded,
    Archived,
)
