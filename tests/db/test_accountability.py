"""Accountability on the record: every source, effects that end by the sweep, leaders once, a record for whom it is."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, connections

from tests.duty import WATCH, by_duty, dereliction, found_offices, held, put
from tests.office import AGENCY, Office, add_item, apply, at
from xiaoneng.accountability import access, actions, leaders
from xiaoneng.accountability.ladder import Grade
from xiaoneng.accountability.leaders import Cause
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.cli.accountability import accountability as command
from xiaoneng.cli.work import Shift
from xiaoneng.desk import duty, recording
from xiaoneng.law.defaults import adopt
from xiaoneng.matters.access import NotFound
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.bans import Ban, BanBreachFound, Signing
from xiaoneng.matters.vocabulary.discipline import (
    AppealDecided,
    AppealMade,
    Circulated,
    DefenceHeard,
    FactsPut,
    InvestigatorsNamed,
    Measure,
    MeasureDecided,
    MeasureServed,
    Severity,
    Source,
)
from xiaoneng.matters.vocabulary.measures import Decider, Sanction
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded, TransferredOut
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Kinship
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep
from xiaoneng.worktime.days import local_day

pytestmark = pytest.mark.django_db
DAY = "2026-03-02 09:00"


@pytest.fixture
def office() -> Office:
    return found_offices()


def card(number: str, *, level: str = "red", when: str = "2026-02-27 09:00", agency: str = AGENCY) -> Card:
    """File a card on some matter of the office, as the sweep would."""
    matter = Matter.objects.first() or Matter.objects.get(
        number=apply(item=add_item(), when=at("2026-01-05 09:00")).number
    )
    return Card.objects.create(
        number=number,
        matter=matter,
        key=number,
        level=level,
        cause="statute",
        rule="time_limit",
        rule_set="recommended",
        rule_set_edition=1,
        instrument="行政许可法",
        article="第四十二条",
        since=at(when),
        raised_at=at(when),
        told=True,
        agency=agency,
        division="330200",
        zh="超期",
        en="Overdue",
    )


def breach(office: Office, *, when: str, at_: str, person: str = "handle-A") -> BanBreachFound:
    """Return a breach of the lunch ban, found by the supervisor."""
    return BanBreachFound(
        at=at(when),
        by=held(office.people["supervise-A"], when=at(when)),
        kind=Ban.LUNCH_ALCOHOL,
        person=office.people[person],
        happened_at=at(at_),
        place="某餐馆",
        witnesses=("见证人一（虚构）", "见证人二（虚构）"),
        signing=Signing.REFUSED,
        facts="午间饮酒，拒绝签字",
    )


def through(office: Office, number: str, *, start: str, **measure: Any) -> None:
    """Take a matter about the handler from its investigators to the service of a measure, a day a step."""
    day = datetime.fromisoformat(start)

    def on(hour: int) -> str:
        return day.replace(hour=hour).isoformat(sep=" ", timespec="minutes")

    head, officer = by_duty(office, Duty.HEAD, on(9)), by_duty(office, Duty.PERSONNEL, on(9))
    who = (office.people["review-A"], office.people["window-A"])
    put(InvestigatorsNamed, number=number, when=on(9), by=head, investigators=who)
    put(FactsPut, number=number, when=on(10), by=officer, facts="属实")
    subject = held(office.people["handle-A"], when=at(on(10)))
    put(DefenceHeard, number=number, when=on(11), by=subject, defence="认可")
    said = {"liability": "直接责任", "reasons": "属实", "legal_basis": "责任追究办法", **measure}
    put(MeasureDecided, number=number, when=on(14), by=head, **said)
    put(MeasureServed, number=number, when=on(15), by=officer)


ORAL = {"measure": Measure.ORAL_WARNING, "severity": Severity.LIGHT}
WRITTEN = {
    "measure": Measure.WRITTEN_WARNING,
    "severity": Severity.HEAVIER,
    "effective_until": date(2026, 6, 6),
}


def test_a_red_card_that_stands_on_record_opens_and_a_yellow_one_or_none_does_not(office: Office) -> None:
    card("HP2026-0000001-1")
    card("HP2026-0000002-2", level="yellow")
    for reference in ("HP2026-0000002-2", "HP2026-0000009-9"):
        with pytest.raises(recording.ActRefused, match="查无"):
            duty.register_dereliction(
                dereliction(office, when=DAY, source=Source.RED_CARD, reference=reference), now=at(DAY)
            )
    act = dereliction(office, when=DAY, source=Source.RED_CARD, reference="HP2026-0000001-1")
    assert duty.register_dereliction(act, now=at(DAY)).number


def happened(number: str, *, verb: str, body: str) -> None:
    """Put an act of another procedure on a matter's record, as its own branch of the office would."""
    row = ActRecord.objects.filter(matter__number=number).latest("sequence")
    row.pk, row.sequence, row.verb, row.body = None, row.sequence + 1, verb, body
    row.act_hash = sha256(f"{number}{verb}{body}".encode()).digest()
    row.save()


