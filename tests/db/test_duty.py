"""Leave, cover and posts end to end: what is recorded takes effect on who may act, from its first minute."""

from __future__ import annotations

import pytest

from tests.duty import WATCH, acting, ask_leave, by_duty, found_offices, held, move, put, who_acts
from tests.office import AGENCY, add_item, apply, at
from xiaoneng.desk import duty, recording
from xiaoneng.desk.papers import signature
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.duty import (
    CoverNamed,
    HandedBack,
    HandedOver,
    HoldKind,
    LeaveCancelled,
    LeaveDenied,
    LeaveGranted,
    LeaveKind,
    MoveMade,
    TasksHandedOver,
)
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty
from xiaoneng.organisation.models import Absence, Agency, Division, Incumbency, Post
from xiaoneng.organisation.queries import capacities_of, office_for
from xiaoneng.rules.absences import Answers, liable
from xiaoneng.rules.eight import EIGHT

pytestmark = pytest.mark.django_db
WINDOW, HANDLE = f"{AGENCY}-window", f"{AGENCY}-handle"


@pytest.fixture
def office():
    return found_offices()


def reasons(raised) -> str:
    return " ".join(f"{one.rule}: {one.reason.zh}" for one in raised.value.refusals)


def granted(office, who: str, **leave) -> str:
    number = ask_leave(office.people[who], **leave).number
    put(LeaveGranted, number=number, when=leave["when"], by=by_duty(office, Duty.HEAD, leave["when"]))
    return number


NOON = {"when": "2026-03-03 16:00", "since": "2026-03-05 12:00", "until": "2026-03-06 17:30"}


def test_at_one_minute_past_noon_the_cover_has_the_inbox_and_both_names_stand_on_the_paper(office):
    add_item()
    matter = apply(item="T-001", when=at("2026-03-05 09:00")).number
    granted(office, "window-A", **NOON)
    cover = office.people["window-B"]
    assert not visible_to(capacities_of(cover, at=at("2026-03-05 11:59"))).exists()
    inbox = visible_to(capacities_of(cover, at=at("2026-03-05 12:01")))
    assert inbox.filter(owner_post=WINDOW, number=matter).exists()
    by = acting(cover, when=at("2026-03-05 12:01"))
    put(Accepted, number=matter, when="2026-03-05 12:01", by=by)
    record = ActRecord.objects.get(matter__number=matter, sequence=2)
    assert (record.person, record.standing) == (cover, "B")
    assert "窗口A（虚构）" in record.actor
    assert signature(by) == "窗口 窗口B（虚构）（B 岗，代 窗口A（虚构））"
    assert not capacities_of(office.people["window-A"], at=at("2026-03-05 12:01"))


def test_while_away_the_holder_may_not_act_and_after_the_return_only_once_files_are_handed_back(office):
    add_item()
    matter = apply(item="T-001", when=at("2026-03-05 09:00")).number
    number = granted(office, "window-A", **NOON)
    holder = held(office.people["window-A"], when=at("2026-03-05 13:00"))
    for moment in ("2026-03-05 13:00", "2026-03-09 09:00"):
        with pytest.raises(recording.ActRefused) as refused:
            put(Accepted, number=matter, when=moment, by=holder)
        assert "离岗未办返岗交接" in reasons(refused)
    cover = acting(office.people["window-B"], when=at("2026-03-09 09:10"))
    put(HandedBack, number=number, when="2026-03-09 09:10", by=cover, report="受理两件，均已登记")
    put(Accepted, number=matter, when="2026-03-09 09:20", by=holder)
    assert Matter.objects.get(number=number).stage == "back"


def test_nobody_signs_as_the_holder_for_whom_they_only_cover(office):
    add_item()
    matter = apply(item="T-001", when=at("2026-03-05 09:00")).number
    holder = acting(office.people["window-A"], when=at("2026-03-05 09:00"))
    granted(office, "window-A", **NOON)
    cover = acting(office.people["window-B"], when=at("2026-03-05 13:00"))
    forged = type(holder)(
        person=cover.person, name=cover.name, post=WINDOW, agency=AGENCY, standing=holder.standing
    )
    with pytest.raises(recording.ActRefused) as refused:
        put(Accepted, number=matter, when="2026-03-05 13:00", by=forged)
    assert "岗位名册不符" in reasons(refused)


