"""What in a log cannot be as it is written (存疑): found and counted, never mended. Knows no light."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xiaoneng.flow.case import ReadCase
from xiaoneng.law.phrase import Phrase

MINUTE = timedelta(minutes=1)


class Doubt(StrEnum):
    """Kinds of implausible cases; one case may be of several."""

    ENDS_BEFORE_START = "ends_before_start"
    EVENT_BEFORE_START = "event_before_start"
    EVENT_AFTER_END = "event_after_end"
    INSTANT = "instant"
    DUE_BEFORE_START = "due_before_start"
    IN_THE_FUTURE = "in_the_future"
    ODD_CLOCK = "odd_clock"

    @property
    def phrase(self) -> Phrase:
        """Return what is doubtful."""
        return NAMES[self]


NAMES = {
    Doubt.ENDS_BEFORE_START: Phrase("办结早于收件", "Closed before it was received"),
    Doubt.EVENT_BEFORE_START: Phrase("收件前已有办理记录", "Worked on before it was received"),
    Doubt.EVENT_AFTER_END: Phrase(
        "办结后仍有办理记录（疑似倒填办结时间）", "Worked on after it was closed (back-dated?)"
    ),
    Doubt.INSTANT: Phrase("收件一分钟内办结", "Closed within a minute of receipt"),
    Doubt.DUE_BEFORE_START: Phrase("期限早于收件", "Due before it was received"),
    Doubt.IN_THE_FUTURE: Phrase(
        "收件、办结或办理记录在读取之后", "Received, closed or worked on after it was read"
    ),
    Doubt.ODD_CLOCK: Phrase(
        "时间落在夏令时跳过或重复的一小时", "A time in the hour that summer time skips or repeats"
    ),
}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The cases of one kind, by key."""

    doubt: Doubt
    keys: tuple[str, ...]


def doubts_of(case: ReadCase, *, now: datetime) -> list[Doubt]:
    """Return every kind of doubt about a case; `now` is when the log was read."""
    return [doubt for doubt, holds in TESTS.items() if holds(case, now)]


def doubtful(cases: Iterable[ReadCase], *, now: datetime) -> tuple[Doubtful, ...]:
    """Return the implausible cases of a log by kind, kinds that do not occur left out."""
    found: dict[Doubt, list[str]] = {}
    for case in cases:
        for doubt in doubts_of(case, now=now):
            found.setdefault(doubt, []).append(case.key)
    return tuple(Doubtful(doubt, tuple(found[doubt])) for doubt in Doubt if doubt in found)


def _in_the_future(case: ReadCase, now: datetime) -> bool:
    return any(at is not None and at > now for at in (case.started, case.ended, case.last))


TESTS: dict[Doubt, Callable[[ReadCase, datetime], bool]] = {
    Doubt.ENDS_BEFORE_START: lambda case, _: case.ended is not None and case.ended < case.started,
    Doubt.EVENT_BEFORE_START: lambda case, _: case.first is not None and case.first < case.started,
    Doubt.EVENT_AFTER_END: lambda case, _: (
        case.ended is not None and case.last is not None and case.last > case.ended
    ),
    Doubt.INSTANT: lambda case, _: (
        case.ended is not None and case.started <= case.ended < case.started + MINUTE
    ),
    Doubt.DUE_BEFORE_START: lambda case, _: case.due is not None and case.due < case.started,
    Doubt.IN_THE_FUTURE: _in_the_future,
    Doubt.ODD_CLOCK: lambda case, _: case.odd_clock,
}
