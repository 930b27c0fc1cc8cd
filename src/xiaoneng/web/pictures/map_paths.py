"""Lines of the obstruction map (梗阻图的线): an arrow from box to box as a path, its head, and points along it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, sin

from xiaoneng.flow.graph.layout import Point
from xiaoneng.supervision.obstruction.picture import Arrow, Picture

ACROSS = 184.0
LEAST_DOWN, MOST_DOWN, SHAPE = 134.0, 220.0, 2.4
"""Layers are further apart where the map is wide: up to so many times as wide as high."""
WIDE, HIGH = 160.0, 58.0
GAP = 26.0
"""Between arrows at a side of a box, where they have room."""
HEAD = 7.0
SAMPLES = 12
"""Points of a stretch at which a label may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An arrow as drawn, in pixels of the map."""

    path: str
    head: str
    course: tuple[Point, ...]


def lines(picture: Picture, widths: Sequence[float]) -> list[Line]:
    """Return how the arrows are drawn, each of its width; no two leave or reach a box at the same place."""
    places = _ports(picture)
    told = zip(picture.arrows, widths, strict=True)
    return [
        _line(arrow, picture, width=width, ports=(places[number, True], places[number, False]))
        for number, (arrow, width) in enumerate(told)
    ]


def _line(arrow: Arrow, picture: Picture, *, width: float, ports: tuple[float, float]) -> Line:
    at = places_of(picture)
    start, end = at(picture.places[arrow.source]), at(picture.places[arrow.target])
    if arrow.source == arrow.target:
        return _loop(start)
    turn = -1.0 if arrow.back else 1.0
    points = [
        (start[0] + ports[0], start[1] + turn * HIGH / 2),
        *map(at, arrow.bends),
        (end[0] + ports[1], end[1] - turn * (HIGH / 2 + HEAD)),
    ]
    tip = (points[-1][0], points[-1][1] + turn * HEAD)
    return Line(path=_curve(points), head=_head(points[-1], tip, width), course=_course(points))


def _ports(picture: Picture) -> dict[tuple[int, bool], float]:
    """Return where arrows touch their boxes, from the middle of a side: in the order of where they come from or go to.

    The key is the number of the arrow, and whether it is its beginning.
    """
    sides: dict[tuple[int, bool], list[tuple[float, int, bool]]] = defaultdict(list)
    for number, one in enumerate(picture.arrows):
        ends = (picture.places[one.source], *one.bends, picture.places[one.target])
        sides[one.source, not one.back].append((ends[1][0], number, True))
        sides[one.target, one.back].append((ends[-2][0], number, False))
    found = {}
    for touching in sides.values():
        gap = min(GAP, WIDE * 0.84 / len(touching))
        for place, (_, number, begins) in enumerate(sorted(touching)):
            found[number, begins] = (place - (len(touching) - 1) / 2) * gap
    return found


def places_of(picture: Picture) -> Callable[[Point], Point]:
    """Return what turns a place of the layout into pixels."""
    wanted = picture.width * ACROSS / SHAPE / max(1.0, picture.height)
    down = min(MOST_DOWN, max(LEAST_DOWN, wanted))
    return lambda point: (point[0] * ACROSS, point[1] * down)


def _curve(points: list[Point]) -> str:
    drawn = [f"M{_at(points[0])}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (y + to_y) / 2
        drawn.append(f"C{_at((x, half))} {_at((to_x, half))} {_at((to_x, to_y))}")
    return "".join(drawn)


def _head(foot: Point, tip: Point, width: float) -> str:
    half, turn = HEAD / 2 + width / 2, atan2(tip[1] - foot[1], tip[0] - foot[0])
    across, down = -sin(turn) * half, cos(turn) * half
    left, right = (foot[0] + across, foot[1] + down), (foot[0] - across, foot[1] - down)
    return f"M{_at(left)}L{_at(tip)}L{_at(right)}Z"


def _loop(at: Point) -> Line:
    x, y = at[0] + WIDE / 2, at[1]
    path = f"M{_at((x, y - 8))}C{_at((x + 26, y - 22))} {_at((x + 26, y + 22))} {_at((x + HEAD, y + 8))}"
    return Line(
        path=path, head=_head((x + HEAD, y + 8), (x, y + 8), 1.0), course=((x + 40, y - 26), (x + 40, y + 26))
    )


def _course(points: list[Point]) -> tuple[Point, ...]:
    """Return points along a curve."""
    return tuple(
        _between(one, other, step / SAMPLES) for one, other in pairwise(points) for step in range(1, SAMPLES)
    )


def _between(one: Point, other: Point, t: float) -> Point:
    """Return a point of a stretch, as `_curve` draws it."""
    (x, y), (to_x, to_y) = one, other
    half, rest = (y + to_y) / 2, 1 - t
    across = 3 * t * t - 2 * t**3
    down = y * rest**3 + 3 * half * rest * t * (rest + t) + to_y * t**3
    return (x + (to_x - x) * across, down)


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