def test_leave_is_refused_while_the_partner_is_away_and_the_head_overrides_with_a_third_cover(office):
    granted(office, "window-A", **NOON)
    overlap = {"when": "2026-03-04 09:00", "since": "2026-03-06 08:30", "until": "2026-03-06 17:30"}
    with pytest.raises(recording.ActRefused) as refused:
        ask_leave(office.people["window-B"], **overlap)
    assert "AB 岗不得同时离岗" in reasons(refused)
    head = by_duty(office, Duty.HEAD, "2026-03-04 09:00")
    number = ask_leave(office.people["window-B"], **overlap, by=head).number
    with pytest.raises(recording.ActRefused) as refused:
        put(LeaveGranted, number=number, when="2026-03-04 09:05", by=head)
    assert "须同时指定第三人顶岗" in reasons(refused)
    third = office.people["review-B"]
    put(LeaveGranted, number=number, when="2026-03-04 09:10", by=head, cover=third)
    assert who_acts(WINDOW, when=at("2026-03-05 13:00")) == "窗口B（虚构）"
    assert who_acts(WINDOW, when=at("2026-03-06 09:00")) == "审核B（虚构）"
    assert [one.acting_for for one in capacities_of(third, at=at("2026-03-06 09:00"))] == [
        office.people["window-A"]
    ]


def test_leave_after_the_partner_means_to_be_back_is_no_overlap(office):
    granted(office, "window-A", **NOON)
    number = ask_leave(
        office.people["window-B"],
        when="2026-03-04 09:00",
        since="2026-03-16 08:30",
        until="2026-03-18 17:30",
    ).number
    assert Matter.objects.get(number=number).stage == "requested"


def test_both_fall_ill_and_the_head_must_name_a_cover_the_same_day(office):
    for who, when in (("handle-A", "2026-03-03 08:40"), ("handle-B", "2026-03-03 09:30")):
        sick = {"since": when, "until": "2026-03-06 17:30", "kind": LeaveKind.SICK, "handover": ""}
        number = ask_leave(office.people[who], when=when, **sick).number
    assert who_acts(HANDLE, when=at("2026-03-03 09:00")) == "承办B（虚构）"
    assert who_acts(HANDLE, when=at("2026-03-03 10:00")) == ""
    matter = Matter.objects.get(number=number)
    assert matter.owner_post == f"{AGENCY}-head"
    dossier = recording.read(number)
    assert not list(EIGHT[1].breaches(dossier, now=at("2026-03-03 17:30")))
    (empty,) = EIGHT[1].breaches(dossier, now=at("2026-03-04 08:30"))
    assert (empty.post, empty.since) == (f"{AGENCY}-head", at("2026-03-03 09:30"))
    assert empty.key == "cover/1/statute"
    head = by_duty(office, Duty.HEAD, "2026-03-04 09:00")
    put(LeaveGranted, number=number, when="2026-03-04 09:00", by=head, cover=office.people["review-A"])
    assert who_acts(HANDLE, when=at("2026-03-04 09:00")) == "审核A（虚构）"
    assert [one.key for one in EIGHT[1].breaches(recording.read(number), now=at("2026-03-04 10:00"))] == [
        empty.key
    ]


def test_a_named_cover_stays_until_the_holder_is_really_back(office):
    sick = {"until": "2026-03-06 17:30", "kind": LeaveKind.SICK, "handover": ""}
    first = ask_leave(
        office.people["handle-A"], when="2026-03-03 08:40", since="2026-03-03 08:40", **sick
    ).number
    second = ask_leave(
        office.people["handle-B"], when="2026-03-03 09:30", since="2026-03-03 09:30", **sick
    ).number
    head = by_duty(office, Duty.HEAD, "2026-03-03 10:00")
    put(LeaveGranted, number=first, when="2026-03-03 10:00", by=head, cover=office.people["review-A"])
    put(LeaveGranted, number=second, when="2026-03-03 10:05", by=head, cover=office.people["review-A"])
    put(CoverNamed, number=second, when="2026-03-04 10:00", by=head, cover=office.people["review-B"])
    assert who_acts(HANDLE, when=at("2026-03-04 11:00")) == "审核B（虚构）"
    assert who_acts(HANDLE, when=at("2026-03-09 09:00")) == "审核B（虚构）"
    by = held(office.people["handle-A"], when=at("2026-03-09 09:00"))
    put(HandedBack, number=first, when="2026-03-09 09:00", by=by, report="已交回")
    assert who_acts(HANDLE, when=at("2026-03-09 09:01")) == "承办A（虚构）"


