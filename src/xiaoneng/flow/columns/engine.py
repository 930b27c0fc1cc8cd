"""What computes on columns (计算引擎): DuckDB on this machine, or Spark on many; the expressions are the same.

An engine reads files of Parquet as a table, keeps an intermediate result while it is used, and writes a table by month.
Everything that differs between engines is here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import ibis
import pyarrow as pa

MEMORY = "1GB"
"""What DuckDB may keep in memory by default; more goes to its folder of temporary files."""
SPARK_MEMORY = "2g"


class SparkMissing(Exception):
    """The extra `spark`, or Java, is not installed."""


class Engine(Protocol):
    """What the questions need of an engine."""

    @property
    def name(self) -> str:
        """Return what the engine is called."""

    def read(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of some files as a table; a table of no rows where there are none."""

    def named(self, table: pa.Table) -> ibis.Table:
        """Return a small table of ours, to be joined."""

    def view(self, table: ibis.Table) -> ibis.Table:
        """Give a table a name of its own, so that questions on it are short; nothing is computed."""

    def kept(self, table: ibis.Table) -> AbstractContextManager[ibis.Table]:
        """Compute a table once, for as long as it is used."""

    def write(self, table: ibis.Table, folder: Path) -> None:
        """Write a table in folders by its column `month`."""

    def fetch(self, table: ibis.Table) -> pa.Table:
        """Return the rows of a table."""


@dataclass(frozen=True, slots=True)
class DuckDB:
    """The engine within this process (默认引擎)."""

    backend: Any
    name: str = "duckdb"

    def read(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of some files."""
        if not files:
            return self.named(schema.empty_table())
        return self.backend.read_parquet(
            [str(one) for one in files], hive_partitioning=True, hive_types_autocast=False
        )

    def named(self, table: pa.Table) -> ibis.Table:
        """Return a small table of ours."""
        name = ibis.util.gen_name("names")
        self.backend.con.register(name, table)
        return self.backend.table(name)

    def view(self, table: ibis.Table) -> ibis.Table:
        """Give a table a name of its own."""
        name = ibis.util.gen_name("view")
        self.backend.raw_sql(f'CREATE TEMP VIEW "{name}" AS {self.backend.compile(table)}')
        return self.backend.table(name)

    @contextmanager
    def kept(self, table: ibis.Table) -> Iterator[ibis.Table]:
        """Compute a table once; it is dropped at the end."""
        name = ibis.util.gen_name("kept")
        self.backend.raw_sql(f'CREATE TEMP TABLE "{name}" AS {self.backend.compile(table)}')
        yield self.backend.table(name)
        self.backend.raw_sql(f'DROP TABLE "{name}"')

    def write(self, table: ibis.Table, folder: Path) -> None:
        """Write a table by month; the column stays in the files too."""
        folder.mkdir(parents=True, exist_ok=True)
        options = {"partition_by": ("month",), "write_partition_columns": True, "compression": "zstd"}
        self.backend.to_parquet(table, str(folder), **options)

    def fetch(self, table: ibis.Table) -> pa.Table:
        """Return the rows of a table."""
        found = self.backend.con.sql(self.backend.compile(table)).to_arrow_table()
        # A sum of whole numbers comes with 128 bits.
        return found.cast(table.schema().to_pyarrow())


@dataclass(frozen=True, slots=True)
class Spark:
    """The engine on a cluster, or on the cores of this machine."""

    backend: Any
    session: Any
    name: str = "spark"

    def read(self, files: Sequence[Path], *, schema: pa.Schema) -> ibis.Table:
        """Return the rows of some files; the month of a row is in the name of its folder."""
        if not files:
            return self.named(schema.empty_table())
        months = files[0].parent.parent
        reader = self.session.read.option("basePath", str(months))
        frame = reader.parquet(*(str(one) for one in files))
        name = ibis.util.gen_name("columns")
        frame.createOrReplaceTempView(name)
        return self.backend.table(name)

    def named(self, table: pa.Table) -> ibis.Table:
        """Return a small table of ours."""
        name = ibis.util.gen_name("names")
        self.session.createDataFrame(table).createOrReplaceTempView(name)
        return self.backend.table(name)

    def view(self, table: ibis.Table) -> ibis.Table:
        """Give a table a name of its own."""
        name = ibis.util.gen_name("view")
        self.session.sql(self.backend.compile(table)).createOrReplaceTempView(name)
        return self.backend.table(name)

    @contextmanager
    def kept(self, table: ibis.Table) -> Iterator[ibis.Table]:
        """Compute a table once; it is dropped at the end."""
        with table.cache() as stored:
            yield stored

    def write(self, table: ibis.Table, folder: Path) -> None:
        """Write a table by month."""
        frame = self.session.sql(self.backend.compile(table))
        frame.write.mode("overwrite").partitionBy("month").parquet(str(folder))

    def fetch(self, table: ibis.Table) -> pa.Table:
        """Return the rows of a table."""
        return self.session.sql(self.backend.compile(table)).toArrow()


def duckdb_engine(*, memory: str = MEMORY, temp: Path | None = None, threads: int = 0) -> DuckDB:
    """Return DuckDB in memory; what exceeds `memory` goes to the folder `temp`. `threads` 0 takes all cores."""
    settings: dict[str, object] = {"memory_limit": memory, "preserve_insertion_order": False}
    if temp is not None:
        temp.mkdir(parents=True, exist_ok=True)
        settings["temp_directory"] = str(temp)
    if threads:
        settings["threads"] = threads
    return DuckDB(ibis.duckdb.connect(**settings))


def spark_engine(
    address: str = "local[2]", *, memory: str = SPARK_MEMORY, shuffles: int = 2, temp: Path | None = None
) -> Spark:
    """Return Spark at an address: `local[2]` is two cores of this machine; raises SparkMissing."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that few need
    except ImportError as missing:
        raise SparkMissing("Spark is not installed: pip install 'xiaoneng[spark]', and Java 17") from missing
    told = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(shuffles),
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        **({"spark.local.dir": str(temp)} if temp else {}),
    }
    builder = SparkSession.builder.master(address).appName("xiaoneng")
    for key, value in told.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as failed:
        raise SparkMissing(f"Spark does not start; is Java 17 installed? {failed}") from failed
    session.sparkContext.setLogLevel("ERROR")
    return Spark(ibis.pyspark.connect(session), session)
