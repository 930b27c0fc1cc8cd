"""A row of a log, whatever its file format, and what is said where a column is missing. Knows no file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.law.phrase import Phrase


class Row(NamedTuple):
    """One row: where it begins and the values of the columns asked for, in the order asked; missing is empty."""

    line: int
    values: tuple[str, ...]


def missing_columns(missing: Sequence[str], found: frozenset[str]) -> list[Fault]:
    """Return one fault for each column that a mapping names and a log does not have."""
    listed = ", ".join(sorted(found))
    words = Phrase(f"日志中没有这一列；有：{listed}", f"no such column in the log; it has: {listed}")
    return [Fault(0, column, words) for column in missing]


def places(header: Sequence[str], columns: Sequence[str], *, line: int = 1) -> list[int]:
    """Return where columns stand in a header; raises LogRefused for each that is not there or there twice."""
    faults = missing_columns([name for name in columns if name not in header], frozenset(header))
    twice = Phrase("列名重复", "the column is there twice")
    faults += [Fault(line, name, twice) for name in columns if header.count(name) > 1]
    if faults:
        raise LogRefused(*faults)
    return [header.index(name) for name in columns]


def text_of(value: object) -> str:
    """Return a value of a table as text: nothing is empty, whole numbers have no point, instants are in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
