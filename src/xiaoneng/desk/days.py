"""What day it is on every calendar in use: thresholds of lights and alarms, calendars that agree taken together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from xiaoneng.matters.light import Marks, marks
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.models import CalendarNotice
from xiaoneng.worktime.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """A day on calendars with equal thresholds; `others` are the calendars on which the day reads differently."""

    marks: Marks
    calendar: WorkCalendar
    only: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def holds(self, calendar: str) -> bool:
        """Tell whether the day reads so on a calendar."""
        return calendar in self.only if self.only else calendar not in self.others


def todays(today: date, *, revision: int | None = None) -> tuple[Today, ...]:
    """Return the ways in which `today` reads, the national one first; places without closures of their own follow it.

    Kept while the organisation's revision stands; asked for where it is not given.
    """
    version = organisation.revision() if revision is None else revision
    return _todays(today, calendar_book(revision=version).latest, version)


@lru_cache(maxsize=64)
def _todays(today: date, national: WorkCalendar, revision: int) -> tuple[Today, ...]:
    local = CalendarNotice.objects.exclude(calendar=organisation.NATIONAL).values_list("calendar", flat=True)
    reading = marks(today, calendar=national)
    apart: dict[object, list[tuple[str, Marks, WorkCalendar]]] = defaultdict(list)
    for key in sorted(set(local)):
        calendar = calendar_book(key, revision=revision).latest
        own = marks(today, calendar=calendar)
        if _said(own) != _said(reading):
            apart[_said(own)].append((key, own, calendar))
    others = frozenset(key for rows in apart.values() for key, _, _ in rows)
    groups = tuple(
        Today(marks=rows[0][1], calendar=rows[0][2], only=frozenset(key for key, _, _ in rows))
        for rows in apart.values()
    )
    return (Today(marks=reading, calendar=national, others=others), *groups)


def _said(one: Marks) -> object:
    return one.is_working, one.thresholds()
