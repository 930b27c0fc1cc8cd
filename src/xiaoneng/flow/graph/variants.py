"""Variants (办理路径): which sequences of activities cases took, told apart by a hash that grows with a case.

The hash of a case is a sum over its events of a mark of the activity times a power of its place, modulo 2**64: the next
event adds one term, so a row can keep it. Marks depend on names alone, so hashes of different logs compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import Events
from xiaoneng.law.phrase import Phrase

DEFINITION = Phrase(
    "环节序列完全相同的办件属于同一路径；覆盖率为最常见的若干路径所含办件占全部办件的比例。",
    "Cases with exactly the same sequence of activities took the same path; coverage is the share of all cases that "
    "took one of the commonest paths.",
)
STEP = 0x9E3779B97F4A7C15
"""An odd multiplier, so that no place wipes out what came before."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Variants:
    """Paths, the commonest first: hash, how many cases, the share covered so far, length, and one case's first row."""

    hashes: Hashes
    count: NDArray[np.int64]
    coverage: NDArray[np.float64]
    length: NDArray[np.int64]
    row: NDArray[np.int64]

    def sequence(self, place: int, *, events: Events) -> tuple[str, ...]:
        """Return the activities of the path at `place`."""
        begin = int(self.row[place])
        codes = events.activity[begin : begin + int(self.length[place])].tolist()
        return tuple(events.activities[code] for code in codes)


def variants(events: Events) -> Variants:
    """Return the paths of sorted events; ties stand in the order of their first case."""
    starts = np.flatnonzero(events.firsts()) if len(events) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(np.append(starts, len(events)))
    hashes = _hashes(events, starts, lengths)
    _, first, count = np.unique(hashes, return_index=True, return_counts=True)
    order = np.lexsort((first, -count))
    first, count = first[order], count[order]
    return Variants(
        hashes=hashes[first],
        count=count,
        coverage=np.cumsum(count) / max(1, len(starts)),
        length=lengths[first],
        row=starts[first],
    )


def grown(hash_: int, *, place: int, activity: str) -> int:
    """Return the hash of a case one event later; `place` is how many events it had."""
    return (hash_ + _mark(activity) * pow(STEP, place, 1 << 64)) % (1 << 64)


def _hashes(events: Events, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Hashes:
    if not len(events):
        return np.zeros(0, dtype=np.uint64)
    powers = np.full(int(lengths.max()), STEP, dtype=np.uint64)
    powers[0] = 1
    terms = _marks(events.activities).take(events.activity)
    place = np.arange(len(events), dtype=np.int64)
    place -= np.repeat(starts, lengths)
    terms *= np.multiply.accumulate(powers).take(place)
    return np.add.reduceat(terms, starts)


def _marks(names: tuple[str, ...]) -> Hashes:
    return np.array([_mark(name) for name in names], dtype=np.uint64)


def _mark(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
