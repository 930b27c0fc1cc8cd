"""The same questions put to numpy and to an engine, and every number compared."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from tests.pure.flow.columnrows import Told, at, take
from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.columns import arrows, fairly, habits, lights, lit, paths
from xiaoneng.flow.columns.engine import Engine
from xiaoneng.flow.columns.ground import Ground, ground
from xiaoneng.flow.columns.selected import NEVER, Cases, Selected, selected
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.graph import batching, bottlenecks, conformance, directly, handovers, lateness, promise
from xiaoneng.flow.graph.events import Codes
from xiaoneng.flow.graph.rework import rework
from xiaoneng.flow.graph.variants import variants
from xiaoneng.flow.judge import CaseLight, Yardstick, light_of
from xiaoneng.worktime.columnspans import worked_days
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = (*((Span(8 * 60 + 30, 12 * 60), Span(13 * 60, 17 * 60 + 30)) for _ in range(5)), (), ())


def office(zone: ZoneInfo = SHANGHAI) -> Schedule:
    return Schedule(key="week", week=WEEK, zone=zone)


def yardstick(as_of: datetime, zone: ZoneInfo = SHANGHAI) -> Yardstick:
    return Yardstick(as_of=as_of, read_at=as_of, zone=zone)


def busy(root: Path, *, seed: int = 4, cases: int = 40) -> Store:
    """Return a store of a small log with suspensions, questions, ties, missing holders, corrections and bare rows."""
    rng, store = np.random.default_rng(seed), Store(root)
    told = [row for case in range(cases) for row in _case(rng, case)]
    take(store, "log", 1, [told[place] for place in rng.permutation(len(told))])
    corrected = [
        {**told[place], "activity": "更正"} for place in rng.choice(len(told), 12) if told[place]["activity"]
    ]
    take(store, "log", 2, list({str(row["key"]): row for row in corrected}.values()))
    return store


def _case(rng: np.random.Generator, case: int) -> list[Told]:
    started = at("2026-01-05T00:00") + timedelta(minutes=int(rng.integers(0, 60 * 24 * 60)))
    when, rows = started, []
    for place in range(int(rng.integers(0, 9))):
        when += timedelta(seconds=int(rng.choice([0, 0, 100, 3000, 40_000, 400_000])))
        rows.append(
            {
                "case": f"件{case:03}",
                "key": f"{case}-{place}",
                "activity": str(rng.choice(["收件", "受理", "审查", "补正", "决定"])),
                "at": when,
                "actor": str(rng.choice(["", "a1", "a2", "a3"])),
                "post": str(rng.choice(["", "甲岗", "乙岗"])),
                "agency": str(rng.choice(["市局", "县局", ""])),
                "item": f"事项{case % 3}",
                "effect": int(rng.choice([0, 0, 0, 3, 4, 6, 7, 5, 8])),
                "channel": str(rng.choice(["窗口", "网上"])) if place else "",
            }
        )
    days = timedelta(days=int(rng.integers(1, 20)))
    facts: Told = {
        "case": f"件{case:03}",
        "key": f"{case}-facts",
        "activity": "",
        "at": None,
        "started": started,
        "ended": when + timedelta(hours=5) if rng.random() < 0.6 else None,
        "due": started + days if rng.random() < 0.8 else None,
        "planned": started + days / 2 if rng.random() < 0.5 else None,
        "paused": when if rng.random() < 0.1 else None,
        "department": str(rng.choice(["一科", "二科"])),
    }
    return [*rows, facts]


def compare(store: Store, asked: Selection, engine: Engine, *, by: Yardstick, schedule: Schedule) -> int:
    """Compare every number of every question on whole cases; return how many numbers were compared."""
    told, basis = selected(store, asked, whole=True), ground(store, asked, engine=engine, whole=True)
    seen = same(_numpy_cases(told, by, schedule), _engine_cases(basis, by, schedule))
    return seen + same(_numpy_courses(told, schedule), _engine_courses(basis, schedule))


def compare_events(store: Store, asked: Selection, engine: Engine, *, schedule: Schedule) -> int:
    """Compare every number of the questions on events of a selection; return how many numbers were compared."""
    told, basis = selected(store, asked), ground(store, asked, engine=engine)
    return same(_numpy_courses(told, schedule), _engine_courses(basis, schedule))


DECLARED = conformance.Automaton(
    starts=frozenset({"收件", "Confirmation of receipt"}),
    pairs=frozenset({("收件", "受理"), ("受理", "审查"), ("审查", "决定"), ("补正", "审查")}),
    ends=frozenset({"决定"}),
)


def _numpy_courses(told: Selected, schedule: Schedule) -> dict[str, object]:
    events, steps = told.events, told.steps
    graph = directly.directly_follows(steps, schedule=schedule)
    budget = bottlenecks.shared_budget(graph, promised=10, cases=len(told.cases))
    codes = {"actor": events.actor, "post": events.post, "agency": events.agency}
    names = {"actor": events.actors, "post": events.posts, "agency": events.agencies}
    closed = told.facts.ended[np.unique(events.case)] != NEVER
    return {
        "graph": graph,
        "counts": directly.counted(steps),
        "lost": bottlenecks.bottlenecks(steps, budget=budget, schedule=schedule),
        **{
            f"given {one}": handovers.hand_overs(events, held(who), schedule=schedule)
            for one, who in codes.items()
        },
        "elapsed": handovers.hand_overs(events, held(events.actor)),
        "rework": rework(events),
        "variants": variants(events),
        "conformance": conformance.conformance(events, DECLARED, closed=closed),
        **{f"heaps {one}": batching.heaps(events, held(who)) for one, who in codes.items()},
        **{
            f"stamping {one}": batching.stamping(events, held(who), names=names[one], schedule=schedule)
            for one, who in codes.items()
        },
    }


def held(codes: Codes | None) -> Codes:
    assert codes is not None
    return codes


def _engine_courses(basis: Ground, schedule: Schedule) -> dict[str, object]:
    graph = arrows.directly_follows(basis, schedule=schedule)
    cases = basis.engine.fetch(basis.touched.aggregate(n=basis.touched.count())).to_pylist()[0]["n"]
    budget = bottlenecks.shared_budget(graph, promised=10, cases=cases)
    holders = ("actor", "post", "agency")
    return {
        "graph": graph,
        "counts": arrows.counted(basis),
        "lost": arrows.bottlenecks(basis, graph, budget=budget, schedule=schedule),
        **{f"given {one}": paths.hand_overs(basis, one, schedule=schedule) for one in holders},
        "elapsed": paths.hand_overs(basis, "actor"),
        "rework": paths.rework(basis),
        "variants": paths.variants(basis),
        "conformance": paths.conformance(basis, DECLARED, ended=True),
        **{f"heaps {one}": habits.heaps(basis, one) for one in holders},
        **{f"stamping {one}": habits.stamping(basis, one, schedule=schedule) for one in holders},
    }


def _numpy_cases(told: Selected, by: Yardstick, schedule: Schedule) -> dict[str, object]:
    facts = told.facts
    shown = np.array([lights.CODE[light_of(case, by=by)] for case in read_cases(facts)])
    assert np.array_equal(shown, lights.lights_of(facts, by=by))
    due, late = (
        lights.fell_due(facts, lights.lights_of(facts, by=by), by=by),
        lights.are_late(lights.lights_of(facts, by=by)),
    )
    groups = {name: getattr(facts, name) for name in ("channel", "department", "person", "agency", "item")}
    special = lateness.special_cases(told.events, cases=len(facts))
    return {
        "lights": {light: int((shown == code).sum()) for code, light in enumerate(lights.LIGHTS)},
        "lights over": tuple(_lights(facts, replace(by, as_of=at)) for at in _days(by)),
        **{f"late by {name}": lateness.late_shares(codes[due], late[due]) for name, codes in groups.items()},
        "fair": lateness.fair_shares(facts.agency[due], facts.item[due], special[due], late[due]),
        "promises": _promises(facts, by, schedule),
    }


def _days(by: Yardstick) -> list[datetime]:
    return [by.as_of - timedelta(days=back) for back in (90, 30, 7, 1, 0)]


def _lights(facts: Cases, by: Yardstick) -> dict[CaseLight, int]:
    counts = np.bincount(lights.lights_of(facts, by=by), minlength=len(lights.LIGHTS))
    return dict(zip(lights.LIGHTS, counts.tolist(), strict=True))


def _promises(facts: Cases, by: Yardstick, schedule: Schedule) -> tuple[promise.Promise, ...]:
    now = (by.as_of - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    closed = (facts.ended != NEVER) & (facts.ended <= now)
    stopped = np.where(closed, facts.ended, now)
    known = (facts.started <= now) & (stopped >= facts.started)
    used = worked_days(facts.started[known], stopped[known], schedule=schedule)
    return promise.promises(facts.item[known], used, closed[known])


def _engine_cases(basis: Ground, by: Yardstick, schedule: Schedule) -> dict[str, object]:
    return {
        "lights": lit.lights(basis, by=by),
        "lights over": lit.lights_over(basis, _days(by), by=by),
        **{
            f"late by {name}": lit.late_shares(basis, name, by=by)
            for name in ("channel", "department", "person", "agency", "item")
        },
        "fair": fairly.fair(basis, by=by),
        "promises": fairly.could_promise(basis, "item", by=by, schedule=schedule),
    }


def read_cases(facts: Cases) -> list[ReadCase]:
    def instant(value: int) -> datetime | None:
        return None if value == NEVER else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)

    columns = {
        name: getattr(facts, name).tolist() for name in ("started", "ended", "due", "planned", "paused")
    }
    rows = zip(facts.names, *columns.values(), strict=True)
    return [
        ReadCase(key=key, **{name: instant(value) for name, value in zip(columns, values, strict=True)})  # type: ignore[arg-type]
        for key, *values in rows
    ]


def same(mine: object, theirs: object, where: str = "") -> int:
    """Assert that two answers are the same, number by number; return how many numbers were compared."""
    assert type(mine) is type(theirs), where
    if isinstance(mine, np.ndarray):
        assert isinstance(theirs, np.ndarray)
        assert mine.shape == theirs.shape, (where, mine, theirs)
        if mine.dtype.kind == "f":
            assert np.allclose(mine, theirs, rtol=1e-10, atol=1e-9), (where, mine - theirs)
        else:
            assert np.array_equal(mine, theirs), (where, mine, theirs)
        return mine.size
    if is_dataclass(mine):
        return sum(
            same(getattr(mine, one.name), getattr(theirs, one.name), f"{where}.{one.name}")
            for one in fields(mine)
        )
    if isinstance(mine, dict):
        assert isinstance(theirs, dict)
        assert mine.keys() == theirs.keys(), where
        return sum(same(value, theirs[key], f"{where}/{key}") for key, value in mine.items())
    if isinstance(mine, tuple):
        assert isinstance(theirs, tuple)
        assert len(mine) == len(theirs), (where, mine, theirs)
        return sum(same(a, b, f"{where}[{n}]") for n, (a, b) in enumerate(zip(mine, theirs, strict=True)))
    assert mine == theirs, (where, mine, theirs)
    return 1
