"""What tests of columns share: small feeds taken in, and what a store holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from tests.pure.flow.logs import HEADER, office, table
from xiaoneng.flow.columns.intake import Answer, Sent, take_in
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.mapping import LogMapping

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
FEED = "county-office"
SMALL = Manner(chunk=3)

RECEIVED = "A{},2026-03-02 09:00:00,{},2026-03-20 17:00:00,窗口,王某,受理,2026-03-02 09:05:00"
DECIDED = "A{},2026-03-02 09:00:00,{},2026-03-20 17:00:00,窗口,王某,决定,2026-04-08 09:05:00"
BAD = "A{},2026-03-02 09:00:00,,soon,网上,李某,受理,noon"


def taken(
    store: Store,
    path: Path,
    *,
    by: LogMapping | None = None,
    now: datetime = MONDAY,
    how: Manner = SMALL,
    **sent: object,
) -> Answer:
    by = by or office()
    return take_in(
        store,
        file_source(path, mapping=by),
        mapping=by,
        sent=Sent(now=now, **sent),
        how=how,  # type: ignore[arg-type]
    )


def rows(store: Store, feed: str = FEED) -> list[dict[str, object]]:
    """Every taken row, in the order of arrival."""
    found = [row for part in store.taken_files(feed) for row in pq.ParquetFile(part).read().to_pylist()]
    return sorted(found, key=lambda row: (row["batch"], row["line"]))


def many(tmp_path: Path, count: int, *, name: str = "many.csv") -> Path:
    """A log of `count` events in three months, every tenth row bad; written as it goes."""
    path = tmp_path / name
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for place in range(count):
            day = f"2026-{1 + place % 3:02}-{1 + place % 28:02} 09:{place % 60:02}:00"
            due = "soon" if place % 10 == 9 else "2026-06-20 17:00:00"
            out.write(f"A{place // 5},2026-01-02 09:00:00,,{due},窗口,王某,第{place % 5}步,{day}\n")
    return path


__all__ = [
    "BAD",
    "DECIDED",
    "FEED",
    "MONDAY",
    "RECEIVED",
    "SMALL",
    "many",
    "office",
    "rows",
    "table",
    "taken",
]
