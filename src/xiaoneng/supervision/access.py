"""From a request to what supervision keeps: the feeds of other systems, for the supervision pages and commands."""

from __future__ import annotations

from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.supervision import queries
from xiaoneng.supervision.feeds import FeedLine, FeedView


class NoFeed(LookupError):
    """No feed has this key."""


def feed_list() -> list[FeedLine]:
    """Return every feed with its newest import."""
    return queries.feeds()


def feed_view(key: str) -> FeedView:
    """Return a feed with all its cases, in two queries whatever its size; raises NoFeed."""
    text = queries.mapping_text(key)
    if text is None:
        raise NoFeed(key)
    return FeedView(parse_mapping(text), queries.feed_cases(key))
