"""Merkle trees as in RFC 6962 §2.1: hashes, roots, proofs that a record is in it, proofs that it grew.

Hashes are read through `Store`, in tiles of 256 as C2SP tlog-tiles lays them out. Knows nothing of what is
hashed, of signatures or of files. Differential tests against pymerkle are in `benchmarks/ledger.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from struct import iter_unpack
from typing import Protocol

Hash = bytes
"""A SHA-256 digest, 32 bytes."""

SIZE = 32
HEIGHT = 8
WIDTH = 1 << HEIGHT
EMPTY: Hash = sha256(b"").digest()
"""The root of the tree without leaves."""


class ProofFailed(Exception):
    """The proof does not show what it should; says which step failed."""


class Store(Protocol):
    """Where the hashes of a tree are kept."""

    def tile(self, *, level: int, n: int) -> bytes:
        """Return the hashes of tile `n` of `level`, joined, as many (1 to 256) as are there.

        Hash `i` of it is the root over leaves `(n*256+i) * 256**level` up to the next such multiple.
        Raises LookupError if there is no such tile.
        """
        ...


def record_hash(data: bytes) -> Hash:
    """Return the leaf hash of `data`; the leading 0x00 keeps a leaf from passing for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of the node above `left` and `right`."""
    return sha256(b"\x01" + left + right).digest()


def paired(hashes: bytes) -> bytes:
    """Return the nodes one height above the joined `hashes`; an odd last one has no node yet."""
    # The hottest line of sealing: with iter_unpack a node costs one join and one hash.
    even = hashes[: len(hashes) // (2 * SIZE) * (2 * SIZE)]
    return b"".join([sha256(b"\x01" + both).digest() for (both,) in iter_unpack("64s", even)])


class View:
    """A tree of a given size over a store; keeps the inner nodes of the tiles that it has opened.

    Several proofs of one tree should share one view: the first costs up to 255 hashes a tile, the next
    ones in the same tiles cost slices.
    """

    def __init__(self, *, size: int, store: Store) -> None:
        self.size = size
        self._store = store
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self._ragged: dict[tuple[int, int], Hash] = {}

    def _heights(self, level: int, n: int) -> list[bytes]:
        """Return the tile's hashes at heights 0 to 8 within it, cut to what the tree's size allows."""
        width = min(WIDTH, (self.size >> (HEIGHT * level)) - n * WIDTH)
        data = self._store.tile(level=level, n=n)[: width * SIZE]
        if len(data) < width * SIZE:
            raise LookupError(f"tile {level}/{n} holds {len(data) // SIZE} of {width} hashes")
        heights = [data]
        while len(heights[-1]) > SIZE:
            heights.append(paired(heights[-1]))
        self._tiles[level, n] = heights
        return heights

    def complete(self, *, height: int, i: int) -> Hash:
        """Return the root over the `2**height` leaves from leaf `i * 2**height` on."""
        level, rise = divmod(height, HEIGHT)
        n, at = divmod(i, WIDTH >> rise)
        heights = self._tiles.get((level, n)) or self._heights(level, n)
        return heights[rise][at * SIZE : at * SIZE + SIZE]

    def over(self, *, low: int, high: int) -> Hash:
        """Return the root over leaves `low` up to (not with) `high`, a range that occurs in RFC 6962."""
        count = high - low
        if count & (count - 1) == 0:
            height = count.bit_length() - 1
            return self.complete(height=height, i=low >> height)
        kept = self._ragged.get((low, high))
        if kept is None:
            middle = low + split(count)
            kept = node_hash(self.over(low=low, high=middle), self.over(low=middle, high=high))
            self._ragged[low, high] = kept
        return kept

    def root(self) -> Hash:
        """Return the root of the whole tree."""
        return self.over(low=0, high=self.size) if self.size else EMPTY

    def prove_record(self, *, index: int) -> list[Hash]:
        """Return the audit path of leaf `index`, from its sibling up. Raises IndexError outside."""
        if not 0 <= index < self.size:
            raise IndexError(f"no leaf {index} in a tree of {self.size}")
        path: list[Hash] = []
        low, high = 0, self.size
        while (count := high - low) & (count - 1):
            middle = low + split(count)
            if index < middle:
                path.append(self.over(low=middle, high=high))
                high = middle
            else:
                path.append(self.over(low=low, high=middle))
                low = middle
        # What is left is complete: its siblings are looked up from the leaf, then put before the rest.
        inner = [
            self.complete(height=height, i=(index >> height) ^ 1) for height in range(count.bit_length() - 1)
        ]
        return inner + path[::-1]

    def prove_growth(self, *, old: int) -> list[Hash]:
        """Return the proof that the first `old` leaves are a prefix of this tree, or raise IndexError."""
        if not 0 <= old <= self.size:
            raise IndexError(f"a tree of {self.size} cannot have grown from {old}")
        if old in {0, self.size}:
            return []
        path: list[Hash] = []
        low, high = 0, self.size
        while high != old:
            middle = low + split(high - low)
            if old <= middle:
                path.append(self.over(low=middle, high=high))
                high = middle
            else:
                path.append(self.over(low=low, high=middle))
                low = middle
        if low:  # The old root itself is known to the checker; a part of it is not.
            path.append(self.over(low=low, high=high))
        return path[::-1]


def split(count: int) -> int:
    """Return the largest power of two below `count` (at least 2): where RFC 6962 parts a tree."""
    return 1 << ((count - 1).bit_length() - 1)


def root(*, size: int, store: Store) -> Hash:
    """Return the root of the first `size` leaves in `store`."""
    return View(size=size, store=store).root()


def prove_record(*, index: int, size: int, store: Store) -> list[Hash]:
    """Return the audit path of leaf `index` in the tree of `size`; see `View.prove_record`."""
    return View(size=size, store=store).prove_record(index=index)


def prove_growth(*, old: int, size: int, store: Store) -> list[Hash]:
    """Return the proof that the tree of `size` begins with that of `old`; see `View.prove_growth`."""
    return View(size=size, store=store).prove_growth(old=old)


def check_record(proof: Sequence[Hash], *, index: int, size: int, leaf: Hash, root: Hash) -> None:
    """Raise ProofFailed unless `proof` shows `leaf`, a record hash, at `index` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofFailed(f"no leaf {index} in a tree of {size}")
    inner = (index ^ (size - 1)).bit_length()
    # Below `inner` the sibling may lie on either side; above it only left siblings are left.
    if len(proof) != inner + (index >> inner).bit_count() or any(len(step) != SIZE for step in proof):
        raise ProofFailed(f"{len(proof)} hashes are not a path for leaf {index} of {size}")
    value = leaf
    for height, step in enumerate(proof):
        if height < inner and not (index >> height) & 1:
            value = sha256(b"\x01" + value + step).digest()
        else:
            value = sha256(b"\x01" + step + value).digest()
    if value != root:
        raise ProofFailed(f"the path of leaf {index} leads to another root")


