"""Reads of supervision: lights, board, cards, what is put off, days walked; feeds and their cases.

Every list, count and export of lights asks `with_light`: a matter has one light wherever it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from django.db.models import Case, CharField, Max, Model, OuterRef, Q, QuerySet, Subquery, Value, When

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.desk.days import Today, todays
from xiaoneng.flow.case import ReadCase
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.queries import having
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.capacity import Standing
from xiaoneng.supervision.card import Filed
from xiaoneng.supervision.feeds import FeedLine
from xiaoneng.supervision.gaming import Closing, Step, Vote
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.models import Card, Feed, FeedCase, FeedImport, PutOff, Walk
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day

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


def without_case(*, raised_at: datetime | None = None) -> list[Filed]:
    """Return the cards that have no case yet and should, locked, the oldest first; those of one filing if given."""
    rows = Card.objects.filter(level__in=ANSWERED_LEVELS, case__isnull=True).select_related("matter")
    if raised_at is not None:
        rows = rows.filter(raised_at=raised_at)
    rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    return [
        Filed(
            matter=one.matter_id,
            matter_number=one.matter.number,
            procedure=one.matter.procedure,
            **{name: getattr(one, name) for name in _FILED},
        )
        for one in rows
    ]


ANSWERED_LEVELS = (Level.YELLOW.value, Level.RED.value)
_FILED = (
    *("pk", "number", "level", "cause", "rule", "agency", "post", "person_name", "instrument", "article"),
    *("sequences", "rule_set", "rule_set_edition", "zh", "en"),
)


def matters_of_cases(cases: Collection[int]) -> dict[int, int]:
    """Return the matter that each of these cases of cards is about, by the case's key."""
    return dict(Card.objects.filter(case__in=cases).values_list("case_id", "matter_id"))


def open_cases() -> list[str]:
    """Return the numbers of the open cases of cards, the oldest first."""
    rows = Matter.objects.filter(procedure="card", is_open=True)
    return list(rows.order_by("pk").values_list("number", flat=True))


WITHDRAWN = "withdrawn"
COUNTED = ~Q(case__stage=WITHDRAWN)
"""Which cards count: every one that was not withdrawn. The one predicate of all figures on cards."""


def put_off_until_later(now: datetime) -> list[int]:
    """Return the matters that are passed over at `now`."""
    return list(PutOff.objects.filter(until__gt=now).values_list("pk", flat=True))


def walked_up_to() -> date | None:
    """Return the last day whose acts were all looked at; None if none ever was."""
    found: date | None = Walk.objects.aggregate(last=Max("day"))["last"]
    return found


def cards() -> QuerySet[Card]:
    """Return every card with its matter, the newest first."""
    return Card.objects.select_related("matter", "case").order_by("-raised_at", "-pk")


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


def closings(where: Q) -> list[Closing]:
    """Return how these closed matters closed: when, after how many days of what term, by whom."""
    officials = ActRecord.objects.filter(
        matter=OuterRef("pk"), at=OuterRef("closed_at"), standing__in=OFFICIAL
    )
    rows = Matter.objects.filter(where).annotate(by=Subquery(officials.values("person")[:1]))
    columns = ("number", "agency", "opened_at", "closed_at", "item", "item_edition", "handled_days")
    found = rows.order_by("closed_at", "pk").values_list(*columns, "promised_days", "by")
    return [
        Closing(
            number=number,
            agency=agency,
            opened=opened,
            closed=closed,
            at_once=by is None or not item or "instant" in catalogue.facts(item, edition).traits,
            days=days or 0,
            term=0 if days is None else term or 0,
            by=str(by or ""),
        )
        for number, agency, opened, closed, item, edition, days, term, by in found
    ]


OFFICIAL = (Standing.PRIMARY.value, Standing.COVER.value, Standing.APPOINTED.value)


def steps(where: Q) -> Iterator[Step]:
    """Yield every act of these matters as gaming checks look at it."""
    rows = ActRecord.objects.filter(matter__in=Matter.objects.filter(where))
    before = ActRecord.objects.filter(matter=OuterRef("matter"), sequence=OuterRef("sequence") - 1)
    paused = dict(
        rows.filter(verb="suspended")
        .annotate(told=Subquery(before.values("promised_on")[:1]))
        .values_list("pk", "told")
    )
    resting = _rest_days()
    columns = ("pk", "at", "recorded_at", "previous_at", "standing", "verb")
    matter = ("matter__number", "matter__agency", "matter__opened_at", "matter__calendar")
    for pk, at, recorded, previous, standing, verb, number, agency, opened, calendar in (
        rows.order_by("matter", "sequence").values_list(*columns, *matter).iterator(chunk_size=5000)
    ):
        official = standing in OFFICIAL
        told = paused.get(pk) or ""
        yield Step(
            number=number,
            agency=agency,
            at=at,
            recorded=recorded,
            previous=previous,
            opened=opened,
            official=official,
            rest_day=official and resting(calendar, local_day(at)),
            pauses=verb == "suspended",
            promised=date.fromisoformat(told) if told else None,
        )


def _rest_days() -> Callable[[str, date], bool]:
    """Return whether a day was one of rest on a calendar, looked up once each."""

    @cache
    def calendar(key: str) -> WorkCalendar:
        return calendar_book(key).latest

    @cache
    def resting(key: str, day: date) -> bool:
        return not calendar(key).is_working(day)

    return resting


def votes(where: Q) -> list[Vote]:
    """Return the ratings of these matters that bear a mark of their place."""
    rows = ActRecord.objects.filter(verb="rated", matter__in=Matter.objects.filter(where))
    columns = ("matter__number", "matter__agency", "at", "particulars__body")
    marked = ((number, agency, at, _place(body)) for number, agency, at, body in rows.values_list(*columns))
    return [
        Vote(number=number, agency=agency, at=at, place=place)
        for number, agency, at, place in marked
        if place
    ]


def _place(body: str | None) -> str:
    return str(json.loads(body).get("place") or "") if body else ""
