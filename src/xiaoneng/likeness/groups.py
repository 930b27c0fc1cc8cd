"""Who hangs together with whom: groups made of ties, the same whatever the order of the ties; pure."""

from __future__ import annotations

from collections import defaultdict


class Bonds:
    """Ties between keys, and the groups that they make."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def tie(self, one: str, other: str) -> None:
        """Put two keys, and all that hang together with either, into one group."""
        first, second = sorted((self._top(one), self._top(other)))
        self._above[second] = first

    def groups(self) -> list[tuple[str, ...]]:
        """Return every group of two or more, largest first; within one and among equals in order of keys."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._above):
            found[self._top(key)].append(key)
        return sorted(map(tuple, found.values()), key=lambda group: (-len(group), group))

    def _top(self, key: str) -> str:
        above = self._above.setdefault(key, key)
        while above != key:
            # Halve the way for the next who asks.
            self._above[key] = above = self._above[above]
            key, above = above, self._above[above]
        return key
