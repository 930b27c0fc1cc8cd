"""Figures of many small groups at once: count, sum, mean, and quantiles without a loop over groups.

Quantiles are exact to the second of what is told in microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

SECOND = 1_000_000
EXACT = 2**53
HALF = 20
DENSE = 1 << 22
"""Up to so many possible groups are counted in one table; more are numbered first."""


def summed(of: Whole, values: NDArray[np.generic], wide: int) -> Whole:
    """Return the exact sums of whole numbers, none negative, by their places `of` below `wide`."""
    whole = values.astype(np.int64, copy=False)
    if int(whole.sum()) < EXACT:
        return np.bincount(of, weights=whole, minlength=wide).astype(np.int64)
    # Sums run in floating point: in two halves they stay below the numbers that it cannot hold.
    high = np.bincount(of, weights=whole >> HALF, minlength=wide).astype(np.int64)
    low = np.bincount(of, weights=whole & (2**HALF - 1), minlength=wide).astype(np.int64)
    return (high << HALF) + low


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Rows put into groups: `of` is the group of each row, `keys` the key of each group, ascending."""

    of: Whole
    keys: Whole
    counts: Whole

    def totals(self, values: NDArray[np.generic]) -> Whole:
        """Return the sum of whole numbers in every group, exactly."""
        return summed(self.of, values, len(self.keys))


def grouped(keys: Whole, *, below: int) -> Groups:
    """Return rows by key; keys are at least 0 and less than `below`."""
    if below <= DENSE:
        counts = np.bincount(keys, minlength=1)
        present = np.flatnonzero(counts)
        number = np.zeros(len(counts), dtype=np.int64)
        number[present] = np.arange(len(present))
        return Groups(number[keys], present, counts[present])
    present, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return Groups(inverse.astype(np.int64), present, counts)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A measure of time in every group, in microseconds; `median` and `p90` lie between neighbours in rank."""

    total: Whole
    mean: Real
    median: Real
    p90: Real


def spread(groups: Groups, values: Whole) -> Spread:
    """Return total, mean, median and ninth decile of values in every group."""
    if not values.any():
        nothing = np.zeros(len(groups.keys))
        return Spread(nothing.astype(np.int64), nothing, nothing, nothing)
    total = groups.totals(values)
    ranked = _ranked(groups, values)
    return Spread(
        total, total / groups.counts, _quantile(groups, ranked, 0.5), _quantile(groups, ranked, 0.9)
    )


def _ranked(groups: Groups, values: Whole) -> Real:
    """Return the values in seconds, group by group, ascending in each."""
    if not len(values):
        return np.zeros(0)
    seconds = values // SECOND
    least = int(seconds.min())
    width = int(seconds.max()) - least + 1
    # One number that sorts by group and then by value: a plain sort is many times quicker than one by two columns.
    packed = groups.of * width
    packed += seconds
    packed -= least
    packed.sort()
    packed -= np.repeat(np.arange(len(groups.keys)) * width, groups.counts)
    return (packed + least).astype(np.float64)


def _quantile(groups: Groups, ranked: Real, share: float) -> Real:
    begin = np.cumsum(groups.counts) - groups.counts
    place = begin + share * (groups.counts - 1)
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, begin + groups.counts - 1)
    between: Real = ranked[low] + (ranked[high] - ranked[low]) * (place - low)
    return between * SECOND
