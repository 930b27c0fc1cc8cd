"""The body of a request as a source of rows (请求内容): bounded, unpacked, put into a file so that it can be read again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import HttpRequest

from xiaoneng.api.refusals import BROKEN_BODY, TOO_LARGE, WRONG_TYPE, Refused
from xiaoneng.flow.columns.sources import Source, file_source, records_source
from xiaoneng.flow.mapping import LogMapping

BLOCK = 1 << 16
GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to read gzip."""
JSON = "application/json"
FILES = frozenset(
    {
        *("text/csv", "application/xml", "text/xml", "application/octet-stream", "application/gzip"),
        *(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.apache.parquet",
        ),
    }
)
"""Types of which the file itself tells what it is."""


@contextmanager
def body_source(request: HttpRequest, *, mapping: LogMapping, name: str) -> Iterator[Source]:
    """Give the body of a request as a source while it is read; raises Refused, and LogRefused for an unreadable file."""
    kind, packed = request.content_type or "", request.headers.get("Content-Encoding", "")
    if (kind != JSON and kind not in FILES) or packed not in ("", "identity", "gzip"):
        raise Refused(415, WRONG_TYPE)
    if int(request.headers.get("Content-Length") or 0) > settings.API_BODY_LIMIT:
        raise Refused(413, TOO_LARGE)
    with TemporaryDirectory(prefix="xiaoneng-") as folder:
        path = Path(folder) / "body"
        _receive(request, path, packed=packed == "gzip")
        records = _records(path) if kind == JSON else None
        if records is None:
            yield file_source(path, mapping=mapping, name=name)
        else:
            yield records_source(records, name=name)


def _receive(request: HttpRequest, path: Path, *, packed: bool) -> None:
    unpacker = zlib.decompressobj(GZIP) if packed else None
    room = settings.API_BODY_LIMIT
    with path.open("wb") as out:
        while block := request.read(BLOCK):
            for plain in _unpacked(block, unpacker) if unpacker else (block,):
                room -= len(plain)
                if room < 0:
                    raise Refused(413, TOO_LARGE)
                out.write(plain)
    if unpacker is not None and not unpacker.eof:
        raise Refused(400, BROKEN_BODY)


def _unpacked(block: bytes, unpacker: zlib._Decompress) -> Iterator[bytes]:
    """Yield what a block holds, never more than a block at a time however tightly it is packed."""
    try:
        while block:
            yield unpacker.decompress(block, BLOCK)
            block = unpacker.unconsumed_tail
    except zlib.error:
        raise Refused(400, BROKEN_BODY) from None


def _records(path: Path) -> list[object] | None:
    """Return the rows that a JSON body lists; None where it is an object: a file of its own kind (OCEL)."""
    try:
        said = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Refused(400, BROKEN_BODY) from None
    return said if isinstance(said, list) else None
