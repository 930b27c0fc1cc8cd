"""What a feed declares beside its columns (来源的声明): the hours of its office and the order of its steps.

    [hours]                                       [order]
    week = ["08:30-12:00", "13:30-17:00"]         starts = ["receive"]
    holidays = [2011-12-26]                       pairs = [["receive", "decide"]]
                                                  ends = ["decide"]

`week` holds the spans of Monday to Friday, or seven lists of spans from Monday on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import OfficeHours, Span

WEEK = 7
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, StopIteration)


def declared_hours(text: str, *, key: str, zone: ZoneInfo) -> Schedule | None:
    """Return the hours that a mapping's text declares; None where none, or none that can be read."""
    said = tomllib.loads(text).get("hours")
    try:
        return None if said is None else _hours(said, key=key, zone=zone)
    except UNREADABLE:
        return None


def declared_order(text: str) -> Automaton | None:
    """Return the order that a mapping's text declares; None where none, or none that can be read."""
    said = tomllib.loads(text).get("order")
    try:
        return None if said is None else _order(said)
    except UNREADABLE:
        return None


def _hours(said: object, *, key: str, zone: ZoneInfo) -> Schedule:
    if not isinstance(said, dict) or set(said) - {"week", "holidays"}:
        raise ValueError("hours")
    week, holidays = said["week"], said.get("holidays", [])
    if not week or not all(isinstance(day, date) for day in holidays):
        raise ValueError("hours")
    if all(isinstance(one, str) for one in week):
        hours = OfficeHours.weekdays(*_spans(week))
    else:
        days = tuple(_spans(one) for one in week)
        hours = OfficeHours(week=days, ordinary=next(spans for spans in days if spans))
    return Schedule.weekly(f"feed-{key}", hours, zone=zone, holidays=holidays)


def _spans(said: Iterable[str]) -> tuple[Span, ...]:
    return tuple(Span.between(*(part.strip() for part in one.split("-"))) for one in said)


def _order(said: object) -> Automaton:
    if not isinstance(said, dict) or set(said) - {"starts", "pairs", "ends"}:
        raise ValueError("order")
    starts, ends = said["starts"], said.get("ends", [])
    pairs = frozenset((str(source), str(target)) for source, target in said["pairs"])
    return Automaton(starts=frozenset(map(str, starts)), pairs=pairs, ends=frozenset(map(str, ends)))
