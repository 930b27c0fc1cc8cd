"""Texts that say nearly the same: band keys to find them by, a likeness to judge them by, pairs and clusters in batch.

Min-hash of one permutation: every run of three characters is hashed once, the hash says into which of 64 bins it
falls, and each bin keeps its least. Two texts agree in a bin about as often as they share their runs. Three bins
together are a band, and texts that agree in a whole band are compared in full by rapidfuzz. `docs/decisions/0012`
says what this was measured against. Knows texts by key; pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from xiaoneng.likeness.grams import normal
from xiaoneng.likeness.groups import Bonds

SIZE = 3
BINS = 64
ROWS = 3
BANDS = BINS // ROWS
MANY = 200
"""Members of a band above which it says that texts share a phrase, not that they are alike."""
AGREED = 8
"""Bins of 64 in which two texts must agree before they are compared in full; unlike texts agree in 1 or 2."""
ALIKE = 0.6
"""The likeness from which two texts are shown to a clerk as nearly the same."""

Words = NDArray[np.uint64]
Bins = NDArray[np.uint32]
Places = NDArray[np.int64]

_CHUNK = 4_096
_COMPARED = 200_000
_EMPTY = np.uint32(0xFFFFFFFF)
_STEP = np.uint32(0x85EBCA6B)
_GOLD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two texts by key, the lesser key first, and how like they are, 0 to 1."""

    one: str
    other: str
    likeness: float


def keys(text: str, *, kind: str = "") -> tuple[int, ...]:
    """Return the band keys of a text, 32 bits with sign, to be stored in an index; none of a text without letters.

    Texts of different kinds have no keys in common: what thousands send to one place hides nothing in another.
    """
    bare = normal(text)
    if not bare:
        return ()
    bands = _bands(_signatures([bare]))[:, 0].astype(np.uint32) ^ np.uint32(crc32(kind.encode()))
    return tuple(dict.fromkeys(bands.view(np.int32).tolist()))


def alike(text: str, other: str) -> float:
    """Return how like two texts are, 0 to 1: one less the share of characters to strike out and to put in."""
    return fuzz.ratio(normal(text), normal(other)) / 100


def pairs(texts: Mapping[str, str], *, at_least: float = ALIKE) -> Iterator[Pair]:
    """Yield the pairs of texts that are at least so like, in order of their keys.

    Of texts that are the same to the letter each is paired with the first of them only. Where more than 200
    share a phrase, that phrase makes no pairs beyond neighbours.
    """
    names, same = _distinct(texts)
    if found := [Pair(first, again, 1.0) for first, again in same] + list(_near(names, at_least=at_least)):
        yield from sorted(found)


def clusters(texts: Mapping[str, str], *, at_least: float = ALIKE) -> list[tuple[str, ...]]:
    """Return the groups that pairs make, largest first; within a group and among equals in order of keys."""
    bonds = Bonds()
    for pair in pairs(texts, at_least=at_least):
        bonds.tie(pair.one, pair.other)
    return bonds.groups()


def most_alike(bare: str, others: Mapping[int, str], *, limit: int) -> list[tuple[int, float]]:
    """Return the keys of the normal texts most like a normal text, with the likeness, most like first."""
    found = process.extract(bare, others, scorer=fuzz.ratio, processor=None, limit=None)
    ranked = sorted(((key, score / 100) for _, score, key in found), key=lambda one: (-one[1], -one[0]))
    return ranked[:limit]


