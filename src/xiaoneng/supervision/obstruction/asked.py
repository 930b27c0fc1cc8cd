"""What part of a feed somebody asks about (所问范围), as written in an address or a command. Knows no feed's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from xiaoneng.flow.columns.selection import Selection


class Said(Protocol):
    """Words by name, several of one name, as an address has them."""

    def getlist(self, name: str) -> Sequence[str]:
        """Return every word of a name."""


FIELDS = {"agencies": "agency", "items": "item", "channels": "channel", "departments": "department"}
"""Fields of a selection, and what they are called in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A part of a feed: names, and local days, both included; empty narrows nothing. `as_of`: judged at its end."""

    agencies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None

    @classmethod
    def of(cls, said: Said) -> Asked:
        """Read an address; what it does not know is left out."""
        names = {field: tuple(filter(None, said.getlist(name))) for field, name in FIELDS.items()}
        return cls(
            agencies=names["agencies"],
            items=names["items"],
            channels=names["channels"],
            departments=names["departments"],
            since=_day(said.getlist("since")),
            until=_day(said.getlist("until")),
            as_of=_day(said.getlist("as_of")),
        )

    def query(self) -> list[tuple[str, str]]:
        """Return what keeps this part in an address."""
        names = [(name, one) for field, name in FIELDS.items() for one in getattr(self, field)]
        days = [(name, getattr(self, name)) for name in ("since", "until", "as_of")]
        return names + [(name, day.isoformat()) for name, day in days if day]

    def selection(self, feed: str, *, zone: ZoneInfo, agencies: tuple[str, ...] | None = None) -> Selection:
        """Return the selection; `agencies`, where given, are all that may be asked about."""
        allowed = self.agencies
        if agencies is not None:
            allowed = tuple(one for one in self.agencies if one in agencies) if self.agencies else agencies
            # An empty tuple would narrow nothing: nobody's agency is called by this name.
            allowed = allowed or ("\x00",)
        return Selection(
            feed=feed,
            agencies=allowed,
            items=self.items,
            channels=self.channels,
            departments=self.departments,
            since=_midnight(self.since, zone),
            until=_midnight(self.until + timedelta(days=1) if self.until else None, zone),
        )

    def judged_at(self, zone: ZoneInfo) -> datetime | None:
        """Return the end of the day of judgement, where the agency is."""
        return datetime.combine(self.as_of, time.max, tzinfo=zone).astimezone(UTC) if self.as_of else None


def _day(said: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(said[-1]) if said else None
    except ValueError:
        return None


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) if day else None


class Words(dict[str, list[str]]):
    """Words by name from elsewhere than an address."""

    @classmethod
    def of(cls, said: Mapping[str, Sequence[str] | str | None]) -> Words:
        """Return words by name; a single one is a list of one."""
        return cls({name: [one] if isinstance(one, str) else list(one or ()) for name, one in said.items()})

    def getlist(self, name: str) -> Sequence[str]:
        """Return every word of a name."""
        return self.get(name, [])
