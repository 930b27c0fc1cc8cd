"""Taken rows are settled: the newest row of every event, in the order of its case."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import numpy as np
import pyarrow.dataset as ds
import pytest

from tests.pure.flow.columnrows import at, store_of, take, take_log
from tests.pure.flow.logs import mapping, real
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.schema import CASES, EVENTS
from xiaoneng.flow.columns.selected import NEVER, Selected, selected
from xiaoneng.flow.columns.selection import NotSettled, Selection
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import Effect, steps
from xiaoneng.flow.reading import read_log

RECEIVED = {"case": "1", "activity": "receive", "at": at("2026-03-02T09:00"), "agency": "甲", "key": "k1"}


def rows(store: Store, kind: str) -> list[dict[str, object]]:
    folder = store.settled("log")
    assert folder is not None
    found = ds.dataset(folder / kind, format="parquet", partitioning="hive").to_table().to_pylist()
    return sorted(found, key=lambda one: (one["case"], one.get("place", 0)))


def test_a_corrected_event_stands_once_as_it_was_said_last(tmp_path: Path) -> None:
    store = store_of(tmp_path, RECEIVED, {**RECEIVED, "key": "k2", "case": "2"})
    take(store, "log", 2, [{**RECEIVED, "activity": "register", "at": at("2026-03-01T09:00")}])
    settle(store, "log", engine=duckdb_engine())
    found = [(one["case"], one["activity"], one["revision"], one["month"]) for one in rows(store, "events")]
    assert found == [("1", "register", 1, "2026-03"), ("2", "receive", 0, "2026-03")]


def test_events_of_one_instant_keep_the_order_in_which_they_came(tmp_path: Path) -> None:
    noon = at("2026-03-02T12:00")
    told = [{"case": "1", "activity": name, "at": noon} for name in ("c", "a", "b")]
    store = store_of(tmp_path, *told)
    settle(store, "log", engine=duckdb_engine())
    found = [(one["place"], one["before"], one["activity"]) for one in rows(store, "events")]
    assert found == [(0, None, "c"), (1, "c", "a"), (2, "a", "b")]


def test_a_row_without_an_event_tells_of_its_case_alone(tmp_path: Path) -> None:
    due = at("2026-04-02T09:00")
    store = store_of(tmp_path, RECEIVED, {"case": "1", "due": due}, {"case": "3", "started": due})
    settle(store, "log", engine=duckdb_engine())
    assert len(rows(store, "events")) == 1
    first, second = rows(store, "cases")
    assert (first["started"], first["due"], first["events"]) == (RECEIVED["at"], due, 1)
    assert (second["started"], second["events"], second["first"], second["path"]) == (due, 0, None, "")


def test_the_newest_row_speaks_for_its_case_even_that_something_holds_no_more(tmp_path: Path) -> None:
    first, later = at("2026-04-02T09:00"), at("2026-04-09T09:00")
    store = store_of(tmp_path, {**RECEIVED, "due": first, "ended": first, "person": "甲（虚构）"})
    take(store, "log", 2, [{**RECEIVED, "key": "k3", "due": later, "channel": "web"}])
    settle(store, "log", engine=duckdb_engine())
    (case,) = rows(store, "cases")
    assert (case["due"], case["ended"], case["channel"], case["person"]) == (later, None, "web", "")


def test_of_standard_tables_each_tells_its_part_and_unsays_nothing(tmp_path: Path) -> None:
    first, later = at("2026-04-02T09:00"), at("2026-04-09T09:00")
    standard = 'key = "log"\nagency = {zh = "某局", en = "Office"}\nzone = "Asia/Shanghai"\nform = "gbt39046"'
    store = Store(tmp_path)
    take(store, "log", 1, [{**RECEIVED, "due": first, "channel": "window", "person": "甲（虚构）"}])
    take(store, "log", 2, [{"case": "1", "due": later}, {**RECEIVED, "key": "k3"}], mapping=standard)
    settle(store, "log", engine=duckdb_engine())
    (case,) = rows(store, "cases")
    assert (case["due"], case["channel"], case["person"]) == (later, "window", "甲（虚构）")


def test_what_changes_from_event_to_event_is_that_of_the_latest_event(tmp_path: Path) -> None:
    late = {**RECEIVED, "key": "k2", "at": at("2026-03-05T09:00"), "department": "乙科"}
    store = store_of(tmp_path, late, {**RECEIVED, "department": "甲科"})
    settle(store, "log", engine=duckdb_engine(), event_level=frozenset({"department"}))
    assert [one["department"] for one in rows(store, "cases")] == ["乙科"]
    assert [one["department"] for one in rows(store, "events")] == ["甲科", "乙科"]


def test_an_edition_has_the_columns_that_are_written_down(tmp_path: Path) -> None:
    store = store_of(tmp_path, RECEIVED)
    settle(store, "log", engine=duckdb_engine())
    folder = store.settled("log")
    assert folder is not None
    for kind, schema in (("events", EVENTS), ("cases", CASES)):
        (file,) = (folder / kind).glob("month=2026-03/*.parquet")
        found = ds.dataset(file).schema
        assert {one.name: one.type for one in found} == {one.name: one.type for one in schema}


def test_an_edition_that_fails_leaves_the_older_one_to_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, engine = store_of(tmp_path, RECEIVED), duckdb_engine()
    assert settle(store, "log", engine=engine) == 1
    with monkeypatch.context() as broken:
        broken.setattr(type(engine), "write", _no_room)
        with pytest.raises(OSError, match="no room"):
            settle(store, "log", engine=engine)
    assert store.settled("log") == store.edition("log", 1)
    assert settle(store, "log", engine=duckdb_engine()) == 3
    assert store.settled("log") == store.edition("log", 3)
    assert settle(store, "log", engine=duckdb_engine()) == 4
    assert not store.edition("log", 1).exists()


def _no_room(*_: object) -> None:
    raise OSError("no room")


def test_a_feed_without_an_edition_says_so(tmp_path: Path) -> None:
    assert settle(Store(tmp_path), "log", engine=duckdb_engine()) is None
    with pytest.raises(NotSettled):
        selected(Store(tmp_path), Selection(feed="log"))


def waits(tmp_path: Path) -> Store:
    told = [
        ("1", "receive", "2026-03-02T09:00", "甲", Effect.START),
        ("1", "suspend", "2026-03-03T09:00", "甲", Effect.SUSPEND),
        ("1", "note", "2026-03-04T09:00", "", Effect.NOTHING),
        ("1", "resume", "2026-03-06T09:00", "乙", Effect.RESUME),
        ("1", "decide", "2026-04-07T09:00", "乙", Effect.DONE),
        ("2", "receive", "2026-04-01T09:00", "乙", Effect.START),
        ("2", "ask", "2026-04-02T09:00", "乙", Effect.ASK),
        ("2", "supply", "2026-04-03T09:00", "丙", Effect.SUPPLY),
    ]
    store = store_of(
        tmp_path,
        *(
            {"case": case, "activity": name, "at": at(when), "agency": agency, "effect": int(effect)}
            for case, name, when, agency, effect in told
        ),
    )
    settle(store, "log", engine=duckdb_engine())
    return store


def named(found: Selected) -> list[tuple[str, str]]:
    names = found.steps.activities
    return [(names[a], names[b]) for a, b in zip(found.steps.source, found.steps.target, strict=True)]


def test_the_stored_states_are_those_that_follow_from_the_effects(tmp_path: Path) -> None:
    found = selected(waits(tmp_path), Selection(feed="log"))
    derived = steps(found.events)
    assert found.steps.suspended is not None
    assert found.steps.suspended.tolist() == [False, True, True, False, False, False]
    assert found.steps.waiting is not None
    assert found.steps.waiting.tolist() == [False, False, False, False, False, True]
    for name in ("source", "target", "begun", "ended", "case", "suspended", "waiting"):
        assert np.array_equal(getattr(found.steps, name), getattr(derived, name)), name


def test_a_step_belongs_to_the_period_in_which_it_ended(tmp_path: Path) -> None:
    found = selected(waits(tmp_path), Selection(feed="log", since=at("2026-04-01T00:00")))
    assert named(found) == [("resume", "decide"), ("receive", "ask"), ("ask", "supply")]
    assert found.cases == ("1", "2")
    assert found.facts.within.tolist() == [False, True]


def test_whole_cases_bring_all_their_events(tmp_path: Path) -> None:
    asked = Selection(feed="log", until=at("2026-04-01T00:00"))
    found = selected(waits(tmp_path), asked, whole=True)
    assert found.cases == ("1",)
    assert len(found.events) == 5


def test_an_agency_has_its_own_events(tmp_path: Path) -> None:
    found = selected(waits(tmp_path), Selection(feed="log", agencies=("丙",)))
    assert named(found) == [("ask", "supply")]
    assert found.events.agencies == ("丙", "乙")
    assert found.facts.within.tolist() == [True]


def test_a_real_log_is_settled_as_it_is_read(tmp_path: Path) -> None:
    known = mapping("wabo-receipt")
    path = real("wabo-receipt/receipt.csv")
    store = Store(tmp_path)
    take_log(store, "log", path, known)
    settle(store, "log", engine=duckdb_engine())
    cases = {one.key: one for one in read_log(path, mapping=known).cases}
    settled = rows(store, "cases")
    assert len(settled) == len(cases)
    for found in settled:
        case = cases[str(found["case"])]
        for name in ("started", "ended", "due", "planned", "channel", "department", "person", "events"):
            assert found[name] == getattr(case, name), (case.key, name)
        assert (found["first"], found["last"], found["odd"]) == (case.first, case.last, case.odd_clock)
    loaded = selected(store, Selection(feed="log"))
    assert len(loaded.events) == sum(case.events for case in cases.values())
    ended = loaded.facts.ended
    assert int((ended == NEVER).sum()) == sum(case.ended is None for case in cases.values())
    assert all(case.started.tzinfo is UTC for case in cases.values())
