"""Playing scripts in the order of time (推演): one queue, earliest step first. Knows no database and no office."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from xiaoneng.cli.city.story.deeds import Deed, Night, Script, Step, Told, Wait

Moment = datetime


class Stage(Protocol):
    """Where deeds are done. A matter is known by the place of its script."""

    def act(self, deed: Deed, *, script: int) -> Told | Moment | None:
        """Do it and say how it went; or return when to try again as nobody is there; None where it was refused."""
        ...

    def look(self, step: Wait, *, script: int) -> Told:
        """Say what time has done to the matter."""
        ...

    def night(self, step: Night) -> None:
        """Do the night's work."""
        ...


@dataclass(order=True, slots=True)
class _Next:
    at: datetime
    script: int
    step: Step = field(compare=False)
    of: Script = field(compare=False)


def play(scripts: Iterable[Script], *, stage: Stage, until: datetime) -> Iterator[datetime]:
    """Play every script up to `until` on `stage`; yield the instant of each step done. Later steps are left undone."""
    queue: list[_Next] = []
    for place, script in enumerate(scripts):
        step = next(script, None)
        if step is not None:
            queue.append(_Next(step.at, place, step, script))
    heapq.heapify(queue)
    while queue and queue[0].at <= until:
        due = heapq.heappop(queue)
        following = _played(due, stage)
        if following is not None:
            heapq.heappush(queue, following)
        yield due.at


def _played(due: _Next, stage: Stage) -> _Next | None:
    """Do one step and return the script's next, or the same one later."""
    told: Told | Moment | None = Told(at=due.at)
    match due.step:
        case Night():
            stage.night(due.step)
        case Wait():
            told = stage.look(due.step, script=due.script)
        case Deed():
            told = stage.act(due.step, script=due.script)
    if isinstance(told, datetime):
        return _Next(told, due.script, replace(due.step, at=told), due.of)
    if told is None:
        due.of.close()
        return None
    try:
        step = due.of.send(told)
    except StopIteration:
        return None
    return _Next(max(step.at, due.at), due.script, step, due.of)
