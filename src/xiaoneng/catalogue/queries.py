"""Reads of the catalogue, as values."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from xiaoneng.catalogue.item import ItemFacts, Material
from xiaoneng.catalogue.models import Edition, Item, Parameter
from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.limits import Limit, Unit


class ItemUnknown(LookupError):
    """No such item, or no edition of it on that day."""


def items() -> QuerySet[Item]:
    """Return every item."""
    return Item.objects.all()


def in_force(code: str, *, on: date) -> ItemFacts:
    """Return the edition of an item in force on a day; raises ItemUnknown."""
    found = (
        Edition.objects.filter(Q(active_until__isnull=True) | Q(active_until__gt=on), item_id=code)
        .filter(active_from__lte=on)
        .order_by("-edition")
        .values_list("edition", flat=True)
        .first()
    )
    if found is None:
        raise ItemUnknown(code)
    return facts(code, found)


@lru_cache(maxsize=4096)
def facts(code: str, edition: int) -> ItemFacts:
    """Return one edition of an item. Editions never change, so the value is kept; raises ItemUnknown."""
    row = Edition.objects.select_related("item").filter(item_id=code, edition=edition).first()
    if row is None:
        raise ItemUnknown(f"{code}/{edition}")
    return _facts(row)


def _limit(count: int | None, unit: str) -> Limit | None:
    return None if count is None else Limit(count, Unit(unit))


def _facts(row: Edition) -> ItemFacts:
    extension_basis = (
        Citation(row.extension_instrument, row.extension_article) if row.extension_instrument else None
    )
    return ItemFacts(
        code=row.item_id,
        edition=row.edition,
        name=Phrase(row.item.zh, row.item.en),
        agency=row.item.agency,
        in_force=row.active_from,
        statutory=Limit(row.statutory_count, Unit(row.statutory_unit)),
        basis=Citation(row.basis_instrument, row.basis_article, Certainty(row.basis_certainty)),
        promised=_limit(row.promised_count, row.promised_unit),
        extension=_limit(row.extension_count, row.extension_unit),
        extension_basis=extension_basis,
        traits=frozenset(filter(None, row.traits.split(","))),
        materials=_materials(row),
        special=_phrases(row.special_zh, row.special_en),
        conditions=Phrase(row.conditions_zh, row.conditions_en),
        fee=Phrase(row.fee_zh or "不收费", row.fee_en or "No fee"),
        result=Phrase(row.result_zh, row.result_en),
        place=Phrase(row.place_zh, row.place_en),
        hours=row.hours,
        phone=row.phone,
        major_interest=row.major_interest,
        counted=row.counted,
        note=Phrase(row.note_zh, row.note_en),
        promise_is_default=row.promise_is_default,
    )


def _phrases(zh: str, en: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(*pair) for pair in zip(zh.splitlines(), en.splitlines(), strict=False))


def _materials(row: Edition) -> tuple[Material, ...]:
    return tuple(
        Material(
            key=one.key,
            name=Phrase(one.zh, one.en),
            required=one.required,
            conditional=one.conditional,
            copies=one.copies,
            basis=one.basis,
        )
        for one in row.materials.all()
    )


def parameters(*, on: date, division: str = "") -> dict[str, Parameter]:
    """Return the numbers in force on a day by key; a division's own row outranks the general one."""
    rows = Parameter.objects.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=on),
        active_from__lte=on,
        division__in=("", division),
    )
    return {row.key: row for row in rows.order_by("division", "active_from")}
