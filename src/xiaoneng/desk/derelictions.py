"""What stands around a dereliction: the same act judged before, the numbers it refers to, earlier breaches of bans.

A person's matters are found by their opening act, whose body names the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q, QuerySet

from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Earlier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.complaint_words import Finding
from xiaoneng.matters.vocabulary.discipline import AppealDecided, DerelictionRegistered, MeasureDecided
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.worktime.days import local_day

PROCEDURES = {
    Source.COMPLAINT: "complaint",
    Source.INSPECTION: "inspection",
    Source.CONSEQUENCE: "discipline",
}
"""The procedure whose matters a source names."""
PROVEN = [f'"finding":"{one.value}"' for one in Finding if one.proven]
SHOWN = {
    Source.COMPLAINT: reduce(or_, (Q(body__contains=one) for one in PROVEN)),
    Source.INSPECTION: Q(verb="finding-recorded"),
    Source.CONSEQUENCE: Q(verb="measure-decided"),
}
"""The act that such a matter must hold: an allegation found true, a finding of the inspection, a measure decided."""
OPENINGS = (DerelictionRegistered, BanBreachFound)
Opened = DerelictionRegistered | BanBreachFound


def about(people: Sequence[int]) -> Q:
    """Return the predicate of matters that are about one of these persons as whom they call to account."""
    named = Q(pk__in=())
    for person in people:
        own = f'"person":{person}'
        named |= Q(body__contains=f"{own},") | Q(body__contains=f"{own}}}")
    rows = ActRecord.objects.filter(named, matter__procedure="discipline", sequence=1)
    return Q(pk__in=rows.values("matter_id"))


def known(opening: Opened) -> frozenset[str]:
    """Return the number that an opening act refers to, if what it names stands on record."""
    reference = opening.reference.strip()
    if not reference or not isinstance(opening, DerelictionRegistered):
        return frozenset()
    match opening.source:
        case Source.RED_CARD:
            # Cards stand above the desk: their table is asked for by its name, not imported.
            cards = apps.get_model("supervision", "Card").objects
            stands = cards.filter(number=reference, level="red").exists()
        case Source.COMPLAINT | Source.INSPECTION | Source.CONSEQUENCE:
            of = Q(matter__number=reference, matter__procedure=PROCEDURES[opening.source])
            stands = ActRecord.objects.filter(of, SHOWN[opening.source]).exists()
        case _:
            stands = False
    return frozenset({reference} if stands else ())


def twins(opening: Opened) -> tuple[str, ...]:
    """Return the matters in which the same person answers for the same act already."""
    return tuple(number for number, act in _openings(opening.person) if _same(act, opening))


def _same(act: Act, opening: Opened) -> bool:
    match act, opening:
        case DerelictionRegistered(), DerelictionRegistered():
            return act.reference.strip() == opening.reference.strip()
        case BanBreachFound(), BanBreachFound():
            return (act.kind, act.happened_at) == (opening.kind, opening.happened_at)
        case _:
            return False


def earlier(opening: BanBreachFound, *, besides: str) -> tuple[Earlier, ...]:
    """Return the breaches of bans that were decided about the same person, those revoked on appeal left out."""
    breaches = {number: act for number, act in _openings(opening.person) if isinstance(act, BanBreachFound)}
    found = []
    for number, act in breaches.items():
        measure = None if number == besides else _measure(number)
        if measure is not None:
            day = local_day(act.happened_at)
            found.append(Earlier(number=number, day=day, measure=measure.measure))
    return tuple(sorted(found, key=lambda one: one.day))


def _measure(number: str) -> MeasureDecided | AppealDecided | None:
    """Return the act whose measure stands in a matter; None where none was decided or it was revoked."""
    verbs = ("measure-decided", "appeal-decided")
    rows = ActRecord.objects.filter(matter__number=number, verb__in=verbs).order_by("sequence")
    last = next((act for _, act in reversed(list(_read(rows)))), None)
    match last:
        case MeasureDecided():
            return last
        case AppealDecided() if not last.revoked:
            return last
        case _:
            return None


def _openings(person: int) -> Iterator[tuple[str, Act]]:
    matters = Matter.objects.filter(about([person]))
    yield from _read(ActRecord.objects.filter(matter__in=matters.values("pk"), sequence=1).order_by("pk"))


def _read(rows: QuerySet[ActRecord]) -> Iterator[tuple[str, Act]]:
    for row in rows.select_related("matter", "particulars"):
        personal = getattr(row, "particulars", None)
        # Who recorded it plays no part in whether it is the same.
        shared = {"at": row.at, "by": CITIZEN}
        body = personal.body if personal else None
        yield row.matter.number, codec.read(row.verb, body=row.body, personal=body, shared=shared)
