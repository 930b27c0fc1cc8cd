"""One door for every form of export (导出): which forms there are, and a feed's selection written in one of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from xiaoneng.flow.out.dictionary import CASES_TABLE, EVENTS_TABLE
from xiaoneng.flow.out.oceljson import write_ocel_json
from xiaoneng.flow.out.ocelsqlite import write_ocel_sqlite
from xiaoneng.flow.out.ocelxml import write_ocel_xml
from xiaoneng.flow.out.source import PERSONAL, Source
from xiaoneng.flow.out.tables import question_of, write_csv, write_parquet
from xiaoneng.flow.out.writing import Advance
from xiaoneng.flow.out.xes import write_xes
from xiaoneng.law.phrase import Phrase


class Form(StrEnum):
    """The forms in which columns are written out (导出格式)."""

    XES = "xes"
    OCEL_JSON = "ocel-json"
    OCEL_XML = "ocel-xml"
    OCEL_SQLITE = "ocel-sqlite"
    CSV = "csv"
    PARQUET = "parquet"

    @property
    def phrase(self) -> Phrase:
        """Return the form in words."""
        return NAMES[self]

    @property
    def ending(self) -> str:
        """Return what the name of such a file ends in."""
        return ENDINGS[self]


NAMES = {
    Form.XES: Phrase("XES（IEEE 1849）", "XES (IEEE 1849)"),
    Form.OCEL_JSON: Phrase("OCEL 2.0（JSON）", "OCEL 2.0 (JSON)"),
    Form.OCEL_XML: Phrase("OCEL 2.0（XML）", "OCEL 2.0 (XML)"),
    Form.OCEL_SQLITE: Phrase("OCEL 2.0（SQLite）", "OCEL 2.0 (SQLite)"),
    Form.CSV: Phrase("CSV（环节、办件两个文件）", "CSV (two files: events and cases)"),
    Form.PARQUET: Phrase("Parquet（环节、办件两个文件）", "Parquet (two files: events and cases)"),
}
ENDINGS = {
    Form.XES: ".xes",
    Form.OCEL_JSON: ".jsonocel",
    Form.OCEL_XML: ".xmlocel",
    Form.OCEL_SQLITE: ".sqlite",
    Form.CSV: ".csv",
    Form.PARQUET: ".parquet",
}

Writer = Callable[..., None]
WHOLE: dict[Form, Writer] = {
    Form.XES: write_xes,
    Form.OCEL_JSON: write_ocel_json,
    Form.OCEL_XML: write_ocel_xml,
    Form.OCEL_SQLITE: write_ocel_sqlite,
}


def export(
    source: Source, form: Form, path: Path, *, people: bool = False, advance: Advance | None = None
) -> tuple[Path, ...]:
    """Write an opened source; return the files made. `people` keeps the columns that may name people in tables.

    CSV and Parquet are two files, named `-events` and `-cases` before the ending.
    """
    if form in WHOLE:
        WHOLE[form](source, path, advance=advance)
        return (path,)
    write = write_csv if form is Form.CSV else write_parquet
    made = []
    for table, told in ((EVENTS_TABLE, advance), (CASES_TABLE, None)):
        shown = table if people else table.without(*PERSONAL)
        into = path.with_name(f"{path.name.removesuffix(form.ending)}-{table.key}{form.ending}")
        write(source, shown, into, question=question_of(shown), advance=told)
        made.append(into)
    return tuple(made)
