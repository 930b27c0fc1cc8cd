"""Lights in columns (列式亮灯): the light of millions of rows on a day, and of one record on many days.

The codes stand in the order of the lights of `matters.light`, whose scalar function says the same of one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from xiaoneng.worktime.hours import minutes_before
from xiaoneng.worktime.runs import Axis
from xiaoneng.worktime.workdays import WorkCalendar

Codes = NDArray[np.uint8]
Ordinals = NDArray[np.int32]

NO_END = np.iinfo(np.int32).min
"""A row without this end: no clock runs, or nothing was promised beyond the law."""
AXES: tuple[Axis, ...] = tuple(Axis)
ONE_DAY = timedelta(days=1)
BLOCK = 1 << 16


class LightCode(IntEnum):
    """A light as a number."""

    IN_TIME = 0
    DUE_SOON = 1
    PROMISE_BROKEN = 2
    OVERDUE = 3
    SUSPENDED = 4
    WAITING = 5
    CLOSED = 6


@dataclass(frozen=True, slots=True, eq=False)
class Clocks:
    """What rows keep of their foremost clocks: the axis (its place in `AXES`), the ends, whether held or closed.

    `statutory` and `promised` are ordinals on the axis, or `NO_END`.
    """

    axis: Codes
    statutory: Ordinals
    promised: Ordinals
    held: NDArray[np.bool_]
    closed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The thresholds of a day, an entry an axis: an end at or below `past` is over, at or below `soon` near."""

    past: Ordinals
    soon: Ordinals


def marks(today: date, *, calendar: WorkCalendar) -> Marks:
    """Return the thresholds of `today`, as `matters.light.marks` has them."""
    gone = calendar.ordinal_before(today)
    near = calendar.day(calendar.ordinal(today) + 1)
    last = calendar.day(gone).toordinal() if gone else 0
    past = {
        Axis.WORKING: gone,
        Axis.ABSOLUTE: last,
        Axis.FIXED: today.toordinal() - 1,
        Axis.MINUTES: minutes_before(today, calendar=calendar),
    }
    soon = {
        Axis.WORKING: calendar.ordinal(today) + 1,
        Axis.ABSOLUTE: near.toordinal(),
        Axis.FIXED: near.toordinal(),
        Axis.MINUTES: minutes_before(near + ONE_DAY, calendar=calendar),
    }
    return Marks(
        np.array([past[axis] for axis in AXES], dtype=np.int32),
        np.array([soon[axis] for axis in AXES], dtype=np.int32),
    )


def lights(clocks: Clocks, at: Marks) -> Codes:
    """Return the code of the light of every row on a day, in blocks of 65,536 rows."""
    found = np.empty(len(clocks.axis), dtype=np.uint8)
    for begin in range(0, len(found), BLOCK):
        rows = slice(begin, begin + BLOCK)
        _light_block(clocks, rows, at, found[rows])
    return found


def _light_block(clocks: Clocks, rows: slice, at: Marks, out: Codes) -> None:
    axis, statutory, promised = clocks.axis[rows], clocks.statutory[rows], clocks.promised[rows]
    promised = np.where(promised == NO_END, statutory, promised)
    past = at.past.take(axis)
    # In the order of their weight: each later line outweighs those above it.
    np.copyto(out, (promised <= at.soon.take(axis)).view(np.uint8))
    np.copyto(out, np.uint8(LightCode.PROMISE_BROKEN), where=promised <= past)
    np.copyto(out, np.uint8(LightCode.OVERDUE), where=statutory <= past)
    np.copyto(out, np.uint8(LightCode.SUSPENDED), where=clocks.held[rows])
    np.copyto(out, np.uint8(LightCode.WAITING), where=statutory == NO_END)
    np.copyto(out, np.uint8(LightCode.CLOSED), where=clocks.closed[rows])
