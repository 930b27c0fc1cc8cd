"""Cases told in a line or two, for tests that want a dossier rather than a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.casebook.playing import Play
from tests.casebook.reading import case_from, instant
from xiaoneng.matters.dossier import Dossier

EVERYTHING = ["申请表", "规划图", "证明"]


def act(on: str, by: str, what: str, **fields: Any) -> dict[str, Any]:
    """Return an act row: when, by whom, what, with its fields."""
    return {"on": on, "by": by, "act": what, **fields}


def accepted(on: str, *, by: str = "窗口") -> list[dict[str, Any]]:
    """Return receipt with everything and acceptance on the same morning."""
    return [
        act(f"{on} 09:00", "申请人", "收件", materials=EVERYTHING),
        act(f"{on} 10:00", by, "受理"),
    ]


def suspended(on: str, *, until: str, ground: str = "testing") -> dict[str, Any]:
    """Return a suspension told in writing."""
    return act(f"{on} 10:00", "承办", "中止计时", ground=ground, expected_until=until, notice_served=True)


def resumed(on: str) -> dict[str, Any]:
    """Return a resumption."""
    return act(f"{on} 10:00", "承办", "恢复计时")


def told(*acts: Mapping[str, Any], procedure: str = "approval", **more: Any) -> Dossier:
    """Return the dossier after `acts`, each of which must pass; raises AssertionError naming what did not."""
    item = {"item": {"statutory": "20 个工作日"}} if procedure == "approval" else {}
    play = Play(case_from({"title": ["例", "Case"], "procedure": procedure, **item, "act": acts, **more}))
    otherwise = play.run()
    assert not otherwise, otherwise
    assert play.dossier is not None
    return play.dossier


def at(words: str) -> datetime:
    """Return an instant from local words; a bare day is its last minute."""
    return instant(words, end_of_day=True)
