"""Questions asked of columns of events, beside plain loops over the same events."""

from __future__ import annotations

import random
import statistics
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.flow.graph.batching import heaps, stamping
from xiaoneng.flow.graph.bottlenecks import bottlenecks, shared_budget
from xiaoneng.flow.graph.conformance import Automaton, conformance, observed
from xiaoneng.flow.graph.directly import counted, counted_working, directly_follows
from xiaoneng.flow.graph.events import NONE, Effect, Events, arranged, coded, steps, stored
from xiaoneng.flow.graph.grouped import summed
from xiaoneng.flow.graph.handovers import hand_overs
from xiaoneng.flow.graph.lateness import fair_shares, late_shares, shrunk
from xiaoneng.flow.graph.promise import promises, rank_above
from xiaoneng.flow.graph.rework import rework
from xiaoneng.flow.graph.variants import grown, variants
from xiaoneng.flow.share import wilson
from xiaoneng.worktime.hours import working_minutes
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.schedule import MINUTE, Schedule
from xiaoneng.worktime.workdays import WorkCalendar

CN = WorkCalendar.build(key="CN", notices=baseline())
OFFICE = Schedule.of_calendar(CN)
MODERATE = settings(max_examples=80, deadline=None)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    return (at - ZERO) // timedelta(microseconds=1)


def log(*rows: tuple, effects: bool = False) -> Events:
    """Events from (case, activity, minutes after Monday nine o'clock, actor, effect)."""
    filled = [(*row, *("", Effect.NOTHING)[len(row) - 3 :]) if len(row) < 5 else row for row in rows]
    case, _ = coded([row[0] for row in filled])
    activity, activities = coded([row[1] for row in filled])
    actor, actors = coded([row[3] for row in filled])
    at = np.array([micros(MONDAY + timedelta(minutes=row[2])) for row in filled], np.int64)
    return arranged(
        Events(
            case=case,
            activity=activity,
            at=at,
            activities=activities,
            actor=actor,
            actors=actors,
            effect=np.array([row[4] for row in filled], np.int8) if effects else None,
        )
    )


drawn = st.lists(
    st.tuples(
        st.sampled_from("123"),
        st.sampled_from("abcd"),
        st.integers(0, 9000),
        st.sampled_from(["", "W", "X", "Y"]),
    ),
    max_size=25,
)


def by_case(rows: list) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[2]):
        found[row[0]].append(row)
    return found


@MODERATE
@given(drawn)
def test_the_graph_counts_and_times_every_step_as_a_loop_does(rows: list) -> None:
    expected: dict[tuple, list[int]] = defaultdict(list)
    worked: dict[tuple, int] = Counter()
    for events in by_case(rows).values():
        for one, other in pairwise(events):
            arrow = (one[1], other[1])
            begun, ended = (MONDAY + timedelta(minutes=row[2]) for row in (one, other))
            expected[arrow].append((other[2] - one[2]) * MINUTE)
            worked[arrow] += working_minutes(begun, ended, calendar=CN) * MINUTE
    found = steps(log(*rows))
    graph = directly_follows(found, schedule=OFFICE)
    names = graph.activities
    arrows = [(names[a], names[b]) for a, b in zip(graph.source.tolist(), graph.target.tolist(), strict=True)]
    assert dict(zip(arrows, graph.count.tolist(), strict=True)) == {k: len(v) for k, v in expected.items()}
    for place, arrow in enumerate(arrows):
        times = expected[arrow]
        assert graph.elapsed.total[place] == sum(times)
        assert graph.elapsed.median[place] == pytest.approx(statistics.median(times))
        assert graph.elapsed.p90[place] == pytest.approx(np.quantile(times, 0.9))
        assert graph.working.total[place] == worked[arrow]
        assert graph.working.total[place] + graph.out.total[place] == sum(times)
    quick, office = counted(found), counted_working(found, schedule=OFFICE)
    assert np.array_equal(quick.count, graph.count)
    assert np.array_equal(quick.total, graph.elapsed.total)
    assert np.array_equal(office.total, graph.working.total)


