"""From a page to the catalogue: the service guide (办事指南) is public, so every item may be seen by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from xiaoneng.catalogue import queries
from xiaoneng.catalogue.item import ItemFacts
from xiaoneng.catalogue.models import Edition, Item
from xiaoneng.catalogue.queries import ItemUnknown
from xiaoneng.catalogue.search import ENOUGH, EVERY_WORD, closeness
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.limits import Limit, Unit

__all__ = ["ItemUnknown", "Wanted", "editions_of", "find_items", "item_names", "item_on", "kinds_used"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: words as typed, and what the item must be; empty means any.

    `names` are what agencies are called, by code: their words count as the item's own.
    """

    words: str = ""
    agency: str = ""
    division: str = ""
    kind: str = ""
    names: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """An item in a list, by the edition in force."""

    code: str
    name: Phrase
    agency: str
    division: str
    kind: str
    statutory: Limit
    promised: Limit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of what was found, and how many there are."""

    lines: tuple[ItemLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """An edition and the half-open time in which it is in force."""

    edition: int
    since: date
    until: date | None


def item_on(code: str, *, on: date) -> ItemFacts:
    """Return the edition of an item in force on a day; raises ItemUnknown."""
    return queries.in_force(code, on=on)


def editions_of(code: str) -> tuple[EditionLine, ...]:
    """Return every edition of an item, the newest first."""
    rows = Edition.objects.filter(item_id=code).order_by("-edition")
    return tuple(
        EditionLine(edition=number, since=since, until=until)
        for number, since, until in rows.values_list("edition", "active_from", "active_until")
    )


def item_names(codes: Iterable[str]) -> dict[str, Phrase]:
    """Return what items are called, by code; those that do not exist are left out."""
    rows = Item.objects.filter(pk__in=set(codes)).values_list("code", "zh", "en")
    return {code: Phrase(zh, en) for code, zh, en in rows}


def kinds_used() -> tuple[str, ...]:
    """Return the kinds of which there are items."""
    return tuple(Item.objects.order_by("kind").values_list("kind", flat=True).distinct())


def find_items(wanted: Wanted, *, on: date, start: int = 0, size: int = 20) -> Found:
    """Return the items in force on a day that fit, in two or three queries: closest first, else by code."""
    rows = _fitting(wanted)
    if wanted.words.strip():
        codes = _closest(rows, wanted)
        return Found(lines=_lines(codes[start : start + size], on=on), total=len(codes))
    page = list(
        rows.order_by("division", "agency", "code").values_list("code", flat=True)[start : start + size]
    )
    return Found(lines=_lines(page, on=on), total=rows.count())


def _fitting(wanted: Wanted) -> QuerySet[Item]:
    given = {"agency": wanted.agency, "division": wanted.division, "kind": wanted.kind}
    return Item.objects.filter(**{name: value for name, value in given.items() if value})


def _closest(rows: QuerySet[Item], wanted: Wanted) -> list[str]:
    names = wanted.names or {}
    scored = []
    for code, agency, zh, en in rows.order_by("division", "agency", "code").values_list(
        "code", "agency", "zh", "en"
    ):
        # The name itself outranks the agency's: 公安 lists its items, after those that are called so.
        own = closeness(wanted.words, f"{zh} {en} {code}")
        with_agency = closeness(wanted.words, f"{zh} {en} {names.get(agency, '')}")
        if max(own, with_agency) >= ENOUGH:
            scored.append((-own, -with_agency, code))
    scored.sort(key=lambda one: one[:2])
    exact = [code for own, both, code in scored if min(own, both) <= -EVERY_WORD]
    return exact or [code for _, _, code in scored]


def _lines(codes: list[str], *, on: date) -> tuple[ItemLine, ...]:
    rows = (
        Edition.objects.filter(Q(active_until__isnull=True) | Q(active_until__gt=on), item_id__in=codes)
        .filter(active_from__lte=on)
        .select_related("item")
        .order_by("edition")
    )
    lines = {row.item_id: _line(row) for row in rows}
    return tuple(lines[code] for code in codes if code in lines)


def _line(row: Edition) -> ItemLine:
    promised = row.promised_count
    return ItemLine(
        code=row.item_id,
        name=Phrase(row.item.zh, row.item.en),
        agency=row.item.agency,
        division=row.item.division,
        kind=row.item.kind,
        statutory=Limit(row.statutory_count, Unit(row.statutory_unit)),
        promised=None if promised is None else Limit(promised, Unit(row.promised_unit)),
    )
