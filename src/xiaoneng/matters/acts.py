"""What an act (行为) is: a dated fact by somebody in a capacity, recorded once and never edited.

A mistake is corrected by a later act that names it. Every act class lists its own fields; forms, schemas,
papers and the stored body are all built from them. Knows no database and no procedure.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.worktime.limits import Limit


class Clock(StrEnum):
    """The clocks a procedure can run; each takes its limit from the terms frozen at opening."""

    INTAKE = "intake"
    CORRECTION = "correction"
    HANDLING = "handling"
    FILING = "filing"
    DELIVERY = "delivery"
    HEARING_REQUEST = "hearing_request"
    HEARING_HOLD = "hearing_hold"
    TRANSFER = "transfer"
    ANSWER = "answer"
    HAND_OVER = "hand_over"
    DEFENCE = "defence"
    APPEAL = "appeal"
    EFFECT = "effect"
    COVER = "cover"
    CALL_BACK = "call_back"
    RESPONSE = "response"
    REVIEW = "review"
    RECUSAL = "recusal"
    VISIT = "visit"
    RECTIFY = "rectify"
    RECHECK = "recheck"
    RESULT = "result"
    REPLY = "reply"
    PUBLISH = "publish"
    SIGN_IN = "sign_in"

    @property
    def phrase(self) -> Phrase:
        """Return what the clock measures, as the office says it."""
        return CLOCK_NAMES[self]


CLOCK_NAMES = {
    Clock.INTAKE: Phrase("受理", "Intake"),
    Clock.CORRECTION: Phrase("补正", "Correction by the applicant"),
    Clock.HANDLING: Phrase("办理", "Handling"),
    Clock.FILING: Phrase("报备审核", "Review of the filing"),
    Clock.DELIVERY: Phrase("送达", "Delivery"),
    Clock.HEARING_REQUEST: Phrase("申请听证", "Request for a hearing"),
    Clock.HEARING_HOLD: Phrase("组织听证", "Holding the hearing"),
    Clock.TRANSFER: Phrase("接收移交", "Taking over"),
    Clock.ANSWER: Phrase("答复", "Answer"),
    Clock.HAND_OVER: Phrase("交接", "Hand-over note"),
    Clock.COVER: Phrase("指定顶岗", "Naming a cover"),
    Clock.DEFENCE: Phrase("申辩", "Defence"),
    Clock.APPEAL: Phrase("申诉", "Appeal"),
    Clock.EFFECT: Phrase("效力", "Period of effect"),
    Clock.CALL_BACK: Phrase("回访", "Call-back"),
    Clock.RESPONSE: Phrase("投诉人回应", "Response of the complainant"),
    Clock.REVIEW: Phrase("复核", "Review"),
    Clock.RECUSAL: Phrase("回避决定", "Decision on recusal"),
    Clock.VISIT: Phrase("督察实施", "Carrying out the visit"),
    Clock.RECTIFY: Phrase("整改", "Rectification"),
    Clock.RECHECK: Phrase("复查", "Re-check"),
    Clock.RESULT: Phrase("出具结果", "Giving the result"),
    Clock.REPLY: Phrase("答辩", "Right of reply"),
    Clock.PUBLISH: Phrase("公开", "Publication"),
    Clock.SIGN_IN: Phrase("签收", "Signing for the order"),
}


class Role(StrEnum):
    """A relation between an actor and a matter, resolved when the act is recorded."""

    APPLICANT = "applicant"
    FIRST_CONTACT = "first_contact"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    LEADER = "leader"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    PERSONNEL = "personnel"
    RECEIVER = "receiver"
    SUBJECT = "subject"
    PARTNER = "partner"
    CENTRE = "centre"
    SUPERIOR = "superior"
    INSPECTOR = "inspector"
    LEGALITY = "legality"
    PUBLISHER = "publisher"
    KEEPER = "keeper"
    SYSTEM = "system"


class Kind(StrEnum):
    """How a field is asked for; `HIDDEN` fields are filled in by the desk."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    DAY = "day"
    INSTANT = "instant"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How an act asks for one of its facts, in both languages."""

    label: Phrase
    kind: Kind
    hint: Phrase | None = None
    choices: str = (
        ""  # where the page finds the choices: "materials", "gaps", "grounds", "posts", "people", an enum
    )
    personal: bool = False  # kept apart from the act's body, so that it can lawfully be erased
    sealed: bool = False
    """Told to nobody who handles the matter: the desk puts it into a sealed envelope before anything is written."""
    required: bool = True


def asked(  # noqa: PLR0913 - one argument a property of a question; all named
    zh: str,
    en: str,
    *,
    kind: Kind = Kind.TEXT,
    hint: Phrase | None = None,
    choices: str = "",
    personal: bool = False,
    sealed: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """Return a dataclass field that an act asks for; one with a default may be left blank."""
    question = Asked(
        label=Phrase(zh, en),
        kind=kind,
        hint=hint,
        choices=choices,
        personal=personal or sealed,
        sealed=sealed,
        required=default is dataclasses.MISSING,
    )
    return dataclasses.field(default=default, metadata={"asked": question})


def hidden(*, default: Any, personal: bool = False) -> Any:
    """Return a dataclass field that the desk fills in and no form shows."""
    question = Asked(label=Phrase("", ""), kind=Kind.HIDDEN, personal=personal, required=False)
    return dataclasses.field(default=default, metadata={"asked": question})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """When it happened and who did it, in what capacity."""

    name: ClassVar[Phrase]
    internal: ClassVar[bool] = False
    """Words inside the office: that it happened is public, what was said is not for the applicant."""
    negative: ClassVar[bool] = False
    """A refusal (否定): binds only once filed with the superior."""
    late: ClassVar[bool] = False
    """May be entered after the fact (补录), with a reason."""
    at: datetime
    by: Capacity

    def bars(self) -> frozenset[str]:
        """Return the marks of those who, after this act, may neither see, handle nor close the matter.

        See `matters.conflict` for what a mark is. Most acts bar nobody.
        """
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A limit frozen at opening: by law, by promise if shorter, how far it may be extended and by whom."""

    clock: Clock
    statutory: Limit
    basis: Citation
    promised: Limit | None = None
    extension: Limit | None = None
    extension_by: Role | None = None
    extension_basis: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """The post that stands in a role for one matter."""

    role: Role
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Act):
    """An act that opens a matter: it carries what the matter keeps for good, whatever changes outside."""

    procedure: str = hidden(default="")
    edition: int = hidden(default=1)
    agency: str = hidden(default="")
    division: str = hidden(default="")
    calendar: str = hidden(default="CN")
    item: str = hidden(default="")
    item_edition: int = hidden(default=0)
    subject: str = hidden(default="")
    traits: tuple[str, ...] = hidden(default=())
    terms: tuple[Term, ...] = hidden(default=())
    posts: tuple[Responsible, ...] = hidden(default=())
    barred: tuple[str, ...] = hidden(default=())

    def bars(self) -> frozenset[str]:
        """Return the marks that the desk found at opening: agencies and persons complained of, earlier handlers."""
        return frozenset(self.barred)

    def own_traits(self) -> tuple[str, ...]:
        """Return the traits that this act gives its matter by what it says, beside those of the item."""
        return ()


def questions(act: type[Act]) -> dict[str, Asked]:
    """Return what an act asks, by field name, in the order the form shows; hidden fields left out."""
    found = {one.name: one.metadata["asked"] for one in dataclasses.fields(act) if "asked" in one.metadata}
    return {name: one for name, one in found.items() if one.kind is not Kind.HIDDEN}


def key(act: type[Act] | Act) -> str:
    """Return the act's word in stored rows and addresses: its class name in lower case with hyphens."""
    cls = act if isinstance(act, type) else type(act)
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)[1:]
