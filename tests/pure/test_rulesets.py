"""Card rules by jurisdiction: which cause raises which card, in force when and where, with its source."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.flow.share import Share, wilson
from xiaoneng.law.citation import DEFAULTS, Certainty
from xiaoneng.law.defaults import adopt, count_of
from xiaoneng.law.register import resolve
from xiaoneng.supervision.counting import median
from xiaoneng.supervision.levels import CAUSES, LEVELS, Cause, Level
from xiaoneng.supervision.rulesets import BOOK, CHENGDU, DONGGUAN, GENERIC, RECOMMENDED, cause_of, in_force

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("division", "on", "key"),
    [
        ("441900", date(2006, 1, 1), "dongguan"),
        ("441900", date(2005, 12, 31), "recommended"),
        ("510104", date(2010, 1, 1), "chengdu"),
        ("510104", date(2009, 12, 31), "recommended"),
        ("330203", date(2026, 3, 2), "recommended"),
    ],
)
def test_a_place_is_judged_by_its_own_rules_from_the_day_they_were_in_force(division, on, key):
    assert in_force(on, division).key == key


def test_before_any_rules_were_in_force_nothing_is_judged():
    with pytest.raises(LookupError):
        in_force(date(2003, 12, 31), "330200")


@pytest.mark.parametrize(
    ("rules", "cause", "level"),
    [
        (RECOMMENDED, Cause.NEAR, Level.REMINDER),
        (RECOMMENDED, Cause.PROMISE, Level.YELLOW),
        (RECOMMENDED, Cause.STEP, Level.YELLOW),
        (RECOMMENDED, Cause.PAUSE, Level.YELLOW),
        (RECOMMENDED, Cause.MINOR, Level.YELLOW),
        (RECOMMENDED, Cause.STATUTE, Level.RED),
        (RECOMMENDED, Cause.UNANSWERED, Level.RED),
        (DONGGUAN, Cause.PROMISE, Level.YELLOW),
        (DONGGUAN, Cause.STATUTE, Level.YELLOW),
        (DONGGUAN, Cause.UNANSWERED, Level.RED),
        (CHENGDU, Cause.NEAR, Level.YELLOW),
        (CHENGDU, Cause.PROMISE, Level.RED),
        (GENERIC, Cause.STEP, Level.YELLOW),
        (GENERIC, Cause.PROMISE, Level.RED),
    ],
)
def test_each_model_raises_the_cards_it_raised_in_force(rules, cause, level):
    line = rules.rule_for(cause)
    assert line is not None
    assert line.level is level


def test_the_recommended_numbers_are_one_day_before_and_three_days_unanswered():
    near, unanswered = RECOMMENDED.rule_for(Cause.NEAR), RECOMMENDED.rule_for(Cause.UNANSWERED)
    assert near is not None
    assert unanswered is not None
    assert (count_of("reminder", on=DAY), unanswered.days(on=DAY)) == (1, 3)


def test_every_line_has_a_source_that_resolves_and_says_how_sure_it_is():
    for rules in BOOK:
        for line in rules.rules:
            assert resolve(line.basis) is not None, line
            ours = line.basis.instrument == DEFAULTS
            assert line.basis.certainty is (Certainty.DEFAULT if ours else Certainty.EXCERPT)


def test_no_set_has_two_lines_for_one_cause():
    for rules in BOOK:
        assert len({line.cause for line in rules.rules}) == len(rules.rules)


def test_a_refusal_never_reported_is_grave_and_an_unknown_breach_is_minor():
    assert cause_of("refusal_filing", key="unfiled/4") is Cause.GRAVE
    assert cause_of("time_limit", key="pause/3") is Cause.PAUSE
    assert cause_of("ab_cover", key="empty/x") is Cause.MINOR


def test_every_level_and_cause_has_its_words():
    assert set(LEVELS) == set(Level)
    assert set(CAUSES) == set(Cause)
    assert Level.RED.phrase.zh == "红牌"


def test_wilson_s_interval_of_nine_in_ten_is_as_printed():
    low, high = wilson(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_share_lies_in_its_interval(of, count):
    share = Share("", min(count, of), of)
    low, high = share.interval or (1.0, 0.0)
    assert 0 <= low <= (share.share or 0.0) + 1e-9
    assert (share.share or 0.0) - 1e-9 <= high <= 1


def test_fewer_than_ten_are_not_ranked():
    assert not Share("", 9, 9).ranked
    assert Share("", 9, 10).ranked
    assert Share("", 0, 0).interval == (0.0, 1.0)  # nothing is known


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_the_median_of_counted_values_is_the_median_of_the_list(values):
    counts = {value: values.count(value) for value in values}
    ordered = sorted(values)
    middle = (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
    assert median(counts) == middle
    assert median({}) is None


@pytest.mark.parametrize(
    ("rules", "days"), [(RECOMMENDED, 3), (DONGGUAN, 3), (CHENGDU, None), (GENERIC, None)]
)
def test_a_yellow_card_turns_red_after_three_days_only_where_the_model_says_so(rules, days):
    line = rules.rule_for(Cause.UNANSWERED)
    assert (line.days(on=DAY) if line else None) == days


def test_a_city_that_gives_five_days_to_answer_from_july_on_gave_three_in_june():
    adopt([{"topic": "yellow-unanswered", "value": 5, "from": date(2026, 7, 1)}])
    line = RECOMMENDED.rule_for(Cause.UNANSWERED)
    days = [line.days(on=day) for day in (date(2026, 6, 30), date(2026, 7, 1))] if line else []
    adopt([])
    assert days == [3, 5]
