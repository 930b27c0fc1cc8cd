"""By which office hours a feed is timed (办公时间口径): its own where it declares them, else a default that is said."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from xiaoneng.flow.declared import declared_hours
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import ZONE
from xiaoneng.worktime.schedule import Schedule
from xiaoneng.worktime.spans import OfficeHours, Span
from xiaoneng.worktime.workdays import END, EPOCH, WorkCalendar

DECLARED = Phrase(
    "办公时间按来源在对照表中的声明。", "Office hours as the feed declares them in its mapping."
)
OURS = Phrase(
    "办公时间按本系统的工作日历（节假日、调休和默认作息）：来源没有声明，这是假定。",
    "Office hours by our own calendar (holidays, make-up days, usual hours): the feed declares none; an assumption.",
)
OWN = Phrase("办公时间按本系统的工作日历。", "Office hours by our own calendar.")
PLAIN = Phrase(
    "办公时间假定为周一至周五 08:30–17:00，不扣节假日：来源没有声明，凡按办公时间计的数都以此为前提。",
    "Office hours are taken to be Monday to Friday 08:30–17:00 without holidays: the feed declares none, and every "
    "figure in office time rests on this assumption.",
)
_DAYTIME = OfficeHours.weekdays(Span.between("08:30", "17:00"))


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a feed, and the words that say where they come from."""

    schedule: Schedule
    said: Phrase


def hours_of(
    *, mapping: str, key: str, zone: ZoneInfo, years: tuple[int, int], calendar: WorkCalendar, own: bool
) -> Hours:
    """Return the hours of a feed whose events lie in these years, first and last."""
    declared = declared_hours(mapping, key=key, zone=zone) if mapping else None
    if declared is not None:
        return Hours(declared, DECLARED)
    reached = EPOCH.year <= years[0] and years[1] <= END.year
    if reached and (own or zone.key == ZONE.key):
        return Hours(Schedule.of_calendar(calendar, zone=zone), OWN if own else OURS)
    return Hours(Schedule.weekly(f"plain-{zone.key}", _DAYTIME, zone=zone), PLAIN)
