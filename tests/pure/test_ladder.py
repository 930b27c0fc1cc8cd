"""The ladder of measures and what warnings entail in a year."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from xiaoneng.accountability import ladder
from xiaoneng.accountability.ladder import Grade
from xiaoneng.matters.vocabulary import measures
from xiaoneng.matters.vocabulary.discipline import LADDER, Measure, heavier

DAYS = (date(2025, 11, 20), date(2026, 3, 2), date(2026, 6, 1))


def test_the_ladder_rises_from_an_oral_warning_to_dismissal() -> None:
    assert [str(one) for one in LADDER] == [
        "oral_warning",
        "written_warning",
        "circulated_criticism",
        "off_post_training",
        "transfer",
        "dismissal",
    ]
    assert heavier(Measure.TRANSFER, Measure.CIRCULATED)
    assert not heavier(Measure.TRANSFER, Measure.TRANSFER)


def test_every_choice_has_its_name_and_no_two_share_one() -> None:
    kinds = [one for one in vars(measures).values() if isinstance(one, type) and issubclass(one, StrEnum)]
    choices = [choice for kind in kinds if kind is not StrEnum for choice in kind]
    assert len(choices) == len(measures.NAMES)
    assert all(measures.NAMES[choice].zh for choice in choices)


def test_warnings_are_counted_in_the_year_and_in_twelve_months() -> None:
    assert ladder.warnings(DAYS, on=date(2026, 6, 1)) == ladder.Count(year=2, rolling=3)
    assert ladder.warnings(DAYS, on=date(2026, 11, 19)).rolling == 3
    assert ladder.warnings(DAYS, on=date(2026, 11, 20)).rolling == 2
    assert ladder.warnings(DAYS, on=date(2026, 5, 31)).counted == 2
    assert ladder.warnings(DAYS, on=date(2027, 1, 1)) == ladder.Count(year=0, rolling=2)


@pytest.mark.parametrize(
    ("count", "best"),
    [(0, Grade.EXCELLENT), (1, Grade.COMPETENT), (2, Grade.BASIC), (3, Grade.INCOMPETENT)],
)
def test_each_warning_of_a_year_closes_a_grade(count: int, best: Grade) -> None:
    days = [date(2026, month, 1) for month in range(1, count + 1)]
    assert ladder.best_grade(days, division="330203", on=date(2026, 12, 1)) is best


def test_nobody_is_excellent_while_a_measure_is_in_effect() -> None:
    assert ladder.best_grade((), division="330200", on=date(2026, 12, 1), in_effect=True) is Grade.COMPETENT


def test_the_rules_of_the_place_and_the_day_bind() -> None:
    assert ladder.in_force("330800", on=date(2013, 6, 1)) is ladder.QUZHOU
    assert ladder.in_force("330800", on=date(2012, 12, 31)) is ladder.NINGBO
    assert ladder.in_force("510100", on=date(2026, 1, 1)) is ladder.SICHUAN
    assert ladder.in_force("330203", on=date(2026, 1, 1)) is ladder.NINGBO
    assert ladder.best_grade([date(2013, 5, 1)], division="330802", on=date(2013, 6, 1)) is Grade.INCOMPETENT


def test_every_rule_set_rises_and_says_what_it_does() -> None:
    for one in ladder.BOOK:
        counts = [effect.count for effect in one.effects]
        assert counts == sorted(set(counts))
        assert one.effect_of(0) is None
        assert one.effect_of(99) is one.effects[-1]
    assert set(ladder.GRADE_NAMES) == set(Grade)


def test_the_next_step_goes_up_by_one_and_stops_at_the_top() -> None:
    assert ladder.next_step(None) is Measure.ORAL_WARNING
    assert ladder.next_step(Measure.CIRCULATED) is Measure.OFF_POST_TRAINING
    assert ladder.next_step(Measure.DISMISSAL) is Measure.DISMISSAL


def test_statutory_sanctions_last_as_the_law_says() -> None:
    assert [measures.SANCTION_MONTHS[one] for one in measures.Sanction] == [6, 12, 18, 24, 24, 0]
