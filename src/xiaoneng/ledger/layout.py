"""The log as a directory of files that any web server can serve: C2SP tlog-tiles. Knows no database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from xiaoneng.ledger.tiles import bundle, path_of, places
from xiaoneng.ledger.tree import SIZE, Store


class Bundles(Protocol):
    """Where the entries of a log are read."""

    def __call__(self, n: int, *, size: int) -> list[bytes]:
        """Return the entries from `n * 256` on, at most 256, of the log of `size`."""
        ...


def write_log(path: Path, *, size: int, note: str, store: Store, bundles: Bundles) -> None:
    """Write tiles, entry bundles and, last, the checkpoint of a log of `size` below `path`.

    A file that exists is never written again: its name says what it holds. Raises LookupError if the log
    holds less than `size`; the checkpoint is then the old one still.
    """
    for (level, n), width in places(size):
        _write_tile(path / path_of((level, n), width=width), width, (level, n), store)
        entries = path / path_of(n, width=width)
        if level == 0 and not entries.exists():
            _write_bundle(entries, width, bundles(n, size=size))
    _write(path / "checkpoint", note.encode())


def _write_tile(file: Path, width: int, place: tuple[int, int], store: Store) -> None:
    if file.exists():
        return
    data = store.tile(level=place[0], n=place[1])[: width * SIZE]
    if len(data) != width * SIZE:
        raise LookupError(f"tile {place[0]}/{place[1]} holds {len(data) // SIZE} of {width} hashes")
    _write(file, data)


def _write_bundle(file: Path, width: int, entries: list[bytes]) -> None:
    if len(entries) != width:
        raise LookupError(f"{file.name} would hold {len(entries)} of {width} entries")
    _write(file, bundle(entries))


def _write(file: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing, and it survives a power cut."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
