"""Extensions in columns (列式延长): where limits in working or calendar days end that were suspended and extended.

A pass of its own beside `columns.fold`, which knows no extension and is the quicker for it. Days are days of the axis
(0 is 2004-01-01); a row without a grant has `NEVER` as its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.columns import (
    NOT_HELD,
    OPEN,
    Days,
    Ends,
    Pauses,
    blocks,
    check_rows,
    in_order,
    tables,
    within,
)
from xiaoneng.worktime.workdays import LENGTH, OutsideAxis, WorkCalendar

Whole = NDArray[np.int32]
Mask = NDArray[np.bool_]
Grants = Sequence[tuple[Days, Days]]
"""Pairs of columns, the earlier grant first: the day of the grant, and by how many units of the limit."""

NEVER = OPEN


def fold_granted(
    starts: Days, counts: Days, pauses: Pauses, grants: Grants, *, calendar: WorkCalendar
) -> Ends:
    """Return where limits in working days end: extended once, if the grant came in time.

    Raises `OutsideAxis` for days or limits out of range.
    """
    before = tables(calendar).before.astype(np.int32)
    # Past the end of the axis nothing counts any more.
    before = np.append(before, np.full(OPEN + 1 - len(before), before[-1], dtype=np.int32))
    axis = _Axis(before, None, least=1, most=len(calendar.days))
    return _folded(axis, starts, counts, pauses, grants)


def fold_days_granted(
    starts: Days, counts: Days, pauses: Pauses, grants: Grants, *, calendar: WorkCalendar, roll: bool = True
) -> Ends:
    """Return where limits in calendar days end, raw days of the axis before they roll (`columns.roll_days`)."""
    days = np.arange(OPEN + 1, dtype=np.int32)
    shown = tables(calendar).rolled.astype(np.int32) if roll else days
    return _folded(_Axis(days - 1, shown, least=0, most=LENGTH - 1), starts, counts, pauses, grants)


@dataclass(frozen=True, slots=True, eq=False)
class _Axis:
    """How many units lie before a day; where ends are days, as which day each is shown; and their range."""

    before: Whole
    shown: Whole | None
    least: int
    most: int


def _folded(axis: _Axis, starts: Days, counts: Days, pauses: Pauses, grants: Grants) -> Ends:
    ordinals = np.empty(len(starts), dtype=np.int16)
    held_at = np.empty(len(starts), dtype=np.int16)
    for rows in blocks(len(starts)):
        own = [(first[rows], until[rows]) for first, until in pauses]
        check_rows(starts[rows], counts[rows], own)
        work = _Fold(axis, starts[rows], counts[rows])
        asked = [(day[rows].astype(np.int32), more[rows]) for day, more in grants]
        for first, until in in_order(own) if own else ():
            for day, more in asked:
                work.grant(day, more, day < np.maximum(first, work.covered))
            work.pause(first.astype(np.int32), until.astype(np.int32))
        for day, more in asked:
            work.grant(day, more, day != NEVER)
        end = work.end()
        if int(end.max()) > axis.most:
            raise OutsideAxis(f"an end after {int(end.max())} units")
        ordinals[rows], held_at[rows] = end, work.held_at
        within(ordinals[rows], axis.least, axis.most)
    return Ends(ordinals, held_at)


class _Fold:
    """The state of one pass over a block; mirrors the scalar fold line by line."""

    def __init__(self, axis: _Axis, starts: Days, counts: Days) -> None:
        self.axis = axis
        self.start = starts.astype(np.int32)
        self.covered = self.start + 1
        self.ordinal: Whole = axis.before.take(self.covered) + counts
        # A limit of nothing that starts on a rest day ends on the first working day there is.
        self.least = axis.before.take(self.start) + 1 if axis.shown is None else np.zeros_like(self.start)
        self.held_at = np.full(len(starts), NOT_HELD, dtype=np.int32)
        self.granted = np.zeros(len(starts), dtype=np.bool_)

    def end(self) -> Whole:
        return np.maximum(self.ordinal, self.least)

    def in_time(self, day: Whole) -> Mask:
        if self.axis.shown is None:
            return np.less(self.axis.before.take(day), self.end())
        return np.less_equal(day, self.axis.shown.take(self.end(), mode="clip"))

    def grant(self, day: Whole, more: Days, come: Mask) -> None:
        good = come & ~self.granted & (day >= self.start) & (self.in_time(day) | self._held())
        self.ordinal += np.where(good, more, 0)
        self.granted |= good

    def pause(self, first: Whole, until: Whole) -> None:
        first = np.maximum(first, self.covered)
        live = self.in_time(first) & ~self._held()
        lasting = live & (until == OPEN)
        low = self.axis.before.take(first)
        np.copyto(self.held_at, low, where=lasting)
        live &= (first < until) & ~lasting
        gained = np.where(live, self.axis.before.take(until) - low, 0)
        self.ordinal += gained
        # A pause begun on the rest days or the working day to which an end rolls: the day of resumption is left.
        np.copyto(self.least, low + gained + 1, where=gained > 0)
        np.copyto(self.covered, until, where=live)

    def _held(self) -> Mask:
        return np.not_equal(self.held_at, NOT_HELD)
