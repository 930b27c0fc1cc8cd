"""Where tables of a standard lie (各表所在): a folder of CSV files, a zip of them, or the sheets of a workbook.

Knows no meaning of a table. Names are those of files without their endings, or of sheets; a number before a name, as in
`表6 受理` or `T6_受理`, is passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from xiaoneng.flow.asking import Watched, refuse_bombs
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.csvlog import csv_header, csv_rows
from xiaoneng.flow.excellog import sheet_header, sheet_rows, workbook
from xiaoneng.flow.rows import Row
from xiaoneng.flow.source import Advance, Blocks, Kind, kind_of, opened, unreadable
from xiaoneng.law.phrase import Phrase

NUMBERED = re.compile(r"^(表|t|table)?\s*[0-9]+[\s._、-]*", re.IGNORECASE)
UTF8_NAMES = 0x800
"""The flag of a zip that its names are in UTF-8; without it, Chinese systems write them in GB 18030."""
Opener = Callable[[], AbstractContextManager[Blocks]]


@dataclass(frozen=True, slots=True)
class Held:
    """One table: its header, and its rows with some columns in the order asked."""

    header: Callable[[], frozenset[str]]
    rows: Callable[[Sequence[str]], Iterator[Row | Fault]]


@contextmanager
def held(path: Path, *, encoding: str, advance: Advance | None = None) -> Iterator[Mapping[str, Held]]:
    """Open what holds tables and give them by name; raises LogRefused, as the tables do when they are read."""
    kind = kind_of(path)
    if kind is Kind.XLSX:
        with workbook(path, advance=advance) as sheets:
            yield _named({name: _of_sheet(sheet) for name, sheet in sheets.items()})
    elif kind is Kind.TABLES and path.is_dir():
        yield _named(_in_folder(path, encoding, advance))
    elif kind is Kind.TABLES:
        refuse_bombs(path)
        with Watched(path, advance) as stored, ZipFile(stored) as packed:
            yield _named(_in_zip(packed, stored, encoding))
    else:
        words = Phrase(
            "各表须是一个文件夹、一个 zip（内为 CSV）或一个 Excel 工作簿",
            "tables come as a folder or a zip of CSV files, or as one workbook",
        )
        raise LogRefused(Fault(0, "", words))


def _named(found: Mapping[str, Held]) -> Mapping[str, Held]:
    """Return tables by their plain names; raises LogRefused where two have the same."""
    plain: dict[str, Held] = {}
    twice = []
    for written, table in found.items():
        name = NUMBERED.sub("", written.strip()).strip()
        if name in plain:
            twice.append(Fault(0, name, Phrase("这个表有两份", "this table is there twice")))
        plain[name] = table
    if twice:
        raise LogRefused(*twice)
    return plain


def _of_sheet(sheet: object) -> Held:
    return Held(
        header=lambda: sheet_header(sheet),
        rows=lambda columns: sheet_rows(sheet, columns=columns),
    )


def _in_folder(folder: Path, encoding: str, advance: Advance | None) -> dict[str, Held]:
    done, found = 0, {}
    for path in sorted(folder.iterdir()):
        stem, ending = _split(path.name)
        if ending and path.is_file():
            found[stem] = _of_csv(_opener(path, done, advance), encoding)
            done += path.stat().st_size
    return found


def _opener(path: Path, done: int, advance: Advance | None) -> Opener:
    if advance is None:
        return lambda: opened(path)
    return lambda: opened(path, advance=lambda read: advance(done + read))


def _in_zip(packed: ZipFile, stored: Watched, encoding: str) -> dict[str, Held]:
    found = {}
    for part in packed.infolist():
        stem, ending = _split(_name_of(part).rpartition("/")[2])
        if ending and not stem.startswith("."):
            found[stem] = _of_csv(_part(packed, part, stored), encoding)
    return found


def _part(packed: ZipFile, part: ZipInfo, stored: Watched) -> Opener:
    @contextmanager
    def opener() -> Iterator[Blocks]:
        with packed.open(part) as plain:
            yield Blocks(stored, plain)

    return opener


def _of_csv(opener: Opener, encoding: str) -> Held:
    def header() -> frozenset[str]:
        with _reading(opener) as blocks:
            return csv_header(blocks, encoding=encoding)

    def rows(columns: Sequence[str]) -> Iterator[Row | Fault]:
        with _reading(opener) as blocks:
            yield from csv_rows(blocks, columns=columns, encoding=encoding)

    return Held(header=header, rows=rows)


@contextmanager
def _reading(opener: Opener) -> Iterator[Blocks]:
    try:
        with opener() as blocks:
            yield blocks
    except (OSError, EOFError, zlib.error, BadZipFile, RuntimeError, NotImplementedError) as broken:
        # A zip with a password, or packed in a way that Python does not know, is told by the last two.
        raise LogRefused(unreadable(broken)) from None


def _split(name: str) -> tuple[str, bool]:
    """Return a file's name without its ending, and whether it is a table."""
    stem = name.removesuffix(".gz")
    return stem[:-4], stem.lower().endswith(".csv")


def _name_of(part: ZipInfo) -> str:
    if part.flag_bits & UTF8_NAMES:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename
