"""A log in Parquet: one row an event, or one row a case. Streams batches; knows no meaning of a column.

Instants become ISO text with their offset where they have one. Places are row numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.asking import Asking
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.rows import Row, missing_columns, text_of
from xiaoneng.flow.source import unreadable
from xiaoneng.law.phrase import Phrase

BATCH = 1 << 14
File = Any
"""A file of pyarrow, which has no types."""


def parquet_header(path: Path) -> frozenset[str]:
    """Return the names of a file's columns."""
    with _opened(path) as file:
        return frozenset(file.schema_arrow.names)


def parquet_rows(path: Path, asking: Asking) -> Iterator[Row | Fault]:
    """Yield the rows of a file; raises LogRefused for columns that are not there, and where it is broken."""
    size, line = path.stat().st_size, 0
    with _opened(path) as file:
        _refuse(file.schema_arrow, asking)
        for batch in file.iter_batches(batch_size=BATCH, columns=list(dict.fromkeys(asking.columns))):
            columns = [_texts(batch.column(name)) for name in asking.columns]
            for values in zip(*columns, strict=True):
                line += 1
                yield Row(line, values)
            if asking.advance is not None:
                asking.advance(size * line // max(file.metadata.num_rows, 1))


@contextmanager
def _opened(path: Path) -> Iterator[File]:
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError) as broken:
        raise LogRefused(unreadable(broken)) from None


def _refuse(schema: Any, asking: Asking) -> None:
    faults = missing_columns(
        [name for name in asking.columns if name not in schema.names], frozenset(schema.names)
    )
    words = Phrase("列内还有结构，不能读作一个值", "a column of structures cannot be read as one value")
    faults += [
        Fault(0, name, words)
        for name in asking.columns
        if name in schema.names and pa.types.is_nested(schema.field(name).type)
    ]
    if faults:
        raise LogRefused(*faults)


def _texts(column: Any) -> list[str]:
    if pa.types.is_timestamp(column.type):
        # Python's instants have no nanoseconds.
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return [value if type(value) is str else text_of(value) for value in column.to_pylist()]
