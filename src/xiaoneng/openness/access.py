"""From a request to what is published: a register, one publication with its corrections, the archive.

Everybody may see what is published. When its period has ended only that it stood, where and how long, is shown.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from xiaoneng.desk import recording
from xiaoneng.matters.access import NotFound
from xiaoneng.matters.dossier import Dossier
from xiaoneng.openness.models import Publication
from xiaoneng.openness.publication import Channel


def register(channel: Channel, *, on: date) -> QuerySet[Publication]:
    """Return what stands before the public on a day, the newest first; corrections stand as items of their own."""
    return _of(channel).filter(_standing(on)).exclude(status="withdrawn")


def archive(channel: Channel, *, on: date) -> QuerySet[Publication]:
    """Return what stood and stands no more: its period ended, or it was withdrawn; without corrections."""
    return _of(channel).filter(~_standing(on) | Q(status="withdrawn"), corrects__isnull=True)


def counts(*, on: date) -> dict[Channel, int]:
    """Return how many publications stand in each channel on a day."""
    rows = Publication.objects.filter(_standing(on)).exclude(status="withdrawn")
    found = dict(rows.values_list("channel").annotate(n=Count("pk")).order_by())
    return {channel: found.get(channel.value, 0) for channel in Channel}


def of_matter(channel: Channel, number: str) -> tuple[Publication, ...]:
    """Return what a matter published, first to last; raises NotFound where it published nothing."""
    rows = tuple(Publication.objects.filter(channel=channel.value, number=number).order_by("sequence"))
    if not rows:
        raise NotFound(number)
    return rows


def log_of(number: str) -> Dossier:
    """Return the record behind a publication, for its decision log; the caller has made sure it is published."""
    return recording.read(number)


def standing(row: Publication, *, on: date) -> bool:
    """Tell whether the words of a publication are shown on a day."""
    return row.status != "withdrawn" and (row.until is None or row.until >= on)


def _of(channel: Channel) -> QuerySet[Publication]:
    return Publication.objects.filter(channel=channel.value).order_by("-published_at", "-pk")


def _standing(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=on)
