"""Rows arrive (读入): in parts, each with a checkpoint, so that whatever stops the machine, reading goes on after the last.

NNNNNN/rows-PPPP.parquet   the good rows of part P
NNNNNN/faults.jsonl        everything wrong, a line each: place, column, reason
NNNNNN/reached.json        the checkpoint
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.sources import Source
from xiaoneng.flow.columns.store import Batch, on_disk, put_in_place
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.recording_rows import WINDOW, Interpreter, Taken
from xiaoneng.flow.rows import Row
from xiaoneng.law.phrase import Phrase

FAULTS, REACHED = "faults.jsonl", "reached.json"
GROUP = 10_000
"""Rows held as Python values at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far an import was read: `parts` written, `rows` read, `bad` of them, bytes of faults, far dates; `ended`."""

    parts: int = 0
    rows: int = 0
    bad: int = 0
    told: int = 0
    sentinels: int = 0
    ended: bool = False


def reached(folder: Path) -> Reached:
    """Return the checkpoint of an import; the beginning where there is none."""
    path = folder / REACHED
    return Reached(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Reached()


def parts(folder: Path) -> list[Path]:
    """Return the parts of an import, in order."""
    return sorted(folder.glob("rows-*.parquet"))


def faults(folder: Path, *, start: int = 0, most: int | None = None) -> list[Fault]:
    """Return what is wrong with an import, `most` from the `start`th (from 0) on; in the order of its rows."""
    path = folder / FAULTS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        end = None if most is None else start + most
        return [_fault(line) for line in islice(lines, start, end)]


def fault_count(folder: Path) -> int:
    """Return how many faults an import has."""
    path = folder / FAULTS
    if not path.is_file():
        return 0
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def arrive(folder: Path, *, batch: Batch, source: Source, mapping: LogMapping, how: Manner) -> Reached:
    """Read a source to its end, on from the last checkpoint; raises LogRefused where it tells no row at all."""
    at = reached(folder)
    if at.ended:
        return at
    folder.mkdir(parents=True, exist_ok=True)
    for stale in parts(folder)[at.parts :]:
        stale.unlink()
    interpreter = Interpreter(mapping)
    rows = _to_the_end(source.rows(interpreter.columns))
    _pass_over(rows, interpreter, at.rows)
    _cut(folder / FAULTS, at.told)
    with (folder / FAULTS).open("a", encoding="utf-8") as told:
        while not at.ended:
            before = interpreter.sentinels
            read = _part(folder, islice(rows, how.chunk), interpreter, at=at, told=told, batch=batch)
            how.step("part")
            at = replace(
                read,
                sentinels=at.sentinels + interpreter.sentinels - before,
                ended=read.rows < at.rows + how.chunk,
            )
            put_in_place(folder / REACHED, json.dumps(asdict(at)))
            how.step("reached")
    return at


def _cut(path: Path, size: int) -> None:
    """Forget what was written after the checkpoint."""
    path.touch()
    os.truncate(path, size)


def _to_the_end(rows: Iterator[Row | Fault]) -> Iterator[Row | Fault]:
    """Yield rows, and what stopped the reading as the last of them; raises LogRefused where there was none before."""
    some = False
    try:
        for row in rows:
            yield row
            some = True
    except LogRefused as refused:
        if not some:
            raise
        yield from refused.faults


def _pass_over(rows: Iterator[Row | Fault], interpreter: Interpreter, done: int) -> None:
    """Pass over rows that are done, showing the interpreter as many of the last as it remembers."""
    for row in islice(rows, max(0, done - WINDOW), done):
        if isinstance(row, Row):
            interpreter.read(row)


def _part(
    folder: Path,
    rows: Iterator[Row | Fault],
    interpreter: Interpreter,
    *,
    at: Reached,
    told: TextIO,
    batch: Batch,
) -> Reached:
    path = folder / f"rows-{at.parts:04}.parquet"
    beside = path.with_suffix(".new")
    count, bad = 0, 0
    with pq.ParquetWriter(beside, TAKEN) as out:
        while group := list(islice(rows, GROUP)):
            good, wrong = _sifted(group, interpreter, after=at.rows + count)
            count, bad = count + len(group), bad + len(group) - len(good)
            told.writelines(_line(fault) for fault in wrong)
            if good:
                out.write_table(_columns(good, interpreter.silent, batch))
    told.flush()
    os.fsync(told.fileno())
    on_disk(beside)
    beside.replace(path)
    return replace(
        at, parts=at.parts + 1, rows=at.rows + count, bad=at.bad + bad, told=os.fstat(told.fileno()).st_size
    )


def _columns(rows: list[Taken], silent: Taken, batch: Batch) -> pa.Table:
    """Return rows as columns; those that are the same in every row are not looked for in each."""
    alike = {**silent, "batch": batch.number, "received_at": batch.arrived_at}
    return pa.table(
        [
            pa.repeat(pa.scalar(alike[one.name], one.type), len(rows))
            if one.name in alike
            else pa.array([row[one.name] for row in rows], one.type)
            for one in TAKEN
        ],
        schema=TAKEN,
    )


def _sifted(
    rows: list[Row | Fault], interpreter: Interpreter, *, after: int
) -> tuple[list[Taken], list[Fault]]:
    """Return the good rows with their places, and everything wrong; `after` rows came before these."""
    good: list[Taken] = []
    wrong: list[Fault] = []
    for place, row in enumerate(rows, start=after + 1):
        if isinstance(row, Fault):
            wrong.append(row)
            continue
        said = interpreter.read(row)
        if isinstance(said, list):
            wrong.extend(said)
        else:
            said["row"] = place
            good.append(said)
    return good, wrong


def _line(fault: Fault) -> str:
    said = {"line": fault.line, "column": fault.column, "zh": fault.what.zh, "en": fault.what.en}
    return json.dumps(said, ensure_ascii=False) + "\n"


def _fault(line: str) -> Fault:
    said = json.loads(line)
    return Fault(said["line"], said["column"], Phrase(said["zh"], said["en"]))
