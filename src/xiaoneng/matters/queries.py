"""Reads of the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from xiaoneng.matters.light import Light, Marks, Reading
from xiaoneng.matters.models import ActRecord, Matter, Particulars
from xiaoneng.worktime.runs import Axis


def acts_of(matter: Matter) -> list[ActRecord]:
    """Return the recorded acts of a matter in order."""
    return list(ActRecord.objects.filter(matter=matter).order_by("sequence").select_related("particulars"))


def personal_of(record: ActRecord) -> Particulars | None:
    """Return the personal part of an act; None if it has none or it was erased."""
    try:
        return record.particulars
    except Particulars.DoesNotExist:
        return None


def reading_of(matter: Matter) -> Reading:
    """Return what the row keeps of its foremost clock."""
    return Reading(
        axis=Axis(matter.axis) if matter.axis else None,
        statutory=matter.statutory,
        promised=matter.promised,
        paused=matter.paused,
        closed=not matter.is_open,
    )


def having(light: Light, at: Marks) -> Q:
    """Return the predicate of a light on a day, for rows on the calendar of `at`: the SQL twin of `light.light`."""
    match light:
        case Light.CLOSED:
            return Q(is_open=False)
        case Light.WAITING:
            return Q(is_open=True, statutory__isnull=True)
        case Light.SUSPENDED:
            return Q(is_open=True, statutory__isnull=False, paused=True)
        case _:
            running = Q(is_open=True, statutory__isnull=False, paused=False)
            return running & (_on_axis(light, at, Axis.ABSOLUTE) | _on_axis(light, at, Axis.WORKING))


def _on_axis(light: Light, at: Marks, axis: Axis) -> Q:
    threshold = at.on(axis)
    here = Q(axis=axis) if axis is Axis.ABSOLUTE else ~Q(axis=Axis.ABSOLUTE)
    over = Q(statutory__lte=threshold.past)
    broken = Q(promised__lte=threshold.past)
    near = Q(promised__lte=threshold.soon)
    match light:
        case Light.OVERDUE:
            return here & over
        case Light.PROMISE_BROKEN:
            return here & ~over & broken
        case Light.DUE_SOON:
            return here & ~over & ~broken & near
        case _:
            return here & ~over & ~broken & ~near


def open_matters() -> QuerySet[Matter]:
    """Return the matters that are open."""
    return Matter.objects.filter(is_open=True)


def in_batches(rows: QuerySet[Matter], *, size: int = 500) -> Iterator[Sequence[Matter]]:
    """Yield matters in batches by key, each read afresh, so that a long walk holds no cursor open."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield batch
        last = batch[-1].pk
