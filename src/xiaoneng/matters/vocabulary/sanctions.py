"""Acts about statutory sanctions (政务处分、处分): sent to the competent body, recorded, never decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Kind, asked
from xiaoneng.matters.vocabulary.measures import Decider, Sanction
from xiaoneng.worktime.limits import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferredOut(Act):
    """A statutory sanction may be due: the case went to the body competent to decide it (移送)."""

    name: ClassVar[Phrase] = Phrase("移送有权机关", "Transferred to the competent body")
    body: str = asked("有权机关", "Competent body")
    reason: str = asked("理由", "Reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedByBody(Act):
    """The competent body found no sanction due and sent the case back (有权机关退回)."""

    name: ClassVar[Phrase] = Phrase("有权机关退回", "Returned by the competent body")
    document: str = asked("退回文书文号", "Number of its document")
    reason: str = asked("退回理由", "Its reason", kind=Kind.LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionRecorded(Act):
    """A sanction that the competent body decided was taken to the file, with how long it is in effect (登记处分)."""

    name: ClassVar[Phrase] = Phrase("登记处分", "Sanction recorded")
    sanction: Sanction = asked("处分种类", "Sanction", kind=Kind.CHOICE, choices="sanction")
    decided_by: Decider = asked("决定机关的类别", "Who decided", kind=Kind.CHOICE, choices="decider")
    body: str = asked("决定机关名称", "Name of the body")
    document: str = asked("处分决定文号", "Number of the decision")
    decided_on: date = asked("决定日期", "Day of the decision", kind=Kind.DAY)
    months: int = asked("处分期间（月；开除填 0）", "Months in effect (0 for expulsion)", kind=Kind.NUMBER)
    cumulated: bool = asked(
        "与尚在期间的处分合并计算",
        "Counted together with one still in effect",
        kind=Kind.YES_NO,
        default=False,
    )

    @property
    def effective_until(self) -> date | None:
        """Return the last day of its effect; None for expulsion."""
        return add_months(self.decided_on, self.months) if self.months > 0 else None


ACTS: tuple[type[Act], ...] = (TransferredOut, ReturnedByBody, SanctionRecorded)
