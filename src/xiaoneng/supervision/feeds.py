"""What an agency's own system tells, as values: the feed, the outcome of an import, a view to ask. No database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.figures import GROUP_OF, Board, board
from xiaoneng.flow.judge import CaseLight, Judged, Yardstick, end_of_log, judged
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.law.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What taking in a file did: `absent` cases are known from earlier files and not in this one; they stay.

    `repeated`: the file was the newest one already, and nothing was done.
    """

    cases: int
    created: int
    changed: int
    same: int
    absent: int
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed in the list of feeds; counts and file are those of its newest import."""

    key: str
    agency: Phrase
    file_name: str
    imported_at: datetime
    cases: int
    rows: int


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed with its cases, to be asked for figures and lists at any instant."""

    mapping: LogMapping
    cases: Sequence[ReadCase]

    def yardstick(self, *, now: datetime, as_of: datetime | None = None) -> Yardstick:
        """Return how to judge at `as_of`, or at the last thing the feed recorded before `now`."""
        return Yardstick(
            as_of=as_of or end_of_log(self.cases, now=now),
            read_at=now,
            zone=self.mapping.times.zone,
            soon_days=self.mapping.soon_days,
        )

    def board(self, *, by: Yardstick) -> Board:
        """Return every figure on the feed."""
        return board(self.cases, by=by)

    def listed(
        self, *, by: Yardstick, light: CaseLight | None = None, group: str = "", name: str = ""
    ) -> Iterator[Judged]:
        """Yield the cases of a light, or of a channel, department or person called `name`, or of both."""
        for one in judged(self.cases, by=by):
            if light is not None and one.light is not light:
                continue
            if group and GROUP_OF[group](one.case) != name:
                continue
            yield one
