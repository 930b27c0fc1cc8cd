"""Complaints in the database: where they go, who sees them, what stands in the way of closing them."""

from __future__ import annotations

import dataclasses

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.complaints import (
    CITY_BUREAU,
    CITY_CENTRE,
    COUNTY,
    COUNTY_BUREAU,
    COUNTY_CENTRE,
    LEADING,
    complain,
    complaint,
    found_centres,
    hold,
    put,
)
from tests.office import add_item, apply, at
from xiaoneng.desk import recording
from xiaoneng.desk.complaints import file_complaint, routed_for
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.outbox import send_due
from xiaoneng.desk.rebuilding import differences, rebuild
from xiaoneng.desk.recording import ActRefused
from xiaoneng.desk.scopes import Tab, rows_in
from xiaoneng.matters.access import NotFound, access_matter, access_with_code, visible_to
from xiaoneng.matters.acts import Role
from xiaoneng.matters.models import Bar, Matter, Notice
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    AnsweredOnSpot,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintConcluded,
    ComplaintMade,
)
from xiaoneng.matters.vocabulary.complaint_after import (
    DissatisfactionVoiced,
    RepeatLinked,
    RetaliationReported,
    ReviewConcluded,
)
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SubjectNamed, TakenUp
from xiaoneng.matters.vocabulary.complaint_words import Consequence, Finding, Manner
from xiaoneng.matters.vocabulary.handling import Nudged
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.matters.vocabulary.topic import TopicOpened
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.organisation.models import Incumbency, Person, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    return found_centres()


def opened(receipt) -> ComplaintMade:
    act = recording.read(receipt.number).opening
    assert isinstance(act, ComplaintMade)
    return act


def agency_of(receipt) -> str:
    return Matter.objects.get(number=receipt.number).agency


