"""A procedure as an automaton over acts (程序的合规关系): which act may directly follow which, for columns of events.

Derived from the declaration, so that what is checked on a log is what the grammar allows; knows no matter.
"""

from __future__ import annotations

from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.matters.acts import key
from xiaoneng.matters.procedure import Procedure, Stage, Step


def automaton_of(procedure: Procedure) -> Automaton:
    """Return which acts open a matter, which may follow which, and which may be the last, by the verbs of acts.

    What depends on a matter's traits or earlier acts is not known of a pair: it is allowed where any matter has it.
    """
    declared: tuple[Step, ...] = (*procedure.moves, *procedure.lapses)
    steps = [(step, stage) for step in declared for stage in step.source]
    leads: dict[str, set[str]] = {}
    for step, stage in steps:
        leads.setdefault(_target(step, stage).key, set()).add(key(step.act))
    leads.setdefault(procedure.opening.key, set()).update(key(act) for act in procedure.opens_with)
    pairs = {(before, key(step.act)) for step, stage in steps for before in leads.get(stage.key, ())}
    finals = {stage.key for stage in procedure.stages() if stage.final}
    ends = {verb for key in finals for verb in leads.get(key, ())}
    starts = frozenset(key(act) for act in procedure.opens_with)
    return Automaton(starts=starts, pairs=frozenset(pairs), ends=frozenset(ends))


def _target(step: Step, stage: Stage) -> Stage:
    return step.target or stage
