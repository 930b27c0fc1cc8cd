"""Sixteen requests that users of other case systems made of their clocks, each held here; numbered as they were made.

What a database or a sweep must hold besides (one history line a case, a reminder claimed once) is tested there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.pure.worktime.almanac import CN, day, notice, pause, run, year_file
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import CalendarBook, Edition, WorkCalendar
from xiaoneng.worktime.clock import (
    dated,
    due,
    end,
    extension_flaws,
    lapses_on,
    moved,
    overdue,
    read,
    remaining,
    reminder_day,
    restarted,
)
from xiaoneng.worktime.history import calendar_for
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.notice import baseline, parse_notice
from xiaoneng.worktime.runs import Extension, Run
from xiaoneng.worktime.strip import strip

SHANGHAI = ZoneInfo("Asia/Shanghai")


def book_with_2027(off: str, worked: str = "", at: str = "2026-11-25T16:00") -> CalendarBook:
    first = CalendarBook.begin(
        CN, known_from=datetime(2025, 11, 4, tzinfo=SHANGHAI), because=Phrase(zh="初始", en="first")
    )
    arranged = notice(2027, off, worked)
    calendar = WorkCalendar.build(key="CN", notices=(*baseline(), arranged))
    known = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    return first.add(Edition(calendar, known, arranged.title, arranged.papers[0]))


def test_request_1_suspending_stops_the_clock_and_resuming_gives_the_time_back() -> None:
    """1. Twenty days, eight used, six suspended: twelve left."""
    paused = run("2026-03-02", 20, pauses="2026-03-13..2026-03-23")
    assert remaining(paused, today=day("2026-03-12"), calendar=CN) == 12
    assert remaining(paused, today=day("2026-03-18"), calendar=CN) == 12
    assert remaining(paused, today=day("2026-03-22"), calendar=CN) == 12
    assert remaining(paused, today=day("2026-03-23"), calendar=CN) == 11
    assert due(run("2026-03-02", 20), calendar=CN) == day("2026-03-30")
    assert due(paused, calendar=CN) == day("2026-04-08")  # six working days and the day of Qingming later


@pytest.mark.parametrize(("resumed", "excluded"), [("2026-03-17", 6), ("2026-04-07", 20)])
def test_request_2_what_counts_is_the_real_length_not_the_announced_one(resumed: str, excluded: int) -> None:
    """2. Fourteen announced: resumed after six, six are excluded; overrun to twenty, twenty are."""
    plain, paused = run("2026-03-02", 20), run("2026-03-02", 20, pauses=f"2026-03-09..{resumed}")
    assert end(paused, calendar=CN).ordinal - end(plain, calendar=CN).ordinal == excluded


def test_request_3_suspended_time_survives_a_change_of_rule() -> None:
    """3. Change the rule while suspended: what is left differs by the rule and by nothing else."""
    held = run("2026-03-02", 20, pauses="2026-03-05..2026-03-10 2026-03-13..")
    ruled = replace(held, limit=Limit(15))
    today = day("2026-04-20")
    assert remaining(held, today=today, calendar=CN) - remaining(ruled, today=today, calendar=CN) == 5


def test_request_4_a_suspended_run_is_overdue_nowhere() -> None:
    """4. Suspended on its last day and a year ago: not overdue, no date, nothing lapses."""
    held = run("2026-03-02", 5, pauses="2026-03-09..")
    for later in (0, 1, 400):
        assert not overdue(held, today=day("2026-03-09") + timedelta(later), calendar=CN)
    assert due(held, calendar=CN) is None
    assert lapses_on(held, calendar=CN) is None


def test_request_4_a_suspension_after_expiry_revives_nothing() -> None:
    """4. The day after the last day is too late to suspend."""
    late = run("2026-03-02", 5, pauses="2026-03-10..")
    assert due(late, calendar=CN) == day("2026-03-09")
    assert overdue(late, today=day("2026-03-10"), calendar=CN)


def test_request_5_reminders_leave_on_working_days_of_the_deadline_and_on_make_up_days() -> None:
    """5. No reminder leaves on a holiday, and a make-up Sunday is as good as a Monday."""
    one = day("2026-01-05")
    while one < day("2026-12-20"):
        for ahead in (0, 1, 3, 5):
            assert CN.is_working(reminder_day(one, ahead=ahead, calendar=CN))
        one += timedelta(1)
    assert reminder_day(day("2026-01-05"), ahead=1, calendar=CN) == day("2026-01-04")
    assert reminder_day(day("2026-10-08"), ahead=1, calendar=CN) == day("2026-09-30")


def test_request_6_make_up_days_are_working_days_and_shifted_rest_days_are_not() -> None:
    """6. Sunday, 4 January 2026 counts; Friday, 2 January does not."""
    assert day("2026-01-04").weekday() == 6
    assert due(run("2025-12-31", 1), calendar=CN) == day("2026-01-04")
    assert due(run("2025-12-31", 2), calendar=CN) == day("2026-01-05")


def test_request_7_a_holiday_announced_late_moves_the_open_deadline_and_says_why() -> None:
    """7. The notice for 2027: one new line, and the stored end is the number it was."""
    book = book_with_2027("2027-01-01 2027-01-02 2027-01-03", worked="2027-01-09")
    open_run = run("2026-11-24", 28)
    (line,) = moved(open_run, book=book)
    assert (line.before, line.after) == (day("2027-01-01"), day("2027-01-04"))
    assert line.known_from == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert "国务院办公厅关于2027年部分节假日安排的通知" in line.phrase().zh
    assert "moved from 2027-01-01 to 2027-01-04" in line.phrase().en
    stored = {end(open_run, calendar=edition.calendar) for edition in book.editions}
    assert len(stored) == 1
    assert CN.provisional(line.before)
    assert not book.latest.provisional(line.after)


def test_request_7_what_the_notice_does_not_touch_has_no_line() -> None:
    """7. Due before the new days, suspended at the time, opened afterwards, or closed before: nothing moved."""
    book = book_with_2027("2027-01-01")
    assert moved(run("2026-11-24", 5), book=book) == ()
    assert moved(run("2026-11-24", 28, pauses="2026-11-25.."), book=book) == ()
    assert moved(run("2026-11-26", 28), book=book) == ()
    closed = replace(run("2026-11-20", 30), stopped=day("2026-11-24"))
    assert moved(closed, book=book) == ()
    assert calendar_for(closed, book=book) is CN
    assert calendar_for(run("2026-11-20", 30), book=book) is book.latest
    at = datetime(2026, 11, 25, 7, 59, tzinfo=UTC)
    assert moved(run("2026-11-24", 28), book=book, until=at) == ()
    assert calendar_for(run("2026-11-24", 28), book=book, closed_at=at) is CN


def test_request_7_a_pause_recorded_after_the_notice_does_not_rewrite_what_the_notice_did() -> None:
    """7. The line says what people were shown on the day the notice came."""
    book = book_with_2027("2027-01-01")
    later = run("2026-11-24", 28, pauses="2026-12-01..2026-12-15")
    assert [(m.before, m.after) for m in moved(later, book=book)] == [(day("2027-01-01"), day("2027-01-04"))]


def test_request_8_the_strip_re_adds_to_the_date_without_our_code() -> None:
    """8. Count the numbered days against the notice's own file: the last of them is the due day."""
    paused = run("2026-09-16", 20, pauses="2026-09-22..2026-09-28 2026-10-09..2026-10-12")
    named = {one.day: one.working for one in parse_notice(year_file(2026)).days}
    counted = [one for one in strip(paused, calendar=CN) if one.counted is not None]
    assert [one.counted for one in counted] == list(range(1, 21))
    assert all(named.get(one.day, one.day.weekday() < 5) for one in counted)
    assert counted[-1].day == due(paused, calendar=CN) == day("2026-10-27")


