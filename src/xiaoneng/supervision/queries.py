"""Reads of supervision: lights, board, cards, what is put off, days walked; feeds and their cases.

Every list, count and export of lights asks `with_light`: a matter has one light wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Case, CharField, Count, Max, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from xiaoneng.desk.days import Today, todays
from xiaoneng.flow.case import ReadCase
from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger.models import Checkpoint
from xiaoneng.matters.light import Light
from xiaoneng.matters.models import ActRecord
from xiaoneng.matters.queries import having
from xiaoneng.matters.vocabulary.inspection import Candidate, Category
from xiaoneng.organisation import queries as organisation
from xiaoneng.supervision.feeds import FeedLine
from xiaoneng.supervision.models import Card, Feed, FeedCase, FeedImport, Mandate, PutOff, Walk

Row = TypeVar("Row", bound=Model)

CASE_COLUMNS = {
    "key": "key",
    "started_at": "started",
    "ended_at": "ended",
    "due_at": "due",
    "planned_at": "planned",
    "paused_at": "paused",
    "channel": "channel",
    "department": "department",
    "person": "person",
    "events": "events",
    "first_event_at": "first",
    "last_event_at": "last",
    "odd_clock": "odd_clock",
    "line": "line",
}
"""Columns of `FeedCase` and the fields of `ReadCase` that they keep."""


def feeds() -> list[FeedLine]:
    """Return every feed with its newest import, the newest first."""
    newest = FeedImport.objects.filter(feed=OuterRef("feed")).order_by("-pk").values("pk")[:1]
    rows = (
        FeedImport.objects.filter(pk=Subquery(newest)).select_related("feed").order_by("-imported_at", "feed")
    )
    return [
        FeedLine(
            key=row.feed.key,
            agency=Phrase(row.feed.agency_zh, row.feed.agency_en),
            file_name=row.file_name,
            imported_at=row.imported_at,
            cases=row.cases,
            rows=row.rows,
        )
        for row in rows
    ]


def mapping_text(feed: str) -> str | None:
    """Return the mapping that a feed is read by, as written, or None where there is no such feed."""
    return Feed.objects.filter(pk=feed).values_list("mapping", flat=True).first()


def feed_cases(feed: str) -> list[ReadCase]:
    """Return the cases of a feed in one query, in the order in which they were first told."""
    rows = FeedCase.objects.filter(feed_id=feed).order_by("pk").values_list(*CASE_COLUMNS)
    fields = tuple(CASE_COLUMNS.values())
    return [ReadCase(**dict(zip(fields, row, strict=True))) for row in rows.iterator(chunk_size=5000)]


def fingerprints(feed: str) -> dict[str, str]:
    """Return the fingerprint of every case of a feed by its key."""
    return dict(FeedCase.objects.filter(feed_id=feed).values_list("key", "fingerprint"))


def is_newest(feed: str, *, sha256: str) -> bool:
    """Tell whether a file is the one that a feed was last imported from."""
    return (
        FeedImport.objects.filter(feed_id=feed).order_by("-pk").values_list("sha256", flat=True).first()
        == sha256
    )


def known_keys(matters: Collection[int]) -> set[tuple[int, str]]:
    """Return the cards ever filed on these matters, as matter and key."""
    return set(Card.objects.filter(matter__in=matters).values_list("matter_id", "key"))


def put_off_until_later(now: datetime) -> list[int]:
    """Return the matters that are passed over at `now`."""
    return list(PutOff.objects.filter(until__gt=now).values_list("pk", flat=True))


def walked_up_to() -> date | None:
    """Return the last day whose acts were all looked at; None if none ever was."""
    found: date | None = Walk.objects.aggregate(last=Max("day"))["last"]
    return found


def cards() -> QuerySet[Card]:
    """Return every card with its matter, the newest first."""
    return Card.objects.select_related("matter").order_by("-raised_at", "-pk")


def with_light(rows: QuerySet[Row], *, today: date) -> QuerySet[Row]:
    """Return matters with their `light` on a day, on the calendar of each."""
    whens = [
        When(_on(day) & having(light, day.marks), then=Value(light.value))
        for day in todays(today)
        for light in Light
    ]
    light = Case(*whens, default=Value(Light.WAITING.value), output_field=CharField())
    lit: QuerySet[Row] = rows.annotate(light=light)
    return lit


def _on(day: Today) -> Q:
    if day.only:
        return Q(calendar__in=sorted(day.only))
    return ~Q(calendar__in=sorted(day.others)) if day.others else Q()


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
