"""Rows gathered into cases, and everything wrong with them. Memory grows with the cases, never with the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from xiaoneng.flow.case import Fault, ReadCase
from xiaoneng.flow.instants import NONE, Instant
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.roles import DEADLINES, GROUPS, TIMES
from xiaoneng.flow.rows import Row
from xiaoneng.law.phrase import Phrase

CASE, ACTIVITY, AT = "case", "activity", "at"
OF_CASES = frozenset({CASE, ACTIVITY, AT, *TIMES, *GROUPS})
REQUIRED = Phrase("不能为空", "must not be empty")


class _Gathered:
    """One case while its rows come in."""

    __slots__ = ("events", "first", "groups", "last", "line", "odd", "said", "times")

    def __init__(self, line: int, said: tuple[str, ...]) -> None:
        self.line = line
        self.said = said
        self.times: dict[str, datetime | None] = {}
        self.groups: dict[str, str] = {}
        self.odd = False
        self.events = 0
        self.first: datetime | None = None
        self.last: datetime | None = None

    def happened(self, at: datetime) -> bool:
        """Count an event and return whether it is the latest so far."""
        self.events += 1
        self.first = at if self.first is None else min(self.first, at)
        latest = self.last is None or at >= self.last
        self.last = at if latest else self.last
        return latest


class Gathering:
    """Takes rows of the roles in `roles`, in that order, and keeps what they say of each case.

    `faults` is everything wrong so far; a case with a fault is never given out as sound. `sentinels` counts
    the far dates that were taken for none.
    """

    def __init__(self, mapping: LogMapping) -> None:
        """Begin with no case."""
        self.roles: tuple[str, ...] = tuple(role for role in mapping.columns if role in OF_CASES)
        self.faults: list[Fault] = []
        self.rows = 0
        self.sentinels = 0
        self._mapping = mapping
        self._readers = {role: mapping.times_of(role) for role in self.roles}
        self._cases: dict[str, _Gathered] = {}
        self._place = {role: index for index, role in enumerate(self.roles)}
        stays = [role for role in self.roles if role in {*TIMES, *GROUPS} - mapping.event_level]
        self._stays = tuple(stays)
        self._stays_at = tuple(self._place[role] for role in stays)

    @property
    def columns(self) -> Sequence[str]:
        """Return the columns that rows must hold, in order."""
        return [self._mapping.columns[role] for role in self.roles]

    def take(self, row: Row | Fault) -> None:
        """Take one row."""
        self.rows += 1
        if isinstance(row, Fault):
            self.faults.append(row)
            return
        values = tuple(self._plain(value) for value in row.values)
        key = values[self._place[CASE]]
        if not key:
            self._wrong(row.line, CASE, REQUIRED)
            return
        case = self._of(key, row.line, tuple(values[place] for place in self._stays_at))
        self._event(case, row.line, values)

    def cases(self) -> Iterator[ReadCase]:
        """Yield every case in the order in which the file has them, once it has been read to its end."""
        for key, case in self._cases.items():
            started = case.times.get("started") or case.first
            if started is None:
                self._wrong(case.line, "started" if "started" in self._place else AT, REQUIRED)
            else:
                yield self._finished(key, case, started)

    def _finished(self, key: str, case: _Gathered, started: datetime) -> ReadCase:
        due = case.times.get("due")
        if due is not None and self._mapping.due_is_a_day:
            due = self._mapping.times.end_of_day(due)
        return ReadCase(
            key=key,
            started=started,
            ended=case.times.get("ended"),
            due=due,
            planned=case.times.get("planned"),
            paused=case.times.get("paused"),
            channel=case.groups.get("channel", ""),
            department=case.groups.get("department", ""),
            person=case.groups.get("person", ""),
            events=case.events,
            first=case.first,
            last=case.last,
            odd_clock=case.odd,
            line=case.line,
        )

    def _plain(self, value: str) -> str:
        value = value.strip()
        return "" if value in self._mapping.none else value

    def _of(self, key: str, line: int, said: tuple[str, ...]) -> _Gathered:
        case = self._cases.get(key)
        if case is None:
            case = self._cases[key] = _Gathered(line, said)
            self._begin(case, line, said)
        elif case.said != said:
            self._contradiction(case, line, said)
        return case

    def _begin(self, case: _Gathered, line: int, said: tuple[str, ...]) -> None:
        for role, value in zip(self._stays, said, strict=True):
            if role in GROUPS:
                case.groups[role] = value
            else:
                instant = self._instant(line, role, value)
                case.times[role] = instant.at
                case.odd |= instant.odd
        if "started" in self._place and not said[self._stays.index("started")]:
            self._wrong(line, "started", REQUIRED)

    def _contradiction(self, case: _Gathered, line: int, said: tuple[str, ...]) -> None:
        for role, before, now in zip(self._stays, case.said, said, strict=True):
            if before != now:
                words = Phrase(
                    f"与第 {case.line} 行同一办件的“{before}”不一致：“{now}”",
                    f"“{now}” contradicts “{before}” of the same case on line {case.line}",
                )
                self._wrong(line, role, words)

    def _event(self, case: _Gathered, line: int, values: tuple[str, ...]) -> None:
        written = values[self._place[AT]] if AT in self._place else ""
        if not written:
            if AT in self._place and ACTIVITY in self._place and values[self._place[ACTIVITY]]:
                self._wrong(line, AT, REQUIRED)
            return
        instant = self._instant(line, AT, written)
        if instant.at is None:
            return
        case.odd |= instant.odd
        if case.happened(instant.at):
            case.groups |= {role: values[self._place[role]] for role in self._mapping.event_level}

    def _instant(self, line: int, role: str, text: str) -> Instant:
        try:
            instant = self._readers[role].read(text, day_ends=role in DEADLINES)
        except ValueError:
            self._wrong(line, role, Phrase(f"不是时间：“{text}”", f"not a time: “{text}”"))
            return NONE
        self.sentinels += instant.sentinel
        return instant

    def _wrong(self, line: int, role: str, what: Phrase) -> None:
        self.faults.append(Fault(line, self._mapping.columns.get(role, role), what))
