"""Where the points of a map stand (布局): layers by the order of work, crossings lessened, in steps of one.

Sugiyama, K., Tagawa, S., Toda, M. (1981), Methods for visual understanding of hierarchical system structures, IEEE
SMC 11; cycles are broken as in Eades, P., Lin, X., Smyth, W. F. (1993), IPL 47. Layers are straightened by isotonic
regression: Barlow, R. E. et al. (1972), Statistical inference under order restrictions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from xiaoneng.flow.graph.abstract import FlowMap

PASSES = 6
STRAIGHTENED = 8
PASSING = 0.35
"""Room of a point where only an arrow passes."""
HEAVY = 2.0
"""How much a point of an arrow that passes weighs beside a node: it should be straight."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Places in steps of one: `nodes` across and down, `bends` of every arrow between its ends, `back` arrows upwards.

    `width` and `height` are the number of steps that everything takes.
    """

    nodes: tuple[Point, ...]
    bends: tuple[tuple[Point, ...], ...]
    back: tuple[bool, ...]
    width: float
    height: float


def layout(found: FlowMap, *, passes: int = PASSES) -> Layout:
    """Return the places of a map's nodes and the bends of its arrows."""
    arrows = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    order = _order(len(found.nodes), arrows, found.count.tolist())
    position = {node: place for place, node in enumerate(order)}
    back = tuple(position[one] > position[other] for one, other in arrows)
    down = [(b, a) if turned else (a, b) for (a, b), turned in zip(arrows, back, strict=True)]
    ranks = _ranks(order, down)
    layers, chains = _layers(order, ranks, down)
    _untangle(layers, chains, passes)
    at = _points(layers, chains)
    bends = tuple(
        tuple(at[point] for point in (reversed(chain[1:-1]) if turned else chain[1:-1]))
        for chain, turned in zip(chains, back, strict=True)
    )
    return Layout(
        nodes=tuple(at[node] for node in range(len(found.nodes))),
        bends=bends,
        back=back,
        width=(max(wide) - min(wide) + 1.0) if (wide := [x for x, _ in at.values()]) else 0.0,
        height=float(len(layers)),
    )


def _order(nodes: int, arrows: list[tuple[int, int]], counts: list[int]) -> list[int]:
    """Return nodes in an order against which few steps go: sources first, sinks last, else most leaving over arriving."""
    leaving: list[dict[int, int]] = [{} for _ in range(nodes)]
    arriving: list[dict[int, int]] = [{} for _ in range(nodes)]
    for (one, other), count in zip(arrows, counts, strict=True):
        if one != other:
            leaving[one][other] = arriving[other][one] = count
    left, head, tail = set(range(nodes)), [], []
    while left:
        sinks = [node for node in sorted(left) if not leaving[node]]
        sources = [node for node in sorted(left) if not arriving[node] and leaving[node]]
        if sinks:
            tail += sinks
            gone = sinks
        elif sources:
            head += sources
            gone = sources
        else:
            gone = [max(left, key=lambda n: (sum(leaving[n].values()) - sum(arriving[n].values()), -n))]
            head += gone
        for node in gone:
            _remove(node, leaving, arriving)
        left -= set(gone)
    return head + tail[::-1]


def _remove(node: int, leaving: list[dict[int, int]], arriving: list[dict[int, int]]) -> None:
    for other in leaving[node]:
        arriving[other].pop(node, None)
    for other in arriving[node]:
        leaving[other].pop(node, None)
    leaving[node], arriving[node] = {}, {}


def _ranks(order: list[int], down: list[tuple[int, int]]) -> dict[int, int]:
    """Return the layer of every node: the longest way to it."""
    above: dict[int, list[int]] = defaultdict(list)
    for one, other in down:
        if one != other:
            above[other].append(one)
    ranks: dict[int, int] = {}
    for node in order:
        ranks[node] = max((ranks[one] + 1 for one in above[node]), default=0)
    return ranks


