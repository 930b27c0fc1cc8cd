"""Drawing an inspection team by lot (随机抽取): the same seed always gives the same team, and anybody can draw again.

The seed is SHA-256 over what was sealed when the lot was drawn and a number fixed when the inspection was planned, so
that nobody who plans can choose it. Each category is taken in turn, so that no kind of member outweighs another;
within a category everybody is as likely as anybody else. Knows no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256
from itertools import chain, zip_longest

from xiaoneng.matters.vocabulary.inspection import Candidate


def seed(*, anchor: str, nonce: str) -> str:
    """Return the seed of a draw, 64 hexadecimal digits."""
    return sha256(f"{anchor}\n{nonce}".encode()).hexdigest()


def draw(
    candidates: Iterable[Candidate], *, seed: str, wanted: int, conflicts: Collection[int] = ()
) -> tuple[int, ...]:
    """Return the persons drawn, in the order of the lot; fewer than `wanted` where there are no more.

    Whoever is in `conflicts` is not in the draw. The order in which candidates are given plays no part.
    """
    by_category: dict[str, list[int]] = defaultdict(list)
    for one in candidates:
        if one.person not in conflicts:
            by_category[one.category.value].append(one.person)
    turns = [
        sorted(set(by_category[category]), key=lambda person: _lot(seed, f"person {person}"))
        for category in sorted(by_category, key=lambda category: _lot(seed, f"category {category}"))
    ]
    order = (one for one in chain.from_iterable(zip_longest(*turns)) if one is not None)
    return tuple(dict.fromkeys(order))[: max(0, wanted)]


def _lot(seed: str, what: str) -> bytes:
    return sha256(f"{seed} {what}".encode()).digest()
