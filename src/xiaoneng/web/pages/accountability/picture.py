"""The picture from findings to consequences (从发现到处理): three columns joined by ribbons as broad as their counts.

Plain geometry: numbers that a template prints as attributes. The same counts stand in a table beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xiaoneng.accountability.lines import Line
from xiaoneng.law.phrase import Phrase

LEFT, MIDDLE, RIGHT = 300, 440, 580
WIDTH, ROW, TOP, BROADEST = 880, 36, 30, 26
SHORT = 38
UNDECIDED = Phrase("尚未决定", "Not decided yet")
EXEMPTED = Phrase("免予追究", "Exempted")
TRANSFERRED = Phrase("已移送有权机关", "With the competent body")
REVOKED = Phrase("申诉后撤销", "Revoked on appeal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A count in a column: what it counts, where it stands, and the ribbon that joins it to the middle."""

    words: Phrase
    count: int
    y: int
    ribbon: str
    breadth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Findings at the left, the matters opened in the middle, what came of them at the right."""

    sources: tuple[Node, ...]
    outcomes: tuple[Node, ...]
    total: int
    height: int


def picture(lines: Sequence[Line]) -> Picture:
    """Return the picture of these derelictions."""
    found, came = Counter(one.source for one in lines), Counter(map(_outcome, lines))
    height = TOP + ROW * max(len(found), len(came), 1)
    total = len(lines)
    return Picture(
        sources=tuple(_nodes(found, height, total=total, start=LEFT)),
        outcomes=tuple(_nodes(came, height, total=total, start=RIGHT)),
        total=total,
        height=height,
    )


def _outcome(line: Line) -> Phrase:
    if line.outcome is not None:
        return line.outcome
    named = {"exempted": EXEMPTED, "transferred": TRANSFERRED}
    return named.get(line.stage, REVOKED if line.decided_on else UNDECIDED)


def _nodes(counted: Counter[Phrase], height: int, *, total: int, start: int) -> list[Node]:
    order = counted.most_common()
    first = TOP + (height - TOP - ROW * len(order)) // 2 + ROW // 2
    return [
        _node(words, n, first + ROW * place, height, total, start) for place, (words, n) in enumerate(order)
    ]


def _node(words: Phrase, count: int, y: int, height: int, total: int, start: int) -> Node:
    middle, half = (TOP + height) // 2, (start + MIDDLE) // 2
    return Node(
        words=Phrase(_short(words.zh), _short(words.en)),
        count=count,
        y=y,
        ribbon=f"M {start} {y} C {half} {y}, {half} {middle}, {MIDDLE} {middle}",
        breadth=f"{max(1.5, BROADEST * count / total):.1f}",
    )


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
