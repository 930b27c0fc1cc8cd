"""The same questions asked of numpy, DuckDB and Spark: every number is the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.dataset as ds
import pytest

from tests.pure.flow.asking import busy, compare, compare_events, office, yardstick
from tests.pure.flow.columnrows import at, take_log
from tests.pure.flow.logs import mapping, real
from xiaoneng.flow.columns.engine import Spark, duckdb_engine, spark_engine
from xiaoneng.flow.columns.schema import CASES, EVENTS
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store

MISSING = [
    name for name, there in (("pyspark", find_spec("pyspark")), ("java", shutil.which("java"))) if not there
]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    if MISSING and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(MISSING)}; pip install 'xiaoneng[spark]', and Java 17")
    engine = spark_engine("local[2]", memory="1g")
    yield engine
    engine.session.stop()


def contents(store: Store, kind: str) -> list[dict[str, object]]:
    folder = store.settled("log")
    assert folder is not None
    names = (EVENTS if kind == "events" else CASES).names
    found = (
        ds.dataset(folder / kind, format="parquet", partitioning="hive").to_table().select(names).to_pylist()
    )
    return sorted(found, key=lambda one: (str(one["case"]), one.get("place") or 0))


def test_spark_settles_as_duckdb_does_and_answers_as_numpy_does(tmp_path: Path, spark: Spark) -> None:
    mine, theirs = busy(tmp_path / "duckdb"), busy(tmp_path / "spark")
    settle(mine, "log", engine=duckdb_engine())
    settle(theirs, "log", engine=spark)
    for kind in ("events", "cases"):
        assert contents(mine, kind) == contents(theirs, kind)
    asked = Selection(
        feed="log", agencies=("市局", ""), since=at("2026-01-10T00:00"), until=at("2026-03-01T00:00")
    )
    assert compare_events(theirs, asked, spark, schedule=office()) > 300


def test_spark_answers_of_a_real_log_as_numpy_does(tmp_path: Path, spark: Spark) -> None:
    store = Store(tmp_path)
    take_log(store, "log", real("wabo-receipt/receipt.csv"), mapping("wabo-receipt"))
    settle(store, "log", engine=duckdb_engine())
    by = yardstick(datetime(2011, 10, 11, 22, tzinfo=UTC), AMSTERDAM)
    assert compare(store, Selection(feed="log"), spark, by=by, schedule=office(AMSTERDAM)) > 10_000
