"""Holding a matter for its next act: the row locked, the acts and the organisation's revision, in one round trip.

On SQLite, where a round trip is nothing, the acts are a statement of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from xiaoneng.desk.plain import fetch
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import ActRow, act_rows, moment
from xiaoneng.organisation import queries as organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A matter's row, locked until the transaction ends, its acts in order and the organisation's revision."""

    matter: Matter
    acts: tuple[ActRow, ...]
    revision: int


def hold(number: str) -> Held:
    """Lock a matter until the transaction ends and return what its next act is judged by; raises Matter.DoesNotExist."""
    return _held_at_once(number) if connection.vendor == "postgresql" else _held(number)


def _held(number: str) -> Held:
    """Hold it on SQLite: the transaction is the only writer from its beginning."""
    *row, revision = _one(f"{_SELECT} {_FROM}", number)
    values = [read(value) for read, value in zip(_READERS, row, strict=True)]
    matter = Matter.from_db(None, _NAMES, values)
    return Held(matter=matter, acts=tuple(act_rows(matter.pk)), revision=revision)


def _held_at_once(number: str) -> Held:
    # Without the row's key: a card filed meanwhile points to it, and two that wait for each other would both fail.
    *row, revision, acts = _one(f"{_SELECT}, ({_ACTS}) {_FROM} FOR NO KEY UPDATE OF m", number)
    matter = Matter.from_db(None, _NAMES, row)
    if len(acts) != matter.acts_seen:
        # Whoever waited for the row sees it as it now is, but the acts as they were when the wait began.
        return Held(matter=matter, acts=tuple(act_rows(matter.pk)), revision=organisation.revision())
    return Held(matter=matter, acts=tuple(map(_act, acts)), revision=revision)


def _one(text: str, number: str) -> tuple[Any, ...]:
    rows = fetch(text, [number])
    if not rows:
        raise Matter.DoesNotExist(number)
    return rows[0]


def _act(values: list[Any]) -> ActRow:
    verb, at, recorded_at, actor, body, personal, digest = values
    return ActRow(verb, moment(at), moment(recorded_at), actor, body, personal, bytes.fromhex(digest))


def _instant(stored: str | None) -> datetime | None:
    return moment(stored) if stored else None


def _truth(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)


def _as_is(stored: Any) -> Any:
    return stored


_FIELDS = Matter._meta.concrete_fields  # noqa: SLF001 - Django documents _meta as its public face
_NAMES = [one.attname for one in _FIELDS]
_READ: dict[str, Callable[[Any], Any]] = {"DateTimeField": _instant, "BooleanField": _truth}
_READERS = [_READ.get(one.get_internal_type(), _as_is) for one in _FIELDS]
_COLUMNS = ", ".join(f"m.{one.column}" for one in _FIELDS)
_SELECT = f"SELECT {_COLUMNS}, (SELECT value FROM organisation_revision LIMIT 1)"  # noqa: S608 - our own names
_FROM = "FROM matters_matter m WHERE m.number = ?"
_ACTS = (
    "SELECT json_agg(json_build_array(a.verb, a.at, a.recorded_at, a.actor, a.body, p.body,"
    " encode(a.act_hash, 'hex')) ORDER BY a.sequence) FROM matters_actrecord a"
    " LEFT JOIN matters_particulars p ON p.act_id = a.id WHERE a.matter_id = m.id"
)
