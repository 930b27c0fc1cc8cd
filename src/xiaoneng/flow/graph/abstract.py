"""From hundreds of activities to a map that can be read (梗阻图的取舍): the busiest stay, the rest go into phases.

Deterministic: the same graph and the same level give the same map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.directly import Graph
from xiaoneng.law.phrase import Phrase

DEFINITION = Phrase(
    "图中单独画出最忙的若干环节，其余按名称前段归入阶段；画出次数最多、合计达到所定比例的路径，并始终保留使各点相连的路径。"
    "未画出的次数和所占比例列在图旁。",
    "The busiest activities stand by themselves, the others are gathered into phases by the first parts of their names. "
    "Arrows are drawn from the commonest down until they cover the share asked for, and always those that keep "
    "everything connected. What is not drawn is told beside the map.",
)
PARTED = re.compile(r"[_\-/.:：\s]+")

Whole = NDArray[np.int64]
Group = tuple[str, list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How much is shown: so many activities by themselves, arrows that cover a share, phases of so many parts.

    `boxes` and `arrows`, where not 0, are the most that are shown: the least busy boxes become one, and arrows beyond
    those are drawn only to keep everything connected. Then a name without parts is a box of its own.

    The parts of a name are what separators divide; of a last part that is a number, its first digit is a part too
    (`01_HOOFD_010` is `01`, `HOOFD`, `0..`, as its makers mean it).
    """

    shown: int
    cover: float
    parts: int
    boxes: int = 0
    arrows: int = 0


LEVELS = (
    Level(shown=0, cover=0.95, parts=2, boxes=12, arrows=16),
    Level(shown=8, cover=0.90, parts=2),
    Level(shown=20, cover=0.85, parts=2),
    Level(shown=40, cover=0.80, parts=2),
    Level(shown=80, cover=0.80, parts=3),
)
"""From afar to near."""
OTHERS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A point of the map: one activity, or a phase with the codes of its activities.

    `events` counts steps that end or begin in it, whichever are more; `inside` the steps within a phase.
    """

    name: str
    activities: tuple[int, ...]
    events: int
    inside: int

    @property
    def is_phase(self) -> bool:
        """Tell whether it stands for several activities."""
        return len(self.activities) > 1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FlowMap:
    """Nodes, and arrows between their places with counts and total times in microseconds.

    `covered` is the share of all steps that is drawn or lies inside a phase; `hidden` how many arrows are not drawn.
    """

    nodes: tuple[Node, ...]
    source: Whole
    target: Whole
    count: Whole
    elapsed: Whole
    working: Whole
    suspended: Whole
    waiting: Whole
    out: Whole
    covered: float
    hidden: int


def flow_map(graph: Graph, *, level: Level) -> FlowMap:
    """Return the map of a graph at a level."""
    busy = _busy(graph)
    place, names = _places(graph, busy, level)
    pair = place[graph.source] * len(names) + place[graph.target]
    present, of = np.unique(pair, return_inverse=True)
    count = _sum(of, graph.count, len(present))
    source, target = np.divmod(present, max(1, len(names)))
    inside = (source == target) & (np.bincount(place[busy > 0], minlength=len(names)) > 1)[source]
    drawn = _drawn(source, target, np.where(inside, 0, count), level) & ~inside
    totals = {
        part: _sum(of, getattr(graph, part).total, len(present))[drawn]
        for part in ("elapsed", "working", "suspended", "waiting", "out")
    }
    return FlowMap(
        nodes=_nodes(graph, busy, (place, names), (source[inside], count[inside])),
        source=source[drawn],
        target=target[drawn],
        count=count[drawn],
        covered=float(count[drawn | inside].sum() / max(1, count.sum())),
        hidden=int((~drawn & ~inside).sum()),
        **totals,
    )


def _busy(graph: Graph) -> Whole:
    wide = len(graph.activities)
    incoming, outgoing = _sum(graph.target, graph.count, wide), _sum(graph.source, graph.count, wide)
    return np.maximum(incoming, outgoing)


def _sum(of: NDArray[np.integer], values: Whole, wide: int) -> Whole:
    return np.rint(np.bincount(of, weights=values, minlength=wide)).astype(np.int64)


def _places(graph: Graph, busy: Whole, level: Level) -> tuple[Whole, list[str]]:
    """Return the node of every activity, and the nodes' names in order; phases of one activity keep its name."""
    wide = len(busy)
    order = sorted(range(wide), key=lambda code: (-int(busy[code]), graph.activities[code]))
    alone = set(order[: level.shown])
    phases: dict[str, list[int]] = {}
    for code in range(wide):
        if busy[code] and code not in alone:
            phases.setdefault(_phase(graph.activities[code], level), []).append(code)
    groups = [(graph.activities[code], [code]) for code in alone if busy[code]]
    groups += [
        (graph.activities[codes[0]] if len(codes) == 1 else name, codes) for name, codes in phases.items()
    ]
    groups = _fewer(groups, busy, level.boxes)
    place = np.zeros(wide, dtype=np.int64)
    groups.sort(key=lambda group: (group[0], group[1]))
    for number, (_, codes) in enumerate(groups):
        place[codes] = number
    return place, [name for name, _ in groups]


def _phase(name: str, level: Level) -> str:
    found = phase_of(name, parts=level.parts)
    return name if found == OTHERS and level.boxes else found


def _fewer(groups: list[Group], busy: Whole, most: int) -> list[Group]:
    """Return at most so many groups, the least busy gathered into one; 0 is no limit."""
    if not most or len(groups) <= most:
        return groups
    groups = sorted(groups, key=lambda group: (-int(busy[group[1]].sum()), group[0]))
    rest = sorted(code for _, codes in groups[most - 1 :] for code in codes)
    return [*groups[: most - 1], (OTHERS, rest)]


def phase_of(name: str, *, parts: int) -> str:
    """Return the phase of an activity: the first parts of its name, or `OTHERS` for a name without parts."""
    found = [part for part in PARTED.split(name) if part]
    if len(found) <= 1:
        return OTHERS
    kept = found[: min(parts, len(found) - 1)]
    if parts > len(kept) and found[-1].isdigit():
        kept.append(found[-1][0] + OTHERS)
    return "_".join(kept)


def _nodes(
    graph: Graph, busy: Whole, groups: tuple[Whole, list[str]], inside: tuple[Whole, Whole]
) -> tuple[Node, ...]:
    place, names = groups
    within = dict(zip(inside[0].tolist(), inside[1].tolist(), strict=True))
    members: list[list[int]] = [[] for _ in names]
    for code in np.flatnonzero(busy).tolist():
        members[int(place[code])].append(code)
    return tuple(
        Node(
            name=name,
            activities=tuple(codes),
            events=int(busy[codes].sum()),
            inside=within.get(number, 0),
        )
        for number, (name, codes) in enumerate(zip(names, members, strict=True))
    )


def _drawn(source: Whole, target: Whole, count: Whole, level: Level) -> NDArray[np.bool_]:
    """Return the commonest arrows of a level, and those of a heaviest spanning forest."""
    order = np.lexsort((target, source, -count))
    enough = int(np.searchsorted(np.cumsum(count[order]), level.cover * count.sum())) + 1
    enough = min(enough, level.arrows or enough)
    drawn = np.zeros(len(count), dtype=np.bool_)
    drawn[order[:enough]] = True
    parent = list(range(int(max(source.max(), target.max())) + 1 if len(source) else 0))
    for arrow in order.tolist():
        one, other = _root(parent, int(source[arrow])), _root(parent, int(target[arrow]))
        if one != other:
            parent[one] = other
            drawn[arrow] = True
    return drawn


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
