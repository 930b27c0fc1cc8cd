"""What must hold between the parts of a city: references, unique codes, promises within statutes, law that resolves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from xiaoneng.catalogue.item import longer
from xiaoneng.cli.city.shape import AgencyPlan, CaseKind, City, Counted, Level, ServiceItem
from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.law.register import resolve
from xiaoneng.worktime.limits import Unit

CHINESE = re.compile(r"[\u3400-\u9fff]")
UNITS = {
    Counted.EXPLICIT: {Unit.WORKING_DAYS},
    Counted.LICENCE: {Unit.WORKING_DAYS},
    Counted.INSTANT: {Unit.WORKING_DAYS},
    Counted.CALENDAR: {Unit.CALENDAR_DAYS},
    Counted.MONTHS: {Unit.MONTHS},
}


def flaws_of(city: City) -> Iterator[str]:
    """Yield every flaw in words that name the place."""
    yield from _repeated("divisions", (one.code for one in city.divisions))
    yield from _repeated("agencies", (one.function for one in city.agencies))
    yield from _repeated("posts", (one.key for one in city.posts))
    yield from _repeated("items", (one.code for one in city.items))
    yield from _structure(city)
    agencies = {one.function: one for one in city.agencies}
    for item in city.items:
        for flaw in _item(item, agencies.get(item.function)):
            yield f"items: {item.code}: {flaw}"
    for where, phrase in _phrases(city):
        if not phrase.zh or not phrase.en or CHINESE.search(phrase.en):
            yield f"{where}: Chinese or English is missing or mixed: {phrase!r}"


def _repeated(where: str, keys: Iterable[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{where}: {key!r} stands {times} times"


def _structure(city: City) -> Iterator[str]:
    codes = {one.code for one in city.divisions}
    posts = {one.key for one in city.posts}
    roots = [one.code for one in city.divisions if not one.superior]
    if len(roots) != 1:
        yield f"divisions: exactly one has no superior, not {len(roots)}"
    for division in city.divisions:
        if division.superior and division.superior not in codes:
            yield f"divisions: {division.code}: no superior {division.superior!r}"
    for post in city.posts:
        if post.superior and post.superior not in posts:
            yield f"posts: {post.key}: no superior {post.superior!r}"


def _item(item: ServiceItem, agency: AgencyPlan | None) -> Iterator[str]:
    if agency is None:
        yield f"no agency {item.function!r}"
    elif item.level is not Level.CITY and agency.county is None:
        yield f"handled in counties, but {item.function!r} has no county counterpart"
    if longer(item.promised, item.statutory):
        yield "the promise is longer than the statute"
    if item.statutory.unit not in UNITS[item.counted]:
        yield f"counted {item.counted} does not go with {item.statutory.unit}"
    if item.kind is CaseKind.INSTANT and item.promised.count:
        yield "an instant item is promised for the same day"
    if not item.materials:
        yield "no materials"
    for citation in citations(item):
        yield from _citation(citation)


def _citation(citation: Citation) -> Iterator[str]:
    if resolve(citation) is None:
        yield f"{citation} is not in the law register"
    if citation.certainty is Certainty.READ and not citation.article:
        yield f"{citation} is called read, but names no article"


def citations(item: ServiceItem) -> Iterator[Citation]:
    """Yield every citation of `item`, its limit's first."""
    yield item.basis
    yield from item.authority
    yield from (special.basis for special in item.special)
    if item.extension:
        yield item.extension.basis
    if item.materials_basis:
        yield item.materials_basis
    if item.fee:
        yield item.fee.basis


def _phrases(city: City) -> Iterator[tuple[str, Phrase]]:
    yield from ((f"divisions: {one.code}", one.name) for one in city.divisions)
    for agency in city.agencies:
        for phrase in (agency.name, agency.functions, agency.county, agency.district):
            if phrase:
                yield f"agencies: {agency.function}", phrase
    for post in city.posts:
        yield from ((f"posts: {post.key}", phrase) for phrase in (post.name, post.duties))
    yield from ((f"materials: {one.key}", one.name) for one in city.materials.values())
    for item in city.items:
        named = (item.name, item.conditions, item.result, *(one.name for one in item.special))
        yield from ((f"items: {item.code}", phrase) for phrase in named)
        if item.note:
            yield f"items: {item.code}", item.note
