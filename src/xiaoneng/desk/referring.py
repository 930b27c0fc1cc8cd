"""What an exposure points at (援引): the matter that proves it, as it stands now, and exposures of the same case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xiaoneng.matters import codec
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord
from xiaoneng.matters.referred import Referred, referred
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.organisation.capacity import CITIZEN


def with_proof(opening: ExposureProposed, dossier: Dossier) -> Dossier:
    """Return the exposure with what proves it, and before it is opened with its twins."""
    twins = () if dossier.number else tuple(_proposed(opening))
    return replace(dossier, referred=refer(opening.reference), twins=twins, folded=dossier.state)


def refer(number: str) -> Referred | None:
    """Return what the matter with a number proves; None where there is no such matter."""
    rows = ActRecord.objects.filter(matter__number=number.strip()).order_by("sequence")
    acts = [  # who acted, and particulars, prove nothing
        codec.read(verb, body=body, personal=None, shared={"at": at, "by": CITIZEN})
        for verb, body, at in rows.values_list("verb", "body", "at")
    ]
    return referred(number.strip(), acts) if acts else None


def _proposed(opening: ExposureProposed) -> Iterator[str]:
    """Yield the matters that stand for the exposure of the same case; a bar or a withdrawal is no obstacle."""
    word = codec.canonical(opening.reference.strip()).decode()
    rows = ActRecord.objects.filter(
        matter__procedure="exposure", sequence=1, body__contains=f'"reference":{word}'
    )
    rows = rows.exclude(matter__stage__in=("barred", "exposure_withdrawn"))
    yield from rows.order_by("matter_id").values_list("matter__number", flat=True)