def test_urgent_leave_begins_at_once_and_its_note_is_owed_within_a_working_day(office):
    number = ask_leave(
        office.people["handle-A"],
        when="2026-03-06 10:00",
        since="2026-03-06 10:00",
        until="2026-03-10 17:30",
        kind=LeaveKind.URGENT,
        handover="",
        by=held(office.people["handle-B"], when=at("2026-03-06 10:00")),
    ).number
    assert who_acts(HANDLE, when=at("2026-03-06 10:01")) == "承办B（虚构）"
    put(
        LeaveGranted,
        number=number,
        when="2026-03-06 11:00",
        by=by_duty(office, Duty.HEAD, "2026-03-06 11:00"),
    )
    dossier = recording.read(number)
    assert liable(dossier.seats[HANDLE], at=at("2026-03-06 12:00")).answers is Answers.HOLDER
    assert not list(EIGHT[1].breaches(dossier, now=at("2026-03-09 17:00")))
    (late,) = EIGHT[1].breaches(dossier, now=at("2026-03-10 09:00"))
    assert late.key == "hand_over/1/statute"
    by = held(office.people["handle-A"], when=at("2026-03-10 09:30"))
    put(HandedOver, number=number, when="2026-03-10 09:30", by=by, handover="三件在办")
    assert Absence.objects.get(matter=number).handed_over
    after = recording.read(number).seats[HANDLE]
    assert liable(after, at=at("2026-03-10 10:00")).answers is Answers.COVER


@pytest.mark.parametrize(
    ("leave", "words"),
    [
        ({"when": "2026-03-05 09:00", "since": "2026-03-05 12:00"}, "提前 1 个工作日"),
        ({"handover": " "}, "提前 1 个工作日"),
        ({"since": "2026-03-06 18:00"}, "结束须晚于开始"),
        ({"since": "2026-03-02 12:00"}, "不得早于请假时间"),
    ],
)
def test_leave_that_is_not_in_order_is_refused(office, leave, words):
    with pytest.raises(recording.ActRefused) as refused:
        ask_leave(office.people["window-A"], **(NOON | leave))
    assert words in reasons(refused)


def test_without_a_partner_leave_needs_the_head_to_name_somebody(office):
    Incumbency.objects.filter(person=office.people["window-B"]).update(active_until=at("2026-01-01 00:00"))
    with pytest.raises(recording.ActRefused) as refused:
        ask_leave(office.people["window-A"], **NOON)
    assert "没有合格的 AB 岗搭档" in reasons(refused)


def test_a_partner_who_is_not_trained_covers_nothing(office):
    Incumbency.objects.filter(person=office.people["window-B"]).update(qualified=False)
    with pytest.raises(recording.ActRefused) as refused:
        ask_leave(office.people["window-A"], **NOON)
    assert "没有合格的 AB 岗搭档" in reasons(refused)


def test_leave_called_off_before_it_begins_leaves_no_absence(office):
    number = granted(office, "window-A", **NOON)
    by = held(office.people["window-A"], when=at("2026-03-05 09:00"))
    put(LeaveCancelled, number=number, when="2026-03-05 09:00", by=by)
    assert not Absence.objects.exists()
    assert who_acts(WINDOW, when=at("2026-03-05 13:00")) == "窗口A（虚构）"


def test_sick_leave_that_is_not_granted_ends_the_absence_that_it_began(office):
    sick = {"since": "2026-03-05 09:00", "until": "2026-03-06 17:30", "kind": LeaveKind.SICK, "handover": ""}
    number = ask_leave(office.people["window-A"], when="2026-03-05 09:00", **sick).number
    head = by_duty(office, Duty.HEAD, "2026-03-05 10:00")
    put(LeaveDenied, number=number, when="2026-03-05 10:00", by=head, reason="查无病假证明")
    assert who_acts(WINDOW, when=at("2026-03-05 09:30")) == "窗口B（虚构）"
    assert who_acts(WINDOW, when=at("2026-03-05 10:01")) == "窗口A（虚构）"


def test_the_heads_own_leave_goes_to_the_post_above(office):
    head = Post.objects.get(code=f"{AGENCY}-head")
    leave = {"when": "2026-03-03 09:00", "since": "2026-03-05 08:30", "until": "2026-03-06 17:30"}
    number = ask_leave(office.people["head-A"], **leave).number
    assert Matter.objects.get(number=number).owner_post == "330200-XN-head"
    head.superior_id = f"{AGENCY}-oversee"
    head.save()
    number = ask_leave(office.people["head-A"], **leave).number
    assert Matter.objects.get(number=number).owner_post == f"{AGENCY}-oversee"


def test_nobody_grants_their_own_leave(office):
    number = ask_leave(office.people["head-B"], **NOON).number
    with pytest.raises(recording.ActRefused) as refused:
        put(
            LeaveGranted,
            number=number,
            when="2026-03-03 17:00",
            by=held(office.people["head-B"], when=at("2026-03-03 17:00")),
        )
    assert "须由单位负责人办理" in reasons(refused)


