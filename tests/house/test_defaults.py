"""A number of ours stands in its row and nowhere else, and every number that a city may set is asked for."""

from __future__ import annotations

import pytest

from tests.house.numbers import NUMERIC, Module, asked, beside, modules
from xiaoneng.law.defaults import ours

REMEDY = "ask the row: count_of(topic, on=day), value_of, or procedures.terms.ours (docs/law/README.md)"
ASKED = [(module.where, asked(module)) for module in modules()]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.where)
def test_no_number_stands_beside_a_default(module: Module) -> None:
    assert not beside(module), REMEDY


def test_every_number_that_a_city_may_set_is_asked_for() -> None:
    set_by_city = {topic for topic in NUMERIC if not ours()[topic].fixed}
    idle = set_by_city - {topic for _, topics in ASKED for topic in topics}
    assert not idle, (
        f"nothing asks for these, so setting them would do nothing: fix them by least = most: {idle}"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('GRACE = 1  # days: default "four-always-traced"', "GRACE is the number of four-always-traced"),
        (
            'SOON = 5\n"""Working days (default `early-reopening`)."""',
            "SOON is the number of early-reopening",
        ),
        ('A = term(Clock.X, 3, default("defence-term"))', "a number is given with defence-term"),
        (
            'A = Term(statutory=Limit(3), basis=default("defence-term"))',
            "a number is given with defence-term",
        ),
        ('WHY = default("card-answer")\nA = term(3, WHY)', "a number is given with card-answer"),
        (
            'A = card(Cause.UNANSWERED, "yellow-unanswered", days=3)',
            "a number is given with yellow-unanswered",
        ),
        (
            'LEAST = 2\ndef f(n):\n    if n < LEAST:\n        yield default("inspection-team")',
            "LEAST is used beside inspection-team",
        ),
        (
            'TEAM = default("inspection-team")\ndef f(n):\n    if n < 2:\n        yield TEAM',
            "a number is compared beside inspection-team",
        ),
    ],
)
def test_a_number_beside_a_default_is_found(text: str, found: str) -> None:
    assert any(found in line for line in beside(Module.of(text)))


@pytest.mark.parametrize(
    "text",
    [
        'SIZE = 50\n"""Rows of a page."""',
        'A = term(Clock.X, 5, law("第十四条"))',
        'def f(n, on):\n    if n < count_of("inspection-team", on=on):\n        yield default("inspection-team")',
        'A = term(3, default("withdrawal"))',  # a rule that has no number
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert beside(Module.of(text)) == []


def test_a_topic_that_is_only_cited_is_not_asked_for() -> None:
    text = "from xiaoneng.law.defaults import count_of\n"
    assert asked(Module.of(text + 'A = default("card-answer")')) == set()
    assert asked(Module.of(text + 'A = count_of("card-answer", on=day)')) == {"card-answer"}
