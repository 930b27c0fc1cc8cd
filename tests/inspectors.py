"""Inspectors for tests: enrolled, appointed by a mandate, with a log-in where one is asked for."""

from __future__ import annotations

from datetime import date

from tests.duty import WATCH
from xiaoneng.matters.vocabulary.inspection import Category
from xiaoneng.organisation.actions import enrol, give_login
from xiaoneng.supervision.actions import grant_mandate
from xiaoneng.supervision.mandate import NewMandate


def appoint(
    name: str,
    category: Category,
    *,
    person: int = 0,
    until: date = date(2028, 1, 1),
    ties: tuple[str, ...] = (),
    password: str = "",
) -> int:
    """Appoint an inspector of the effectiveness office from 2026 on; return the person."""
    person = person or enrol(
        name=f"{name}（虚构）", romanised=f"{category.phrase.en} (invented)", invented=True
    )
    mandate = NewMandate(
        agency=WATCH,
        category=category,
        active_from=date(2026, 1, 1),
        active_until=until,
        document="效能办聘〔2026〕1号",
        ties=ties,
    )
    grant_mandate(mandate, person=person)
    if password:
        give_login(person=person, username=name, password=password)
    return person
