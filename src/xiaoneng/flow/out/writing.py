"""A file is there whole or not at all (整体写出): written beside its place and put there by one rename."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

Advance = Callable[[int], None]
"""Called with the number of events written so far."""

T = TypeVar("T")
EVERY = 5_000
"""Progress is told once in so many events."""


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a place to write to, and put what was written at `path`; on an error nothing is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def text_file(path: Path, *, packed: bool = False, mark: bool = False) -> Iterator[TextIO]:
    """Write text in UTF-8 with plain line ends; `packed` by gzip, the same bytes for the same text; `mark`: a BOM."""
    with placed(path) as beside, beside.open("wb") as raw:
        if packed:
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as pack:
                yield from _texts(pack, mark=mark)
        else:
            yield from _texts(raw, mark=mark)


def _texts(into: BinaryIO | gzip.GzipFile, *, mark: bool) -> Iterator[TextIO]:
    text = io.TextIOWrapper(into, encoding="utf-8-sig" if mark else "utf-8", newline="")
    yield text
    text.flush()
    text.detach()
    into.flush()


def counted(rows: Iterator[T], advance: Advance | None) -> Iterator[T]:
    """Yield rows, telling how many have gone by."""
    number = 0
    for row in rows:
        yield row
        number += 1
        if advance and number % EVERY == 0:
            advance(number)
    if advance:
        advance(number)
