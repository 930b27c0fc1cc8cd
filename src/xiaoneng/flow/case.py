"""What a log says of one case, and what is wrong with a row. Knows no file format, no light and no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from xiaoneng.law.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCase:
    """One case as its agency recorded it; every instant is aware and in UTC.

    `due` is the statutory deadline and `planned` the agency's own target; `paused` is since when the agency holds
    the case suspended. `events` counts its events, `first` and `last` are the earliest and the latest of them.
    `odd_clock`: a time without an offset fell into the hour that a change of the clocks skips or repeats.
    `line` is where the case was first met in its file.
    """

    key: str
    started: datetime
    ended: datetime | None = None
    due: datetime | None = None
    planned: datetime | None = None
    paused: datetime | None = None
    channel: str = ""
    department: str = ""
    person: str = ""
    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    odd_clock: bool = False
    line: int = 0

    @property
    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits that change with anything said of the case except its place in the file."""
        said = (
            *(self.started, self.ended, self.due, self.planned, self.paused),
            *(self.channel, self.department, self.person),
            *(self.events, self.first, self.last, self.odd_clock),
        )
        return blake2b(repr((self.key, *map(str, said))).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of a file; `line` 0 is the file as a whole, `column` may be empty."""

    line: int
    column: str
    what: Phrase


class LogRefused(Exception):
    """A log, or the mapping to read it with, cannot be used; `faults` says everything that is wrong."""

    def __init__(self, *faults: Fault) -> None:
        """Take every fault at once."""
        super().__init__("; ".join(f"{one.line} {one.column}: {one.what.en}" for one in faults))
        self.faults = faults
