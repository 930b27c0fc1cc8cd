"""Rows written in plain SQL, for the one path where every act passes; the tables are Django's, the rows the same.

The object mapper costs more than the database here. Column names come from the models, values are always bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

Values = Mapping[str, Any]


def insert(model: type[models.Model], values: Values) -> int:
    """Insert one row, fields by their column names, and return its key."""
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, tuple(values)), [bound(one) for one in values.values()])
        return int(cursor.fetchone()[0])


def insert_many(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Insert rows of like columns in one statement; none is no statement."""
    if not rows:
        return
    statement = _insert_many(model, tuple(rows[0]), len(rows))
    with connection.cursor() as cursor:
        cursor.execute(statement, [bound(one) for row in rows for one in row.values()])


def update(model: type[models.Model], key: int, values: Values) -> None:
    """Change columns of the row with this key."""
    with connection.cursor() as cursor:
        cursor.execute(_update(model, tuple(values)), [*(bound(one) for one in values.values()), key])


def delete(model: type[models.Model], *, column: str, key: int) -> None:
    """Delete the rows whose `column` is `key`."""
    with connection.cursor() as cursor:
        cursor.execute(_delete(model, column), [key])


def bound(value: Any) -> Any:
    """Return a value as the database's driver wants it bound."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def fields(value: Any) -> dict[str, Any]:
    """Return a dataclass of plain values as columns."""
    assert is_dataclass(value)  # noqa: S101 - callers pass our own rows
    return asdict(value)  # type: ignore[arg-type]


def _table(model: type[models.Model]) -> tuple[str, str]:
    primary = model._meta.pk  # noqa: SLF001 - Django documents _meta as its public face
    assert primary is not None  # noqa: S101 - every model has one
    return f'"{model._meta.db_table}"', f'"{primary.column}"'  # noqa: SLF001


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@cache
def _insert(model: type[models.Model], names: tuple[str, ...]) -> str:
    table, primary = _table(model)
    marks = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {table} ({_columns(names)}) VALUES ({marks}) RETURNING {primary}"  # noqa: S608


@cache
def _insert_many(model: type[models.Model], names: tuple[str, ...], count: int) -> str:
    table, _ = _table(model)
    row = "(" + ", ".join(["%s"] * len(names)) + ")"
    return f"INSERT INTO {table} ({_columns(names)}) VALUES {', '.join([row] * count)}"  # noqa: S608


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> str:
    table, primary = _table(model)
    marks = ", ".join(f'"{name}" = %s' for name in names)
    return f"UPDATE {table} SET {marks} WHERE {primary} = %s"  # noqa: S608


@cache
def _delete(model: type[models.Model], column: str) -> str:
    table, _ = _table(model)
    return f'DELETE FROM {table} WHERE "{column}" = %s'  # noqa: S608
