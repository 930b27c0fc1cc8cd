"""A log as a workbook (Excel): the first row of a sheet names the columns. Streams; knows no meaning of a column.

A cell that holds a date gives ISO text, a formula the value that was stored with it. Places are row numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils.exceptions import InvalidFileException

from xiaoneng.flow.asking import Asking, Watched, refuse_bombs
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.rows import Row, places, text_of
from xiaoneng.flow.source import Advance, unreadable
from xiaoneng.law.phrase import Phrase

BROKEN = (
    *(OSError, BadZipFile, InvalidFileException, DefusedXmlException, SyntaxError, zlib.error),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError),
)
"""What the library and its XML parsers (SyntaxError) raise where a workbook is not what it should be."""
Sheet = Any
"""A sheet of openpyxl, which has no types."""


@contextmanager
def workbook(path: Path, *, advance: Advance | None = None) -> Iterator[dict[str, Sheet]]:
    """Open a workbook and give its sheets by name; raises LogRefused for a broken one, or one packed to do harm."""
    refuse_bombs(path)
    with Watched(path, advance) as stored:
        try:
            book = load_workbook(stored, read_only=True, data_only=True, keep_links=False)
        except BROKEN as broken:
            raise LogRefused(unreadable(broken)) from None
        try:
            yield {sheet.title: sheet for sheet in book.worksheets}
        finally:
            book.close()


def excel_header(path: Path, *, sheet: str = "") -> frozenset[str]:
    """Return the names of a sheet's columns; the first sheet unless one is named."""
    with workbook(path) as sheets:
        return sheet_header(_chosen(sheets, sheet))


def sheet_header(sheet: Sheet) -> frozenset[str]:
    """Return the names of the columns of a sheet of a workbook that is open."""
    _, header = next(_records(sheet), (1, []))
    return frozenset(text for text, _ in header if text)


def excel_rows(path: Path, asking: Asking) -> Iterator[Row | Fault]:
    """Yield the rows of the sheet that the mapping names, each bad one as a fault; raises LogRefused."""
    with workbook(path, advance=asking.advance) as sheets:
        yield from sheet_rows(_chosen(sheets, asking.mapping.sheet), columns=asking.columns)


def sheet_rows(sheet: Sheet, *, columns: Sequence[str]) -> Iterator[Row | Fault]:
    """Yield the rows of a sheet of a workbook that is open."""
    records = _records(sheet)
    line, header = next(records, (1, []))
    picks = places([text for text, _ in header], columns, line=line)
    for line, record in records:
        cells = [record[pick] if pick < len(record) else BLANK for pick in picks]
        bad = [Fault(line, column, what) for column, (_, what) in zip(columns, cells, strict=True) if what]
        yield from bad
        if not bad:
            yield Row(line, tuple([text for text, _ in cells]))


Cell = tuple[str, Phrase | None]
"""The text of a cell, and what is wrong with it."""
BLANK: Cell = ("", None)


def _records(sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
    # A size that a workbook claims for its sheet may be wrong: read what is there.
    sheet.reset_dimensions()
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            record = [_cell(cell) for cell in cells]
            if any(text or what for text, what in record):
                yield number, record
    except BROKEN as broken:
        raise LogRefused(unreadable(broken)) from None


def _cell(cell: Any) -> Cell:
    if isinstance(cell, EmptyCell) or cell.value is None:
        return BLANK
    value = cell.value
    if cell.data_type == "e":
        return "", Phrase(f"单元格是错误值：{value}", f"the cell holds an error: {value}")
    if isinstance(value, datetime) and value.time() == time() and "h" not in cell.number_format.lower():
        return value.date().isoformat(), None
    return text_of(value).strip(), None


def _chosen(sheets: dict[str, Sheet], name: str) -> Sheet:
    if not sheets:
        raise LogRefused(Fault(0, "", Phrase("工作簿里没有工作表", "the workbook has no sheet")))
    if not name:
        return next(iter(sheets.values()))
    if name in sheets:
        return sheets[name]
    listed = ", ".join(sheets)
    words = Phrase(f"没有工作表“{name}”；有：{listed}", f"no sheet “{name}”; the workbook has: {listed}")
    raise LogRefused(Fault(0, "", words))
