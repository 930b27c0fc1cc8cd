"""What a feed declares beside its columns (来源的声明): the hours of its office and the order of its steps.

    [hours]                                       [order]
    week = ["08:30-12:00", "13:30-17:00"]         starts = ["receive"]
    holidays = [2011-12-26]                       pairs = [["receive", "decide"]]
                                                  ends = ["decide"]

`week` holds the spans of Monday to Friday, or seven lists of spans from Monday on.
"""

from __future__ import annotations

import tomllib
from zoneinfo import ZoneInfo

from xiaoneng.flow.declared_check import days_of, span
from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import OfficeHours


def declared_hours(text: str, *, key: str, zone: ZoneInfo) -> Schedule | None:
    """Return the hours that a mapping's text declares, None where none; the text was read by `parse_mapping`."""
    said = tomllib.loads(text).get("hours")
    if said is None:
        return None
    week = tuple(tuple(map(span, day)) for day in days_of(said["week"]))
    hours = OfficeHours(week=week, ordinary=next(spans for spans in week if spans))
    return Schedule.weekly(f"feed-{key}", hours, zone=zone, holidays=said.get("holidays", []))


def declared_order(text: str) -> Automaton | None:
    """Return the order that a mapping's text declares, None where none; the text was read by `parse_mapping`."""
    said = tomllib.loads(text).get("order")
    if said is None:
        return None
    pairs = frozenset((source, target) for source, target in said["pairs"])
    return Automaton(starts=frozenset(said["starts"]), pairs=pairs, ends=frozenset(said.get("ends", [])))
