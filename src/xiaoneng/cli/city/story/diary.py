"""When people do things (日程): office moments on the working days of the real calendar; knows no matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local, local_day, midnight
from xiaoneng.worktime.hours import effective_day

SPANS = ((9 * 60, 11 * 60 + 40), (13 * 60 + 40, 16 * 60 + 50))
"""Minutes of the day at which people sit at their desks: within opening hours, with a little air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """The calendar of an office and the habits of those who work there."""

    calendar: WorkCalendar

    def between(self, first: date, last: date) -> int:
        """Return the working days after `first` up to and including `last`; negative the other way round."""
        return self.calendar.ordinal(last) - self.calendar.ordinal(first)

    def shift(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; with zero the day itself, or the next that is worked."""
        return self.calendar.shift(day, count)

    def on(self, day: date, *, after: datetime, rng: Random) -> datetime:
        """Return an office moment on `day`, or on the first day that leaves one after `after`."""
        day = self.shift(max(day, local_day(after)), 0)
        if day > local_day(after):
            return clock(day, rng.choice((rng.randint(*SPANS[0]), rng.randint(*SPANS[1]))))
        minute = local(after).hour * 60 + local(after).minute
        left = [(max(opens, minute + 3), closes) for opens, closes in SPANS if closes > minute + 3]
        if not left:
            return self.on(self.shift(day, 1), after=after, rng=rng)
        return clock(day, rng.randint(*rng.choice(left)))

    def later(self, at: datetime, days: int, *, rng: Random) -> datetime:
        """Return an office moment `days` working days after `at`; with zero the same day, or else the next."""
        return self.on(self.shift(local_day(at), days), after=at, rng=rng)

    def soon(self, at: datetime, minutes: int) -> datetime:
        """Return `minutes` later where the office is still open then, else the next opening."""
        wanted = at + timedelta(minutes=minutes)
        return wanted if self.open(wanted) else self.opening(wanted)

    def open(self, at: datetime) -> bool:
        """Tell whether people sit at their desks at `at`."""
        minute = local(at).hour * 60 + local(at).minute
        inside = any(opens <= minute <= closes for opens, closes in SPANS)
        return inside and self.calendar.is_working(local_day(at))

    def opening(self, at: datetime) -> datetime:
        """Return the next instant after `at` at which desks are taken."""
        day = local_day(at)
        if self.calendar.is_working(day):
            for opens, _ in SPANS:
                if clock(day, opens) > at:
                    return clock(day, opens)
        return clock(self.shift(day, 1), SPANS[0][0])

    def counted(self, filed: datetime) -> date:
        """Return the day on which a citizen's filing counts as made."""
        return effective_day(filed, calendar=self.calendar)


def clock(day: date, minute: int) -> datetime:
    """Return a local day and a minute of it as an instant."""
    return midnight(day) + timedelta(minutes=minute)
