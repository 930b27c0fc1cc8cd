"""Figures of the board (阳光榜): each with its definition, its count and how far chance may have moved it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from xiaoneng.law.phrase import Phrase

SMALL = 10
"""Groups with fewer closed matters are shown and not ranked (a default of this product)."""
NINETY_FIVE = 1.959964
CLOSED = Phrase("期间内办结的办件数，按办结时刻计", "Matters closed in the period, by the moment of closing")
ON_TIME = Phrase(
    "按时办结率：各项由机关承担的时限均未超过承诺（无承诺的按法定）的办件，占办结办件的比例；"
    "区间为 Wilson 95% 置信区间；少于 10 件不排名",
    "On-time share: closed matters of which no clock against the office outran its promise (or the law's term "
    "where nothing was promised), of all closed; Wilson 95 % interval; fewer than 10 are not ranked",
)
HANDLING = Phrase(
    "办理用时中位数：自受理次日起至办结的工作日数，不含中止时间",
    "Median handling time: working days from the day after acceptance to the end, suspensions left out",
)
PROMISED = Phrase(
    "承诺时限中位数：同一批办件的承诺工作日数", "Median promise: promised working days of the same matters"
)
EARLY = Phrase(
    "提前办结率：办理用时少于承诺时限的办件，占有办理用时的办结办件的比例",
    "Early completion: matters that took fewer working days than promised, of closed matters with a handling time",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many, with the Wilson interval at 95 %; nothing can be said of none."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share, 0 to 1; None of none."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the interval in which the share lies when chance is allowed for; None of none."""
        return wilson(self.count, self.of) if self.of else None

    @property
    def ranked(self) -> bool:
        """Tell whether there are enough to be ranked."""
        return self.of >= SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFigures:
    """What the board says of one agency in a period; days are working days."""

    agency: str
    closed: int
    on_time: Share
    handling: float | None
    promised: float | None
    early: Share


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the Wilson score interval at 95 % of `count` in `of`, both whole and `of` positive."""
    share, square = count / of, NINETY_FIVE**2
    middle = share + square / (2 * of)
    spread = NINETY_FIVE * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def median(counts: Mapping[int, int]) -> float | None:
    """Return the median of values given with how often each occurs; None of none."""
    total = sum(counts.values())
    if not total:
        return None
    low, high = _at(counts, (total - 1) // 2), _at(counts, total // 2)
    return (low + high) / 2


def _at(counts: Mapping[int, int], place: int) -> int:
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if place < passed:
            return value
    raise AssertionError("the place lies among the values")
