"""What a clock is made of (时钟): a limit, a start, pauses and extensions; values without arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from xiaoneng.worktime.limits import Limit, Unit


class Axis(StrEnum):
    """What the ordinal of an end counts.

    Working days of a calendar; days of the common era, the end moving off a rest day when it is shown; the
    same days, shown as they are; minutes of office time.
    """

    WORKING = "w"
    ABSOLUTE = "d"
    FIXED = "f"
    MINUTES = "m"


@dataclass(frozen=True, slots=True)
class End:
    """Where a clock ends, as a row keeps it: a number that no new edition of a calendar rewrites."""

    axis: Axis
    ordinal: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension: `first` is excluded, `until`, the day of resumption, counts; None while it lasts."""

    first: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.first:
            raise ValueError(f"a pause from {self.first} cannot end before it began, on {self.until}")


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: by a `limit` or `until` a day, never both; `granted_on` decides whether it is in time."""

    granted_on: date
    limit: Limit | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.limit is None) == (self.until is None):
            raise ValueError("an extension is either by a limit or until a day")


@dataclass(frozen=True, slots=True)
class Run:
    """One running, or stopped, of a limit: everything the clock needs to know about a matter.

    `start` is day zero; `started_at` is given for limits in office hours only; `stopped` is the day of the
    act that ended the clock. Pauses and extensions may be given in any order. Raises `ValueError` naming
    every fault.
    """

    limit: Limit
    start: date
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    stopped: date | None = None
    started_at: datetime | None = None

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        if len(self.pauses) > 1:
            object.__setattr__(self, "pauses", tuple(sorted(self.pauses, key=_first)))
        if len(self.extensions) > 1:
            object.__setattr__(self, "extensions", tuple(sorted(self.extensions, key=_granted)))

    def _faults(self) -> list[str]:
        hours = self.limit.unit is Unit.OFFICE_HOURS
        faults = []
        if hours and (self.started_at is None or self.started_at.tzinfo is None):
            faults.append("a limit in office hours starts at an instant that names its zone")
        if not hours and any(e.limit and e.limit.unit is Unit.OFFICE_HOURS for e in self.extensions):
            faults.append("a limit in days cannot be extended by hours")
        if self.stopped is not None and self.stopped < self.start:
            faults.append(f"a clock that starts on {self.start} cannot have stopped on {self.stopped}")
        return faults

    def seen_on(self, day: date) -> Run:
        """Return the run as it stood at the end of `day`: later pauses, endings and extensions unknown."""
        if not self._later_than(day):
            return self
        return replace(
            self,
            pauses=tuple(
                p if (p.until or day) <= day else Pause(p.first) for p in self.pauses if p.first <= day
            ),
            extensions=tuple(e for e in self.extensions if e.granted_on <= day),
            stopped=self.stopped if self.stopped is not None and self.stopped <= day else None,
        )

    def _later_than(self, day: date) -> bool:
        return (
            any(pause.first > day or (pause.until or day) > day for pause in self.pauses)
            or any(extension.granted_on > day for extension in self.extensions)
            or (self.stopped is not None and self.stopped > day)
        )


def _first(pause: Pause) -> tuple[date, date]:
    # Of two that begin together the one that lasts comes second: it stands on what the other gave back.
    return pause.first, pause.until or date.max


def _granted(extension: Extension) -> date:
    return extension.granted_on
