"""The light of a case of another system at an instant (亮灯), from the times that its agency recorded.

Derived, never stored. Judges by instants on one time line, so that an hour gained or lost by summer time neither
makes nor saves a late case. Knows no working-day calendar: the deadline is the one the agency's log carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.mapping import SOON_DAYS
from xiaoneng.law.phrase import Phrase


class CaseLight(StrEnum):
    """What is so of a case at an instant; exactly one holds."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    NO_DEADLINE = "no_deadline"
    CLOSED_IN_TIME = "closed_in_time"
    CLOSED_LATE = "closed_late"
    CLOSED_NO_DEADLINE = "closed_no_deadline"
    CONTRADICTORY = "contradictory"
    NOT_YET = "not_yet"

    @property
    def phrase(self) -> Phrase:
        """Return the word beside the light."""
        return NAMES[self]

    @property
    def mark(self) -> str:
        """Return the shape of the light, which says the same without colour."""
        return MARKS[self]


NAMES = {
    CaseLight.IN_TIME: Phrase("在办，正常", "Open, in time"),
    CaseLight.DUE_SOON: Phrase("在办，预警", "Open, due soon"),
    CaseLight.OVERDUE: Phrase("在办，超期", "Open, overdue"),
    CaseLight.SUSPENDED: Phrase("在办，中止", "Open, suspended"),
    CaseLight.NO_DEADLINE: Phrase("在办，无期限", "Open, no deadline"),
    CaseLight.CLOSED_IN_TIME: Phrase("按期办结", "Closed in time"),
    CaseLight.CLOSED_LATE: Phrase("超期办结", "Closed late"),
    CaseLight.CLOSED_NO_DEADLINE: Phrase("已办结，无期限", "Closed, no deadline"),
    CaseLight.CONTRADICTORY: Phrase("时间矛盾，不作判断", "Times contradict: not judged"),
    CaseLight.NOT_YET: Phrase("尚未收件", "Not yet received"),
}
MARKS = dict(zip(CaseLight, "●▲■‖◇○□◇?·", strict=True))
OPEN = frozenset(
    {
        *(CaseLight.IN_TIME, CaseLight.DUE_SOON, CaseLight.OVERDUE),
        *(CaseLight.SUSPENDED, CaseLight.NO_DEADLINE),
    }
)
LATE = frozenset({CaseLight.OVERDUE, CaseLight.CLOSED_LATE})
WITHOUT_DEADLINE = frozenset({CaseLight.NO_DEADLINE, CaseLight.CLOSED_NO_DEADLINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """How cases are judged: at `as_of`; due soon is `soon_days` local days of `zone` before the deadline.

    `read_at` is when the log was read: nothing in it can be later.
    """

    as_of: datetime
    read_at: datetime
    zone: ZoneInfo
    soon_days: int = SOON_DAYS

    def soon_from(self, due: datetime) -> datetime:
        """Return the instant from which a case due at `due` is due soon, by the local clock."""
        # Aware arithmetic within one zone is by the wall clock: three days before 10:00 is 10:00.
        return (due.astimezone(self.zone) - timedelta(days=self.soon_days)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its light."""

    case: ReadCase
    light: CaseLight


def light_of(case: ReadCase, *, by: Yardstick) -> CaseLight:
    """Return the light of a case: what its agency's times say at `by.as_of`, later times not looked at.

    A case that ended exactly at its deadline is in time. One without a deadline is never in time or late. One
    that ends before it starts is not judged.
    """
    if case.started > by.as_of:
        return CaseLight.NOT_YET
    if case.ended is not None and case.ended < case.started:
        return CaseLight.CONTRADICTORY
    if case.ended is not None and case.ended <= by.as_of:
        return _closed(case.ended, case.due)
    return _open(case, by)


def end_of_log(cases: Iterable[ReadCase], *, now: datetime) -> datetime:
    """Return the last instant at which anything is recorded to have happened, not after `now`; `now` if nothing."""
    told = (at for case in cases for at in (case.started, case.ended, case.last) if at is not None)
    return max((at for at in told if at <= now), default=now)


def judged(cases: Iterable[ReadCase], *, by: Yardstick) -> Iterator[Judged]:
    """Yield every case with its light."""
    return (Judged(case, light_of(case, by=by)) for case in cases)


def _closed(ended: datetime, due: datetime | None) -> CaseLight:
    if due is None:
        return CaseLight.CLOSED_NO_DEADLINE
    return CaseLight.CLOSED_LATE if ended > due else CaseLight.CLOSED_IN_TIME


def _open(case: ReadCase, by: Yardstick) -> CaseLight:
    if case.paused is not None and case.paused <= by.as_of:
        return CaseLight.SUSPENDED
    if case.due is None:
        return CaseLight.NO_DEADLINE
    if case.due < by.as_of:
        return CaseLight.OVERDUE
    planned = case.planned is not None and case.planned < by.as_of
    soon = planned or by.soon_from(case.due) <= by.as_of
    return CaseLight.DUE_SOON if soon else CaseLight.IN_TIME
