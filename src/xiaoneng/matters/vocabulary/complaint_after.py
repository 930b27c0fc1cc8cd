"""Acts of a complaint beside and after its answer: call-back, review, recusal, identity, retaliation, repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Kind, Responsible, asked, hidden
from xiaoneng.matters.vocabulary.complaint_words import Consequence, Contented


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBack(Act):
    """The complainant was called back, or said so on their page: contented, or basically (回访)."""

    name: ClassVar[Phrase] = Phrase("回访", "Called back")
    reached: bool = asked("已联系上投诉人", "The complainant was reached", kind=Kind.YES_NO, default=True)
    contented: Contented | None = asked(
        "是否满意", "Contented?", kind=Kind.CHOICE, choices="contented", default=None
    )
    words: str = asked("投诉人意见", "Their words", kind=Kind.LONG, personal=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMissed(Act):
    """The complainant was called and not reached (回访未接通)."""

    name: ClassVar[Phrase] = Phrase("回访未接通", "Call missed")
    note: str = asked("联系方式与时间", "How and when it was tried", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class DissatisfactionVoiced(Act):
    """The complainant does not accept the answer: once, somebody else reviews it (不满意，申请复核)."""

    name: ClassVar[Phrase] = Phrase("不满意，申请复核", "Dissatisfaction voiced")
    words: str = asked("不满意之处", "What is wrong with it", kind=Kind.LONG, personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewConcluded(Act):
    """Somebody else found every allegation anew and said what follows (复核意见)."""

    name: ClassVar[Phrase] = Phrase("提出复核意见", "Review concluded")
    internal: ClassVar[bool] = True
    measures: str = asked("处理措施", "Measures", kind=Kind.LONG)
    consequence: Consequence = asked(
        "处理后果", "Consequence", kind=Kind.CHOICE, choices="consequence", default=Consequence.NONE
    )
    reference: str = asked("后果的编号或文号", "Reference of the consequence", default="")
    exemption: str = asked("免予处理的理由", "Why it is exempted", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswered(Act):
    """The complainant was told what the review found; it is final, but for new facts (复核答复)."""

    name: ClassVar[Phrase] = Phrase("复核答复", "Review answered")
    answer: str = asked("答复内容", "Answer", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLapsed(Act):
    """Whoever complained without a name let the term for a response pass: the answer stands (回应期满)."""

    name: ClassVar[Phrase] = Phrase("回应期满", "Response lapsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReHandlingOrdered(Act):
    """The follow-up found it badly handled: it is handled again, with a new term (责令重新办理)."""

    name: ClassVar[Phrase] = Phrase("责令重新办理", "Re-handling ordered")
    reason: str = asked("办理质量的问题", "What was done badly", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReopened(Act):
    """New facts came to a closed complaint: it is taken up again (以新事实重新提起)."""

    name: ClassVar[Phrase] = Phrase("以新事实重新提起", "Complaint reopened")
    facts: str = asked("新的事实", "New facts", kind=Kind.LONG, personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWithdrawn(Act):
    """The complainant takes the complaint back; what was complained of is still looked into (撤回投诉)."""

    name: ClassVar[Phrase] = Phrase("撤回投诉", "Complaint withdrawn")
    reason: str = asked("原因", "Reason", kind=Kind.LONG, personal=True, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAdded(Act):
    """The complainant added facts or evidence (补充事实)."""

    name: ClassVar[Phrase] = Phrase("补充事实", "Facts added")
    facts: str = asked("补充的事实与证据", "Facts and evidence", kind=Kind.LONG, personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLinked(Act):
    """Another complaint about the same thing was joined to this one; both are answered (关联重复投诉)."""

    name: ClassVar[Phrase] = Phrase("关联重复投诉", "Repeat linked")
    internal: ClassVar[bool] = True
    reference: str = asked("重复投诉的编号", "Number of the other complaint")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalAsked(Act):
    """Somebody asked that an official stand aside; it is decided in two working days (申请回避)."""

    name: ClassVar[Phrase] = Phrase("申请回避", "Recusal asked")
    person: int = asked(
        "请求回避的人员", "Who should stand aside", kind=Kind.CHOICE, choices="handlers", default=0
    )
    whom: str = asked("请求谁回避（不知姓名的写岗位）", "Or in your own words", default="")
    ground: str = asked("理由", "Reason", kind=Kind.LONG, personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalDecided(Act):
    """The head of the centre decided on a recusal; the head's own is decided above (回避决定)."""

    name: ClassVar[Phrase] = Phrase("回避决定", "Recusal decided")
    person: int = asked("所涉人员", "Whom it is about", kind=Kind.CHOICE, choices="people")
    granted: bool = asked("同意回避", "Granted", kind=Kind.YES_NO)
    reason: str = asked("理由", "Reason", kind=Kind.LONG)

    def bars(self) -> frozenset[str]:
        """Return the mark of who stands aside; nobody's where it was not granted."""
        return frozenset({conflict.person(self.person)}) if self.granted else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetaliationReported(Act):
    """Somebody is made to suffer for complaining: the centre above takes it, as an allegation of its own (打击报复)."""

    name: ClassVar[Phrase] = Phrase("反映打击报复", "Retaliation reported")
    words: str = asked("情况", "What happened", kind=Kind.LONG, personal=True)
    posts: tuple[Responsible, ...] = hidden(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAsked(Act):
    """An official asks to see who complained, and says why; the complainant sees that it was asked (申请启封)."""

    name: ClassVar[Phrase] = Phrase("申请启封身份", "Identity asked for")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityOpened(Act):
    """A second post opened the envelope together with who asked; the complainant sees it (启封)."""

    name: ClassVar[Phrase] = Phrase("启封身份", "Identity opened")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRefused(Act):
    """The second post did not let the envelope be opened, and says why (不予启封)."""

    name: ClassVar[Phrase] = Phrase("不予启封", "Identity not opened")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    CalledBack,
    CallMissed,
    DissatisfactionVoiced,
    ReviewConcluded,
    ReviewAnswered,
    ResponseLapsed,
    ReHandlingOrdered,
    ComplaintReopened,
    ComplaintWithdrawn,
    FactsAdded,
    RepeatLinked,
    RecusalAsked,
    RecusalDecided,
    RetaliationReported,
    IdentityAsked,
    IdentityOpened,
    IdentityRefused,
)
