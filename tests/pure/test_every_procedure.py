"""One suite for all procedures: each procedure, each move, each role, each stage."""

from __future__ import annotations

import dataclasses
import typing
from datetime import timedelta
from functools import cache

import pytest

from tests.pure import samples
from xiaoneng.desk import gate, papers
from xiaoneng.desk.projecting import alarms_of, row_of
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.flaws import flaws
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary import BY_KEY, VOCABULARY
from xiaoneng.procedures.book import BOOK, latest

NAMED = pytest.mark.parametrize("procedure", BOOK, ids=lambda one: one.key)


@cache
def places(key: str, traits: tuple[str, ...]) -> dict[Stage, Dossier]:
    """Return a matter at each stage of a procedure."""
    return samples.at_every_stage(latest(key), traits=traits)


def steps() -> list[object]:
    """Return every move of every procedure at every stage it leaves, with a matter that rests there."""
    found, seen = [], set()
    for procedure, traits in samples.CASES:
        for stage, dossier in places(procedure.key, traits).items():
            for move in dossier.open_moves():
                ready = None if (stage, id(move)) in seen else _ready(dossier, move)
                if ready is not None:
                    seen.add((stage, id(move)))
                    name = f"{procedure.key}-{'+'.join(traits) or 'plain'}-{stage.key}-{move.act.__name__}"
                    found.append(pytest.param(ready, move, id=name))
    return found


def _ready(dossier: Dossier, move: Move) -> Dossier | None:
    """Return the matter with what the move needs put on the record first, if it can be done where it rests."""
    for needed in move.needs:
        if dossier.last(needed):
            continue
        way = next(
            (
                one
                for one in dossier.open_moves()
                if one.act is needed and one.target in {None, dossier.stage}
            ),
            None,
        )
        earlier = _ready(dossier, way) if way else None
        if earlier is None or way is None:
            return None
        dossier = earlier.after(samples.made(earlier, way))
    return dossier


STEPS = steps()
EACH = pytest.mark.parametrize(("dossier", "move"), STEPS)


def objections(dossier: Dossier, act: Act) -> list[str]:
    """Return what the grammar itself, not the eight rules, holds against an act."""
    found = gate.refusals(dossier, act, now=act.at)
    return [one.reason.zh for one in found if one.rule == gate.PROCEDURE]


@NAMED
def test_a_declared_procedure_has_no_flaw(procedure: Procedure) -> None:
    assert list(flaws(procedure)) == []


@NAMED
def test_every_stage_is_reached_by_acts_that_really_follow_one_another(procedure: Procedure) -> None:
    reached = {
        stage
        for traits in samples.traits_of(procedure)
        for stage in samples.at_every_stage(procedure, traits=traits)
    }
    assert reached == set(procedure.stages())


@EACH
def test_the_right_role_may(dossier: Dossier, move: Move) -> None:
    for role in move.by:
        assert objections(dossier, samples.made(dossier, move, role=role)) == []


@EACH
def test_every_other_role_may_not(dossier: Dossier, move: Move) -> None:
    allowed = {samples.actor(dossier, role) for role in move.by}
    for role in set(Role) - set(move.by):
        who = samples.actor(dossier, role)
        if who not in allowed:
            assert objections(dossier, dataclasses.replace(samples.made(dossier, move), by=who))


@EACH
def test_a_move_is_refused_at_every_stage_it_does_not_leave(dossier: Dossier, move: Move) -> None:
    sources = {stage for one in dossier.procedure.moves if one.act is move.act for stage in one.source}
    elsewhere = places(dossier.procedure.key, dossier.opening.traits)
    for stage, other in elsewhere.items():
        if stage not in sources:
            assert objections(other, samples.made(other, move))


@EACH
def test_an_act_may_be_dated_neither_before_the_last_one_nor_in_the_future(
    dossier: Dossier, move: Move
) -> None:
    act = samples.made(dossier, move)
    early = dataclasses.replace(act, at=dossier.acts[-1].at - timedelta(minutes=1))
    assert objections(dossier, early)
    assert [
        one
        for one in gate.refusals(dossier, act, now=act.at - timedelta(minutes=1))
        if one.rule == gate.PROCEDURE
    ]


@EACH
def test_what_is_stored_of_an_act_reads_back_the_same(dossier: Dossier, move: Move) -> None:
    act = samples.made(dossier, move)
    body, personal = codec.bodies(act)
    read = codec.read(codec.key(type(act)), body=body, personal=personal, shared={"at": act.at, "by": act.by})
    assert read == act


@EACH
def test_the_projection_of_one_step_more_equals_the_fold_from_the_start(dossier: Dossier, move: Move) -> None:
    stepped = dossier.after(samples.made(dossier, move))
    afresh = dataclasses.replace(stepped, folded=None)
    assert row_of(stepped) == row_of(afresh)
    assert alarms_of(stepped) == alarms_of(afresh)


@EACH
def test_a_final_stage_silences_every_clock_in_the_same_act(dossier: Dossier, move: Move) -> None:
    after = dossier.after(samples.made(dossier, move))
    if after.closed:
        assert after.running() == ()
        assert alarms_of(after) == ()


@EACH
def test_the_paper_of_an_act_is_rendered_and_names_the_matter(dossier: Dossier, move: Move) -> None:
    after = dossier.after(samples.made(dossier, move))
    paper = papers.paper_of(after, sequence=len(after.acts))
    assert (paper is not None) == (move.act in papers.FORMS)
    if paper is not None:
        assert dossier.number in paper.text()
        assert len(paper.digest()) == 32


@NAMED
def test_an_act_of_another_procedure_is_refused_in_words(procedure: Procedure) -> None:
    dossier = samples.opening(procedure)
    own = {move.act for move in procedure.moves}
    for kind in VOCABULARY:
        if kind not in own:
            assert objections(dossier, samples.act(kind, who=dossier.opening.by, at=dossier.opening.at))


def test_every_act_of_the_vocabulary_belongs_to_some_procedure_and_has_both_names() -> None:
    used = {one.act for procedure in BOOK for one in (*procedure.moves, *procedure.lapses)}
    used |= {act for procedure in BOOK for act in procedure.opens_with}
    assert set(VOCABULARY) - used == set()
    assert len(BY_KEY) == len(VOCABULARY)
    for act in VOCABULARY:
        assert act.name.zh
        assert act.name.en


def test_flaws_finds_what_it_is_there_to_find() -> None:
    procedure = BOOK[0]
    lost = Stage("lost", procedure.opening.name, Role.HEAD)
    broken = dataclasses.replace(
        procedure,
        moves=(
            *(move for move in procedure.moves if move.act.__name__ != "FilingConfirmed"),
            dataclasses.replace(_move(procedure, "Nudged"), source=(lost,)),
            dataclasses.replace(_move(procedure, "Refused"), source=(procedure.opening,)),
        ),
        starts=(*procedure.starts, *(Start(clock=clock) for clock in [_unused(procedure)])),
    )
    found = " / ".join(flaws(broken))
    for words in ("stage lost is never reached", "starts and never stops", "without its filing"):
        assert words in found


def _move(procedure: Procedure, name: str) -> Move:
    return next(move for move in procedure.moves if move.act.__name__ == name)


def _unused(procedure: Procedure) -> typing.Any:
    steps: list[Move | Lapse] = [*procedure.moves, *procedure.lapses]
    used = {clock for step in steps for clock in step.stops}
    clocks = typing.get_type_hints(Start)["clock"]
    return next(clock for clock in clocks if clock not in used)
