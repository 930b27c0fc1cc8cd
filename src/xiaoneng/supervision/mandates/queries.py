"""Reads of mandates and of what a lot rests on: candidates, conflicts, the newest checkpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from xiaoneng.ledger.models import Checkpoint
from xiaoneng.matters.models import ActRecord
from xiaoneng.matters.vocabulary.inspection import Candidate, Category
from xiaoneng.organisation import queries as organisation
from xiaoneng.supervision.models import Mandate


def mandates() -> QuerySet[Mandate]:
    """Return every mandate with who holds it, by category and name."""
    return Mandate.objects.select_related("person", "post").order_by(
        "category", "person__name", "active_from"
    )


def candidates(*, agency: str, on: date) -> tuple[Candidate, ...]:
    """Return whoever has a mandate of an office that runs on a day, for a draw."""
    rows = mandates().filter(post__agency_id=agency, active_from__lte=on, active_until__gt=on)
    found = {row.person_id: _candidate(row) for row in rows}
    return tuple(found[person] for person in sorted(found))


def _candidate(row: Mandate) -> Candidate:
    return Candidate(
        person=row.person_id,
        name=row.person.name,
        category=Category(row.category),
        post=row.post_id,
        ties=tuple(row.ties.split()),
    )


def conflicted(stood: Iterable[Candidate], *, agencies: Collection[str]) -> tuple[int, ...]:
    """Return who of the candidates may not inspect these agencies.

    Whoever has ties to one, ever held a post there, is the relative of somebody who does, or handled a matter of it.
    """
    people = {one.person: one for one in stood}
    tied = {person for person, one in people.items() if set(one.ties) & set(agencies)}
    kin = organisation.relatives(people)
    servants = organisation.servants({*people, *(one for held in kin.values() for one in held)})
    employed = {
        person for person, one in servants.items() if {hold.agency for hold in one.holds} & set(agencies)
    }
    related = {person for person, held in kin.items() if held & employed}
    handled = ActRecord.objects.filter(person__in=people, matter__agency__in=agencies)
    barred = tied | employed | related | set(handled.values_list("person", flat=True))
    return tuple(sorted(barred & people.keys()))


def act_hash(number: str, *, sequence: int) -> str:
    """Return the hash of an act, in hexadecimal digits; empty if there is no such act."""
    rows = ActRecord.objects.filter(matter__number=number, sequence=sequence)
    found = rows.values_list("act_hash", flat=True).first()
    return bytes(found).hex() if found else ""


def checkpoint() -> str:
    """Return the newest checkpoint as `size root`, the root in hexadecimal digits; empty while nothing is sealed."""
    row = Checkpoint.objects.order_by("-size").values_list("size", "root").first()
    return f"{row[0]} {bytes(row[1]).hex()}" if row else ""


def known_checkpoint(text: str) -> bool:
    """Tell whether a checkpoint written as `size root` is in the log; nothing sealed is nothing to look for."""
    size, _, root = text.partition(" ")
    rows = Checkpoint.objects.filter(size=int(size)) if size.isdecimal() else Checkpoint.objects.none()
    return not text or any(bytes(row.root).hex() == root for row in rows)


def tallies(matters: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many visits and findings stand on the record of each of these inspections, by key."""
    rows = ActRecord.objects.filter(matter__in=matters).values("matter_id")
    counted = rows.annotate(
        visits=Count("pk", filter=Q(verb="visit-recorded")),
        findings=Count("pk", filter=Q(verb="finding-recorded")),
    )
    return {one["matter_id"]: (one["visits"], one["findings"]) for one in counted}
