"""Which deadlines are due soon at an instant (预警区间), as a few spans of the time line: no clock per case.

Due soon is told by the local clock: so many days before the deadline at the same time of day. Between two changes of the
clocks that is a fixed number of hours, so that the deadlines due soon are those up to an instant, and perhaps a further
span or a gap of an hour at a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from xiaoneng.flow.judge import Yardstick

AROUND = timedelta(hours=30)
"""No two offsets of a zone are further apart."""
STEP = timedelta(minutes=15)
LEAST = timedelta(microseconds=1)

Span = tuple[datetime, datetime]


def soon_spans(by: Yardstick) -> tuple[datetime, tuple[Span, ...]]:
    """Return up to which deadline, included, every one is due soon, and the later spans (both ends included)."""
    low = by.as_of + timedelta(days=by.soon_days) - AROUND
    high = low + 2 * AROUND
    spans = list(_spans(by, low, high))
    if spans and spans[0][0] == low:
        return spans[0][1], tuple(spans[1:])
    return low, tuple(spans)


def _spans(by: Yardstick, low: datetime, high: datetime) -> Iterator[Span]:
    """Yield the spans of deadlines that are due soon, found by halving where it changes."""
    at, since = low, low if _soon(by, low) else None
    while at < high:
        later = at + STEP
        if _soon(by, at) != _soon(by, later):
            before = _edge(by, at, later)
            if since is None:
                since = before + LEAST
            else:
                yield since, before
                since = None
        at = later
    if since is not None:
        yield since, high


def _edge(by: Yardstick, low: datetime, high: datetime) -> datetime:
    """Return the last instant that is as `low` is."""
    soon = _soon(by, low)
    while high - low > LEAST:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _soon(by, middle) == soon else (low, middle)
    return low


def _soon(by: Yardstick, due: datetime) -> bool:
    return by.soon_from(due) <= by.as_of
