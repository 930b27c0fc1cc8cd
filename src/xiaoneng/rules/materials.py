"""Which materials are there, asked for and outstanding, read from the acts alone (材料台账); knows no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xiaoneng.catalogue.item import ItemFacts, Material
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.vocabulary.intake import (
    Accepted,
    DemandMet,
    MaterialsNoticed,
    MaterialsSupplied,
    Received,
)

Keys = frozenset[str]
NONE: Keys = frozenset()


def held(acts: Sequence[Act]) -> Keys:
    """Return what the office holds and has not found defective."""
    found: Keys = NONE
    for act in acts:
        match act:
            case Received() | MaterialsSupplied() | DemandMet():
                found |= frozenset(act.materials)
            case MaterialsNoticed():
                found -= frozenset(act.defective)
            case _:
                continue
    return found


def outstanding(acts: Sequence[Act]) -> Keys:
    """Return what was asked for, by notice or on conditional acceptance, and has not come since."""
    found: Keys = NONE
    for act in acts:
        match act:
            case MaterialsNoticed():
                found |= frozenset(act.missing) | frozenset(act.defective)
            case Accepted():
                found |= frozenset(act.deficiencies)
            case MaterialsSupplied():
                found -= frozenset(act.materials)
            case _:
                continue
    return found


def fresh(acts: Sequence[Act]) -> Keys:
    """Return what came since the last notice: only of these can a later notice say that they are defective."""
    found: Keys = NONE
    for act in acts:
        match act:
            case Received() | MaterialsSupplied():
                found |= frozenset(act.materials)
            case MaterialsNoticed():
                found = NONE
            case _:
                continue
    return found


def required(item: ItemFacts | None) -> Keys:
    """Return what must be there before acceptance, by the matter's own edition of the item."""
    return frozenset(one.key for one in item.required()) if item else NONE


def conditional(item: ItemFacts | None) -> Keys:
    """Return what is required and may follow (容缺)."""
    return frozenset(one.key for one in _all(item) if one.required and one.conditional)


def unlisted(item: ItemFacts | None, keys: Iterable[str]) -> Keys:
    """Return the keys that are not on the item's list; none where the matter has no item."""
    return frozenset(keys) - {one.key for one in _all(item)} if item else NONE


def named(item: ItemFacts | None, keys: Iterable[str]) -> Phrase:
    """Return materials by name, in the order of the item's list."""
    wanted = frozenset(keys)
    listed = [one for one in _all(item) if one.key in wanted]
    rest = sorted(wanted - {one.key for one in listed})
    zh = "、".join([*(f"《{one.name.zh}》" for one in listed), *(f"《{key}》" for key in rest)])
    return Phrase(zh, ", ".join([*(one.name.en for one in listed), *rest]))


def _all(item: ItemFacts | None) -> tuple[Material, ...]:
    return item.materials if item else ()
