"""What makes a declared procedure unsound, in words."""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.matters.acts import Act, Clock, key
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Step

FILING = "filing-confirmed"


def flaws(procedure: Procedure) -> Iterator[str]:
    """Yield every flaw: stages nobody reaches or leaves, clocks that never stop, refusals without filing."""
    yield from _unreached(procedure)
    yield from _dead_ends(procedure)
    yield from _clocks(procedure)
    yield from _refusals(procedure)
    yield from _ambiguous(procedure)


def _steps_from(procedure: Procedure, stage: Stage) -> list[Step]:
    steps: list[Step] = [step for step in procedure.moves if stage in step.source]
    return steps + [lapse for lapse in procedure.lapses if stage in lapse.source]


def _reach(procedure: Procedure, *, without: str = "") -> set[str]:
    """Return the stages reachable from the opening, without using the act whose key is `without`."""
    seen: set[str] = set()
    waiting = [procedure.opening]
    while waiting:
        stage = waiting.pop()
        if stage.key in seen:
            continue
        seen.add(stage.key)
        steps = _steps_from(procedure, stage)
        waiting += [step.target for step in steps if step.target and key(step.act) != without]
    return seen


def _unreached(procedure: Procedure) -> Iterator[str]:
    reached = _reach(procedure)
    for stage in procedure.stages():
        if stage.key not in reached:
            yield f"stage {stage.key} is never reached"


def _dead_ends(procedure: Procedure) -> Iterator[str]:
    for stage in procedure.stages():
        leaving = [step for step in _steps_from(procedure, stage) if step.target not in {None, stage}]
        if not stage.final and not leaving:
            yield f"stage {stage.key} is not final and nothing leads out of it"
        if not stage.final and stage.owner is None:
            yield f"stage {stage.key} is not final and nobody has the matter there"


def _clocks(procedure: Procedure) -> Iterator[str]:
    steps: list[Step] = [*procedure.moves, *procedure.lapses]
    started = {start.clock for step in steps for start in step.starts}
    started |= {start.clock for start in procedure.starts}
    stopped = {clock for step in steps for clock in step.stops}
    for clock in sorted(started - stopped):
        yield f"clock {clock} starts and never stops"
    suspended = {clock for move in procedure.moves for clock in move.suspends}
    resumed = {clock for move in procedure.moves for clock in move.resumes}
    for clock in sorted(suspended - resumed):
        yield f"clock {clock} is suspended and never resumes"
    yield from _final_stops(procedure, started)


def _final_stops(procedure: Procedure, started: set[Clock]) -> Iterator[str]:
    """Whatever closes a matter silences every clock: the fold does so; a lapse must not hang on a closed one."""
    fixed = {term.clock for term in procedure.terms}
    for lapse in procedure.lapses:
        if lapse.clock not in started:
            yield f"lapse {key(lapse.act)} waits for clock {lapse.clock}, which nothing starts"
        if any(stage.final for stage in lapse.source) and lapse.clock not in fixed:
            yield f"lapse {key(lapse.act)} hangs on a closed stage"


def _refusals(procedure: Procedure) -> Iterator[str]:
    unfiled = _reach(procedure, without=FILING)
    for move in procedure.moves:
        open_to_all = any(stage.key in unfiled for stage in move.source)
        if move.act.negative and open_to_all and not _needs_filing(move):
            yield f"refusal {key(move.act)} can be given without its filing"


def _needs_filing(move: Move) -> bool:
    return any(key(needed) == FILING for needed in move.needs)


def _ambiguous(procedure: Procedure) -> Iterator[str]:
    seen: set[tuple[str, type[Act], tuple[str, ...], tuple[str, ...]]] = set()
    for move in procedure.moves:
        for stage in move.source:
            mark = (stage.key, move.act, move.only, move.unless)
            if mark in seen:
                yield f"act {key(move.act)} leaves stage {stage.key} in two ways"
            seen.add(mark)
    for lapse in procedure.lapses:
        yield from _lapse_twins(procedure, lapse)


def _lapse_twins(procedure: Procedure, lapse: Lapse) -> Iterator[str]:
    if any(move.act is lapse.act for move in procedure.moves):
        yield f"act {key(lapse.act)} is both a move and a lapse"
