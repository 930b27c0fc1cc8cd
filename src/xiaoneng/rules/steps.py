"""Step budgets (环节时限): the promise shared out among the desks, and which desk used more than its share.

The shares are a default of this product; they never add up to more than the promise. Knows no cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from xiaoneng.law.defaults import count_of
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Folded, Running, advanced, opened
from xiaoneng.rules.record import missed
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.runs import Run

SHARES = {Role.REVIEWER: "step-budget-reviewer", Role.HEAD: "step-budget-approver"}
"""The defaults that tell the tenths of the promise for reviewer and approver; the handler has the rest."""
DESKS = len(SHARES) + 1
JUDGED = (Role.REVIEWER, Role.HEAD)
"""Desks whose overrun is a breach of its own; the handling desk answers for the promise itself."""
TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rest at one desk while handling runs: from the act `sequence`, its day not counted, to `last`."""

    role: Role
    post: str
    sequence: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """A step that outlasted its budget: since the end of `day`."""

    step: Step
    budget: int
    day: date


def budgets(promise: Limit, *, on: date) -> Mapping[Role, int]:
    """Return working days by desk, by the shares of the day `on` on which the clock began; their sum is the promise.

    None where the promise is shorter than the desks or in months.
    """
    if promise.unit is not Unit.WORKING_DAYS or promise.count < DESKS:
        return {}
    tenths = {role: count_of(topic, on=on) for role, topic in SHARES.items()}
    shared = {role: max(1, promise.count * part // TENTHS) for role, part in tenths.items()}
    return {Role.HANDLER: promise.count - sum(shared.values()), **shared}


def shared_out(run: Run, *, by: date | None = None) -> Limit:
    """Return what the desks share: the limit, and the working days by which it was extended up to `by`."""
    granted = (one for one in run.extensions if by is None or one.granted_on <= by)
    more = sum(one.limit.count for one in granted if one.limit and one.limit.unit is run.limit.unit)
    return replace(run.limit, count=run.limit.count + more)


def overruns(dossier: Dossier, *, now: datetime) -> Iterator[Overrun]:
    """Yield the rests at a reviewing or deciding desk, one by one, that outlasted their budget by `now`.

    A rest that lasted past the promise itself is left out: the whole is overdue, and says so.
    """
    for step, folded in _steps(dossier, until=local_day(now)):
        running = folded.runs[Clock.HANDLING]
        latest = _latest(dossier, running.number) or running
        limit = shared_out(latest.promised or latest.statutory, by=step.last)
        budget = budgets(limit, on=running.statutory.start).get(step.role)
        if budget is None:
            continue
        day = dossier.calendar.shift(step.first, budget)
        if step.last > day and not _past_the_whole(dossier, running.number, step=step, now=now):
            yield Overrun(step=step, budget=budget, day=day)


def _latest(dossier: Dossier, number: int) -> Running | None:
    runs = (one for one in dossier.every_run() if one.clock is Clock.HANDLING and one.number == number)
    return next(runs, None)


def _past_the_whole(dossier: Dossier, number: int, *, step: Step, now: datetime) -> bool:
    run = _latest(dossier, number)
    end = missed(run.promised or run.statutory, dossier, now=now) if run else None
    return end is not None and step.last > end


def _steps(dossier: Dossier, *, until: date) -> Iterator[tuple[Step, Folded]]:
    """Yield each rest at a judged desk, with the state in which it began; acts that stay there do not break it."""
    states = list(_states(dossier))
    places = [0] + [n for n in range(1, len(states)) if states[n].stage is not states[n - 1].stage]
    for place, following in zip(places, [*places[1:], len(states)], strict=True):
        folded, role = states[place], states[place].stage.owner
        if role not in JUDGED or Clock.HANDLING not in folded.runs or _paused(folded):
            continue
        last = local_day(dossier.acts[following].at) if following < len(states) else until
        first = max(local_day(dossier.acts[place].at), folded.runs[Clock.HANDLING].statutory.start)
        yield (
            Step(role=role, post=folded.posts.get(role, ""), sequence=place + 1, first=first, last=last),
            folded,
        )


def _paused(folded: Folded) -> bool:
    return any(pause.until is None for pause in folded.runs[Clock.HANDLING].statutory.pauses)


def _states(dossier: Dossier) -> Iterator[Folded]:
    calendar, procedure = dossier.book.latest, dossier.procedure
    folded = opened(dossier.opening, procedure=procedure, calendar=calendar)
    yield folded
    for count in range(2, len(dossier.acts) + 1):
        folded = advanced(folded, dossier.acts[:count], procedure=procedure, calendar=calendar)
        yield folded
