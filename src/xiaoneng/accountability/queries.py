"""Reads of accountability: derelictions about a person, of a year, and what makes an agency weak in a quarter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from xiaoneng.accountability.quarter import Quarter
from xiaoneng.desk.derelictions import about
from xiaoneng.desk.many import dossiers
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.discipline import MeasureDecided
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.rules.dereliction import standing_measure
from xiaoneng.supervision.counting import Period, kept_by
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.queries import COUNTED
from xiaoneng.worktime.days import local_day, midnight

DISCIPLINE = "discipline"
SAID_WEAK = f'"source":"{Source.WEAK_AGENCY.value}"'
SAID_CONSEQUENCE = f'"source":"{Source.CONSEQUENCE.value}"'


def disciplines() -> QuerySet[Matter]:
    """Return every dereliction."""
    return Matter.objects.filter(procedure=DISCIPLINE)


def read(rows: Iterable[Matter]) -> list[Dossier]:
    """Return the dossiers of these rows in their order; one that cannot be read raises what is wrong with it."""
    wanted = list(rows)
    found = dossiers([one.pk for one in wanted])
    told = []
    for one in wanted:
        dossier = found[one.pk]
        if isinstance(dossier, Exception):
            raise dossier
        told.append(dossier)
    return told


def about_person(person: int) -> list[Dossier]:
    """Return the derelictions that are about a person, the oldest first."""
    return read(disciplines().filter(about([person])).order_by("pk"))


def of_bans(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Return those of these derelictions that a breach of the bans opened."""
    opened = ActRecord.objects.filter(sequence=1, verb="ban-breach-found")
    return rows.filter(pk__in=opened.values("matter_id"))


def decided_between(rows: QuerySet[Matter], since: datetime, until: datetime) -> QuerySet[Matter]:
    """Return those of these derelictions in which a measure was decided in the half-open time."""
    decided = ActRecord.objects.filter(verb="measure-decided", at__gte=since, at__lt=until)
    return rows.filter(pk__in=decided.values("matter_id"))


def stages(rows: QuerySet[Matter]) -> Mapping[str, int]:
    """Return how many of these derelictions rest in each stage."""
    return dict(rows.order_by().values_list("stage").annotate(Count("pk")))


def ban_breaches(quarter: Quarter) -> Mapping[str, int]:
    """Return by agency how many breaches of the bans were decided in a quarter, those revoked left out."""
    rows = decided_between(of_bans(disciplines()), midnight(quarter.since), midnight(quarter.until))
    return Counter(one.opening.agency for one in read(rows.order_by("pk")) if stands(one))


def stands(dossier: Dossier) -> bool:
    """Tell whether a breach of the bans was decided and not revoked: it counts against the person and the unit."""
    return isinstance(dossier.opening, BanBreachFound) and standing_measure(dossier) is not None


def decided_on(dossier: Dossier) -> date | None:
    """Return the day on which a measure was decided, or None."""
    decided = dossier.last(MeasureDecided)
    return local_day(decided.at) if decided else None


def red_cards(quarter: Quarter) -> Mapping[str, int]:
    """Return by agency how many red cards were raised in a quarter, those withdrawn left out."""
    rows = Card.objects.filter(
        COUNTED,
        level=Level.RED.value,
        raised_at__gte=midnight(quarter.since),
        raised_at__lt=midnight(quarter.until),
    )
    return dict(rows.order_by().values_list("agency").annotate(Count("pk")))


def late(quarter: Quarter) -> Mapping[str, tuple[int, int]]:
    """Return by agency how many of the matters closed in a quarter were closed late, and how many were closed."""
    kept = kept_by("agency", period=Period(since=quarter.since, until=quarter.until))
    return {agency: (one.in_time.n - one.in_time.count, one.in_time.n) for agency, one in kept.items()}


def registered(references: Sequence[str]) -> Mapping[str, str]:
    """Return the numbers of leaders' matters by the reference that opened them, for those that exist; in one query."""
    if not references:
        return {}
    above = Q(body__contains=SAID_WEAK) | Q(body__contains=SAID_CONSEQUENCE)
    rows = ActRecord.objects.filter(above, matter__procedure=DISCIPLINE, sequence=1).order_by("-pk")
    told = {
        json.loads(body)["reference"]: number for number, body in rows.values_list("matter__number", "body")
    }
    return {one: told[one] for one in references if one in told}
