"""A date that explains itself (逐日说明): every day from the start, what it is, and the number it was counted as.

The strip walks; it does not look the answer up. Whoever counts its numbered days arrives at the last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime import hours
from xiaoneng.worktime.days import DayKind, Why
from xiaoneng.worktime.fold import Reading, day_of, read
from xiaoneng.worktime.limits import Unit, add_months
from xiaoneng.worktime.runs import Run
from xiaoneng.worktime.workdays import WorkCalendar


class StripKind(StrEnum):
    """What a day was to a clock."""

    START = "start"
    COUNTED = "counted"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    PAUSED = "paused"
    ROLLED = "rolled"
    LATE = "late"


_KINDS = {
    DayKind.WORKING: StripKind.COUNTED,
    DayKind.MAKE_UP: StripKind.MAKE_UP,
    DayKind.WEEKEND: StripKind.WEEKEND,
    DayKind.HOLIDAY: StripKind.HOLIDAY,
    DayKind.CLOSURE: StripKind.CLOSURE,
}

_START = Phrase(zh="起算当日，不计", en="the day of the start, not counted")
_PAUSED = Phrase(zh="中止期间，不计", en="suspended, not counted")
_ROLLED = Phrase(zh="末日为休息日，顺延", en="the last day fell on a rest day and moves on")
_LATE = Phrase(zh="已逾期", en="overdue")


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of a clock.

    `counted` is its number (for office hours, the minutes used by its end), None where it does not count; `last`
    marks the last day in time; `provisional` a day past the calendar's horizon; `sources` the papers behind it.
    """

    day: date
    kind: StripKind
    counted: int | None
    why: Phrase
    provisional: bool = False
    last: bool = False
    sources: tuple[str, ...] = ()


def strip(run: Run, *, calendar: WorkCalendar, until: date | None = None) -> tuple[StripDay, ...]:
    """Return the run day by day from its start to `until`, or to its last day where none is given.

    Of a suspended run, to the day on which it was suspended. Days after the last are marked late, those after the
    clock stopped are left out.
    """
    walk = _Walk(run, calendar)
    stop = until or walk.reading.held_since or walk.last
    if run.stopped is not None:
        stop = min(stop, run.stopped)
    length = (stop - run.start).days + 1
    return tuple(walk.days(length))


class _Walk:
    """The state of one walk; lives inside `strip`."""

    def __init__(self, run: Run, calendar: WorkCalendar) -> None:
        self.run, self.calendar = run, calendar
        self.reading: Reading = read(run, calendar=calendar)
        self.last = day_of(self.reading.end, calendar=calendar)
        self.budget = _budget(run, self.reading)
        self.number = 0

    def days(self, length: int) -> Iterator[StripDay]:
        for offset in range(length):
            day = self.run.start + timedelta(days=offset)
            why = self.calendar.why(day)
            kind, counted, words = self._hours(day, why) if self._by_minutes else self._day(day, why)
            yield StripDay(
                day=day,
                kind=kind,
                counted=counted,
                why=words,
                provisional=self.calendar.provisional(day),
                last=self.reading.held_since is None and day == self.last,
                sources=why.sources,
            )

    @property
    def _by_minutes(self) -> bool:
        return self.run.limit.unit is Unit.OFFICE_HOURS

    def _day(self, day: date, why: Why) -> tuple[StripKind, int | None, Phrase]:
        aside = self._aside(day)
        if aside is not None:
            return aside[0], None, aside[1]
        if self.run.limit.unit is Unit.WORKING_DAYS and not why.working:
            return _KINDS[why.kind], None, why.phrase
        if self.budget is not None and self.number == self.budget:
            return StripKind.ROLLED, None, _ROLLED
        self.number += 1
        made_up = why.kind is DayKind.MAKE_UP and self.run.limit.unit is Unit.WORKING_DAYS
        return StripKind.MAKE_UP if made_up else StripKind.COUNTED, self.number, self._words(why)

    def _aside(self, day: date) -> tuple[StripKind, Phrase] | None:
        if day == self.run.start:
            return StripKind.START, _START
        if self._paused(day):
            return StripKind.PAUSED, _PAUSED
        if self.reading.held_since is None and day > self.last:
            return StripKind.LATE, _LATE
        return None

    def _paused(self, day: date) -> bool:
        return any(p.first <= day and (p.until is None or day < p.until) for p in self.reading.pauses)

    def _words(self, why: Why) -> Phrase:
        if self.run.limit.unit is not Unit.WORKING_DAYS:
            return Phrase(zh=f"第 {self.number} 日", en=f"day {self.number}")
        counted = Phrase(zh=f"第 {self.number} 个工作日", en=f"working day {self.number}")
        if why.kind is DayKind.MAKE_UP:
            return Phrase(zh=f"{why.phrase.zh}，{counted.zh}", en=f"{why.phrase.en}: {counted.en}")
        return counted

    def _hours(self, day: date, why: Why) -> tuple[StripKind, int | None, Phrase]:
        if self._paused(day):
            return StripKind.PAUSED, None, _PAUSED
        if self.reading.held_since is None and day > self.last:
            return StripKind.LATE, None, _LATE
        if not why.working:
            return _KINDS[why.kind], None, why.phrase
        self.number = self._used(day)
        kind = StripKind.START if day == self.run.start else _KINDS[why.kind]
        said = Phrase(zh=f"已计 {self.number} 分钟", en=f"{self.number} minutes counted")
        return kind, self.number, said

    def _used(self, day: date) -> int:
        opens = hours.minutes_before(day, calendar=self.calendar)
        closes = hours.minutes_before(day + timedelta(days=1), calendar=self.calendar)
        used = self.number + closes - max(opens, self.reading.origin)
        return used if self.budget is None else min(used, self.budget)


def _budget(run: Run, reading: Reading) -> int | None:
    """Return how many days (or minutes) there are to count; None where a day, not a number, ends the run."""
    more = reading.extension
    if more is not None and (more.limit is None or more.limit.unit is not run.limit.unit):
        return None
    count = run.limit.count + (more.limit.count if more is not None and more.limit is not None else 0)
    match run.limit.unit:
        case Unit.WORKING_DAYS | Unit.CALENDAR_DAYS:
            return count
        case Unit.MONTHS:
            return (add_months(run.start, count) - run.start).days
        case Unit.OFFICE_HOURS:
            return count * 60