def test_request_9_extend_in_working_days_in_calendar_days_or_to_a_date() -> None:
    """9. The three ways to say how long; a date that rests moves to the next working day."""
    plain, granted = run("2026-03-02", 20), day("2026-03-30")
    ways = {
        day("2026-04-14"): Extension(granted, Limit(10)),
        day("2026-04-09"): Extension(granted, Limit(10, Unit.CALENDAR_DAYS)),
        day("2026-05-06"): Extension(granted, until=day("2026-05-02")),
        day("2026-04-30"): Extension(granted, Limit(1, Unit.MONTHS)),
    }
    for expected, extension in ways.items():
        assert due(replace(plain, extensions=(extension,)), calendar=CN) == expected
        assert extension_flaws(plain, extension, today=granted, calendar=CN, cap=None) == ()


def test_request_9_a_late_extension_is_refused_and_the_breach_stays() -> None:
    """9. One day after the last day nothing can be extended, whoever enters it."""
    late = Extension(day("2026-03-31"), Limit(10))
    plain = run("2026-03-02", 20)
    (flaw,) = extension_flaws(plain, late, today=day("2026-03-31"), calendar=CN, cap=Limit(10))
    assert "届满后的延长无效" in flaw.zh
    assert "2026-03-30" in flaw.en
    extended = replace(plain, extensions=(late,))
    assert due(extended, calendar=CN) == day("2026-03-30")
    assert overdue(extended, today=day("2026-03-31"), calendar=CN)


