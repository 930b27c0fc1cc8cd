"""First inquiry end to end: it always has an owner, silence and bouncing lead to the head, nobody is sent away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.duty import by_duty, found_offices, put
from tests.office import AGENCY, at
from xiaoneng.desk import duty, recording
from xiaoneng.desk.papers import paper_of
from xiaoneng.matters.access import NotFound, access_with_code
from xiaoneng.matters.acts import questions
from xiaoneng.matters.models import Matter, Notice
from xiaoneng.matters.vocabulary.inquiry import (
    Answered,
    Asked,
    AskedAgain,
    HandOverAccepted,
    HandOverBounced,
    HandOverContested,
    HandOverOffered,
    OwnerDecided,
    ReferredOutside,
    TakenIn,
)
from xiaoneng.organisation.capacity import CITIZEN, Capacity, Duty
from xiaoneng.rules import first_inquiry
from xiaoneng.rules.first_inquiry import Outcome, answerable_post, outcome, trail

pytestmark = pytest.mark.django_db
MONDAY = "2026-03-02 09:00"
REVIEW, HANDLE, WINDOW = (f"{AGENCY}-{what}" for what in ("review", "handle", "window"))


@pytest.fixture
def office():
    return found_offices()


def reasons(raised) -> str:
    return " ".join(f"{one.rule}: {one.reason.zh}" for one in raised.value.refusals)


def ask(office, *, by: Capacity | None = None, when: str = MONDAY, **fields: Any) -> recording.Receipt:
    usual = {
        "asker": "李某（虚构）",
        "contact": "138-0000-0000",
        "question": "校车使用许可去哪里办，要带什么材料",
    }
    asked = Asked(at=at(when), by=by or by_duty(office, Duty.WINDOW, when), **(usual | fields))
    return duty.register_inquiry(asked, agency=AGENCY, now=at(when))


def offer(office, number: str, *, when: str, to: str = HANDLE, by: Duty = Duty.WINDOW) -> None:
    put(
        HandOverOffered,
        number=number,
        when=when,
        by=by_duty(office, by, when),
        post=to,
        reason="属承办岗职责",
    )


def test_the_first_official_asked_owns_it_and_the_asker_follows_it_by_code(office):
    receipt = ask(office)
    assert Matter.objects.get(number=receipt.number).owner_post == WINDOW
    put(
        Answered,
        number=receipt.number,
        when="2026-03-02 09:30",
        by=by_duty(office, Duty.WINDOW, MONDAY),
        answer="请到市民中心二楼教育窗口，带校车行驶证和驾驶人名册。",
    )
    assert access_with_code(receipt.number, code=receipt.code).stage == "answered"
    with pytest.raises(NotFound):
        access_with_code(receipt.number, code="2" * 10)
    dossier = recording.read(receipt.number)
    assert [(one.what.zh, one.post) for one in trail(dossier)] == [("首问登记", "窗口"), ("答复", "窗口")]
    assert outcome(dossier) is Outcome.ANSWERED
    assert Notice.objects.filter(matter__number=receipt.number, kind="answered").exists()


def test_registering_asks_for_no_more_than_a_minute_of_writing():
    required = [name for name, question in questions(Asked).items() if question.required]
    assert required == ["asker", "question"]


def test_of_several_asked_together_the_highest_in_rank_owns_it(office):
    number = ask(office, others=(REVIEW, HANDLE)).number
    assert Matter.objects.get(number=number).owner_post == REVIEW


def test_asked_on_line_the_window_owns_it(office):
    assert Matter.objects.get(number=ask(office, by=CITIZEN).number).owner_post == WINDOW


def test_the_owner_answers_for_it_until_another_post_has_accepted(office):
    number = ask(office).number
    offer(office, number, when="2026-03-02 10:00")
    offered = recording.read(number)
    assert (offered.owner_post(), answerable_post(offered)) == (HANDLE, WINDOW)
    put(HandOverAccepted, number=number, when="2026-03-02 11:30", by=by_duty(office, Duty.HANDLE, MONDAY))
    taken = recording.read(number)
    assert (taken.owner_post(), answerable_post(taken)) == (HANDLE, HANDLE)
    assert first_inquiry.acceptance_minutes(taken, calendar=taken.calendar) == (90,)
    assert outcome(taken) is Outcome.HANDED_OVER


def test_a_receiver_who_is_silent_for_a_working_day_is_reported_to_the_head(office):
    number = ask(office).number
    offer(office, number, when="2026-03-02 10:00")
    assert recording.lapse(number, now=at("2026-03-03 23:59")) == 0
    assert recording.lapse(number, now=at("2026-03-04 00:00")) == 1
    dossier = recording.read(number)
    assert dossier.owner_post() == f"{AGENCY}-head"
    (silent,) = first_inquiry.breaches(dossier, now=at("2026-03-04 09:00"))
    assert (silent.key, silent.post) == ("transfer/1/statute", HANDLE)
    found = {one.key: one.post for one in first_inquiry.breaches(dossier, now=at("2026-03-06 09:00"))}
    assert found == {"transfer/1/statute": HANDLE, "filing/1/statute": f"{AGENCY}-head"}


def test_it_bounces_once_and_the_second_time_the_head_decides_for_good(office):
    number = ask(office).number
    handler, reviewer = by_duty(office, Duty.HANDLE, MONDAY), by_duty(office, Duty.REVIEW, MONDAY)
    offer(office, number, when="2026-03-02 10:00")
    put(HandOverBounced, number=number, when="2026-03-02 10:10", by=handler, reason="不在本岗职责内")
    offer(office, number, when="2026-03-02 10:20", to=REVIEW)
    with pytest.raises(recording.ActRefused) as refused:
        put(HandOverBounced, number=number, when="2026-03-02 10:30", by=reviewer, reason="也不在本岗职责内")
    assert "只能有一次" in reasons(refused)
    put(HandOverContested, number=number, when="2026-03-02 10:30", by=reviewer, reason="也不在本岗职责内")
    disputed = recording.read(number)
    assert first_inquiry.bounce_rate([disputed]) == 1.0
    head = by_duty(office, Duty.HEAD, MONDAY)
    put(OwnerDecided, number=number, when="2026-03-02 11:00", by=head, post=HANDLE, reason="按职责分工")
    assert Matter.objects.get(number=number).owner_post == HANDLE
    with pytest.raises(recording.ActRefused) as refused:
        offer(office, number, when="2026-03-02 11:10", to=REVIEW, by=Duty.HANDLE)
    assert "负责人已经裁定" in reasons(refused)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": "宁波市公安局", "body_contact": " "}, "“该机关联系方式”须填写"),
        ({"body": "宁波市公安局", "body_contact": "自行查询"}, "联系方式须是电话"),
        ({"body": "", "body_contact": "0574-12345"}, "“有权机关”须填写"),
        ({"body": "有关部门", "body_contact": "0574-12345"}, "不是具体机关"),
    ],
)
def test_a_referral_names_the_body_and_how_to_reach_it(office, fields, words):
    number = ask(office).number
    by = by_duty(office, Duty.WINDOW, MONDAY)
    with pytest.raises(recording.ActRefused) as refused:
        put(
            ReferredOutside,
            number=number,
            when=MONDAY,
            by=by,
            explanation="校车驾驶资格由公安交管办理",
            **fields,
        )
    assert words in reasons(refused)


def test_a_referral_that_names_them_is_a_paper_for_the_asker(office):
    number = ask(office).number
    by = by_duty(office, Duty.WINDOW, MONDAY)
    facts = {
        "body": "宁波市公安局交通警察局",
        "body_contact": "0574-12123",
        "explanation": "校车驾驶资格由其审核",
    }
    put(ReferredOutside, number=number, when=MONDAY, by=by, **facts)
    dossier = recording.read(number)
    paper = paper_of(dossier, sequence=2)
    assert paper is not None
    assert all(words in paper.text() for words in facts.values())
    assert outcome(dossier) is Outcome.REFERRED


@pytest.mark.parametrize("words", ["这不归我们管。", "不属于本局职责范围，请回。", "不是我们科的事"])
def test_not_ours_is_no_answer(office, words):
    number = ask(office).number
    with pytest.raises(recording.ActRefused) as refused:
        put(Answered, number=number, when=MONDAY, by=by_duty(office, Duty.WINDOW, MONDAY), answer=words)
    assert "不归我管" in reasons(refused)


@pytest.mark.parametrize("post", ["330200-XN-handle", "nowhere"])
def test_an_inquiry_is_handed_over_inside_the_unit_only(office, post):
    number = ask(office).number
    with pytest.raises(recording.ActRefused) as refused:
        offer(office, number, when=MONDAY, to=post)
    assert "只能移交本单位的岗位" in reasons(refused)


def test_what_the_handler_is_not_there_for_is_taken_in(office):
    number = ask(office).number
    by = by_duty(office, Duty.WINDOW, MONDAY)
    put(TakenIn, number=number, when="2026-03-02 09:10", by=by, note="收申请表一份，承办人下午回电")
    assert outcome(recording.read(number)) is Outcome.TAKEN_IN
    assert Matter.objects.get(number=number).owner_post == WINDOW


def test_the_same_contact_with_the_same_question_joins_the_open_inquiry(office):
    number = ask(office).number
    again = {"contact": "13800000000", "question": "请问校车使用许可去哪里办？要带什么材料？"}
    with pytest.raises(recording.ActRefused) as refused:
        ask(office, when="2026-03-02 15:00", by=by_duty(office, Duty.REVIEW, MONDAY), **again)
    assert number in reasons(refused)
    by = by_duty(office, Duty.WINDOW, MONDAY)
    put(AskedAgain, number=number, when="2026-03-02 15:05", by=by, words="再次来电询问")
    other = ask(office, when="2026-03-02 15:10", question="民办幼儿园的年检什么时候报名").number
    assert other != number
    assert Matter.objects.get(number=number).owner_post == WINDOW
