"""The scalar clock, the columnar clock and a walker who counts on his fingers never differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pure.worktime import walker
from tests.pure.worktime.almanac import CN, runs, spans, starts, works
from xiaoneng.worktime import columns
from xiaoneng.worktime.calendar import OutsideAxis
from xiaoneng.worktime.clock import due, end, overdue, overdue_through, pause_open, read, remaining
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.runs import Pause, Run

MODERATE = settings(max_examples=120, deadline=None)


def walked(run: Run) -> date | None:
    pauses = [(pause.first, pause.until) for pause in run.pauses]
    grants = [(e.granted_on, e.limit.count) for e in run.extensions if e.limit]
    term = walker.Term(run.start, str(run.limit.unit), run.limit.count, run.limit.roll)
    return walker.last_day(term, pauses, grants, works)


@MODERATE
@given(runs())
def test_the_clock_says_what_the_walker_says(run: Run) -> None:
    assert due(run, calendar=CN) == walked(run)


@MODERATE
@given(runs(extended=False))
def test_the_short_way_for_bare_dates_says_the_same(run: Run) -> None:
    plain = replace(run, limit=Limit(run.limit.count))
    pauses = [(pause.first, pause.until) for pause in plain.pauses if pause.until]
    bare = replace(plain, pauses=tuple(Pause(*span) for span in pauses))
    assert CN.last_day(plain.start, plain.limit.count, sorted(pauses)) == walked(bare)


@MODERATE
@given(runs(), st.integers(0, 60))
def test_a_pause_resumed_on_the_same_day_changes_nothing(run: Run, offset: int) -> None:
    first = run.start + timedelta(offset)
    idle = replace(run, pauses=(*run.pauses, Pause(first, first)))
    assert end(idle, calendar=CN) == end(run, calendar=CN)
    assert due(idle, calendar=CN) == due(run, calendar=CN)


@MODERATE
@given(runs(), st.randoms(use_true_random=False))
def test_the_order_in_which_pauses_were_entered_is_irrelevant(run: Run, draw: object) -> None:
    shuffled = list(run.pauses)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replace(run, pauses=tuple(shuffled)) == run or end(
        replace(run, pauses=tuple(shuffled)), calendar=CN
    ) == end(run, calendar=CN)


@MODERATE
@given(runs(lasting=False), st.integers(1, 40), st.integers(1, 20))
def test_a_further_pause_never_brings_the_end_forward(run: Run, offset: int, length: int) -> None:
    first = run.start + timedelta(offset)
    further = replace(run, pauses=(*run.pauses, Pause(first, first + timedelta(length))))
    before, after = due(run, calendar=CN), due(further, calendar=CN)
    assert before is not None
    assert after is not None
    assert after >= before


@MODERATE
@given(runs())
def test_remaining_never_rises_except_on_the_day_an_extension_is_granted(run: Run) -> None:
    used = read(run, calendar=CN).extension
    left = remaining(run, today=run.start, calendar=CN)
    for offset in range(1, 120):
        today = run.start + timedelta(offset)
        now = remaining(run, today=today, calendar=CN)
        if now > left:
            assert used is not None
            assert used.granted_on == today
        left = now


@MODERATE
@given(runs(), st.integers(0, 200))
def test_a_run_is_overdue_exactly_when_nothing_is_left_and_never_while_suspended(
    run: Run, offset: int
) -> None:
    today = run.start + timedelta(offset)
    seen = run.seen_on(today)
    last = walked(seen)
    late = overdue(run, today=today, calendar=CN)
    assert late == (last is not None and today > last)
    assert late == (remaining(run, today=today, calendar=CN) < 0)
    assert not (late and pause_open(seen) and due(seen, calendar=CN) is None)


@MODERATE
@given(runs(), st.integers(0, 200))
def test_a_stored_end_tells_overdue_by_one_comparison(run: Run, offset: int) -> None:
    today = run.start + timedelta(offset)
    reading = read(run.seen_on(today), calendar=CN)
    late = reading.end.ordinal <= overdue_through(today, calendar=CN)[reading.end.axis]
    assert (late and reading.held_at is None) == overdue(run, today=today, calendar=CN)


@st.composite
def tables(draw: st.DrawFn) -> list[Run]:
    size = draw(st.integers(1, 12))
    rows = []
    for _ in range(size):
        start = draw(starts)
        pauses = tuple(Pause(*span) for span in draw(spans(start)))
        rows.append(Run(Limit(draw(st.integers(0, 45))), start, pauses))
    return rows


def as_columns(rows: list[Run]) -> tuple[columns.Days, columns.Days, list[tuple[columns.Days, columns.Days]]]:
    days = columns.axis_days(np.array([row.start for row in rows], dtype="datetime64[D]"))
    counts = np.array([row.limit.count for row in rows], dtype=np.int16)
    pauses = []
    for k in range(5):
        pairs = [_pair(row, k) for row in rows]
        pauses.append((np.array([a for a, _ in pairs], np.int16), np.array([b for _, b in pairs], np.int16)))
    return days, counts, pauses


def _pair(row: Run, k: int) -> tuple[int, int]:
    if k >= len(row.pauses):
        return 0, 0
    span = row.pauses[-1 - k]  # latest first: the columns come in no order
    return CN.place(span.first), CN.place(span.until) if span.until else columns.OPEN


@MODERATE
@given(tables(), st.integers(0, 90))
def test_columns_of_working_days_agree_row_by_row(rows: list[Run], offset: int) -> None:
    days, counts, pauses = as_columns(rows)
    ends = columns.fold(days, counts, pauses, calendar=CN)
    readings = [read(row, calendar=CN) for row in rows]
    assert ends.ordinals.tolist() == [reading.end.ordinal for reading in readings]
    assert ends.held_at.tolist() == [
        columns.NOT_HELD if reading.held_at is None else reading.held_at for reading in readings
    ]
    today = max(max([row.start, *(p.until or p.first for p in row.pauses)]) for row in rows) + timedelta(
        offset
    )
    assert columns.remaining(ends, today=today, calendar=CN).tolist() == [
        remaining(row, today=today, calendar=CN) for row in rows
    ]
    assert columns.overdue(ends, today=today, calendar=CN).tolist() == [
        overdue(row, today=today, calendar=CN) for row in rows
    ]


@MODERATE
@given(rows=tables(), roll=st.booleans())
def test_columns_of_calendar_days_agree_row_by_row(*, rows: list[Run], roll: bool) -> None:
    days, counts, pauses = as_columns(rows)
    rows = [replace(row, limit=Limit(row.limit.count, Unit.CALENDAR_DAYS, roll)) for row in rows]
    ends = columns.fold_days(days, counts, pauses, calendar=CN, roll=roll)
    readings = [read(row, calendar=CN) for row in rows]
    raw = [date.fromordinal(reading.end.ordinal) for reading in readings]
    assert columns.dates(ends.ordinals).tolist() == raw
    if roll:
        shown = columns.dates(columns.roll_days(ends.ordinals, calendar=CN)).tolist()
        assert shown == [CN.shift(one, 0) for one in raw]
    assert (ends.held_at == columns.NOT_HELD).tolist() == [r.held_at is None for r in readings]


def test_a_hundred_thousand_rows_agree_across_the_edges_of_blocks() -> None:
    draw = np.random.default_rng(20040101)
    rows = columns.BLOCK + 40_000
    days = draw.integers(1100, 8000, rows).astype(np.int16)
    counts = draw.integers(0, 60, rows).astype(np.int16)
    first = (days + draw.integers(0, 40, rows)).astype(np.int16)
    until = (first + draw.integers(0, 20, rows)).astype(np.int16)
    ordinals = columns.due_ordinals(days, counts, [(first, until)], calendar=CN)
    shown = columns.dates(columns.due_days(ordinals, calendar=CN)).tolist()
    began, ended, resumed = (columns.dates(column).tolist() for column in (days, first, until))
    for row in range(0, rows, 97):
        assert shown[row] == CN.last_day(began[row], int(counts[row]), [(ended[row], resumed[row])])


def test_columns_refuse_what_the_axis_does_not_reach() -> None:
    one, few = np.array([10], np.int16), np.array([5], np.int16)
    beyond = np.array([columns.LENGTH], np.int16)
    for starts_, counts in (
        (beyond, few),
        (one, np.array([-1], np.int16)),
        (np.array([20_800], np.int16), few * 9),
    ):
        with pytest.raises(OutsideAxis):
            columns.due_ordinals(starts_, counts, calendar=CN)
        with pytest.raises(OutsideAxis):
            columns.roll_days(columns.fold_days(starts_, counts, calendar=CN).ordinals, calendar=CN)
    with pytest.raises(ValueError, match="before it began"):
        columns.due_ordinals(one, few, [(few, few - np.int16(1))], calendar=CN)
    with pytest.raises(OutsideAxis):
        columns.due_ordinals(one, few, [(one, np.array([columns.LENGTH + 5], np.int16))], calendar=CN)
    with pytest.raises(TypeError, match="int64"):
        columns.due_ordinals(one.astype(np.int64), few, calendar=CN)
    with pytest.raises(OutsideAxis):
        columns.axis_days(np.array(["NaT"], dtype="datetime64[D]"))


def test_a_pause_that_leads_past_the_axis_is_refused_in_days_too() -> None:
    days = [np.array([n], np.int16) for n in (20_000, 40, 20_010, 20_819)]
    with pytest.raises(OutsideAxis):
        columns.fold_days(days[0], days[1], [(days[2], days[3])], calendar=CN)
    none = np.array([], np.int16)
    assert columns.fold(none, none, calendar=CN).ordinals.size == 0
