"""Feeds made ready to be asked (整理): an edition for every feed that has taken something since its last."""

from __future__ import annotations

from collections.abc import Iterable

from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.intake import Busy, feed_lock
from xiaoneng.flow.columns.settling import behind, settle
from xiaoneng.supervision.feeding.intake import columns


def settle_behind(feeds: Iterable[str] | None = None) -> list[str]:
    """Settle these feeds, or all, where something was taken since; return the keys of those that were.

    A feed that is taking in something just now is left for the next time.
    """
    store = columns()
    engine = duckdb_engine(temp=store.root / "spill" / "settling")
    done = []
    for feed in store.feeds() if feeds is None else feeds:
        try:
            with feed_lock(store, feed, wait=feeds is not None):
                if behind(store, feed):
                    settle(store, feed, engine=engine)
                    done.append(feed)
        except Busy:
            continue
    return done
