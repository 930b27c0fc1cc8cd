"""Every date explains itself, day by day, in both languages; the strip re-adds to the date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from tests.pure.worktime.almanac import CN, day, run, runs, typhoon, works
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.clock import due, remaining
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.notice import baseline
from xiaoneng.worktime.runs import Extension, Pause, Run
from xiaoneng.worktime.strip import StripKind, strip


def kinds(days: tuple[object, ...]) -> str:
    """One letter a day: s start, c counted, m make-up, w weekend, h holiday, x closed, p paused, r rolled, l late."""
    letters = dict(zip(StripKind, "scmwhxprl", strict=True))
    return "".join(letters[one.kind] for one in days)  # type: ignore[attr-defined]


def test_a_strip_over_a_golden_week_shows_start_pause_holiday_make_up_and_last_day() -> None:
    shown = strip(run("2026-09-17", 8, pauses="2026-09-22..2026-09-24"), calendar=CN)
    assert kinds(shown) == "scwmcppchhhccchhhhhhhc"
    assert [one.counted for one in shown if one.counted] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [one.day for one in shown if one.last] == [day("2026-10-08")]
    sunday = shown[3]
    assert sunday.why.zh == "国庆节调休上班，第 2 个工作日"
    assert sunday.why.en == "make-up working day for National Day: working day 2"
    assert shown[5].why.en == "suspended, not counted"
    assert shown[8].why.zh == "中秋放假"


def test_calendar_days_count_on_rest_days_and_roll_past_them() -> None:
    shown = strip(run("2026-04-28", 5, Unit.CALENDAR_DAYS), calendar=CN)
    assert kinds(shown) == "scccccrrr"
    assert shown[-1].last
    assert shown[-1].day == day("2026-05-06")
    assert shown[-1].why.zh == "末日为休息日，顺延"
    assert shown[5].why.en == "day 5"


def test_a_suspended_run_is_shown_to_its_suspension_and_has_no_last_day() -> None:
    shown = strip(run("2026-03-02", 5, pauses="2026-03-05.."), calendar=CN)
    assert kinds(shown) == "sccp"
    assert not any(one.last for one in shown)
    longer = strip(run("2026-03-02", 5, pauses="2026-03-05.."), calendar=CN, until=day("2026-03-12"))
    assert kinds(longer) == "sccpppppppp"


def test_days_after_the_last_are_late_and_days_after_the_end_of_the_matter_are_left_out() -> None:
    late = strip(run("2026-03-02", 2), calendar=CN, until=day("2026-03-07"))
    assert kinds(late) == "scclll"
    closed = replace(run("2026-03-02", 10), stopped=day("2026-03-05"))
    assert kinds(strip(closed, calendar=CN)) == "sccc"


def test_a_local_closure_and_days_past_the_horizon_are_marked() -> None:
    here = WorkCalendar.build(
        key="330225", notices=baseline(), closures=[typhoon("2026-12-30", "2027-01-01")]
    )
    shown = strip(run("2026-12-29", 2), calendar=here)
    assert kinds(shown) == "sxxcwwc"
    assert shown[1].why.zh == "本地停止办公：台风停工"
    assert shown[1].sources == ("象政办发〔2026〕8号",)
    assert [one.provisional for one in shown] == [False] * 3 + [True] * 4


def test_office_hours_show_the_minutes_used_by_the_end_of_each_day() -> None:
    begun = datetime.fromisoformat("2026-09-18T15:30").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    shown = strip(Run(Limit(6, Unit.OFFICE_HOURS), begun.date(), started_at=begun), calendar=CN)
    assert kinds(shown) == "swm"
    assert [one.counted for one in shown] == [90, None, 360]
    held = Run(
        Limit(6, Unit.OFFICE_HOURS),
        begun.date(),
        (Pause(day("2026-09-20"), day("2026-09-22")),),
        started_at=begun,
    )
    shown = strip(held, calendar=CN, until=day("2026-09-23"))
    assert kinds(shown) == "swppcl"
    assert shown[4].why.en == "360 minutes counted"


def test_a_run_extended_to_a_day_is_counted_until_that_day() -> None:
    until = replace(run("2026-03-02", 3), extensions=(Extension(day("2026-03-05"), until=day("2026-03-08")),))
    shown = strip(until, calendar=CN)
    assert shown[-1].last
    assert shown[-1].day == due(until, calendar=CN) == day("2026-03-09")
    assert kinds(shown) == "sccccwwc"


@settings(max_examples=200, deadline=None)
@given(runs(lasting=False))
def test_counting_the_numbered_days_leads_to_the_last_day(run_: Run) -> None:
    shown = strip(run_, calendar=CN)
    last = due(run_, calendar=CN)
    numbers = [one.counted for one in shown if one.counted is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [one.day for one in shown if one.last] == [last] == [shown[-1].day]
    if run_.limit.unit is Unit.WORKING_DAYS:
        used = [e.limit.count for e in run_.extensions if e.limit and e.granted_on >= run_.start]
        assert len(numbers) in {run_.limit.count, *(run_.limit.count + more for more in used)}
        assert all(works(one.day) for one in shown if one.counted)


@settings(max_examples=100, deadline=None)
@given(runs())
def test_the_strip_and_what_remains_tell_one_story(run_: Run) -> None:
    if run_.limit.unit is not Unit.WORKING_DAYS or run_.extensions or run_.limit.count == 0:
        return
    for one in strip(run_, calendar=CN):
        left = remaining(run_.seen_on(one.day), today=one.day, calendar=CN)
        if one.counted is not None:
            assert left == run_.limit.count - one.counted


def test_a_strip_has_every_day_once() -> None:
    shown = strip(run("2026-01-01", 40), calendar=CN)
    assert [one.day for one in shown] == [day("2026-01-01") + timedelta(n) for n in range(len(shown))]