def test_request_9_a_second_extension_is_refused_and_counts_for_nothing() -> None:
    """9. Once in a run."""
    once = replace(run("2026-03-02", 20), extensions=(Extension(day("2026-03-20"), Limit(10)),))
    again = Extension(day("2026-04-10"), Limit(10))
    (flaw,) = extension_flaws(once, again, today=day("2026-04-10"), calendar=CN, cap=Limit(10))
    assert "不得再次延长" in flaw.zh
    assert due(replace(once, extensions=(*once.extensions, again)), calendar=CN) == due(once, calendar=CN)


def test_request_9_the_last_day_by_which_to_extend_moves_with_the_suspensions() -> None:
    """9. Six days suspended give six more in which to extend; during a suspension it is always in time."""
    paused = run("2026-03-02", 20, pauses="2026-03-13..2026-03-23")
    for granted in ("2026-03-18", "2026-04-08"):
        more = Extension(day(granted), Limit(10))
        assert extension_flaws(paused, more, today=day(granted), calendar=CN, cap=Limit(10)) == ()
        assert due(replace(paused, extensions=(more,)), calendar=CN) == day("2026-04-22")


def test_request_9_every_flaw_of_an_extension_is_told_at_once() -> None:
    """9. Too early, too long, not yet come and a second time: four reasons, in both languages."""
    once = replace(run("2026-03-02", 5), extensions=(Extension(day("2026-03-03"), Limit(2)),))
    wrong = Extension(day("2026-03-20"), Limit(30))
    flaws = extension_flaws(once, wrong, today=day("2026-03-19"), calendar=CN, cap=Limit(10))
    assert [flaw.en for flaw in flaws] == [
        "the day of the grant, 2026-03-20, is yet to come",
        "the limit ended on 2026-03-11; an extension after its end is none",
        "this limit has been extended once already",
        "it may not exceed 10 working days",
    ]
    stopped = replace(run("2026-03-02", 5), stopped=day("2026-03-04"))
    early = Extension(day("2026-03-01"), until=day("2026-03-09"))
    flaws = extension_flaws(stopped, early, today=day("2026-03-04"), calendar=CN, cap=None)
    assert [flaw.zh for flaw in flaws] == [
        "期限自 2026-03-02 起算，不得提前延长",
        "未超过原届满日 2026-03-09，不构成延长",
    ]
    after = Extension(day("2026-03-05"), Limit(1))
    assert "停止" in extension_flaws(stopped, after, today=day("2026-03-05"), calendar=CN, cap=None)[0].zh


def test_request_9_a_bound_in_another_unit_is_compared_by_the_days_it_leads_to() -> None:
    """9. Ten working days from 30 March end on 14 April: a date beyond is too long, that day is not."""
    plain, granted = run("2026-03-02", 20), day("2026-03-30")
    for until, flaws in (("2026-04-14", 0), ("2026-04-15", 1)):
        asked = Extension(granted, until=day(until))
        assert len(extension_flaws(plain, asked, today=granted, calendar=CN, cap=Limit(10))) == flaws


def test_request_10_terms_differ_by_unit_and_each_runs_by_its_own() -> None:
    """10. From Friday, 25 September 2026: the same ten in four units."""
    ends = {unit: due(run("2026-09-25", 10, unit), calendar=CN) for unit in list(Unit)[:3]}
    assert ends == {
        Unit.WORKING_DAYS: day("2026-10-15"),  # Saturday, 10 October is worked
        Unit.CALENDAR_DAYS: day("2026-10-08"),  # 5 October, moved off the holiday
        Unit.MONTHS: day("2027-07-26"),  # 25 July is a Sunday
    }


