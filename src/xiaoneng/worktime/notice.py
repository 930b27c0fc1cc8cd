"""The State Council's yearly notices (放假安排) as data: holiday-cn JSON read whole or refused whole.

Knows days and names; knows neither weekdays nor which notice outranks another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chinese_calendar import constants

from xiaoneng.law.phrase import Phrase

EARLIEST = 2004
"""First year of the axis; the packaged notices begin here too."""


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day that a notice names: a day off, or a weekend day to be worked (调休)."""

    day: date
    name: str
    working: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """All that is arranged for one year; `papers` are the addresses of the notices that arranged it.

    `days` may hold days of the December before. A notice without days says that the year is not yet arranged.
    """

    year: int
    papers: tuple[str, ...]
    days: tuple[NoticeDay, ...]

    @property
    def title(self) -> Phrase:
        """Return what the notice is called."""
        return Phrase(
            zh=f"国务院办公厅关于{self.year}年部分节假日安排的通知",
            en=f"State Council notice on the public holidays of {self.year}",
        )

    @property
    def known(self) -> bool:
        """Return whether the year is arranged at all."""
        return bool(self.days)


class NoticeFaulty(ValueError):
    """A notice that cannot be read; `faults` names everything that is wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def parse_notice(text: str) -> Notice:
    """Read a year in holiday-cn form: `{"year", "papers": [], "days": [{"name", "date", "isOffDay"}]}`.

    Keys of other names are left alone. Raises `NoticeFaulty` with every fault at once.
    """
    try:
        form: object = json.loads(text)
    except json.JSONDecodeError as broken:
        raise NoticeFaulty((f"not JSON: {broken}",)) from broken
    if not isinstance(form, dict):
        raise NoticeFaulty(("not a JSON object with year, papers and days",))
    faults: list[str] = []
    year = _year(form.get("year"), faults)
    papers = _papers(form.get("papers"), faults)
    days = tuple(_days(form.get("days"), faults))
    faults += _misplaced(year, days)
    if faults:
        raise NoticeFaulty(tuple(faults))
    return Notice(year=year, papers=papers, days=tuple(sorted(days, key=lambda named: named.day)))


def _year(value: object, faults: list[str]) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and EARLIEST <= value <= date.max.year:
        return value
    faults.append(f"year: {value!r} is not a year from {EARLIEST} on")
    return 0


def _papers(value: object, faults: list[str]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(paper, str) for paper in value):
        faults.append("papers: not a list of addresses")
        return ()
    return tuple(value)


def _days(value: object, faults: list[str]) -> Iterator[NoticeDay]:
    if not isinstance(value, list):
        faults.append("days: not a list")
        return
    for place, entry in enumerate(value, start=1):
        named = _day(entry, f"day {place}", faults)
        if named is not None:
            yield named


def _day(entry: object, place: str, faults: list[str]) -> NoticeDay | None:
    if not isinstance(entry, dict):
        faults.append(f"{place}: not an object with name, date and isOffDay")
        return None
    before = len(faults)
    name, off = entry.get("name"), entry.get("isOffDay")
    if not isinstance(name, str) or not name.strip():
        faults.append(f"{place}: name is {name!r}, not a holiday's name")
    if not isinstance(off, bool):
        faults.append(f"{place}: isOffDay is {off!r}, neither true nor false")
    day = _date(entry.get("date"))
    if day is None:
        faults.append(f"{place}: date is {entry.get('date')!r}, not a day written 2026-01-04")
    if day is None or len(faults) > before:
        return None
    return NoticeDay(day=day, name=str(name), working=not off)


def _date(value: object) -> date | None:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    # `fromisoformat` also reads 20260104 and 2026-W01-7; the form has one way to write a day.
    return day if day is not None and day.isoformat() == value else None


def _misplaced(year: int, days: tuple[NoticeDay, ...]) -> Iterator[str]:
    seen: set[date] = set()
    for named in days:
        if named.day in seen:
            yield f"{named.day}: named twice"
        seen.add(named.day)
        if year and not (named.day.year == year or (named.day.year, named.day.month) == (year - 1, 12)):
            yield f"{named.day}: lies neither in {year} nor in the December before"


def baseline() -> tuple[Notice, ...]:
    """Return the notices of 2004 to 2026 as the PyPI package `chinesecalendar` records them, a year each.

    The package names no papers, so `papers` is empty; load the year's file to have the addresses.
    """
    chinese = {holiday.value: str(holiday.chinese) for holiday in constants.Holiday}
    named = [NoticeDay(day, chinese[name], working=False) for day, name in constants.holidays.items()]
    named += [NoticeDay(day, chinese[name], working=True) for day, name in constants.workdays.items()]
    years: dict[int, list[NoticeDay]] = {}
    for one in sorted(named, key=lambda one: one.day):
        years.setdefault(one.day.year, []).append(one)
    return tuple(Notice(year, (), tuple(days)) for year, days in years.items())
