"""Two levels of complaint centres for tests, the leading group's office above, and a county office complained of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.office import Office, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.duty import register_dereliction
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.acts import Act
from xiaoneng.matters.roles import acting_posts
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.matters.vocabulary.discipline import (
    DefenceHeard,
    DerelictionRegistered,
    FactsPut,
    InvestigatorsNamed,
    Measure,
    MeasureDecided,
    MeasureServed,
    Severity,
    Source,
)
from xiaoneng.organisation.capacity import CITIZEN, Duty, Standing
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.queries import holds_of

CITY, COUNTY = "330200", "330203"
CITY_CENTRE, COUNTY_CENTRE = "330200-ts", "330203-ts"
GROUP = "330200-xn"
COUNTY_OFFICE = "330203-zj"
CENTRE_DUTIES = (Duty.COMPLAINTS, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)
GROUP_DUTIES = (Duty.SUPERVISE, Duty.OVERSEE, Duty.HEAD, Duty.PERSONNEL)


@dataclass(frozen=True)
class Centres:
    """Who sits where: log-in names are `<place>-<duty>-<standing>`."""

    people: dict[str, int]

    def person(self, name: str) -> int:
        return self.people[name]


def found_centres() -> Centres:
    """Found both centres, the leading group's office and a county office that people complain about."""
    city, _ = Division.objects.get_or_create(code=CITY, defaults={"zh": "宁波市", "en": "Ningbo"})
    Division.objects.get_or_create(
        code=COUNTY, defaults={"zh": "海曙区", "en": "Haishu District", "superior": city}
    )
    people: dict[str, int] = {}
    for code, place, zh, en, duties in (
        (CITY_CENTRE, "city", "市机关效能投诉中心", "City Complaint Centre", CENTRE_DUTIES),
        (COUNTY_CENTRE, "county", "海曙区机关效能投诉中心", "Haishu Complaint Centre", CENTRE_DUTIES),
        (GROUP, "group", "市效能建设领导小组办公室", "City Effectiveness Office", GROUP_DUTIES),
    ):
        people |= _found(code, place, zh, en, duties)
    office = found_office(COUNTY_OFFICE)
    Agency.objects.filter(pk=COUNTY_OFFICE).update(
        zh="海曙区住房和建设局", en="Haishu Housing Bureau", short="住建局", division_id=COUNTY
    )
    people |= {f"bureau-{name}": key for name, key in office.people.items()}
    return Centres(people=people)


def _found(code: str, place: str, zh: str, en: str, duties: tuple[Duty, ...]) -> dict[str, int]:
    Agency.objects.create(code=code, zh=zh, en=en, short=zh, division_id=code[:6])
    people: dict[str, int] = {}
    for duty in duties:
        post = Post.objects.create(
            code=f"{code}-{duty}", agency_id=code, zh=f"{duty.phrase.zh}岗", en=duty.phrase.en, duty=duty
        )
        for standing in (Standing.PRIMARY, Standing.COVER):
            name = f"{place}-{duty}-{standing.value}"
            person = Person.objects.create(
                name=f"{zh[:2]}{duty.phrase.zh}{standing.value}（虚构）", invented=True
            )
            people[name] = person.pk
            Incumbency.objects.create(
                post=post, person=person, standing=standing, active_from=at("2020-01-01 00:00")
            )
    return people


def complain(*, when: str, **said: Any) -> Receipt:
    """Complain on line about the county's bureau, without a name unless one is said."""
    usual: dict[str, Any] = {
        "by": CITIZEN,
        "manner": Manner.ANONYMOUS,
        "agencies": (COUNTY_OFFICE,),
        "text": "三次到窗口交材料，三次都说系统坏了，让下周再来。",
    }
    return file_complaint(ComplaintMade(at=at(when), **{**usual, **said}), now=at(when))


def does(act: type[Act], number: str, *, by: int, when: str, **said: Any) -> Receipt:
    """Record an act on a complaint in whatever post its author may do it."""
    recording.lapse(number, now=at(when))
    dossier = recording.read(number)
    acting = acting_posts(dossier, by, at=at(when)) if by else (CITIZEN,)
    return recording.record(
        act(at=at(when), by=acting[0], **said), number=number, seen=len(dossier.acts), now=at(when)
    )


def register(centres: Centres, *, person: str, reference: str, when: str) -> str:
    """Register the dereliction of whom a complaint proved it; return the number of the case."""
    (by,) = holds_of(centres.person("group-supervise-A"), at=at(when))
    act = DerelictionRegistered(
        at=at(when),
        by=by,
        source=Source.COMPLAINT,
        reference=reference,
        person=centres.person(person),
        facts="三次不收件，不出具一次性告知单",
    )
    return register_dereliction(act, now=at(when)).number


def admonish(centres: Centres, case: str) -> None:
    """Carry a case to an oral efficiency admonition: investigators, facts put, defence, decision, service."""
    pair = (centres.person("group-oversee-A"), centres.person("city-review-A"))
    head, personnel = centres.person("group-head-A"), centres.person("bureau-personnel-A")
    subject = centres.person("bureau-head-A")
    _on(case, InvestigatorsNamed, head, "2026-03-18 15:00", investigators=pair)
    _on(case, FactsPut, personnel, "2026-03-19 09:00", facts="三次不收件", proposed=Measure.ORAL_WARNING)
    _on(case, DefenceHeard, subject, "2026-03-20 09:00", defence="当日外出开会，未交代代签。")
    _on(
        case,
        MeasureDecided,
        head,
        "2026-03-23 09:00",
        measure=Measure.ORAL_WARNING,
        severity=Severity.LIGHT,
        liability="负责人负领导责任",
        reasons="三次不收件属实，情节轻微，已改正",
        legal_basis="浙江省影响机关工作效能行为责任追究办法",
    )
    _on(case, MeasureServed, personnel, "2026-03-24 09:00")


def _on(case: str, act: type[Act], by: int, when: str, **said: Any) -> None:
    recording.lapse(case, now=at(when))
    acting = holds_of(by, at=at(when))[0]
    seen = len(recording.read(case).acts)
    recording.record(act(at=at(when), by=acting, **said), number=case, seen=seen, now=at(when))


__all__ = [
    "CITY_CENTRE",
    "COUNTY_CENTRE",
    "COUNTY_OFFICE",
    "GROUP",
    "Centres",
    "Office",
    "complain",
    "does",
    "found_centres",
]
