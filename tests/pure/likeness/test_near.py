from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pure.likeness.messages import real
from xiaoneng.likeness.near import ALIKE, MANY, Pair, alike, clusters, keys, pairs

WINDOW = "三月二日上午九点，政务大厅婚姻登记窗口没有人，保安让我下午再来，下午还是没有人。"
WINDOW_AGAIN = "3月2日上午九点，政务大厅婚姻登记的窗口没有人，保安让我下午再来，下午还是没人！"
LAND = "我家房屋去年列入拆迁范围，补偿协议签了，补偿款到今天没有发，问街道，街道让我问征收办。"
LAMP = "公园北门的路灯坏了三盏，晚上散步看不见台阶，前天有老人摔倒。"
TEXT = st.text(alphabet="窗口没有人路灯坏了拆迁补偿款今天下午公园，。a3 ", max_size=60)


@given(TEXT)
def test_a_text_is_like_itself(text: str) -> None:
    assert alike(text, text) == 1.0
    assert keys(text) == keys(text + "。")
    assert bool(keys(text)) is any(character.isalnum() for character in text)


@given(TEXT, TEXT)
def test_likeness_has_no_direction(text: str, other: str) -> None:
    assert alike(text, other) == alike(other, text)
    assert 0.0 <= alike(text, other) <= 1.0


def test_an_edited_text_shares_a_key_and_an_unrelated_one_does_not() -> None:
    assert set(keys(WINDOW)) & set(keys(WINDOW_AGAIN))
    assert not set(keys(WINDOW)) & set(keys(LAND))
    assert alike(WINDOW, WINDOW_AGAIN) > 0.8
    assert alike(WINDOW, LAND) < 0.4


def test_texts_of_different_kinds_have_no_key_in_common() -> None:
    assert not set(keys(WINDOW, kind="complaint")) & set(keys(WINDOW, kind="inquiry"))
    assert set(keys(WINDOW, kind="complaint")) & set(keys(WINDOW_AGAIN, kind="complaint"))


def test_a_text_is_recognised_from_half_way_on() -> None:
    for text in (WINDOW + LAMP, LAND + WINDOW):
        typed = text[: len(text) * 6 // 10]
        assert set(keys(typed)) & set(keys(text))
        assert alike(typed, text) >= ALIKE


def test_keys_fit_a_column_of_32_bits() -> None:
    for text in (WINDOW, LAND, LAMP, "人"):
        assert all(-(2**31) <= key < 2**31 for key in keys(text))


def test_pairs_and_clusters_of_a_morning_at_the_centre() -> None:
    texts = {
        "1": WINDOW,
        "2": LAND,
        "3": WINDOW_AGAIN,
        "4": LAMP,
        "5": LAND.replace("，", " "),
        "6": "",
        "7": "。",
    }
    assert list(pairs(texts)) == [Pair("1", "3", alike(WINDOW, WINDOW_AGAIN)), Pair("2", "5", 1.0)]
    assert clusters(texts) == [("1", "3"), ("2", "5")]
    assert clusters(texts, at_least=0.95) == [("2", "5")]
    assert clusters({}) == []
    assert clusters({"1": WINDOW}) == []


@settings(deadline=None)
@given(
    st.dictionaries(st.text(alphabet="0123456789", min_size=1, max_size=3), TEXT, max_size=12), st.randoms()
)
def test_the_order_of_texts_does_not_matter(texts: dict[str, str], draw: random.Random) -> None:
    shuffled = list(texts.items())
    draw.shuffle(shuffled)
    assert list(pairs(dict(shuffled))) == list(pairs(texts))
    assert clusters(dict(shuffled)) == clusters(texts)


@settings(deadline=None)
@given(st.dictionaries(st.text(alphabet="0123456789", min_size=1, max_size=3), TEXT, max_size=12))
def test_every_pair_is_as_like_as_it_says(texts: dict[str, str]) -> None:
    for pair in pairs(texts, at_least=0.7):
        assert pair.one < pair.other
        assert pair.likeness == alike(texts[pair.one], texts[pair.other]) >= 0.7


def test_a_letter_that_hundreds_signed_and_changed_a_little_is_one_cluster() -> None:
    texts = {f"{n:03}": f"{WINDOW}我是第{n}户。" for n in range(MANY + 60)}
    assert clusters(texts) == [tuple(sorted(texts))]


def test_of_real_messages_edited_ninety_nine_of_a_hundred_are_found_again() -> None:
    draw = random.Random(20261124)
    rows = real("messages-and-replies.csv.gz")
    messages = sorted({row["留言详情"].strip()[:200] for row in rows if len(row["留言详情"].strip()) >= 40})
    some = draw.sample(messages, 1_000)
    edited = {f"{n}/edited": _edited(text, draw) for n, text in enumerate(some)}
    found = {(pair.one, pair.other) for pair in pairs({str(n): text for n, text in enumerate(some)} | edited)}
    assert sum((str(n), f"{n}/edited") in found for n in range(len(some))) >= 990


def _edited(text: str, draw: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) * 6 // 100)):
        at = draw.randrange(len(letters))
        letters[at : at + 1] = draw.choice([[], ["的"], [letters[at], "了"]])
    return "".join(letters)


@pytest.mark.parametrize("text", ["人", "窗口", "a", "3"])
def test_the_shortest_texts_are_found_again(text: str) -> None:
    assert clusters({"1": text, "2": f" {text}！"}) == [("1", "2")]
