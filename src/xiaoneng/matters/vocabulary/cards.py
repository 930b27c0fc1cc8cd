"""Acts of a card as a case (红黄牌办理): from the card itself to its answer, contest, disposition and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked, hidden
from xiaoneng.matters.vocabulary.measures import Exemption


class CardLevel(StrEnum):
    """How grave a card is that must be answered; a reminder needs no answer and is no case."""

    YELLOW = "yellow"
    RED = "red"


CONFIDENTIAL = "confidential"
"""The trait of a card about a matter that only those see whom it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardIssued(Opening):
    """A yellow or red card was raised and is to be answered by the post that used up the time (出牌)."""

    name: ClassVar[Phrase] = Phrase("出牌", "Card issued")
    level: CardLevel = asked("级别", "Level", kind=Kind.CHOICE, choices="card_level")
    card: str = asked("牌号", "Number of the card")
    about: str = asked("原办件", "The matter it is about")
    cause: str = asked("缘由", "Cause", kind=Kind.CHOICE, choices="card_cause")
    rule: str = asked(
        "所违反的制度或时限", "Rule or clock", kind=Kind.CHOICE, choices="card_rule", default=""
    )
    post: str = asked("责任岗位", "Post answerable", kind=Kind.CHOICE, choices="posts", default="")
    named: str = asked("当时在岗人员", "Who acted in it", default="", personal=True)
    words: str = asked("查明的事实", "What was found", kind=Kind.LONG)
    words_en: str = asked("查明的事实（英文）", "What was found, in English", kind=Kind.LONG, default="")
    evidence: tuple[str, ...] = asked(
        "证据（原办件的记录序号）", "Evidence (acts of the matter)", kind=Kind.LINES, default=()
    )
    basis: str = hidden(default="")

    def own_traits(self) -> tuple[str, ...]:
        """Return the card's level: some steps are only there for a red one."""
        return (self.level.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswered(Act):
    """The post answered: why it happened and what was done about it (答复)."""

    name: ClassVar[Phrase] = Phrase("红黄牌答复", "Card answered")
    explanation: str = asked("原因说明", "Why it happened", kind=Kind.LONG)
    remedy: str = asked("已经采取的改正措施", "What was done about it", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAdded(Act):
    """The post added a proof to what it says (补充证明)."""

    name: ClassVar[Phrase] = Phrase("补充证明", "Proof added")
    proof: str = asked("证明材料及其说明", "The proof and what it shows", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardContested(Act):
    """The post holds that the card is wrong; somebody other than who issued it decides (申诉)."""

    name: ClassVar[Phrase] = Phrase("对红黄牌提出异议", "Card contested")
    grounds: str = asked("异议理由", "Grounds", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardUpheld(Act):
    """The contest was examined and the card stands; the post must still answer (维持)."""

    name: ClassVar[Phrase] = Phrase("维持红黄牌", "Card upheld")
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWithdrawn(Act):
    """The card was wrong: it stays visible as withdrawn and counts nowhere (撤牌)."""

    name: ClassVar[Phrase] = Phrase("撤销红黄牌", "Card withdrawn")
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardUnanswered(Act):
    """The term passed and nobody answered; a yellow card turns red where the rules of the place say so (逾期未答复)."""

    name: ClassVar[Phrase] = Phrase("红黄牌逾期未答复", "Card unanswered")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardConfirmed(Act):
    """Supervision accepted the answer: the fault is mended (确认整改)."""

    name: ClassVar[Phrase] = Phrase("确认整改", "Answer confirmed")
    note: str = asked("核实情况", "What was checked", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationMade(Act):
    """Supervision recommended what is to be done, to whom and by when (监察建议书)."""

    name: ClassVar[Phrase] = Phrase("发出监察建议书", "Supervision recommendation made")
    addressee: str = asked("受文单位或负责人", "Addressee")
    recommendation: str = asked("建议事项", "What is recommended", kind=Kind.LONG)
    deadline: date = asked("落实期限", "To be done by", kind=Kind.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardExempted(Act):
    """A higher approver exempted the post from accountability on a named ground (免予追究)."""

    name: ClassVar[Phrase] = Phrase("红牌免予追究", "Exempted from accountability for a card")
    exemption: Exemption = asked("免责情形", "Kind of ground", kind=Kind.CHOICE, choices="exemption")
    reasons: str = asked("理由", "Reasons", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClosed(Act):
    """The case of the card ended; of a red one only with a disposition (结案)."""

    name: ClassVar[Phrase] = Phrase("红黄牌结案", "Card closed")
    discipline: str = asked(
        "失职追究编号",
        "Number of the dereliction matter",
        hint=Phrase(
            "红牌须有处置：失职追究、监察建议书或免予追究；已立案追究的在此填写编号",
            "A red card needs a disposition: a dereliction matter, a recommendation or an exemption. "
            "Where a matter was registered, its number goes here",
        ),
        default="",
    )
    note: str = asked("结案说明", "How it ended", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    CardIssued,
    CardAnswered,
    ProofAdded,
    CardContested,
    CardUpheld,
    CardWithdrawn,
    CardUnanswered,
    CardConfirmed,
    RecommendationMade,
    CardExempted,
    CardClosed,
)
