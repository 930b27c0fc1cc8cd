"""The lot of an inspection: the same seed, the same team; nobody outweighs anybody."""

from __future__ import annotations

import random
from collections import Counter

from xiaoneng.matters.vocabulary.inspection import Candidate, Category
from xiaoneng.rules.drawing import draw, seed


def stood(*counts: int) -> list[Candidate]:
    categories = list(Category)
    people = [place for place, count in enumerate(counts) for _ in range(count)]
    return [
        Candidate(person=number, name=f"督察员{number}（虚构）", category=categories[place])
        for number, place in enumerate(people, start=1)
    ]


def test_the_same_seed_gives_the_same_team_in_whatever_order_the_candidates_stand() -> None:
    people = stood(3, 3, 3)
    first = draw(people, seed="a", wanted=4)
    random.Random(1).shuffle(people)
    assert draw(people, seed="a", wanted=4) == first
    assert draw(people, seed="b", wanted=4) != first or draw(people, seed="c", wanted=4) != first


def test_nobody_in_conflict_is_drawn_and_too_few_stay_too_few() -> None:
    people = stood(2, 2)
    assert set(draw(people, seed="a", wanted=9, conflicts=(1, 3))) == {2, 4}
    assert draw([], seed="a", wanted=2) == ()
    assert draw(people, seed="a", wanted=0) == ()


def test_a_larger_category_does_not_outweigh_a_smaller_one() -> None:
    people = stood(30, 2, 2)
    for number in range(50):
        drawn = draw(people, seed=seed(anchor=str(number), nonce="n"), wanted=3)
        assert Counter(people[one - 1].category for one in drawn) == dict.fromkeys(list(Category)[:3], 1)


def test_within_a_category_everybody_is_as_likely_as_anybody_else() -> None:
    people, times = stood(6), 6_000
    found = Counter(
        draw(people, seed=seed(anchor=str(number), nonce="n"), wanted=1)[0] for number in range(times)
    )
    expected = times / 6
    chi = sum((found[one.person] - expected) ** 2 / expected for one in people)
    assert chi < 20.5  # five degrees of freedom: one in a thousand


def test_a_longer_team_begins_with_the_shorter_one() -> None:
    people = stood(4, 4, 4)
    assert draw(people, seed="s", wanted=5)[:3] == draw(people, seed="s", wanted=3)
