"""The working calendar (工作日历) of a year: every day, what makes it count or rest, and which notice says so."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import calendar_book, capacities_of
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock
from xiaoneng.web.parts import Notice, Tone
from xiaoneng.web.wording import HAN_WEEKDAYS, MONTHS, WEEKDAYS, english, full_day
from xiaoneng.worktime.calendar import END as LAST
from xiaoneng.worktime.calendar import EPOCH, DayKind, WorkCalendar

MAY_LOAD = frozenset({Duty.SUPERVISE, Duty.CATALOGUE})
YEAR_END = 12
SHORT = {
    DayKind.HOLIDAY: Phrase("休", "off"),
    DayKind.MAKE_UP: Phrase("班", "work"),
    DayKind.CLOSURE: Phrase("停", "shut"),
}
"""The mark on a day that is not as its weekday would have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBox:
    """A day of a month; None stands for the days of its neighbours."""

    day: date
    kind: str
    mark: Phrase | None
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month as weeks of days."""

    name: str
    weeks: tuple[tuple[DayBox | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """Adjacent days that one notice arranges alike."""

    first: date
    last: date
    words: Phrase
    working: bool
    sources: tuple[str, ...]


def may_load(request: HttpRequest) -> bool:
    """Tell whether the reader holds a post that answers for the calendar."""
    return any(one.duty in MAY_LOAD for one in capacities_of(request.user, at=clock.now()))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year of the national calendar."""
    book, today = calendar_book(), clock.today()
    said = request.GET.get("year", "")
    year = (
        int(said)
        if said.isascii() and said.isdigit() and EPOCH.year <= int(said) <= LAST.year
        else today.year
    )
    latest = book.latest
    shown = {
        "year": year,
        "months": [_month(year, month, latest, today=today) for month in range(1, YEAR_END + 1)],
        "weekdays": WEEKDAYS if english() else tuple(HAN_WEEKDAYS),
        "specials": _specials(year, latest),
        "working": latest.ordinal(date(year, 12, 31)) - latest.ordinal_before(date(year, 1, 1)),
        "earlier": year - 1 if year > EPOCH.year else None,
        "later": year + 1 if year < LAST.year else None,
        "horizon": latest.horizon,
        "provisional": _provisional(year, latest),
        "editions": tuple(reversed(book.editions)),
        "may_load": may_load(request),
        "load": reverse("calendar-load"),
    }
    return render(request, "xiaoneng/office/calendar.html", shown)


def _provisional(year: int, latest: WorkCalendar) -> Notice | None:
    if date(year, 12, 31) <= latest.horizon:
        return None
    return Notice(
        title=gettext("%(year)s 年的放假安排还没有公布") % {"year": year},
        body=gettext("按周末推算，%(day)s 之后的日期都是暂定的。") % {"day": full_day(latest.horizon)},
        tone=Tone.WARNING,
    )


def _month(year: int, month: int, latest: WorkCalendar, *, today: date) -> Month:
    weeks = Calendar().monthdatescalendar(year, month)
    days = [day for week in weeks for day in week if day.month == month]
    return Month(
        name=MONTHS[month - 1] if english() else f"{month}月",
        weeks=tuple(
            tuple(_box(day, latest, today=today) if day.month == month else None for day in week)
            for week in weeks
        ),
        working=sum(map(latest.is_working, days)),
    )


def _box(day: date, latest: WorkCalendar, *, today: date) -> DayBox:
    kind = latest.why(day).kind
    return DayBox(day=day, kind=kind.value, mark=SHORT.get(kind), today=day == today)


def _specials(year: int, latest: WorkCalendar) -> list[Special]:
    """Return what the notices arrange in a year, adjacent days of one name together."""
    found: list[Special] = []
    for day in (day for day in sorted(latest.named) if day.year == year):
        why = latest.why(day)
        last = found[-1] if found else None
        if last and last.words == why.phrase and (day - last.last).days == 1:
            found.pop()
            first = last.first
        else:
            first = day
        found.append(
            Special(first=first, last=day, words=why.phrase, working=why.working, sources=why.sources)
        )
    return found
