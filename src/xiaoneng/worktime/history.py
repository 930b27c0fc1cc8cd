"""What moved an open clock (期限变动): derived from the editions of its calendar; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import CalendarBook, Edition
from xiaoneng.worktime.days import local_day, midnight
from xiaoneng.worktime.fold import day_of, read
from xiaoneng.worktime.runs import Run
from xiaoneng.worktime.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of a matter's history: the last day before and after an edition, and that edition."""

    before: date
    after: date
    because: Edition

    @property
    def known_from(self) -> datetime:
        """Return the instant from which the new last day was known."""
        return self.because.known_from

    def phrase(self) -> Phrase:
        """Return the line in words."""
        return Phrase(
            zh=f"届满日由 {self.before} 变为 {self.after}：{self.because.because.zh}",
            en=f"the last day moved from {self.before} to {self.after}: {self.because.because.en}",
        )


def moved(run: Run, *, book: CalendarBook, until: datetime | None = None) -> tuple[Moved, ...]:
    """Return what moved the run's last day, oldest first; empty for a clock that no edition touched.

    Editions known before the start, after `until`, or after the day on which the clock stopped move
    nothing. Each is judged on the run as it stood that day; while a suspension lasts there is no date to
    move.
    """
    lines = []
    for earlier, later in pairwise(book.editions):
        if not _concerns(run, later.known_from, until):
            continue
        seen = run.seen_on(local_day(later.known_from))
        was, now = _shown(seen, earlier.calendar), _shown(seen, later.calendar)
        if was is not None and now is not None and was != now:
            lines.append(Moved(was, now, later))
    return tuple(lines)


def calendar_for(run: Run, *, book: CalendarBook, closed_at: datetime | None = None) -> WorkCalendar:
    """Return the calendar by which the run is read: the latest, or what was known when it was closed."""
    if closed_at is not None:
        return book.known_at(closed_at)
    return book.latest if run.stopped is None else book.known_on(run.stopped)


def _concerns(run: Run, known_from: datetime, until: datetime | None) -> bool:
    if known_from < (run.started_at or midnight(run.start)) or (until is not None and known_from > until):
        return False
    return run.stopped is None or local_day(known_from) <= run.stopped


def _shown(run: Run, calendar: WorkCalendar) -> date | None:
    reading = read(run, calendar=calendar)
    return None if reading.held_since else day_of(reading.end, calendar=calendar)
