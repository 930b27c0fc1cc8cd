"""Tables handed out as files: what a spreadsheet would run stays words, and a number stays a number."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from xiaoneng.web.tables import csv_table


@pytest.mark.parametrize("cell", ["=1+1", "+86", "@SUM(A1)", "-1+2", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_is_words(cell):
    assert read(cell) == [f"'{cell}"]


def read(cell: object) -> list[str]:
    text = csv_table("t", ["头"], [[cell]]).content.decode()
    assert text.startswith("\ufeff头\r\n")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))[1]


@pytest.mark.parametrize(("cell", "told"), [("-3", "-3"), (-3, "-3"), ("局", "局"), ("", ""), (None, "")])
def test_any_other_cell_stands_as_it_is(cell, told):
    assert read(cell) == [told]


def test_the_file_has_a_name():
    assert csv_table("cards", [], [])["Content-Disposition"] == 'attachment; filename="cards.csv"'
