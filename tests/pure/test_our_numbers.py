"""Numbers of ours are dated rows; a city sets its own from a day on, and a faulty file is refused with every fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from xiaoneng.law import defaults
from xiaoneng.law.defaults import DefaultsFaulty, adopt, adopt_file, city_rows, count_of, told, value_of

JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _ours_again() -> Iterator[None]:
    yield
    adopt([])


def row(**more: object) -> dict[str, object]:
    return {"topic": "weak-red-cards", "value": 3, "from": JULY, **more}


def test_five_red_cards_a_quarter_hold_also_before_the_row_was_written() -> None:
    assert count_of("weak-red-cards", on=date(2004, 3, 1)) == 5
    assert count_of("weak-red-cards", on=JULY) == 5


def test_a_city_has_three_from_its_own_day_on_and_five_before() -> None:
    adopt([row()])
    assert [count_of("weak-red-cards", on=day) for day in (JUNE, JULY, AUGUST)] == [5, 3, 3]
    assert str(told("weak-red-cards")) == "5（2026-07-01 起 3）"


def test_a_city_changes_its_number_twice() -> None:
    adopt([row(value=4, **{"from": AUGUST}), row()])
    assert [count_of("weak-red-cards", on=day) for day in (JUNE, JULY, AUGUST)] == [5, 3, 4]


def test_a_city_that_counted_differently_before_us_keeps_its_number() -> None:
    adopt([row(**{"from": date(2020, 1, 1)})])
    assert count_of("weak-red-cards", on=date(2019, 12, 31)) == 5
    assert count_of("weak-red-cards", on=JULY) == 3


def test_what_a_city_took_last_is_all_that_it_set() -> None:
    adopt([row()])
    adopt([row(topic="weak-bans", value=1)])
    assert count_of("weak-red-cards", on=JULY) == 5
    assert count_of("weak-bans", on=JULY) == 1


def test_the_coefficient_is_a_decimal_and_no_count() -> None:
    assert value_of("conversion-coefficient", on=JULY) == 1.0
    with pytest.raises(TypeError):
        count_of("conversion-coefficient", on=JULY)


def test_a_rule_has_no_number_and_an_unknown_topic_no_row() -> None:
    with pytest.raises(LookupError, match="has no number"):
        value_of("withdrawal", on=JULY)
    with pytest.raises(KeyError):
        value_of("no-such-topic", on=JULY)


def test_every_fault_of_a_city_is_told_at_once_and_nothing_is_taken() -> None:
    rows: list[dict[str, object]] = [
        row(),
        {"topic": "no-such-topic", "value": 1, "from": JULY},
        {"topic": "withdrawal", "value": 1, "from": JULY},
        row(topic="weak-bans", value="many"),
        row(topic="weak-bans", value=True, **{"from": AUGUST}),
        row(topic="weak-bans", value=1.5, **{"from": date(2026, 9, 1)}),
        row(topic="gaming-last-day", value=130),
        row(topic="yellow-unanswered", value=1, **{"from": "soon"}),
        row(topic="nudge-me", value=-1, colour="red"),
        row(topic="reminder", value=2),
        row(value=2),
    ]
    with pytest.raises(DefaultsFaulty) as caught:
        adopt(rows)
    told_all = [fault.en for fault in caught.value.faults]
    assert told_all == [
        "Row 2 (no-such-topic): there is no such default",
        "Row 3 (withdrawal): a rule, with no number to set",
        "Row 4 (weak-bans): `value` must be a number",
        "Row 5 (weak-bans): `value` must be a number",
        "Row 6 (weak-bans): must be a whole number",
        "Row 7 (gaming-last-day): 130 lies outside 0–100",
        "Row 8 (yellow-unanswered): `from` must be a date",
        "Row 9 (nudge-me): there is no such default",
        "Row 9 (nudge-me): “colour” is not known",
        "Row 10 (reminder): this one cannot be set yet",
        "weak-red-cards from 2026-07-01 stands twice",
    ]
    assert count_of("weak-red-cards", on=JULY) == 5


@pytest.mark.parametrize("text", ["topic = ", "[weak-red-cards]\nvalue = 3\n", "default = 3\n"])
def test_a_file_that_holds_no_rows_is_refused(text: str) -> None:
    with pytest.raises(DefaultsFaulty):
        city_rows(text)


def test_a_city_writes_its_numbers_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "numbers.toml"
    path.write_text('[[default]]\ntopic = "weak-red-cards"\nvalue = 3\nfrom = 2026-07-01\n', encoding="utf-8")
    adopt_file(path)
    assert count_of("weak-red-cards", on=JULY) == 3


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefaultsFaulty, match="无法读取"):
        adopt_file(tmp_path / "none.toml")


def test_every_row_is_a_number_with_its_unit_or_a_rule_in_words() -> None:
    for one in defaults.ours().values():
        assert bool(one.editions) is (one.words is None), one.topic
        assert one.words is not None or (one.unit.zh and one.unit.en), one.topic
        days = [edition.since for edition in one.editions]
        assert days == sorted(set(days)), one.topic
        assert all(one.least <= edition.value for edition in one.editions), one.topic
