from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.likeness.grams import grams, normal, pieces, tokens


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("政务大厅，三号 窗口。", "政务大厅三号窗口"),
        ("ＡＢ１２栋\n３单元", "ab12栋3单元"),
        ("电话：138-0000-1111", "电话0"),
        ("2026年3月2日", "2026年3月2日"),
        ("2026/3/2 09:15:00", "0"),
        ("Wi-Fi_密码", "wifi密码"),
        ("！？……", ""),
        ("", ""),
    ],
)
def test_only_letters_and_figures_are_compared_and_long_numbers_are_masked(written: str, bare: str) -> None:
    assert normal(written) == bare


@given(st.text())
def test_a_normal_text_is_normal_already(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.text(alphabet="窗口拆迁补偿款a3，。 ", max_size=30), st.sampled_from(["　", "，", "\n", "——", " "]))
def test_spaces_and_punctuation_change_nothing(text: str, between: str) -> None:
    assert normal(between.join(text)) == normal(text)


@given(st.text(max_size=50), st.integers(1, 4))
def test_grams_put_together_again_are_the_text(text: str, size: int) -> None:
    found = list(grams(text, size=size))
    assert len(found) == (max(1, len(text) - size + 1) if text else 0)
    assert "".join(gram[0] for gram in found[:-1]) + (found[-1] if found else "") == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("拆迁补偿", ["拆迁", "迁补", "补偿", "偿"]),
        ("拆迁，补偿", ["拆迁", "迁", "补偿", "偿"]),
        ("A3区", ["a3", "区"]),
        ("Bus stop", ["bus", "stop"]),
        ("请回电13800001111谢谢", ["请回", "回电", "电", "谢谢", "谢"]),
    ],
)
def test_a_text_is_found_by_pairs_of_characters_and_by_words(text: str, found: list[str]) -> None:
    assert list(tokens(text)) == found


@given(st.text())
def test_tokens_are_letters_and_figures_only(text: str) -> None:
    assert all(token.isalnum() and " " not in token for token in tokens(text))
    assert all(piece.isalnum() for piece in pieces(text))
