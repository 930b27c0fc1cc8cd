"""How pauses and extensions move an end: one pass in order of time, additions on an axis and nothing else.

Knows runs and a calendar; knows no today. The readings of law behind each line: docs/law/counting.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from xiaoneng.worktime import hours
from xiaoneng.worktime.limits import Unit, add_months
from xiaoneng.worktime.runs import Axis, End, Extension, Pause, Run
from xiaoneng.worktime.workdays import WorkCalendar

ONE_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the fold of a run says on one calendar.

    `raw` is the end as counted, before a day of resumption is granted to a limit in calendar days that had run out
    over rest days. `origin` is the ordinal after which counting begins; `held_at`, while a suspension lasts, the
    ordinal up to which was counted; `pauses` and `extension` are those that had effect.
    """

    end: End
    raw: int
    origin: int
    held_at: int | None
    held_since: date | None
    pauses: tuple[Pause, ...]
    extension: Extension | None


def before(day: date, *, axis: Axis, calendar: WorkCalendar) -> int:
    """Return how many units of an axis lie before `day`."""
    match axis:
        case Axis.WORKING:
            return calendar.ordinal_before(day)
        case Axis.MINUTES:
            return hours.minutes_before(day, calendar=calendar)
        case Axis.ABSOLUTE | Axis.FIXED:
            return day.toordinal() - 1


def day_of(end: End, *, calendar: WorkCalendar) -> date:
    """Return the last day of a clock as this calendar shows it; raises `OutsideAxis` beyond its end."""
    match end.axis:
        case Axis.WORKING:
            return calendar.day(end.ordinal)
        case Axis.MINUTES:
            return hours.day_at(end.ordinal, calendar=calendar)
        case Axis.ABSOLUTE:
            return calendar.shift(date.fromordinal(end.ordinal), 0)
        case Axis.FIXED:
            return date.fromordinal(end.ordinal)


def read(run: Run, *, calendar: WorkCalendar) -> Reading:
    """Fold a run: its pauses and extensions in the order in which they happened."""
    fold = _Fold(run, calendar)
    extensions = list(run.extensions)
    for pause in run.pauses:
        # No pause holds day zero: what was granted on it comes first.
        while extensions and extensions[0].granted_on < max(pause.first, fold.covered):
            fold.extend(extensions.pop(0))
        fold.pause(pause)
    for extension in extensions:
        fold.extend(extension)
    return fold.reading()


def _origin(run: Run, calendar: WorkCalendar) -> int:
    axis = _AXES[run.limit.unit]
    if axis is not Axis.MINUTES or run.started_at is None:
        return before(run.start + ONE_DAY, axis=axis, calendar=calendar)
    # The minute in which the clock starts is not counted, as the day of the start is not.
    return hours.minutes(run.started_at + MINUTE - timedelta.resolution, calendar=calendar)


_AXES = {
    Unit.WORKING_DAYS: Axis.WORKING,
    Unit.CALENDAR_DAYS: Axis.ABSOLUTE,
    Unit.MONTHS: Axis.ABSOLUTE,
    Unit.OFFICE_HOURS: Axis.MINUTES,
}


class _Fold:
    """The state of one pass; lives inside `read`."""

    def __init__(self, run: Run, calendar: WorkCalendar) -> None:
        self.run, self.calendar = run, calendar
        self.axis = _AXES[run.limit.unit]
        self.origin = _origin(run, calendar)
        self.covered = run.start if self.axis is Axis.MINUTES else run.start + ONE_DAY
        self.held: date | None = None
        self.spent: list[Pause] = []
        self.extension: Extension | None = None
        self.ordinal, self.least = self._budget(), self._least()
        if self.axis is Axis.ABSOLUTE and not run.limit.roll:
            self.axis = Axis.FIXED

    def _budget(self) -> int:
        run, limit = self.run, self.run.limit
        match limit.unit:
            case Unit.WORKING_DAYS | Unit.CALENDAR_DAYS:
                return self.origin + limit.count
            case Unit.MONTHS:
                return add_months(run.start, limit.count).toordinal()
            case Unit.OFFICE_HOURS:
                return self.origin + limit.count * 60

    def _least(self) -> int:
        # A limit of nothing that starts on a rest day ends on the first working day there is.
        return self.before(self.run.start) + 1 if self.axis is Axis.WORKING else 0

    def end(self) -> End:
        return End(self.axis, max(self.ordinal, self.least))

    def before(self, day: date) -> int:
        return before(day, axis=self.axis, calendar=self.calendar)

    def last(self) -> date:
        return day_of(self.end(), calendar=self.calendar)

    def in_time(self, day: date) -> bool:
        return self.held is not None or day <= self.last()

    def pause(self, pause: Pause) -> None:
        first = max(pause.first, self.covered)
        if self.held is not None or not self.in_time(first):
            return
        if pause.until is None:
            self.held = first
        elif first < pause.until:
            self._exclude(first, pause.until)
            self.covered = pause.until
        self.spent.append(pause)

    def _exclude(self, first: date, until: date) -> None:
        low = max(self.before(first), self._floor())
        high = max(self.before(until), low)
        if high > low:
            self.ordinal += high - low
            # A pause begun on the rest days or the working day to which an end rolls: the day of resumption is left.
            self.least = high + 1

    def _floor(self) -> int:
        return self.origin if self.axis is Axis.MINUTES else 0

    def extend(self, extension: Extension) -> None:
        if self.extension is not None or extension.granted_on < self.run.start:
            return
        if not self.in_time(extension.granted_on):
            return
        if extension.until is not None:
            self._fix(extension.until)
        elif extension.limit is not None:
            self._lengthen(extension)
        self.extension = extension

    def _fix(self, until: date) -> None:
        if until > self.last():
            self.axis = Axis.ABSOLUTE if self.run.limit.roll else Axis.FIXED
            self.ordinal, self.least = until.toordinal(), 0

    def _lengthen(self, extension: Extension) -> None:
        more, limit = extension.limit, self.run.limit
        if more is None:
            return
        if more.unit is not limit.unit:
            self._fix(_later(self.last(), extension, calendar=self.calendar))
        elif more.unit is Unit.MONTHS:
            # Two months and one are three from the start: the days of the month are looked up once.
            whole = add_months(self.run.start, limit.count + more.count)
            self.ordinal += (whole - add_months(self.run.start, limit.count)).days
        else:
            self.ordinal += more.count * (60 if more.unit is Unit.OFFICE_HOURS else 1)

    def reading(self) -> Reading:
        held_at = None
        if self.held is not None:
            held_at = max(self.before(self.held), self._floor())
        return Reading(
            end=self.end(),
            raw=self.end().ordinal if self.axis in (Axis.WORKING, Axis.MINUTES) else self.ordinal,
            origin=self.origin,
            held_at=held_at,
            held_since=self.held,
            pauses=tuple(self.spent),
            extension=self.extension,
        )


def _later(last: date, extension: Extension, *, calendar: WorkCalendar) -> date:
    """Return the day to which an extension in another unit than the clock's moves the last day."""
    limit = extension.limit
    if limit is None or limit.unit is Unit.OFFICE_HOURS:
        raise ValueError("only a limit in days or months can be added to another unit")
    match limit.unit:
        case Unit.WORKING_DAYS:
            return calendar.shift(last, limit.count)
        case Unit.CALENDAR_DAYS:
            return last + timedelta(days=limit.count)
        case Unit.MONTHS:
            return add_months(last, limit.count)
