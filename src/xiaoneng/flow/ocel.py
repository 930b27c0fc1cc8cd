"""An object-centric log (OCEL 2.0) read as rows: one type of object is the case. Knows no form of file.

An event that relates to several objects of that type is a row for each; one that relates to none is no row, and an
object without events is no case. Columns are `ocel:id`, `ocel:type`, `ocel:time` (in UTC), `ocel:case`; attributes of
the event by their name; `case:NAME`, an attribute of the case as it was at the event; `object:TYPE`, the other objects
by their ids, with a space between. Memory grows with the objects, never with the events. Places are the numbers of
events in their order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from xiaoneng.flow.asking import Asking
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.rows import Row, missing_columns
from xiaoneng.flow.source import Advance
from xiaoneng.law.phrase import Phrase

ID, TYPE, TIME, CASE_ID = "ocel:id", "ocel:type", "ocel:time", "ocel:case"
OWN = (ID, TYPE, TIME, CASE_ID)
OF_CASE, OF_TYPE = "case:", "object:"


class OcelTypes(NamedTuple):
    """What a log declares: attributes of its events, and of its objects by their type."""

    events: frozenset[str]
    objects: Mapping[str, frozenset[str]]


class OcelObject(NamedTuple):
    """An object: values of its attributes, each from the time written beside it."""

    key: str
    kind: str
    said: Sequence[tuple[str, str, str]]


class OcelEvent(NamedTuple):
    """An event and the ids of its objects."""

    key: str
    kind: str
    time: str
    said: Mapping[str, str]
    objects: Sequence[str]


class OcelSource(Protocol):
    """A form of file that holds an object-centric log; every method reads it anew and may raise LogRefused."""

    def types(self) -> OcelTypes:
        """Return what the log declares."""

    def objects(self) -> Iterator[OcelObject]:
        """Yield every object."""

    def events(self, advance: Advance | None) -> Iterator[OcelEvent]:
        """Yield every event in the order of the file."""


def ocel_header(source: OcelSource) -> frozenset[str]:
    """Return every column that a log can give, whichever of its types is the case."""
    types = source.types()
    return frozenset().union(*(_columns(types, kind) for kind in types.objects)) or frozenset(OWN)


def ocel_rows(source: OcelSource, asking: Asking) -> Iterator[Row | Fault]:
    """Yield the rows of a log, each bad event as a fault; raises LogRefused where the case or a column is not there."""
    case_type, zone = asking.mapping.case_type, asking.mapping.times_of("at").zone
    _refuse(source.types(), case_type, asking.columns)
    reader = _Reader(case_type, zone, asking.columns)
    for found in source.objects():
        yield from reader.meet(found)
    for number, event in enumerate(source.events(asking.advance), start=1):
        yield from reader.rows(number, event)


class _Reader:
    """What has to be known of the objects, and the rows of one event after the other."""

    def __init__(self, case_type: str, zone: ZoneInfo, columns: Sequence[str]) -> None:
        self._case_type = case_type
        self._zone = zone
        self._columns = columns
        self._types: dict[str, str] = {}
        self._told: dict[str, _Histories] = {}

    def meet(self, found: OcelObject) -> Iterator[Fault]:
        """Remember an object; it may be told of more than once."""
        self._types[found.key] = found.kind
        if found.kind != self._case_type:
            return
        told = self._told.setdefault(found.key, _Histories())
        for name, time, value in found.said:
            try:
                told.add(name, _read(time, self._zone), value)
            except ValueError:
                yield Fault(0, f"{OF_CASE}{name}", _no_time(found.key, time))

    def rows(self, number: int, event: OcelEvent) -> Iterator[Row | Fault]:
        """Yield an event once for each of its cases, or what is wrong with it."""
        try:
            at = _read(event.time, self._zone)
        except ValueError:
            yield Fault(number, TIME, _no_time(event.key, event.time))
            return
        unknown = [key for key in event.objects if key not in self._types]
        if unknown:
            listed = ", ".join(sorted(set(unknown)))
            words = Phrase(
                f"事件 {event.key} 所指对象不存在：{listed}", f"event {event.key}: no such object: {listed}"
            )
            yield Fault(number, ID, words)
            return
        by_type = self._by_type(event)
        for case in by_type.pop(self._case_type, []):
            said = {**event.said, ID: event.key, TYPE: event.kind, TIME: at.isoformat(), CASE_ID: case}
            said |= {OF_TYPE + kind: " ".join(keys) for kind, keys in by_type.items()}
            said |= {OF_CASE + name: value for name, value in self._told[case].at(at).items()}
            yield Row(number, tuple([said.get(column, "") for column in self._columns]))

    def _by_type(self, event: OcelEvent) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(set(event.objects)):
            found[self._types[key]].append(key)
        return found


class _Histories:
    """The values of one object's attributes over time."""

    __slots__ = ("_said",)

    def __init__(self) -> None:
        self._said: dict[str, list[tuple[datetime, str]]] = {}

    def add(self, name: str, since: datetime, value: str) -> None:
        """Say that an attribute has had a value since an instant."""
        said = self._said.setdefault(name, [])
        said.insert(bisect_right(said, since, key=lambda one: one[0]), (since, value))

    def at(self, instant: datetime) -> dict[str, str]:
        """Return the latest value at or before an instant of every attribute that had one."""
        found = {}
        for name, said in self._said.items():
            place = bisect_right(said, instant, key=lambda one: one[0])
            if place:
                found[name] = said[place - 1][1]
        return found


def _read(written: str, zone: ZoneInfo) -> datetime:
    """Return a written time in UTC; raises ValueError for what is none."""
    read = datetime.fromisoformat(written)
    try:
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise ValueError(written) from None


def _columns(types: OcelTypes, case_type: str) -> frozenset[str]:
    others = {OF_TYPE + kind for kind in types.objects if kind != case_type}
    own = {OF_CASE + name for name in types.objects[case_type]}
    return frozenset({*OWN, *types.events, *own, *others})


def _refuse(types: OcelTypes, case_type: str, columns: Sequence[str]) -> None:
    if case_type not in types.objects:
        listed = ", ".join(types.objects)
        words = Phrase(
            f"对照表须以 case_type 写明哪种对象是办件；有：{listed}",
            f"the mapping must say with case_type which type of object is a case; the log has: {listed}",
        )
        raise LogRefused(Fault(0, "case_type", words))
    found = _columns(types, case_type)
    missing = [column for column in columns if column not in found]
    if missing:
        raise LogRefused(*missing_columns(missing, found))


def _no_time(key: str, written: str) -> Phrase:
    return Phrase(f"{key} 的时间有误：“{written}”", f"{key}: not a time: “{written}”")
