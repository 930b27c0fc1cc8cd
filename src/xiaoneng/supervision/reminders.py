"""Reminders (提醒) by the set: those that say the same are filed together, however many matters there are.

Alarms are held, and told apart by what their cards would say; what each kind says is worked out once in Python;
cards, notices and the emptied queue are then three statements. Runs within the caller's transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import connection

from xiaoneng.desk.alarms import Arm
from xiaoneng.desk.plain import change, fetch
from xiaoneng.desk.projecting import Rung
from xiaoneng.desk.serials import new_numbers
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision import reminder_sql as sql
from xiaoneng.supervision.card import PREFIX, Near, Reminder, leaves_at, notice_words
from xiaoneng.supervision.levels import Level
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day

MOST = 10_000
"""Alarms of one batch, however many are asked for: SQLite binds 32,766 values in a statement, three an alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Alarms whose cards would say the same to the same post; `filed` tells that they were filed before."""

    near: Near
    post: str
    filed: bool
    alarms: tuple[int, ...]


def held(arm: Arm, *, now: datetime, limit: int) -> list[Kind]:
    """Hold up to `limit` reminders due in a range of the queue, without matters put off; return them by kind."""
    only, others = sorted(arm.day.only), sorted(arm.day.others)
    text = sql.hold(_dialect(), only=len(only), others=len(others), limit=min(limit, MOST))
    near = Rung.NEAR.value
    return [_kind(row) for row in fetch(text, (near, arm.axis.value, arm.up_to, *only, *others, now, near))]


def _kind(row: tuple[Any, ...]) -> Kind:
    clock, run, axis, at, _, division, post, statutory, filed, alarms = row
    return Kind(
        near=Near(clock=clock, run=run, axis=axis, at=at, division=division, statutory=statutory),
        post=post,
        filed=bool(filed),
        alarms=tuple(json.loads(alarms) if isinstance(alarms, str) else alarms),
    )


def holders(kinds: Iterable[Kind], *, now: datetime) -> Mapping[str, Capacity | None]:
    """Return who acts at `now` in each post that these reminders go to."""
    seats = organisation.seats({one.post for one in kinds}, revision=organisation.revision())
    return {post: seat.acting(at=now) for post, seat in seats.items()}


def file(said: Sequence[tuple[Kind, Reminder]], *, calendar: WorkCalendar, now: datetime) -> Counter[Level]:
    """File a card for every alarm of these kinds and tell whom each names; return how many were filed by level."""
    count = sum(len(kind.alarms) for kind, _ in said)
    if not count:
        return Counter()
    numbers = new_numbers(PREFIX, year=local_day(now).year, count=count)
    rows = fetch(sql.cards(_dialect(), count=count), (*_given(said, numbers), _kinds(said), now))
    filed = Counter(Level(level) for (level,) in rows)
    due_at = leaves_at(local_day(now), calendar=calendar)
    what = Phrase("{what}", "{what}")
    for level in filed:
        words = notice_words(level.phrase, number="{card}", matter="{matter}", what=what)
        values = (words.zh, words.en, due_at, numbers[0], numbers[-1], level.value)
        change(sql.notices(_dialect()), values)
    return filed


def _given(said: Sequence[tuple[Kind, Reminder]], numbers: Sequence[str]) -> list[Any]:
    """Return alarms, the place of the kind of each, and numbers as the statement takes them."""
    alarms = [alarm for kind, _ in said for alarm in kind.alarms]
    places = [place for place, (kind, _) in enumerate(said) for _ in kind.alarms]
    if _dialect() is sql.SQLITE:
        return [value for row in zip(alarms, places, numbers, strict=True) for value in row]
    return [_array(alarms), _array(places), _array(numbers)]


def _kinds(said: Sequence[tuple[Kind, Reminder]]) -> str:
    return json.dumps(
        [{"place": place, **_columns(words)} for place, (_, words) in enumerate(said)], ensure_ascii=False
    )


def _columns(words: Reminder) -> dict[str, Any]:
    return {one.name: _plain(getattr(words, one.name)) for one in fields(words)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return str(connection.ops.adapt_datetimefield_value(value))
    return value.isoformat() if isinstance(value, date) else value


def drop(alarms: Sequence[int]) -> None:
    """Take alarms out of the queue."""
    if alarms:
        given = json.dumps(alarms) if _dialect() is sql.SQLITE else _array(alarms)
        change(sql.drop(_dialect()), (given,))


def _array(values: Iterable[int | str]) -> str:
    """Return numbers, of alarms or of cards, as PostgreSQL writes an array."""
    return "{" + ",".join(map(str, values)) + "}"


def _dialect() -> sql.Dialect:
    return sql.SQLITE if connection.vendor == "sqlite" else sql.POSTGRESQL
