"""The clock in columns (列式时钟): the scalar clock's answers for millions of rows at a time.

Days are whole numbers on the axis: 0 is 2004-01-01 (`axis_days` and `dates` turn them). A row without a pause has
`first == until`; a suspension that lasts has `until == OPEN`. Knows arrays; knows neither files nor tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.workdays import EPOCH, LENGTH, OutsideAxis, WorkCalendar

Days = NDArray[np.int16]
Pauses = Sequence[tuple[Days, Days]]

OPEN = 32767
NOT_HELD = -1
BLOCK = 1 << 16
MOST = 10_000
"""Longest limit, in days: with it every sum stays within sixteen bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """A calendar as arrays: working days before a day, the days of the ordinals, the next working day."""

    before: Days
    days: Days
    rolled: Days


@lru_cache(maxsize=64)
def tables(calendar: WorkCalendar) -> Tables:
    """Return the arrays of a calendar, made once."""
    before = np.array(calendar.before, dtype=np.int16)
    days = np.flatnonzero(np.diff(before)).astype(np.int16)
    # Past the last working day of the axis nothing rolls: such a day is refused before it is shown.
    rolled = np.append(days, np.int16(LENGTH))[before]
    return Tables(before=before, days=days, rolled=rolled)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """What `fold` and `fold_days` return, a row each.

    `ordinals` are working-day ordinals, or days of the axis; `held_at` is how far a suspended row was counted when
    its suspension began, `NOT_HELD` where it runs.
    """

    ordinals: Days
    held_at: Days


def axis_days(dates_in: NDArray[np.datetime64]) -> Days:
    """Return dates as days of the axis; raises `OutsideAxis` for one beyond it, or missing."""
    days = (dates_in.astype("datetime64[D]") - np.datetime64(EPOCH)).astype(np.int64)
    if days.size and not 0 <= int(days.min()) <= int(days.max()) < LENGTH:
        raise OutsideAxis("a date of the column")
    return days.astype(np.int16)


def dates(days: Days) -> NDArray[np.datetime64]:
    """Return days of the axis as dates."""
    return np.datetime64(EPOCH) + days.astype("timedelta64[D]")


def due_ordinals(starts: Days, counts: Days, pauses: Pauses = (), *, calendar: WorkCalendar) -> Days:
    """Return the ordinals of the last working days; of suspended rows, as it stood when they were suspended."""
    return fold(starts, counts, pauses, calendar=calendar).ordinals


def due_days(ordinals: Days, *, calendar: WorkCalendar) -> Days:
    """Return the days of working-day ordinals; raises `OutsideAxis`."""
    within(ordinals, 1, len(calendar.days))
    return tables(calendar).days.take(ordinals - 1)


def fold(starts: Days, counts: Days, pauses: Pauses = (), *, calendar: WorkCalendar) -> Ends:
    """Return where limits in working days end, in blocks of 65,536 rows.

    Pause columns may come in any order and overlap. Raises `OutsideAxis` for days or limits out of range.
    """
    before = tables(calendar).before
    ordinals = np.empty(len(starts), dtype=np.int16)
    held_at = np.full(len(starts), NOT_HELD, dtype=np.int16)
    work = _Workspace(min(BLOCK, len(starts)))
    for rows in blocks(len(starts)):
        own = [(first[rows], until[rows]) for first, until in pauses]
        check_rows(starts[rows], counts[rows], own)
        _fold_block(before, starts[rows], counts[rows], in_order(own), (ordinals[rows], held_at[rows]), work)
        within(ordinals[rows], 1, len(calendar.days))
    return Ends(ordinals, held_at)


class _Workspace:
    """Buffers of one block, so that no row allocates an index."""

    def __init__(self, size: int) -> None:
        self.index = np.empty(size, dtype=np.intp)
        self.live = np.empty(size, dtype=np.bool_)

    def look_up(self, table: Days, places: Days) -> Days:
        # Take wants pointer-sized places; given smaller ones it makes the copy anew each time.
        index = self.index[: len(places)]
        index[:] = places
        return table.take(index)


def _fold_block(
    before: Days, starts: Days, counts: Days, pauses: Pauses, out: tuple[Days, Days], work: _Workspace
) -> None:
    last, held_at = out
    live = work.live[: len(starts)]
    reach = work.look_up(before[1:], starts)
    np.add(reach, counts, out=last)
    if not counts.all():
        np.maximum(last, work.look_up(before, starts) + np.int16(1), out=last)
    for first, until in pauses:
        lasting = until.max() == OPEN
        low = work.look_up(before, first)
        np.maximum(low, reach, out=low)
        gained = work.look_up(before, np.minimum(until, np.int16(LENGTH)) if lasting else until)
        np.maximum(gained, low, out=gained)
        np.less(low, last, out=live)
        gained -= low
        gained *= live
        reach = low
        reach += gained
        if lasting:
            _hold(live & (until == OPEN), reach - gained, gained, held_at)
        last += gained


