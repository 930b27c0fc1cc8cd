"""The inbox (待办): matters by time left, over every calendar and axis, in a constant number of queries.

A row keeps its end as an ordinal on its own axis, so ends of two axes are compared by the day that they fall on.
Each axis is read in order from the cursor on, as far as a page needs, and the few rows are merged by day: on one
axis the order of ordinals and the order of days are the same. Time left is that of the promise, where there is
one. Rows that stand still, and rows that wait for the citizen, come after all that run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import islice

from django.db.models import Q, QuerySet

from xiaoneng.desk.days import Today, todays
from xiaoneng.matters.light import Light, light, marks, provisional
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import having, reading_of
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.limits import Unit
from xiaoneng.worktime.runs import Axis, End

ONE_DAY = timedelta(days=1)


class Part(IntEnum):
    """The parts of a list, in the order in which they are read."""

    RUNNING = 0
    HELD = 1
    WAITING = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the last page ended: part, day and key of its last row; `text` travels in the address."""

    part: Part
    day: date
    key: int

    def text(self) -> str:
        """Return the cursor as one word."""
        return f"{self.part.value}-{self.day.toordinal()}-{self.key}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Return the cursor in a word, None for anything else."""
        try:
            part, day, key = (int(one) for one in text.split("-"))
            return cls(Part(part), date.fromordinal(day), key)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of a list with what is derived of it on the day: light, last day, what is left."""

    matter: Matter
    part: Part
    light: Light
    open_ended: bool
    due: date | None
    left: int | None
    unit: Unit

    @property
    def cursor(self) -> Cursor:
        """Return the place of the row."""
        return Cursor(self.part, self.due or date.min, self.matter.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows in order of time left, and the word by which the next page is asked for."""

    rows: tuple[Listed, ...]
    following: str = ""


def page(rows: QuerySet[Matter], *, today: date, after: Cursor | None = None, size: int = 50) -> Page:
    """Return the next `size` rows after a cursor, by time left: two queries, and at most seven a calendar."""
    found = list(islice(in_order(rows, today=today, after=after, size=size + 1), size + 1))
    more = len(found) > size
    shown = tuple(found[:size])
    return Page(rows=shown, following=shown[-1].cursor.text() if more else "")


def in_order(rows: QuerySet[Matter], *, today: date, after: Cursor | None, size: int) -> Iterator[Listed]:
    """Yield up to `size` rows of each part after a cursor, by time left."""
    days = todays(today)
    start = after.part if after else Part.RUNNING
    wanted = size
    for part in Part:
        if part < start or wanted <= 0:
            continue
        cursor = after if after and after.part is part else None
        listed = _part(rows, part, days=days, after=cursor, size=wanted)
        wanted -= len(listed)
        yield from listed


def every(rows: QuerySet[Matter], *, today: date, most: int) -> Iterator[Listed]:
    """Yield rows by time left, up to `most` of them: for a list that leaves the house whole."""
    yield from islice(in_order(rows, today=today, after=None, size=most), most)


def lit(rows: QuerySet[Matter], wanted: Light, *, today: date) -> QuerySet[Matter]:
    """Return the rows that show a light on a day, whatever their calendar."""
    found = Q(pk__in=())
    for one in todays(today):
        found |= having(wanted, one.marks) & _calendar(one)
    return rows.filter(found)


def _calendar(one: Today) -> Q:
    return Q(calendar__in=one.only) if one.only else ~Q(calendar__in=one.others)


def _part(
    rows: QuerySet[Matter], part: Part, *, days: Sequence[Today], after: Cursor | None, size: int
) -> list[Listed]:
    if part is Part.RUNNING:
        running = rows.filter(is_open=True, statutory__isnull=False, paused=False)
        found = [
            listed for one in days for listed in _running(running.filter(_calendar(one)), one, after, size)
        ]
        return sorted(found, key=lambda one: (one.due or date.max, one.matter.pk))[:size]
    return [_listed(row, _day(row, days), part) for row in _by_key(rows, part, after)[:size]]


def _by_key(rows: QuerySet[Matter], part: Part, after: Cursor | None) -> QuerySet[Matter]:
    if part is Part.CLOSED:  # the latest first
        closed = rows.filter(is_open=False).order_by("-pk")
        return closed.filter(pk__lt=after.key) if after else closed
    still = Q(paused=True, statutory__isnull=False) if part is Part.HELD else Q(statutory__isnull=True)
    found = rows.filter(still, is_open=True).order_by("pk")
    return found.filter(pk__gt=after.key) if after else found


def _running(rows: QuerySet[Matter], one: Today, after: Cursor | None, size: int) -> Iterator[Listed]:
    """Yield the next rows of each axis; ends that fall on one day are told apart by key, as on the page."""
    for axis in Axis:
        found = rows.filter(axis=axis)
        if after:
            found = found.filter(_beyond(axis, after, one.calendar))
        # Ordinals of one rolled day differ, so rows of the last day are read whole before they are cut.
        first = list(found.order_by("promised", "pk")[:size])
        if len(first) == size and axis in {Axis.ABSOLUTE, Axis.MINUTES}:
            first = _whole_day(found, axis, first, one.calendar)
        yield from (_listed(row, one, Part.RUNNING) for row in first)


def _whole_day(
    rows: QuerySet[Matter], axis: Axis, first: list[Matter], calendar: WorkCalendar
) -> list[Matter]:
    last = _due(first[-1], calendar)
    if last is None:
        return first
    return list(rows.filter(promised__lte=_through(axis, last, calendar)).order_by("promised", "pk"))


def _through(axis: Axis, day: date, calendar: WorkCalendar) -> int:
    """Return the last ordinal of an axis that falls on `day` or before it."""
    return marks(day + ONE_DAY, calendar=calendar).on(axis).past


def _beyond(axis: Axis, after: Cursor, calendar: WorkCalendar) -> Q:
    before, through = (_through(axis, day, calendar) for day in (after.day - ONE_DAY, after.day))
    return Q(promised__gt=through) | Q(promised__gt=before, promised__lte=through, pk__gt=after.key)


def _day(row: Matter, days: Sequence[Today]) -> Today:
    return next(one for one in days if one.holds(row.calendar))


def _due(row: Matter, calendar: WorkCalendar) -> date | None:
    if row.promised is None or not row.axis:
        return None
    return worktime.day_of(End(Axis(row.axis), row.promised), calendar=calendar)


def _listed(row: Matter, one: Today, part: Part) -> Listed:
    reading = reading_of(row)
    due = _due(row, one.calendar) if part is Part.RUNNING else None
    return Listed(
        matter=row,
        part=part,
        light=light(reading, one.marks),
        open_ended=provisional(reading, one.marks),
        due=due,
        left=_left(row, due, one) if due else None,
        unit=Unit.WORKING_DAYS if row.axis in {Axis.WORKING, Axis.MINUTES} else Unit.CALENDAR_DAYS,
    )


def _left(row: Matter, due: date, one: Today) -> int:
    """Return the days left until the last: working days, or days of the calendar where these are counted."""
    today, calendar = one.marks.today, one.calendar
    if row.axis in {Axis.WORKING, Axis.MINUTES}:
        left = calendar.ordinal(due) - calendar.ordinal(today)
    else:
        left = (due - today).days
    return min(left, -1) if today > due else max(left, 0)