def test_request_11_two_working_days_are_two_days_not_forty_eight_hours() -> None:
    """11. From a Friday to the end of Tuesday, whenever on Friday it began."""
    assert due(run("2026-03-06", 2), calendar=CN) == day("2026-03-10")
    assert not overdue(run("2026-03-06", 2), today=day("2026-03-10"), calendar=CN)
    assert Limit(2).spoken() == Phrase(zh="2 个工作日", en="2 working days")
    assert Limit(1).spoken().en == "1 working day"


def test_request_12_hours_lunch_breaks_and_odd_weeks_add_up() -> None:
    """12. Held against a minute-by-minute walker in test_hours; here that the day's spans make the day."""
    assert CN.minutes[CN.place(day("2026-01-05"))] - CN.minutes[CN.place(day("2026-01-04"))] == 7 * 60
    assert CN.minutes[CN.place(day("2026-01-04"))] == CN.minutes[CN.place(day("2026-01-01"))]


@pytest.mark.parametrize("start", ["2026-03-27", "2026-03-28", "2026-03-29", "2026-10-23", "2026-10-25"])
def test_request_13_a_deadline_is_a_local_date_whatever_summer_time_does_elsewhere(start: str) -> None:
    """13. About the changes of clocks in Europe the strip has every day once, and the days are a day apart."""
    days = [one.day for one in strip(run(start, 10), calendar=CN)]
    assert days == [days[0] + timedelta(n) for n in range(len(days))]
    assert all(type(one) is date for one in days)


def test_request_14_a_review_has_a_clock_of_its_own() -> None:
    """14. The review's thirty days begin with the review; the first clock stays as it was."""
    first = replace(run("2026-03-02", 60, Unit.CALENDAR_DAYS), stopped=day("2026-04-20"))
    review = run("2026-05-11", 30, Unit.CALENDAR_DAYS)
    assert due(review, calendar=CN) == day("2026-06-10")
    assert due(first, calendar=CN) == day("2026-05-06")
    assert restarted(first, on=day("2026-05-11")) == Run(first.limit, day("2026-05-11"))


def test_request_15_a_stopped_clock_is_silent_for_ever() -> None:
    """15. Closed in time: never overdue; closed late: late for ever; withdrawn while suspended: never."""
    for stopped, late in (("2026-03-09", False), ("2026-03-10", True)):
        closed = replace(run("2026-03-02", 5), stopped=day(stopped))
        assert overdue(closed, today=day("2027-01-01"), calendar=CN) is late
        assert remaining(closed, today=day("2027-01-01"), calendar=CN) == (-1 if late else 0)
    withdrawn = replace(run("2026-03-02", 5, pauses="2026-03-05.."), stopped=day("2026-04-01"))
    assert not overdue(withdrawn, today=day("2027-01-01"), calendar=CN)


def test_request_16_a_reminder_has_one_day_and_the_rungs_keep_their_order() -> None:
    """16. Derived from the date alone: the same answer before and after downtime, and never out of order."""
    last = due(run("2026-09-16", 20), calendar=CN)
    assert last is not None
    rungs = [reminder_day(last, ahead=ahead, calendar=CN) for ahead in (5, 3, 1, 0)]
    assert rungs == [day(f"2026-10-{n}") for n in ("13", "15", "19", "20")]
    assert rungs == sorted(set(rungs))


def test_day_zero_is_not_counted_and_day_one_is_the_next_working_day_also_from_a_rest_day() -> None:
    for start in ("2026-03-06", "2026-03-07", "2026-03-08"):
        assert due(run(start, 1), calendar=CN) == day("2026-03-09")


def test_sixty_and_thirty_calendar_days_are_ninety_from_acceptance() -> None:
    """The end of the sixty is a Sunday; only the final end moves."""
    petition = run("2026-03-04", 60, Unit.CALENDAR_DAYS)
    assert due(petition, calendar=CN) == day("2026-05-06")  # 3 May, moved off the Labour Day holiday
    more = replace(petition, extensions=(Extension(day("2026-05-06"), Limit(30, Unit.CALENDAR_DAYS)),))
    assert due(more, calendar=CN) == day("2026-06-02") == day("2026-03-04") + timedelta(90)


