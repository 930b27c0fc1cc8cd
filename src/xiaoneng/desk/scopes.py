"""Whose inbox a list is (待办的范围): mine as A, covered as B, lying with others, with the applicant, closed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from xiaoneng.matters import conflict
from xiaoneng.matters.access import closed_to, visible_to
from xiaoneng.matters.models import ActRecord, Bar, Matter
from xiaoneng.matters.number import SHAPE
from xiaoneng.organisation.capacity import Capacity, Standing
from xiaoneng.organisation.models import Incumbency

MOST_ITEMS = 60


class Tab(StrEnum):
    """The parts of a desk."""

    MINE = "mine"
    COVER = "cover"
    OTHERS = "others"
    APPLICANT = "applicant"
    AGENCY = "agency"
    CLOSED = "closed"


def rows_in(tab: Tab, by: Sequence[Capacity], *, person: int = 0) -> QuerySet[Matter]:
    """Return the matters of one part of the desk of somebody who acts in these capacities; none for nobody.

    `person` is who looks, where they act in no post now: one matter may still be theirs, because its holder must
    stand aside. What lies with one's own post is found by its index alone; the rest is what one may see and took
    part in.
    """
    people = _people(by, person)
    if not people:
        return Matter.objects.none()
    match tab:
        case Tab.MINE:
            mine = posts(by, cover=False)
            return Matter.objects.filter(~closed_to(people), is_open=True, owner_post__in=mine)
        case Tab.COVER:
            return Matter.objects.filter(~closed_to(people), covered(by, people), is_open=True)
        case Tab.AGENCY:
            return visible_to(by).filter(is_open=True)
        case _:
            return visible_to(by).filter(_taken_part(by), _lying(tab, by))


def _lying(tab: Tab, by: Sequence[Capacity]) -> Q:
    """Return where a matter lies that is not one's own now: with another post, with the applicant, or closed."""
    match tab:
        case Tab.OTHERS:
            return Q(is_open=True) & ~Q(owner_post__in=[*(one.post for one in by), ""])
        case Tab.APPLICANT:
            return Q(is_open=True, owner_post="")
        case _:
            return Q(is_open=False)


def posts(by: Sequence[Capacity], *, cover: bool) -> list[str]:
    """Return the posts in which somebody acts, as holder or as cover."""
    return [one.post for one in by if (one.standing is not Standing.PRIMARY) is cover]


def _people(by: Sequence[Capacity], person: int) -> frozenset[int]:
    return frozenset({one.person for one in by} | {person}) - {0}


def covered(by: Sequence[Capacity], people: frozenset[int]) -> Q:
    """Return what lies with a post that one covers: because its holder is away, or is barred from that one matter."""
    held = Incumbency.objects.filter(person_id__in=people, standing=Standing.COVER, active_until__isnull=True)
    first = Incumbency.objects.filter(
        post_id=OuterRef(OuterRef("owner_post")), standing=Standing.PRIMARY, active_until__isnull=True
    )
    mark = Concat(Value(conflict.PERSON), Cast(F("person_id"), CharField()), output_field=CharField())
    barred = Bar.objects.filter(matter=OuterRef("pk"), mark__in=first.annotate(mark=mark).values("mark"))
    in_place = Q(Exists(barred), owner_post__in=held.values("post_id"))
    return Q(owner_post__in=posts(by, cover=True)) | in_place


def _taken_part(by: Sequence[Capacity]) -> Q:
    people = {one.person for one in by}
    return Q(pk__in=ActRecord.objects.filter(person__in=people).values("matter_id"))


def counts(by: Sequence[Capacity], *, person: int = 0) -> dict[Tab, int]:
    """Return how many matters lie with somebody as holder and as cover, in one query."""
    people = _people(by, person)
    mine, cover = Q(owner_post__in=posts(by, cover=False)), covered(by, people)
    rows = Matter.objects.filter(mine | cover, ~closed_to(people), is_open=True)
    found = rows.aggregate(mine=Count("pk", filter=mine), cover=Count("pk", filter=cover))
    return {Tab.MINE: found["mine"], Tab.COVER: found["cover"]}


def sifted(rows: QuerySet[Matter], *, words: str, item: str) -> QuerySet[Matter]:
    """Return the rows whose number, item or subject fits what was typed, of one item if one is chosen."""
    if item:
        rows = rows.filter(item=item)
    tidy = words.strip()
    if not tidy:
        return rows
    if SHAPE.fullmatch(tidy.upper()):
        return rows.filter(number=tidy.upper())
    return rows.filter(Q(number__istartswith=tidy) | Q(item__iexact=tidy) | Q(subject__icontains=tidy))


def items_of(rows: QuerySet[Matter]) -> tuple[str, ...]:
    """Return the items of which a list has matters, in one query."""
    found = rows.exclude(item="").order_by("item").values_list("item", flat=True).distinct()
    return tuple(found[:MOST_ITEMS])
