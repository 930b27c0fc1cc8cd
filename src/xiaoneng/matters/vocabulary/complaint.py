"""Acts of a complaint (效能投诉) from its coming in to its answer.

The ways it may go are in `complaint_ways`, what follows the answer in `complaint_after`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, Opening, asked, hidden
from xiaoneng.matters.vocabulary.complaint_words import (
    ANONYMOUS,
    MULTI_AGENCY,
    NAMED,
    NOTHING_SAID,
    ComplaintChannel,
    Consequence,
    Finding,
    Manner,
    PassedOver,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintMade(Opening):
    """Somebody complained of how an office works (效能投诉); whoever it is about never sees it."""

    name: ClassVar[Phrase] = Phrase("投诉登记", "Complaint made")
    channel: ComplaintChannel = asked(
        "投诉渠道",
        "Channel",
        kind=Kind.CHOICE,
        choices="complaint_channel",
        default=ComplaintChannel.WEB,
    )
    manner: Manner = asked("投诉方式", "Manner", kind=Kind.CHOICE, choices="manner")
    complainant: str = asked("投诉人姓名", "Your name", sealed=True, default="")
    contact: str = asked("联系方式", "How to reach you", sealed=True, default="")
    identity_number: str = asked("证件号码", "Identity number", sealed=True, default="")
    address: str = asked("住址", "Address", sealed=True, default="")
    envelope: str = hidden(default="", personal=True)
    """The sealed fields, in an envelope that the desk filled; blank where nothing was to be sealed."""
    agencies: tuple[str, ...] = asked(
        "被投诉单位", "Agencies complained of", kind=Kind.CHOICES, choices="agencies", default=()
    )
    about: tuple[int, ...] = asked(
        "被投诉人", "Persons complained of", kind=Kind.CHOICES, choices="officials", default=()
    )
    about_words: str = asked(
        "被投诉的单位或人（用您自己的话）",
        "Whom it is about, in your own words",
        kind=Kind.LONG,
        personal=True,
        default="",
    )
    place: str = asked("事情发生在哪里", "Where it happened", kind=Kind.CHOICE, choices="places", default="")
    matter: str = asked("涉及的办件编号", "Number of the matter it is about", default="")
    subject_area: str = asked(
        "投诉类别", "Kind of complaint", kind=Kind.CHOICE, choices="complaint_kind", default=""
    )
    happened_on: date | None = asked("事情发生的日期", "Day it happened", kind=Kind.DAY, default=None)
    text: str = asked("投诉内容", "What happened", kind=Kind.LONG, personal=True)
    wanted: str = asked("投诉请求", "What you ask for", kind=Kind.LONG, personal=True, default="")
    lead: str = hidden(default="")
    """The centre that leads where several agencies are named."""
    route: Phrase = hidden(default=NOTHING_SAID)
    """Why this centre has it, so that it can be shown and checked."""
    passed_over: tuple[PassedOver, ...] = hidden(default=())
    source_key: str = hidden(default="")
    """The key that an imported complaint had where it came from: it is never taken in twice."""

    def own_traits(self) -> tuple[str, ...]:
        """Return whether somebody stands behind it, and whether it names several agencies."""
        manner = ANONYMOUS if self.manner is Manner.ANONYMOUS else NAMED
        return (manner, MULTI_AGENCY) if len(set(self.agencies)) > 1 else (manner,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAccepted(Act):
    """The centre took the complaint in hand and listed every allegation in it (投诉受理)."""

    name: ClassVar[Phrase] = Phrase("投诉受理", "Complaint accepted")
    allegations: tuple[str, ...] = asked("投诉事项（逐项列明）", "Allegations, one a line", kind=Kind.LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDeemedAccepted(Act):
    """The centre said nothing in its term: the complaint counts as accepted (逾期未告知，视为受理)."""

    name: ClassVar[Phrase] = Phrase("投诉视为受理", "Complaint deemed accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationsListed(Act):
    """More allegations were listed: of a complaint deemed accepted, or of facts added later (列明投诉事项)."""

    name: ClassVar[Phrase] = Phrase("列明投诉事项", "Allegations listed")
    allegations: tuple[str, ...] = asked("投诉事项（逐项列明）", "Allegations, one a line", kind=Kind.LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredOnSpot(Act):
    """It was looked into, found and answered there and then, and all of it written down (当场答复)."""

    name: ClassVar[Phrase] = Phrase("当场答复", "Answered on the spot")
    finding: Finding = asked("认定结论", "Finding", kind=Kind.CHOICE, choices="finding")
    facts: str = asked("查明的事实", "Facts found", kind=Kind.LONG)
    answer: str = asked("答复内容", "Answer", kind=Kind.LONG)
    measures: str = asked("处理措施", "Measures", kind=Kind.LONG)
    consequence: Consequence = asked(
        "处理后果", "Consequence", kind=Kind.CHOICE, choices="consequence", default=Consequence.NONE
    )
    reference: str = asked("后果的编号或文号", "Reference of the consequence", default="")
    exemption: str = asked("免予处理的理由", "Why it is exempted", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationFound(Act):
    """One allegation was looked into and a finding made on it (逐项认定)."""

    name: ClassVar[Phrase] = Phrase("逐项认定", "Allegation found")
    internal: ClassVar[bool] = True
    allegation: str = asked("投诉事项", "Allegation", kind=Kind.CHOICE, choices="allegations")
    finding: Finding = asked("认定结论", "Finding", kind=Kind.CHOICE, choices="finding")
    facts: str = asked("查明的事实", "Facts found", kind=Kind.LONG)
    evidence: str = asked("证据", "Evidence", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintConcluded(Act):
    """Every allegation is found: what is done about it, and what follows for whom (办结意见)."""

    name: ClassVar[Phrase] = Phrase("提出办结意见", "Complaint concluded")
    internal: ClassVar[bool] = True
    measures: str = asked("处理措施", "Measures", kind=Kind.LONG)
    consequence: Consequence = asked(
        "处理后果", "Consequence", kind=Kind.CHOICE, choices="consequence", default=Consequence.NONE
    )
    reference: str = asked("后果的编号或文号", "Reference of the consequence", default="")
    exemption: str = asked("免予处理的理由", "Why it is exempted", kind=Kind.LONG, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAnswered(Act):
    """The complainant was told what was found and what is done (答复投诉人)."""

    name: ClassVar[Phrase] = Phrase("答复投诉人", "Complaint answered")
    answer: str = asked("答复内容", "Answer", kind=Kind.LONG)


ACTS: tuple[type[Act], ...] = (
    ComplaintMade,
    ComplaintAccepted,
    ComplaintDeemedAccepted,
    AllegationsListed,
    AnsweredOnSpot,
    AllegationFound,
    ComplaintConcluded,
    ComplaintAnswered,
)
