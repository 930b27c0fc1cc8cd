"""Which of many sparse vectors point the same way, without comparing each with each; pure.

Vectors that share a part are put side by side in the order given (an office gives them in order of time), and each
is compared with the next twenty under every part it has: as many comparisons as there are parts, not their square,
and a thing that a thousand people say still hangs together from one to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NEXT = 20
"""How many that come after it under one part a vector is compared with."""
SHARED = 2
"""Parts that two vectors must share, each near enough, to be compared."""

_CHUNK = 50_000

Places = NDArray[np.int64]


class Bearings:
    """Vectors of length one as columns: owner, part, weight, ordered by owner and part."""

    def __init__(self, vectors: Sequence[Mapping[str, float]]) -> None:
        names = {part: place for place, part in enumerate(sorted({part for one in vectors for part in one}))}
        self._count = len(vectors)
        self._parts = len(names) + 1
        self._width = max((len(one) for one in vectors), default=0)
        self._part = np.full((self._count, max(1, self._width)), -1, np.int64)
        self._weight = np.zeros(self._part.shape)
        for place, vector in enumerate(vectors):
            held = sorted((names[part], weight) for part, weight in vector.items())
            for column, (part, weight) in enumerate(held):
                self._part[place, column], self._weight[place, column] = part, weight

    def ties(self, *, at_least: float) -> list[tuple[int, int]]:
        """Return the places of the vectors whose cosine is at least so much, the earlier first."""
        if not self._width:
            return []
        found: list[tuple[int, int]] = []
        left, right = self._side_by_side()
        for start in range(0, len(left), _CHUNK):
            i, j = left[start : start + _CHUNK], right[start : start + _CHUNK]
            close = self._cosines(i, j) >= at_least
            found += zip(i[close].tolist(), j[close].tolist(), strict=True)
        return found

    def _side_by_side(self) -> tuple[Places, Places]:
        owner, column = np.nonzero(self._part >= 0)
        part = self._part[owner, column]
        order = np.lexsort((owner, part))
        owner, part = owner[order], part[order]
        beside = [
            owner[:-step][same] * self._count + owner[step:][same]
            for step in range(1, min(NEXT, len(owner) - 1) + 1)
            if (same := part[step:] == part[:-step]).any()
        ]
        packed, times = np.unique(np.concatenate([np.empty(0, np.int64), *beside]), return_counts=True)
        packed = packed[times >= SHARED]
        return packed // self._count, packed % self._count

    def _cosines(self, left: Places, right: Places) -> NDArray[np.float64]:
        """Return the cosine of each pair, by looking every part of the one up among those of the other."""
        held = self._part >= 0
        keyed = (np.arange(self._count)[:, None] * self._parts + self._part)[held]
        weights = self._weight[held]
        asked = right[:, None] * self._parts + self._part[left]
        place = np.minimum(np.searchsorted(keyed, asked), len(keyed) - 1)
        shared = (keyed[place] == asked) & held[left]
        total: NDArray[np.float64] = (np.where(shared, weights[place], 0.0) * self._weight[left]).sum(axis=1)
        return total
