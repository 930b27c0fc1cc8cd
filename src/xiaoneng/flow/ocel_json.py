"""OCEL 2.0 as JSON. Read whole, and therefore only up to a size: larger logs come as XML, SQLite or Parquet."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.ocel import OcelEvent, OcelObject, OcelTypes
from xiaoneng.flow.rows import text_of
from xiaoneng.flow.source import Advance, opened, unreadable
from xiaoneng.law.phrase import Phrase

LARGEST = 256 << 20
"""Bytes of text, unpacked; read whole it takes some eight times as much memory."""


class JsonSource:
    """A log in one JSON file, which is read when it is made."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        """Read a file; raises LogRefused where it is too large or not JSON."""
        self._said = _read(path, largest)

    def types(self) -> OcelTypes:
        """Return what the log declares; raises LogRefused where a part is not of the form of OCEL 2.0."""
        events = [_names(one) for one in self._list("eventTypes")]
        objects = {text_of(one.get("name")): _names(one) for one in self._list("objectTypes")}
        return OcelTypes(frozenset().union(*events), objects)

    def objects(self) -> Iterator[OcelObject]:
        """Yield every object."""
        for one in self._list("objects"):
            said = [
                (text_of(value.get("name")), text_of(value.get("time")), text_of(value.get("value")))
                for value in _dicts(one.get("attributes"))
            ]
            yield OcelObject(text_of(one.get("id")), text_of(one.get("type")), said)

    def events(self, advance: Advance | None) -> Iterator[OcelEvent]:
        """Yield every event; nothing is told of how far, for the file is in memory."""
        del advance
        for one in self._list("events"):
            said = {
                text_of(value.get("name")): text_of(value.get("value"))
                for value in _dicts(one.get("attributes"))
            }
            related = [text_of(relation.get("objectId")) for relation in _dicts(one.get("relationships"))]
            yield OcelEvent(
                text_of(one.get("id")), text_of(one.get("type")), text_of(one.get("time")), said, related
            )

    def _list(self, key: str) -> list[dict[str, object]]:
        found = self._said.get(key)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            words = Phrase(f"不是 OCEL 2.0：缺少列表 {key}", f"not OCEL 2.0: the list {key} is missing")
            raise LogRefused(Fault(0, key, words))
        return found


def _read(path: Path, largest: int) -> dict[str, object]:
    try:
        with opened(path) as blocks:
            text = blocks.read(largest + 1)
            while len(text) <= largest and (more := blocks.read(largest + 1 - len(text))):
                text += more
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
    if len(text) > largest:
        size = largest >> 20
        words = Phrase(
            f"JSON 超过 {size} MB，须整体读入内存，不予读取；请改用 OCEL 的 XML、SQLite 形式或 Parquet",
            f"JSON of more than {size} MB would have to be held in memory: send it as OCEL in XML or SQLite, or as Parquet",
        )
        raise LogRefused(Fault(0, "", words))
    try:
        said = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        line = getattr(broken, "lineno", 0)
        raise LogRefused(Fault(line, "", Phrase(f"JSON 有误：{broken}", f"broken JSON: {broken}"))) from None
    return said if isinstance(said, dict) else {}


def _names(one: dict[str, object]) -> frozenset[str]:
    return frozenset(text_of(attribute.get("name")) for attribute in _dicts(one.get("attributes")))


def _dicts(found: object) -> list[dict[str, object]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