def test_a_complaint_goes_to_the_nearest_centre_and_says_why(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    assert receipt.number.startswith("TS2026-")
    assert agency_of(receipt) == COUNTY_CENTRE
    assert "就近" in opened(receipt).route.zh
    assert opened(receipt).route.en
    assert str(receipt.due) == "2026-03-09"


def test_about_a_head_it_goes_one_level_up_and_says_who_was_passed_over(offices):
    receipt = complain(about=(offices.people[f"{COUNTY_BUREAU}-head-A"],))
    assert agency_of(receipt) == CITY_CENTRE
    act = opened(receipt)
    assert [one.agency for one in act.passed_over] == [COUNTY_CENTRE]
    assert "负责人" in act.passed_over[0].reason.zh
    assert f"agency:{COUNTY_BUREAU}" in act.barred


def test_about_the_head_of_a_city_agency_it_goes_to_the_leading_group(offices):
    receipt = complain(about=(offices.people[f"{CITY_BUREAU}-head-A"],))
    assert agency_of(receipt) == LEADING
    assert recording.read(receipt.number).owner_post() == f"{LEADING}-supervise"


def test_about_a_centre_or_its_people_it_goes_to_the_next_higher(offices):
    assert agency_of(complain(agencies=(COUNTY_CENTRE,))) == CITY_CENTRE
    clerk = offices.people[f"{COUNTY_CENTRE}-complaints-B"]
    assert agency_of(complain(about=(clerk,))) == CITY_CENTRE
    assert agency_of(complain(agencies=(CITY_CENTRE,))) == LEADING


def test_about_the_city_centre_without_a_leading_group_it_says_in_plain_words_what_is_missing(db):
    found_centres(only=(CITY_CENTRE, COUNTY_CENTRE))
    with pytest.raises(CannotOpen, match="效能建设领导小组办公室"):
        complain(agencies=(CITY_CENTRE,))


def test_several_agencies_go_to_the_centre_that_reaches_them_all_and_leads(offices):
    receipt = complain(agencies=(COUNTY_BUREAU, CITY_BUREAU))
    act = opened(receipt)
    assert (agency_of(receipt), act.lead) == (CITY_CENTRE, CITY_CENTRE)
    assert "multi_agency" in act.traits


def test_whoever_names_nobody_known_is_heard_where_they_say_or_at_the_city(offices):
    assert agency_of(complain(place=COUNTY)) == COUNTY_CENTRE
    assert agency_of(complain()) == CITY_CENTRE


def test_a_centre_all_of_whose_people_are_relatives_is_passed_over(offices):
    subject = offices.people[f"{COUNTY_BUREAU}-window-A"]
    for standing in ("A", "B"):
        clerk = offices.people[f"{COUNTY_CENTRE}-complaints-{standing}"]
        declare_kinship(person=subject, relative=clerk, relation="兄弟", now=at("2025-01-01 09:00"))
    receipt = complain(about=(subject,))
    assert agency_of(receipt) == CITY_CENTRE
    assert "回避" in opened(receipt).passed_over[0].reason.zh


def test_who_had_the_matter_complained_of_is_kept_out(offices):
    add_item(agency=CITY_BUREAU)
    licence = apply(item="T-001", when=at("2026-03-02 09:00"), agency=CITY_BUREAU)
    window = offices.who(f"{CITY_BUREAU}-window", when="2026-03-03 10:00")
    put(Accepted, number=licence.number, when="2026-03-03 10:00", by=window)
    receipt = complain(when="2026-03-04 09:00", matter=licence.number)
    assert {f"person:{window.person}", f"agency:{CITY_BUREAU}"} <= set(opened(receipt).barred)


def test_everything_unknown_is_named_at_once(offices):
    with pytest.raises(CannotOpen) as refused:
        complain(agencies=("NO",), about=(999,), place="000000", matter="XK2026-0000001-0")
    assert len(refused.value.faults) == 4


def test_name_and_contact_are_asked_together_with_the_rest_and_nothing_is_written(offices):
    act = complaint(manner=Manner.REAL_NAME, about_words="", text="")
    with pytest.raises(ActRefused) as refused:
        file_complaint(act, now=act.at)
    words = " ".join(one.reason.zh for one in refused.value.refusals)
    for piece in ("姓名", "联系方式", "哪个单位或者谁", "投诉内容"):
        assert words.count(piece) == 1, words
    assert not Matter.objects.exists()


def test_the_anonymous_leave_no_particulars(offices):
    with pytest.raises(ActRefused, match="匿名"):
        complain(contact="13800000000")


def test_nobody_of_the_office_complained_of_sees_it_and_the_centre_does(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    for key in offices.people:
        by = offices.capacities(key, when="2026-03-02 10:00")
        seen = visible_to(by).filter(number=receipt.number).exists()
        mine = any(rows_in(tab, by).filter(number=receipt.number).exists() for tab in Tab) if by else False
        if key.startswith((COUNTY_BUREAU, CITY_BUREAU)):
            assert not seen, key
            assert not mine, key
        elif by and ((key.startswith(COUNTY_CENTRE) and "review" not in key) or "complaints" in key):
            assert seen, key
    clerk = offices.capacities(f"{COUNTY_CENTRE}-complaints-A", when="2026-03-02 10:00")
    assert rows_in(Tab.MINE, clerk).get().number == receipt.number
    assert access_with_code(receipt.number, code=receipt.code)
    with pytest.raises(NotFound):
        access_matter(
            receipt.number, by=offices.capacities(f"{COUNTY_BUREAU}-head-A", when="2026-03-02 10:00")
        )


def test_the_leading_group_sees_what_lies_with_it_and_what_lies_below(offices):
    own, below = complain(agencies=(CITY_CENTRE,)), complain(agencies=(COUNTY_BUREAU,))
    by = offices.capacities(f"{LEADING}-supervise-A", when="2026-03-02 10:00")
    assert set(visible_to(by).values_list("number", flat=True)) == {own.number, below.number}
    assert rows_in(Tab.MINE, by).get().number == own.number


def test_an_official_of_the_office_complained_of_cannot_register_it(offices):
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-02 09:00")
    complain(by=clerk, agencies=(COUNTY_BUREAU,))
    with pytest.raises(ActRefused, match="回避"):
        complain(by=clerk, agencies=(COUNTY_CENTRE,))
    assert agency_of(complain(by=clerk, about=(offices.people[f"{COUNTY_BUREAU}-head-A"],))) == CITY_CENTRE


def test_where_the_centre_itself_turns_out_to_be_the_subject_the_way_is_up(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-03 09:00")
    head = offices.people[f"{COUNTY_CENTRE}-head-A"]
    told = {"number": receipt.number, "by": clerk, "about": (head,)}
    with pytest.raises(ActRefused, match="上报上级"):
        put(SubjectNamed, when="2026-03-03 09:00", basis="查看监控", **told)
    put(PassedUp, when="2026-03-03 09:10", reason="涉及本中心负责人", **told)
    dossier = recording.read(receipt.number)
    assert dossier.owner_post() == f"{CITY_CENTRE}-complaints"
    assert dossier.post_of(Role.SUPERIOR) == f"{LEADING}-supervise"
    assert dossier.post_of(Role.HEAD) == f"{CITY_CENTRE}-head"
    assert not visible_to([clerk]).filter(number=receipt.number).exists()
    assert list(differences(Matter.objects.get(number=receipt.number))) == []


def test_above_the_leading_group_there_is_nobody_and_the_complaint_stays(offices):
    receipt = complain(agencies=(CITY_CENTRE,))
    chief = offices.who(f"{LEADING}-supervise", when="2026-03-03 09:00")
    with pytest.raises(ActRefused, match="没有登记"):
        put(PassedUp, number=receipt.number, when="2026-03-03 09:00", by=chief, reason="难")
    assert recording.read(receipt.number).owner_post() == f"{LEADING}-supervise"


def test_the_centre_above_takes_a_complaint_to_itself_with_its_own_head(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    city = offices.who(f"{CITY_CENTRE}-complaints", when="2026-03-03 09:00")
    put(TakenUp, number=receipt.number, when="2026-03-03 09:00", by=city, reason="影响较大")
    dossier = recording.read(receipt.number)
    assert dossier.post_of(Role.CENTRE) == f"{CITY_CENTRE}-complaints"
    assert dossier.post_of(Role.HEAD) == f"{CITY_CENTRE}-head"


def test_retaliation_goes_up_and_tells_the_centre_above(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    put(RetaliationReported, number=receipt.number, when="2026-03-03 09:00", by=CITIZEN, words="被停了摊位")
    post = f"{CITY_CENTRE}-complaints"
    assert recording.read(receipt.number).owner_post() == post
    assert Notice.objects.filter(recipient=post, kind="retaliation-reported").count() == 1


def test_nudges_reach_the_handler_then_the_head_then_the_centre_above(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    for day in ("03", "04", "05", "06"):
        put(Nudged, number=receipt.number, when=f"2026-03-{day} 09:00", by=CITIZEN)
    told = Notice.objects.filter(kind="nudged").order_by("pk").values_list("recipient", flat=True)
    up = f"{CITY_CENTRE}-complaints"
    assert list(told) == [f"{COUNTY_CENTRE}-complaints", f"{COUNTY_CENTRE}-head", up, up]


def handled(offices, number: str) -> None:
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-03 09:00")
    put(ComplaintAccepted, number=number, when="2026-03-03 09:00", by=clerk, allegations=("推诿", "态度差"))
    for minute, one in ((10, "推诿"), (11, "态度差")):
        put(
            AllegationFound,
            number=number,
            when=f"2026-03-04 09:{minute}",
            by=clerk,
            allegation=one,
            finding=Finding.NOT,
            facts="已查监控",
        )
    put(ComplaintConcluded, number=number, when="2026-03-05 09:00", by=clerk, measures="解释说明")
    put(ComplaintAnswered, number=number, when="2026-03-05 09:30", by=clerk, answer="经查不属实")


def test_whoever_decided_neither_reviews_nor_sees_the_review(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    handled(offices, receipt.number)
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-06 09:00")
    put(DissatisfactionVoiced, number=receipt.number, when="2026-03-06 09:00", by=CITIZEN, words="没有查")
    dossier = recording.read(receipt.number)
    assert dossier.owner_post() == f"{COUNTY_CENTRE}-review"
    assert not visible_to([clerk]).filter(number=receipt.number).exists()
    with pytest.raises(ActRefused, match="回避"):
        put(ReviewConcluded, number=receipt.number, when="2026-03-06 10:00", by=clerk, measures="维持")
    reviewer = offices.capacities(f"{COUNTY_CENTRE}-review-A", when="2026-03-06 10:00")
    assert rows_in(Tab.MINE, reviewer).get().number == receipt.number


def test_no_answer_while_nobody_is_left_to_review_it(offices):
    Post.objects.filter(code=f"{COUNTY_CENTRE}-review").update(duty="catalogue")
    receipt = complain(agencies=(COUNTY_BUREAU,))
    assert recording.read(receipt.number).post_of(Role.REVIEWER) == f"{COUNTY_CENTRE}-oversee"
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-03 09:00")
    hold(f"{COUNTY_CENTRE}-oversee", "C", "", person=clerk.person)
    Incumbency.objects.filter(post=f"{COUNTY_CENTRE}-oversee").exclude(person=clerk.person).update(
        active_until=at("2026-03-03 08:00")
    )
    spot = {"finding": Finding.NOT, "facts": "略", "answer": "略", "measures": "略"}
    with pytest.raises(ActRefused, match="复核"):
        put(AnsweredOnSpot, number=receipt.number, when="2026-03-03 09:00", by=clerk, **spot)


def test_an_exemption_is_the_heads_and_gives_its_reason(offices):
    receipt = complain(agencies=(COUNTY_BUREAU,))
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-03 09:00")
    head = offices.who(f"{COUNTY_CENTRE}-head", when="2026-03-03 09:00")
    number = receipt.number
    put(ComplaintAccepted, number=number, when="2026-03-03 09:00", by=clerk, allegations=("推诿",))
    found = {"allegation": "推诿", "finding": Finding.SUBSTANTIATED, "facts": "监控可见"}
    put(AllegationFound, number=number, when="2026-03-03 10:00", by=clerk, **found)
    exempted = {"measures": "教育", "consequence": Consequence.EXEMPTED, "exemption": "系统故障所致"}
    with pytest.raises(ActRefused, match="负责人"):
        put(ComplaintConcluded, number=number, when="2026-03-03 11:00", by=clerk, **exempted)
    put(ComplaintConcluded, number=number, when="2026-03-03 11:00", by=head, **exempted)


def test_three_on_one_thing_open_a_topic_with_the_third_and_the_fourth_joins_it(offices):
    told = {"agencies": (COUNTY_BUREAU,), "subject_area": "attitude"}
    numbers = [complain(when=f"2026-03-0{day} 09:00", **told).number for day in (2, 3)]
    assert not Matter.objects.filter(procedure="topic").exists()
    numbers.append(complain(when="2026-05-04 09:00", **told).number)
    topic = Matter.objects.get(procedure="topic")
    act = recording.read(topic.number).opening
    assert isinstance(act, TopicOpened)
    assert act.complaints == tuple(sorted(numbers))
    assert topic.agency == COUNTY_CENTRE
    assert Bar.objects.filter(matter=topic, mark=f"agency:{COUNTY_BUREAU}").exists()
    complain(when="2026-05-05 09:00", **told)
    assert recording.read(topic.number).acts[-1].name.zh == "并入专题"
    assert Matter.objects.filter(procedure="topic").count() == 1


def test_complaints_more_than_ninety_days_apart_or_about_other_offices_open_none(offices):
    for day in ("2026-01-05", "2026-02-02", "2026-04-20"):
        complain(when=f"{day} 09:00", agencies=(COUNTY_BUREAU,), subject_area="attitude")
    complain(when="2026-04-21 09:00", agencies=(CITY_BUREAU,), subject_area="attitude")
    assert not Matter.objects.filter(procedure="topic").exists()


def test_three_that_officials_linked_open_a_topic(offices):
    first, second, third = (complain(agencies=(COUNTY_BUREAU,)).number for _ in range(3))
    clerk = offices.who(f"{COUNTY_CENTRE}-complaints", when="2026-03-03 09:00")
    put(RepeatLinked, number=second, when="2026-03-03 09:00", by=clerk, reference=first)
    assert not Matter.objects.filter(procedure="topic").exists()
    put(RepeatLinked, number=third, when="2026-03-03 09:10", by=clerk, reference=second)
    topic = recording.read(Matter.objects.get(procedure="topic").number).opening
    assert isinstance(topic, TopicOpened)
    assert topic.complaints == tuple(sorted((first, second, third)))


def test_bars_are_written_again_from_the_acts(offices):
    receipt = complain(about=(offices.people[f"{COUNTY_BUREAU}-window-A"],))
    matter = Matter.objects.get(number=receipt.number)
    marks = set(Bar.objects.filter(matter=matter).values_list("mark", flat=True))
    assert len(marks) == 3
    Bar.objects.filter(matter=matter).delete()
    assert [one.field for one in rebuild(matter)] == ["bars"]
    assert set(Bar.objects.filter(matter=matter).values_list("mark", flat=True)) == marks


def test_filing_costs_the_same_however_many_complaints_there_are(offices):
    told = {"agencies": (COUNTY_BUREAU,)}
    complain(**told)
    with CaptureQueriesContext(
        connection,
    ) as few:
        complain(**told)
    for _ in range(10):
        complain(**told)
    with CaptureQueriesContext(connection) as many:
        complain(**told)
    assert len(many) == len(few) <= 45


def test_where_it_would_go_can_be_asked_without_filing(offices):
    routed, concerned = routed_for(complaint(agencies=(COUNTY_BUREAU,)))
    assert routed.agency == COUNTY_CENTRE
    assert f"agency:{COUNTY_BUREAU}" in concerned.marks
    assert not Matter.objects.exists()
    assert dataclasses.asdict(routed)["reason"]["en"]


def test_no_letter_about_a_complaint_goes_to_a_holder_who_must_stand_aside(offices, mailoutbox):
    subject = offices.people[f"{COUNTY_BUREAU}-window-A"]
    clerks = {one: offices.people[f"{COUNTY_CENTRE}-complaints-{one}"] for one in ("A", "B")}
    for standing, number in clerks.items():
        user = User.objects.create_user(username=standing, email=f"{standing}@office.example")
        Person.objects.filter(pk=number).update(user=user)
    declare_kinship(person=subject, relative=clerks["A"], now=at("2025-01-01 09:00"))
    for about in ((), (subject,)):
        receipt = complain(agencies=(COUNTY_BUREAU,), about=about)
        put(Nudged, number=receipt.number, when="2026-03-03 09:00", by=CITIZEN)
        send_due(now=at("2026-03-03 09:01"))
    assert [one.to for one in mailoutbox] == [["A@office.example"], ["B@office.example"]]
