"""Numbers by the hundred are the numbers that are written one by one, and a slip in any is caught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.matters.number import NumberFaulty, block, parse, written


@given(first=st.integers(1, 9_999_000), count=st.integers(1, 120))
def test_a_block_is_the_numbers_one_by_one(first, count):
    singly = [written(prefix="HP", year=2026, serial=one) for one in range(first, first + count)]
    assert block(prefix="HP", year=2026, first=first, count=count) == singly


def test_every_other_check_digit_is_a_slip():
    (number,) = block(prefix="HP", year=2026, first=1234, count=1)
    assert parse(number) == number
    for digit in set("0123456789") - {number[-1]}:
        with pytest.raises(NumberFaulty):
            parse(number[:-1] + digit)
