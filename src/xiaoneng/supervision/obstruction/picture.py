"""The obstruction map (梗阻图) as values: boxes and arrows with what became of their time, and the steps behind each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.abstract import LEVELS, FlowMap, Node, flow_map
from xiaoneng.flow.graph.directly import Graph, directly_follows
from xiaoneng.flow.graph.events import Steps
from xiaoneng.flow.graph.layout import Layout, Point, layout
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.answers import Cell, Row, Subject, moment
from xiaoneng.worktime.columnspans import worked
from xiaoneng.worktime.schedule import DAY

LEVEL_NAMES = (
    Phrase("一览", "At a glance"),
    Phrase("最忙的 8 个环节", "The 8 busiest steps"),
    Phrase("最忙的 20 个环节", "The 20 busiest steps"),
    Phrase("最忙的 40 个环节", "The 40 busiest steps"),
    Phrase("最忙的 80 个环节", "The 80 busiest steps"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """An arrow between two boxes: how often, working days in all, days in four parts, median and ninth decile.

    `median` and `p90` in working days; `bends` in steps of the layout; `back`: against the order of work.
    """

    source: int
    target: int
    count: int
    lost: float
    working: float
    suspended: float
    waiting: float
    out: float
    median: float
    p90: float
    bends: tuple[Point, ...]
    back: bool

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """Return the days worked, suspended, waiting, and out of hours."""
        return (self.working, self.suspended, self.waiting, self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A map at a level: boxes with their places, arrows by working days, the share of steps that it shows."""

    level: int
    boxes: tuple[Node, ...]
    places: tuple[Point, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float
    covered: float
    hidden: int
    steps: int
    lost: float


def picture(asked: Subject, *, level: int = 0) -> Picture:
    """Return the map of a selection; by default the one that is read at a glance."""
    steps = asked.selected.steps
    whole = directly_follows(steps, schedule=asked.schedule)
    found = flow_map(whole, level=LEVELS[level])
    boxed = directly_follows(_boxed(steps, found), schedule=asked.schedule)
    spots = layout(found)
    return Picture(
        level=level,
        boxes=found.nodes,
        places=spots.nodes,
        arrows=_arrows(found, boxed, spots, day=asked.schedule.longest_day()),
        width=spots.width,
        height=spots.height,
        covered=found.covered,
        hidden=found.hidden,
        steps=len(steps),
        lost=float(whole.working.total.sum()) / asked.schedule.longest_day(),
    )


def _boxed(steps: Steps, found: FlowMap) -> Steps:
    """Return the steps between boxes rather than activities."""
    box = np.zeros(max(1, len(steps.activities)), dtype=np.int32)
    for number, node in enumerate(found.nodes):
        box[list(node.activities)] = number
    names = tuple(node.name for node in found.nodes)
    return replace(steps, source=box[steps.source], target=box[steps.target], activities=names)


def _arrows(found: FlowMap, boxed: Graph, spots: Layout, *, day: int) -> tuple[Arrow, ...]:
    row = {ends: at for at, ends in enumerate(zip(boxed.source.tolist(), boxed.target.tolist(), strict=True))}
    told = []
    for number, ends in enumerate(zip(found.source.tolist(), found.target.tolist(), strict=True)):
        at = row[ends]
        parts = {
            part: float(getattr(boxed, part).total[at]) / DAY
            for part in ("working", "suspended", "waiting", "out")
        }
        told.append(
            Arrow(
                source=ends[0],
                target=ends[1],
                count=int(boxed.count[at]),
                lost=float(boxed.working.total[at]) / day,
                median=float(boxed.working.median[at]) / day,
                p90=float(boxed.working.p90[at]) / day,
                bends=spots.bends[number],
                back=spots.back[number],
                **parts,
            )
        )
    return tuple(sorted(told, key=lambda one: (-one.lost, -one.count)))


def taken(asked: Subject, *, source: Node | None, target: Node | None) -> tuple[Row, ...]:
    """Return every step from one box to another, those that took longest in working days first.

    A row holds case, both activities, local times, working days and days. Without a source or a target: any.
    """
    steps = asked.selected.steps
    rows = np.flatnonzero(_among(steps.source, source) & _among(steps.target, target))
    passed = worked(steps.begun[rows], steps.ended[rows], schedule=asked.schedule)
    day, cases, names = asked.schedule.longest_day(), asked.selected.cases, steps.activities
    order = np.lexsort((rows, -(steps.ended - steps.begun)[rows], -passed))
    told: list[Row] = []
    for place in order.tolist():
        row = int(rows[place])
        begun, ended = int(steps.begun[row]), int(steps.ended[row])
        case: Cell = cases[int(steps.case[row])] if steps.case is not None else ""
        ends = (names[int(steps.source[row])], names[int(steps.target[row])])
        times = tuple(f"{moment(at).astimezone(asked.zone):%Y-%m-%d %H:%M}" for at in (begun, ended))
        told.append((case, *ends, *times, int(passed[place]) / day, (ended - begun) / DAY))
    return tuple(told)


def _among(codes: NDArray[np.int32], node: Node | None) -> NDArray[np.bool_]:
    if node is None:
        return np.ones(len(codes), dtype=np.bool_)
    found: NDArray[np.bool_] = np.isin(codes, node.activities)
    return found
