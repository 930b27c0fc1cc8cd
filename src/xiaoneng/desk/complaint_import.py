"""Complaints from the telephone log, letters or an older system, taken in together: all of them, or none.

Each row has a key of its source; a key that was taken in before is passed over, so a file may be given twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.models import ActRecord
from xiaoneng.matters.vocabulary.complaint import ComplaintMade


class ImportFaulty(Exception):
    """Rows that cannot be taken in, by their number, each with everything that is wrong; nothing was written."""

    def __init__(self, faults: Mapping[int, Sequence[Phrase]]) -> None:
        super().__init__(f"{len(faults)} rows")
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What an import did: the number that each row was given, and the rows that were there already."""

    numbers: Mapping[int, str]
    known: tuple[int, ...] = ()


def take_in(
    rows: Mapping[int, ComplaintMade], *, faulty: Mapping[int, Sequence[Phrase]], now: datetime
) -> TakenIn:
    """File every complaint that is not there yet, in one transaction; raises ImportFaulty with every fault of all.

    `faulty` are rows that could not even be read, and why: nothing is written for the others either.
    """
    there = known_keys()
    known = tuple(row for row, act in rows.items() if act.source_key in there)
    faults: dict[int, list[Phrase]] = {row: list(why) for row, why in faulty.items()}
    numbers: dict[int, str] = {}
    with transaction.atomic():
        for row, act in rows.items():
            if row in known:
                continue
            try:
                numbers[row] = file_complaint(act, now=now).number
            except CannotOpen as cannot:
                faults[row] = list(cannot.faults)
            except ActRefused as refused:
                faults[row] = [one.reason for one in refused.refusals]
        if faults:
            raise ImportFaulty(faults)
    return TakenIn(numbers=numbers, known=known)


def known_keys() -> frozenset[str]:
    """Return the source keys of every complaint that was ever taken in."""
    rows = ActRecord.objects.filter(sequence=1, verb="complaint-made").exclude(
        body__contains='"source_key":""'
    )
    bodies = rows.values_list("body", flat=True).iterator(chunk_size=2000)
    return frozenset(json.loads(body).get("source_key", "") for body in bodies) - {""}
