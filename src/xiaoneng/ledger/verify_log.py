"""The log against its signed checkpoints, its tiles and the acts that it seals. Knows no act's content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xiaoneng.ledger.chain import leaf
from xiaoneng.ledger.checkpoint import opened
from xiaoneng.ledger.fault import (
    ROW_ALTERED,
    ROW_GONE,
    UNSEALED,
    CheckpointFact,
    EntryFact,
    Fault,
    SealedFact,
    checkpoint_false,
    checkpoint_unmet,
    gone,
    tile_false,
)
from xiaoneng.ledger.note import NoteRejected, Verifier
from xiaoneng.ledger.tiles import FULL, Held, Place, grow
from xiaoneng.ledger.tree import SIZE, WIDTH, Hash, Store, View


@dataclass(slots=True)
class LogWalk:
    """One pass over the log by index: grows the tree anew and holds it against checkpoints and tiles.

    After `faults()` has run out, `wrong` holds, by index, the true leaf hash of every row that is altered or
    gone: what `seal_faults` needs to name the acts.
    """

    store: Store
    verifier: Verifier
    wrong: dict[int, Hash] = field(default_factory=dict)
    _size: int = 0
    _edge: dict[Place, bytes] = field(default_factory=dict)
    _trusted: bool = True
    _whole: bool = True

    def faults(self, entries: Iterable[EntryFact], checkpoints: Iterable[CheckpointFact]) -> Iterator[Fault]:
        """Yield what is wrong; `entries` come by index, `checkpoints` by size."""
        rows = _Rows(entries)
        for checkpoint in checkpoints:
            why = _distrust(checkpoint, self.verifier, self._size)
            if why:
                yield Fault("", 0, checkpoint_false(checkpoint.size, why))
            else:
                yield from self._span(rows.up_to(checkpoint.size), checkpoint)
        for (level, n), data in self._edge.items():
            # A wider tile is no lie about the tree: rows past the last checkpoint are named below.
            if self._stored((level, n))[: len(data)] != data:
                yield Fault("", 0, tile_false(level, n))
        yield from (Fault("", 0, UNSEALED, row.index) for row in rows.rest())

    def _span(self, rows: Mapping[int, Hash], checkpoint: CheckpointFact) -> Iterator[Fault]:
        """Take in the entries up to a checkpoint; rows and tiles are two witnesses, its root is the judge."""
        if not self._whole:
            return
        span = range(self._size, checkpoint.size)
        stored = self._leaves(span)
        by_rows = [rows.get(index) or stored.get(index, b"") for index in span]
        leaves = by_rows
        if not self._leads(by_rows, checkpoint):
            by_tiles = [stored.get(index) or rows.get(index, b"") for index in span]
            if self._leads(by_tiles, checkpoint):
                leaves = by_tiles
            elif self._trusted:
                self._trusted = False  # Every later root fails as well: said once, where it began.
                yield Fault("", 0, checkpoint_unmet(checkpoint.size, self._size))
        self.wrong.update({i: true for i, true in zip(span, leaves, strict=True) if rows.get(i) != true})
        self._whole = all(leaves)
        if self._whole:
            yield from self._grow(leaves)

    def _leads(self, leaves: list[Hash], checkpoint: CheckpointFact) -> bool:
        if not all(leaves):
            return False
        tiles = self._edge | grow(size=self._size, leaves=leaves, store=Held(self._edge))
        return View(size=checkpoint.size, store=Held(tiles)).root() == checkpoint.root

    def _grow(self, leaves: list[Hash]) -> Iterator[Fault]:
        """Append to the tree; a tile that is full is held against the stored one and let go."""
        for place, data in grow(size=self._size, leaves=leaves, store=Held(self._edge)).items():
            self._edge[place] = data
            if len(data) == FULL:
                del self._edge[place]
                if self._stored(place) != data:
                    yield Fault("", 0, tile_false(*place))
        self._size += len(leaves)

    def _stored(self, place: Place) -> bytes:
        try:
            return self.store.tile(level=place[0], n=place[1])
        except LookupError:
            return b""

    def _leaves(self, span: range) -> dict[int, Hash]:
        """Return the leaf hashes that the stored tiles hold for `span`."""
        found: dict[int, Hash] = {}
        for n in range(span.start // WIDTH, -(-span.stop // WIDTH)):
            data = self._stored((0, n))
            hashes = (data[at : at + SIZE] for at in range(0, len(data), SIZE))
            found.update({n * WIDTH + i: one for i, one in enumerate(hashes) if len(one) == SIZE})
        return found


class _Rows:
    """The rows of the log, handed out span by span."""

    def __init__(self, entries: Iterable[EntryFact]) -> None:
        self._entries = iter(entries)
        self._next = next(self._entries, None)

    def up_to(self, size: int) -> dict[int, Hash]:
        """Return the leaf hashes of the rows before `size` not yet handed out, by index."""
        found: dict[int, Hash] = {}
        while self._next and self._next.index < size:
            found[self._next.index] = leaf(self._next.act_hash)
            self._next = next(self._entries, None)
        return found

    def rest(self) -> Iterator[EntryFact]:
        """Yield the rows that no checkpoint covered."""
        if self._next:
            yield self._next
        yield from self._entries


def _distrust(checkpoint: CheckpointFact, verifier: Verifier, done: int) -> str:
    """Return why a checkpoint cannot be the judge of what follows, or nothing."""
    try:
        said = opened(checkpoint.note, verifier=verifier)
    except NoteRejected as error:
        return str(error)
    if (said.size, said.root) != (checkpoint.size, checkpoint.root):
        return f"signed were size {said.size} and another root"
    return "" if said.size >= done else f"size {said.size} after {done}"


def seal_faults(
    acts: Iterable[SealedFact], entries: Iterable[EntryFact], *, wrong: Mapping[int, Hash]
) -> Iterator[Fault]:
    """Yield the acts that the log shows to be deleted, and rows of the log that are not of their act.

    `acts` come by key, `entries` by act. `wrong` is what the walk over the log found. Acts not sealed yet are
    no fault; they are kept in memory, which is why sealing should not lag by millions.
    """
    waiting: dict[Hash, SealedFact] = {}
    orphans: list[EntryFact] = []
    named: set[int] = set()
    rows = iter(entries)
    row = next(rows, None)
    for act in acts:
        while row and row.act < act.key:
            orphans.append(row)
            row = next(rows, None)
        if row is None or row.act != act.key:
            waiting[leaf(act.act_hash)] = act
            continue
        if row.act_hash != act.act_hash or row.index in wrong:
            named.add(row.index)
            yield Fault(act.number, act.sequence, ROW_ALTERED, row.index)
        row = next(rows, None)
    orphans += [row, *rows] if row else []
    yield from _unmatched(orphans, waiting, {i: true for i, true in wrong.items() if i not in named})


def _unmatched(
    orphans: list[EntryFact], waiting: Mapping[Hash, SealedFact], wrong: dict[int, Hash]
) -> Iterator[Fault]:
    """Yield rows without act and places without row, by the act's name where the hash tells it."""
    for row in orphans:
        act = waiting.get(wrong.pop(row.index, leaf(row.act_hash)))
        if act:
            yield Fault(act.number, act.sequence, ROW_ALTERED, row.index)
        else:
            yield Fault("", 0, gone(row.act), row.index)
    for index, true in wrong.items():
        act = waiting.get(true)
        yield Fault(act.number if act else "", act.sequence if act else 0, ROW_GONE, index)