@pytest.mark.parametrize(
    ("source", "procedure", "verb", "unproven", "proven"),
    [
        (
            Source.COMPLAINT,
            "complaint",
            "allegation-found",
            '{"finding":"not"}',
            '{"finding":"substantiated"}',
        ),
        (Source.INSPECTION, "inspection", "finding-recorded", "", "{}"),
        (Source.CONSEQUENCE, "discipline", "measure-decided", "", "{}"),
    ],
)
def test_each_source_names_a_matter_of_its_kind_in_which_something_was_found(
    office: Office, source: Source, procedure: str, verb: str, unproven: str, proven: str
) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    Matter.objects.filter(number=number).update(procedure=procedure)
    act = dereliction(office, when=DAY, source=source, reference=number, person=office.people["review-A"])
    if unproven:
        happened(number, verb=verb, body=unproven)
    with pytest.raises(recording.ActRefused, match="查无"):
        duty.register_dereliction(act, now=at(DAY))
    happened(number, verb=verb, body=proven)
    Matter.objects.filter(number=number).update(procedure="absence")
    with pytest.raises(recording.ActRefused, match="查无"):
        duty.register_dereliction(act, now=at(DAY))
    Matter.objects.filter(number=number).update(procedure=procedure)
    assert duty.register_dereliction(act, now=at(DAY)).number


@pytest.mark.parametrize("source", [Source.LEADER_ORDER, Source.APPRAISAL])
def test_an_order_or_an_appraisal_names_its_document(office: Office, source: Source) -> None:
    act = dereliction(office, when=DAY, source=source, reference="效能批〔2026〕3 号")
    assert duty.register_dereliction(act, now=at(DAY)).number


def test_a_warning_ends_by_the_sweep_on_the_night_after_its_last_day(office: Office) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    through(office, number, start="2026-03-04 09:00", **WRITTEN)
    officer = by_duty(office, Duty.PERSONNEL, DAY)
    put(Circulated, number=number, when="2026-04-08 09:00", by=officer, scope="本机关", words="书面告诫")
    sweep(now=at("2026-06-06 23:59"))
    assert Matter.objects.get(number=number).stage == "in_effect"
    sweep(now=at("2026-06-07 00:00"))
    row = Matter.objects.get(number=number)
    assert (row.stage, row.is_open, row.closed_at) == ("archived", False, at("2026-06-07 00:00"))
    sweep(now=at("2026-06-08 00:00"))
    assert Matter.objects.get(number=number).acts_seen == row.acts_seen


def test_the_second_breach_in_twelve_months_goes_a_step_up_and_a_revoked_one_does_not_count(
    office: Office,
) -> None:
    first = duty.register_dereliction(
        breach(office, when="2025-11-04 09:00", at_="2025-11-03 12:30"), now=at("2025-11-04 09:00")
    ).number
    through(office, first, start="2025-11-05 09:00", **ORAL)
    second = duty.register_dereliction(breach(office, when=DAY, at_="2026-02-27 12:30"), now=at(DAY)).number
    with pytest.raises(recording.ActRefused, match="第 2 次，应为通报批评"):
        through(office, second, start="2026-03-03 09:00", **ORAL)
    head = by_duty(office, Duty.HEAD, DAY)
    subject = held(office.people["handle-A"], when=at(DAY))
    third = duty.register_dereliction(
        breach(office, when="2026-03-04 09:00", at_="2026-03-03 12:30"), now=at("2026-03-04 09:00")
    ).number
    assert third
    circulated = {"measure": Measure.CIRCULATED, "severity": Severity.HEAVIER}
    facts = {"liability": "直接责任", "reasons": "再次饮酒", "legal_basis": "四条禁令"}
    put(MeasureDecided, number=second, when="2026-03-04 10:00", by=head, **circulated, **facts)
    officer = by_duty(office, Duty.PERSONNEL, DAY)
    put(MeasureServed, number=second, when="2026-03-04 11:00", by=officer)
    put(AppealMade, number=second, when="2026-03-05 09:00", by=subject, grounds="不属实")
    watch = held(office.people["supervise-A"], when=at(DAY))
    revoked = {"measure": Measure.CIRCULATED, "revoked": True, "reasons": "证据不足"}
    put(AppealDecided, number=second, when="2026-03-06 09:00", by=watch, **revoked)
    with pytest.raises(recording.ActRefused, match="第 2 次，应为通报批评"):
        through(office, third, start="2026-03-09 09:00", **ORAL)


