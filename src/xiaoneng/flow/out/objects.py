"""Settled columns as objects and what happened to them (对象与事件), as OCEL 2.0 sees them. Streams; knows no file form.

Objects are cases, agencies, posts, items and, where people are asked for, persons by the code that the log gives them.
What an import said of a case later is a change of the object from then on. An event relates to its case, its item and
whoever did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xiaoneng.flow.out.source import Source
from xiaoneng.flow.out.writing import Advance, counted

BEGINNING = "1970-01-01T00:00:00Z"
"""What OCEL 2.0 writes for a value that holds from the beginning."""

UNNAMED = "(unnamed)"
"""The type of events whose rows name no activity: a type of object-centric events must have a name."""

CASE, AGENCY, POST, ITEM, PERSON = "case", "agency", "post", "item", "person"
FACTS: dict[str, str] = {
    "started": "time",
    "ended": "time",
    "due": "time",
    "planned": "time",
    "paused": "time",
    "channel": "string",
    "department": "string",
    "person": "string",
}
"""What is told of a case, and its type."""

DETAILS: dict[str, str] = {
    "recorded_at": "time",
    "effect": "string",
    "channel": "string",
    "department": "string",
    "event_due": "time",
    "event_planned": "time",
    "revision": "integer",
    "more": "string",
}
"""What is told of an event beside its relations; an event type has those that occur in it."""

TIES = (
    (ITEM, "item", "about item"),
    (AGENCY, "agency", "done by agency"),
    (POST, "post", "done by post"),
    (PERSON, "actor", "done by person"),
)
"""Types of object that an event relates to beside its case: type, column, qualifier."""

CASE_TIES = ((ITEM, "item", "about item"), (AGENCY, "agency", "handled by agency"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that an object has since an instant, or that an event has."""

    name: str
    value: str
    since: str = BEGINNING


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation to an object, with its qualifier."""

    id: str
    type: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An object."""

    id: str
    type: str
    facts: tuple[Fact, ...]
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event; `at` in ISO 8601, UTC."""

    id: str
    type: str
    at: str
    facts: tuple[Fact, ...]
    ties: tuple[Tie, ...]


Types = dict[str, dict[str, str]]
"""Names of types, each with its attributes and their types."""


def object_types(source: Source) -> Types:
    """Return the types of object that occur."""
    named = {kind: {f"{kind}_name": "string"} for kind, column, _ in TIES if any(_names(source, column))}
    told = ", ".join(f"max({_said(name, of)})" for name, of in FACTS.items())
    found = next(source.records(f"SELECT {told} FROM cases"))  # noqa: S608
    return {
        CASE: {name: FACTS[name] for name, said in zip(FACTS, found, strict=True) if said == "true"},
        **named,
    }


def event_types(source: Source) -> Types:
    """Return the activities, each with what is told of its events."""
    told = ", ".join(f"max({_said(name, of)})" for name, of in DETAILS.items())
    rows = source.records(f"SELECT activity, {told} FROM events GROUP BY activity ORDER BY activity")  # noqa: S608
    return {
        name or UNNAMED: {
            detail: DETAILS[detail] for detail, said in zip(DETAILS, found, strict=True) if said == "true"
        }
        for name, *found in rows
    }


def _said(name: str, of: str) -> str:
    """Return the condition that a column says something."""
    if of == "time":
        return f"{name} IS NOT NULL"
    return f"{name} > 0" if of == "integer" else f"{name} <> ''"


def things(source: Source) -> Iterator[Thing]:
    """Yield every object: names first, then cases, so that what is related to was told before."""
    for kind, column, _ in TIES:
        for name in _names(source, column):
            yield Thing(_id(kind, name), kind, (Fact(f"{kind}_name", name),))
    yield from _cases(source)


def _names(source: Source, column: str) -> Iterator[str]:
    """Yield the names of a column over events and, where cases have it, cases."""
    asked = f"SELECT {column} FROM events"  # noqa: S608 - a column of ours
    if column in (ITEM, AGENCY):
        asked += f" UNION SELECT {column} FROM cases"  # noqa: S608 - as above
    found = source.records(f"SELECT DISTINCT {column} FROM ({asked}) ORDER BY 1")  # noqa: S608 - as above
    return (name for (name,) in found if name)


def _cases(source: Source) -> Iterator[Thing]:
    changes = groupby(source.dues(), key=lambda row: row[0])
    waiting = next(changes, None)
    for key, item, agency, *told in source.cases("case", "item", "agency", *FACTS):
        facts: dict[str, tuple[Fact, ...]] = {
            name: (Fact(name, said),) for name, said in zip(FACTS, told, strict=True) if said
        }
        if waiting is not None and waiting[0] == key:
            facts["due"] = tuple(
                Fact("due", due or "", told_at or BEGINNING) for _, due, told_at in waiting[1]
            )
            waiting = next(changes, None)
        named = (item, agency)
        ties = tuple(
            Tie(_id(kind, name), kind, how)
            for (kind, _, how), name in zip(CASE_TIES, named, strict=True)
            if name
        )
        yield Thing(_id(CASE, key or ""), CASE, tuple(one for each in facts.values() for one in each), ties)


def happenings(source: Source, advance: Advance | None = None) -> Iterator[Happening]:
    """Yield every event in the order of its case."""
    rows = source.events("case", "place", "key", "activity", "at", *(c for _, c, _ in TIES), *DETAILS)
    for case, place, key, activity, at, *rest in counted(rows, advance):
        named, told = rest[: len(TIES)], rest[len(TIES) :]
        ties = [Tie(_id(CASE, case or ""), CASE, "of case")]
        ties += [
            Tie(_id(kind, name), kind, how) for (kind, _, how), name in zip(TIES, named, strict=True) if name
        ]
        facts = [
            Fact(name, said)
            for name, said in zip(DETAILS, told, strict=True)
            if said and not (name == "revision" and said == "0")
        ]
        yield Happening(key or f"{case}#{place}", activity or UNNAMED, at or "", tuple(facts), tuple(ties))


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"