@MODERATE
@given(drawn, st.randoms(use_true_random=False))
def test_events_that_keep_their_predecessor_give_the_same_graph_in_any_order(
    rows: list, draw: random.Random
) -> None:
    events = log(*rows)
    before, before_at = np.roll(events.activity, 1), np.roll(events.at, 1)
    before[events.firsts()] = NONE
    order = draw.sample(range(len(events)), len(events))
    kept = stored(
        activity=events.activity[order],
        at=events.at[order],
        before=before[order],
        before_at=before_at[order],
        activities=events.activities,
    )
    one, other = counted(kept), counted(steps(events))
    for name in ("source", "target", "count", "total"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_sums_of_microseconds_over_ten_thousand_years_are_exact() -> None:
    values = np.full(3, 10**17 + 1, np.int64)
    assert summed(np.array([0, 1, 1]), values, 2).tolist() == [10**17 + 1, 2 * 10**17 + 2]


def test_a_step_inside_a_suspension_or_a_wait_is_neither_work_nor_out_of_hours() -> None:
    events = log(
        ("1", "accept", 0, "", Effect.START),
        ("1", "ask the fire service", 60, "", Effect.ASK),
        ("1", "answer of the fire service", 120, "", Effect.SUPPLY),
        ("1", "suspend", 150, "", Effect.SUSPEND),
        ("1", "note", 1000, "", Effect.NOTHING),
        ("1", "resume", 1600, "", Effect.RESUME),
        ("1", "decide", 1650, "", Effect.DONE),
        ("2", "accept", 0, "", Effect.START),
        ("2", "decide", 30, "", Effect.DONE),
        effects=True,
    )
    graph = directly_follows(steps(events), schedule=OFFICE)
    assert graph.suspended.total.sum() == (1600 - 150) * MINUTE
    assert graph.waiting.total.sum() == 60 * MINUTE
    # Tuesday 11:40 to 12:30: twenty minutes until the lunch break at noon.
    assert graph.working.total.sum() == (60 + 30 + 20 + 30) * MINUTE
    assert graph.out.total.sum() == 30 * MINUTE


def test_the_arrow_that_eats_working_days_beyond_the_promise_comes_first() -> None:
    quick = [(str(n), "accept", 0) for n in range(3)] + [(str(n), "check", 60) for n in range(3)]
    slow = [("0", "decide", 120), ("1", "decide", 120), ("2", "decide", 60 + 5 * 1440)]
    events = log(*quick, *slow)
    found = steps(events)
    graph = directly_follows(found, schedule=OFFICE)
    budget = shared_budget(graph, promised=2.0, cases=3)
    assert budget.tolist() == [1.0, 1.0]
    lost = bottlenecks(found, budget=budget, schedule=OFFICE)
    names = [graph.activities[code] for code in lost.target.tolist()]
    assert names == ["decide", "check"]
    assert lost.over.tolist() == [1, 0]
    assert lost.lost.tolist() == [pytest.approx((5.5 + 28) / 7 - 1), 0.0]


@MODERATE
@given(drawn)
def test_hand_overs_and_ping_pong_are_what_a_loop_finds_and_missing_holders_never_crash(rows: list) -> None:
    events = log(*rows)
    given, back, cases = Counter(), Counter(), set()
    for case, found in by_case(rows).items():
        held = [row[3] for row in found if row[3]]
        chain = [who for place, who in enumerate(held) if place == 0 or held[place - 1] != who]
        for place, (one, other) in enumerate(pairwise(chain)):
            given[one, other] += 1
            if place + 2 < len(chain) and chain[place + 2] == one:
                back[one, other] += 1
                cases.add(case)
    assert events.actor is not None
    answer = hand_overs(events, events.actor)
    arrows = [
        (events.actors[a], events.actors[b])
        for a, b in zip(answer.giver.tolist(), answer.taker.tolist(), strict=True)
    ]
    assert dict(zip(arrows, answer.count.tolist(), strict=True)) == dict(given)
    assert {k: n for k, n in zip(arrows, answer.returned.tolist(), strict=True) if n} == dict(back)
    assert answer.cases == len(cases)
    assert answer.unknown == sum(not row[3] for row in rows)


@MODERATE
@given(drawn)
def test_repetitions_and_paths_are_what_a_loop_finds(rows: list) -> None:
    events = log(*rows)
    paths = Counter(tuple(row[1] for row in found) for found in by_case(rows).values())
    again, at_once, touched = Counter(), Counter(), Counter()
    for path, count in paths.items():
        for name, times in Counter(path).items():
            again[name] += (times - 1) * count
            touched[name] += (times > 1) * count
        for one, other in pairwise(path):
            at_once[one] += count * (one == other)
    answer = rework(events)
    names = [events.activities[code] for code in answer.activity.tolist()]
    assert dict(zip(names, answer.again.tolist(), strict=True)) == {k: n for k, n in again.items() if n}
    assert all(at_once[name] == n for name, n in zip(names, answer.at_once.tolist(), strict=True))
    assert all(touched[name] == n for name, n in zip(names, answer.cases.tolist(), strict=True))
    told = variants(events)
    spoken = {told.sequence(place, events=events): n for place, n in enumerate(told.count.tolist())}
    assert spoken == dict(paths)
    if rows:
        assert told.coverage[-1] == pytest.approx(1.0)
        hash_ = 0
        for place, name in enumerate(told.sequence(0, events=events)):
            hash_ = grown(hash_, place=place, activity=name)
        assert hash_ == int(told.hashes[0])


def test_a_case_that_leaves_the_declared_way_is_found_with_the_step_at_which_it_did() -> None:
    declared = Automaton(
        starts=frozenset({"accept"}),
        pairs=frozenset({("accept", "check"), ("check", "decide"), ("never seen", "decide")}),
        ends=frozenset({"decide"}),
    )
    events = log(
        *(("1", "accept", 0), ("1", "check", 1), ("1", "decide", 2)),
        *(("2", "accept", 0), ("2", "decide", 1)),
        *(("3", "check", 0), ("3", "decide", 1)),
        *(("4", "accept", 0), ("4", "check", 1)),
    )
    found = conformance(events, declared, closed=np.array([True, True, True, True]))
    assert found.breaks.tolist() == [0, 1, 1, 1]
    assert (found.conforming, found.bad_starts, found.bad_ends) == (1, 1, 1)
    assert [
        (events.activities[s], events.activities[t]) for s, t in zip(found.source, found.target, strict=True)
    ] == [("accept", "decide")]
    assert conformance(events, declared).breaks.tolist() == [0, 1, 1, 0]
    assert conformance(events, observed(events)).conforming == 4


def test_ten_stamps_before_closing_strike_and_ten_spread_over_the_day_do_not() -> None:
    closing = [("1", "stamp", 460 + n // 2, "late hand") for n in range(10)]
    spread_out = [("2", "stamp", n * 45, "steady hand") for n in range(10)]
    events = log(*closing, *spread_out, ("3", "stamp", 5 * 1440, "on a Saturday"))
    assert events.actor is not None
    habits = stamping(events, events.actor, names=events.actors, schedule=OFFICE)
    assert [(one.late.name, one.late.count, one.late.n, one.striking) for one in habits] == [
        ("late hand", 10, 10, True),
        ("steady hand", 0, 10, False),
    ]


def test_a_heap_is_three_cases_within_minutes_and_not_one_case_thrice() -> None:
    one_case = [("1", "stamp", n, "W") for n in range(4)]
    heap = [(str(n), "stamp", 100 + 4 * n, "W") for n in range(2, 6)]
    alone = [
        ("7", "stamp", 500, "W"),
        ("8", "stamp", 500, "X"),
        ("9", "note", 101, "W"),
        ("9", "stamp", 600, ""),
    ]
    events = log(*one_case, *heap, *alone)
    assert events.actor is not None
    found = heaps(events, events.actor)
    assert (found.heaps.tolist(), found.inside.tolist(), found.largest.tolist()) == ([1], [4], [4])
    assert found.events.tolist() == [9]


def test_the_late_share_of_a_small_group_is_drawn_to_all_and_a_large_one_keeps_its_own() -> None:
    group = np.repeat(np.array([0, 1, 2, NONE], np.int32), [1000, 1000, 4, 50])
    late = np.zeros(len(group), dtype=bool)
    late[:300], late[1000:1100], late[2000:2004], late[2004:2014] = True, True, True, True
    found = late_shares(group, late)
    assert found.group.tolist() == [NONE, 0, 1, 2]
    assert found.late.tolist() == [10, 300, 100, 4]
    for place in range(4):
        ends = wilson(int(found.late[place]), int(found.n[place]))
        assert (found.low[place], found.high[place]) == (pytest.approx(ends[0]), pytest.approx(ends[1]))
    whole = late.mean()
    assert abs(found.shrunk[1] - 0.3) < 0.01
    assert whole < found.shrunk[3] < 0.75
    even = shrunk(np.array([10, 10, 10]), np.array([100, 100, 100]))
    assert even.tolist() == [pytest.approx(0.1)] * 3
    assert late_shares(group[:0], late[:0]).n.size == 0


def test_an_agency_with_harder_work_is_not_worse_for_it() -> None:
    # Both are late in 10 % of regular and 50 % of special cases; the second has mostly special ones.
    shape = [(0, 0, 900, 90), (0, 1, 100, 50), (1, 0, 100, 10), (1, 1, 900, 450)]
    agency = np.concatenate([np.full(n, a, np.int32) for a, _, n, _ in shape])
    special = np.concatenate([np.full(n, bool(s)) for _, s, n, _ in shape])
    late = np.concatenate([np.arange(n) < k for *_, n, k in shape])
    item = np.zeros(len(agency), np.int32)
    found = fair_shares(agency, item, special, late)
    assert found.plain.tolist() == [pytest.approx(0.14), pytest.approx(0.46)]
    assert found.fair.tolist() == [pytest.approx(0.3), pytest.approx(0.3)]
    assert found.covered.tolist() == [1.0, 1.0]
    assert (found.low < 0.3).all()
    assert (found.high > 0.3).all()
    lone = fair_shares(
        agency[special | (agency == 0)],
        item[: (special | (agency == 0)).sum()],
        special[special | (agency == 0)],
        late[special | (agency == 0)],
    )
    assert lone.covered[1] == pytest.approx(1000 / 1900)


def test_a_promise_needs_fifty_nine_cases_and_holds_as_often_as_it_says() -> None:
    assert rank_above(58) is None
    assert rank_above(59) == 59
    draw = np.random.default_rng(1)
    kept = 0
    for _ in range(400):
        used = draw.geometric(0.2, 200).astype(np.int32)
        (one,) = promises(np.zeros(200, np.int32), used, np.ones(200, dtype=bool))
        assert one.days is not None
        kept += 1 - 0.8**one.days >= 0.95
    assert kept / 400 > 0.92


def test_open_cases_count_as_longer_than_any_closed_one() -> None:
    group = np.zeros(100, np.int32)
    used = np.arange(1, 101, dtype=np.int32)
    closed = np.ones(100, dtype=bool)
    (all_closed,) = promises(group, used, closed)
    assert (all_closed.days, all_closed.quantile) == (99, 95)
    closed[:10] = False
    (some_open,) = promises(group, used, closed)
    assert (some_open.days, some_open.quantile, some_open.still_open) == (None, None, 10)


def test_nothing_at_all_is_answered_with_nothing() -> None:
    none = log()
    found = steps(none)
    assert len(directly_follows(found, schedule=OFFICE)) == 0
    assert len(counted(found).count) == 0
    assert variants(none).count.size == 0
    assert conformance(none, Automaton(starts=frozenset(), pairs=frozenset())).conforming == 0
    assert none.actor is not None
    assert heaps(none, none.actor).heaps.size == 0
    assert stamping(none, none.actor, names=(), schedule=OFFICE) == ()