def test_the_same_breach_is_registered_once(office: Office) -> None:
    act = breach(office, when=DAY, at_="2026-02-27 12:30")
    number = duty.register_dereliction(act, now=at(DAY)).number
    with pytest.raises(recording.ActRefused, match=number):
        duty.register_dereliction(act, now=at(DAY))


def weak_by_cards(count: int = 5) -> None:
    for serial in range(count):
        card(f"HP2026-000000{serial}-0", when="2026-02-27 09:00")


def test_five_red_cards_in_a_quarter_make_an_agency_weak_and_its_leader_answers_once(office: Office) -> None:
    weak_by_cards(4)
    assert leaders.weak(Quarter(2026, 1)) == ()
    card("HP2026-0000008-0", when="2026-03-31 23:59")
    card("HP2026-0000009-0", when="2026-04-01 00:00")
    (weak,) = leaders.due(at("2026-04-01 00:05"))
    assert [(one.cause, one.count) for one in weak.weaknesses] == [(Cause.RED_CARDS, 5)]
    assert weak.open_by == date(2026, 4, 8)  # 清明 4 月 4 日至 6 日放假
    opened = actions.open_leader_cases(now=at("2026-04-01 00:05"))
    (number,) = opened.numbers
    assert actions.open_leader_cases(now=at("2026-04-02 00:05")) == actions.Opened()
    dossier = recording.read(number)
    assert dossier.opening.person == office.people["head-A"]  # type: ignore[attr-defined]
    assert dossier.traits == {"leader"}
    assert dossier.owner_post() == f"{WATCH}-head"
    assert leaders.weak(Quarter(2026, 1))[0].number == number


def test_no_leader_s_matter_while_the_quarter_lasts(office: Office) -> None:
    weak_by_cards()
    assert actions.open_leader_cases(now=at("2026-03-31 23:00")) == actions.Opened()


def test_an_agency_without_a_head_is_told_and_stops_no_other(office: Office) -> None:
    weak_by_cards()
    for serial in range(5):
        card(f"HP2026-000001{serial}-0", agency="330200-NOBODY")
    opened = actions.open_leader_cases(now=at("2026-04-01 09:00"))
    assert len(opened.numbers) == 1
    assert [agency for agency, _ in opened.failed] == ["330200-NOBODY"]


def test_a_serious_consequence_proposes_that_the_leader_answers(office: Office) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    serious = {"measure": Measure.OFF_POST_TRAINING, "severity": Severity.SERIOUS}
    through(office, number, start="2026-03-04 09:00", **serious)
    by = (by_duty(office, Duty.PERSONNEL, DAY),)
    (line,) = access.lines(list(access.derelictions(by)), now=at("2026-03-05 09:00"))
    assert line.answers_above
    assert access.answered_for([number]) == {}
    act = dereliction(
        office,
        when="2026-03-06 09:00",
        source=Source.CONSEQUENCE,
        reference=number,
        person=office.people["head-A"],
        by=held(office.people["supervise-A"], when=at("2026-03-06 09:00")),
    )
    above = duty.register_dereliction(act, now=at("2026-03-06 09:00")).number
    assert access.answered_for([number]) == {number: above}


def test_a_record_counts_warnings_and_proposes_a_grade_with_the_acts_behind_it(office: Office) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    through(office, number, start="2026-03-04 09:00", **WRITTEN)
    me = office.people["handle-A"]
    record = access.person_record(me, by=(), asker=me, now=at("2026-04-01 09:00"))
    assert (record.warnings.year, record.warnings.rolling) == (1, 1)
    assert record.best is Grade.COMPETENT
    (fact,) = record.facts
    assert (fact.number, fact.sequence, fact.binding) == (number, 5, True)
    later = access.person_record(me, by=(), asker=me, now=at("2027-03-05 09:00"))
    assert (later.warnings.year, later.warnings.rolling) == (0, 0)
    assert later.best is Grade.EXCELLENT
    assert later.binding == ()


