"""The clock in columns beside the scalar clock, the lights beside the scalar light, and time beside a walker's minutes."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pure.worktime.almanac import CN, runs, works
from xiaoneng.matters import light as scalar
from xiaoneng.worktime import columnlights, columns
from xiaoneng.worktime.calendar import OutsideAxis
from xiaoneng.worktime.clock import read
from xiaoneng.worktime.columngrants import NEVER, fold_days_granted, fold_granted
from xiaoneng.worktime.columnspans import LASTING, split, worked, worked_days, worked_minutes
from xiaoneng.worktime.hours import working_minutes
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.runs import Run
from xiaoneng.worktime.schedule import MINUTE, Schedule
from xiaoneng.worktime.spans import OfficeHours, Span

MODERATE = settings(max_examples=100, deadline=None)
AMSTERDAM, BOSTON = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York")
COUNTER = OfficeHours(
    week=((Span.between("09:00", "17:00"),),) * 4 + ((Span.between("09:00", "12:30"),), (), ()),
    ordinary=(Span.between("09:00", "17:00"),),
)
HALL = Schedule.weekly("hall", COUNTER, zone=AMSTERDAM, holidays=[date(2011, 4, 25), date(2011, 6, 2)])
SHOP = Schedule.weekly(
    "shop", OfficeHours(week=((Span(600, 1080),),) * 6 + ((),), ordinary=(Span(600, 1080),)), zone=BOSTON
)
OURS = Schedule.of_calendar(CN)


def micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def column(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


# Extensions


@st.composite
def tables(draw: st.DrawFn, unit: Unit) -> list[Run]:
    rows = [draw(runs()) for _ in range(draw(st.integers(1, 6)))]
    return [_in(row, unit) for row in rows]


def _in(row: Run, unit: Unit) -> Run:
    grants = tuple(replace(e, limit=Limit(e.limit.count, unit)) for e in row.extensions if e.limit)
    return replace(row, limit=Limit(row.limit.count, unit, row.limit.roll), extensions=grants)


def as_columns(rows: list[Run]) -> tuple:
    starts = np.array([CN.place(row.start) for row in rows], np.int16)
    counts = np.array([row.limit.count for row in rows], np.int16)
    pauses = [_column(rows, lambda row, k=k: _pause(row, k)) for k in range(5)]
    grants = [_column(rows, lambda row, k=k: _grant(row, k)) for k in range(2)]
    return starts, counts, pauses, grants


def _column(rows: list[Run], pair: object) -> tuple[np.ndarray, np.ndarray]:
    pairs = [pair(row) for row in rows]  # type: ignore[operator]
    return np.array([a for a, _ in pairs], np.int16), np.array([b for _, b in pairs], np.int16)


def _pause(row: Run, k: int) -> tuple[int, int]:
    if k >= len(row.pauses):
        return 0, 0
    span = row.pauses[-1 - k]
    return CN.place(span.first), CN.place(span.until) if span.until else columns.OPEN


def _grant(row: Run, k: int) -> tuple[int, int]:
    if k >= len(row.extensions):
        return NEVER, 0
    one = row.extensions[k]
    return CN.place(one.granted_on), one.limit.count if one.limit else 0


@MODERATE
@given(tables(Unit.WORKING_DAYS))
def test_extended_limits_in_working_days_end_where_the_scalar_clock_says(rows: list[Run]) -> None:
    ends = fold_granted(*as_columns(rows), calendar=CN)
    readings = [read(row, calendar=CN) for row in rows]
    assert ends.ordinals.tolist() == [reading.end.ordinal for reading in readings]
    assert ends.held_at.tolist() == [-1 if r.held_at is None else r.held_at for r in readings]


@MODERATE
@given(rows=tables(Unit.CALENDAR_DAYS), roll=st.booleans())
def test_extended_limits_in_calendar_days_end_where_the_scalar_clock_says(
    *, rows: list[Run], roll: bool
) -> None:
    rows = [replace(row, limit=replace(row.limit, roll=roll)) for row in rows]
    ends = fold_days_granted(*as_columns(rows), calendar=CN, roll=roll)
    readings = [read(row, calendar=CN) for row in rows]
    assert columns.dates(ends.ordinals).tolist() == [date.fromordinal(r.end.ordinal) for r in readings]
    assert (ends.held_at == columns.NOT_HELD).tolist() == [r.held_at is None for r in readings]


def test_limits_never_extended_end_where_the_quicker_pass_says() -> None:
    draw = np.random.default_rng(4)
    rows = columns.BLOCK + 1000
    starts, counts = (
        draw.integers(1100, 8000, rows).astype(np.int16),
        draw.integers(0, 60, rows).astype(np.int16),
    )
    first = (starts + draw.integers(0, 40, rows)).astype(np.int16)
    pauses = [(first, (first + draw.integers(0, 20, rows)).astype(np.int16))]
    none = [(np.full(rows, NEVER, np.int16), np.zeros(rows, np.int16))]
    expected = columns.fold(starts, counts, pauses, calendar=CN).ordinals
    assert np.array_equal(fold_granted(starts, counts, pauses, none, calendar=CN).ordinals, expected)


def test_an_extension_past_the_axis_is_refused() -> None:
    one = np.array([20_000], np.int16)
    grant = [(one, np.array([9000], np.int16))]
    for fold in (fold_granted, fold_days_granted):
        with pytest.raises(OutsideAxis):
            fold(one, np.array([10], np.int16), [], grant, calendar=CN)


# Lights


def test_the_codes_of_lights_are_the_lights_of_matters_in_their_order() -> None:
    assert [code.name for code in columnlights.LightCode] == [light.name for light in scalar.Light]


ends_near = st.one_of(st.none(), st.integers(-8, 8))


@st.composite
def readings(draw: st.DrawFn, today: date) -> scalar.Reading:
    axis = draw(st.sampled_from([None, *columnlights.AXES]))
    at = scalar.marks(today, calendar=CN)
    scale = 60 if axis is columnlights.AXES[3] else 1
    middle = at.on(axis).past if axis else 0
    statutory, promised = draw(ends_near), draw(ends_near)
    return scalar.Reading(
        axis=axis,
        statutory=None if statutory is None or axis is None else middle + statutory * scale,
        promised=None if promised is None or axis is None else middle + promised * scale,
        paused=draw(st.booleans()),
        closed=draw(st.booleans()),
    )


def as_clocks(rows: list[scalar.Reading]) -> columnlights.Clocks:
    end = [columnlights.NO_END if row.statutory is None else row.statutory for row in rows]
    promised = [columnlights.NO_END if row.promised is None else row.promised for row in rows]
    return columnlights.Clocks(
        axis=np.array([columnlights.AXES.index(row.axis) if row.axis else 0 for row in rows], np.uint8),
        statutory=np.array(end, np.int32),
        promised=np.array(promised, np.int32),
        held=np.array([row.paused for row in rows]),
        closed=np.array([row.closed for row in rows]),
    )


@MODERATE
@given(st.data(), st.dates(date(2010, 1, 1), date(2026, 12, 31)))
def test_lights_of_a_column_are_the_lights_of_its_rows(data: st.DataObject, today: date) -> None:
    rows = data.draw(st.lists(readings(today), min_size=1, max_size=12))
    at = scalar.marks(today, calendar=CN)
    codes = columnlights.lights(as_clocks(rows), columnlights.marks(today, calendar=CN))
    names = [columnlights.LightCode(code).name for code in codes.tolist()]
    assert names == [scalar.light(row, at).name for row in rows]


# Time between instants

FIRST = datetime(2008, 1, 1, tzinfo=UTC)
moments = st.integers(0, 596_000_000).map(lambda passed: FIRST + timedelta(seconds=passed))


@MODERATE
@given(
    st.lists(st.tuples(moments, moments), min_size=1, max_size=6), st.sampled_from([AMSTERDAM, BOSTON, None])
)
def test_office_minutes_between_columns_of_instants_are_the_scalar_clocks(
    pairs: list[tuple[datetime, datetime]], zone: ZoneInfo | None
) -> None:
    schedule = Schedule.of_calendar(CN, zone=zone) if zone else OURS
    begun, ended = column(*(micros(a) for a, _ in pairs)), column(*(micros(b) for _, b in pairs))
    local = zone or OURS.zone
    assert worked_minutes(begun, ended, schedule=schedule).tolist() == [
        working_minutes(a, b, calendar=CN, zone=local) for a, b in pairs
    ]
    assert worked_days(begun, ended, schedule=schedule).tolist() == [
        CN.ordinal(b.astimezone(local).date()) - CN.ordinal(a.astimezone(local).date()) for a, b in pairs
    ]


def hall_open(at: datetime) -> bool:
    if at.date() in (date(2011, 4, 25), date(2011, 6, 2)) or at.weekday() > 4:
        return False
    return at.hour >= 9 and (at.hour, at.minute) < ((12, 30) if at.weekday() == 4 else (17, 0))


def shop_open(at: datetime) -> bool:
    return at.weekday() < 6 and 10 <= at.hour < 18


def ours_open(at: datetime) -> bool:
    return works(at.date()) and any(a <= at.hour * 60 + at.minute < b for a, b in ((510, 720), (810, 1020)))


OFFICES = [(HALL, hall_open), (SHOP, shop_open), (OURS, ours_open)]
springs = st.integers(micros(datetime(2011, 3, 10, tzinfo=UTC)), micros(datetime(2011, 5, 5, tzinfo=UTC)))


@st.composite
def elapsed(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int]], list[tuple[int, int]]]:
    """Two instants a few days apart around a change of summer time, with suspensions and waits about them."""
    begun = draw(springs) // MINUTE * MINUTE
    ended = begun + draw(st.integers(0, 4 * 1440)) * MINUTE
    offsets = st.tuples(st.integers(-600, 6000), st.integers(0, 3000), st.booleans())
    spans = []
    for found in (draw(st.lists(offsets, max_size=3)), draw(st.lists(offsets, max_size=2))):
        pairs = [(begun + at * MINUTE, begun + (at + long) * MINUTE, last) for at, long, last in found]
        spans.append([(a, LASTING if last and b > ended else b) for a, b, last in pairs])
    return begun, ended, spans[0], spans[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(elapsed(), min_size=1, max_size=3), st.sampled_from(OFFICES))
def test_the_parts_of_elapsed_time_are_what_a_walker_finds_minute_by_minute(
    rows: list, office: tuple
) -> None:
    schedule, is_open = office
    begun, ended = column(*(row[0] for row in rows)), column(*(row[1] for row in rows))
    parts = split(begun, ended, schedule=schedule, pauses=_spans(rows, 2, 3), waits=_spans(rows, 3, 2))
    assert np.array_equal(parts.elapsed, ended - begun)
    for place, (first, last, pauses, waits) in enumerate(rows):
        expected = dict.fromkeys(("suspended", "waiting", "working", "out"), 0)
        for at in range(first, last, MINUTE):
            local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(schedule.zone)
            held = any(a <= at < b for a, b in pauses)
            aside = "suspended" if held else "waiting" if any(a <= at < b for a, b in waits) else ""
            expected[aside or ("working" if is_open(local) else "out")] += MINUTE
        assert {name: int(getattr(parts, name)[place]) for name in expected} == expected


def _spans(rows: list, which: int, width: int) -> list[tuple[np.ndarray, np.ndarray]]:
    filled = [[*row[which], *[(0, 0)] * width][:width] for row in rows]
    return [(column(*(r[k][0] for r in filled)), column(*(r[k][1] for r in filled))) for k in range(width)]


def test_work_is_exact_below_the_minute() -> None:
    begun = micros(datetime(2026, 3, 2, 0, 59, 59, 250_000, tzinfo=UTC))
    ended = micros(datetime(2026, 3, 2, 1, 0, 0, 500_000, tzinfo=UTC))
    assert worked(column(begun), column(ended), schedule=OURS).tolist() == [1_250_000]


def test_the_hour_that_summer_time_skips_is_no_office_time() -> None:
    night = Schedule.always("watch", zone=AMSTERDAM)
    before, after = datetime(2011, 3, 27, 0, 30, tzinfo=UTC), datetime(2011, 3, 27, 1, 30, tzinfo=UTC)
    assert worked_minutes(column(micros(before)), column(micros(after)), schedule=night).tolist() == [60]
    early = OfficeHours(week=((Span(60, 240),),) * 7, ordinary=(Span(60, 240),))
    bakery = Schedule.weekly("bakery", early, zone=AMSTERDAM)
    day = [micros(datetime(2011, 3, 26, 12, tzinfo=UTC)), micros(datetime(2011, 3, 27, 12, tzinfo=UTC))]
    assert worked_minutes(column(day[0]), column(day[1]), schedule=bakery).tolist() == [120]


def test_instants_out_of_reach_and_backward_spans_are_refused() -> None:
    none = np.array([], np.int64)
    assert split(none, none, schedule=OURS).elapsed.size == 0
    early = column(micros(datetime(1999, 1, 1, tzinfo=UTC)))
    with pytest.raises(OutsideAxis):
        worked(early, early, schedule=OURS)
    assert worked(early, early, schedule=HALL).tolist() == [0]
    with pytest.raises(OutsideAxis):
        worked(column(np.datetime64("NaT").astype(np.int64)), early, schedule=HALL)
    with pytest.raises(ValueError, match="before it began"):
        split(column(2), column(1), schedule=OURS)
    with pytest.raises(TypeError, match="int32"):
        split(early.astype(np.int32), early, schedule=OURS)


def test_a_million_rows_take_no_more_memory_than_their_answer_and_a_few_blocks() -> None:
    draw = np.random.default_rng(7)
    begun = draw.integers(
        micros(datetime(2020, 1, 1, tzinfo=UTC)), micros(datetime(2025, 1, 1, tzinfo=UTC)), 1_000_000
    )
    ended = begun + draw.integers(0, 10**12, len(begun))
    pauses = [(begun + 10**10, begun + 3 * 10**10)]
    split(begun[:10], ended[:10], schedule=OURS, pauses=pauses[:0])  # the table of the calendar is made once
    tracemalloc.start()
    parts = split(begun, ended, schedule=OURS, pauses=pauses)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer = 4 * parts.working.nbytes
    assert peak - answer < 32 * 2**20
