"""A row of a log read as what is recorded of an event (解读一行), for the columns of `flow.columns.schema.TAKEN`.

Knows no file, no import and no store. Memory is bounded: what was read of the last cases, the last written times and
the last events is remembered, and nothing else.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from xiaoneng.flow.case import Fault
from xiaoneng.flow.gathering import REQUIRED
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.mapping import JOINED, LogMapping
from xiaoneng.flow.roles import DEADLINES, EVENT_TIMES, GROUPS, TIMES
from xiaoneng.flow.rows import Row
from xiaoneng.law.phrase import Phrase

Taken = dict[str, str | int | bool | datetime | None]
"""Values of one taken row by column; what the import adds (`batch`, `row`, `received_at`) is not among them."""

WINDOW = 1 << 18
"""How many events back an equal one is still told apart from its like; some 40 MB."""
REMEMBERED = 1 << 14
BETWEEN = "\x1f"
NO_MONTH = "none"
OF_DAYS = frozenset({"due", "event_due", "event_planned"})
"""Deadlines that hold through their day where the mapping says that they are days."""
TEXTS = ("activity", "resource", "post", "agency", "item")
RESTS = {"resource": "actor", "recorded": "recorded_at"}
"""Where a role rests under another name."""
MONTH_LENGTH = len("2026-03")
AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Time(NamedTuple):
    """A written time as read, its instant as text, and the same with its role."""

    at: datetime | None
    written: str
    told: str
    odd: bool
    sentinel: bool


NOTHING = _Time(at=None, written="None", told="", odd=False, sentinel=False)


class _Facts(NamedTuple):
    """What a row says of its case, what is wrong with it, and the same as one text."""

    values: Taken
    faults: tuple[tuple[str, Phrase], ...]
    odd: bool
    sentinels: int
    told: str


class Interpreter:
    """Reads the rows of one file by a mapping, in their order; `columns` are those that a row must hold.

    `rows` counts what was read, `sentinels` the far dates in them that were taken for none; `silent` holds the columns
    of which no row can say anything, with what they are in every row.

    An event's own number need only be its own within its case. An event without one is known by its case, activity,
    instant and actor, and by how many such events came before it in its file, looked for among the last `WINDOW` events:
    logs are in the order of cases or of times, and in both equal events lie close together. One further away counts as
    the same event said again. Whoever goes on in the middle of a file lets the rows before be read again, or at least
    the last `WINDOW` of them.
    """

    def __init__(self, mapping: LogMapping) -> None:
        """Begin a file."""
        self.columns: tuple[str, ...] = mapping.asked
        self.rows = 0
        self.sentinels = 0
        self._mapping = mapping
        self._none = mapping.none
        self._of_days = OF_DAYS if mapping.due_is_a_day else frozenset()
        self._readers = {role: mapping.times_of(role) for role in mapping.columns}
        place = {column: index for index, column in enumerate(self.columns)}
        self._place = {role: place[column] for role, column in mapping.columns.items()}
        self._case_at = self._place["case"]
        self._facts = [role for role in (*TIMES, *GROUPS) if role in self._place]
        self._facts_at = [self._place[role] for role in self._facts]
        self._times = [
            (role, RESTS.get(role, role), self._place[role]) for role in EVENT_TIMES if role in self._place
        ]
        self._texts = [(RESTS.get(role, role), self._place[role]) for role in TEXTS if role in self._place]
        self._kept = [(column, place[column]) for column in mapping.keep]
        self._bare = [(role, self._place[role]) for role in ("case", "started") if role in self._place]
        self._needed = [self._place[role] for role in ("case", "started", "at") if role in self._place]
        self._effect = _effects(mapping, place)
        # Not a plain dict: finding the oldest of one passes over all that was taken out before.
        self._seen: OrderedDict[bytes, int] = OrderedDict()
        self._facts_of = lru_cache(REMEMBERED)(self._read_facts)
        self._time = lru_cache(REMEMBERED)(self._read_time)
        self._blank: Taken = dict.fromkeys((*TIMES, *(RESTS.get(role, role) for role in EVENT_TIMES)))
        self._blank |= dict.fromkeys((*GROUPS, "activity", "actor", "post", "agency", "item", "more"), "")
        told = {*self._facts, *(one[1] for one in self._times), *(one[0] for one in self._texts)}
        told |= {"more"} if self._kept else set()
        self.silent: Taken = {name: blank for name, blank in self._blank.items() if name not in told}

    def read(self, row: Row) -> Taken | list[Fault]:
        """Return what a row records, or everything wrong with it.

        With an empty activity and no `at` it tells of its case alone. `print` changes with anything that is said;
        `month` is that of `at`, else of `started`, in UTC.
        """
        self.rows += 1
        none = self._none
        values = [value.strip() for value in row.values]
        if none:
            values = ["" if value in none else value for value in values]
        facts = self._facts_of(tuple([values[place] for place in self._facts_at]))
        self.sentinels += facts.sentinels
        taken = self._blank | facts.values
        taken["line"], taken["case"] = row.line, values[self._case_at]
        faults, told, happened = self._read_times(taken, values)
        faults = [*facts.faults, *faults, *self._missing(values)]
        if faults:
            columns = self._mapping.columns
            return [Fault(row.line, columns[role], what) for role, what in dict.fromkeys(faults)]
        taken["odd"] = facts.odd or taken["odd"]
        self._finish(taken, values, happened=happened, told=f"{facts.told}{BETWEEN}{told}")
        return taken

    def _read_times(self, taken: Taken, values: list[str]) -> tuple[list[tuple[str, Phrase]], str, str]:
        """Put the times of an event into their columns; return what is wrong, all as one text, and `at` as text."""
        faults: list[tuple[str, Phrase]] = []
        told, taken["odd"], happened = "", False, NOTHING.written
        for role, column, place in self._times:
            text = values[place]
            if not text:
                continue
            try:
                time = self._time(role, text)
            except ValueError:
                faults.append((role, _no_time(text)))
                continue
            taken[column] = time.at
            if role == "at":
                happened = time.written
            told += time.told
            self.sentinels += time.sentinel
            if time.odd:
                taken["odd"] = True
        return faults, told, happened

    def _finish(self, taken: Taken, values: list[str], *, happened: str, told: str) -> None:
        for column, place in self._texts:
            taken[column] = values[place]
        if taken["at"] is None:
            taken["activity"], taken["effect"] = "", 0
            taken["month"] = str(taken["started"] or NO_MONTH)[:MONTH_LENGTH]
        else:
            taken["effect"] = self._effect(values)
            taken["month"] = happened[:MONTH_LENGTH]
        if self._kept:
            kept = {column: values[place] for column, place in self._kept if values[place]}
            taken["more"] = AS_JSON(kept) if kept else ""
        taken["key"] = self._key(taken, values, happened)
        taken["print"] = _print(taken, told)

    def _missing(self, values: list[str]) -> list[tuple[str, Phrase]]:
        if all(map(values.__getitem__, self._needed)):
            return []
        bare = [(role, REQUIRED) for role, place in self._bare if not values[place]]
        place = self._place
        if "at" in place and "activity" in place and values[place["activity"]] and not values[place["at"]]:
            bare.append(("at", REQUIRED))
        return bare

    def _read_facts(self, texts: tuple[str, ...]) -> _Facts:
        values: Taken = {}
        faults: list[tuple[str, Phrase]] = []
        odd, sentinels, told = False, 0, []
        for role, text in zip(self._facts, texts, strict=True):
            if role in GROUPS:
                values[role] = text
                told.append(f"{role}={text}")
                continue
            try:
                time = self._time(role, text) if text else NOTHING
            except ValueError:
                faults.append((role, _no_time(text)))
                continue
            values[role] = time.at
            told.append(time.told)
            odd |= time.odd
            sentinels += time.sentinel
        return _Facts(values, tuple(faults), odd, sentinels, BETWEEN.join(told))

    def _read_time(self, role: str, text: str) -> _Time:
        """Return a written time; raises ValueError for what is none."""
        instant = self._readers[role].read(text, day_ends=role in DEADLINES)
        at = instant.at
        if at is not None and role in self._of_days:
            at = self._mapping.times.end_of_day(at)
        written = str(at)
        told = f"{BETWEEN}{role}={written}" if at else ""
        return _Time(at, written, told, instant.odd, instant.sentinel)

    def _key(self, taken: Taken, values: list[str], happened: str) -> str:
        own = values[self._place["event"]] if "event" in self._place else ""
        if own:
            return f"{taken['case']}#{own}"
        told = f"{taken['case']}{BETWEEN}{taken['activity']}{BETWEEN}{happened}{BETWEEN}{taken['actor']}"
        known = blake2b(told.encode(), digest_size=16).digest()
        before = self._seen.pop(known, 0)
        self._seen[known] = before + 1
        if len(self._seen) > WINDOW:
            self._seen.popitem(last=False)
        return known.hex() if not before else f"{known.hex()}-{before}"


def _effects(mapping: LogMapping, place: dict[str, int]) -> Callable[[list[str]], int]:
    """Return what reads the effect of an event from the values of its row."""
    numbers = {said: int(Effect[effect.upper()]) for said, effect in mapping.effects.items()}
    by = mapping.effect_by or ((mapping.columns["activity"],) if "activity" in mapping.columns else ())
    places = [place[column] for column in by]
    if not numbers or not places:
        return lambda _: 0

    def effect(values: list[str]) -> int:
        said = [values[at] for at in places]
        # The value of the first column alone speaks for all values of the others.
        return numbers.get(JOINED.join(said), numbers.get(said[0], 0))

    return effect


def _no_time(text: str) -> Phrase:
    return Phrase(f"不是时间：“{text}”", f"not a time: “{text}”")


def _print(taken: Taken, told: str) -> str:
    said = (
        f"{taken['case']}{BETWEEN}{taken['activity']}{BETWEEN}{taken['actor']}{BETWEEN}{taken['post']}{BETWEEN}"
        f"{taken['agency']}{BETWEEN}{taken['item']}{BETWEEN}{taken['effect']}{BETWEEN}{taken['odd']}{BETWEEN}"
        f"{taken['more']}{BETWEEN}{told}"
    )
    return blake2b(said.encode(), digest_size=16).hexdigest()
