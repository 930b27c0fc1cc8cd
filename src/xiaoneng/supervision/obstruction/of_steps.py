"""Questions on steps and holders (环节之问): where time goes, who gives to whom, what is done again, in which order."""

from __future__ import annotations

import numpy as np

from xiaoneng.flow.columns.selected import NEVER
from xiaoneng.flow.graph.batching import heaps, stamping
from xiaoneng.flow.graph.bottlenecks import bottlenecks, shared_budget
from xiaoneng.flow.graph.directly import Graph, directly_follows, parts_of
from xiaoneng.flow.graph.events import NONE, Codes
from xiaoneng.flow.graph.handovers import hand_overs
from xiaoneng.flow.graph.rework import rework
from xiaoneng.flow.graph.variants import variants
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.answers import ARROW, CASES, EVENTS, STEPS, Answer, Row, Subject
from xiaoneng.worktime.columnspans import worked_days
from xiaoneng.worktime.schedule import DAY

NOBODY = Phrase("没有记录这一项，无从回答。", "This was not recorded: the question cannot be answered.")
NO_BUDGET = Phrase(
    "没有期限可分摊，预算按零计：全部办公时间都算作损失。",
    "There is no deadline to share out: the budget is nought, and all office time counts as lost.",
)


def graph(asked: Subject) -> Graph:
    """Return the directly-follows graph of a selection with all times split."""
    return directly_follows(asked.selected.steps, schedule=asked.schedule)


def arrows(asked: Subject) -> Answer:
    """Return every arrow with its count and what became of its time, most working days first."""
    found, day = graph(asked), asked.schedule.longest_day()
    told: list[Row] = [
        (found.activities[source], found.activities[target], *numbers)
        for source, target, *numbers in zip(
            found.source.tolist(),
            found.target.tolist(),
            found.count.tolist(),
            *((found.working.total / day).tolist(), (found.elapsed.total / DAY).tolist()),
            *(
                (getattr(found, part).total / DAY).tolist()
                for part in ("working", "suspended", "waiting", "out")
            ),
            *((found.working.median / day).tolist(), (found.working.p90 / day).tolist()),
            strict=True,
        )
    ]
    told.sort(key=lambda row: -float(row[3]) if isinstance(row[3], float) else 0.0)
    return Answer(rows=tuple(told), n=len(asked.selected.steps), of=STEPS)


def bottleneck(asked: Subject) -> Answer:
    """Return the arrows by working days lost beyond their budget."""
    steps, names = asked.selected.steps, asked.selected.steps.activities
    promise, budget_note = _promise(asked)
    parts = parts_of(steps, schedule=asked.schedule)
    whole = directly_follows(steps, schedule=asked.schedule, parts=parts)
    cases = len(np.unique(steps.case)) if steps.case is not None else 0
    budget = shared_budget(whole, promised=promise, cases=cases)
    found = bottlenecks(steps, budget=budget, schedule=asked.schedule, parts=parts)
    told: tuple[Row, ...] = tuple(
        (names[source], names[target], *numbers)
        for source, target, *numbers in zip(
            *(found.source.tolist(), found.target.tolist(), found.count.tolist()),
            *(found.over.tolist(), found.budget.tolist(), found.lost.tolist()),
            strict=True,
        )
    )
    return Answer(rows=told, n=len(steps), of=STEPS, notes=(budget_note,))


def _promise(asked: Subject) -> tuple[float, Phrase]:
    """Return the working days that a case is usually given: the median of what plans, or else deadlines, allow."""
    cases = asked.selected.facts
    end = np.where(cases.planned != NEVER, cases.planned, cases.due)
    known = (end != NEVER) & (cases.started != NEVER) & (end >= cases.started)
    if not known.any():
        return 0.0, NO_BUDGET
    given = float(np.median(worked_days(cases.started[known], end[known], schedule=asked.schedule)))
    zh = f"预算由各办件所定期限的中位数 {given:g} 个工作日分摊而来。"
    return given, Phrase(zh, f"The budget shares out the median time allowed, {given:g} working days.")


