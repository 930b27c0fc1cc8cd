"""Small parts put together (归并): a feed that comes in by many small imports is asked in few files.

Where small files are many, each month that has some gets a pack that holds all their rows. It is written beside them,
counted, and asked from one rename on; what it stands for is no longer asked, stays for whoever is reading it, and goes
when the feed is packed the next time. Whatever stops the machine, every row is there once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.store import PACK, Packs, Store, on_disk, place_of

SMALL = 1 << 20
"""Bytes from which on a file stays as it is."""
MANY, SOME = 32, 4
"""Small files of a feed from which on it is packed, and those of a month that make a pack."""
AT_ONCE = 50_000
"""Rows held in memory, and written as one group."""


class Miscounted(RuntimeError):
    """A pack does not hold as many rows as what it should stand for; nothing was changed."""


def pack(store: Store, feed: str, *, many: int = MANY, small: int = SMALL) -> int:
    """Put small files together where a feed has `many`; return how many packs were made.

    Whoever calls this holds the lock of the feed.
    """
    months = _crowded(store.taken_files(feed), many=many, small=small)
    if not months:
        return 0
    packs = store.packs(feed)
    _clear(store, feed, packs)
    number = 1 + max((_number(one) for one in packs.asked | packs.replaced), default=0)
    made = [_packed(parts, number) for parts in months]
    gone = frozenset(place_of(part) for parts in months for part in parts)
    asked = (packs.asked | {place_of(one) for one in made}) - gone
    store.ask_packs(feed, Packs(asked=asked, replaced=gone))
    return len(made)


def _crowded(files: list[Path], *, many: int, small: int) -> list[list[Path]]:
    """Return the small files of every month that has some, if they are many in all."""
    little = [one for one in files if one.stat().st_size < small]
    if len(little) < many:
        return []
    months = [list(parts) for _, parts in groupby(little, key=lambda one: one.parent)]
    return [parts for parts in months if len(parts) >= SOME]


def _clear(store: Store, feed: str, packs: Packs) -> None:
    """Remove what packs stand for since the last time, and packs that were begun and never asked."""
    for path in store.files(feed):
        place = place_of(path)
        left = path.name.startswith(PACK) and place not in packs.asked
        if place in packs.replaced or left:
            path.unlink()


def _number(place: str) -> int:
    name = place.rpartition("/")[2]
    return int(Path(name).stem.removeprefix(PACK)) if name.startswith(PACK) else 0


def _packed(parts: list[Path], number: int) -> Path:
    """Write the rows of some files of a month into one, and return it; raises Miscounted."""
    path = parts[0].parent / f"{PACK}{number:06}.parquet"
    with pq.ParquetWriter(path, TAKEN, compression="zstd") as out:
        for rows in by_groups(parts):
            out.write_table(rows)
    expected = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
    if pq.ParquetFile(path).metadata.num_rows != expected:
        raise Miscounted(place_of(path))
    on_disk(path)
    return path


def by_groups(parts: list[Path]) -> Iterator[pa.Table]:
    """Yield the rows of some files, some ten thousand at a time."""
    held: list[pa.Table] = []
    for part in parts:
        held.append(pq.ParquetFile(part).read(columns=TAKEN.names).cast(TAKEN))
        if sum(one.num_rows for one in held) >= AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)
