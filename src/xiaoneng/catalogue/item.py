"""A service item (政务服务事项) as one edition of its facts: limits, basis, materials, promise; knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.limits import Limit, Unit

DAYS_IN = {Unit.WORKING_DAYS: 1.4, Unit.CALENDAR_DAYS: 1.0, Unit.MONTHS: 30.0, Unit.OFFICE_HOURS: 0.175}
"""Calendar days that one unit takes at the least favourable, to compare a promise with a statute across units."""


class Trait(StrEnum):
    """What opens or closes moves of a matter of this item."""

    INSTANT = "instant"  # 即办件
    EXAMINED = "examined"  # substance is examined: two officers
    FROM_RECEIPT = "from_receipt"  # the statute counts from receipt, not from acceptance
    HEARING = "hearing"  # others have a major interest: they are told of a hearing


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One thing the applicant brings."""

    key: str
    name: Phrase
    required: bool = True
    conditional: bool = False  # 容缺: may follow within a term
    copies: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One edition of an item: what a matter opened under it keeps for good."""

    code: str
    edition: int
    name: Phrase
    agency: str
    in_force: date
    statutory: Limit
    basis: Citation
    promised: Limit | None = None
    extension: Limit | None = None
    extension_by: str = "head"
    extension_basis: Citation | None = None
    traits: frozenset[str] = frozenset()
    materials: tuple[Material, ...] = ()
    special: tuple[Phrase, ...] = ()
    conditions: Phrase = Phrase("", "")
    fee: Phrase = Phrase("不收费", "No fee")
    result: Phrase = Phrase("", "")
    place: Phrase = Phrase("", "")
    hours: str = ""
    phone: str = ""
    major_interest: bool = False
    counted: str = ""
    note: Phrase = Phrase("", "")
    promise_is_default: bool = False

    def material(self, key: str) -> Material | None:
        """Return the material with this key, or None."""
        return next((one for one in self.materials if one.key == key), None)

    def required(self) -> tuple[Material, ...]:
        """Return what must be there before acceptance."""
        return tuple(one for one in self.materials if one.required and not one.conditional)


def longer(one: Limit, other: Limit) -> bool:
    """Tell whether `one` may end later than `other`; units are compared at the least favourable."""
    if one.unit is other.unit:
        return one.count > other.count
    return one.count * DAYS_IN[one.unit] > other.count * DAYS_IN[other.unit]


def edition_flaws(
    new: ItemFacts, *, old: ItemFacts | None = None, approved: bool = False
) -> Iterator[Phrase]:
    """Yield what forbids saving an edition: a promise beyond the statute, a promise lengthened without approval."""
    if new.promised is not None and longer(new.promised, new.statutory):
        yield Phrase("承诺时限不得长于法定时限", "The promised limit may not exceed the statutory limit")
    if not new.basis.instrument:
        yield Phrase("法定时限须注明依据", "The statutory limit needs its legal basis")
    keys = [material.key for material in new.materials]
    if len(keys) != len(set(keys)):
        yield Phrase("材料编号重复", "Material keys repeat")
    if old is not None and not approved and _lengthened(new, old):
        yield Phrase("延长承诺时限须经批准", "Lengthening a promise needs approval")


def _lengthened(new: ItemFacts, old: ItemFacts) -> bool:
    return longer(new.promised or new.statutory, old.promised or old.statutory)


def compression(item: ItemFacts) -> float:
    """Return how much shorter the promise is than the statute, 0 to 1 (承诺压缩比)."""
    if item.promised is None or item.statutory.count == 0:
        return 0.0
    share = (
        item.promised.count
        * DAYS_IN[item.promised.unit]
        / (item.statutory.count * DAYS_IN[item.statutory.unit])
    )
    return max(0.0, 1 - share)
