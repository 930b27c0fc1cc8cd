"""Reading many matters at once: their acts in one query, what they share only once."""

from __future__ import annotations

from collections.abc import Sequence

from xiaoneng.desk import reading
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import ActRow, act_rows_of
from xiaoneng.organisation import queries as organisation


def dossiers(matters: Sequence[int]) -> dict[int, Dossier | Exception]:
    """Return the dossiers of matters by key; in place of one that cannot be read, what is wrong with it."""
    numbers = dict(Matter.objects.filter(pk__in=matters).values_list("pk", "number"))
    rows = act_rows_of(matters)
    revision = organisation.revision()
    return {matter: _read(numbers[matter], rows[matter], revision=revision) for matter in matters}


def _read(number: str, rows: Sequence[ActRow], *, revision: int) -> Dossier | Exception:
    try:
        acts = tuple(reading.act_of(row) for row in rows)
        recorded = tuple(row.recorded_at for row in rows)
        return reading.assembled(number, acts, recorded=recorded, revision=revision)
    except Exception as fault:  # noqa: BLE001 - one unsound record must not keep the others from being read
        return fault
