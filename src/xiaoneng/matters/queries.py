"""Reads of the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from xiaoneng.matters.light import Light, Marks, Reading, Threshold
from xiaoneng.matters.models import ActRecord, Bar, Matter, Particulars
from xiaoneng.matters.team import mark
from xiaoneng.worktime.runs import Axis


def acts_of(matter: Matter) -> list[ActRecord]:
    """Return the recorded acts of a matter in order."""
    return list(ActRecord.objects.filter(matter=matter).order_by("sequence").select_related("particulars"))


class ActRow(NamedTuple):
    """What of a stored act is needed to judge and show the matter."""

    verb: str
    at: datetime
    recorded_at: datetime
    actor: str
    body: str
    personal: str | None
    act_hash: bytes


_ACTS = """SELECT a.verb, a.at, a.recorded_at, a.actor, a.body, p.body, a.act_hash FROM matters_actrecord a
    LEFT JOIN matters_particulars p ON p.act_id = a.id WHERE a.matter_id = %s ORDER BY a.sequence"""


def act_rows(matter: int) -> list[ActRow]:
    """Return the stored acts of a matter in order, in one plain query: every act recorded asks it."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTS, [matter])
        rows = cursor.fetchall()
    return [
        ActRow(verb, moment(at), moment(recorded), actor, body, personal, bytes(digest))
        for verb, at, recorded, actor, body, personal, digest in rows
    ]


def moment(stored: datetime | str) -> datetime:
    """Return an instant as plain SQL gives it: PostgreSQL with its zone, SQLite without, as UTC."""
    at = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def personal_of(record: ActRecord) -> Particulars | None:
    """Return the personal part of an act; None if it has none or it was erased."""
    try:
        return record.particulars
    except Particulars.DoesNotExist:
        return None


def reading_of(matter: Matter) -> Reading:
    """Return what the row keeps of its foremost clock."""
    return Reading(
        axis=Axis(matter.axis) if matter.axis else None,
        statutory=matter.statutory,
        promised=matter.promised,
        paused=matter.paused,
        closed=not matter.is_open,
    )


def having(light: Light, at: Marks) -> Q:
    """Return the predicate of a light on a day, for rows on the calendar of `at`: the SQL twin of `light.light`."""
    match light:
        case Light.CLOSED:
            return Q(is_open=False)
        case Light.WAITING:
            return Q(is_open=True) & (Q(statutory__isnull=True) | Q(axis=""))
        case Light.SUSPENDED:
            return Q(is_open=True, statutory__isnull=False, paused=True) & ~Q(axis="")
        case _:
            running = Q(is_open=True, statutory__isnull=False, paused=False)
            ends = [_on_axis(light, at.on(axis)) & Q(axis=axis) for axis in Axis]
            return running & reduce(or_, ends)


def _on_axis(light: Light, threshold: Threshold) -> Q:
    over = Q(statutory__lte=threshold.past)
    broken = _promised(threshold.past)
    near = _promised(threshold.soon)
    match light:
        case Light.OVERDUE:
            return over
        case Light.PROMISE_BROKEN:
            return ~over & broken
        case Light.DUE_SOON:
            return ~over & ~broken & near
        case _:
            return ~over & ~broken & ~near


def _promised(ordinal: int) -> Q:
    # A row without a promise is judged by the law's term, as `light.light` does.
    return Q(promised__lte=ordinal) | Q(promised__isnull=True, statutory__lte=ordinal)


def open_matters() -> QuerySet[Matter]:
    """Return the matters that are open."""
    return Matter.objects.filter(is_open=True)


def closed_between(since: datetime, until: datetime) -> QuerySet[Matter]:
    """Return the matters closed in the half-open time."""
    return Matter.objects.filter(is_open=False, closed_at__gte=since, closed_at__lt=until)


