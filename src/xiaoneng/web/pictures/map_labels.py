"""Where the labels of the obstruction map stand (标注位置): on their arrow, over no box and over no other label.

Those of the arrows told first choose first; a label that finds no room is shown only while its arrow is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.layout import Point

HALF_HIGH = 15.0
APART = 5.0
TOLD = 30
"""So many labels look for room."""
SOME = 3
"""Points of other arrows that a label may cover before it goes further from the middle."""
LETTER, CHARACTER = 6.6, 12.5
PADDING = 6.0
WIDE_FROM = 0x2E80
"""From here on a character is as wide as two letters."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle by its middle and half its sides, in pixels of the map."""

    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: Frame) -> bool:
        """Tell whether two frames overlap, or nearly."""
        beside = abs(self.x - other.x) < self.wide + other.wide + APART
        return beside and abs(self.y - other.y) < self.high + other.high + APART


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands, half its width, and whether it is always shown."""

    at: Point
    half: float
    free: bool


def placed(courses: Sequence[Sequence[Point]], words: Sequence[str], boxes: Iterable[Frame]) -> list[Label]:
    """Return the places of labels; `courses` are points along each arrow, those told first before the others."""
    taken, found = list(boxes), []
    every = [np.array(course, np.float64) for course in courses]
    for number, (course, text) in enumerate(zip(courses, words, strict=True)):
        half = measured(text) / 2 + PADDING
        frames = [Frame(x, y, half, HALF_HIGH) for x, y in from_middle(course)] if number < TOLD else []
        others = np.concatenate([np.zeros((0, 2)), *every[:number], *every[number + 1 :]])
        free = (one for one in frames if not any(one.meets(other) for other in taken))
        # The first of those that cover least is the nearest to the middle.
        best = min(free, key=lambda one: _covered(one, others) // SOME, default=None)
        taken += [best] if best else []
        found.append(Label((best.x, best.y) if best else course[len(course) // 2], half, best is not None))
    return found


def _covered(frame: Frame, points: NDArray[np.float64]) -> int:
    """Return how many points of arrows lie under a frame."""
    near = np.abs(points - (frame.x, frame.y)) < (frame.wide, frame.high)
    return int(near.all(axis=1).sum())


def from_middle(course: Sequence[Point]) -> list[Point]:
    """Return points in the order of how far they are from the middle one."""
    middle = len(course) // 2
    return [course[place] for place in sorted(range(len(course)), key=lambda place: abs(place - middle))]


def measured(text: str) -> float:
    """Return about how wide a text is, in pixels."""
    return sum(CHARACTER if ord(letter) >= WIDE_FROM else LETTER for letter in text)
