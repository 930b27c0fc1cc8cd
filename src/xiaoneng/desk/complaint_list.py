"""Complaints as a list that may leave the house (投诉台账): what, where, how far; never who complained.

Sealed facts are not read at all; what was written in free words only where it is asked for, as it may name people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoneng.matters.models import ActRecord
from xiaoneng.organisation.reach import stem

TEXTS = ("about_words", "text", "wanted")
"""The free words of a complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One complaint: its row and what its opening act says of it, texts only where they were asked for."""

    number: str
    opened_at: datetime
    closed_at: datetime | None
    division: str
    centre: str
    stage: str
    owner_post: str
    is_open: bool
    closed_late: bool | None
    channel: str
    manner: str
    agencies: tuple[str, ...]
    subject_area: str
    matter: str
    source_key: str
    texts: dict[str, str]


def entries(*, division: str = "", only_open: bool = False, texts: bool = False) -> Iterator[Entry]:
    """Yield complaints in the order in which they came, of a division and below if one is given; in one query."""
    rows = ActRecord.objects.filter(sequence=1, verb="complaint-made").select_related("matter").order_by("pk")
    if division:
        rows = rows.filter(matter__division__startswith=stem(division))
    if only_open:
        rows = rows.filter(matter__is_open=True)
    if texts:
        rows = rows.select_related("particulars")
    for row in rows.iterator(chunk_size=2000):
        yield _entry(row, texts=texts)


def _entry(row: ActRecord, *, texts: bool) -> Entry:
    matter, said = row.matter, json.loads(row.body)
    return Entry(
        number=matter.number,
        opened_at=matter.opened_at,
        closed_at=matter.closed_at,
        division=matter.division,
        centre=matter.agency,
        stage=matter.stage,
        owner_post=matter.owner_post,
        is_open=matter.is_open,
        closed_late=matter.closed_late,
        channel=said["channel"],
        manner=said["manner"],
        agencies=tuple(said["agencies"]),
        subject_area=said["subject_area"],
        matter=said["matter"],
        source_key=said["source_key"],
        texts=_texts(row) if texts else {},
    )


def _texts(row: ActRecord) -> dict[str, str]:
    personal = getattr(row, "particulars", None)
    said: dict[str, Any] = json.loads(personal.body) if personal else {}
    return {name: str(said.get(name, "")) for name in TEXTS}
