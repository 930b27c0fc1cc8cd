"""Which part of a feed is asked (选取范围). A value; knows no engine and no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class NotSettled(LookupError):
    """A feed has no edition that can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A feed, narrowed; what is empty narrows nothing.

    `agencies`, `items`, `channels` and `departments` are names of which an event or case must have one. Times are
    half-open: an event belongs to the period in which it happened, a step to that in which it ended, a case to that in
    which it started.
    """

    feed: str
    agencies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
