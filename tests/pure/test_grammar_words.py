"""Words of the grammar that few procedures use: a role passed on, earlier hands excluded, ends that an act says."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import pytest

from tests.pure import samples
from xiaoneng.desk.projecting import alarms_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.roles import roles_of
from xiaoneng.organisation.capacity import SYSTEM
from xiaoneng.organisation.roster import Hold, Holding, Servant
from xiaoneng.procedures.first_inquiry import FIRST_INQUIRY


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Act):
    name: ClassVar[Phrase] = Phrase("做", "Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised(Act):
    name: ClassVar[Phrase] = Phrase("提级", "Raised")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Act):
    name: ClassVar[Phrase] = Phrase("定期", "Bound")
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Act):
    name: ClassVar[Phrase] = Phrase("期满", "Ended")


FIRST, SECOND = (
    Stage("first", Phrase("一", "One"), Role.HANDLER),
    Stage("second", Phrase("二", "Two"), Role.HANDLER),
)
OVER = Stage("over", Phrase("完", "Over"), final=True)
MOVES = (
    Move(act=Done, source=(FIRST,), by=(Role.HANDLER,), basis=FIRST_INQUIRY.basis),
    Move(
        act=Raised,
        source=(FIRST,),
        target=SECOND,
        by=(Role.HANDLER,),
        basis=FIRST_INQUIRY.basis,
        passes=((Role.SUPERIOR, Role.HANDLER),),
        excludes=(Done,),
    ),
    Move(
        act=Bound,
        source=(FIRST, SECOND),
        by=(Role.HANDLER,),
        basis=FIRST_INQUIRY.basis,
        starts=(Start(clock=Clock.EFFECT, until="until"),),
    ),
)
ENDS = Lapse(
    clock=Clock.EFFECT,
    source=(FIRST, SECOND),
    act=Ended,
    target=OVER,
    basis=FIRST_INQUIRY.basis,
    stops=(Clock.EFFECT,),
    only=("ends",),
)
TERM = dataclasses.replace(FIRST_INQUIRY.terms[0], clock=Clock.EFFECT)
SAMPLE = dataclasses.replace(
    FIRST_INQUIRY, opening=FIRST, moves=MOVES, lapses=(ENDS,), starts=(), terms=(TERM,), answerable=()
)


def sample(procedure: Procedure = SAMPLE, *, traits: tuple[str, ...] = ()) -> Dossier:
    return samples.opening(procedure, traits=traits)


def later(dossier: Dossier, act: type[Act], **facts: object) -> Dossier:
    at = dossier.acts[-1].at + timedelta(minutes=20)
    return dossier.after(act(at=at, by=samples.by(Role.HANDLER), **facts))


def test_the_post_of_one_role_takes_over_another() -> None:
    raised = later(sample(), Raised)
    assert raised.post_of(Role.HANDLER) == f"post-{Role.SUPERIOR}"
    assert raised.owner_post() == f"post-{Role.SUPERIOR}"
    assert roles_of(samples.by(Role.HANDLER), raised) == frozenset()
    assert Role.HANDLER in roles_of(samples.by(Role.SUPERIOR), raised)


def test_whoever_did_what_the_move_excludes_stands_aside_and_nobody_else() -> None:
    person = samples.by(Role.HANDLER).person
    assert later(later(sample(), Done), Raised).state.recused == {person}
    assert later(sample(), Raised).state.recused == frozenset()


@pytest.mark.parametrize("last", [date(2026, 3, 27), date(2026, 10, 3), date(2026, 4, 5)])
def test_a_clock_ends_on_the_day_that_an_act_says_be_it_a_holiday(last: date) -> None:
    bound = later(sample(traits=("ends",)), Bound, until=last)
    assert bound.due(bound.state.runs[Clock.EFFECT]) == last


def test_where_the_act_says_no_day_no_clock_starts() -> None:
    assert later(sample(), Bound).state.runs == {}


def test_time_decides_only_in_matters_with_the_trait() -> None:
    for traits, acts in (((), []), (("ends",), [Ended])):
        bound = later(sample(traits=traits), Bound, until=date(2026, 3, 27))
        found = bound.lapsed(now=samples.START + timedelta(days=60))
        assert [type(one) for one in found] == acts
        assert bool(alarms_of(bound)) == bool(acts)
        assert all(one.by == SYSTEM for one in found)


def test_marks_meet_by_person_by_kin_and_by_office() -> None:
    since = samples.START
    old = Holding(
        person=7,
        name="甲（虚构）",
        standing=samples.by(Role.HEAD).standing,
        since=since - timedelta(days=99),
        until=since - timedelta(days=1),
    )
    new = dataclasses.replace(old, until=None)
    servant = Servant(
        person=7, holds=(Hold(post="a", agency="A", holding=old), Hold(post="b", agency="B", holding=new))
    )
    standing = conflict.standing_of(servant, relatives=[9], since=since)
    assert standing.agencies == {"B"}
    for marks, closed in (
        ({conflict.person(7)}, True),
        ({conflict.kin(9)}, True),
        ({conflict.kin(7)}, False),
        ({conflict.person(9)}, False),
        ({conflict.agency("B")}, True),
        ({conflict.agency("A")}, False),
        (conflict.about([9], ["C"]), True),
        (conflict.about([8], ["C"]), False),
    ):
        assert conflict.in_conflict(frozenset(marks), standing) is closed
