"""The city spelt out: each division's agencies, posts with invented holders, and items; knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiaoneng.cli.city.people import Invented, unlike
from xiaoneng.cli.city.shape import AgencyPlan, City, Division, Level, PostTemplate, ServiceItem
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An agency of one division; `code` is division-function (330203-jy)."""

    code: str
    name: Phrase
    plan: AgencyPlan
    division: Division

    @property
    def level(self) -> Level:
        """Return city or county."""
        return Level.COUNTY if self.division.superior else Level.CITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A post of an office with its two invented holders; `code` is agency-key (330203-jy-window)."""

    code: str
    office: str
    template: PostTemplate
    superior: str
    primary: Invented
    cover: Invented

    @property
    def duty(self) -> Duty:
        """Return what procedures resolve the post by."""
        return self.template.duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An item as one office offers it; `code` is agency-item (330203-jy-teacher)."""

    code: str
    office: str
    item: ServiceItem
    window: Phrase
    hours: str
    phone: str


def offices(city: City) -> Iterator[Office]:
    """Yield the city's agencies, then the counterparts in each county."""
    for division in city.divisions:
        for plan in city.agencies:
            name = _name(plan, division)
            if name:
                yield Office(code=f"{division.code}-{plan.function}", name=name, plan=plan, division=division)


def places(city: City) -> Iterator[Place]:
    """Yield every post of every office with A and B, two people of the same office."""
    for office in offices(city):
        templates = [one for one in city.posts if _has(office, one)]
        keys = {one.key for one in templates}
        taken: set[str] = set()
        for template in templates:
            code = f"{office.code}-{template.key}"
            superior = f"{office.code}-{template.superior}" if template.superior in keys else ""
            yield Place(
                code=code,
                office=office.code,
                template=template,
                superior=superior,
                primary=unlike(taken, place=f"{code}/A"),
                cover=unlike(taken, place=f"{code}/B"),
            )


def offered(city: City) -> Iterator[Offered]:
    """Yield every item at every office that handles it."""
    for office in offices(city):
        for item in city.items:
            if item.function == office.plan.function and item.level in {office.level, Level.BOTH}:
                yield Offered(
                    code=f"{office.code}-{item.code.partition('-')[2]}",
                    office=office.code,
                    item=item,
                    window=_window(city, office),
                    hours=city.hall.hours,
                    phone=city.hall.phone,
                )


def _name(plan: AgencyPlan, division: Division) -> Phrase | None:
    if not division.superior:
        return plan.name
    pattern = plan.district if plan.district and division.district else plan.county
    return pattern and Phrase(_filled(pattern.zh, division), _filled(pattern.en, division))


def _filled(pattern: str, division: Division) -> str:
    return pattern.format(zh=division.name.zh, stem=division.stem, en=division.name.en)


def _window(city: City, office: Office) -> Phrase:
    division, place = office.division.name, city.hall.place
    return Phrase(
        place.zh.format(zh=division.zh, short=office.plan.short),
        place.en.format(en=division.en, agency_en=office.name.en),
    )


def _has(office: Office, post: PostTemplate) -> bool:
    return (
        office.level in post.levels
        and (not post.kinds or office.plan.kind in post.kinds)
        and (not post.functions or office.plan.function in post.functions)
    )
