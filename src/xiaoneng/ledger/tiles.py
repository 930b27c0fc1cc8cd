"""Tiles of 256 hashes: how a tree grows by its right edge, where a tile lies, how entries are bundled.

The layout is C2SP tlog-tiles. Knows no database and no directory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xiaoneng.ledger.tree import HEIGHT, SIZE, WIDTH, Hash, Store, paired

Place = tuple[int, int]
"""A tile's level and its number within the level."""

FULL = WIDTH * SIZE
LONGEST_ENTRY = 0xFFFF


class NoTiles:
    """The store of an empty tree."""

    def tile(self, *, level: int, n: int) -> bytes:
        """Raise LookupError."""
        raise LookupError(f"no tile {level}/{n}")


class Tiles:
    """A tree in memory: a store that can be appended to."""

    def __init__(self) -> None:
        self.size = 0
        self.held: dict[Place, bytes] = {}

    def tile(self, *, level: int, n: int) -> bytes:
        """Return the tile; raises LookupError if there is none."""
        return self.held[level, n]

    def append(self, leaves: Sequence[Hash]) -> dict[Place, bytes]:
        """Append record hashes and return the tiles that changed."""
        changed = grow(size=self.size, leaves=leaves, store=self)
        self.held.update(changed)
        self.size += len(leaves)
        return changed


def grow(*, size: int, leaves: Sequence[Hash], store: Store) -> dict[Place, bytes]:
    """Return the tiles that change, with their new hashes, when `leaves` are appended to a tree of `size`.

    Reads at most one tile a level: the partial one at the right edge. Raises LookupError if that tile is
    narrower than `size` says: such a log half exists and must not be appended to.
    """
    changed: dict[Place, bytes] = {}
    level, added = 0, b"".join(leaves)
    while added:
        first, within = divmod(size >> (HEIGHT * level), WIDTH)
        edge = _edge(store, (level, first), within)
        data = edge + added if edge else added
        roots = []
        for n, at in enumerate(range(0, len(data), FULL), first):
            changed[level, n] = data[at : at + FULL]
            if len(changed[level, n]) == FULL:
                roots.append(_fold(changed[level, n]))
        level, added = level + 1, b"".join(roots)
    return changed


def _edge(store: Store, place: Place, width: int) -> bytes:
    """Return the `width` hashes already in the tile at the right edge."""
    if not width:
        return b""
    data = store.tile(level=place[0], n=place[1])[: width * SIZE]
    if len(data) != width * SIZE:
        raise LookupError(f"tile {place[0]}/{place[1]} holds {len(data) // SIZE} of {width} hashes")
    return data


def _fold(data: bytes) -> Hash:
    """Return the root of a full tile."""
    while len(data) > SIZE:
        data = paired(data)
    return data


def places(size: int) -> Iterator[tuple[Place, int]]:
    """Yield every tile of a tree of `size` with its width, level by level."""
    level = 0
    while count := size >> (HEIGHT * level):
        full, rest = divmod(count, WIDTH)
        for n in range(full):
            yield (level, n), WIDTH
        if rest:
            yield (level, full), rest
        level += 1


def edge_places(size: int) -> list[Place]:
    """Return the partial tiles of a tree of `size`: all that appending to it, or its root, has to read."""
    levels = range((size.bit_length() + HEIGHT - 1) // HEIGHT)
    counts = [(level, size >> (HEIGHT * level)) for level in levels]
    return [(level, count // WIDTH) for level, count in counts if count % WIDTH]


def path_places(*, index: int, size: int) -> list[Place]:
    """Return the tiles that a proof for leaf `index` in a tree of `size` reads."""
    levels = range((size.bit_length() + HEIGHT - 1) // HEIGHT)
    own = [(level, index >> (HEIGHT * (level + 1))) for level in levels]
    there = [(level, n) for level, n in own if n * WIDTH < size >> (HEIGHT * level)]
    return sorted({*there, *edge_places(size)})


def path_of(place: Place | int, *, width: int = WIDTH) -> str:
    """Return the path of a tile, or of entry bundle number `place`, below the log's prefix."""
    level, n = (str(place[0]), place[1]) if isinstance(place, tuple) else ("entries", place)
    digits = f"{n:d}".zfill(-(-len(str(n)) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    number = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{number}" + (f".p/{width}" if width < WIDTH else "")


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return up to 256 entries as a bundle: each after its length in two bytes, big end first."""
    listed = list(entries)
    if len(listed) > WIDTH or any(len(entry) > LONGEST_ENTRY for entry in listed):
        raise ValueError(f"a bundle holds at most {WIDTH} entries of at most {LONGEST_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in listed)


def unbundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle, the inverse of `bundle`. Raises ValueError if it breaks off."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            raise ValueError(f"the bundle breaks off in entry {len(entries)}")
        entries.append(data[at + 2 : end])
        at = end
    return entries


class Held:
    """A store over tiles that were read beforehand, in one query."""

    def __init__(self, tiles: Mapping[Place, bytes]) -> None:
        self._tiles = tiles

    def tile(self, *, level: int, n: int) -> bytes:
        """Return the tile; raises LookupError if it was not read."""
        return self._tiles[level, n]
