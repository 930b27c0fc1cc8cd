"""A naive walker: counts days, and minutes, one after the other on its fingers. The oracle of the clock's tests.

It shares nothing with the clock but the values it is given; what a working day is, it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ONE = timedelta(days=1)
Working = Callable[[date], bool]
Open = Callable[[datetime], bool]
Span = tuple[date, date | None]
Grant = tuple[date, int]


def same_day_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(day)


def paused(day: date, pauses: list[Span]) -> bool:
    return any(first <= day and (until is None or day < until) for first, until in pauses)


def open_ended(day: date, pauses: list[Span]) -> bool:
    return any(first <= day and until is None for first, until in pauses)


@dataclass(frozen=True)
class Term:
    """What is walked: a length of some unit from a start that is not counted itself."""

    start: date
    unit: str
    count: int
    roll: bool = True

    def length(self, added: int = 0) -> int:
        if self.unit == "months":
            return (same_day_later(self.start, self.count + added) - self.start).days
        return self.count + added

    def may_end(self, day: date, working: Working) -> bool:
        return working(day) or (self.unit != "working_days" and not self.roll)

    def uses(self, day: date, working: Working) -> bool:
        return self.unit != "working_days" or working(day)


def last_day(term: Term, pauses: list[Span], grants: list[Grant], working: Working) -> date | None:
    """The last day in time, or None where a suspension begun in time still lasts; grants are in the term's unit."""
    left, day = term.length(), term.start
    grants = sorted(grant for grant in grants if grant[0] >= term.start)
    while True:
        if grants and grants[0][0] == day:
            left, grants = left + term.length(grants[0][1]) - term.length(), []
        first = day == term.start
        if not first and open_ended(day, pauses):
            return None
        if first or not paused(day, pauses):
            left -= not first and term.uses(day, working)
            if left <= 0 and term.may_end(day, working):
                return day
        day += ONE


def last_minute(begun: datetime, hours: int, pauses: list[Span], is_open: Open) -> datetime | None:
    """The moment on the local clock at which so many open hours have passed, minute by minute."""
    at = begun.replace(second=0, microsecond=0)
    if at != begun:
        at += timedelta(minutes=1)
    left = hours * 60
    while True:
        if open_ended(at.date(), pauses) and left:
            return None
        if is_open(at) and not paused(at.date(), pauses):
            left -= 1
        at += timedelta(minutes=1)
        if left == 0:
            return at


def open_minutes(begun: datetime, ended: datetime, is_open: Open) -> int:
    at, total = begun.replace(second=0, microsecond=0), 0
    while at < ended.replace(second=0, microsecond=0):
        total += is_open(at)
        at += timedelta(minutes=1)
    return total
