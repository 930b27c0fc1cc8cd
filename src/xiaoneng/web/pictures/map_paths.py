"""Lines of the obstruction map (梗阻图的线): an arrow from box to box as a path, its head, and where its label stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, sin

from xiaoneng.flow.graph.layout import Point
from xiaoneng.supervision.obstruction.picture import Arrow, Picture

ACROSS, DOWN = 176.0, 116.0
WIDE, HIGH = 148.0, 40.0
ASIDE = 22.0
HEAD = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An arrow as drawn, in pixels of the map."""

    path: str
    head: str
    label: Point


def line(arrow: Arrow, picture: Picture, *, width: float) -> Line:
    """Return how an arrow is drawn; its label stands where fewer other arrows pass."""
    start, end = spot(picture.places[arrow.source]), spot(picture.places[arrow.target])
    if arrow.source == arrow.target:
        return _loop(start)
    aside = ASIDE if arrow.back else 0.0
    turn = -1.0 if arrow.back else 1.0
    points = [
        (start[0] + aside, start[1] + turn * HIGH / 2),
        *((x + aside, y) for x, y in map(spot, arrow.bends)),
        (end[0] + aside, end[1] - turn * (HIGH / 2 + HEAD)),
    ]
    tip = (points[-1][0], points[-1][1] + turn * HEAD)
    return Line(
        path=_curve(points), head=_head(points[-1], tip, width), label=_label(points, _along(arrow, picture))
    )


def spot(point: Point) -> Point:
    """Return a place of the layout in pixels."""
    return (point[0] * ACROSS, point[1] * DOWN)


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
    return Line(path=path, head=_head((x + HEAD, y + 8), (x, y + 8), 1.0), label=(x + 20, y + 24))


def _along(arrow: Arrow, picture: Picture) -> float:
    """Return how far along the label stands: near the end that the arrow has to itself."""
    leaving = sum(one.source == arrow.source for one in picture.arrows)
    arriving = sum(one.target == arrow.target for one in picture.arrows)
    return 0.5 + (0.22 if leaving > arriving else -0.22 if arriving > leaving else 0.0)


def _label(points: list[Point], along: float) -> Point:
    """Return a point of the curve, in its first, middle or last stretch."""
    stretches = list(pairwise(points))
    (x, y), (to_x, to_y) = stretches[min(int(along * len(stretches)), len(stretches) - 1)]
    t = along
    half, rest = (y + to_y) / 2, 1 - t
    across = 3 * t * t - 2 * t**3
    down = y * rest**3 + 3 * half * rest * t * (rest + t) + to_y * t**3
    return (x + (to_x - x) * across, down)


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
