"""A question on columns of events and its answer (问题与答案), as values: what every door of the product prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from xiaoneng.flow.columns.schema import EPOCH, whole_micros
from xiaoneng.flow.columns.selected import Selected
from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.flow.judge import Yardstick
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.schedule import Schedule


class Kind(StrEnum):
    """How a cell is printed; shares are between 0 and 1, days are working days or days of 24 hours."""

    NAME = "name"
    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    DAY = "day"
    CLOCK = "clock"


_MICROSECOND = timedelta(microseconds=1)
Cell = str | int | float | Phrase | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its key for machines, its head, and how its cells are printed."""

    key: str
    head: Phrase
    kind: Kind = Kind.COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a question is asked of: a selection, office hours, the instant of judgement in microseconds.

    `by` is what groups are made by, where a question offers it; `declared` is the order that a feed declares
    of the cases whose number begins with a prefix. `own`: these are our own matters, whose activities are the verbs of
    acts.
    """

    selected: Selected
    schedule: Schedule
    as_of: int
    zone: ZoneInfo
    soon_days: int
    by: str = ""
    declared: Mapping[str, Automaton] = field(default_factory=dict)
    declared_by: Phrase | None = None
    own: bool = False

    def yardstick(self, at: datetime | None = None) -> Yardstick:
        """Return how cases are judged at an instant, that of judgement by default."""
        as_of = moment(self.as_of) if at is None else at.astimezone(UTC)
        return Yardstick(as_of=as_of, read_at=as_of, zone=self.zone, soon_days=self.soon_days)

    @property
    def local(self) -> datetime:
        """The instant of judgement on the feed's own clock."""
        return moment(self.as_of).astimezone(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows in the order of a question's columns; `n` of `of` were looked at; `notes` say what must be known of them."""

    rows: tuple[Row, ...]
    n: int
    of: Phrase
    notes: tuple[Phrase, ...] = field(default=())


class Chart(StrEnum):
    """What picture shows an answer at a glance."""

    NONE = ""
    BARS = "bars"
    LINES = "lines"
    INTERVALS = "intervals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: title, definition, columns, who answers it.

    `by` are the groups it can be asked by, the first by default; `whole`: it is asked of whole cases rather than of the
    events of a period. `bar` is the column that a picture shows.
    """

    key: str
    title: Phrase
    definition: Phrase
    columns: tuple[Column, ...]
    ask: Callable[[Subject], Answer]
    by: tuple[str, ...] = ()
    whole: bool = False
    chart: Chart = Chart.NONE
    bar: str = ""


ARROW = " → "
"""Between the steps of a path."""
CASES = Phrase("件办件", "cases")
EVENTS = Phrase("个事件", "events")
STEPS = Phrase("步", "steps")
UNRECORDED = Phrase("（未记录）", "(not recorded)")
GROUPS = {
    "channel": Phrase("渠道", "Channel"),
    "department": Phrase("部门", "Department"),
    "person": Phrase("责任人", "Person responsible"),
    "agency": Phrase("机关", "Agency"),
    "item": Phrase("事项", "Item"),
    "actor": Phrase("经手人", "Holder"),
    "post": Phrase("岗位", "Post"),
}


def micros(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970 in UTC."""
    return whole_micros(at)


def moment(at: int) -> datetime:
    """Return microseconds since 1970 as an instant in UTC."""
    return EPOCH + at * _MICROSECOND
