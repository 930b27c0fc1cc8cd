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

    def groups(self, *, least: int = 2) -> list[tuple[str, ...]]:
        """Return every group of at least so many, largest first; within one and among equals in order of keys."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(self._above):
            found[self._top(key)].append(key)
        large = [tuple(group) for group in found.values() if len(group) >= least]
        return sorted(large, key=lambda group: (-len(group), group))

    def _top(self, key: str) -> str:
        above = self._above.setdefault(key, key)
        while above != key:
            # Halve the way for the next who asks.
            self._above[key] = above = self._above[above]
            key, above = above, self._above[above]
        return key
