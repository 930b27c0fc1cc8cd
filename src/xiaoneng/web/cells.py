"""Cells of answers as people read them: counts with commas, shares in per cent, days as short as they can be."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.answers import Cell, Column, Kind, Row
from xiaoneng.web.parts import Words

LITTLE = 10
CLIPPED = 240
NAMES = frozenset({Kind.NAME})


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell; `end`: a figure, to the right."""

    words: Words
    end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """The head of a column, with the address that sorts by it, and whether it does."""

    words: Phrase
    end: bool
    href: str = ""
    sorted: bool = False


def cells(row: Row, columns: tuple[Column, ...]) -> list[CellView]:
    """Return a row as people read it."""
    return [
        CellView(words=printed(cell, column.kind), end=column.kind not in NAMES)
        for cell, column in zip(row, columns, strict=True)
    ]


def printed(cell: Cell, kind: Kind) -> Words:
    """Return a cell as people read it; a dash for what is not known."""
    if cell is None:
        return "–"
    if isinstance(cell, Phrase):
        return cell
    if isinstance(cell, str):
        return cell if len(cell) <= CLIPPED else cell[:CLIPPED] + " …"
    if kind is Kind.SHARE:
        return f"{cell * 100:.1f} %"
    if kind is Kind.DAYS:
        return f"{cell:,.2f}" if abs(cell) < LITTLE else f"{cell:,.0f}"
    return f"{cell:,}"


def sorted_by(rows: tuple[Row, ...], columns: tuple[Column, ...], key: str) -> tuple[Row, ...]:
    """Return rows by a column: names ascending, figures descending, what is not known last."""
    place = next((number for number, column in enumerate(columns) if column.key == key), None)
    if place is None:
        return rows

    def order(row: Row) -> tuple[bool, float, str]:
        cell = row[place]
        figure = -float(cell) if isinstance(cell, int | float) else 0.0
        return (cell is None, figure, str(cell) if isinstance(cell, str | Phrase) else "")

    return tuple(sorted(rows, key=order))
