"""What the pages say of a matter, without a page: lights, clocks, the story. English and Chinese are both complete."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from tests.office import AGENCY, Office, add_item, apply, at, found_office
from tests.web.offices import send_away
from xiaoneng.desk import recording
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import Ground, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted, MaterialsNoticed, Withdrawn
from xiaoneng.organisation.actions import load_notice
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.organisation.models import Absence
from xiaoneng.web import wording
from xiaoneng.web.lights import state
from xiaoneng.web.naming import names_of
from xiaoneng.web.parts import LightKey, TimelineLine
from xiaoneng.web.showing import View, answers, notices, view_of
from xiaoneng.web.story import Reader, timeline
from xiaoneng.web.strip_parts import BoxKind
from xiaoneng.web.strips import clocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def accepted(office: Office, *, when: str = "2026-03-02 10:00", **item: object) -> Receipt:
    receipt = apply(item=add_item(**item), when=at(when))  # type: ignore[arg-type]
    later = at(when) + timedelta(hours=1)
    act = Accepted(at=later, by=office.acting(Duty.WINDOW, when=later))
    recording.record(act, number=receipt.number, seen=1, now=later)
    return receipt


def view(receipt: Receipt, now: str, *, public: bool = False) -> View:
    dossier = recording.read(receipt.number)
    return view_of(dossier, names=names_of([AGENCY]), now=at(now), public=public)


def story(receipt: Receipt, now: str, *, public: bool = False) -> tuple[TimelineLine, ...]:
    return timeline(view(receipt, now, public=public), Reader(words=not public, inside=True))


def said(words: object, language: str = "zh-hans") -> str:
    with override(language):
        return wording.spoken(words)


@pytest.mark.parametrize(
    ("now", "key", "zh", "en"),
    [
        ("2026-03-03 09:00", LightKey.IN_TIME, "还剩 9 个工作日", "9 working days left"),
        ("2026-03-13 09:00", LightKey.DUE_SOON, "还剩 1 个工作日", "1 working day left"),
        ("2026-03-16 09:00", LightKey.DUE_SOON, "今天到期", "due today"),
        (
            "2026-03-18 09:00",
            LightKey.PROMISE_BROKEN,
            "超承诺 已超 2 个工作日",
            "Past the promise by 2 working days",
        ),
        ("2026-04-01 09:00", LightKey.OVERDUE, "超期 2 个工作日", "2 working days over"),
    ],
)
def test_the_light_says_how_long_is_left(office: Office, now: str, key: LightKey, zh: str, en: str) -> None:
    receipt = accepted(office)  # promised 10 working days, to 16 March; by law 20, to 30 March
    for language, words in (("zh-hans", zh), ("en", en)):
        with override(language):
            found = answers(view(receipt, now)).light
            assert (found.key, state(found)) == (key, words)


def test_an_end_beyond_the_announced_holidays_is_provisional(office: Office) -> None:
    receipt = accepted(office, when="2026-12-28 10:00", statutory=60, promised=50)
    assert answers(view(receipt, "2026-12-29 09:00")).light.key is LightKey.PROVISIONAL


def test_who_has_it_is_the_cover_with_both_names_and_for_the_public_a_post(office: Office) -> None:
    receipt = accepted(office)
    send_away(office, Duty.HANDLE, since="2026-03-03 08:00")
    who = answers(view(receipt, "2026-03-03 09:00")).holder
    assert (who.standing, said(who.name), said(who.acting_for)) == ("B", "承办B（虚构）", "承办A（虚构）")
    public = answers(view(receipt, "2026-03-03 09:00", public=True)).holder
    assert (said(public.name), public.acting_for) == ("承办", "")


def test_a_post_that_stands_empty_is_said_to_be_empty(office: Office) -> None:
    receipt = accepted(office)
    send_away(office, Duty.HANDLE, since="2026-03-03 08:00")
    Absence.objects.create(
        person_id=office.people[f"{Duty.HANDLE}-B"], active_from=at("2026-03-03 08:00"), matter="QJ-2"
    )
    assert "无人在岗" in said(answers(view(receipt, "2026-03-03 09:00")).holder.name)


def test_what_comes_next_leads_on_and_names_what_silence_does(office: Office) -> None:
    receipt = apply(item=add_item(), when=at("2026-03-02 10:00"))
    told = said(answers(view(receipt, "2026-03-02 11:00")).following)
    assert told.startswith("窗口（首问）岗位：一次性告知、受理")
    assert told.endswith("期满不办，视为受理")
    assert "If nothing is done in time: Deemed accepted" in said(
        answers(view(receipt, "2026-03-02 11:00")).following, "en"
    )


def test_the_strip_of_a_suspended_clock_shows_the_pause_and_adds_up(office: Office) -> None:
    receipt = accepted(office)
    when = at("2026-03-05 10:00")
    pause = Suspended(
        at=when,
        by=office.acting(Duty.HANDLE, when=when),
        ground=Ground.TESTING,
        expected_until=date(2026, 3, 10),
        notice_served=True,
    )
    recording.record(pause, number=receipt.number, seen=2, now=when)
    held = answers(view(receipt, "2026-03-06 09:00"))
    assert (held.light.key, held.due) == (LightKey.SUSPENDED, None)
    when = at("2026-03-10 10:00")
    resumed = Resumed(at=when, by=office.acting(Duty.HANDLE, when=when))
    recording.record(resumed, number=receipt.number, seen=3, now=when)
    promise, law = clocks(view(receipt, "2026-03-11 09:00").dossier, today=date(2026, 3, 11)).running
    paused = [box.day for box in promise.boxes if box.kind is BoxKind.PAUSED]
    assert (paused[0], paused[-1]) == (date(2026, 3, 5), date(2026, 3, 9))  # the day of resumption counts
    last = next(box for box in promise.boxes if box.due)
    assert (last.count, last.day) == (10, date(2026, 3, 19))
    assert next(box for box in law.boxes if box.due).count == 20
    assert law.basis is not None
    assert law.basis.article == "第四十二条第一款"


def test_a_clock_that_ran_out_is_drawn_to_today(office: Office) -> None:
    receipt = accepted(office)
    promise, law = clocks(view(receipt, "2026-03-18 09:00").dossier, today=date(2026, 3, 18)).running
    assert promise.boxes[-1].day == date(2026, 3, 18)
    assert promise.boxes[-1].kind is BoxKind.LATE
    assert "已到期，未办结" in promise.told
    assert law.boxes[-1].due


def test_an_act_entered_well_after_it_happened_is_marked(office: Office) -> None:
    receipt = apply(item=add_item(), when=at("2026-03-02 10:00"))
    happened, entered = at("2026-03-02 11:00"), at("2026-03-04 09:00")
    act = Accepted(at=happened, by=office.acting(Duty.WINDOW, when=happened))
    recording.record(act, number=receipt.number, seen=1, now=entered)
    lines = story(receipt, "2026-03-04 10:00")
    assert [line.recorded_at for line in lines] == [None, entered]


def test_what_time_did_is_never_entered_late(office: Office) -> None:
    receipt = apply(item=add_item(), when=at("2026-03-02 10:00"))
    recording.lapse(receipt.number, now=at("2026-03-20 09:00"))
    line = story(receipt, "2026-03-20 10:00")[-1]
    assert (said(line.what), line.recorded_at, line.who.name) == ("视为受理", None, "")


def test_silence_is_told_before_it_is_written_down(office: Office) -> None:
    receipt = apply(item=add_item(), when=at("2026-03-02 10:00"))
    now = view(receipt, "2026-03-10 09:00")
    assert now.seen == 1
    assert said(notices(now)[0].title) == "期限已过，依法视为受理"


def test_the_public_story_has_neither_names_nor_words(office: Office) -> None:
    receipt = accepted(office)
    told = story(receipt, "2026-03-03 09:00", public=True)
    assert [said(line.who.name) for line in told] == ["申请人", "窗口"]
    assert all(not line.note and not line.papers for line in told)


def test_every_act_says_its_article_and_what_it_did_to_the_clock(office: Office) -> None:
    lines = story(accepted(office), "2026-03-03 09:00")
    assert [line.basis.article for line in lines if line.basis] == ["第二十九条", "第三十二条第一款第五项"]
    with override("zh-hans"):
        assert story(accepted(office, code="T-2"), "2026-03-03 09:00")[1].effect == (
            "办理开始计时：承诺 10 个工作日，法定 20 个工作日。"
        )


def test_what_was_asked_for_is_named_and_not_coded(office: Office) -> None:
    receipt = apply(item=add_item(), when=at("2026-03-02 10:00"))
    when = at("2026-03-02 11:00")
    notice = MaterialsNoticed(
        at=when, by=office.acting(Duty.WINDOW, when=when), defective=("plan",), reasons="缺章，请盖章后补交"
    )
    recording.record(notice, number=receipt.number, seen=1, now=when)
    note = story(receipt, "2026-03-02 12:00")[-1].note
    assert "《规划图》" in said(note)
    assert "Plan" in said(note, "en")
    assert "当面签收" in said(note)


def holiday(year: int, off: list[str], known_from: datetime) -> None:
    days = [{"name": "临时放假", "date": day, "isOffDay": True} for day in off]
    text = json.dumps({"year": year, "papers": ["https://example.invalid/notice"], "days": days})
    load_notice(text, calendar="330200", source="市政府办公厅通知", now=known_from)


def test_a_notice_that_moves_an_open_clock_leaves_a_line_and_rewrites_nothing(office: Office) -> None:
    receipt = accepted(office)
    before = answers(view(receipt, "2026-03-04 09:00")).due
    holiday(2026, ["2026-03-12", "2026-03-13"], at("2026-03-05 09:00"))
    after = view(receipt, "2026-03-06 09:00")
    assert (before, answers(after).due) == (date(2026, 3, 16), date(2026, 3, 18))
    assert after.seen == 2
    with override("zh-hans"):
        lines = [line for line in story(receipt, "2026-03-06 09:00") if line.sequence > 100]
        assert [line.effect for line in lines] == [
            "期限由 2026年3月16日 变为 2026年3月18日。",
            "期限由 2026年3月30日 变为 2026年4月1日。",
        ]


@pytest.mark.parametrize(("days", "key"), [(3, LightKey.CLOSED), (20, LightKey.CLOSED_LATE)])
def test_a_closed_matter_says_whether_it_was_in_time(office: Office, days: int, key: LightKey) -> None:
    receipt = apply(item=add_item(traits="instant"), when=at("2026-03-02 10:00"))
    when = at("2026-03-02 10:10")
    act = Granted(at=when, by=office.acting(Duty.WINDOW, when=when), document="测试证")
    recording.record(act, number=receipt.number, seen=1, now=when)
    when = at("2026-03-02 11:00") + timedelta(days=days)
    recording.record(
        Delivered(at=when, by=office.acting(Duty.WINDOW, when=when)), number=receipt.number, seen=2, now=when
    )
    assert answers(view(receipt, "2026-04-20 09:00")).light.key is key


def test_what_was_withdrawn_has_ended_and_is_neither_in_time_nor_late(office: Office) -> None:
    receipt = accepted(office)
    when = at("2026-03-03 10:00")
    recording.record(Withdrawn(at=when, by=CITIZEN), number=receipt.number, seen=2, now=when)
    assert answers(view(receipt, "2026-03-03 11:00")).light.key is LightKey.ENDED
