"""Editions of a calendar (历书): what was known when, and the promise that past days never change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import ZONE, Closure, DayKind, Why, local_day
from xiaoneng.worktime.workdays import END, EPOCH, OutsideAxis, WorkCalendar

__all__ = [
    "END",
    "EPOCH",
    "CalendarBook",
    "Closure",
    "DayKind",
    "Edition",
    "EditionsOutOfOrder",
    "OutsideAxis",
    "PastChanged",
    "Why",
    "WorkCalendar",
]


class PastChanged(ValueError):
    """An edition that would change days already lived through; `days` names them."""

    def __init__(self, days: tuple[date, ...]) -> None:
        said = "、".join(map(str, days))
        super().__init__(f"days before the edition was known would change: {said}")
        self.days = days


class EditionsOutOfOrder(ValueError):
    """An edition that is not later than the one before it, or belongs to another place's calendar."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A calendar and the instant from which it was known.

    `because` says what brought it, `source` where to read it; `correction` records that our own data about
    days past were wrong and were put right knowingly.
    """

    calendar: WorkCalendar
    known_from: datetime
    because: Phrase
    source: str = ""
    correction: bool = False

    def __post_init__(self) -> None:
        if self.known_from.tzinfo is None:
            raise ValueError("the instant from which an edition is known names its zone")


@dataclass(frozen=True, slots=True)
class CalendarBook:
    """All editions of one calendar, oldest first; immutable: `add` returns the longer book."""

    editions: tuple[Edition, ...]

    def __post_init__(self) -> None:
        if not self.editions:
            raise ValueError("a book of calendars has at least one edition")
        for earlier, later in pairwise(self.editions):
            _check(earlier, later)

    @classmethod
    def begin(cls, calendar: WorkCalendar, *, known_from: datetime, because: Phrase) -> CalendarBook:
        """Return the book with its first edition, which also stands for all time before it."""
        return cls((Edition(calendar, known_from, because),))

    def add(self, edition: Edition, *, correction: bool = False) -> CalendarBook:
        """Return the book with one more edition.

        Raises `EditionsOutOfOrder`, or `PastChanged` where a day before the local day of `known_from` would
        change and the edition is no `correction`.
        """
        marked = replace(edition, correction=edition.correction or correction)
        _check(self.editions[-1], marked)
        return CalendarBook((*self.editions, marked))

    @property
    def latest(self) -> WorkCalendar:
        """Return the calendar that is known now."""
        return self.editions[-1].calendar

    @property
    def key(self) -> str:
        """Return the place whose calendar this is."""
        return self.latest.key

    def known_at(self, instant: datetime) -> WorkCalendar:
        """Return the calendar that was known at `instant`; the first one for all time before it."""
        known = [edition for edition in self.editions if edition.known_from <= instant]
        return (known or self.editions)[-1 if known else 0].calendar

    def known_on(self, day: date) -> WorkCalendar:
        """Return the calendar that was known when the local `day` ended."""
        night = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1)
        return self.known_at(night - timedelta.resolution)


@lru_cache(maxsize=256)
def _check(earlier: Edition, later: Edition) -> None:
    """Raise what is wrong with one edition after another; two that were found right are not compared again."""
    if later.calendar.key != earlier.calendar.key:
        raise EditionsOutOfOrder(f"{later.calendar.key} is no edition of {earlier.calendar.key}")
    if later.known_from <= earlier.known_from:
        raise EditionsOutOfOrder(f"known from {later.known_from}, not after {earlier.known_from}")
    today = local_day(later.known_from)
    past = tuple(day for day in later.calendar.changed_since(earlier.calendar) if day < today)
    if past and not later.correction:
        raise PastChanged(past)
