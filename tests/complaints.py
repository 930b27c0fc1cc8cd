"""Complaint centres for tests: a city with its centre and leading group, a county with its centre, a bureau in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.duty import put
from tests.office import at
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Manner
from xiaoneng.organisation.capacity import CITIZEN, Capacity, Duty
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.queries import capacities_of, seats

CITY, COUNTY = "330200", "330203"
CITY_CENTRE, COUNTY_CENTRE, LEADING = "330200-TS", "330203-TS", "330200-XN"
CITY_BUREAU, COUNTY_BUREAU = "330200-GS", "330203-GS"
CENTRE = (Duty.COMPLAINTS, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)
OFFICES = {
    CITY_CENTRE: ("市投诉中心", CITY, CENTRE),
    COUNTY_CENTRE: ("区投诉中心", COUNTY, CENTRE),
    LEADING: ("市效能办", CITY, (Duty.SUPERVISE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)),
    CITY_BUREAU: ("市商务局", CITY, (Duty.WINDOW, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)),
    COUNTY_BUREAU: ("区商务局", COUNTY, (Duty.WINDOW, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)),
}
LONG_AGO = at("2020-01-01 00:00")


@dataclass
class Offices:
    people: dict[str, int] = field(default_factory=dict)

    def who(self, post: str, *, when: str | datetime) -> Capacity:
        """Return who acts in a post, `330200-TS-complaints`."""
        moment = at(when) if isinstance(when, str) else when
        found = seats([post])[post].acting(at=moment)
        assert found is not None, post
        return found

    def capacities(self, name: str, *, when: str) -> tuple[Capacity, ...]:
        """Return the capacities of a person by key, `330200-TS-complaints-A`."""
        return capacities_of(self.people[name], at=at(when))


def found_centres(*, only: tuple[str, ...] = tuple(OFFICES)) -> Offices:
    """Found the offices, each post held by an A and a B since 2020."""
    city, _ = Division.objects.get_or_create(code=CITY, defaults={"zh": "宁波市", "en": "Ningbo"})
    Division.objects.get_or_create(code=COUNTY, defaults={"zh": "海曙区", "en": "Haishu", "superior": city})
    made = Offices()
    for code in only:
        zh, division, duties = OFFICES[code]
        Agency.objects.create(code=code, zh=zh, en=code, short=zh, division_id=division)
        for duty in duties:
            post = f"{code}-{duty}"
            Post.objects.create(code=post, agency_id=code, zh=duty.phrase.zh, en=duty.phrase.en, duty=duty)
            for standing in ("A", "B"):
                made.people[f"{post}-{standing}"] = hold(post, standing, f"{zh}{duty.phrase.zh}{standing}")
    return made


def hold(post: str, standing: str, name: str, *, person: int = 0) -> int:
    """Let somebody hold a post, a new person unless one is named."""
    held = person or Person.objects.create(name=f"{name}（虚构）", invented=True).pk
    Incumbency.objects.create(post_id=post, person_id=held, standing=standing, active_from=LONG_AGO)
    return held


def complaint(*, when: str = "2026-03-02 09:00", by: Capacity = CITIZEN, **fields: Any) -> ComplaintMade:
    """Return an anonymous complaint on line, unless told otherwise."""
    usual: dict[str, Any] = {
        "manner": Manner.ANONYMOUS,
        "text": "窗口说系统坏了，让我改天再来",
        "about_words": "窗口",
    }
    if by.official:
        usual["channel"] = ComplaintChannel.PHONE
    return ComplaintMade(at=at(when), by=by, **{**usual, **fields})


def complain(**told: Any) -> Receipt:
    """File a complaint and return its receipt."""
    act = complaint(**told)
    return file_complaint(act, now=act.at)


__all__ = ["complain", "complaint", "found_centres", "hold", "put"]
