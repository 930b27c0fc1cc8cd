"""How long an office may take (时限): a count in a unit of law; knows no start, no calendar and no matter."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiaoneng.law.phrase import Phrase


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    OFFICE_HOURS = "office_hours"


_SPOKEN = {
    Unit.WORKING_DAYS: ("个工作日", "working day"),
    Unit.CALENDAR_DAYS: ("日", "calendar day"),
    Unit.MONTHS: ("个月", "month"),
    Unit.OFFICE_HOURS: ("个工作小时", "office hour"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time set by law or by promise: 20 working days, 60 calendar days, 2 months, 4 office hours.

    `roll` says whether a limit in calendar days or months that ends on a rest day ends on the next working
    day (for petitions a convention, hence a choice); limits counted in working time never end in rest and
    ignore it. Raises `ValueError` for a negative count and for a limit of no office hours at all.
    """

    count: int
    unit: Unit = Unit.WORKING_DAYS
    roll: bool = True

    def __post_init__(self) -> None:
        least = 1 if self.unit is Unit.OFFICE_HOURS else 0
        if self.count < least:
            raise ValueError(f"a limit in {self.unit} is at least {least}, not {self.count}")

    def spoken(self) -> Phrase:
        """Return the limit as people say it: "20 个工作日", "1 working day"."""
        return spoken(self.count, self.unit)


def spoken(count: int, unit: Unit) -> Phrase:
    """Return a number of units as people say it; `count` may be negative (what is overdue)."""
    zh, en = _SPOKEN[unit]
    return Phrase(zh=f"{count} {zh}", en=f"{count} {en}{'' if abs(count) == 1 else 's'}")


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day where it has no such day."""
    turn, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + turn, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
