"""The sweep: reminders, cards and lapses, each once, in order, after an outage too, and one bad matter stops none."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.outbox import send_due
from xiaoneng.desk.projecting import alarms_of
from xiaoneng.matters.models import ActRecord, Alarm, Matter, Notice
from xiaoneng.matters.number import parse
from xiaoneng.matters.vocabulary.cards import CardAnswered
from xiaoneng.matters.vocabulary.handling import Ground, Proposed, Resumed, Suspended
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty
from xiaoneng.supervision.models import Card, PutOff, Walk
from xiaoneng.supervision.sweep import inspect, look, sweep, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return found_office()


def accepted(office, *, received: str = "2026-03-02 09:00", when: str = "2026-03-03 10:00", **item) -> str:
    """Return an application accepted for an item of ten promised and twenty lawful working days."""
    code = add_item(**item)
    number = apply(item=code, when=at(received)).number
    done(office, number, Accepted, Duty.WINDOW, when)
    return number


def done(office, number: str, act, duty: Duty, when: str, **fields) -> None:
    seen = Matter.objects.get(number=number).acts_seen
    by = office.acting(duty, when=at(when))
    recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))


def answered(office, card: Card, when: str) -> None:
    by = office.acting(Duty(card.post.rpartition("-")[2]), when=at(when))
    assert card.case is not None
    act = CardAnswered(at=at(when), by=by, explanation="人手不足", remedy="已办结")
    recording.record(act, number=card.case.number, seen=card.case.acts_seen, now=at(when))


def raised() -> list[tuple[str, str]]:
    return list(Card.objects.order_by("pk").values_list("level", "cause"))


def test_a_reminder_leaves_one_working_day_before_the_promise_and_only_once(office):
    number = accepted(office)
    assert Matter.objects.get(number=number).stage == "in_hand"
    sweep(now=at("2026-03-13 17:00"))
    assert raised() == []
    assert sweep(now=at("2026-03-16 00:05")).reminders == 1
    assert sweep(now=at("2026-03-16 00:06")).looked == 0
    done(office, number, Proposed, Duty.HANDLE, "2026-03-16 10:00", opinion="拟同意")
    assert sweep(now=at("2026-03-16 10:01")).reminders == 0
    card = Card.objects.get()
    assert (card.level, card.told, card.post) == ("reminder", True, "330200-TEST-handle")
    assert card.promised_on is not None
    assert card.promised_on.isoformat() == "2026-03-17"
    assert card.number.startswith("HP2026-0000001-")
    assert Notice.objects.filter(recipient="330200-TEST-handle").count() == 1


def test_yellow_when_the_promise_has_passed_and_red_when_the_law_s_term_has(office):
    accepted(office)
    sweep(now=at("2026-03-16 09:00"))
    sweep(now=at("2026-03-17 23:59"))
    assert ("yellow", "promise") not in raised()
    assert sweep(now=at("2026-03-18 00:00")).cards == 1
    answered(office, Card.objects.get(level="yellow"), "2026-03-19 09:00")
    assert sweep(now=at("2026-03-31 23:59")).cards == 0
    assert sweep(now=at("2026-04-01 00:00")).cards == 1
    assert raised() == [("reminder", "near"), ("yellow", "promise"), ("red", "statute")]
    yellow, red = Card.objects.order_by("pk")[1:]
    assert yellow.since == at("2026-03-18 00:00")
    assert (red.person_name, red.post) == ("承办A（虚构）", "330200-TEST-handle")
    assert red.statutory_on is not None
    assert red.statutory_on.isoformat() == "2026-03-31"
    assert {one.recipient for one in Notice.objects.filter(kind="red")} == {
        "330200-TEST-handle",
        "330200-TEST-review",
        "330200-TEST-oversee",
        "330200-TEST-head",
    }


def test_a_desk_that_outlasts_its_share_gets_a_yellow_card_while_the_whole_is_still_in_time(office):
    number = accepted(office)
    done(office, number, Proposed, Duty.HANDLE, "2026-03-04 10:00", opinion="拟同意")
    assert sweep(now=at("2026-03-06 23:59")).looked == 0
    assert sweep(now=at("2026-03-07 00:10")).cards == 1
    assert raised() == [("yellow", "step")]
    assert Card.objects.get().post == "330200-TEST-review"


def test_after_an_outage_everything_is_made_good_once_and_in_order(office):
    accepted(office)
    first = sweep(now=at("2026-04-03 09:00"))
    assert (first.reminders, first.cards) == (1, 2)
    assert raised() == [("reminder", "near"), ("yellow", "promise"), ("red", "statute")]
    assert not Card.objects.get(level="reminder").told
    assert not Notice.objects.filter(kind="reminder").exists()
    assert sweep(now=at("2026-04-03 09:01")).looked == 0
    assert not Alarm.objects.exclude(matter__procedure="card").exists()


def test_the_card_goes_to_whoever_used_up_the_time(office):
    number = accepted(office)
    done(office, number, Proposed, Duty.HANDLE, "2026-03-04 10:00", opinion="拟同意")
    sweep(now=at("2026-03-18 09:00"))
    yellow = Card.objects.get(cause="promise")
    assert yellow.post == "330200-TEST-review"
    assert "用去" in yellow.zh


def test_no_reminder_leaves_on_a_holiday(office):
    # Accepted 2026-04-20 the promise of ten working days ends on 2026-05-06, after the Labour Day holiday of
    # 1 to 5 May; the last working day before it is 30 April.
    accepted(office, received="2026-04-17 09:00", when="2026-04-20 10:00", promised=9)
    number = Matter.objects.get().number
    last = recording.read(number)
    assert last.promised(last.running()[0]).isoformat() == "2026-05-06"
    Alarm.objects.filter(rung="near").update(at=Alarm.objects.get(rung="near").at)
    for day in ("2026-05-01", "2026-05-03", "2026-05-05"):
        assert sweep(now=at(f"{day} 09:00")).reminders == 0
    assert sweep(now=at("2026-05-06 08:00")).reminders == 1


def test_every_reminder_leaves_on_a_make_up_saturday(office):
    # 2026-05-09 is a Saturday worked for the Labour Day holiday.
    accepted(office, received="2026-05-06 09:00", when="2026-05-06 10:00", promised=4)
    number = Matter.objects.get().number
    last = recording.read(number)
    assert last.promised(last.running()[0]).isoformat() == "2026-05-11"
    assert sweep(now=at("2026-05-08 18:00")).reminders == 0
    assert sweep(now=at("2026-05-09 00:10")).reminders == 1
    assert Notice.objects.get(kind="reminder").due_at is None


def test_a_card_raised_on_a_rest_day_is_told_on_the_next_working_day(office):
    accepted(office, received="2026-03-02 09:00", when="2026-03-06 10:00")
    last = recording.read(Matter.objects.get().number)
    assert last.promised(last.running()[0]).isoformat() == "2026-03-20"
    sweep(now=at("2026-03-20 23:00"))
    assert sweep(now=at("2026-03-21 00:10")).cards == 1  # a Saturday
    notice = Notice.objects.order_by("pk").last()
    assert notice is not None
    assert notice.due_at == at("2026-03-23 00:00")
    send_due(now=at("2026-03-22 12:00"))
    notice.refresh_from_db()
    assert notice.sent_at is None
    send_due(now=at("2026-03-23 08:00"))
    notice.refresh_from_db()
    assert (notice.via, notice.sent_at) == ("page", at("2026-03-23 08:00"))


def test_silence_is_written_down_and_the_office_answers_for_it(office):
    number = apply(item=add_item(), when=at("2026-03-02 09:00")).number
    done_by_time = sweep(now=at("2026-03-10 00:00"))
    assert done_by_time.lapses == 1
    assert Matter.objects.get(number=number).last_verb == "deemed-accepted"
    assert ("red", "statute") in raised()
    assert Card.objects.get(level="red").clock == "intake"
    assert sweep(now=at("2026-03-10 00:01")).looked == 0


def test_a_suspended_matter_is_reminded_of_nothing_until_its_pause_outlasts_what_was_told(office):
    number = accepted(office)
    done(
        office,
        number,
        Suspended,
        Duty.HANDLE,
        "2026-03-05 10:00",
        ground=Ground.EXPERT_REVIEW,
        expected_until=date(2026, 4, 15),
        notice_served=True,
    )
    assert sweep(now=at("2026-04-15 12:00")).looked == 0
    assert sweep(now=at("2026-04-16 00:10")).cards == 1
    assert raised() == [("yellow", "pause")]
    done(office, number, Resumed, Duty.HANDLE, "2026-04-17 10:00")
    assert Alarm.objects.filter(rung="statute").exists()


def test_one_bad_matter_is_put_off_and_stops_no_other(office):
    good = accepted(office)
    bad = apply(item="T-001", when=at("2026-03-02 09:30")).number
    done(office, bad, Accepted, Duty.WINDOW, "2026-03-03 11:00")
    last = ActRecord.objects.get(matter__number=bad, sequence=2)
    last.pk, last.sequence, last.verb, last.act_hash = None, 3, "no-such-act", b"3" * 32
    last.save(force_insert=True)
    swept = sweep(now=at("2026-03-18 09:00"))
    assert (swept.cards, swept.put_off) == (1, 1)
    assert {one.matter.number for one in Card.objects.filter(level="yellow")} == {good}
    assert PutOff.objects.get().until == at("2026-03-18 10:00")
    assert sweep(now=at("2026-03-18 09:30")).looked == 0
    assert sweep(now=at("2026-03-18 10:30")).put_off == 1
    assert PutOff.objects.get().tries == 2


def test_an_act_in_an_outage_hides_nothing_from_the_daily_walk(office):
    number = accepted(office)
    # Nobody swept; on 19 March, two days past the promise, the handler acts and every alarm is set anew.
    done(office, number, Proposed, Duty.HANDLE, "2026-03-19 10:00", opinion="拟同意")
    found = walk(now=at("2026-03-20 00:10"))
    assert found.cards == 1
    assert Card.objects.get(cause="promise").since == at("2026-03-18 00:00")
    assert Walk.objects.get().day.isoformat() == "2026-03-19"
    assert walk(now=at("2026-03-20 12:00")).looked == 0


def test_looking_twice_files_once(office):
    number = accepted(office)
    assert look(number, now=at("2026-03-18 09:00")).cards == 1
    assert look(number, now=at("2026-03-18 09:00")).cards == 0
    assert inspect([number], now=at("2026-03-19 09:00")).cards == 0
    sweep(now=at("2026-03-19 09:00"))
    assert raised().count(("yellow", "promise")) == 1


def test_a_sweep_asks_the_same_number_of_questions_however_many_reminders_are_due(office):
    add_item()
    asked = []
    for month, count in (("03", 2), ("06", 12)):
        sweep(now=at(f"2026-{month}-01 09:00"))
        for _ in range(count):
            number = apply(item="T-001", when=at(f"2026-{month}-02 09:00")).number
            done(office, number, Accepted, Duty.WINDOW, f"2026-{month}-03 10:00")
        with CaptureQueriesContext(connection) as queries:
            swept = sweep(now=at("2026-03-16 09:00" if month == "03" else "2026-06-16 09:00"))
        assert (swept.reminders, swept.cards) == (count, 0)
        asked.append(len(queries))
        assert not Matter.objects.filter(procedure="card").exists()
        Matter.objects.filter(is_open=True).update(is_open=False, closed_at=at(f"2026-{month}-16 10:00"))
        Alarm.objects.all().delete()
    assert asked[1] <= asked[0]  # fewer: what the first has read of calendars and posts is kept


def test_what_a_card_costs_does_not_grow_with_how_many_there_are(office):
    add_item()
    asked = []
    for month, count in (("03", 2), ("06", 12)):
        sweep(now=at(f"2026-{month}-01 09:00"))
        Alarm.objects.all().delete()
        for _ in range(count):
            number = apply(item="T-001", when=at(f"2026-{month}-02 09:00")).number
            done(office, number, Accepted, Duty.WINDOW, f"2026-{month}-03 10:00")
        with CaptureQueriesContext(connection) as queries:
            swept = sweep(now=at(f"2026-{month}-30 09:00"))
        assert (swept.reminders, swept.cards) == (count, count)
        asked.append((len(queries) - 20) / count)
    assert asked[1] <= asked[0]
    assert asked[1] < 25  # a case opened: a matter, its act, its alarm


def test_where_nothing_is_due_the_queue_is_asked_once(office):
    accepted(office)
    with CaptureQueriesContext(connection) as queries:
        assert sweep(now=at("2026-03-04 09:00")).looked == 0
    assert len(queries) <= 3


def test_reminders_that_say_the_same_are_filed_together_each_under_a_number_of_its_own(office):
    add_item()
    for minute in range(12):
        number = apply(item="T-001", when=at("2026-03-02 09:00")).number
        done(office, number, Accepted, Duty.WINDOW, f"2026-03-03 10:{minute:02d}")
    swept = sweep(now=at("2026-03-16 09:00"), batch=5)
    assert (swept.looked, swept.reminders, swept.put_off) == (12, 12, 0)
    cards = list(Card.objects.order_by("pk"))
    assert [parse(one.number)[7:14] for one in cards] == [f"{serial:07d}" for serial in range(1, 13)]
    assert {(one.person_name, one.told, one.sequences) for one in cards} == {("承办A（虚构）", True, "2")}
    for one in cards:
        notice = Notice.objects.get(key=f"{one.number}/{one.post}")
        assert notice.zh == f"提醒 {one.number}：办件 {one.matter.number}，{one.zh}。"
        assert notice.en == f"Reminder {one.number}: matter {one.matter.number}. {one.en}."
        assert (notice.matter_id, notice.created_at, notice.due_at) == (one.matter_id, one.raised_at, None)


def test_a_reminder_that_cannot_be_worded_is_put_off_and_stops_no_other(office):
    good = accepted(office)
    bad = apply(item="T-001", when=at("2026-03-02 09:30")).number
    done(office, bad, Accepted, Duty.WINDOW, "2026-03-03 11:00")
    Alarm.objects.filter(matter__number=bad, rung="near").update(at=-(10**9))
    swept = sweep(now=at("2026-03-16 09:00"))
    assert (swept.reminders, swept.put_off) == (1, 1)
    assert [one.matter.number for one in Card.objects.all()] == [good]
    assert PutOff.objects.get().matter.number == bad
    assert Alarm.objects.filter(matter__number=bad, rung="near").exists()
    assert sweep(now=at("2026-03-16 09:30")).looked == 0
    assert sweep(now=at("2026-03-16 10:30")).put_off == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_everything_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection: two workers at once are tried on PostgreSQL")
    office = found_office()
    add_item()
    numbers = [apply(item="T-001", when=at("2026-03-02 09:00")).number for _ in range(40)]
    for number in numbers:
        done(office, number, Accepted, Duty.WINDOW, "2026-03-03 10:00")
    swept = _at_once(lambda: sweep(now=at("2026-04-03 09:00"), batch=7), times=3)
    assert sum(one.reminders for one in swept) == 40
    assert sum(one.cards for one in swept) == 80
    for number in numbers:
        levels = list(
            Card.objects.filter(matter__number=number).order_by("pk").values_list("level", flat=True)
        )
        assert levels == ["reminder", "yellow", "red"]
    assert Notice.objects.filter(kind="red").count() == 160
    assert not Alarm.objects.exclude(matter__procedure="card").exists()
    assert Matter.objects.filter(procedure="card").count() == 80
    assert Card.objects.filter(case__isnull=False).values("case").distinct().count() == 80
    turned = _at_once(lambda: sweep(now=at("2026-04-13 09:00"), batch=7), times=3)
    assert sum(one.lapses for one in turned) == 80
    assert Card.objects.filter(cause="unanswered").count() == 40  # of the yellow ones, each once
    assert Matter.objects.filter(procedure="card").count() == 120


@pytest.mark.django_db(transaction=True)
def test_two_acts_at_once_on_one_matter_leave_no_stale_alarm():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection: two acts at once are tried on PostgreSQL")
    office = found_office()
    number = accepted(office)
    seen = Matter.objects.get(number=number).acts_seen
    by = office.acting(Duty.HANDLE, when=at("2026-03-04 10:00"))
    act = Proposed(at=at("2026-03-04 10:00"), by=by, opinion="拟同意")

    def try_once() -> str:
        try:
            recording.record(act, number=number, seen=seen, now=at("2026-03-04 10:00"))
        except recording.MatterMoved:
            return "moved"
        return "recorded"

    assert sorted(_at_once(try_once, times=4)) == ["moved", "moved", "moved", "recorded"]
    wanted = {(one.clock, one.run, one.rung.value, one.at) for one in alarms_of(recording.read(number))}
    assert set(Alarm.objects.values_list("clock", "run", "rung", "at")) == wanted


def _at_once(deed, *, times: int) -> list:
    found: list = []

    def run() -> None:
        try:
            found.append(deed())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
