"""The one door: an act is recorded with everything that goes with it, or refused with every reason."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.rebuilding import differences, rebuild
from xiaoneng.matters.models import ActRecord, Alarm, Matter
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import Proposed, Reviewed
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import CITIZEN, Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return found_office()


def done(office, number: str) -> None:
    steps = (
        (Accepted, Duty.WINDOW, "2026-03-03 10:00", {}),
        (Proposed, Duty.HANDLE, "2026-03-04 10:00", {"opinion": "拟同意"}),
        (Reviewed, Duty.REVIEW, "2026-03-05 10:00", {}),
        (Granted, Duty.HEAD, "2026-03-06 10:00", {"document": "许可证"}),
        (Delivered, Duty.WINDOW, "2026-03-09 10:00", {}),
    )
    for seen, (act, duty, when, fields) in enumerate(steps, start=1):
        by = office.acting(duty, when=at(when))
        recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))


def test_an_application_goes_from_the_counter_to_delivery(office):
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    assert receipt.number.startswith("XK2026-0000001-")
    assert str(receipt.due) == "2026-03-09"
    done(office, receipt.number)
    matter = Matter.objects.get(number=receipt.number)
    assert (matter.stage, matter.is_open, matter.acts_seen) == ("done", False, 6)
    assert not Alarm.objects.filter(matter=matter).exists()
    assert list(differences(matter)) == []


def test_whoever_saw_less_than_all_acts_must_look_again(office):
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    by = office.acting(Duty.WINDOW, when=at("2026-03-03 10:00"))
    act = Accepted(at=at("2026-03-03 10:00"), by=by)
    recording.record(act, number=receipt.number, seen=1, now=at("2026-03-03 10:00"))
    with pytest.raises(recording.MatterMoved):
        recording.record(act, number=receipt.number, seen=1, now=at("2026-03-03 10:00"))


def test_a_refusal_names_every_reason_at_once(office):
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    act = Granted(at=at("2026-03-01 09:00"), by=CITIZEN, document="证")
    with pytest.raises(recording.ActRefused) as refused:
        recording.record(act, number=receipt.number, seen=1, now=at("2026-03-02 10:00"))
    assert len(refused.value.refusals) >= 2
    assert Matter.objects.get().acts_seen == 1


def test_silence_for_five_working_days_is_acceptance_from_the_day_of_receipt(office):
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    assert recording.lapse(receipt.number, now=at("2026-03-09 23:59")) == 0
    assert recording.lapse(receipt.number, now=at("2026-03-10 00:00")) == 1
    dossier = recording.read(receipt.number)
    assert dossier.stage.key == "in_hand"
    assert dossier.due(dossier.running()[0]).isoformat() == "2026-03-30"


@pytest.mark.parametrize(
    "statement", ["UPDATE matters_actrecord SET verb = 'granted'", "DELETE FROM matters_actrecord"]
)
def test_the_database_refuses_to_change_or_delete_an_act(office, statement):
    add_item()
    apply(item="T-001", when=at("2026-03-02 09:00"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ActRecord.objects.count() == 1


def test_rebuilding_mends_a_row_that_was_tampered_with(office):
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    Matter.objects.update(stage="done", statutory=1)
    found = rebuild(Matter.objects.get(number=receipt.number))
    assert {one.field for one in found} >= {"stage", "statutory"}
    assert list(differences(Matter.objects.get())) == []
