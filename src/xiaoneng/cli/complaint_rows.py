"""Rows of a file of complaints as acts: CSV or JSON lines, every fault of every row said at once. Writes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES, ComplaintChannel, Manner
from xiaoneng.organisation.capacity import SYSTEM
from xiaoneng.worktime.days import ZONE

E = TypeVar("E", bound=StrEnum)
COLUMNS = (
    "key", "received_at", "channel", "manner", "name", "contact", "agencies", "about", "place", "matter", "kind",
    "happened_on", "text", "wanted",
)  # fmt: skip
"""The columns that a file may have (docs/commands.md)."""
NEEDED = ("key", "received_at", "manner", "text")
Faults = dict[int, list[Phrase]]


def rows_of(text: str) -> Iterator[tuple[int, Mapping[str, str] | Phrase]]:
    """Yield each row with its line number, or why it cannot be read; raises ValueError for columns that mean nothing."""
    if text.lstrip().startswith("{"):
        yield from _json_lines(text)
        return
    reader = csv.DictReader(io.StringIO(text))
    _known(set(reader.fieldnames or ()))
    for row in reader:
        yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if name}


def _json_lines(text: str) -> Iterator[tuple[int, Mapping[str, str] | Phrase]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, _json_line(line)


def _json_line(line: str) -> Mapping[str, str] | Phrase:
    try:
        told = json.loads(line)
        if not isinstance(told, dict):
            return Phrase("不是一个 JSON 对象", "It is no JSON object")
        _known(set(told) | set(NEEDED))
    except ValueError as fault:
        return Phrase(f"读不出来：{fault}", f"It cannot be read: {fault}")
    return {name: _words(value) for name, value in told.items()}


def _words(value: object) -> str:
    return (
        "；".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value).strip()
    )


def _known(names: set[str]) -> None:
    strange, missing = sorted(names - set(COLUMNS)), sorted(set(NEEDED) - names)
    if strange or missing:
        raise ValueError(f"不认识的列 unknown: {strange}; 缺少的列 missing: {missing}")


def acts_of(text: str) -> tuple[dict[int, ComplaintMade], Faults]:
    """Return the complaints of a file by line, and what is wrong with the lines that are none."""
    acts: dict[int, ComplaintMade] = {}
    faults: Faults = {}
    keys: dict[str, int] = {}
    for number, row in rows_of(text):
        if isinstance(row, Phrase):
            faults[number] = [row]
            continue
        wrong: list[Phrase] = []
        act = _act(row, wrong)
        key = row.get("key", "")
        if key in keys:
            wrong.append(Phrase(f"key 与第 {keys[key]} 行重复", f"The key is that of line {keys[key]}"))
        keys.setdefault(key, number)
        if wrong:
            faults[number] = wrong
        elif act is not None:
            acts[number] = act
    return acts, faults


def _act(row: Mapping[str, str], wrong: list[Phrase]) -> ComplaintMade | None:
    for name in NEEDED:
        if not row.get(name):
            wrong.append(Phrase(f"{name} 须填写", f"{name} must be filled in"))
    at = _instant(row.get("received_at", ""), wrong)
    manner = _choice(Manner, "manner", row.get("manner", ""), wrong)
    channel = _choice(ComplaintChannel, "channel", row.get("channel", ""), wrong) or ComplaintChannel.IMPORT
    happened_on = _day(row.get("happened_on", ""), wrong)
    if wrong or at is None or manner is None:
        return None
    return ComplaintMade(
        at=at,
        by=SYSTEM,
        channel=channel,
        manner=manner,
        agencies=tuple(one.strip() for one in _split(row.get("agencies", "")) if one.strip()),
        happened_on=happened_on,
        complainant=row.get("name", ""),
        contact=row.get("contact", ""),
        about_words=row.get("about", ""),
        place=row.get("place", ""),
        matter=row.get("matter", ""),
        subject_area=row.get("kind", ""),
        text=row.get("text", ""),
        wanted=row.get("wanted", ""),
        source_key=row.get("key", ""),
    )


def _split(text: str) -> list[str]:
    return text.replace("；", ";").replace("、", ";").split(";")


def _choice(kind: type[E], name: str, said: str, wrong: list[Phrase]) -> E | None:
    """Return a choice by its word or by what it is called in Chinese; blank is none."""
    for one in kind:
        if said in {one.value, COMPLAINT_NAMES[one].zh, COMPLAINT_NAMES[one].zh.partition("（")[0]}:
            return one
    if said:
        known = "、".join(kind)
        wrong.append(Phrase(f"{name} 不认识“{said}”，可用：{known}", f"{name}: {said!r} is none of {known}"))
    return None


def _instant(said: str, wrong: list[Phrase]) -> datetime | None:
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        wrong.append(Phrase(f"received_at 不是时间：{said}", f"received_at is no instant: {said}"))
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC)


def _day(said: str, wrong: list[Phrase]) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        wrong.append(Phrase(f"happened_on 不是日期：{said}", f"happened_on is no day: {said}"))
        return None
