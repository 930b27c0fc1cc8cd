"""Plain SQL through the database's own driver, for the few statements that every act passes through.

On PostgreSQL a statement is parsed and planned once a connection and not once an act, which there costs more than
the rows themselves; values go as text, so that a number's size or an empty column makes no new statement. A pooler
that hands a connection to somebody else after each transaction must know prepared statements (PgBouncer from 1.21).
Knows no table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from django.db import connection

Plain = str | int | bool | bytes | datetime | None


def fetch(text: str, values: Sequence[Plain] = ()) -> list[tuple[Any, ...]]:
    """Carry out a statement that gives rows, with `?` where a value goes; return the rows as the driver reads them.

    Raises Django's database errors. `text` must hold no other question mark.
    """
    with _carried_out(text, values) as cursor:
        return list(cursor.fetchall())


def change(text: str, values: Sequence[Plain]) -> int:
    """Carry out a statement that gives no rows, written as for `fetch`; return how many rows it wrote."""
    with _carried_out(text, values) as cursor:
        return int(cursor.rowcount)


@contextmanager
def _carried_out(text: str, values: Sequence[Plain]) -> Iterator[Any]:
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor != "postgresql":
            instant = connection.ops.adapt_datetimefield_value
            given = [instant(one) if isinstance(one, datetime) else one for one in values]
            yield connection.connection.execute(text, given)
            return
        driver = connection.connection
        driver.prepare_threshold = 0
        with psycopg.RawCursor(driver) as cursor:
            yield cursor.execute(_numbered(text), [_as_text(one) for one in values])


@lru_cache(maxsize=1_000)
def _numbered(text: str) -> bytes:
    """Return a statement with numbered places, as PostgreSQL itself writes them."""
    first, *rest = text.split("?")
    return (first + "".join(f"${place}{part}" for place, part in zip(count(1), rest, strict=False))).encode()


def _as_text(value: Plain) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, datetime) else str(value)