def in_batches(rows: QuerySet[Matter], *, size: int = 500) -> Iterator[Sequence[Matter]]:
    """Yield matters in batches by key, each read afresh, so that a long walk holds no cursor open."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield batch
        last = batch[-1].pk


def keys_of(numbers: Sequence[str]) -> list[int]:
    """Return the keys of matters by their numbers, in the order of the numbers; unknown ones are left out."""
    found = dict(Matter.objects.filter(number__in=numbers).values_list("number", "pk"))
    return [found[number] for number in numbers if number in found]


def marks_of(matter: int) -> tuple[str, ...]:
    """Return the marks of those to whom a matter is closed."""
    return tuple(Bar.objects.filter(matter=matter).order_by("mark").values_list("mark", flat=True))


def recorded_between(since: datetime, until: datetime, *, step: int = 2000) -> list[str]:
    """Return the numbers of matters with an act recorded in the half-open time, walking back from the newest act.

    It reads what was recorded since, not what there is; keys rise with the time of recording but for acts
    recorded in the same moments, and a whole `step` of older ones ends the walk.
    """
    found: dict[str, None] = {}
    below: int | None = None
    while True:
        older = Q() if below is None else Q(pk__lt=below)
        rows = ActRecord.objects.filter(older).order_by("-pk")
        some = list(rows.values_list("pk", "recorded_at", "matter__number")[:step])
        found.update((number, None) for _, at, number in some if since <= at < until)
        if not some or all(at < since for _, at, _ in some):
            return list(found)
        below = some[-1][0]


def act_rows_of(matters: Sequence[int]) -> dict[int, list[ActRow]]:
    """Return the stored acts of several matters in order, in one query."""
    found: dict[int, list[ActRow]] = {matter: [] for matter in matters}
    rows = ActRecord.objects.filter(matter__in=matters).order_by("matter", "sequence")
    names = ("verb", "at", "recorded_at", "actor", "body", "particulars__body", "act_hash")
    for matter, *values in rows.values_list("matter_id", *names):
        row = ActRow(*values)
        found[matter].append(row._replace(act_hash=bytes(row.act_hash)))
    return found


def inspected_by(person: int) -> QuerySet[ActRecord, Any]:
    """Return the keys of the matters whose team this person was drawn into, or came into, and has not left."""
    acts = ActRecord.objects.filter(matter__procedure="inspection")
    drawn = Q(verb="team-drawn", body__contains=f'"{mark(person)}"')
    came = Q(verb="member-replaced", body__contains=f'"successor":{person}}}')  # the last of its keys
    left = acts.filter(verb="member-replaced", body__contains=f'"leaving":{person},')
    found: QuerySet[ActRecord, Any] = acts.filter(drawn | came).exclude(matter__in=left.values("matter"))
    return found.values("matter_id")


class PouredAct(NamedTuple):
    """What of an act everybody may know, with the matter it belongs to."""

    id: int
    matter: int
    number: str
    procedure: str
    edition: int
    item: str
    agency: str
    verb: str
    at: datetime
    recorded_at: datetime
    post: str
    act_hash: bytes


def acts_after(act: int, *, until: datetime, procedures: Sequence[str], many: int) -> list[PouredAct]:
    """Return the next acts of some procedures in the order in which they were stored, recorded by `until`.

    They end before the first that is younger, so that none is passed over.
    """
    young = (
        ActRecord.objects.filter(pk__gt=act, recorded_at__gt=until)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    before = young.first()
    rows = ActRecord.objects.filter(pk__gt=act, matter__procedure__in=procedures).order_by("pk")
    rows = rows if before is None else rows.filter(pk__lt=before)
    matter = (
        "matter_id",
        "matter__number",
        "matter__procedure",
        "matter__edition",
        "matter__item",
        "matter__agency",
    )
    found = rows.values_list("pk", *matter, "verb", "at", "recorded_at", "post", "act_hash")[:many]
    acts = [PouredAct(*values) for values in found]
    return [act._replace(act_hash=bytes(act.act_hash)) for act in acts]
