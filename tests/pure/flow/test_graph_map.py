"""Lights on every day, the map made of a graph, logs as columns, and procedures as what may follow what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pure import samples
from tests.pure.flow.logs import packed, real, table
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.graph.abstract import LEVELS, OTHERS, Level, flow_map, phase_of
from xiaoneng.flow.graph.conformance import conformance
from xiaoneng.flow.graph.directly import directly_follows
from xiaoneng.flow.graph.events import Events, coded, steps
from xiaoneng.flow.graph.layout import layout
from xiaoneng.flow.graph.loading import Picked, instants, load
from xiaoneng.flow.graph.overtime import NEVER, History, lights_over_time
from xiaoneng.flow.graph.plainxes import plain_rows
from xiaoneng.flow.graph.variants import variants
from xiaoneng.flow.rows import Row
from xiaoneng.flow.source import opened
from xiaoneng.flow.xeslog import xes_rows
from xiaoneng.matters.acts import key
from xiaoneng.matters.light import Light, Reading, light, marks
from xiaoneng.matters.successors import automaton_of
from xiaoneng.procedures.book import latest
from xiaoneng.worktime.columnlights import AXES, NO_END, LightCode
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.runs import Axis
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import CUSTOMARY
from xiaoneng.worktime.workdays import WorkCalendar

CN = WorkCalendar.build(key="CN", notices=baseline())
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HALL = Schedule.weekly("hall", CUSTOMARY, zone=AMSTERDAM)
BPIC = Picked(
    case="case_concept.name",
    activity="event_action_code",
    at="event_time.timestamp",
    actor="event_org.resource",
)
FIRST = date(2026, 2, 10)


@st.composite
def cases(draw: st.DrawFn) -> dict:
    received = FIRST.toordinal() + draw(st.integers(-5, 15))
    end = draw(st.one_of(st.none(), st.integers(-2, 25)))
    held = received + draw(st.integers(0, 20))
    return {
        "received": received,
        "closed": received + draw(st.one_of(st.just(NEVER - received), st.integers(-1, 40))),
        "axis": draw(st.sampled_from([Axis.WORKING, Axis.ABSOLUTE, Axis.FIXED])),
        "end": end,
        "promised": None if end is None else draw(st.one_of(st.none(), st.integers(-4, end))),
        "held": (held, held + draw(st.one_of(st.integers(0, 9), st.just(NEVER - held)))),
    }


def ordinal(case: dict, name: str) -> int | None:
    if case[name] is None:
        return None
    day = date.fromordinal(case["received"] + case[name])
    return CN.ordinal(day) if case["axis"] is Axis.WORKING else day.toordinal()


@settings(max_examples=60, deadline=None)
@given(st.lists(cases(), min_size=1, max_size=8))
def test_every_day_shows_as_many_of_each_light_as_its_cases_have(rows: list[dict]) -> None:
    def end(name: str) -> np.ndarray:
        return np.array([NO_END if (o := ordinal(row, name)) is None else o for row in rows], np.int64)

    history = History(
        received=np.array([row["received"] for row in rows], np.int64),
        closed=np.array([row["closed"] for row in rows], np.int64),
        axis=np.array([AXES.index(row["axis"]) for row in rows], np.uint8),
        statutory=end("end"),
        promised=end("promised"),
        held=[tuple(np.array([row["held"][k] for row in rows], np.int64) for k in (0, 1))],
    )
    last = FIRST + timedelta(days=40)
    found = lights_over_time(history, first=FIRST, last=last, calendar=CN)
    for offset in range(41):
        day = FIRST + timedelta(days=offset)
        expected = dict.fromkeys(LightCode, 0)
        for row in rows:
            if row["received"] <= day.toordinal():
                expected[LightCode[_light(row, day).name]] += 1
        assert found.on(day) == expected, day


def _light(row: dict, day: date) -> Light:
    number = day.toordinal()
    reading = Reading(
        axis=row["axis"],
        statutory=ordinal(row, "end"),
        promised=ordinal(row, "promised"),
        paused=row["held"][0] <= number < row["held"][1],
        closed=row["closed"] <= number,
    )
    return light(reading, marks(day, calendar=CN))


# The map


def big_log(activities: int = 120, rows: int = 20_000) -> Events:
    draw = np.random.default_rng(15)
    names = tuple(f"{1 + n % 3:02}_{'HOOFD' if n % 5 else 'AWB45'}_{n % 6}{n:02}" for n in range(activities))
    case = np.sort(draw.integers(0, 900, rows)).astype(np.int32)
    activity = np.minimum(draw.geometric(0.03, rows) - 1, activities - 1).astype(np.int32)
    return Events(case=case, activity=activity, at=np.arange(rows, dtype=np.int64) * 10**9, activities=names)


@pytest.mark.parametrize("level", LEVELS)
def test_a_map_is_connected_covers_what_it_says_and_is_the_same_each_time(level: Level) -> None:
    graph = directly_follows(steps(big_log()), schedule=HALL)
    found, again = flow_map(graph, level=level), flow_map(graph, level=level)
    assert found.nodes == again.nodes
    assert np.array_equal(found.count, again.count)
    assert found.covered >= level.cover or len(found.count) >= level.arrows > 0
    inside = sum(node.inside for node in found.nodes)
    assert found.count.sum() + inside == pytest.approx(found.covered * graph.count.sum())
    assert len(found.nodes) <= (level.boxes or level.shown + 3 * 2 * 7)
    reached, ends = {0}, list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    for _ in found.nodes:
        reached |= {b for a, b in ends if a in reached} | {a for a, b in ends if b in reached}
    assert reached == set(range(len(found.nodes)))
    assert sorted(code for node in found.nodes for code in node.activities) == list(range(120))


def test_names_fall_into_phases_by_their_first_parts() -> None:
    assert phase_of("01_HOOFD_010", parts=2) == "01_HOOFD"
    assert phase_of("01_HOOFD_010", parts=3) == f"01_HOOFD_0{OTHERS}"
    assert phase_of("T02 Check confirmation of receipt", parts=1) == "T02"
    assert phase_of("受理", parts=2) == OTHERS


def test_nodes_stand_below_what_leads_to_them_and_nowhere_twice() -> None:
    graph = directly_follows(steps(big_log()), schedule=HALL)
    found = flow_map(graph, level=LEVELS[2])
    drawn = layout(found)
    assert len(set(drawn.nodes)) == len(found.nodes)
    for source, target, bends, back in zip(found.source, found.target, drawn.bends, drawn.back, strict=True):
        (_, top), (_, bottom) = drawn.nodes[source], drawn.nodes[target]
        if source != target:
            assert (top > bottom) == back
            assert len(bends) == abs(top - bottom) - 1
    assert drawn.height <= len(found.nodes)
    assert layout(found) == drawn


def test_a_straight_way_is_drawn_straight() -> None:
    case, activity = np.zeros(4, np.int32), np.arange(4, dtype=np.int32)
    events = Events(
        case=case, activity=activity, at=np.arange(4, dtype=np.int64), activities=("a", "b", "c", "d")
    )
    graph = directly_follows(steps(events), schedule=HALL)
    found = layout(flow_map(graph, level=LEVELS[1]))
    assert found.nodes == ((0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, 3.0))
    assert found.back == (False, False, False)


def test_bpic15_is_abstracted_and_laid_out_in_a_twentieth_of_a_second() -> None:
    events = load(real("bpic15-municipality-1/BPIC15_1.csv.gz"), picked=BPIC).events
    assert (len(events), len(events.activities)) == (52_217, 398)
    graph = directly_follows(steps(events), schedule=HALL)
    took = []
    for level in LEVELS[:4]:
        begun = process_time()
        found = layout(flow_map(graph, level=level))
        took.append(process_time() - begun)
        assert found.width > 1
    assert min(took) < 0.05


# Logs as columns


def test_the_receipt_log_is_the_same_from_csv_and_from_xes() -> None:
    csv = load(real("wabo-receipt/receipt.csv"), picked=Picked())
    xes = load(real("wabo-receipt/receipt.xes.gz"), picked=Picked())
    assert len(csv.events) == len(xes.events) == 8577
    assert len(csv.cases) == len(xes.cases) == 1434
    told = [_told(log.events) for log in (csv, xes)]
    assert told[0] == told[1]
    assert variants(csv.events).count.sum() == 1434


def test_plain_xes_says_what_the_careful_reader_says_and_leaves_the_rest_to_it() -> None:
    path = real("wabo-receipt/receipt.xes.gz")
    names = ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "case:channel")
    with opened(path) as blocks:
        careful = [row.values for row in xes_rows(blocks, columns=names) if isinstance(row, Row)]
    with opened(path) as blocks:
        assert plain_rows(blocks.read(), columns=names) == careful


PLAIN = (
    '<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a &amp; b"/>'
    '<date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event></trace></log>'
)
ASKED = ("case:concept:name", "concept:name", "time:timestamp")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/></event>", '><string key="concept:name" value="z"/></date></event>'),
        ('<string key="concept:name" value="a &amp; b"/>', "<string key='concept:name' value='a'/>"),
        ('key="concept:name" value="1"', 'value="1" key="concept:name"'),
        ("</event>", '</event><string key="concept:name" value="2"/>'),
        ("<log>", '<!DOCTYPE log [<!ENTITY e "x">]><log>'),
        ("</log>", ""),
        ("<event>", "<!-- <event> --><event>"),
        ("time:timestamp", "time"),
    ],
)
def test_xes_that_is_not_plain_is_not_read_plainly(old: str, new: str) -> None:
    assert plain_rows(PLAIN.encode(), columns=ASKED) == [("1", "a & b", "2026-03-02T09:00:00Z")]
    assert old in PLAIN
    assert plain_rows(PLAIN.replace(old, new).encode(), columns=ASKED) is None


def _told(events: Events) -> list[tuple[str, int, int]]:
    graph = directly_follows(steps(events), schedule=HALL)
    ends = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
    names = [f"{graph.activities[a]} > {graph.activities[b]}" for a, b in ends]
    return sorted(zip(names, graph.count.tolist(), graph.working.total.tolist(), strict=True))


def test_written_times_become_instants_by_offset_or_by_the_zone_clock() -> None:
    texts = (
        "2011-03-27T01:59:59+01:00",
        "2011-03-27T01:00:00Z",
        "2011-03-27 01:30:00",
        "2011-03-27 03:30:00.5",
    )
    found = instants(texts, zone=AMSTERDAM)
    said = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at) for at in found.tolist()]
    assert [one.strftime("%H:%M:%S.%f")[:10] for one in said] == [
        "00:59:59.0",
        "01:00:00.0",
        "00:30:00.0",
        "01:30:00.5",
    ]
    with pytest.raises(ValueError, match="soon"):
        instants(("soon",), zone=AMSTERDAM)


def test_a_log_with_a_bad_row_is_refused_and_a_packed_one_read(tmp_path: Path) -> None:
    picked = Picked(case="c", activity="a", at="t", actor="r")
    good = table(tmp_path, "1,x,2026-03-02T09:00:00Z,W,5", "1,,,,6", header="c,a,t,r,more")
    read = load(packed(good), picked=picked, more=("more",))
    assert (len(read.events), read.more["more"].tolist()) == (1, ["5"])
    nameless = table(tmp_path, "1,,2026-03-02T09:00:00Z,,", name="n.csv", header="c,a,t,r,more")
    assert load(nameless, picked=picked).events.activities == ("",)
    with pytest.raises(LogRefused, match="2 t"):
        load(table(tmp_path, "1,x,,W,", name="none.csv", header="c,a,t,r,more"), picked=picked)
    with pytest.raises(LogRefused):
        load(table(tmp_path, "1,x", name="bad.csv", header="c,a,t,r,more"), picked=picked)


# Procedures


@pytest.mark.parametrize(("procedure", "traits"), samples.CASES, ids=lambda one: getattr(one, "key", ""))
def test_every_matter_of_a_procedure_goes_a_way_that_its_declaration_allows(
    procedure: object, traits: tuple[str, ...]
) -> None:
    known = latest(procedure.key)  # type: ignore[attr-defined]
    for dossier in samples.at_every_stage(known, traits=traits).values():
        verbs = [key(act) for act in dossier.acts]
        activity, names = coded(verbs)
        events = Events(
            case=np.zeros(len(verbs), np.int32),
            activity=activity,
            at=np.arange(len(verbs), dtype=np.int64),
            activities=names,
        )
        assert conformance(events, automaton_of(known)).breaks.tolist() == [0], verbs


def test_a_delivery_before_acceptance_is_no_way_of_an_approval() -> None:
    declared = automaton_of(latest("approval"))
    assert declared.starts == {"received"}
    assert ("received", "accepted") in declared.pairs
    assert not {("received", "delivered"), ("delivered", "accepted")} & declared.pairs
    assert "delivered" in declared.ends
