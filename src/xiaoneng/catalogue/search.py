"""How close a name comes to what somebody typed: whole words first, else shared pairs of characters; pure.

People do not know the official name of what they need: 办身份证 finds 居民身份证申领. Knows no item and no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z0-9]+")
SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "my", "of", "on", "the", "to"})
STEM = 5
"""Letters of an English word that count: licence, licensing and licensed are one."""
ENOUGH = 0.5
"""Half of what was typed must be found."""
EVERY_WORD = 2.0
"""Where every word stands as typed."""


def closeness(typed: str, name: str) -> float:
    """Return how much of `typed` is in `name`, 0 to 1; 2 where every word stands there as typed."""
    asked, found = typed.lower().strip(), name.lower()
    words = asked.split()
    if not words:
        return 0.0
    if all(word in found for word in words):
        return EVERY_WORD
    pieces = list(_pieces(asked))
    if not pieces:
        return 0.0
    return sum(piece in found for piece in pieces) / len(pieces)


def _pieces(text: str) -> Iterator[str]:
    """Yield what is compared: pairs of characters of Chinese, beginnings of English words."""
    for run in HAN.findall(text):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
    yield from (word[:STEM] for word in LATIN.findall(text) if word not in SMALL_WORDS)
