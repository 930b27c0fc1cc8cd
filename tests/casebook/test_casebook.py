"""Every casebook file holds: each act is recorded or refused as written, each day reads as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casebook.playing import play
from tests.casebook.reading import read

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_case_turns_out_as_written(path: Path) -> None:
    otherwise = play(read(path))
    assert not otherwise, "\n".join(otherwise)


def test_a_case_that_is_written_wrong_is_found_out() -> None:
    case = read(HERE / "approval" / "normal.toml")
    told = dict(case.days[0].words) | {"stage": "已办结", "breaches": ["限时办结制: 超期"]}
    wrong = type(case.days[0])(now=case.days[0].now, words=told)
    otherwise = play(type(case)(**{**vars(case), "days": (wrong,)}))
    assert len(otherwise) == 2, otherwise