def _hold(held: NDArray[np.bool_], low: Days, gained: Days, held_at: Days) -> None:
    # A suspension that lasts adds nothing yet; it reaches to the end of the axis, so nothing later counts.
    np.copyto(held_at, low, where=held)
    np.copyto(gained, np.int16(0), where=held)


def fold_days(
    starts: Days, counts: Days, pauses: Pauses = (), *, calendar: WorkCalendar, roll: bool = True
) -> Ends:
    """Return where limits in calendar days end: raw days of the axis, before they roll (`roll_days`)."""
    check_rows(starts, counts, pauses)
    rolled = tables(calendar).rolled if roll else np.arange(LENGTH + 1, dtype=np.int16)
    ordinals = starts + counts
    held_at = np.full(len(starts), NOT_HELD, dtype=np.int16)
    for rows in blocks(len(starts)):
        reach, end = starts[rows] + np.int16(1), ordinals[rows]
        for first, until in in_order([(first[rows], until[rows]) for first, until in pauses]):
            low = np.maximum(first, reach)
            high = np.maximum(until, low)
            live = (low <= rolled.take(end, mode="clip")) & (high > low)
            held = live & (until == OPEN)
            np.copyto(held_at[rows], low - np.int16(1), where=held)
            reach = np.where(live, high, reach)
            longer = np.maximum(end + (high - low), high)
            np.copyto(end, longer, where=live & ~held)
    within(ordinals, 0, LENGTH - 1)
    return Ends(ordinals, held_at)


def roll_days(days: Days, *, calendar: WorkCalendar) -> Days:
    """Return the days themselves or, of rest days, the next working days; raises `OutsideAxis`."""
    within(days, 0, LENGTH - 1)
    shown = tables(calendar).rolled.take(days)
    within(shown, 0, LENGTH - 1)
    return shown


def remaining(ends: Ends, *, today: date, calendar: WorkCalendar) -> Days:
    """Return the working days left at the end of `today`, of rows that have begun; negative when overdue."""
    used = np.int16(calendar.ordinal(today))
    left = ends.ordinals - used
    if not calendar.is_working(today):
        left[left == 0] = -1  # the last working day has passed, the first one too late has not come
    held = ends.held_at != NOT_HELD
    np.copyto(left, ends.ordinals - ends.held_at, where=held)
    return left


def overdue(ends: Ends, *, today: date, calendar: WorkCalendar) -> NDArray[np.bool_]:
    """Return which rows in working days are past their last day; suspended ones never are."""
    late: NDArray[np.bool_] = ends.ordinals <= np.int16(calendar.ordinal_before(today))
    late &= ends.held_at == NOT_HELD
    return late


def in_order(pauses: list[tuple[Days, Days]]) -> Pauses:
    """Return pause columns so that in every row the earlier pause comes first."""
    lasting = any(bool(until.max() == OPEN) for _, until in pauses)
    if not lasting and all(bool((a[0] <= b[0]).all()) for a, b in pairwise(pauses)):
        return pauses
    first, until = np.stack([p[0] for p in pauses]), np.stack([p[1] for p in pauses])
    order = np.argsort(first.astype(np.int32) * (OPEN + 1) + until, axis=0)
    sorted_first, sorted_until = np.take_along_axis(first, order, 0), np.take_along_axis(until, order, 0)
    return list(zip(sorted_first, sorted_until, strict=True))


def blocks(rows: int) -> Iterator[slice]:
    """Yield the slices in which so many rows are worked on."""
    return (slice(at, min(at + BLOCK, rows)) for at in range(0, rows, BLOCK))


def check_rows(starts: Days, counts: Days, pauses: Pauses) -> None:
    """Raise `OutsideAxis`, `TypeError` or `ValueError` for rows that no clock can have."""
    within(starts, 0, LENGTH - 1)
    within(counts, 0, MOST)
    for first, until in pauses:
        within(first, 0, LENGTH - 1)
        if bool((until < first).any()):
            raise ValueError("a pause cannot end before it began")
        if until.max() > LENGTH - 1:
            within(until[until != OPEN], 0, LENGTH - 1)


def within(values: Days, least: int, most: int) -> None:
    """Raise `OutsideAxis` unless all values lie in the range, `TypeError` unless they are int16."""
    if values.dtype != np.int16:
        raise TypeError(f"days and limits come as int16, not {values.dtype}")
    # Seen without a sign a negative number is a large one: one pass finds both.
    if values.size and values.view(np.uint16).max() <= most and (least == 0 or values.min() >= least):
        return
    if values.size and not least <= int(values.min()) <= int(values.max()) <= most:
        raise OutsideAxis(f"a value between {values.min()} and {values.max()}")
