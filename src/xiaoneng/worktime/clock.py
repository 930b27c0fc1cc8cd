"""The clock of a matter (时钟): when it ends, what is left, whether it is overdue; all derived, nothing kept.

A suspended run is overdue nowhere: lists, lights, statistics and exports ask `overdue` and no other.
Knows runs and calendars; knows no matter, and is told what day it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from xiaoneng.worktime import hours
from xiaoneng.worktime.days import local_day, midnight
from xiaoneng.worktime.extensions import dated, extension_flaws
from xiaoneng.worktime.fold import Reading, day_of, read
from xiaoneng.worktime.history import Moved, moved
from xiaoneng.worktime.hours import effective_day
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.runs import Axis, End, Extension, Pause, Run
from xiaoneng.worktime.workdays import WorkCalendar

__all__ = [
    "Axis",
    "End",
    "Extension",
    "Limit",
    "Moved",
    "Pause",
    "Reading",
    "Run",
    "Unit",
    "dated",
    "day_of",
    "due",
    "due_at",
    "effective_day",
    "end",
    "extension_flaws",
    "lapses_on",
    "minutes_left",
    "moved",
    "overdue",
    "overdue_at",
    "overdue_through",
    "pause_open",
    "read",
    "remaining",
    "reminder_day",
    "restarted",
]


def end(run: Run, *, calendar: WorkCalendar) -> End:
    """Return where the run ends, as a row stores it.

    While a suspension lasts this is the end as it stood when the suspension began.
    """
    return read(run, calendar=calendar).end


def due(run: Run, *, calendar: WorkCalendar) -> date | None:
    """Return the last day in time; None while a suspension that began in time lasts: then there is none."""
    if run.limit.unit is Unit.WORKING_DAYS and not run.extensions:
        spans = [(pause.first, pause.until) for pause in run.pauses if pause.until is not None]
        if len(spans) == len(run.pauses):
            return calendar.last_day(run.start, run.limit.count, spans)
    reading = read(run, calendar=calendar)
    return None if reading.held_since else day_of(reading.end, calendar=calendar)


def due_at(run: Run, *, calendar: WorkCalendar) -> datetime | None:
    """Return the instant at which a run ends; None while a suspension lasts.

    Of office hours the last minute; of days the midnight after the last day.
    """
    reading = read(run, calendar=calendar)
    if reading.held_since:
        return None
    if reading.end.axis is Axis.MINUTES:
        return hours.at(reading.end.ordinal, calendar=calendar)
    return midnight(day_of(reading.end, calendar=calendar) + timedelta(days=1))


def pause_open(run: Run) -> bool:
    """Return whether a suspension is on record that has not ended, in time or not."""
    return any(pause.until is None for pause in run.pauses)


def remaining(run: Run, *, today: date, calendar: WorkCalendar) -> int:
    """Return how many units are left at the end of `today`: negative exactly when the run is overdue.

    Frozen while suspended and once stopped; the whole limit on the day of the start. Zero on the last day
    and on rest days through which a calendar-day limit runs on. A limit in office hours says how many whole
    hours are left when the office opens on `today`; a limit in months says days.
    """
    seen, day = _seen(run, today)
    reading = read(seen, calendar=calendar)
    left = reading.raw - _counted(reading, day, calendar)
    if reading.held_at is None:
        last = day_of(reading.end, calendar=calendar)
        if day > last:
            return min(-1, _late(reading.end, last, day, calendar))
    left = max(0, left)
    return left // 60 if reading.end.axis is Axis.MINUTES else left


def _seen(run: Run, today: date) -> tuple[Run, date]:
    day = min(today, run.stopped) if run.stopped else today
    return run.seen_on(day), day


def _counted(reading: Reading, day: date, calendar: WorkCalendar) -> int:
    """Return the ordinal up to which units are used up on `day`."""
    if reading.held_at is not None:
        return reading.held_at
    match reading.end.axis:
        case Axis.WORKING:
            return max(calendar.ordinal(day), reading.origin)
        case Axis.MINUTES:
            return max(hours.minutes_before(day, calendar=calendar), reading.origin)
        case Axis.ABSOLUTE | Axis.FIXED:
            return day.toordinal()


def _late(end: End, last: date, day: date, calendar: WorkCalendar) -> int:
    match end.axis:
        case Axis.WORKING:
            return end.ordinal - calendar.ordinal(day)
        case Axis.MINUTES:
            return (end.ordinal - hours.minutes_before(day, calendar=calendar)) // 60
        case Axis.ABSOLUTE | Axis.FIXED:
            return (last - day).days


def overdue(run: Run, *, today: date, calendar: WorkCalendar) -> bool:
    """Return whether the last day has passed; never while suspended, for ever once stopped too late."""
    seen, day = _seen(run, today)
    reading = read(seen, calendar=calendar)
    return reading.held_since is None and day > day_of(reading.end, calendar=calendar)


def overdue_through(today: date, *, calendar: WorkCalendar) -> dict[Axis, int]:
    """Return, for each axis, the greatest stored ordinal whose last day lies before `today`.

    A row that is not suspended is overdue exactly when its ordinal is no greater: one comparison, in SQL as well.
    Asked of tomorrow, it finds what is due by today.
    """
    return {
        Axis.WORKING: calendar.ordinal_before(today),
        # An end on rest days shows as the next working day: it has passed once a working day after it has.
        Axis.ABSOLUTE: calendar.shift(today, -1).toordinal(),
        Axis.FIXED: today.toordinal() - 1,
        Axis.MINUTES: hours.minutes_before(today, calendar=calendar),
    }


def overdue_at(run: Run, *, now: datetime, calendar: WorkCalendar) -> bool:
    """Return the same to the minute for limits in office hours; in days, on the local day of `now`."""
    if run.limit.unit is not Unit.OFFICE_HOURS:
        return overdue(run, today=local_day(now), calendar=calendar)
    return minutes_left(run, now=now, calendar=calendar) < 0


def minutes_left(run: Run, *, now: datetime, calendar: WorkCalendar) -> int:
    """Return the office minutes left at `now` of a run in office hours; negative once they are used up.

    Raises `ValueError` for a run that is not counted in minutes.
    """
    reading = read(run.seen_on(local_day(now)), calendar=calendar)
    if reading.end.axis is not Axis.MINUTES:
        raise ValueError("this clock does not run in office hours")
    if reading.held_at is not None:
        return reading.end.ordinal - reading.held_at
    reached = max(hours.minutes(now, calendar=calendar), reading.origin)
    left = reading.end.ordinal - reached
    # The last minute is in time; one second later nothing is.
    return left if left or now <= hours.at(reading.end.ordinal, calendar=calendar) else -1


def restarted(run: Run, *, on: date) -> Run:
    """Return the whole term again from `on`: no pause and no extension of the old run is carried over."""
    return Run(run.limit, on)


def lapses_on(run: Run, *, calendar: WorkCalendar) -> date | None:
    """Return the first day on which silence has decided: the day after the last; None while suspended."""
    last = due(run, calendar=calendar)
    return last + timedelta(days=1) if last else None


def reminder_day(last: date, *, ahead: int, calendar: WorkCalendar) -> date:
    """Return the working day `ahead` working days before `last`: a reminder never leaves on a rest day."""
    return calendar.shift(last, -ahead)
