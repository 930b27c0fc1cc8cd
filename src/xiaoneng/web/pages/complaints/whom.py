"""Whom a complaint is about, found without a script: a place, words of a name, then posts of the public roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from xiaoneng.web.asking import Choice
from xiaoneng.web.complaint_choices import holders
from xiaoneng.web.places import Places

FOUND = 20
"""Agencies shown for what was typed; whoever sees more narrows the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """What can be picked now: agencies that were found or picked before, and who holds which post in the picked ones."""

    agencies: tuple[Choice, ...]
    people: tuple[Choice, ...]
    more: bool = False

    def codes(self) -> frozenset[str]:
        """Return the agencies that can be picked."""
        return frozenset(one.value for one in self.agencies)

    def persons(self) -> frozenset[int]:
        """Return the persons that can be picked."""
        return frozenset(int(one.value) for one in self.people)


def whom(
    city: Places,
    *,
    division: str,
    words: str,
    agencies: Sequence[str],
    people: Sequence[str],
    now: datetime,
) -> Whom:
    """Return what can be picked: `agencies` and `people` are what was picked so far."""
    picked = [code for code in agencies if code in city.agencies]
    found = _found(city, division=division, words=words) if division or words else []
    shown = dict.fromkeys((*picked, *found[:FOUND]))
    return Whom(
        agencies=tuple(_agency(city, code, chosen=code in picked) for code in shown),
        people=tuple(_people(picked, frozenset(people), now=now)),
        more=len(found) > FOUND,
    )


def _found(city: Places, *, division: str, words: str) -> list[str]:
    """Return the agencies of a place whose name, place or functions hold every word typed."""
    wanted, searched = words.lower().split(), city.searched()
    found = []
    for one in city.within(division):
        text = f"{searched[one.code]} {one.functions.zh} {one.functions.en}".lower()
        if all(word in text for word in wanted):
            found.append(one.code)
    return found


def _agency(city: Places, code: str, *, chosen: bool) -> Choice:
    one = city.agencies[code]
    return Choice(value=code, words=one.name, hint=city.division(one.division), chosen=chosen)


def _people(agencies: Sequence[str], picked: frozenset[str], *, now: datetime) -> Iterator[Choice]:
    for one in holders(agencies, now=now):
        yield replace(one, chosen=one.value in picked)
