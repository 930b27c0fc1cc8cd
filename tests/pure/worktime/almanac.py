"""The calendars, days and draws that the tests of the clock share."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import pytest
from hypothesis import strategies as st

from tests.realdata import DATA
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.calendar import Closure, WorkCalendar
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.notice import Notice, NoticeDay, baseline
from xiaoneng.worktime.runs import Extension, Pause, Run

CN = WorkCalendar.build(key="CN", notices=baseline())
YEARS = range(2007, 2028)


def day(text: str) -> date:
    return date.fromisoformat(text)


def run(
    start: str, count: int, unit: Unit = Unit.WORKING_DAYS, *, pauses: str = "", roll: bool = True
) -> Run:
    """A run from words; pauses as `2026-03-02..2026-03-09 2026-03-12..`."""
    return Run(Limit(count, unit, roll), day(start), tuple(pause(one) for one in pauses.split()))


def pause(text: str) -> Pause:
    first, _, until = text.partition("..")
    return Pause(day(first), day(until) if until else None)


def notice(year: int, off: str = "", worked: str = "", name: str = "元旦") -> Notice:
    days = [NoticeDay(day(one), name, working=False) for one in off.split()]
    days += [NoticeDay(day(one), name, working=True) for one in worked.split()]
    return Notice(year, (f"https://www.gov.cn/{year}",), tuple(days))


def typhoon(first: str, until: str) -> Closure:
    return Closure(day(first), day(until), Phrase(zh="台风停工", en="typhoon"), "象政办发〔2026〕8号")


@cache
def works(one: date) -> bool:
    """What chinesecalendar's own function says of a day; past its last year the plain week."""
    return bool(chinese_calendar.is_workday(one)) if one.year <= 2026 else one.weekday() < 5


def year_file(year: int) -> str:
    path = DATA / "calendar" / f"{year}.json"
    if not path.exists():
        pytest.skip(f"no notices in holiday-cn form at {DATA}/calendar")
    return path.read_text()


starts = st.dates(date(2007, 1, 1), date(2026, 12, 31))


@st.composite
def spans(draw: st.DrawFn, start: date, *, lasting: bool = True) -> list[tuple[date, date | None]]:
    """Up to four suspensions about a start, overlapping, empty, before the start or after the end; one may last."""
    found: list[tuple[date, date | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        first = start + timedelta(draw(st.integers(-5, 60)))
        found.append((first, first + timedelta(draw(st.integers(0, 25)))))
    if lasting and draw(st.integers(0, 3)) == 0:
        found.append((start + timedelta(draw(st.integers(-2, 50))), None))
    return draw(st.permutations(found))


@st.composite
def runs(draw: st.DrawFn, *, lasting: bool = True, extended: bool = True) -> Run:
    start = draw(starts)
    unit = draw(st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS]))
    most = 3 if unit is Unit.MONTHS else 45
    pauses = tuple(Pause(*span) for span in draw(spans(start, lasting=lasting)))
    grants = ()
    if extended:
        days = draw(st.lists(st.integers(-3, 70), max_size=2, unique=True))
        more = Limit(draw(st.integers(1, most)), unit)
        grants = tuple(Extension(start + timedelta(n), more) for n in days)
    return Run(Limit(draw(st.integers(0, most)), unit, draw(st.booleans())), start, pauses, grants)
