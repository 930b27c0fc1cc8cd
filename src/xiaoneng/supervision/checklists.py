"""Checklists of an inspection (检查清单) as data: what an inspector looks at, in both languages, each with its basis.

The lists stand in `checklists.toml`. An answer is kept in the act as a line, `key=yes｜note`. Pure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase

MARK = "｜"


class Result(StrEnum):
    """What was seen of a point."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


RESULTS = {
    Result.YES: Phrase("符合", "Yes"),
    Result.NO: Phrase("不符合", "No"),
    Result.NOT_APPLICABLE: Phrase("不适用", "Not applicable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to look at."""

    key: str
    words: Phrase
    basis: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A list of things to look at."""

    key: str
    name: Phrase
    points: tuple[Point, ...]

    def point(self, key: str) -> Point | None:
        """Return a point by its key."""
        return next((one for one in self.points if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was seen of one point, and what the inspector noted."""

    key: str
    result: Result
    note: str = ""

    def line(self) -> str:
        """Return the answer as the act keeps it."""
        return f"{self.key}={self.result.value}" + (f"{MARK}{self.note}" if self.note else "")


@cache
def checklists() -> Mapping[str, Checklist]:
    """Return every checklist by key, in the order of the file."""
    told = tomllib.loads(files(__package__).joinpath("checklists.toml").read_text(encoding="utf-8"))
    return {one["key"]: _checklist(one) for one in told["checklist"]}


def answers(lines: Iterable[str]) -> tuple[Answer, ...]:
    """Return the answers that an act keeps; a line that is none is left out."""
    found = []
    for line in lines:
        said, _, note = line.partition(MARK)
        key, _, result = said.partition("=")
        if result in list(Result):
            found.append(Answer(key=key.strip(), result=Result(result), note=note.strip()))
    return tuple(found)


def spoken(lines: Iterable[str]) -> Phrase:
    """Return the answers that an act keeps in words: how many points, and each that was not as it should be."""
    found = answers(lines)
    wrong = [one for one in found if one.result is Result.NO]
    zh = f"{len(found)} 项，不符合 {len(wrong)} 项"
    en = f"{len(found)} points, {len(wrong)} not as they should be"
    for one in wrong:
        words = point(one.key)
        zh += f"；不符合：{words.zh}" + (f"（{one.note}）" if one.note else "")
        en += f"; not so: {words.en}" + (f" ({one.note})" if one.note else "")
    return Phrase(zh, en)


def point(key: str) -> Phrase:
    """Return the words of a point, of whichever checklist; its key where no list has it."""
    found = (one.point(key) for one in checklists().values())
    return next((one.words for one in found if one), Phrase(key, key))


def _checklist(told: Mapping[str, Any]) -> Checklist:
    points = tuple(_point(one) for one in told["point"])
    return Checklist(key=told["key"], name=Phrase(*told["name"]), points=points)


def _point(told: Mapping[str, Any]) -> Point:
    basis = (
        default(told["topic"]) if "topic" in told else Citation(told["instrument"], told.get("article", ""))
    )
    return Point(key=told["key"], words=Phrase(*told["words"]), basis=basis)
