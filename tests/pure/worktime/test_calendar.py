"""A calendar is a list with a horizon; its past never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pure.worktime.almanac import CN, YEARS, day, notice, typhoon, works, year_file
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import (
    CalendarBook,
    DayKind,
    Edition,
    EditionsOutOfOrder,
    OutsideAxis,
    PastChanged,
    WorkCalendar,
)
from xiaoneng.worktime.notice import NoticeFaulty, baseline, parse_notice

SHANGHAI = ZoneInfo("Asia/Shanghai")


def known(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def edition(calendar: WorkCalendar, at: str) -> Edition:
    return Edition(calendar, known(at), Phrase(zh="通知", en="a notice"))


def test_every_day_of_2004_to_2026_is_what_chinesecalendar_says_it_is() -> None:
    one = date(2004, 1, 1)
    while one.year < 2027:
        assert CN.is_working(one) == chinese_calendar.is_workday(one), one
        one += timedelta(1)


def test_the_year_files_of_2007_to_2026_agree_with_the_packaged_notices_day_by_day() -> None:
    filed = [parse_notice(year_file(year)) for year in YEARS]
    calendar = WorkCalendar.build(key="CN", notices=(*baseline(), *filed))
    assert calendar.changed_since(CN) == ()
    assert calendar.horizon == date(2026, 12, 31)
    assert CN.horizon == date(2026, 12, 31)


def test_the_empty_file_of_2027_leaves_the_year_unknown() -> None:
    unknown = parse_notice(year_file(2027))
    assert not unknown.known
    assert WorkCalendar.build(key="CN", notices=(*baseline(), unknown)).horizon == date(2026, 12, 31)


def test_the_year_files_name_days_of_the_december_before_and_two_papers_where_there_were_two() -> None:
    assert {named.day.year for named in parse_notice(year_file(2019)).days} == {2018, 2019}
    assert [len(parse_notice(year_file(year)).papers) for year in (2015, 2018, 2019, 2020)] == [2, 1, 2, 2]


@given(st.dates(date(2004, 1, 1), date(2060, 12, 30)))
def test_a_working_day_and_its_number_name_each_other(one: date) -> None:
    assert CN.ordinal(one) - CN.ordinal_before(one) == works(one)
    if works(one):
        assert CN.day(CN.ordinal(one)) == one
    assert CN.shift(one, 1) == min(d for d in (one + timedelta(n) for n in range(1, 12)) if works(d))


def test_shifting_back_counts_working_days_before_a_day() -> None:
    assert CN.shift(day("2026-10-08"), -1) == day("2026-09-30")
    assert CN.shift(day("2026-10-03"), -1) == day("2026-09-30")
    assert CN.shift(day("2026-10-03"), 0) == day("2026-10-08")
    assert CN.shift(day("2026-10-08"), 0) == day("2026-10-08")


@pytest.mark.parametrize(
    ("one", "kind", "zh", "en"),
    [
        ("2026-01-04", DayKind.MAKE_UP, "元旦调休上班", "make-up working day for New Year's Day"),
        ("2026-01-02", DayKind.HOLIDAY, "元旦放假", "New Year's Day"),
        ("2026-01-10", DayKind.WEEKEND, "周末", "weekend"),
        ("2026-01-12", DayKind.WORKING, "工作日", "working day"),
        ("2015-09-03", DayKind.HOLIDAY, None, "70th anniversary of victory over Japan"),
        ("2027-10-01", DayKind.WORKING, "工作日", "working day"),
    ],
)
def test_every_day_says_why_it_counts_or_rests(one: str, kind: DayKind, zh: str | None, en: str) -> None:
    why = CN.why(day(one))
    assert (why.kind, why.phrase.en) == (kind, en)
    assert zh in (None, why.phrase.zh)
    assert CN.provisional(day(one)) == (one > "2026-12-31")


def test_a_day_named_by_a_notice_opens_to_its_papers() -> None:
    calendar = WorkCalendar.build(key="CN", notices=[notice(2027, "2027-01-01")])
    assert calendar.why(day("2027-01-01")).sources == ("https://www.gov.cn/2027",)


def test_a_local_closure_rests_on_top_and_leaves_weekends_what_they_are() -> None:
    here = WorkCalendar.build(
        key="330225", notices=baseline(), closures=[typhoon("2026-08-07", "2026-08-11")]
    )
    kinds = [here.why(day(f"2026-08-{n:02}")).kind for n in range(6, 12)]
    rest = [DayKind.CLOSURE, DayKind.WEEKEND, DayKind.WEEKEND, DayKind.CLOSURE]
    assert kinds == [DayKind.WORKING, *rest, DayKind.WORKING]
    assert here.ordinal(day("2026-08-11")) == CN.ordinal(day("2026-08-11")) - 2
    assert here.why(day("2026-08-07")).sources == ("象政办发〔2026〕8号",)


def test_a_gap_between_years_ends_what_is_known() -> None:
    gap = WorkCalendar.build(key="CN", notices=[notice(2025, "2025-01-01"), notice(2027, "2027-01-01")])
    assert gap.horizon == date(2025, 12, 31)


def test_a_later_file_of_the_same_year_replaces_the_earlier_one() -> None:
    twice = WorkCalendar.build(key="CN", notices=[notice(2027, "2027-03-01"), notice(2027, "2027-03-02")])
    assert twice.is_working(day("2027-03-01"))
    assert not twice.is_working(day("2027-03-02"))


@pytest.mark.parametrize("one", [date(2003, 12, 31), date(2061, 1, 1), date(1, 1, 1)])
def test_days_beyond_the_axis_are_refused_not_guessed(one: date) -> None:
    for question in (CN.is_working, CN.ordinal, CN.why):
        with pytest.raises(OutsideAxis, match="2004-01-01 to 2060-12-31"):
            question(one)
    with pytest.raises(OutsideAxis):
        CN.last_day(one, 5)
    with pytest.raises(OutsideAxis):
        CN.last_day(date(2026, 1, 5), 20, [(date(2003, 12, 1), date(2003, 12, 5))])


def test_numbers_beyond_the_axis_are_refused() -> None:
    for number in (0, -1, len(CN.days) + 1):
        with pytest.raises(OutsideAxis):
            CN.day(number)
    with pytest.raises(OutsideAxis):
        CN.last_day(date(2060, 12, 1), 60)


def test_a_faulty_notice_names_everything_wrong_at_once() -> None:
    text = """{"year": "2027", "papers": "x", "days": [
        {"name": "", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "20270102", "isOffDay": 1},
        7, {"name": "元旦", "date": "2027-01-03", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-03", "isOffDay": false}]}"""
    with pytest.raises(NoticeFaulty) as refused:
        parse_notice(text)
    assert len(refused.value.faults) == 7
    assert all(fault in str(refused.value) for fault in refused.value.faults)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"year": 2027, "papers": [], "days": {}}', "nul"])
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(NoticeFaulty):
        parse_notice(text)


def test_a_day_far_from_its_year_is_a_fault_the_december_before_is_not() -> None:
    form = '{"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "%s", "isOffDay": true}]}'
    assert parse_notice(form % "2026-12-31").days[0].day == date(2026, 12, 31)
    with pytest.raises(NoticeFaulty, match="2026-11-30"):
        parse_notice(form % "2026-11-30")


def test_an_edition_may_change_today_but_no_day_before() -> None:
    book = CalendarBook.begin(CN, known_from=known("2025-11-10 09:00"), because=Phrase(zh="初始", en="first"))
    closed = WorkCalendar.build(key="CN", notices=baseline(), closures=[typhoon("2026-08-07", "2026-08-08")])
    assert book.add(edition(closed, "2026-08-07 06:00")).latest is closed
    with pytest.raises(PastChanged, match="2026-08-07") as refused:
        book.add(edition(closed, "2026-08-08 00:00"))
    assert refused.value.days == (date(2026, 8, 7),)


def test_a_past_day_changes_only_as_a_recorded_correction() -> None:
    book = CalendarBook.begin(CN, known_from=known("2025-11-10 09:00"), because=Phrase(zh="初始", en="first"))
    closed = WorkCalendar.build(key="CN", notices=baseline(), closures=[typhoon("2026-08-07", "2026-08-08")])
    put_right = book.add(edition(closed, "2026-09-01 09:00"), correction=True)
    assert put_right.editions[-1].correction
    assert put_right.known_at(known("2026-08-31 09:00")) is CN


def test_the_night_before_in_utc_is_already_the_local_day() -> None:
    book = CalendarBook.begin(CN, known_from=known("2025-11-10 09:00"), because=Phrase(zh="初始", en="first"))
    closed = WorkCalendar.build(key="CN", notices=baseline(), closures=[typhoon("2026-08-07", "2026-08-08")])
    at = datetime(2026, 8, 6, 17, 0, tzinfo=UTC)  # one in the morning of the 7th in Ningbo
    assert (
        book.add(Edition(closed, at, Phrase(zh="通知", en="a notice"))).known_on(date(2026, 8, 7)) is closed
    )
    assert book.known_on(date(2000, 1, 1)) is CN


def test_the_notice_of_27_january_2020_came_in_the_middle_of_a_holiday_and_changed_no_day_past() -> None:
    whole = parse_notice(year_file(2020))
    others = [one for one in baseline() if one.year != 2020]
    late = {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}
    first = type(whole)(2020, whole.papers[:1], tuple(d for d in whole.days if d.day not in late))
    # As first arranged: the holiday ended on 30 January and Saturday, 1 February was to be worked.
    worked = type(whole.days[0])(date(2020, 2, 1), "春节", working=True)
    first = type(whole)(2020, first.papers, (*first.days, worked))
    before = WorkCalendar.build(key="CN", notices=[*others, first])
    after = WorkCalendar.build(key="CN", notices=[*others, whole])
    book = CalendarBook.begin(
        before, known_from=known("2019-11-21 16:00"), because=Phrase(zh="初始", en="first")
    )
    book = book.add(edition(after, "2020-01-27 02:00"))
    assert after.changed_since(before) == (date(2020, 1, 31), date(2020, 2, 1))
    assert book.known_at(known("2020-01-26 12:00")) is before
    assert book.latest is after


def test_editions_stand_in_order_and_belong_to_one_place() -> None:
    book = CalendarBook.begin(CN, known_from=known("2025-11-10 09:00"), because=Phrase(zh="初始", en="first"))
    with pytest.raises(EditionsOutOfOrder):
        book.add(edition(CN, "2025-11-10 09:00"))
    elsewhere = WorkCalendar.build(key="330225", notices=baseline())
    with pytest.raises(EditionsOutOfOrder, match="330225"):
        book.add(edition(elsewhere, "2026-01-01 09:00"))
    with pytest.raises(ValueError, match="zone"):
        Edition(CN, datetime(2026, 1, 1), Phrase(zh="通知", en="a notice"))  # noqa: DTZ001
