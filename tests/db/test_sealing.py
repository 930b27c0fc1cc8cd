"""Acts go into the log in batches; what was done to them afterwards by SQL is found and named."""

from __future__ import annotations

import pytest

from tests.db.test_recording import done
from tests.office import add_item, apply, at, found_office
from xiaoneng.desk.sealing import faults, receipt, seal_waiting
from xiaoneng.ledger.actions import signer
from xiaoneng.ledger.receipt import check_receipt
from xiaoneng.matters.models import Matter, Unsealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed():
    office = found_office()
    add_item()
    first = apply(item="T-001", when=at("2026-03-02 09:00"))
    done(office, first.number)
    apply(item="T-001", when=at("2026-03-02 09:30"))
    assert seal_waiting(now=at("2026-03-10 09:00"), batch=4) == 4
    assert seal_waiting(now=at("2026-03-10 09:01")) == 3
    return first.number


def test_a_sound_record_has_no_fault_and_an_empty_queue(sealed):
    assert list(faults()) == []
    assert not Unsealed.objects.exists()
    assert seal_waiting(now=at("2026-03-10 09:02")) == 0


def test_a_receipt_proves_itself_with_nothing_but_the_public_key(sealed):
    text = receipt(sealed, sequence=1, personal=True).text()
    checked = check_receipt(text, signer().verifier.vkey)
    assert checked.number == sealed
    assert checked.promised == "2026-03-09"
    assert checked.checkpoint is not None


def test_a_matter_row_that_forgets_its_last_act_is_found(sealed):
    Matter.objects.filter(number=sealed).update(acts_seen=5)
    assert [(one.number) for one in faults()] == [sealed]
