"""The inbox (待办): matters by time left, over every calendar and axis, in a constant number of queries.

A row keeps its end as an ordinal on its own axis, so ends of two axes are compared by the day that they fall on.
Each axis is read in order from the cursor on, as far as a page needs, and the few rows are merged by day: on one
axis the order of ordinals and the order of days are the same. Time left is that of the promise, where there is
one. Rows that stand still, and rows that wait for the citizen, come after all that run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
AXES = tuple(Axis)
"""The order of rows that end on one day: by axis, by ordinal on it, by key."""


class Part(IntEnum):
    """The parts of a list, in the order in which they are read."""

    RUNNING = 0
    HELD = 1
    WAITING = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the last page ended: the place of its last row in the order; `text` travels in the address."""

    part: Part
    day: date
    axis: int
    ordinal: int
    key: int

    def text(self) -> str:
        """Return the cursor as one word."""
        return f"{self.part.value}-{self.day.toordinal()}-{self.axis}-{self.ordinal}-{self.key}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """Return the cursor in a word, None for anything else."""
        try:
            part, day, axis, ordinal, key = (int(one) for one in text.split("-"))
            return cls(Part(part), date.fromordinal(day), axis, ordinal, key)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of a list with what is derived of it on the day: light, last day, what is left.

    `due` is the end of the promise, or of the law's term without one; `left` what is left of it, and of a row
    past the law's term by how much that was outrun.
    """

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
        row = self.matter
        axis = AXES.index(Axis(row.axis)) if row.axis else 0
        return Cursor(self.part, self.due or date.min, axis, row.promised or 0, row.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows in order of time left, and the word by which the next page is asked for."""

    rows: tuple[Listed, ...]
    following: str = ""


OPEN = (Part.RUNNING, Part.HELD, Part.WAITING)


def page(
    rows: QuerySet[Matter], *, today: date, after: Cursor | None = None, size: int = 50, closed: bool = False
) -> Page:
    """Return the next `size` rows after a cursor, by time left; `closed` ones, the latest first, if they are asked for.

    Two queries, one an axis for each calendar in use, and one each for what is held and what waits.
    """
    found = list(islice(in_order(rows, today=today, after=after, size=size + 1, closed=closed), size + 1))
    shown = tuple(found[:size])
    return Page(rows=shown, following=shown[-1].cursor.text() if len(found) > size else "")


def in_order(
    rows: QuerySet[Matter], *, today: date, after: Cursor | None, size: int, closed: bool = False
) -> Iterator[Listed]:
    """Yield up to `size` rows after a cursor, by time left; no more is read once there are enough."""
    days = todays(today)
    for part in (Part.CLOSED,) if closed else OPEN:
        if size <= 0 or (after and part < after.part):
            continue
        cursor = after if after and after.part is part else None
        listed = _part(rows, part, days=days, after=cursor, size=size)
        size -= len(listed)
        yield from listed


def every(rows: QuerySet[Matter], *, today: date, most: int, closed: bool = False) -> Iterator[Listed]:
    """Yield rows by time left, up to `most` of them: for a list that leaves the house whole."""
    yield from islice(in_order(rows, today=today, after=None, size=most, closed=closed), most)


def listed(rows: Iterable[Matter], *, today: date) -> list[Listed]:
    """Return these rows in their own order, each with what is derived of it on the day."""
    days = todays(today)
    return [_listed(row, _day(row, days), _part_of(row)) for row in rows]


def _part_of(row: Matter) -> Part:
    if not row.is_open:
        return Part.CLOSED
    if row.statutory is None:
        return Part.WAITING
    return Part.HELD if row.paused else Part.RUNNING


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
        return sorted(found, key=_place)[:size]
    return [_listed(row, _day(row, days), part) for row in _by_key(rows, part, after)[:size]]


def _by_key(rows: QuerySet[Matter], part: Part, after: Cursor | None) -> QuerySet[Matter]:
    if part is Part.CLOSED:  # the latest first
        closed = rows.filter(is_open=False).order_by("-pk")
        return closed.filter(pk__lt=after.key) if after else closed
    still = Q(paused=True, statutory__isnull=False) if part is Part.HELD else Q(statutory__isnull=True)
    found = rows.filter(still, is_open=True).order_by("pk")
    return found.filter(pk__gt=after.key) if after else found


def _place(one: Listed) -> tuple[date, int, int, int]:
    place = one.cursor
    return place.day, place.axis, place.ordinal, place.key


def _running(rows: QuerySet[Matter], one: Today, after: Cursor | None, size: int) -> Iterator[Listed]:
    """Yield the next rows of each axis, one query each."""
    for axis in AXES:
        found = rows.filter(axis=axis)
        if after:
            found = found.filter(_beyond(axis, after, one.calendar))
        yield from (_listed(row, one, Part.RUNNING) for row in found.order_by("promised", "pk")[:size])


def _through(axis: Axis, day: date, calendar: WorkCalendar) -> int:
    """Return the last ordinal of an axis that falls on `day` or before it."""
    return marks(day + ONE_DAY, calendar=calendar).on(axis).past


def _beyond(axis: Axis, after: Cursor, calendar: WorkCalendar) -> Q:
    """Return what of an axis comes after the cursor: later days, and of its own day what the order puts behind."""
    before, through = (_through(axis, day, calendar) for day in (after.day - ONE_DAY, after.day))
    later = Q(promised__gt=through)
    place = AXES.index(axis)
    if place < after.axis:
        return later
    same_day = Q(promised__gt=before, promised__lte=through)
    if place > after.axis:
        return later | same_day
    behind = Q(promised__gt=after.ordinal) | Q(promised=after.ordinal, pk__gt=after.key)
    return later | (same_day & behind)


def _day(row: Matter, days: Sequence[Today]) -> Today:
    return next(one for one in days if one.holds(row.calendar))


def _due(row: Matter, ordinal: int | None, calendar: WorkCalendar) -> date | None:
    if ordinal is None or not row.axis:
        return None
    return worktime.day_of(End(Axis(row.axis), ordinal), calendar=calendar)


def _listed(row: Matter, one: Today, part: Part) -> Listed:
    reading = reading_of(row)
    found = light(reading, one.marks)
    due = _due(row, row.promised, one.calendar) if part is Part.RUNNING else None
    lawful = _due(row, row.statutory, one.calendar) if found is Light.OVERDUE else None
    return Listed(
        matter=row,
        part=part,
        light=found,
        open_ended=provisional(reading, one.marks),
        due=due,
        left=_left(row, lawful or due, one) if due else None,
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
