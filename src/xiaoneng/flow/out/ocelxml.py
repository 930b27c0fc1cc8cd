"""Settled columns as OCEL 2.0 in XML, written as they stream, valid against the published schema.

That schema (ocel2-validation.xsd) differs from the published example in two places, and validators follow the schema: a
relation is an element `object`, and an attribute of an event is looked up by its name among all event types, where it
must stand once. So an attribute that several activities have is named here `name (activity)`; in JSON and in SQLite it
has its plain name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from xiaoneng.flow.out.objects import (
    Fact,
    Happening,
    Thing,
    Tie,
    Types,
    event_types,
    happenings,
    object_types,
    things,
)
from xiaoneng.flow.out.source import Source
from xiaoneng.flow.out.writing import Advance, text_file
from xiaoneng.flow.out.xmltext import escaped

Naming = Callable[[str, str], str]
"""From a type and an attribute to the attribute's name in the file."""


def write_ocel_xml(source: Source, path: Path, *, advance: Advance | None = None) -> None:
    """Write a feed as OCEL 2.0 XML, whole or not at all; gzip where the name ends in .gz."""
    types = event_types(source)
    naming = _naming(types)
    with text_file(path, packed=path.suffix == ".gz") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n')
        out.writelines(_types("object", object_types(source), _plain))
        out.writelines(_types("event", types, naming))
        out.write("<objects>\n")
        out.writelines(map(_thing, things(source)))
        out.write("</objects>\n<events>\n")
        out.writelines(_happening(one, naming) for one in happenings(source, advance))
        out.write("</events>\n</log>\n")


def _naming(types: Types) -> Naming:
    often = Counter(name for attributes in types.values() for name in attributes)
    return lambda kind, name: name if often[name] < 2 else f"{name} ({kind})"  # noqa: PLR2004 - once, or more


def _plain(_: str, name: str) -> str:
    return name


def _types(what: str, types: Types, naming: Naming) -> Iterator[str]:
    yield f"<{what}-types>\n"
    for kind, attributes in types.items():
        listed = "".join(
            f'<attribute name="{escaped(naming(kind, name))}" type="{of}"/>'
            for name, of in attributes.items()
        )
        yield f'<{what}-type name="{escaped(kind)}"><attributes>{listed}</attributes></{what}-type>\n'
    yield f"</{what}-types>\n"


def _thing(thing: Thing) -> str:
    facts = "".join(
        f'<attribute name="{one.name}" time="{one.since}">{escaped(one.value)}</attribute>'
        for one in thing.facts
    )
    return (
        f'<object id="{escaped(thing.id)}" type="{thing.type}"><attributes>{facts}</attributes>'
        f"{_ties(thing.ties)}</object>\n"
    )


def _happening(event: Happening, naming: Naming) -> str:
    facts = "".join(_fact(one, naming(event.type, one.name)) for one in event.facts)
    return (
        f'<event id="{escaped(event.id)}" type="{escaped(event.type)}" time="{event.at}">'
        f"<attributes>{facts}</attributes>{_ties(event.ties)}</event>\n"
    )


def _fact(fact: Fact, name: str) -> str:
    return f'<attribute name="{escaped(name)}">{escaped(fact.value)}</attribute>'


def _ties(ties: tuple[Tie, ...]) -> str:
    listed = "".join(
        f'<object object-id="{escaped(one.id)}" qualifier="{one.qualifier}" type="{one.type}"/>'
        for one in ties
    )
    return f"<objects>{listed}</objects>"