def _distinct(texts: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the first key of each normal text with it, and the pairs of a first key and one that repeats it."""
    first: dict[str, str] = {}
    same: list[tuple[str, str]] = []
    for key in sorted(texts):
        bare = normal(texts[key])
        if bare and (known := first.setdefault(bare, key)) != key:
            same.append((known, key))
    return {key: bare for bare, key in first.items()}, same


def _near(names: dict[str, str], *, at_least: float) -> Iterator[Pair]:
    key, bare = list(names), list(names.values())
    if len(bare) < 2:  # noqa: PLR2004 - a pair
        return
    signed = _signatures(bare)
    left, right = _candidates(signed)
    for start in range(0, len(left), _COMPARED):
        i, j = left[start : start + _COMPARED], right[start : start + _COMPARED]
        agreed = (signed[i] == signed[j]).sum(axis=1) >= AGREED
        yield from _compared(key, bare, i[agreed], j[agreed], at_least=at_least)


def _compared(
    key: Sequence[str], bare: Sequence[str], left: Places, right: Places, *, at_least: float
) -> Iterator[Pair]:
    scores = process.cpdist(
        [bare[i] for i in left],
        [bare[j] for j in right],
        scorer=fuzz.ratio,
        score_cutoff=at_least * 100,
        dtype=np.float64,
    )
    for at in np.flatnonzero(scores >= at_least * 100).tolist():
        yield Pair(key[left[at]], key[right[at]], float(scores[at]) / 100)


def _candidates(signed: Bins) -> tuple[Places, Places]:
    """Return the places of the texts that share a band, each pair once, the lesser place first."""
    count = np.int64(len(signed))
    packed = np.unique(np.concatenate([_sharing(band) for band in _bands(signed)]))
    return packed // count, packed % count


def _sharing(band: Words) -> Places:
    """Return the pairs of places with equal keys in one band, packed as lesser * count + greater."""
    order = np.argsort(band, kind="stable")
    sorted_keys = band[order]
    starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
    lengths = np.diff(np.r_[starts, len(band)])
    found = []
    for length in np.unique(lengths[lengths > 1]).tolist():
        begins = starts[lengths == length][:, None]
        left, right = _within(length)
        found.append((order[begins + left] * len(band) + order[begins + right]).ravel())
    return np.concatenate([np.empty(0, np.int64), *found])


def _within(length: int) -> tuple[Places, Places]:
    """Return which members of a run are paired: all, or in a long run neighbours only."""
    if length <= MANY:
        return np.triu_indices(length, 1)
    beside = np.array(list(pairwise(range(length))))
    return beside[:, 0], beside[:, 1]


def _bands(signed: Bins) -> Words:
    """Return the keys of every text, a row a band."""
    rows = signed[:, : BANDS * ROWS].reshape(len(signed), BANDS, ROWS)
    mixed = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), rows.shape[:2])
    for row in range(ROWS):
        mixed = (mixed ^ rows[:, :, row]) * _GOLD
        mixed = mixed ^ (mixed >> np.uint64(31))
    return mixed.T


def _signatures(bare: Sequence[str]) -> Bins:
    """Return the bins of every normal text, a row a text; none may be empty."""
    return np.concatenate([_signed(bare[at : at + _CHUNK]) for at in range(0, len(bare), _CHUNK)])


def _signed(bare: Sequence[str]) -> Bins:
    padded = [text.ljust(SIZE, "\0") for text in bare]
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
    whole = owner[: len(owner) - SIZE + 1] == owner[SIZE - 1 :]
    hashed = _hashed(codes)[whole]
    slots = owner[: len(whole)][whole] * BINS + (hashed >> np.uint64(58)).astype(np.int64)
    least = np.full(len(padded) * BINS, _EMPTY, np.uint32)
    np.minimum.at(least, slots, hashed.astype(np.uint32))
    return _filled(least.reshape(len(padded), BINS))


def _hashed(codes: Words) -> Words:
    """Return a hash of every run of characters, across the borders of texts too."""
    count = len(codes) - SIZE + 1
    hashed = np.zeros(count, np.uint64)
    for at in range(SIZE):
        hashed = hashed * _GOLD + codes[at : at + count]
    for shift in (32, 29):
        hashed ^= hashed >> np.uint64(shift)
        hashed *= _MIX
    return hashed


def _filled(least: Bins) -> Bins:
    """Give an empty bin what the next full one holds, marked by how far it was fetched."""
    twice = np.concatenate([least, least], axis=1)
    full = np.where(twice != _EMPTY, np.arange(2 * BINS), 2 * BINS)
    following = np.minimum.accumulate(full[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    steps = (following - np.arange(BINS)).astype(np.uint32)
    filled: Bins = np.take_along_axis(twice, following, axis=1) + steps * _STEP
    return filled


__all__ = ["ALIKE", "MANY", "Pair", "alike", "clusters", "keys", "most_alike", "pairs"]