def check_growth(proof: Sequence[Hash], *, old: int, size: int, old_root: Hash, root: Hash) -> None:
    """Raise ProofFailed unless `proof` shows that `root` begins with `old_root` (RFC 9162 §2.1.4.2)."""
    if not 0 <= old <= size:
        raise ProofFailed(f"a tree of {size} cannot have grown from {old}")
    if old in {0, size}:
        _check_same(proof, old=old, size=size, old_root=old_root, root=root)
        return
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps or any(len(step) != SIZE for step in steps):
        raise ProofFailed("the proof of growth is empty or holds something that is no hash")
    if _climb(steps, old=old, size=size) != (old_root, root):
        raise ProofFailed(f"the tree of {size} does not begin with the tree of {old}")


def _climb(steps: Sequence[Hash], *, old: int, size: int) -> tuple[Hash, Hash]:
    """Return the two roots that a proof of growth leads to; raises ProofFailed if its length is wrong."""
    rise = ((old - 1) ^ old).bit_length() - 1
    place, last = (old - 1) >> rise, (size - 1) >> rise
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofFailed("the proof of growth is too long")
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofFailed("the proof of growth is too short")
    return before, after


def _check_same(proof: Sequence[Hash], *, old: int, size: int, old_root: Hash, root: Hash) -> None:
    """Check the two cases without a proof: nothing was there before, or nothing was added."""
    if proof or old_root != (root if old == size else EMPTY):
        raise ProofFailed(f"the tree of {size} does not begin with the tree of {old}")