def test_a_record_is_for_the_person_their_head_personnel_and_supervision(office: Office) -> None:
    me, now = office.people["handle-A"], at("2026-04-01 09:00")

    def sees(capacity: Capacity) -> bool:
        try:
            access.person_record(me, by=(capacity,), asker=capacity.person, now=now)
        except NotFound:
            return False
        return True

    for what in (Duty.HEAD, Duty.PERSONNEL):
        assert sees(by_duty(office, what, DAY))
    assert sees(held(office.people["supervise-A"], when=now))
    for what in (Duty.WINDOW, Duty.REVIEW, Duty.OVERSEE):
        assert not sees(by_duty(office, what, DAY))
    stranger = Capacity(
        person=999,
        post=f"{WATCH}-personnel",
        agency=WATCH,
        division="330200",
        duty=Duty.PERSONNEL,
        standing=Standing.PRIMARY,
    )
    assert not sees(stranger)
    head = by_duty(office, Duty.HEAD, DAY)
    Kinship.objects.create(person_id=min(me, head.person), relative_id=max(me, head.person), declared_at=now)
    assert not sees(head)


def test_two_breaches_decided_in_a_year_cost_the_unit_its_awards(office: Office) -> None:
    by = (held(office.people["supervise-A"], when=at(DAY)),)
    first = duty.register_dereliction(breach(office, when=DAY, at_="2026-02-27 12:30"), now=at(DAY)).number
    through(office, first, start="2026-03-03 09:00", **ORAL)
    (unit,) = access.units(by, year=2026)
    assert (unit.found, unit.decided, unit.no_awards) == (1, 1, False)
    later = "2026-03-11 09:00"
    second = duty.register_dereliction(
        breach(office, when=later, at_="2026-03-10 12:30"), now=at(later)
    ).number
    circulated = {"measure": Measure.CIRCULATED, "severity": Severity.HEAVIER}
    through(office, second, start="2026-03-12 09:00", **circulated)
    (unit,) = access.units(by, year=2026)
    assert (unit.found, unit.decided, unit.no_awards) == (2, 2, True)
    assert [one.cause for one in leaders.weak(Quarter(2026, 1))[0].weaknesses] == [Cause.BANS]


