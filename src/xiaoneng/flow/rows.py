"""A row of a log, whatever its file format, and what is said where a column is missing. Knows no file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xiaoneng.flow.case import Fault
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
