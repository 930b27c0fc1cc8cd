"""A small office whose columns are written out, and what a written file says when it is read by others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import etree

from tests.pure.flow.settled import at, settle, taken
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.out.source import Source, source_of

FEED = "water"
ODD = "受理 <\"A\" & 'B'>\n第二行"


def office(root: Path) -> Store:
    """Two cases with events and one without: an extension, a suspension, names that need care."""
    by = {"actor": "张三（虚构）", "post": "P-01", "agency": "水利局", "item": "取水许可"}
    events = [
        {"case": "A-1", "activity": ODD, "at": at("2026-03-02 01:00"), "effect": Effect.START, **by},
        {
            "case": "A-1",
            "activity": "延长",
            "at": at("2026-03-09 01:00:00.123456"),
            "effect": Effect.EXTEND,
            **by,
        },
        {"case": "A-1", "activity": "办结", "at": at("2026-03-20 01:00"), "effect": Effect.DONE, **by},
        {
            "case": "B\x0b-2",
            "activity": "办结",
            "at": at("2026-04-02 01:00"),
            "recorded_at": at("2026-04-05 01:00"),
        }
        | {"agency": "城管局", "revision": 2, "more": '{"applicant":"李四（虚构）"}'},
    ]
    cases = [
        {"case": "A-1", "due": at("2026-04-10 15:59"), "person": "张三（虚构）", "channel": "窗口"},
        {"case": "C-3", "started": at("2026-05-01 01:00")},
    ]
    store = settle(root, FEED, events=events, cases=cases)
    told = {"case": "A-1", "line": 1}
    taken(store, FEED, 1, [told | {"due": at("2026-03-27 15:59"), "effect": 1}], when=at("2026-03-02 10:00"))
    extended = {"due": at("2026-04-10 15:59"), "effect": 5, "at": at("2026-03-09 01:00")}
    taken(store, FEED, 2, [told | extended], when=at("2026-03-10 10:00"))
    return store


@contextmanager
def opened(store: Store, feed: str = FEED, *, people: bool = True, **narrowed: object) -> Iterator[Source]:
    with source_of(store, Selection(feed=feed, **narrowed), people=people) as source:  # type: ignore[arg-type]
        yield source


def complaints(schema: Path, document: Path) -> list[str]:
    """Return what a schema finds wrong with a document."""
    judge = etree.XMLSchema(etree.parse(schema))
    judge.validate(etree.parse(document))
    return [f"{one.line}: {one.message}" for one in judge.error_log]


def pm4py() -> object:
    """Return pm4py, which only tests and benchmarks use; skip by name where it is not."""
    return pytest.importorskip("pm4py", reason="pm4py is not installed: the extra `bench` brings it")