def hands(asked: Subject) -> Answer:
    """Return who gave cases to whom, and how often they came straight back."""
    events = asked.selected.events
    holder, names = _holder(asked)
    if holder is None or not (holder != NONE).any():
        return Answer(rows=(), n=len(events), of=EVENTS, notes=(NOBODY,))
    found, day = hand_overs(events, holder, schedule=asked.schedule), asked.schedule.longest_day()
    told: list[Row] = [
        (names[giver], names[taker], count, back, working / day)
        for giver, taker, count, back, working in zip(
            *(found.giver.tolist(), found.taker.tolist(), found.count.tolist()),
            *(found.returned.tolist(), found.working.tolist()),
            strict=True,
        )
    ]
    told.sort(key=lambda row: (-float(row[2]) if isinstance(row[2], int) else 0.0, str(row[0]), str(row[1])))
    zh = f"{found.cases:,} 件办件至少有一次往返；{found.unknown:,} 个事件没有记录经手人。"
    en = f"{found.cases:,} cases went to and fro at least once; {found.unknown:,} events name nobody."
    return Answer(rows=tuple(told), n=len(events), of=EVENTS, notes=(Phrase(zh, en),))


def again(asked: Subject) -> Answer:
    """Return what was done again."""
    events = asked.selected.events
    found = rework(events)
    told: tuple[Row, ...] = tuple(
        (events.activities[code], *numbers)
        for code, *numbers in zip(
            *(found.activity.tolist(), found.events.tolist(), found.again.tolist()),
            *(found.at_once.tolist(), found.cases.tolist()),
            strict=True,
        )
    )
    return Answer(rows=told, n=len(events), of=EVENTS)


def paths(asked: Subject) -> Answer:
    """Return the paths that cases took."""
    events = asked.selected.events
    found = variants(events)
    told: tuple[Row, ...] = tuple(
        (ARROW.join(found.sequence(place, events=events)), length, count, coverage)
        for place, (length, count, coverage) in enumerate(
            zip(found.length.tolist(), found.count.tolist(), found.coverage.tolist(), strict=True)
        )
    )
    return Answer(rows=told, n=int(found.count.sum()), of=CASES)


def in_heaps(asked: Subject) -> Answer:
    """Return what was done in heaps."""
    events = asked.selected.events
    holder, names = _holder(asked)
    if holder is None or not (holder != NONE).any():
        return Answer(rows=(), n=len(events), of=EVENTS, notes=(NOBODY,))
    found = heaps(events, holder)
    told: tuple[Row, ...] = tuple(
        (names[who], events.activities[what], *numbers)
        for who, what, *numbers in zip(
            *(found.holder.tolist(), found.activity.tolist(), found.events.tolist()),
            *(found.heaps.tolist(), found.inside.tolist(), found.largest.tolist()),
            strict=True,
        )
    )
    return Answer(rows=told, n=len(events), of=EVENTS)


def end_of_day(asked: Subject) -> Answer:
    """Return how much each holder writes down as the office closes."""
    events = asked.selected.events
    holder, names = _holder(asked)
    if holder is None or not (holder != NONE).any():
        return Answer(rows=(), n=len(events), of=EVENTS, notes=(NOBODY,))
    told: tuple[Row, ...] = tuple(
        (
            *(one.late.name, one.late.count, one.late.n, one.late.share, *one.late.interval, one.even),
            *(f"{one.minute // 60:02}:{one.minute % 60:02}", one.at_minute),
            Phrase("标出", "marked") if one.striking else "",
        )
        for one in stamping(events, holder, names=names, schedule=asked.schedule)
    )
    return Answer(rows=told, n=len(events), of=EVENTS)


def _holder(asked: Subject) -> tuple[Codes | None, tuple[str, ...]]:
    events = asked.selected.events
    return {
        "actor": (events.actor, events.actors),
        "post": (events.post, events.posts),
        "agency": (events.agency, events.agencies),
    }[asked.by]
