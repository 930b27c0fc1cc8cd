"""Recording what comes over a poor connection exactly once: the sender's own key is kept in the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from xiaoneng.desk import recording
from xiaoneng.matters.acts import Act

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Where an act stands in the record: its place, and when it came in; `before` tells that it was there already."""

    sequence: int
    at: datetime
    before: bool


def record_once(acts: Sequence[Act], *, number: str, now: datetime) -> tuple[Stood, ...]:
    """Record these acts in order, all or none, and return where each stands; one that is there already is left alone.

    Each act has a field `once`, its sender's key. Nothing that others recorded meanwhile hinders. Raises ActRefused,
    and MatterMoved where others were quicker again and again.
    """
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return tuple(_stands(act, number=number, now=now) for act in acts)
        except recording.MatterMoved:
            if tried == TRIES:
                raise
    raise AssertionError("unreachable")


def _stands(act: Act, *, number: str, now: datetime) -> Stood:
    known = recording.read(number).acts
    key = getattr(act, "once", "")
    for place, one in enumerate(known, start=1):
        if key and getattr(one, "once", "") == key and type(one) is type(act):
            return Stood(sequence=place, at=one.at, before=True)
    at = max(now, known[-1].at)
    receipt = recording.record(replace(act, at=at), number=number, seen=len(known), now=at)
    return Stood(sequence=receipt.sequence, at=at, before=False)
