"""When an office is open (办公时间), to the minute; knows clock faces and weekdays, but no dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

MIDNIGHT = 24 * 60
WEEK = 7


def _minute(face: str) -> int:
    hour, colon, minute = face.partition(":")
    if not (colon and hour.isdigit() and minute.isdigit() and int(minute) < 60):  # noqa: PLR2004  minutes
        raise ValueError(f"{face!r} is not a time written 08:30")
    return int(hour) * 60 + int(minute)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one day, half-open, in minutes after midnight; a day open round the clock is 0 to 1440."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MIDNIGHT:
            raise ValueError(f"minutes {self.opens} to {self.closes} are no stretch of one day")

    @classmethod
    def between(cls, opens: str, closes: str) -> Span:
        """Return the span from one clock time to another (`"08:30"`, `"24:00"`); raises `ValueError`."""
        return cls(_minute(opens), _minute(closes))


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The spans of each weekday, Monday first; the gap between two spans is the lunch break.

    `ordinary` are the spans of a day that is worked although its weekday has none (a make-up day, 调休).
    On rest days and closures nothing is open, whatever the weekday says.
    Raises `ValueError` naming every fault.
    """

    week: tuple[tuple[Span, ...], ...]
    ordinary: tuple[Span, ...]

    def __post_init__(self) -> None:
        faults = [] if len(self.week) == WEEK else [f"a week has seven days, not {len(self.week)}"]
        for place, spans in enumerate((*self.week, self.ordinary)):
            if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
                faults.append(f"day {place + 1}: spans overlap or are out of order")
        if not self.ordinary:
            faults.append("a make-up day needs spans")
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def weekdays(cls, *spans: Span) -> OfficeHours:
        """Return the same spans from Monday to Friday and on make-up days."""
        return cls(week=(spans,) * 5 + ((),) * 2, ordinary=spans)

    def on(self, weekday: int) -> tuple[Span, ...]:
        """Return the spans of a day that is worked; `weekday` counts from Monday = 0."""
        return self.week[weekday] or self.ordinary

    def length(self, weekday: int) -> int:
        """Return how many minutes such a day is open."""
        return sum(span.closes - span.opens for span in self.on(weekday))

    def elapsed(self, weekday: int, minute: int) -> int:
        """Return how many open minutes of such a day lie before `minute` after midnight."""
        return sum(max(0, min(minute, span.closes) - span.opens) for span in self.on(weekday))

    def moment(self, weekday: int, elapsed: int) -> int:
        """Return the minute after midnight by which `elapsed` (at least one) open minutes have passed."""
        for span in self.on(weekday):
            length = span.closes - span.opens
            if elapsed <= length:
                return span.opens + elapsed
            elapsed -= length
        raise ValueError(f"the day is {elapsed} minutes too short")


CUSTOMARY = OfficeHours.weekdays(Span.between("08:30", "12:00"), Span.between("13:30", "17:00"))
"""Seven hours with a lunch break: a default of ours, set per place (docs/calendar.md)."""