def _layers(
    order: list[int], ranks: dict[int, int], down: list[tuple[int, int]]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return the layers, and every arrow as a chain through them; a point between layers has a negative number."""
    layers: list[list[int]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for node in order:
        layers[ranks[node]].append(node)
    chains, number = [], 0
    for one, other in down:
        chain = [one]
        for rank in range(ranks[one] + 1, ranks[other]):
            number -= 1
            layers[rank].append(number)
            chain.append(number)
        chains.append([*chain, other])
    return layers, chains


def _untangle(layers: list[list[int]], chains: Iterable[list[int]], passes: int) -> None:
    """Sort every layer by the middle of its neighbours, down and up in turn, and keep the best order seen."""
    above: dict[int, list[int]] = defaultdict(list)
    below: dict[int, list[int]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            if one != other:
                below[one].append(other)
                above[other].append(one)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, below)
    for turn in range(passes):
        downwards = turn % 2 == 0
        sweep = layers if downwards else layers[::-1]
        for fixed, free in pairwise(sweep):
            _settle(fixed, free, above if downwards else below)
        crossings = _crossings(layers, below)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    layers[:] = best


def _settle(fixed: list[int], free: list[int], near: dict[int, list[int]]) -> None:
    place = {node: number for number, node in enumerate(fixed)}
    middle = {}
    for number, node in enumerate(free):
        seen = [place[other] for other in near[node] if other in place]
        middle[node] = sum(seen) / len(seen) if seen else float(number)
    free.sort(key=lambda node: middle[node])


def _crossings(layers: list[list[int]], below: dict[int, list[int]]) -> int:
    """Return how many pairs of arrows between neighbouring layers cross: inversions, counted with a Fenwick tree."""
    total = 0
    for upper, lower in pairwise(layers):
        place = {node: number for number, node in enumerate(lower)}
        ends = [e for node in upper for e in sorted(place[other] for other in below[node] if other in place)]
        total += _inversions(ends, len(lower))
    return total


def _inversions(ends: list[int], wide: int) -> int:
    tree, total = [0] * (wide + 1), 0
    for seen, end in enumerate(ends):
        total += seen
        at = end + 1
        while at:
            total -= tree[at]
            at &= at - 1
        at = end + 1
        while at <= wide:
            tree[at] += 1
            at += at & -at
    return total


def _points(layers: list[list[int]], chains: Iterable[list[int]]) -> dict[int, Point]:
    """Return where everything stands: near the middle of its neighbours, in its order, not nearer than its room."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in (pair for chain in chains for pair in pairwise(chain)):
        if one != other:
            near[one].append(other)
            near[other].append(one)
    across = {node: place for layer in layers for node, place in zip(layer, _first(layer), strict=True)}
    for turn in range(STRAIGHTENED):
        for layer in layers if turn % 2 == 0 else layers[::-1]:
            wanted = [_middle(node, near[node], across) for node in layer]
            across.update(zip(layer, _apart(wanted, _first(layer), layer), strict=True))
    middle = (min(across.values(), default=0.0) + max(across.values(), default=0.0)) / 2
    return {node: (across[node] - middle, float(rank)) for rank, layer in enumerate(layers) for node in layer}


def _first(layer: list[int]) -> list[float]:
    """Return places side by side: a node takes a step, a point where only an arrow passes takes less."""
    found, at = [], 0.0
    for node in layer:
        room = 1.0 if node >= 0 else PASSING
        found.append(at + room / 2)
        at += room
    return [one - at / 2 for one in found]


def _middle(node: int, near: list[int], across: dict[int, float]) -> float:
    return sum(across[one] for one in near) / len(near) if near else across[node]


def _apart(wanted: list[float], least: list[float], layer: list[int]) -> list[float]:
    """Return the places nearest to those wanted that keep their distance: neighbours too near move as one block."""
    blocks: list[tuple[float, float, int]] = []
    for place, room, node in zip(wanted, least, layer, strict=True):
        weight = 1.0 if node >= 0 else HEAVY
        block = (weight * (place - room), weight, 1)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            before = blocks.pop()
            block = (before[0] + block[0], before[1] + block[1], before[2] + block[2])
        blocks.append(block)
    shifts = [total / weight for total, weight, count in blocks for _ in range(count)]
    return [shift + room for shift, room in zip(shifts, least, strict=True)]
