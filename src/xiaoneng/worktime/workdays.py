"""The working calendar (工作日历): every day from 2004 to 2060, numbered by the working days before it.

A calendar is a list with a horizon: days up to it are arranged by State Council notices with local closures
on top; later days follow the plain week and are provisional. Knows no limit, no matter and no clock on the
wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import ORDINARY, WEEKEND, Closure, DayKind, Why, named
from xiaoneng.worktime.notice import EARLIEST, Notice
from xiaoneng.worktime.spans import CUSTOMARY, OfficeHours

EPOCH = date(EARLIEST, 1, 1)
END = date(2060, 12, 31)
BASE = EPOCH.toordinal()
LENGTH = END.toordinal() - BASE + 1
SATURDAY = 5


class OutsideAxis(ValueError):
    """A day, or a number of working days, that no calendar of ours reaches."""

    def __init__(self, what: object) -> None:
        super().__init__(f"{what} lies outside the calendar, which runs from {EPOCH} to {END}")


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """One edition of one place's calendar; immutable, shared freely, made by `build`.

    `before[i]` is the number of working days before the i-th day of the axis, `days[r - 1]` the r-th working
    day, `minutes[i]` the office minutes before the i-th day. All look-ups are single steps.
    """

    key: str
    horizon: date
    notices: tuple[Notice, ...]
    closures: tuple[Closure, ...]
    hours: OfficeHours
    before: tuple[int, ...] = field(repr=False)
    days: tuple[date, ...] = field(repr=False)
    minutes: tuple[int, ...] = field(repr=False)
    named: dict[date, Why] = field(repr=False)

    @classmethod
    def build(
        cls,
        *,
        key: str,
        notices: Iterable[Notice],
        closures: Iterable[Closure] = (),
        hours: OfficeHours = CUSTOMARY,
    ) -> WorkCalendar:
        """Lay notices over the plain week and local closures on top.

        A later notice for the same year replaces the earlier one: a year's file is complete. `key` is the
        division code of the place, or `CN`.
        """
        years = {notice.year: notice for notice in notices}
        ordered = tuple(years[year] for year in sorted(years))
        shut = tuple(closures)
        special = _special(ordered, shut)
        working = _working(special)
        places = np.flatnonzero(working)
        return cls(
            key=key,
            horizon=_horizon(ordered),
            notices=ordered,
            closures=shut,
            hours=hours,
            before=(0, *np.cumsum(working).tolist()),
            days=tuple(map(date.fromordinal, (places + BASE).tolist())),
            minutes=(0, *np.cumsum(_day_minutes(working, hours)).tolist()),
            named=special,
        )

    def place(self, day: date) -> int:
        """Return how many days after the epoch `day` is; raises `OutsideAxis`."""
        place = day.toordinal() - BASE
        if not 0 <= place < LENGTH:
            raise OutsideAxis(day)
        return place

    def is_working(self, day: date) -> bool:
        """Return whether `day` counts."""
        place = self.place(day)
        return self.before[place + 1] > self.before[place]

    def ordinal(self, day: date) -> int:
        """Return the number of working days from the epoch up to and including `day`."""
        return self.before[self.place(day) + 1]

    def ordinal_before(self, day: date) -> int:
        """Return the number of working days before `day`."""
        return self.before[self.place(day)]

    def day(self, ordinal: int) -> date:
        """Return the working day with this ordinal, the inverse of `ordinal`; raises `OutsideAxis`."""
        if not 0 < ordinal <= len(self.days):
            raise OutsideAxis(f"working day {ordinal}")
        return self.days[ordinal - 1]

    def shift(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, or before it where `count` is negative.

        With zero, `day` itself or, where it rests, the next working day.
        """
        if count > 0:
            return self.day(self.ordinal(day) + count)
        return self.day(self.ordinal_before(day) + 1 + count)

    def last_day(self, start: date, count: int, pauses: Iterable[tuple[date, date]] = ()) -> date:
        """Return the last day of `count` working days from `start`, which itself is not counted.

        `pauses` are (first, until) pairs, half-open, in the order of their first days; they may overlap.
        This is the short way for bare dates; `clock.due` says the same of a whole run.
        """
        # The hot path of the product: comparisons in place of min and max, and a guard against places before the
        # epoch, which Python would read from the far end.
        before, base = self.before, BASE
        try:
            place = start.toordinal() - base
            reach = before[place + 1]
            last = reach + count if count else before[place] + 1
            if place < 0:
                raise OutsideAxis(start)
            for first, until in pauses:
                place = first.toordinal() - base
                if place < 0:
                    raise OutsideAxis(first)
                off = before[place]
                off = off if off > reach else reach
                if off < last:
                    reach = before[until.toordinal() - base]
                    reach = reach if reach > off else off
                    last += reach - off
            return self.days[last - 1]
        except IndexError:
            raise OutsideAxis(f"{count} working days from {start}") from None

    def provisional(self, day: date) -> bool:
        """Return whether `day` lies past the last year that is arranged."""
        return day > self.horizon

    def why(self, day: date) -> Why:
        """Return what makes `day` count or rest, with its sources."""
        self.place(day)
        return self.named.get(day) or (ORDINARY if day.weekday() < SATURDAY else WEEKEND)

    def changed_since(self, earlier: WorkCalendar) -> tuple[date, ...]:
        """Return every day that counts in one of the two calendars only, or is open for another time."""
        ours, theirs = np.diff(self.before), np.diff(earlier.before)
        opening = np.diff(self.minutes) != np.diff(earlier.minutes)
        return tuple(date.fromordinal(BASE + int(i)) for i in np.flatnonzero((ours != theirs) | opening))


def _horizon(notices: tuple[Notice, ...]) -> date:
    # A gap ends what is known: after it the numbering of working days rests on a guess.
    known = {notice.year for notice in notices if notice.known}
    year = min(known, default=EARLIEST)
    while year in known:
        year += 1
    return date(year - 1, 12, 31)


def _special(notices: tuple[Notice, ...], closures: tuple[Closure, ...]) -> dict[date, Why]:
    special: dict[date, Why] = {}
    for notice in notices:
        for one in notice.days:
            kind = DayKind.MAKE_UP if one.working else DayKind.HOLIDAY
            special[one.day] = Why(kind, named(one.name, working=one.working), notice.papers)
    for closure in closures:
        for day in _span(closure):
            usual = special.get(day)
            if usual.working if usual else day.weekday() < SATURDAY:
                special[day] = Why(DayKind.CLOSURE, _closed(closure), (closure.source,))
    return special


def _span(closure: Closure) -> Iterator[date]:
    return (closure.first + timedelta(days=n) for n in range((closure.until - closure.first).days))


def _closed(closure: Closure) -> Phrase:
    return Phrase(zh=f"本地停止办公：{closure.name.zh}", en=f"closed here: {closure.name.en}")


def _working(special: dict[date, Why]) -> NDArray[np.bool_]:
    working = (np.arange(LENGTH) + EPOCH.weekday()) % 7 < SATURDAY
    for day, why in special.items():
        if EPOCH <= day <= END:
            working[day.toordinal() - BASE] = why.working
    return working


def _day_minutes(working: NDArray[np.bool_], hours: OfficeHours) -> NDArray[np.int64]:
    lengths = np.array([hours.length(weekday) for weekday in range(7)], dtype=np.int64)
    open_for: NDArray[np.int64] = lengths[(np.arange(LENGTH) + EPOCH.weekday()) % 7]
    return open_for * working
