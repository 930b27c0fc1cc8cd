"""Office time in an engine (引擎中的办公时间): the cells of a timetable as a small table, joined to instants."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from xiaoneng.flow.columns.engine import Engine
from xiaoneng.worktime.schedule import MINUTE, Schedule, Timetable, timetable


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """A timetable that an engine can join; all instants of the columns it was made for lie in it."""

    table: Timetable
    cells: ir.Table

    def on(self, rows: ir.Table, *columns: str) -> ir.Table:
        """Return the rows with, of every column of instants, what its cell says.

        Of a column `at`: `at_worked` (open microseconds before it), `at_ordinal` (working days up to and with its
        day), `at_working` (1 on a working day), `at_left` (open microseconds left of its day), `at_minute`.
        """
        for column in columns:
            rows = self._on(rows, column)
        return rows

    def _on(self, rows: ir.Table, column: str) -> ir.Table:
        passed = rows[column] - self.table.begins
        rows = rows.mutate(cell_of=(passed // self.table.cell).cast("int64"))
        both = rows.left_join(self.cells, rows.cell_of == self.cells.cell)
        within = both[column] - self.table.begins - both.cell_of * self.table.cell
        worked = both.passed + both.is_open * within
        both = both.mutate(
            **{
                f"{column}_worked": worked,
                f"{column}_ordinal": both.ordinal,
                f"{column}_working": both.working,
                f"{column}_left": both.closes - worked,
                f"{column}_minute": both.face + (within // MINUTE).cast("int64"),
            }
        )
        return both.drop("cell_of", *self.cells.columns)


def office_time(rows: ir.Table, *columns: str, engine: Engine, schedule: Schedule) -> OfficeTime:
    """Return the table that holds every instant of some columns; raises OutsideAxis."""
    ends = {f"{column}_{end}": getattr(rows[column], end)() for column in columns for end in ("min", "max")}
    (found,) = engine.fetch(rows.aggregate(**ends)).to_pylist()
    table = timetable(schedule, np.array([one for one in found.values() if one is not None], dtype=np.int64))
    cells = {
        "cell": np.arange(len(table.is_open), dtype=np.int64),
        "passed": table.passed,
        "is_open": table.is_open,
        "ordinal": table.ordinals.astype(np.int64),
        "working": table.working.astype(np.int64),
        "closes": table.closes,
        "face": table.faces.astype(np.int64),
    }
    return OfficeTime(table, engine.named(pa.table(cells)))


def whole(value: ir.Value) -> ir.Value:
    """Return a sum of whole numbers as one of 64 bits, nothing as 0."""
    return ibis.coalesce(value.sum(), 0).cast("int64")


def whole_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return a column of whole numbers, none missing."""
    found: NDArray[np.int64] = column.to_numpy().astype(np.int64, copy=False)
    return found