def test_whoever_comes_second_to_a_weak_agency_opens_nothing(office: Office) -> None:
    weak_by_cards()
    now = at("2026-04-01 09:00")
    (seen_by_both,) = leaders.due(now)
    open_one = actions._opened  # noqa: SLF001 - what each of two workers does with what both have seen
    assert open_one(seen_by_both, now=now)
    assert open_one(seen_by_both, now=now) == ""
    assert Matter.objects.filter(procedure="discipline").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_a_leader_s_matter_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection: two workers at once are tried on PostgreSQL")
    found_offices()
    weak_by_cards()

    def work() -> None:
        try:
            actions.open_leader_cases(now=at("2026-04-01 09:00"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Matter.objects.filter(procedure="discipline").count() == 1


def test_the_command_lists_weak_agencies_and_opens_their_leaders_matters(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    quarter = Quarter.closed_before(local_day(datetime.now(UTC)))
    for serial in range(5):
        card(f"HP2026-000000{serial}-0", when=f"{quarter.since} 09:00")
    assert command(["leaders", "--open", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (weak,) = told["weak"]
    assert told["opened"] == [weak["number"]]
    assert (weak["agency"], weak["causes"]) == (AGENCY, [{"cause": "red_cards", "count": 5, "of": 0}])
    assert command(["list", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert line["number"] == weak["number"]
    assert "（虚构）" not in json.dumps(line, ensure_ascii=False)


def test_the_night_shift_looks_for_weak_agencies_once_a_day(office: Office) -> None:
    weak_by_cards()
    shift = Shift()
    assert shift.leaders(now=at("2026-04-01 00:05")) == 1
    assert shift.leaders(now=at("2026-04-01 00:10")) == 0
    assert shift.leaders_on == date(2026, 4, 1)
    assert shift.leaders(now=at("2026-04-02 00:05")) == 0


@pytest.mark.parametrize(
    ("bans", "red", "late", "causes"),
    [
        (1, 4, (1, 20), []),  # 一次、四张、正好百分之五：都不算
        (2, 0, (0, 0), [Cause.BANS]),
        (0, 5, (0, 0), [Cause.RED_CARDS]),
        (0, 0, (2, 20), [Cause.OVERDUE]),
        (0, 0, (9, 9), []),  # 不足十件不计
        (3, 6, (10, 10), [Cause.BANS, Cause.RED_CARDS, Cause.OVERDUE]),
    ],
)
def test_what_makes_an_agency_weak(bans: int, red: int, late: tuple[int, int], causes: list[Cause]) -> None:
    found = leaders.weaknesses(
        AGENCY, on=date(2026, 3, 31), bans={AGENCY: bans}, red={AGENCY: red}, late={AGENCY: late}
    )
    assert [one.cause for one in found] == causes


def test_a_city_that_asks_after_three_red_cards_from_april_on_asked_after_five_in_march() -> None:
    adopt([{"topic": "weak-red-cards", "value": 3, "from": date(2026, 4, 1)}])
    found = [
        [one.definition.zh for one in leaders.weaknesses(AGENCY, on=day, bans={}, red={AGENCY: 3}, late={})]
        for day in (date(2026, 3, 31), date(2026, 6, 30))
    ]
    adopt([])
    assert found == [[], ["本季度内出的、未撤销的红牌，3 张以上"]]


def test_late_matters_are_counted_from_what_was_closed_in_the_quarter(office: Office) -> None:
    item = add_item()
    for serial in range(10):
        number = apply(item=item, when=at("2026-01-05 09:00")).number
        late = serial == 0
        Matter.objects.filter(number=number).update(
            is_open=False, closed_at=at("2026-02-02 09:00"), closed_late=late
        )
    (weak,) = leaders.weak(Quarter(2026, 1))
    assert [(one.count, one.of) for one in weak.weaknesses] == [(1, 10)]
    assert weak.facts.zh == "2026 年第 1 季度：办结 10 件，超期 1 件（10.0%）"
    assert leaders.weak(Quarter(2026, 2)) == ()


def test_quarters_follow_one_another_and_are_read_as_they_are_written() -> None:
    assert str(Quarter.of(date(2026, 12, 31))) == "2026Q4"
    assert Quarter.closed_before(date(2026, 1, 1)) == Quarter(2025, 4)
    assert Quarter.closed_before(date(2026, 3, 31)) == Quarter(2025, 4)
    assert (Quarter(2026, 4).since, Quarter(2026, 4).until) == (date(2026, 10, 1), date(2027, 1, 1))
    assert Quarter.parse(" 2026q2 ") == Quarter(2026, 2)
    with pytest.raises(ValueError, match="not a quarter"):
        Quarter.parse("2026Q5")


def test_a_sanction_recorded_stands_in_the_record_and_ends_by_the_sweep(office: Office) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    head, officer = by_duty(office, Duty.HEAD, DAY), by_duty(office, Duty.PERSONNEL, DAY)
    who = (office.people["review-A"], office.people["window-A"])
    put(InvestigatorsNamed, number=number, when="2026-03-02 10:00", by=head, investigators=who)
    put(TransferredOut, number=number, when="2026-03-02 11:00", by=head, body="区监委", reason="涉嫌违法")
    assert Matter.objects.get(number=number).is_open
    put(
        SanctionRecorded,
        number=number,
        when="2026-04-20 09:00",
        by=officer,
        sanction=Sanction.WARNING,
        decided_by=Decider.SUPERVISORY,
        body="区监委",
        document="监〔2026〕5 号",
        decided_on=date(2026, 4, 17),
        months=6,
    )
    me = office.people["handle-A"]
    record = access.person_record(me, by=(), asker=me, now=at("2026-05-01 09:00"))
    assert (record.sanction_months, record.best, record.warnings.year) == (6, Grade.COMPETENT, 0)
    sweep(now=at("2026-10-17 23:59"))
    assert Matter.objects.get(number=number).is_open
    sweep(now=at("2026-10-18 00:00"))
    assert Matter.objects.get(number=number).stage == "archived"
    record = access.person_record(me, by=(), asker=me, now=at("2026-10-18 09:00"))
    assert (record.sanction_months, record.best) == (0, Grade.EXCELLENT)


def test_witnesses_stand_apart_from_the_body_that_is_sealed(office: Office) -> None:
    act = breach(office, when=DAY, at_="2026-02-27 12:30")
    number = duty.register_dereliction(act, now=at(DAY)).number
    row = ActRecord.objects.get(matter__number=number)
    assert "见证人" not in row.body
    assert "见证人一（虚构）" in row.particulars.body
    assert recording.read(number).opening == replace(
        act, **{name: getattr(recording.read(number).opening, name) for name in KEPT}
    )


KEPT = ("procedure", "agency", "division", "calendar", "subject", "traits", "terms", "posts")


def test_a_matter_closed_to_a_relative_is_in_no_list_of_theirs(office: Office) -> None:
    number = duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    officer = by_duty(office, Duty.PERSONNEL, DAY)
    assert [one.number for one in access.derelictions((officer,))] == [number]
    me = office.people["handle-A"]
    Kinship.objects.create(
        person_id=min(me, officer.person), relative_id=max(me, officer.person), declared_at=at(DAY)
    )
    assert list(access.derelictions((officer,))) == []
    window = by_duty(office, Duty.WINDOW, DAY)
    assert list(access.derelictions((window,))) == []