def test_a_petition_may_be_set_not_to_roll() -> None:
    assert due(run("2026-03-04", 60, Unit.CALENDAR_DAYS, roll=False), calendar=CN) == day("2026-05-03")


def test_a_calendar_day_limit_may_end_on_a_make_up_sunday() -> None:
    assert due(run("2025-12-05", 30, Unit.CALENDAR_DAYS), calendar=CN) == day("2026-01-04")


def test_a_month_that_has_no_such_day_ends_on_its_last() -> None:
    assert due(run("2025-12-31", 2, Unit.MONTHS), calendar=CN) == day("2026-02-28")
    more = Extension(day("2026-02-28"), Limit(1, Unit.MONTHS))
    assert due(replace(run("2025-12-31", 2, Unit.MONTHS), extensions=(more,)), calendar=CN) == day(
        "2026-03-31"
    )


def test_a_pause_on_the_day_to_which_the_end_rolled_leaves_the_day_of_resumption() -> None:
    """Sixty days end on Sunday, 3 May, so on the 6th; suspended that day, resumed on Monday the 11th: that day."""
    rolled = run("2026-03-04", 60, Unit.CALENDAR_DAYS, pauses="2026-05-06..2026-05-11")
    assert due(rolled, calendar=CN) == day("2026-05-11")
    assert remaining(rolled, today=day("2026-05-08"), calendar=CN) == 0


def test_an_extension_in_another_unit_is_written_down_as_a_day() -> None:
    plain = run("2026-12-14", 10)
    hybrid = Extension(day("2026-12-25"), Limit(10, Unit.CALENDAR_DAYS))
    written = dated(plain, hybrid, calendar=CN)
    assert written == Extension(day("2026-12-25"), until=day("2027-01-07"))
    assert dated(plain, Extension(day("2026-12-25"), Limit(3)), calendar=CN).limit == Limit(3)
    book = book_with_2027("2027-01-01")
    ends = {end(replace(plain, extensions=(written,)), calendar=e.calendar) for e in book.editions}
    assert len(ends) == 1


def test_an_instant_item_is_due_on_its_day_or_when_the_office_opens() -> None:
    assert due(run("2026-03-06", 0), calendar=CN) == day("2026-03-06")
    assert due(run("2026-03-07", 0), calendar=CN) == day("2026-03-09")


def test_silence_decides_the_day_after_the_last() -> None:
    assert lapses_on(run("2026-03-02", 5), calendar=CN) == day("2026-03-10")


def test_a_run_that_cannot_be_is_refused_with_all_its_faults() -> None:
    with pytest.raises(ValueError, match="cannot be extended by hours; a clock that starts on"):
        Run(
            Limit(5),
            day("2026-03-02"),
            extensions=(Extension(day("2026-03-03"), Limit(2, Unit.OFFICE_HOURS)),),
            stopped=day("2026-03-01"),
        )
    with pytest.raises(ValueError, match="before it began"):
        pause("2026-03-05..2026-03-04")
    with pytest.raises(ValueError, match="either"):
        Extension(day("2026-03-03"))
    with pytest.raises(ValueError, match="at least 0"):
        Limit(-1)


def test_what_had_effect_can_be_told_from_what_had_none() -> None:
    mixed = run("2026-03-02", 5, pauses="2026-03-04..2026-03-06 2026-04-20..2026-04-22")
    assert read(mixed, calendar=CN).pauses == (pause("2026-03-04..2026-03-06"),)


def test_a_limit_run_out_over_rest_days_has_nothing_left_during_and_after_a_suspension() -> None:
    """It ended on New Year's Day, so on the 4th; suspended on the 2nd, resumed and suspended again on the 3rd."""
    spent = run("2007-01-01", 0, Unit.CALENDAR_DAYS, pauses="2007-01-02..2007-01-03 2007-01-03..")
    assert [remaining(spent, today=day(f"2007-01-0{n}"), calendar=CN) for n in range(1, 8)] == [0] * 7


def test_what_is_granted_on_the_day_of_the_start_comes_before_any_pause() -> None:
    held = run("2026-03-02", 0, Unit.CALENDAR_DAYS, pauses="2026-03-02..")
    more = Extension(day("2026-03-02"), Limit(1, Unit.CALENDAR_DAYS))
    assert due(replace(held, extensions=(more,)), calendar=CN) is None
    assert due(held, calendar=CN) == day("2026-03-02")
