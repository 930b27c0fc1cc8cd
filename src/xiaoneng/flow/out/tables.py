"""Tables as files (表格文件): CSV for spreadsheets, Parquet for machines; streamed, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.out.dictionary import Table, Type
from xiaoneng.flow.out.source import Source, texts
from xiaoneng.flow.out.writing import Advance, placed, text_file

FORMULA = frozenset("=+-@\t\r")
ARROW = {
    Type.TEXT: pa.string(),
    Type.INSTANT: pa.timestamp("us", tz="UTC"),
    Type.WHOLE: pa.int64(),
    Type.REAL: pa.float64(),
    Type.FLAG: pa.bool_(),
}


def defused(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before it; a number is none."""
    if cell[:1] not in FORMULA or cell.lstrip("-").isdecimal():
        return cell
    return f"'{cell}"


def question_of(table: Table) -> str:
    """Return the question that asks a source for the cases or events of a table, in order."""
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    order = '"case", place' if table.key == "events" else '"case"'
    return f"SELECT {names} FROM {table.key} ORDER BY {order}"  # noqa: S608 - names of ours


def write_csv(
    source: Source,
    table: Table,
    path: Path,
    *,
    question: str,
    mark: bool = True,
    advance: Advance | None = None,
) -> int:
    """Write the rows of a question as CSV (UTF-8, `mark`: with its mark); return how many there are."""
    with text_file(path, packed=path.suffix == ".gz", mark=mark) as out:
        writer = csv.writer(out)
        writer.writerow(one.name for one in table.columns)
        written = 0
        for batch in _told(source, question, advance):
            columns = [_cells(column) for column in batch.columns]
            writer.writerows(zip(*columns, strict=True))
            written += batch.num_rows
    return written


def write_parquet(
    source: Source, table: Table, path: Path, *, question: str, advance: Advance | None = None
) -> int:
    """Write the rows of a question as Parquet, each column with its words; return how many there are."""
    schema = schema_of(table)
    written = 0
    with placed(path) as beside, pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        for batch in _told(source, question, advance):
            columns = [column.cast(field.type) for column, field in zip(batch.columns, schema, strict=True)]
            writer.write_batch(pa.record_batch(columns, schema=schema))
            written += batch.num_rows
    return written


def write_rows(path: Path, rows: Iterable[Sequence[str]], *, mark: bool = True) -> int:
    """Write rows of texts, the heads first, as CSV; return how many follow the heads."""
    number = -1
    with text_file(path, mark=mark) as out:
        writer = csv.writer(out)
        for row in rows:
            writer.writerow([defused(cell) for cell in row])
            number += 1
    return number


def schema_of(table: Table) -> pa.Schema:
    """Return the columns of a table as Parquet has them, with titles and definitions in both languages."""
    return pa.schema(
        [
            pa.field(
                one.name,
                ARROW[one.type],
                metadata={
                    "title_zh": one.title.zh,
                    "title_en": one.title.en,
                    "definition_zh": one.definition.zh,
                    "definition_en": one.definition.en,
                },
            )
            for one in table.columns
        ]
    )


def _told(source: Source, question: str, advance: Advance | None) -> Iterator[pa.RecordBatch]:
    number = 0
    for batch in source.batches(question):
        yield batch
        number += batch.num_rows
        if advance:
            advance(number)


def _cells(column: pa.Array) -> list[str]:
    written = texts(column)
    if pa.types.is_string(column.type):
        return [defused(cell) if cell else "" for cell in written]
    return [cell or "" for cell in written]
