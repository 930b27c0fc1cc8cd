"""Reads of openness: acts by procedure and verb, late complaints, red cards, and the hashes that prove an entry.

Plain SQL where many rows are read: each question is a fixed number of queries, whatever there is to examine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Max

from xiaoneng.desk.days import todays
from xiaoneng.desk.plain import fetch
from xiaoneng.ledger import queries as ledger
from xiaoneng.matters.light import Light
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.queries import having
from xiaoneng.openness.fact import Case, Fact, LateComplaint, Proof, RedCard
from xiaoneng.organisation.access import calendar_book
from xiaoneng.supervision.models import Card
from xiaoneng.worktime.clock import day_of
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Axis, End

ACTS = """SELECT m.number, m.agency, m.division, a.sequence, a.verb, a.at, {text}
FROM matters_matter m JOIN matters_actrecord a ON a.matter_id = m.id
WHERE m.procedure = ? AND a.verb IN ({verbs}){closed} ORDER BY m.id, a.sequence"""


def cases(
    procedure: str, verbs: Collection[str], *, told: Collection[str] | None = None, closed: bool = False
) -> Iterator[Case]:
    """Yield the acts with these verbs matter by matter, in one query; matters with none of them are left out.

    Bodies are read of `told` verbs only, of all where it is None; `closed` leaves out open matters.
    """
    words = sorted(verbs)
    read = words if told is None else sorted(told)
    text = f"CASE WHEN a.verb IN ({_marks(read)}) THEN a.body ELSE '' END"
    sql = ACTS.format(
        text=text, verbs=_marks(words), closed=" AND m.is_open = FALSE" if closed else ""
    )  # only placeholders are put in
    rows = fetch(sql, (*read, procedure, *words))
    for _, facts in groupby(map(Fact._make, rows), key=lambda fact: fact.number):
        yield tuple(facts)


def _marks(words: Collection[str]) -> str:
    return ", ".join("?" for _ in words) or "NULL"  # PostgreSQL refuses an empty list; nothing equals NULL


def late_complaints(*, today: date) -> list[LateComplaint]:
    """Return the open complaints whose foremost term is over, each with whether a card on that clock says so."""
    rows: list[Matter] = []
    for day in todays(today):
        place = Matter.objects.filter(procedure="complaint", is_open=True)
        place = place.filter(calendar__in=day.only) if day.only else place.exclude(calendar__in=day.others)
        rows += place.filter(having(Light.OVERDUE, day.marks))
    carded: dict[tuple[int, str], datetime] = {}
    cards = Card.objects.filter(matter__procedure="complaint", matter__is_open=True, rung="statute")
    for matter, clock, at in cards.values_list("matter_id", "clock", "raised_at"):
        carded[matter, clock] = max(at, carded.get((matter, clock), at))
    return [_late(row, carded) for row in rows]


def _late(row: Matter, carded: dict[tuple[int, str], datetime]) -> LateComplaint:
    assert row.statutory is not None  # noqa: S101 - only what has an end can be past it
    calendar = calendar_book(row.calendar).latest
    last = day_of(End(Axis(row.axis), row.statutory), calendar=calendar)
    raised = carded.get((row.pk, row.clock))
    return LateComplaint(
        number=row.number,
        agency=row.agency,
        division=row.division,
        acts=row.acts_seen,
        clock=row.clock,
        last_day=last,
        carded=raised is not None and local_day(raised) > last,
    )


def red_cards() -> list[RedCard]:
    """Return every red card with the number of its matter, the oldest first."""
    rows = Card.objects.filter(level="red").order_by("pk")
    columns = ("number", "matter__number", "agency", "division", "raised_at", "sequences")
    return [
        RedCard(number, matter, agency, division, at, tuple(int(one) for one in places.split(",") if one))
        for number, matter, agency, division, at, places in rows.values_list(*columns)
    ]


class Mark(NamedTuple):
    """How far the record has come: while it stands, every answer of a day stays as it is."""

    acts: int
    cards: int


def mark() -> Mark:
    """Return how far the record has come, in two looks at an index."""
    return Mark(
        acts=ActRecord.objects.aggregate(last=Max("pk"))["last"] or 0,
        cards=Card.objects.aggregate(last=Max("pk"))["last"] or 0,
    )


class Shown(NamedTuple):
    """An act as a proof names it: its hash, and its place in the log, None until it is sealed."""

    number: str
    sequence: int
    verb: str
    act_hash: bytes
    place: int | None


STEP = 500


def shown(proofs: Iterable[Proof]) -> dict[tuple[str, int], Shown]:
    """Return the hashes and places in the log of acts, by number and sequence; some queries per 500 matters."""
    wanted: dict[str, set[int]] = {}
    for number, places in proofs:
        wanted.setdefault(number, set()).update(places)
    found: dict[tuple[str, int], Shown] = {}
    numbers = list(wanted)
    for start in range(0, len(numbers), STEP):
        acts = ActRecord.objects.filter(matter__number__in=numbers[start : start + STEP])
        rows = [
            row
            for row in acts.values_list("matter__number", "sequence", "verb", "act_hash", "pk")
            if row[1] in wanted[row[0]]
        ]
        indexes = ledger.indexes_of([row[-1] for row in rows])
        for number, sequence, verb, digest, pk in rows:
            found[number, sequence] = Shown(number, sequence, verb, bytes(digest), indexes.get(pk))
    return found
