"""The place of a rule inside an instrument (第四十二条第一款), as numbers; knows no text of any law."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SCALES = {"十": 10, "百": 100, "千": 1000}
NUMBER = "[零〇一二三四五六七八九十百千]+"
PLACE = re.compile(
    rf"第(?P<article>{NUMBER})条(?:之(?P<branch>{NUMBER}))?"
    rf"(?:第(?P<paragraph>{NUMBER})款)?(?:第?[（(]?(?P<item>{NUMBER})[）)]?项)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """An article (条), with its branch (之一), paragraph (款) and item (项); 0 where none is named."""

    article: int
    branch: int = 0
    paragraph: int = 0
    item: int = 0


def number(numeral: str) -> int:
    """Return the value of a Chinese numeral below ten thousand; ValueError if a sign is not one of them."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in SCALES:
            total += (digit or 1) * SCALES[sign]
            digit = 0
        elif sign in DIGITS:
            digit = DIGITS[sign]
        else:
            raise ValueError(f"{numeral!r} is not a Chinese numeral: {sign!r}")
    return total + digit


def places(article: str) -> tuple[Place, ...]:
    """Return every place that `article` names, in order; none where it names no article (表4, A.8)."""
    return tuple(
        Place(
            *(
                number(found[part]) if found[part] else 0
                for part in ("article", "branch", "paragraph", "item")
            )
        )
        for found in PLACE.finditer(article)
    )
