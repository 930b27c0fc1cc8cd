"""Who must stand aside neither sees nor handles a matter, and somebody else has it at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import AGENCY, add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.rebuilding import rebuild
from xiaoneng.desk.scopes import Tab, counts, rows_in
from xiaoneng.matters import conflict
from xiaoneng.matters.access import closed_to
from xiaoneng.matters.models import Bar, Matter
from xiaoneng.matters.vocabulary.handling import Examined, Proposed, Recused
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import Duty
from xiaoneng.organisation.models import Incumbency
from xiaoneng.organisation.queries import capacities_of, relatives, seats

pytestmark = pytest.mark.django_db
HANDLE = f"{AGENCY}-handle"


@pytest.fixture
def office():
    return found_office()


def recused(office) -> str:
    """Return a matter in hand from which the A of the handling post has withdrawn."""
    add_item()
    number = apply(item="T-001", when=at("2026-03-02 09:00")).number
    window = office.acting(Duty.WINDOW, when=at("2026-03-02 10:00"))
    recording.record(
        Accepted(at=at("2026-03-02 10:00"), by=window), number=number, seen=1, now=at("2026-03-02 10:00")
    )
    when = at("2026-03-03 09:00")
    first = office.acting(Duty.HANDLE, when=when)
    act = Recused(at=when, by=first, ground="申请人是亲属", person=first.person)
    recording.record(act, number=number, seen=2, now=when)
    return number


def found(tab: Tab, person: int, *, when: str) -> list[str]:
    by = capacities_of(person, at=at(when))
    return list(rows_in(tab, by, person=person).values_list("number", flat=True))


def test_the_matter_leaves_the_desk_of_who_withdrew_and_lies_on_the_desk_of_the_cover(office) -> None:
    number = recused(office)
    first, second = office.people["handle-A"], office.people["handle-B"]
    assert found(Tab.MINE, first, when="2026-03-03 10:00") == []
    assert found(Tab.COVER, second, when="2026-03-03 10:00") == [number]
    assert counts((), person=second) == {Tab.MINE: 0, Tab.COVER: 1}
    other = apply(item="T-001", when=at("2026-03-03 09:30")).number
    window = office.acting(Duty.WINDOW, when=at("2026-03-03 10:00"))
    act = Accepted(at=at("2026-03-03 10:00"), by=window)
    recording.record(act, number=other, seen=1, now=act.at)
    assert found(Tab.MINE, first, when="2026-03-03 11:00") == [other]
    assert found(Tab.COVER, second, when="2026-03-03 11:00") == [number]


def test_the_cover_may_act_in_that_one_matter_and_who_withdrew_may_not(office) -> None:
    number = recused(office)
    when = at("2026-03-03 11:00")
    seat = seats([HANDLE])[HANDLE]
    second = seat.held_by(office.people["handle-B"], at=when)
    first = seat.held_by(office.people["handle-A"], at=when)
    with pytest.raises(recording.ActRefused):
        recording.record(Proposed(at=when, by=first, opinion="同意"), number=number, seen=3, now=when)
    recording.record(Proposed(at=when, by=second, opinion="同意"), number=number, seen=3, now=when)
    assert recording.read(number).acts[-1].by.acting_for == office.people["handle-A"]


def test_marks_are_a_projection_that_a_rebuilding_makes_anew(office) -> None:
    number = recused(office)
    matter = Matter.objects.get(number=number)
    marks = {conflict.person(office.people["handle-A"])}
    assert set(Bar.objects.values_list("mark", flat=True)) == marks
    assert rebuild(matter) == ()
    Bar.objects.all().delete()
    (difference,) = rebuild(matter)
    assert difference.field == "bars"
    assert set(Bar.objects.values_list("mark", flat=True)) == marks


@pytest.mark.parametrize("mark", ["person", "kin", "agency", "former"])
def test_a_matter_is_closed_to_each_whom_a_mark_means_and_to_nobody_else(office, mark: str) -> None:
    add_item()
    matter = Matter.objects.get(number=apply(item="T-001", when=at("2026-03-02 09:00")).number)
    found_office("330200-OTHER")
    me, cousin = office.people["head-A"], office.people["window-B"]
    outsider = Incumbency.objects.filter(post__agency_id="330200-OTHER").first().person_id
    declare_kinship(person=cousin, relative=outsider, relation="表兄弟", now=at("2026-01-01 09:00"))
    written = {
        "person": conflict.person(outsider),
        "kin": conflict.kin(cousin),
        "agency": conflict.agency("330200-OTHER"),
        "former": conflict.agency("330200-OTHER"),
    }
    if mark == "former":  # whoever was there when it was filed is kept out after leaving, too
        Incumbency.objects.filter(person_id=outsider).update(active_until=at("2026-03-05 09:00"))
    Bar.objects.create(matter=matter, mark=written[mark])
    with CaptureQueriesContext(connection) as asked:
        assert Matter.objects.filter(closed_to([outsider])).exists()
    assert len(asked) == 1
    assert not Matter.objects.filter(closed_to([me])).exists()


def test_relatives_are_declared_once_and_read_both_ways(office) -> None:
    one, other = office.people["head-A"], office.people["head-B"]
    for first, second in ((one, other), (other, one)):
        declare_kinship(person=first, relative=second, relation="夫妻", now=at("2026-01-01 09:00"))
    assert relatives([one]) == {one: frozenset({other})}
    assert relatives([other, one]) == {one: frozenset({other}), other: frozenset({one})}
    with pytest.raises(ValueError, match="own relative"):
        declare_kinship(person=one, relative=one, now=at("2026-01-01 09:00"))


def test_an_act_of_examination_names_officers_not_marks(office) -> None:
    number = recused(office)
    assert recording.read(number).state.barred == {conflict.person(office.people["handle-A"])}
    assert (
        Examined(
            at=at("2026-03-03 09:00"),
            by=office.acting(Duty.HANDLE, when=at("2026-03-03 09:00")),
            officers=("甲", "乙"),
            finding="略",
        ).bars()
        == frozenset()
    )
