"""The alarm queue (督察队列) as the sweep sees it: take what is due, safe with many workers; judges nothing.

Rows that another worker holds are passed over (PostgreSQL); on SQLite one writer works at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

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


def near(days: Sequence[Today], *, limit: int, without: Collection[int]) -> list[Near]:
    """Hold up to `limit` reminders that are due and return them with what is known of their matters.

    On a rest day only those are due whose promise has passed: nothing is sent then, but the order is kept.
    """
    due = Alarm.objects.filter(_soon(days), rung=Rung.NEAR).exclude(matter__in=without)
    held = list(
        due.select_for_update(skip_locked=True)
        .order_by("at")
        .values_list("pk", "matter_id", "clock", "run", "calendar", "axis", "at")[:limit]
    )
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


def passed(days: Sequence[Today], *, limit: int, without: Collection[int]) -> Taken:
    """Lock up to `limit` alarms whose end has passed, of matters for which no reminder waits: that comes first."""
    waiting = Alarm.objects.filter(_soon(days), rung=Rung.NEAR, matter=OuterRef("matter"))
    due = Alarm.objects.filter(_past(days), rung__in=PASSED).exclude(matter__in=without)
    held = list(
        due.exclude(Exists(waiting))
        .select_for_update(skip_locked=True)
        .order_by("at")
        .values_list("pk", "matter_id")[:limit]
    )
    return Taken(alarms=tuple(held))


def lapsing(days: Sequence[Today], *, limit: int, without: Collection[int]) -> list[tuple[int, str]]:
    """Return up to `limit` matters on which time has decided, without holding them: the one door locks each."""
    due = Alarm.objects.filter(_past(days), rung=Rung.LAPSE).exclude(matter__in=without)
    return list(due.order_by("at").values_list("matter_id", "matter__number")[:limit])


def lapse_waits(days: Sequence[Today], *, matter: int) -> bool:
    """Tell whether the queue still says that time has decided on a matter."""
    return Alarm.objects.filter(_past(days), rung=Rung.LAPSE, matter=matter).exists()


def drop(alarms: Sequence[int]) -> None:
    """Take alarms out of the queue."""
    Alarm.objects.filter(pk__in=alarms).delete()


def _soon(days: Sequence[Today]) -> Q:
    return _each(days, soon=True)


def _past(days: Sequence[Today]) -> Q:
    return _each(days, soon=False)


def _each(days: Sequence[Today], *, soon: bool) -> Q:
    arms = [_arm(day, axis, soon=soon and day.marks.is_working) for day in days for axis in Axis]
    return reduce(or_, arms)


def _arm(day: Today, axis: Axis, *, soon: bool) -> Q:
    threshold = day.marks.on(axis)
    here = Q(axis=axis, at__lte=threshold.soon if soon else threshold.past)
    if day.only:
        return here & Q(calendar__in=sorted(day.only))
    return here & ~Q(calendar__in=sorted(day.others)) if day.others else here
