"""Conflict is impossible in the database: over random offices, whoever is in conflict sees, gets and does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.pure import samples
from tests.pure.towns import DIVISIONS, NOW, PEOPLE, Town, towns
from xiaoneng.desk import gate, recording
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.inbox import page
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.rebuilding import differences
from xiaoneng.desk.recording import ActRefused
from xiaoneng.desk.scopes import Tab, counts, rows_in
from xiaoneng.matters.access import NotFound, access_matter, visible_to
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.conflict import in_conflict
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.complaint import ComplaintAccepted, ComplaintMade
from xiaoneng.matters.vocabulary.complaint_after import RetaliationReported
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SubjectNamed
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.queries import forget, holds_of
from xiaoneng.worktime.days import local_day

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def founded(town: Town) -> None:
    """Write a town into the database."""
    forget()
    city = Division.objects.create(code=DIVISIONS[0], zh="市", en="City")
    for code in DIVISIONS[1:]:
        Division.objects.create(code=code, zh=code, en=code, superior=city)
    for code in town.names:
        Agency.objects.create(code=code, zh=code, en=code, short=code, division_id=code[:6])
    for number in PEOPLE:
        Person.objects.create(pk=number, name=f"{number}（虚构）", invented=True)
    for seat in town.seats.values():
        post = Post.objects.create(
            code=seat.post, agency_id=seat.agency, zh=seat.title, en=seat.title, duty=seat.duty
        )
        for one in seat.holdings:
            Incumbency.objects.create(
                post=post, person_id=one.person, standing=one.standing, active_from=one.since
            )
    for one, relatives in town.kin.items():
        for other in relatives:
            declare_kinship(person=one, relative=other, now=NOW)


def barred_people(number: str, town: Town) -> list[int]:
    marks = recording.read(number).state.barred
    return [one for one, standing in town.standings().items() if in_conflict(marks, standing)]


def nothing_for(person: int, number: str) -> None:
    """Assert that somebody finds a complaint in no list, on no page, and may do nothing with it."""
    by = holds_of(person, at=NOW)
    mine = Matter.objects.filter(number=number)
    assert not visible_to(by).filter(number=number).exists()
    for tab in Tab:
        rows = rows_in(tab, by)
        assert not rows.filter(number=number).exists(), tab
        assert number not in {one.matter.number for one in page(rows, today=local_day(NOW)).rows}
    assert counts(by) == {tab: rows_in(tab, by).count() for tab in (Tab.MINE, Tab.COVER)}
    with pytest.raises(NotFound):
        access_matter(number, by=by)
    seen, last = mine.get().acts_seen, recording.read(number).acts[-1].at
    for capacity in by:
        first, *others = recording.read(number).open_moves()
        act = samples.act(first.act, who=capacity, at=last)
        with pytest.raises(ActRefused):
            recording.record(act, number=number, seen=seen, now=last)
        dossier = recording.ready(number, act=act, now=last)
        for move in others:
            act = samples.act(move.act, who=capacity, at=last)
            assert any(one.rule == "recusal" for one in gate.refusals(dossier, act, now=last)), move.act
    assert mine.get().acts_seen == seen


def sound(number: str, town: Town) -> None:
    """Assert that the complaint lies with somebody, and that nobody in conflict has any part in it."""
    dossier = recording.read(number)
    holders = {one.person for one in town.seats[dossier.owner_post()].holdings}
    assert holders - dossier.aside
    for person in barred_people(number, town):
        nothing_for(person, number)
    assert list(differences(Matter.objects.get(number=number))) == []


def attempted(act: Act, number: str) -> None:
    try:
        recording.record(act, number=number, seen=Matter.objects.get(number=number).acts_seen, now=act.at)
        event(type(act).__name__)
    except ActRefused:
        event(f"{type(act).__name__} refused")


def lived(town: Town, data: st.DataObject) -> None:
    """File a complaint, hand it on, and look after each step."""
    people = st.lists(st.sampled_from(PEOPLE), max_size=1)
    made = ComplaintMade(
        at=NOW,
        by=CITIZEN,
        manner=Manner.ANONYMOUS,
        text="推诿",
        about_words="窗口",
        agencies=(data.draw(st.sampled_from(town.names)),),
        about=tuple(data.draw(people)) if data.draw(st.booleans()) else (),
    )
    try:
        number = file_complaint(made, now=NOW).number
    except CannotOpen:
        event("nobody")
        assert not ActRecord.objects.exists()
        return
    sound(number, town)
    for step, kind in enumerate((ComplaintAccepted, SubjectNamed, PassedUp, RetaliationReported), start=1):
        at = NOW + timedelta(minutes=step)
        dossier = recording.read(number)
        seat = dossier.seats[dossier.owner_post()]
        by = seat.acting(at=at, recused=dossier.aside)
        if by is None:
            continue
        told: dict[type[Act], Act] = {
            ComplaintAccepted: ComplaintAccepted(at=at, by=by, allegations=("推诿",)),
            SubjectNamed: SubjectNamed(at=at, by=by, about=tuple(data.draw(people)), basis="监控"),
            PassedUp: PassedUp(at=at, by=by, about=tuple(data.draw(people)), reason="涉及本中心"),
            RetaliationReported: RetaliationReported(at=at, by=CITIZEN, words="被刁难"),
        }
        attempted(told[kind], number)
    sound(number, town)
    assert recording.read(number).post_of(Role.CENTRE)


@SOME
@given(data=st.data(), town=towns())
def test_whoever_is_in_conflict_sees_gets_and_does_nothing_and_somebody_has_it(
    data: st.DataObject, town: Town
) -> None:
    with transaction.atomic():
        founded(town)
        lived(town, data)
        transaction.set_rollback(True)  # the next example begins with an empty office
