"""The alarm queue (督察队列) as the sweep sees it: take what is due, safe with many workers; judges nothing.

Rows that another worker holds are passed over (PostgreSQL); on SQLite one writer works at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from xiaoneng.desk.days import Today
from xiaoneng.desk.projecting import Rung
from xiaoneng.matters.models import Alarm, Matter
from xiaoneng.worktime.runs import Axis

PASSED = (Rung.STEP, Rung.PROMISE, Rung.STATUTE, Rung.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A promise that is near, with what the matter's row says of it."""

    alarm: int
    matter: int
    number: str
    calendar: str
    clock: str
    run: int
    axis: str
    at: int
    front: str
    statutory: int | None
    agency: str
    division: str
    stage: str
    post: str
    acts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Alarms held, each with its matter, and the matters once each in the order of their alarms."""

    alarms: tuple[tuple[int, int], ...]

    @property
    def matters(self) -> tuple[int, ...]:
        """Return the matters, each once."""
        return tuple(dict.fromkeys(matter for _, matter in self.alarms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One range of the queue's index: a rung and an axis up to a place, on the calendars that read the day so."""

    rung: Rung
    axis: Axis
    up_to: int
    only: frozenset[str]
    others: frozenset[str]

    def rows(self, *, without: Collection[int] = ()) -> QuerySet[Alarm]:
        """Return the alarms of this range, the oldest first, without those of some matters."""
        rows = Alarm.objects.filter(rung=self.rung, axis=self.axis, at__lte=self.up_to)
        if self.only:
            rows = rows.filter(calendar__in=sorted(self.only))
        if self.others:
            rows = rows.exclude(calendar__in=sorted(self.others))
        return (rows.exclude(matter__in=without) if without else rows).order_by("at")


def due(days: Sequence[Today]) -> tuple[Arm, ...]:
    """Return the ranges of the queue that hold anything due, in one query: where nothing is due, it is all that is asked.

    On a rest day only those reminders are due whose promise has passed: nothing is sent then, but the order is kept.
    """
    probes = [(day, rungs, axis) for day in days for rungs in (REMINDERS, OTHERS) for axis in Axis]
    arms = [[_arm(day, rung, axis) for rung in rungs] for day, rungs, axis in probes]
    text = " UNION ALL ".join(_PROBES[len(some)] for some in arms)
    values: list[int | str] = []
    for place, some in enumerate(arms):
        values += [place, *(arm.rung.value for arm in some), some[0].axis.value, some[0].up_to]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return tuple(arm for (place,) in cursor.fetchall() for arm in arms[place])


REMINDERS, OTHERS = (Rung.NEAR,), (*PASSED, Rung.LAPSE)
"""Rungs that share a threshold: one probe asks for all of them."""
_PROBE = "SELECT %s WHERE EXISTS (SELECT 1 FROM matters_alarm WHERE rung IN ({}) AND axis = %s AND at <= %s)"
_PROBES = {len(rungs): _PROBE.format(", ".join(["%s"] * len(rungs))) for rungs in (REMINDERS, OTHERS)}


def _arm(day: Today, rung: Rung, axis: Axis) -> Arm:
    threshold = day.marks.on(axis)
    soon = rung is Rung.NEAR and day.marks.is_working
    return Arm(
        rung=rung,
        axis=axis,
        up_to=threshold.soon if soon else threshold.past,
        only=day.only,
        others=day.others,
    )


def near(arms: Sequence[Arm], *, limit: int, without: Collection[int]) -> list[Near]:
    """Hold up to `limit` reminders that are due and return them with what is known of their matters."""
    for arm in arms:
        if arm.rung is Rung.NEAR:
            rows = arm.rows(without=without).select_for_update(skip_locked=True)
            names = ("pk", "matter_id", "clock", "run", "calendar", "axis", "at")
            held = list(rows.values_list(*names)[:limit])
            if held:
                return _near(held)
    return []


def _near(held: Sequence[tuple[int, int, str, int, str, str, int]]) -> list[Near]:
    rows = _rows({row[1] for row in held})
    return [
        Near(
            alarm=alarm,
            matter=matter,
            number=rows[matter].number,
            calendar=calendar,
            clock=clock,
            run=run,
            axis=axis,
            at=at,
            front=rows[matter].clock,
            statutory=rows[matter].statutory,
            agency=rows[matter].agency,
            division=rows[matter].division,
            stage=rows[matter].stage,
            post=rows[matter].owner_post,
            acts=rows[matter].acts_seen,
        )
        for alarm, matter, clock, run, calendar, axis, at in held
    ]


class _Row(NamedTuple):
    pk: int
    number: str
    clock: str
    statutory: int | None
    agency: str
    division: str
    stage: str
    owner_post: str
    acts_seen: int


def _rows(matters: Iterable[int]) -> dict[int, _Row]:
    rows = Matter.objects.filter(pk__in=list(matters)).values_list(*_Row._fields)
    return {row[0]: _Row(*row) for row in rows}


def passed(arms: Sequence[Arm], *, limit: int, without: Collection[int]) -> Taken:
    """Hold up to `limit` alarms whose end has passed, of matters for which no reminder waits: that comes first."""
    for arm in arms:
        if arm.rung in PASSED:
            rows = arm.rows(without=without).exclude(Exists(_reminder_waits(arms)))
            held = list(rows.select_for_update(skip_locked=True).values_list("pk", "matter_id")[:limit])
            if held:
                return Taken(alarms=tuple(held))
    return Taken(alarms=())


def _reminder_waits(arms: Sequence[Arm]) -> QuerySet[Alarm]:
    due_ends = (Q(axis=arm.axis, at__lte=arm.up_to) for arm in arms if arm.rung is Rung.NEAR)
    waits = reduce(or_, due_ends, Q(pk__in=()))
    return Alarm.objects.filter(waits, matter=OuterRef("matter"), rung=Rung.NEAR)


def lapsing(arms: Sequence[Arm], *, limit: int, without: Collection[int]) -> list[tuple[int, str]]:
    """Return up to `limit` matters on which time has decided, without holding them: the one door locks each."""
    for arm in arms:
        if arm.rung is Rung.LAPSE:
            found = list(arm.rows(without=without).values_list("matter_id", "matter__number")[:limit])
            if found:
                return found
    return []


def lapse_waits(arms: Sequence[Arm], *, matter: int) -> bool:
    """Tell whether the queue still says that time has decided on a matter."""
    return any(arm.rows().filter(matter=matter).exists() for arm in arms if arm.rung is Rung.LAPSE)


def drop(alarms: Sequence[int]) -> None:
    """Take alarms out of the queue."""
    Alarm.objects.filter(pk__in=alarms).delete()
