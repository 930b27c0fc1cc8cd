"""Questions put to DuckDB are answered as numpy answers them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.pure.flow.asking import busy, compare, compare_events, office, yardstick
from tests.pure.flow.columnrows import at, take_log
from tests.pure.flow.logs import mapping, real
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.ground import ground
from xiaoneng.flow.columns.lit import lights, lights_over
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.soon import soon_spans
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.judge import CaseLight

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_every_number_of_duckdb_is_that_of_numpy(tmp_path: Path) -> None:
    store = busy(tmp_path)
    settle(store, "log", engine=duckdb_engine())
    by, engine = yardstick(datetime(2026, 2, 20, 9, tzinfo=UTC)), duckdb_engine()
    assert compare(store, Selection(feed="log"), engine, by=by, schedule=office()) > 500


def test_every_number_of_a_narrow_selection_is_that_of_numpy(tmp_path: Path) -> None:
    store = busy(tmp_path)
    settle(store, "log", engine=duckdb_engine())
    period = {"since": at("2026-01-20T00:00"), "until": at("2026-02-20T00:00")}
    asked = Selection(
        feed="log", agencies=("市局", ""), channels=("网上",), items=("事项1", "事项2"), **period
    )
    assert compare_events(store, asked, duckdb_engine(), schedule=office()) > 200


def test_the_receipts_of_a_municipality_are_answered_alike(tmp_path: Path) -> None:
    store = Store(tmp_path)
    take_log(store, "log", real("wabo-receipt/receipt.csv"), mapping("wabo-receipt"))
    settle(store, "log", engine=duckdb_engine())
    by = yardstick(datetime(2011, 10, 11, 22, tzinfo=UTC), AMSTERDAM)
    found = compare(store, Selection(feed="log"), duckdb_engine(), by=by, schedule=office(AMSTERDAM))
    assert found > 10_000


def test_lights_over_days_are_those_of_each_day(tmp_path: Path) -> None:
    store = busy(tmp_path)
    settle(store, "log", engine=duckdb_engine())
    asked = ground(store, Selection(feed="log"), engine=duckdb_engine())
    by, days = yardstick(at("2026-02-01T00:00")), [at("2026-01-10T00:00"), at("2026-02-01T00:00")]
    early, late = lights_over(asked, days, by=by)
    assert late == lights(asked, by=by)
    assert early[CaseLight.NOT_YET] > late[CaseLight.NOT_YET]
    assert lights_over(asked, [], by=by) == ()


def test_lights_over_a_change_of_the_clocks_are_those_of_each_day(tmp_path: Path) -> None:
    store = busy(tmp_path, cases=80)
    settle(store, "log", engine=duckdb_engine())
    asked = ground(store, Selection(feed="log"), engine=duckdb_engine())
    by = yardstick(at("2026-03-29T01:00"), AMSTERDAM)
    days = [at("2026-01-20T01:00") + timedelta(hours=13 * n) for n in range(0, 140, 7)]
    days += [at("2026-03-26T01:10"), at("2026-03-26T01:00"), at("2026-03-29T01:00")]
    found = lights_over(asked, days, by=by)
    assert found == tuple(lights(asked, by=replace(by, as_of=day)) for day in days)
    assert len({tuple(one.values()) for one in found}) > 10


@pytest.mark.parametrize(
    "as_of",
    ["2026-03-26T01:10", "2026-03-29T01:00", "2026-03-26T01:00", "2026-10-22T00:30", "2026-10-25T01:00"],
)
def test_due_soon_follows_the_local_clock_across_summer_time(as_of: str) -> None:
    by = yardstick(at(as_of), AMSTERDAM)
    until, spans = soon_spans(by)
    first = by.as_of + timedelta(days=2)
    for minutes in range(0, 2 * 24 * 60, 5):
        due = first + timedelta(minutes=minutes)
        found = due <= until or any(low <= due <= high for low, high in spans)
        assert found == (by.soon_from(due) <= by.as_of), due
