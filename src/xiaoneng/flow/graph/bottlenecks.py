"""Where working days are lost (梗阻): the arrows of a graph ranked by office time beyond their budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.directly import Graph, arrows, ends_of, parts_of
from xiaoneng.flow.graph.events import Codes, Steps
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.columnspans import Parts
from xiaoneng.worktime.schedule import Schedule

DEFINITION = Phrase(
    "每一步的办理时间超出其预算的部分之和，折合为工作日（按该办公时间表最长一日计），从多到少排列。未逐步规定预算的，"
    "把承诺的工作日按各步办理时间中位数乘以平均每件次数的比例分给各步。中止和等待其他机关的时间不计。",
    "The sum, over all times a step was taken, of its office time beyond its budget, in working days (of the "
    "schedule's longest day), largest first. Where no budget is set for steps, the working days promised are shared "
    "among them in proportion to their median office time times how often they occur in a case. Suspension and "
    "waiting for other offices do not count.",
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Bottlenecks:
    """Arrows, those that lose most working days first; `budget` and `lost` in working days."""

    source: Codes
    target: Codes
    count: NDArray[np.int64]
    over: NDArray[np.int64]
    budget: NDArray[np.float64]
    lost: NDArray[np.float64]


def bottlenecks(
    found: Steps, *, budget: NDArray[np.float64], schedule: Schedule, parts: Parts | None = None
) -> Bottlenecks:
    """Return the arrows by working days lost; `budget` in working days, in the order of the graph's arrows."""
    split = parts_of(found, schedule=schedule) if parts is None else parts
    groups, day = arrows(found), schedule.longest_day()
    source, target = ends_of(groups, found)
    allowed = (budget * day).take(groups.of)
    beyond = np.maximum(split.working - allowed, 0.0)
    lost = np.bincount(groups.of, weights=beyond, minlength=len(groups.keys)) / day
    over = np.bincount(groups.of, weights=beyond > 0, minlength=len(groups.keys)).astype(np.int64)
    order = np.lexsort((groups.keys, -lost))
    return Bottlenecks(
        source=source[order],
        target=target[order],
        count=groups.counts[order],
        over=over[order],
        budget=budget[order],
        lost=lost[order],
    )


def shared_budget(graph: Graph, *, promised: float, cases: int) -> NDArray[np.float64]:
    """Return the part of a promise, in working days, that falls to each arrow; nothing where nothing ever took time."""
    weight = graph.working.median * graph.count / max(1, cases)
    whole = float(weight.sum())
    return graph.working.median / whole * promised if whole else np.zeros(len(graph))
