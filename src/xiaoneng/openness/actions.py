"""Writes of openness: an act recorded, and what it publishes, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoneng.desk import recording
from xiaoneng.desk.reading import dossier_of
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.acts import Act
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import in_batches
from xiaoneng.openness.models import Publication
from xiaoneng.openness.publication import PUBLISHING, Published, published


@transaction.atomic
def record(act: Act, *, number: str, seen: int, now: datetime) -> Receipt:
    """Record an act as the desk does, and put before the public what it publishes; most publish nothing.

    Raises whatever `recording.record` raises; then nothing is written, neither the act nor the publication.
    """
    receipt = recording.record(act, number=number, seen=seen, now=now)
    if isinstance(act, PUBLISHING):
        project(number)
    return receipt


@transaction.atomic
def project(number: str, *, write: bool = True) -> tuple[str, ...]:
    """Make the rows of a matter what its acts make them; return the fields that differed, `sequence.field`."""
    wanted = {row.sequence: row for row in published(dossier_of(Matter.objects.get(number=number)))}
    stored = {row.sequence: row for row in Publication.objects.filter(number=number)}
    found = [f"{sequence}.row" for sequence in wanted.keys() ^ stored.keys()]
    for sequence, row in wanted.items():
        first = stored[row.corrects].pk if row.corrects in stored else None
        differing = _differing(stored.get(sequence), row, corrects=first)
        found += [f"{sequence}.{name}" for name in differing if sequence in stored]
        if write and differing:
            stored[sequence] = _write(row, corrects=first)
    return tuple(sorted(found))


def _differing(stored: Publication | None, row: Published, *, corrects: int | None) -> list[str]:
    values = _values(row) | {"corrects_id": corrects}
    return [name for name, value in values.items() if stored is None or getattr(stored, name) != value]


def _values(row: Published) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if name != "corrects"}


def _write(row: Published, *, corrects: int | None) -> Publication:
    values = _values(row) | {"corrects_id": corrects}
    place = {name: values.pop(name) for name in ("number", "sequence")}
    return Publication.objects.update_or_create(**place, defaults=values)[0]


def rebuild_publications(*, write: bool = True) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Make the whole register anew from the acts; yield the matters whose rows differed, and how."""
    for batch in in_batches(Matter.objects.filter(procedure="exposure")):
        for matter in batch:
            if differing := project(matter.number, write=write):
                yield matter.number, differing
