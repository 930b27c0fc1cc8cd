"""Reads of supervision: lights, board, cards, what is put off, days walked; feeds and their cases.

Every list, count and export of lights asks `with_light`: a matter has one light wherever it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Case, CharField, Count, Max, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from xiaoneng.desk.days import Today, todays
from xiaoneng.flow.case import ReadCase
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.matters.queries import closed_between, having, open_matters
from xiaoneng.supervision.feeds import FeedLine
from xiaoneng.supervision.figures import AgencyFigures, Share, median
from xiaoneng.supervision.models import Card, Feed, FeedCase, FeedImport, PutOff, Walk

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


def counts_by_light(rows: QuerySet[Row], *, today: date) -> dict[Light, int]:
    """Return how many of these matters have each light on a day, in one query of matters."""
    counted = _counted(rows, "light", today=today)
    return dict.fromkeys(Light, 0) | {Light(light): count for light, count in counted}


def _counted(rows: QuerySet[Row], *names: str, today: date) -> list[tuple[Any, ...]]:
    lit = with_light(rows, today=today).order_by()
    return list(lit.values_list(*names).annotate(Count("pk")))


def wall(*, today: date, divisions: Collection[str] = ()) -> dict[str, dict[Light, int]]:
    """Return the open matters of each agency by light, of these divisions or of all, in one query of matters."""
    rows = open_matters()
    if divisions:
        rows = rows.filter(division__in=divisions)
    found: dict[str, dict[Light, int]] = defaultdict(lambda: dict.fromkeys(Light, 0))
    for agency, light, count in _counted(rows, "agency", "light", today=today):
        found[agency][Light(light)] = count
    return dict(found)


def board(since: datetime, until: datetime, *, procedure: str = "approval") -> list[AgencyFigures]:
    """Return the figures of each agency for matters closed in the half-open time, in one query, by agency."""
    rows = closed_between(since, until).filter(procedure=procedure).order_by()
    counted = rows.values_list("agency", "closed_late", "handled_days", "promised_days").annotate(Count("pk"))
    by_agency: dict[str, list[_Group]] = defaultdict(list)
    for agency, late, handled, promised, count in counted:
        by_agency[agency].append((bool(late), handled, promised, count))
    return [_figures(agency, by_agency[agency]) for agency in sorted(by_agency)]


_Group = tuple[bool, int | None, int | None, int]
"""Late or not, working days taken, working days promised, how many matters."""


def _figures(agency: str, groups: list[_Group]) -> AgencyFigures:
    closed = sum(count for *_, count in groups)
    took: dict[int, int] = defaultdict(int)
    owed: dict[int, int] = defaultdict(int)
    early = timed = 0
    for _, handled, promised, count in groups:
        if handled is not None and promised is not None:
            took[handled] += count
            owed[promised] += count
            timed += count
            early += count if handled < promised else 0
    return AgencyFigures(
        agency=agency,
        closed=closed,
        on_time=Share(count=sum(count for late, *_, count in groups if not late), of=closed),
        handling=median(took),
        promised=median(owed),
        early=Share(count=early, of=timed),
    )
