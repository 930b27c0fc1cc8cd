"""Reads of the log: its head, proofs, tiles, and what verification needs, all as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from pathlib import Path

from django.db.models import Q

from xiaoneng.ledger.chain import entry
from xiaoneng.ledger.checkpoint import Checkpoint, Head
from xiaoneng.ledger.fault import CheckpointFact, EntryFact
from xiaoneng.ledger.layout import write_log
from xiaoneng.ledger.models import Checkpoint as CheckpointRow
from xiaoneng.ledger.models import Entry, Tile
from xiaoneng.ledger.proof import Proof
from xiaoneng.ledger.tiles import Held, Place, path_places
from xiaoneng.ledger.tree import WIDTH, View

CHUNK = 2_000


def head(*, origin: str) -> Head | None:
    """Return the newest checkpoint of the log, or None while nothing is sealed."""
    row = CheckpointRow.objects.order_by("-size").first()
    if row is None:
        return None
    return Head(Checkpoint(origin, row.size, bytes(row.root)), row.note, row.sealed_at)


def tiles_at(places: Sequence[Place]) -> dict[Place, bytes]:
    """Return the stored tiles of these places, in one query; a place without a tile is left out."""
    if not places:
        return {}
    wanted = reduce(or_, (Q(level=level, n=n) for level, n in places))
    rows = Tile.objects.filter(wanted).values_list("level", "n", "data")
    return {(level, n): bytes(data) for level, n, data in rows}


def index_of(act: int) -> int | None:
    """Return the place in the log of the act with this id, or None if it is not sealed yet."""
    return Entry.objects.filter(act=act).values_list("index", flat=True).first()


def indexes_of(acts: Sequence[int]) -> dict[int, int]:
    """Return the places in the log of the acts with these ids; those not sealed yet are left out."""
    found: dict[int, int] = {}
    for start in range(0, len(acts), CHUNK):
        rows = Entry.objects.filter(act__in=acts[start : start + CHUNK]).values_list("act", "index")
        found.update(rows)
    return found


def proof(index: int) -> Proof | None:
    """Return the proof that entry `index` is in the log at its head, or None if it is not sealed yet.

    Three queries. Raises LookupError if a tile that the proof needs is gone.
    """
    row = CheckpointRow.objects.order_by("-size").values_list("size", "note").first()
    if row is None or not 0 <= index < row[0]:
        return None
    size, note = row
    view = View(size=size, store=Held(tiles_at(path_places(index=index, size=size))))
    return Proof(index, tuple(view.prove_record(index=index)), note)


def growth(*, old: int, size: int) -> list[bytes]:
    """Return the proof that the log of `old` entries is the beginning of that of `size`.

    Raises IndexError if `old` is larger, LookupError if the log is not that large.
    """
    return View(size=size, store=StoredTiles()).prove_growth(old=old)


class StoredTiles:
    """The store of the log in the database: a query a tile, the last tile of each level kept."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[int, bytes]] = {}

    def tile(self, *, level: int, n: int) -> bytes:
        """Return the tile; raises LookupError if there is none."""
        kept = self._kept.get(level)
        if kept is None or kept[0] != n:
            kept = self._kept[level] = (n, tiles_at([(level, n)])[level, n])
        return kept[1]


def entries(*, by_act: bool = False) -> Iterator[EntryFact]:
    """Yield every row of the log, by index or by act, for verification."""
    rows = Entry.objects.order_by("act" if by_act else "index").values_list("index", "act", "act_hash")
    for index, act, act_hash in rows.iterator(chunk_size=CHUNK):
        yield EntryFact(index, act, bytes(act_hash))


def checkpoints() -> Iterator[CheckpointFact]:
    """Yield every checkpoint by size, for verification."""
    rows = CheckpointRow.objects.order_by("size").values_list("size", "root", "note")
    for size, root, note in rows.iterator(chunk_size=CHUNK):
        yield CheckpointFact(size, bytes(root), note)


def sealed_count() -> int:
    """Return how many acts the log holds, counted row by row."""
    return Entry.objects.count()


def bundle_entries(n: int, *, size: int) -> list[bytes]:
    """Return the log entries of bundle `n` in the log of `size`."""
    rows = Entry.objects.filter(index__gte=n * WIDTH, index__lt=min(size, (n + 1) * WIDTH)).order_by("index")
    return [entry(bytes(act_hash)) for act_hash in rows.values_list("act_hash", flat=True)]


def export_tiles(path: Path) -> Head | None:
    """Write the log below `path` as static files (C2SP tlog-tiles) and return its head; None if it is empty.

    May be repeated into the same directory: what is there and complete is left alone, the checkpoint comes
    last. Raises LookupError if the log half exists.
    """
    row = CheckpointRow.objects.order_by("-size").first()
    if row is None:
        return None
    write_log(path, size=row.size, note=row.note, store=StoredTiles(), bundles=bundle_entries)
    return Head(Checkpoint(row.note.partition("\n")[0], row.size, bytes(row.root)), row.note, row.sealed_at)
