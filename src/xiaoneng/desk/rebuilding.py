"""Rebuilding the projection from the acts: it must change nothing, and says so where it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256

from django.db import transaction

from xiaoneng.desk.projecting import alarms_of, row_of
from xiaoneng.desk.reading import dossier_of
from xiaoneng.desk.storing import set_alarms, set_bars
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Alarm, Bar, Matter
from xiaoneng.matters.queries import in_batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field of a matter's row that its acts do not bear out."""

    number: str
    field: str
    stored: object
    derived: object


def differences(matter: Matter) -> Iterator[Difference]:
    """Yield where the row or the alarms of a matter differ from what its acts make them."""
    dossier = dossier_of(matter)
    for name, derived in asdict(row_of(dossier)).items():
        stored = getattr(matter, name)
        if stored != derived:
            yield Difference(number=matter.number, field=name, stored=stored, derived=derived)
    if matter.acts_seen != len(dossier.acts):
        yield Difference(
            number=matter.number, field="acts_seen", stored=matter.acts_seen, derived=len(dossier.acts)
        )
    yield from _bars(matter, dossier)
    wanted = {(row.clock, row.run, row.rung.value, row.axis, row.at) for row in alarms_of(dossier)}
    held = set(Alarm.objects.filter(matter=matter).values_list("clock", "run", "rung", "axis", "at"))
    if not held <= wanted:  # the sweep has taken those that came due: fewer is right, others are not
        yield Difference(number=matter.number, field="alarms", stored=sorted(held), derived=sorted(wanted))


def _bars(matter: Matter, dossier: Dossier) -> Iterator[Difference]:
    barred = frozenset(Bar.objects.filter(matter=matter).values_list("mark", flat=True))
    if barred != dossier.state.barred:
        derived = sorted(dossier.state.barred)
        yield Difference(number=matter.number, field="bars", stored=sorted(barred), derived=derived)


def matter_count() -> int:
    """Return how many matters there are, for the progress of a long rebuilding."""
    return Matter.objects.count()


def rows_digest() -> bytes:
    """Return SHA-256 of every matter's row, in order of keys: equal twice where nothing was written in between."""
    digest = sha256()
    for row in Matter.objects.order_by("pk").values_list().iterator(chunk_size=2000):
        digest.update(repr(row).encode())
    return digest.digest()


def rebuild_all(*, write: bool = True) -> Iterator[tuple[Difference, ...]]:
    """Rebuild every matter; yield what differed in each. With `write` off only look."""
    for batch in in_batches(Matter.objects.all()):
        for matter in batch:
            yield rebuild(matter) if write else tuple(differences(matter))


def rebuild(matter: Matter) -> tuple[Difference, ...]:
    """Write a matter's row again from its acts; return what differed."""
    with transaction.atomic():
        locked = Matter.objects.select_for_update().get(pk=matter.pk)
        found = tuple(differences(locked))
        if found:
            dossier = dossier_of(locked)
            for name, value in asdict(row_of(dossier)).items():
                setattr(locked, name, value)
            locked.acts_seen = len(dossier.acts)
            locked.save(force_update=True)
            if any(one.field == "alarms" for one in found):
                set_alarms(locked, alarms_of(dossier))
            set_bars(locked, dossier.state.barred)
    return found
