"""Settling feeds of which more was taken than can be asked (整理): by whoever took it in, or by a round of `work`."""

from __future__ import annotations

import os

from xiaoneng.flow.columns.engine import MEMORY, duckdb_engine
from xiaoneng.flow.columns.intake import Busy, feed_lock
from xiaoneng.flow.columns.settling import settle
from xiaoneng.supervision.feeding.intake import columns


def settle_behind(*, wait: bool = True, most: int | None = None, memory: str = MEMORY) -> list[str]:
    """Settle the feeds that are behind, at most so many, and return them; one that is busy is left unless `wait`.

    Nothing is taken in from a feed while it is settled.
    """
    store, done = columns(), []
    for feed in store.behind()[:most]:
        try:
            with feed_lock(store, feed, wait=wait):
                spill = store.root / "spill" / f"settle-{os.getpid()}"
                settle(store, feed, engine=duckdb_engine(memory=memory, temp=spill))
                store.catch_up(feed)
        except Busy:
            continue
        done.append(feed)
    return done
