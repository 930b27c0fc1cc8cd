"""What is to be written out (导出来源): the settled cases and events of a feed, narrowed, in order, as a stream.

A case is given out whole or not at all: the selection picks cases, and every event of a picked case comes with it.
Names of people and columns of unknown content (`PERSONAL`) are blank unless they are asked for. DuckDB sorts within its
memory and then on disk, so that a feed may be larger than memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from xiaoneng.flow.columns.schema import CASES, EVENTS, TAKEN
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import Effect

PERSONAL = frozenset({"actor", "before_actor", "person", "more"})
"""Columns that name people, or may: what a mapping keeps in `more` is known to its agency alone."""

ROWS = 20_000
MEMORY = "1GB"
Text = str | None
Record = tuple[Text, ...]


class NothingSettled(LookupError):
    """A feed has no settled columns: it is unknown, or nothing of it was settled yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is to write."""

    cases: int
    events: int


@dataclass(frozen=True, slots=True)
class Source:
    """Settled columns while they are open; `engine` is a DuckDB connection."""

    feed: str
    engine: duckdb.DuckDBPyConnection

    def size(self) -> Size:
        """Count the cases and events."""
        cases, events = self.ask("SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM events)")[0]
        return Size(cases=cases, events=events)

    def events(self, *columns: str) -> Iterator[Record]:
        """Yield events by case and place as texts; instants in ISO 8601, UTC; what was not recorded is None."""
        return self.records(f'SELECT {_listed(columns)} FROM events ORDER BY "case", place')  # noqa: S608

    def cases(self, *columns: str) -> Iterator[Record]:
        """Yield cases in the order of their numbers, as `events` does."""
        return self.records(f'SELECT {_listed(columns)} FROM cases ORDER BY "case"')  # noqa: S608

    def dues(self) -> Iterator[Record]:
        """Yield (case, day due, since when) wherever an import said another day due of a case, in order.

        The first of a case has no instant: it held from the beginning.
        """
        return self.records('SELECT "case", due, told FROM dues ORDER BY "case", batch')

    def records(self, question: str) -> Iterator[Record]:
        """Yield the rows of a question as texts."""
        for batch in self.batches(question):
            yield from zip(*(texts(column) for column in batch.columns), strict=True)

    def batches(self, question: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a question in batches of some thousand."""
        yield from self.engine.cursor().sql(question).to_arrow_reader(ROWS)

    def ask(self, question: str) -> list[tuple[int, ...]]:
        """Return the few rows of a question."""
        found: list[tuple[int, ...]] = self.engine.cursor().execute(question).fetchall()
        return found


@contextmanager
def source_of(
    store: Store, selection: Selection, *, people: bool = False, memory: str = MEMORY
) -> Iterator[Source]:
    """Open the settled columns of a feed for writing; raises NothingSettled."""
    folder = store.settled(selection.feed)
    if folder is None or not folder.is_dir():
        raise NothingSettled(selection.feed)
    spill = store.root / "spill"
    with duckdb.connect(config={"memory_limit": memory, "temp_directory": str(spill)}) as engine:
        # For all cursors: each would begin with the zone of the machine.
        engine.execute("SET GLOBAL TimeZone = 'UTC'")
        _view(engine, "all_cases", sorted(folder.glob("cases/**/*.parquet")), CASES)
        _view(engine, "all_events", sorted(folder.glob("events/**/*.parquet")), EVENTS)
        _view(engine, "all_taken", store.taken_files(selection.feed), TAKEN)
        _narrow(engine, selection, people=people)
        yield Source(selection.feed, engine)


def texts(column: pa.Array) -> list[Text]:
    """Return a column as texts: instants in ISO 8601 with Z, an empty text as None."""
    if pa.types.is_timestamp(column.type):
        local = column.cast(pa.timestamp("us")).cast(pa.string())
        joined = pc.binary_join_element_wise(pc.replace_substring(local, " ", "T"), "Z", "")
        found: list[Text] = joined.to_pylist()
        return found
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return [value or None for value in column.to_pylist()]
    return [None if value is None else str(value).lower() for value in column.to_pylist()]


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _view(engine: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
    if not files:
        # A registered table is seen by one cursor only; one of the database's own is seen by all.
        engine.register("nothing", schema.empty_table())
        engine.execute(f"CREATE TABLE {name} AS SELECT * FROM nothing")  # noqa: S608
        return
    named = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    engine.execute(
        f"CREATE VIEW {name} AS SELECT {_listed(schema.names)} FROM read_parquet([{named}], "  # noqa: S608
        "union_by_name=true, hive_partitioning=true, hive_types_autocast=false)"
    )


def _narrow(engine: duckdb.DuckDBPyConnection, selection: Selection, *, people: bool) -> None:
    said, values = _conditions(selection)
    picked = f'CREATE TABLE picked AS SELECT "case" FROM all_cases WHERE {said}'  # noqa: S608
    engine.execute(picked, values)
    effects = " ".join(f"WHEN {one.value} THEN '{one.name.lower()}'" for one in Effect if one)
    blank = {} if people else dict.fromkeys(PERSONAL, "''")
    shown = blank | {"effect": f"CASE effect {effects} ELSE '' END"}
    for name, schema in (("cases", CASES), ("events", EVENTS)):
        columns = ", ".join(f'{shown.get(one, _quoted(one))} AS "{one}"' for one in schema.names)
        engine.execute(
            f"CREATE VIEW {name} AS SELECT {columns} FROM all_{name} "  # noqa: S608
            'WHERE "case" IN (SELECT "case" FROM picked)'
        )
    engine.execute(DUES)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _conditions(selection: Selection) -> tuple[str, list[object]]:
    """Return the condition that picks cases, and the values in it."""
    said, values = ["true"], list[object]()
    groups = (
        ("agency", selection.agencies),
        ("item", selection.items),
        ("channel", selection.channels),
        ("department", selection.departments),
    )
    for column, names in groups:
        if names:
            said.append(f"{column} IN (SELECT unnest(?))")
            values.append(list(names))
    if selection.since is not None:
        said.append("started >= ?")
        values.append(selection.since)
    if selection.until is not None:
        said.append("started < ?")
        values.append(selection.until)
    return " AND ".join(said), values


DUES = f"""
CREATE VIEW dues AS
WITH said AS (
    SELECT "case", batch, arg_max(due, "row") AS due,
           coalesce(max("at") FILTER (effect = {Effect.EXTEND.value}), min(received_at)) AS told
    FROM all_taken WHERE due IS NOT NULL AND "case" IN (SELECT "case" FROM picked) GROUP BY "case", batch
), before AS (
    SELECT *, lag(due) OVER (PARTITION BY "case" ORDER BY batch) AS prior FROM said
)
SELECT "case", batch, due, CASE WHEN prior IS NULL THEN NULL ELSE told END AS told
FROM before WHERE due IS DISTINCT FROM prior
"""  # noqa: S608 - numbers of our own
"""The days due that imports said of a case, one import after another. An extension dates the change; where an import
brings none, the change dates from the day on which we learnt of it."""
