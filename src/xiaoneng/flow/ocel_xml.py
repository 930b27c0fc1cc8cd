"""OCEL 2.0 as XML. Streamed, once for the objects and once for the events. Entities and document types are refused."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.ocel import OcelEvent, OcelObject, OcelTypes
from xiaoneng.flow.source import Advance, opened, unreadable
from xiaoneng.law.phrase import Phrase

SECTION, ITEM = 2, 3
"""How deep the sections of the log stand, and what they hold."""
EVENT_TYPES, OBJECT_TYPES, OBJECTS, EVENTS = "event-types", "object-types", "objects", "events"


class XmlSource:
    """A log in one XML file."""

    def __init__(self, path: Path) -> None:
        """Take a file; it is opened when it is asked."""
        self._path = path

    def types(self) -> OcelTypes:
        """Return what the log declares."""
        events: set[str] = set()
        objects: dict[str, frozenset[str]] = {}
        for section, item in _items(self._path, {EVENT_TYPES, OBJECT_TYPES, OBJECTS, EVENTS}, None):
            if section in (OBJECTS, EVENTS):
                break  # The schema lets no types come after these.
            names = frozenset(one.get("name", "") for one in item.iterfind("attributes/attribute"))
            if section == EVENT_TYPES:
                events |= names
            else:
                objects[item.get("name", "")] = names
        return OcelTypes(frozenset(events), objects)

    def objects(self) -> Iterator[OcelObject]:
        """Yield every object."""
        for _, item in _items(self._path, {OBJECTS}, None):
            said = [
                (one.get("name", ""), one.get("time", ""), (one.text or "").strip())
                for one in item.iterfind("attributes/attribute")
            ]
            yield OcelObject(item.get("id", ""), item.get("type", ""), said)

    def events(self, advance: Advance | None) -> Iterator[OcelEvent]:
        """Yield every event in the order of the file."""
        for _, item in _items(self._path, {EVENTS}, advance):
            said = {
                one.get("name", ""): (one.text or "").strip() for one in item.iterfind("attributes/attribute")
            }
            related = [
                *(one.get("object-id", "") for one in item.iterfind("objects/relationship")),
                *(one.get("object-id", "") for one in item.iterfind("objects/object")),
            ]
            yield OcelEvent(item.get("id", ""), item.get("type", ""), item.get("time", ""), said, related)


def _items(path: Path, wanted: set[str], advance: Advance | None) -> Iterator[tuple[str, Element]]:
    """Yield what stands in some sections of a file, and let go of it afterwards; raises LogRefused."""
    try:
        with opened(path, advance=advance) as blocks:
            above: list[Element] = []
            for action, element in iterparse(blocks, events=("start", "end"), forbid_dtd=True):
                if action == "start":
                    above.append(element)
                    continue
                above.pop()
                if len(above) != SECTION:
                    continue
                if above[-1].tag in wanted:
                    yield above[-1].tag, element
                above[-1].clear()
    except ParseError as broken:
        line = broken.position[0]
        raise LogRefused(Fault(line, "", Phrase(f"XML 有误：{broken}", f"broken XML: {broken}"))) from None
    except DefusedXmlException as refused:
        zh, en = "不接受文档类型与实体", f"entities and document types are refused ({refused})"
        raise LogRefused(Fault(0, "", Phrase(f"XML 有误：{zh}", f"broken XML: {en}"))) from None
    except (OSError, EOFError, zlib.error) as broken:
        raise LogRefused(unreadable(broken)) from None
