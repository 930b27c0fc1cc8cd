"""Grave cases and their exposure for tests: an office, the effectiveness office with its reviewer and publisher."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.duty import WATCH, by_duty, dereliction, found_offices, put
from tests.office import Office, at
from xiaoneng.desk import duty, recording
from xiaoneng.desk.exposing import propose_exposure
from xiaoneng.matters.acts import Act
from xiaoneng.matters.vocabulary.discipline import (
    DefenceHeard,
    FactsPut,
    InvestigatorsNamed,
    Measure,
    MeasureDecided,
    MeasureServed,
    Severity,
)
from xiaoneng.matters.vocabulary.exposure import (
    Exposed,
    ExposureDecided,
    ExposureProposed,
    LegalityReviewed,
    ReplyGiven,
    ReplyInvited,
)
from xiaoneng.openness import actions
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Incumbency, Person, Post
from xiaoneng.organisation.queries import seats

EXTRA = (Duty.LEGALITY, Duty.PUBLISH)


def found_publishers() -> Office:
    """Found the usual offices, the effectiveness office with posts for review and publication."""
    office = found_offices()
    office.people.update(found_reviewer_and_publisher(WATCH))
    return office


def found_reviewer_and_publisher(agency: str) -> dict[str, int]:
    """Found the posts for review and publication of an effectiveness office; return who holds them."""
    people: dict[str, int] = {}
    for one in EXTRA:
        post = Post.objects.create(
            code=f"{agency}-{one}", agency_id=agency, zh=one.phrase.zh, en=one.phrase.en, duty=one
        )
        for standing in (Standing.PRIMARY, Standing.COVER):
            person = Person.objects.create(name=f"{one.phrase.zh}{standing.value}（虚构）", invented=True)
            people[f"{one}-{standing}"] = person.pk
            Incumbency.objects.create(
                post=post, person=person, standing=standing, active_from=at("2020-01-01 00:00")
            )
    return people


def watcher(what: Duty, when: str) -> Capacity:
    """Return who acts in a post of the effectiveness office."""
    post = f"{WATCH}-{what}"
    found = seats([post])[post].acting(at=at(when))
    assert found is not None
    return found


def grave_case(office: Office, **decided: Any) -> str:
    """Decide and serve a serious dereliction of the handler on 10 March 2026; return its number."""
    number = duty.register_dereliction(
        dereliction(office, when="2026-03-02 09:00"), now=at("2026-03-02 09:00")
    ).number
    people = office.people
    head, personnel = (by_duty(office, one, "2026-03-02 09:00") for one in (Duty.HEAD, Duty.PERSONNEL))
    put(
        InvestigatorsNamed,
        number=number,
        when="2026-03-02 10:00",
        by=head,
        investigators=(people["window-A"], people["review-A"]),
    )
    put(
        FactsPut,
        number=number,
        when="2026-03-03 09:00",
        by=personnel,
        facts="三次拒收材料",
        proposed=Measure.OFF_POST_TRAINING,
    )
    put(DefenceHeard, number=number, when="2026-03-05 09:00", by=personnel, defence="无异议")
    usual = {
        "measure": Measure.OFF_POST_TRAINING,
        "severity": Severity.SERIOUS,
        "liability": "本人负直接责任",
        "reasons": "事实清楚",
        "legal_basis": "浙江省影响机关工作效能行为责任追究办法第六条",
    }
    put(MeasureDecided, number=number, when="2026-03-10 09:00", by=head, **(usual | decided))
    put(MeasureServed, number=number, when="2026-03-11 09:00", by=personnel)
    return number


def proposal(reference: str, *, when: str = "2026-03-12 09:00", **fields: Any) -> ExposureProposed:
    """Return the proposal to expose a case, by the supervisor of the effectiveness office."""
    usual: dict[str, Any] = {
        "reference": reference,
        "title_zh": "测试局窗口三次拒收材料",
        "title_en": "Test Bureau's window turned papers away three times",
        "text_zh": "2026年2月，测试局窗口三次拒收符合要求的材料，已作出离岗培训处理。",
        "text_en": "In February 2026 the window of the Test Bureau turned away sound papers three times.",
        "gravity": "情节严重，影响恶劣",
    }
    return ExposureProposed(at=at(when), by=watcher(Duty.SUPERVISE, when), **(usual | fields))


def propose(reference: str, *, when: str = "2026-03-12 09:00", **fields: Any) -> str:
    """Propose to expose a case; return the number of the exposure."""
    return propose_exposure(proposal(reference, when=when, **fields), now=at(when)).number


def do(act: type[Act], *, number: str, when: str, by: Capacity, **fields: Any) -> recording.Receipt:
    """Record an act as pages do, with what it publishes."""
    recording.lapse(number, now=at(when))
    seen = len(recording.read(number).acts)
    return actions.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))


def expose(office: Office, reference: str, *, until: date = date(2026, 9, 16), published: bool = True) -> str:
    """Take a case from its proposal on 12 March to the public page on 16 March 2026, or to the decision before it."""
    number = propose(reference)
    ticks = dict.fromkeys(("proven", "secrecy", "privacy", "complainant", "passed"), True)
    do(
        LegalityReviewed,
        number=number,
        when="2026-03-12 14:00",
        by=watcher(Duty.LEGALITY, "2026-03-12 14:00"),
        reasons="符合公开条件",
        **ticks,
    )
    do(
        ReplyInvited,
        number=number,
        when="2026-03-12 15:00",
        by=watcher(Duty.SUPERVISE, "2026-03-12 15:00"),
        note="已送达，二十四小时内可以答辩",
    )
    do(
        ReplyGiven,
        number=number,
        when="2026-03-13 09:00",
        by=by_duty(office, Duty.HEAD, "2026-03-13 09:00"),
        reply="已增设窗口并公开道歉。",
    )
    do(
        ExposureDecided,
        number=number,
        when="2026-03-13 15:00",
        by=watcher(Duty.HEAD, "2026-03-13 15:00"),
        publish=True,
        reasons="事实清楚，答辩意见一并公开",
    )
    if published:
        when = "2026-03-16 09:00"
        do(Exposed, number=number, when=when, by=watcher(Duty.PUBLISH, when), until=until)
    return number
