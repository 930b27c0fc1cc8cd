"""The alarm queue (督察队列) as the sweep sees it: take what is due, safe with many workers; judges nothing.

Rows that another worker holds are passed over (PostgreSQL); on SQLite one writer works at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiaoneng.desk.days import Today, todays
from xiaoneng.desk.plain import fetch
from xiaoneng.desk.projecting import Rung
from xiaoneng.matters.models import Alarm
from xiaoneng.worktime.runs import Axis

PASSED = (Rung.STEP, Rung.PROMISE, Rung.STATUTE, Rung.PAUSE)


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
    day: Today

    def rows(self, *, without: Collection[int] = ()) -> QuerySet[Alarm]:
        """Return the alarms of this range, the oldest first, without those of some matters."""
        rows = Alarm.objects.filter(rung=self.rung, axis=self.axis, at__lte=self.up_to)
        if self.day.only:
            rows = rows.filter(calendar__in=sorted(self.day.only))
        if self.day.others:
            rows = rows.exclude(calendar__in=sorted(self.day.others))
        return (rows.exclude(matter__in=without) if without else rows).order_by("at")


def due(today: date) -> tuple[Arm, ...]:
    """Return the ranges of the queue that hold anything due; where nothing is due, one statement is all that is asked.

    On a rest day only those reminders are due whose promise has passed: nothing is sent then, but the order is kept.
    """
    heads = fetch(_HEADS)
    days = todays(today, revision=int(heads[0][-1] or 0))
    found = ((_arm(day, Rung(rung), Axis(axis)), at) for day in days for rung, axis, at, _ in heads)
    return tuple(arm for arm, at in found if at is not None and at <= arm.up_to)


_PLACES = ", ".join(f"('{rung.value}', '{axis.value}')" for rung in Rung for axis in Axis)
_HEADS = f"""
WITH place(rung, axis) AS (VALUES {_PLACES})
SELECT rung, axis,
    (SELECT a.at FROM matters_alarm a WHERE a.rung = place.rung AND a.axis = place.axis ORDER BY a.at LIMIT 1),
    (SELECT value FROM organisation_revision LIMIT 1)
FROM place"""  # noqa: S608 - the words are ours
"""Where the queue of each rung and axis begins; and the revision of the organisation."""


def _arm(day: Today, rung: Rung, axis: Axis) -> Arm:
    threshold = day.marks.on(axis)
    soon = rung is Rung.NEAR and day.marks.is_working
    return Arm(rung=rung, axis=axis, up_to=threshold.soon if soon else threshold.past, day=day)


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


def matters_of(alarms: Collection[int]) -> list[int]:
    """Return the matters of alarms."""
    return list(Alarm.objects.filter(pk__in=alarms).values_list("matter_id", flat=True))


def drop(alarms: Sequence[int]) -> None:
    """Take alarms out of the queue."""
    Alarm.objects.filter(pk__in=alarms).delete()
