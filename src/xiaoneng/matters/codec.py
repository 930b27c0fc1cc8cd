"""Acts as canonical bytes and back: what is stored, hashed and proved.

JSON with sorted keys and no spaces, UTF-8; instants in UTC with microseconds; personal fields go to a second
body of their own, so that they can lawfully be erased while the hash of them stays. Knows no database.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from xiaoneng.matters.acts import Act, Asked, key
from xiaoneng.matters.vocabulary import BY_KEY

SHARED = frozenset({"at", "by"})
"""Fields of every act that have columns of their own and are not repeated in the body."""


class BodyFaulty(ValueError):
    """A stored or submitted body does not fit its act; `faults` names every field that is wrong."""

    def __init__(self, act: str, faults: Mapping[str, str]) -> None:
        super().__init__(f"{act}: " + "; ".join(f"{name}: {why}" for name, why in faults.items()))
        self.faults = dict(faults)


def canonical(value: object) -> bytes:
    """Return `value` (plain JSON types) as canonical bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def instant(at: datetime) -> str:
    """Return an instant as text in UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """Return a field's value in plain JSON types."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case tuple():
            return [plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value):
            names = [one.name for one in dataclasses.fields(value)]
            return {name: plain(getattr(value, name)) for name in names}
        case _:
            return value


def bodies(act: Act) -> tuple[bytes, bytes | None]:
    """Return the act's body and, if it asks for personal facts, the body of these."""
    public: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for name, apart in _fields(type(act)):
        (personal if apart else public)[name] = plain(getattr(act, name))
    return canonical(public), canonical(personal) if personal else None


def read(verb: str, *, body: str | bytes, personal: str | bytes | None, shared: Mapping[str, Any]) -> Act:
    """Return the act that was stored; an erased personal body leaves its fields at their blank.

    `shared` gives `at` and `by`. Raises BodyFaulty naming every field that does not fit, KeyError if no such act.
    """
    cls = BY_KEY[verb]
    found = json.loads(body)
    if personal:
        found.update(json.loads(personal))
    values: dict[str, Any] = dict(shared)
    faults: dict[str, str] = {}
    for name, reader in _readers(cls).items():
        if name not in found:
            continue
        try:
            values[name] = reader(found[name])
        except (ValueError, TypeError, KeyError) as error:
            faults[name] = str(error)
    for name, apart in _fields(cls):
        if apart and personal is None:
            values.setdefault(name, "")
    return _made(cls, values, faults)


def _made(cls: type[Act], values: dict[str, Any], faults: dict[str, str]) -> Act:
    for name in _NEEDED[cls] - values.keys():
        faults.setdefault(name, "missing")
    if faults:
        raise BodyFaulty(key(cls), faults)
    return cls(**values)


def _fields(cls: type[Act]) -> tuple[tuple[str, bool], ...]:
    return _FIELDS[cls]


def _apart(one: dataclasses.Field[Any]) -> bool:
    question = one.metadata.get("asked")
    return isinstance(question, Asked) and question.personal


def _readers(cls: type[Act]) -> dict[str, Callable[[Any], Any]]:
    return _READERS[cls]


def _reader(hint: Any) -> Callable[[Any], Any]:  # noqa: PLR0911 - a table of types
    """Return what turns plain JSON into a value of type `hint`."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(inner(one) for one in value)
    if origin in {types.UnionType, typing.Union}:
        inner = _reader(next(one for one in typing.get_args(hint) if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _nested(hint)
    if hint is datetime:
        return _instant
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _checked(hint)


def _nested(hint: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(hint)
    readers = tuple((one.name, _reader(hints[one.name])) for one in dataclasses.fields(hint))
    return lambda value: hint(**{name: reader(value[name]) for name, reader in readers if name in value})


def _checked(hint: type) -> Callable[[Any], Any]:
    def reader(value: Any) -> Any:
        if type(value) is not hint:
            raise TypeError(f"expected {hint.__name__}, found {type(value).__name__}")
        return value

    return reader


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(UTC)


def _own(cls: type[Act]) -> list[dataclasses.Field[Any]]:
    return [one for one in dataclasses.fields(cls) if one.name not in SHARED]


def _typed(cls: type[Act]) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(cls)
    return {one.name: _reader(hints[one.name]) for one in _own(cls)}


_FIELDS = {cls: tuple((one.name, _apart(one)) for one in _own(cls)) for cls in BY_KEY.values()}
_READERS = {cls: _typed(cls) for cls in BY_KEY.values()}
_NEEDED = {
    cls: {one.name for one in dataclasses.fields(cls) if one.default is dataclasses.MISSING}
    for cls in BY_KEY.values()
}
