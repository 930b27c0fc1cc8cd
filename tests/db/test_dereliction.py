"""Dereliction end to end: registered once, two investigators, facts, defence, a measure, an appeal never heavier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.duty import by_duty, dereliction, found_offices, held, put
from tests.office import AGENCY, at
from xiaoneng.desk import duty, recording
from xiaoneng.desk.papers import paper_of
from xiaoneng.matters.access import NotFound, access_matter, visible_to
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.discipline import (
    Aggravation,
    AppealDecided,
    AppealMade,
    Archived,
    DefenceHeard,
    DismissalGround,
    Exempted,
    Exemption,
    FactsPut,
    InvestigatorsNamed,
    Measure,
    MeasureDecided,
    MeasureServed,
    Mitigation,
    Responsibility,
    Severity,
)
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.matters.vocabulary.sanctions import TransferredOut
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.rules import dereliction as rule
from xiaoneng.rules.measures import allowed

pytestmark = pytest.mark.django_db
DAY = "2026-03-02 09:00"
WARNING = {
    "measure": Measure.WRITTEN_WARNING,
    "severity": Severity.HEAVIER,
    "liability": "承办人负直接责任",
    "reasons": "超期三日且未申请延期",
    "legal_basis": "浙江省影响机关工作效能行为责任追究办法",
    "effective_until": date(2026, 7, 31),
}


@pytest.fixture
def office():
    return found_offices()


@pytest.fixture
def case(office) -> str:
    return duty.register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number


def reasons(raised) -> str:
    return " ".join(f"{one.rule}: {one.reason.zh}" for one in raised.value.refusals)


def investigated(office, number: str, *, proposed: Measure | None = None) -> None:
    pair = (office.people["review-A"], office.people["window-A"])
    head, officer = by_duty(office, Duty.HEAD, DAY), by_duty(office, Duty.PERSONNEL, DAY)
    put(InvestigatorsNamed, number=number, when="2026-03-03 09:00", by=head, investigators=pair)
    put(FactsPut, number=number, when="2026-03-04 09:00", by=officer, facts="超期三日", proposed=proposed)


def decide(office, number: str, *, when: str = "2026-03-10 09:00", **fields: Any) -> None:
    put(MeasureDecided, number=number, when=when, by=by_duty(office, Duty.HEAD, when), **(WARNING | fields))


def served(office, number: str) -> None:
    investigated(office, number)
    decide(office, number)
    put(MeasureServed, number=number, when="2026-03-11 09:00", by=by_duty(office, Duty.PERSONNEL, DAY))


def appealed(office, number: str) -> None:
    served(office, number)
    subject = held(office.people["handle-A"], when=at(DAY))
    put(AppealMade, number=number, when="2026-03-20 09:00", by=subject, grounds="已按时申请延期")


def test_from_the_red_card_to_the_archive(office, case):
    appealed(office, case)
    dossier = recording.read(case)
    assert rule.in_effect(dossier, on=date(2026, 3, 20)) is Measure.WRITTEN_WARNING
    assert Matter.objects.get(number=case).owner_post == "330200-XN-supervise"
    watch = held(office.people["supervise-A"], when=at(DAY))
    lighter = {"measure": Measure.ORAL_WARNING, "reasons": "确有申请，程序有误"}
    put(AppealDecided, number=case, when="2026-03-27 09:00", by=watch, **lighter)
    officer = by_duty(office, Duty.PERSONNEL, DAY)
    put(Archived, number=case, when="2026-03-30 09:00", by=officer, note="已在本单位点名")
    done = recording.read(case)
    assert done.stage.key == "archived"
    assert rule.in_effect(done, on=date(2026, 3, 29)) is Measure.ORAL_WARNING
    assert rule.in_effect(done, on=date(2026, 3, 30)) is None


def test_silence_of_three_working_days_ends_the_defence_and_not_before(office, case):
    investigated(office, case)
    assert recording.lapse(case, now=at("2026-03-09 23:59")) == 0
    with pytest.raises(recording.ActRefused) as refused:
        decide(office, case, when="2026-03-09 10:00")
    assert "现处“陈述申辩”环节" in reasons(refused)
    assert recording.lapse(case, now=at("2026-03-10 00:00")) == 1
    decide(office, case)
    text = paper_of(recording.read(case), sequence=5)
    assert text is not None
    assert "书面效能告诫" in text.text()


def test_whoever_has_been_heard_need_not_wait(office, case):
    investigated(office, case)
    subject = held(office.people["handle-A"], when=at(DAY))
    put(DefenceHeard, number=case, when="2026-03-04 15:00", by=subject, defence="系统故障所致")
    decide(office, case, when="2026-03-05 09:00")
    assert Matter.objects.get(number=case).stage == "decided"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (("review-A",), "两名以上"),
        (("review-A", "review-A"), "两名以上"),
        (("review-A", "handle-A"), "被追究人不得参与"),
        (("review-A", "handle-B"), "不得来自被追究人所在岗位"),
        (("review-A", "nobody"), "在册工作人员"),
    ],
)
def test_two_investigators_who_have_nothing_to_do_with_it(office, case, who, words):
    people = tuple({"nobody": 999_999, **office.people}[one] for one in who)
    with pytest.raises(recording.ActRefused) as refused:
        put(
            InvestigatorsNamed,
            number=case,
            when=DAY,
            by=by_duty(office, Duty.HEAD, DAY),
            investigators=people,
        )
    assert words in reasons(refused)


def test_a_recused_investigator_is_replaced_before_facts_are_put(office, case):
    head, officer = by_duty(office, Duty.HEAD, DAY), by_duty(office, Duty.PERSONNEL, DAY)
    near, other, third = (office.people[one] for one in ("review-A", "window-A", "oversee-A"))
    put(InvestigatorsNamed, number=case, when="2026-03-03 09:00", by=head, investigators=(near, other))
    put(Recused, number=case, when="2026-03-03 10:00", by=head, ground="近亲属", person=near)
    with pytest.raises(recording.ActRefused) as refused:
        put(FactsPut, number=case, when="2026-03-03 11:00", by=officer, facts="超期")
    assert "不足两人" in reasons(refused)
    with pytest.raises(recording.ActRefused) as refused:
        put(InvestigatorsNamed, number=case, when="2026-03-03 11:00", by=head, investigators=(near, third))
    assert "已回避人员" in reasons(refused)
    put(InvestigatorsNamed, number=case, when="2026-03-03 11:00", by=head, investigators=(other, third))
    put(FactsPut, number=case, when="2026-03-03 12:00", by=officer, facts="超期")


def test_nobody_answers_twice_for_one_act(office, case):
    with pytest.raises(recording.ActRefused) as refused:
        duty.register_dereliction(dereliction(office, when="2026-04-01 09:00"), now=at("2026-04-01 09:00"))
    assert case in reasons(refused)
    other = dereliction(office, when="2026-04-01 09:00", reference="HP2026-0002")
    assert duty.register_dereliction(other, now=at("2026-04-01 09:00")).number != case
    colleague = dereliction(office, when="2026-04-01 09:00", person=office.people["review-A"])
    assert duty.register_dereliction(colleague, now=at("2026-04-01 09:00")).number != case


def test_a_registration_names_where_it_comes_from(office):
    with pytest.raises(recording.ActRefused) as refused:
        duty.register_dereliction(dereliction(office, when=DAY, reference=" "), now=at(DAY))
    assert "来源编号（红牌、投诉、督察等）”须填写" in reasons(refused)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"effective_until": None}, "三至六个月"),
        ({"effective_until": date(2026, 6, 9)}, "三至六个月"),
        ({"effective_until": date(2026, 9, 11)}, "三至六个月"),
        ({"severity": Severity.LIGHT}, "情节不相当"),
        ({"measure": Measure.CIRCULATED, "effective_until": date(2026, 3, 10)}, "须晚于决定日"),
        ({"reasons": "给予记过处分"}, "移送有权机关"),
        ({"measure": Measure.DISMISSAL, "severity": Severity.SERIOUS}, "第八十八条"),
        (
            {
                "measure": Measure.DISMISSAL,
                "severity": Severity.SERIOUS,
                "ground": DismissalGround.TWO_YEARS_UNFIT,
            },
            "不得辞退",
        ),
    ],
)
def test_a_measure_that_the_ladder_does_not_allow_is_refused(office, case, fields, words):
    investigated(office, case)
    with pytest.raises(recording.ActRefused) as refused:
        decide(office, case, **fields)
    assert words in reasons(refused)


def test_grounds_on_record_lead_one_step_down_or_up(office, case):
    investigated(office, case)
    down = {"measure": Measure.ORAL_WARNING, "effective_until": None}
    with pytest.raises(recording.ActRefused):
        decide(office, case, **down)
    up = {"measure": Measure.OFF_POST_TRAINING, "effective_until": None}
    with pytest.raises(recording.ActRefused):
        decide(office, case, **up)
    act = MeasureDecided(
        at=at("2026-03-10 09:00"),
        by=by_duty(office, Duty.HEAD, DAY),
        **(WARNING | up | {"aggravating": (Aggravation.REPEATED,)}),
    )
    assert Measure.OFF_POST_TRAINING in allowed(act)
    decide(office, case, **down, mitigating=(Mitigation.REMEDIED,))


def test_dismissal_stands_on_a_ground_of_the_law(office, case):
    investigated(office, case)
    decide(
        office,
        case,
        measure=Measure.DISMISSAL,
        severity=Severity.SERIOUS,
        effective_until=None,
        ground=DismissalGround.UNREFORMED,
        unbarred=True,
    )
    assert Matter.objects.get(number=case).stage == "decided"


def test_defence_does_not_make_it_heavier_than_was_put(office, case):
    investigated(office, case, proposed=Measure.ORAL_WARNING)
    with pytest.raises(recording.ActRefused) as refused:
        decide(office, case)
    assert "不因申辩而加重" in reasons(refused)


def test_an_appeal_is_decided_by_somebody_else_and_never_heavier(office, case):
    appealed(office, case)
    when = "2026-03-27 09:00"
    facts = {"measure": Measure.CIRCULATED, "reasons": "维持并加重"}
    with pytest.raises(recording.ActRefused) as refused:
        put(AppealDecided, number=case, when=when, by=by_duty(office, Duty.HEAD, when), **facts)
    assert "不得因申诉而加重" in reasons(refused)
    assert "原决定人以外" in reasons(refused)


def test_a_revoked_measure_binds_nobody(office, case):
    appealed(office, case)
    watch = held(office.people["supervise-A"], when=at(DAY))
    facts = {"measure": Measure.WRITTEN_WARNING, "revoked": True, "reasons": "事实不成立"}
    put(AppealDecided, number=case, when="2026-03-27 09:00", by=watch, **facts)
    assert rule.in_effect(recording.read(case), on=date(2026, 3, 27)) is None


def test_the_subject_decides_nothing_in_their_own_cause(office):
    number = duty.register_dereliction(
        dereliction(office, when=DAY, person=office.people["head-A"]), now=at(DAY)
    ).number
    assert Matter.objects.get(number=number).owner_post == "330200-XN-head"
    with pytest.raises(recording.ActRefused) as refused:
        put(
            InvestigatorsNamed,
            number=number,
            when="2026-03-03 09:00",
            by=by_duty(office, Duty.HEAD, DAY),
            investigators=(office.people["review-A"], office.people["window-A"]),
        )
    assert "须由单位负责人、效能督察办理" in reasons(refused)


def test_exemption_and_transfer_say_their_ground_and_their_body(office, case):
    investigated(office, case)
    recording.lapse(case, now=at("2026-03-10 09:00"))
    head = by_duty(office, Duty.HEAD, DAY)
    with pytest.raises(recording.ActRefused) as refused:
        put(TransferredOut, number=case, when="2026-03-10 09:00", by=head, body=" ", reason="涉嫌违法")
    assert "“有权机关”须填写" in reasons(refused)
    facts = {"exemption": Exemption.FORCE_MAJEURE, "ground": "台风停电三日"}
    put(Exempted, number=case, when="2026-03-10 09:10", by=head, **facts)
    assert Matter.objects.get(number=case).stage == "exempted"


def test_no_decision_within_six_months_is_itself_a_breach(office, case):
    dossier = recording.read(case)
    assert not list(rule.breaches(dossier, now=at("2026-09-02 23:00")))
    (late,) = rule.breaches(dossier, now=at("2026-09-03 09:00"))
    assert late.post == f"{AGENCY}-head"


def test_responsibility_is_split_by_what_came_of_it():
    assert rule.responsibilities(serious=False, by_the_agency=False) == (Responsibility.DIRECT,)
    assert Responsibility.LEADER in rule.responsibilities(serious=True, by_the_agency=False)
    assert Responsibility.AGENCY in rule.responsibilities(serious=False, by_the_agency=True)


def test_a_dereliction_is_seen_by_whom_it_concerns_and_who_decides_it_and_by_no_cover(office, case) -> None:
    """While the person is heard the matter lies with their post; B and colleagues still see nothing of it."""
    person = recording.read(case).opening.person
    when = at("2026-03-02 10:00")
    subject = held(person, when=when)
    cover = replace(subject, person=office.people["handle-B"], standing=Standing.COVER)
    assert person != cover.person
    Matter.objects.filter(number=case).update(owner_post=subject.post, stage="defending")

    def sees(capacity) -> bool:
        return visible_to((capacity,)).filter(number=case).exists()

    assert sees(subject)
    assert not sees(cover)
    for colleague in (Duty.WINDOW, Duty.REVIEW, Duty.OVERSEE):
        assert not sees(by_duty(office, colleague, "2026-03-02 10:00"))
    Matter.objects.filter(number=case).update(owner_post=f"{AGENCY}-head", stage="registered")
    assert sees(by_duty(office, Duty.HEAD, "2026-03-02 10:00"))
    with pytest.raises(NotFound):
        access_matter(case, by=(cover,))