def test_open_tasks_are_listed_and_signed_before_a_move_takes_effect(office):
    add_item()
    when = "2026-03-04 09:00"
    matter = apply(item="T-001", when=at("2026-03-02 09:00")).number
    put(Accepted, number=matter, when="2026-03-03 09:00", by=by_duty(office, Duty.WINDOW, "2026-03-03 09:00"))
    number = duty.propose_move(
        move(office, when=when, successor=office.people["window-B"]), now=at(when)
    ).number
    leaver, head = held(office.people["handle-A"], when=at(when)), by_duty(office, Duty.HEAD, when)
    with pytest.raises(recording.ActRefused) as refused:
        put(TasksHandedOver, number=number, when=when, by=leaver, matters=(), signed=True)
    assert matter in reasons(refused)
    put(TasksHandedOver, number=number, when=when, by=leaver, matters=(matter,), signed=False)
    with pytest.raises(recording.ActRefused) as refused:
        put(MoveMade, number=number, when=when, by=head)
    assert "未经双方签字" in reasons(refused)
    put(TasksHandedOver, number=number, when=when, by=leaver, matters=(matter,), signed=True)
    later = apply(item="T-001", when=at("2026-03-04 09:30")).number
    put(Accepted, number=later, when="2026-03-04 10:00", by=by_duty(office, Duty.WINDOW, "2026-03-04 10:00"))
    with pytest.raises(recording.ActRefused) as refused:
        put(MoveMade, number=number, when="2026-03-04 11:00", by=head)
    assert later in reasons(refused)
    put(
        TasksHandedOver,
        number=number,
        when="2026-03-04 11:10",
        by=leaver,
        matters=(matter, later),
        signed=True,
    )
    put(MoveMade, number=number, when="2026-03-04 11:20", by=head)
    assert who_acts(HANDLE, when=at("2026-03-04 11:19")) == "承办A（虚构）"
    assert who_acts(HANDLE, when=at("2026-03-04 11:20")) == "窗口B（虚构）"


def test_a_move_that_leaves_a_post_empty_is_refused(office):
    sick = {"since": "2026-03-03 09:00", "until": "2026-03-20 17:30", "kind": LeaveKind.SICK, "handover": ""}
    ask_leave(office.people["handle-B"], when="2026-03-03 09:00", **sick)
    with pytest.raises(recording.ActRefused) as refused:
        duty.propose_move(move(office, when="2026-03-04 09:00"), now=at("2026-03-04 09:00"))
    assert "调整后岗位无人在岗" in reasons(refused)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"successor": "handle-B"}, "不得为同一人"),
        ({"successor": "window-B", "qualified": False}, "须经培训合格"),
        ({"leaving": "window-A", "successor": "window-B"}, "与岗位名册不符"),
        ({"leaving": "", "successor": "window-B"}, "与岗位名册不符"),
    ],
)
def test_a_pair_that_cannot_stand_is_refused(office, fields, words):
    people = {"": 0, **office.people}
    told = {name: people[one] if isinstance(one, str) else one for name, one in fields.items()}
    with pytest.raises(recording.ActRefused) as refused:
        duty.propose_move(move(office, when="2026-03-04 09:00", **told), now=at("2026-03-04 09:00"))
    assert words in reasons(refused)


def test_nobody_is_b_of_a_fourth_post(office):
    busy = office.people["window-B"]
    for duty_ in (Duty.REVIEW, Duty.OVERSEE):
        Incumbency.objects.filter(post=f"{AGENCY}-{duty_}", standing="B").update(person=busy)
    proposal = move(
        office,
        when="2026-03-04 09:00",
        standing=HoldKind.B,
        leaving=office.people["handle-B"],
        successor=busy,
    )
    with pytest.raises(recording.ActRefused) as refused:
        duty.propose_move(proposal, now=at("2026-03-04 09:00"))
    assert "已顶 3 个岗位" in reasons(refused)


def test_from_another_unit_only_the_head_lets_a_move_take_effect(office):
    stranger = Incumbency.objects.get(post="330200-XN-review", standing="B").person_id
    when = "2026-03-04 09:00"
    number = duty.propose_move(move(office, when=when, successor=stranger), now=at(when)).number
    leaver = held(office.people["handle-A"], when=at(when))
    put(TasksHandedOver, number=number, when=when, by=leaver, matters=(), signed=True)
    with pytest.raises(recording.ActRefused) as refused:
        put(MoveMade, number=number, when=when, by=by_duty(office, Duty.PERSONNEL, when))
    assert "须由单位负责人批准" in reasons(refused)
    put(MoveMade, number=number, when=when, by=by_duty(office, Duty.HEAD, when))
    assert Matter.objects.get(number=number).stage == "made"


def test_an_office_watches_over_its_own_district_and_not_over_one_whose_code_begins_alike(office):
    city = Agency.objects.get(pk=WATCH).division
    for code in ("330210", "330212"):
        Division.objects.create(code=code, zh=code, en=code, superior=city)
    Agency.objects.create(code="330210-XN", zh="区效能办", en="D", short="区", division_id="330210")
    Post.objects.create(
        code="330210-XN-supervise", agency_id="330210-XN", zh="督察", en="S", duty="supervise"
    )
    assert office_for("330210") == "330210-XN"
    assert office_for("330212") == WATCH
