"""Writes to the catalogue: an edition is published whole, never changed; a new one ends the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from xiaoneng.catalogue.item import ItemFacts, edition_flaws
from xiaoneng.catalogue.models import Edition, Item, MaterialRow, Parameter
from xiaoneng.catalogue.queries import ItemUnknown, in_force
from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase


class EditionFlawed(ValueError):
    """Editions that may not be published; `flaws` says why, item by item."""

    def __init__(self, flaws: Sequence[tuple[str, Phrase]]) -> None:
        super().__init__("; ".join(f"{code}: {flaw}" for code, flaw in flaws))
        self.flaws = tuple(flaws)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item's facts with where it is offered and its type code (GB/T 39046-2020)."""

    facts: ItemFacts
    division: str
    kind: str


@transaction.atomic
def publish_first(items: Sequence[NewItem]) -> int:
    """Publish the first edition of many items at once; return how many. Raises EditionFlawed naming every flaw."""
    flaws = [(one.facts.code, flaw) for one in items for flaw in edition_flaws(one.facts)]
    if flaws:
        raise EditionFlawed(flaws)
    Item.objects.bulk_create(
        Item(
            code=one.facts.code,
            agency=one.facts.agency,
            division=one.division,
            zh=one.facts.name.zh,
            en=one.facts.name.en,
            kind=one.kind,
        )
        for one in items
    )
    editions = Edition.objects.bulk_create(_edition(one.facts) for one in items)
    for edition, one in zip(editions, items, strict=True):
        MaterialRow.objects.bulk_create(_materials(edition, one.facts))
    return len(editions)


@transaction.atomic
def publish_next(facts: ItemFacts, *, approved: bool = False) -> int:
    """Publish the next edition of an item from its `in_force` day and return its number.

    Running matters keep the edition they were opened under. Raises EditionFlawed, also where a promise is
    lengthened without approval, or ItemUnknown.
    """
    old = in_force(facts.code, on=facts.in_force)
    flaws = [(facts.code, flaw) for flaw in edition_flaws(facts, old=old, approved=approved)]
    if flaws:
        raise EditionFlawed(flaws)
    Edition.objects.filter(item_id=facts.code, edition=old.edition).update(active_until=facts.in_force)
    row = _edition(facts, number=old.edition + 1)
    row.save(force_insert=True)
    MaterialRow.objects.bulk_create(_materials(row, facts))
    return row.edition


def _edition(facts: ItemFacts, *, number: int = 1) -> Edition:
    promised, extension, longer = facts.promised, facts.extension, facts.extension_basis
    return Edition(
        item_id=facts.code,
        edition=number,
        active_from=facts.in_force,
        statutory_count=facts.statutory.count,
        statutory_unit=facts.statutory.unit,
        basis_instrument=facts.basis.instrument,
        basis_article=facts.basis.article,
        basis_certainty=facts.basis.certainty,
        promised_count=promised.count if promised else None,
        promised_unit=promised.unit if promised else "",
        extension_count=extension.count if extension else None,
        extension_unit=extension.unit if extension else "",
        extension_instrument=longer.instrument if longer else "",
        extension_article=longer.article if longer else "",
        traits=",".join(sorted(facts.traits)),
        special_zh="\n".join(one.zh for one in facts.special),
        special_en="\n".join(one.en for one in facts.special),
        **_words(facts),
    )


def _words(facts: ItemFacts) -> dict[str, object]:
    pairs = {"conditions": facts.conditions, "fee": facts.fee, "result": facts.result, "place": facts.place}
    words: dict[str, object] = {"hours": facts.hours, "phone": facts.phone, "counted": facts.counted}
    for name, phrase in (*pairs.items(), ("note", facts.note)):
        words |= {f"{name}_zh": phrase.zh, f"{name}_en": phrase.en}
    return words | {"major_interest": facts.major_interest, "promise_is_default": facts.promise_is_default}


def _materials(edition: Edition, facts: ItemFacts) -> list[MaterialRow]:
    return [
        MaterialRow(
            edition=edition,
            place=place,
            key=one.key,
            zh=one.name.zh,
            en=one.name.en,
            required=one.required,
            conditional=one.conditional,
            copies=one.copies,
            basis=one.basis,
        )
        for place, one in enumerate(facts.materials)
    ]


def set_parameter(
    key: str, *, value: int, unit: str, basis: Citation, active_from: date, division: str = ""
) -> None:
    """Set a configurable number from a day on; the one before it ends that day. What is past keeps its number."""
    with transaction.atomic():
        before = Parameter.objects.filter(key=key, division=division, active_until__isnull=True)
        before.filter(active_from__lt=active_from).update(active_until=active_from)
        Parameter.objects.create(
            key=key,
            division=division,
            value=value,
            unit=unit,
            basis_instrument=basis.instrument,
            basis_article=basis.article,
            certainty=basis.certainty,
            active_from=active_from,
        )


__all__ = ["EditionFlawed", "ItemUnknown", "NewItem", "publish_first", "publish_next", "set_parameter"]
