"""A city that sets a number of its own: a matter keeps the number of the day on which it was opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.law.defaults import adopt
from xiaoneng.matters.acts import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thirty_days_to_correct_from_april_on() -> Iterator[None]:
    adopt([{"topic": "correction-term", "value": 30, "from": date(2026, 4, 1)}])
    yield
    adopt([])


def days_to_correct(number: str) -> int:
    terms = {term.clock: term for term in recording.read(number).opening.terms}
    return terms[Clock.CORRECTION].statutory.count


def test_who_applied_in_march_has_twenty_days_to_correct_and_who_applies_in_april_has_thirty() -> None:
    found_office()
    add_item()
    march = apply(item="T-001", when=at("2026-03-31 09:00")).number
    april = apply(item="T-001", when=at("2026-04-01 09:00")).number
    assert (days_to_correct(march), days_to_correct(april)) == (20, 30)
    adopt([])
    assert (days_to_correct(march), days_to_correct(april)) == (20, 30)


def test_what_the_law_fixes_no_city_changes() -> None:
    found_office()
    add_item()
    number = apply(item="T-001", when=at("2026-04-01 09:00")).number
    terms = {term.clock: term for term in recording.read(number).opening.terms}
    assert terms[Clock.INTAKE].statutory.count == 5
