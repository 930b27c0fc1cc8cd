"""What a day is (日性) and what made it so; knows one day at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from xiaoneng.law.phrase import Phrase

ZONE = ZoneInfo("Asia/Shanghai")
"""The zone whose midnight parts one local day from the next."""


class DayKind(StrEnum):
    """What a day is on a calendar; `WORKING` and `MAKE_UP` count, the others are rest."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a day counts or rests: its kind, the words for it, and the addresses of the papers that say so."""

    kind: DayKind
    phrase: Phrase
    sources: tuple[str, ...] = ()

    @property
    def working(self) -> bool:
        """Return whether the day counts."""
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which one place is shut by a decision of its own: `first` to the day before `until`.

    `name` is what the people there call it; `source` is the paper that ordered it.
    """

    first: date
    until: date
    name: Phrase
    source: str

    def __post_init__(self) -> None:
        if self.until <= self.first:
            raise ValueError(f"a closure from {self.first} until {self.until} shuts no day")


ORDINARY = Why(DayKind.WORKING, Phrase(zh="工作日", en="working day"))
WEEKEND = Why(DayKind.WEEKEND, Phrase(zh="周末", en="weekend"))

_ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "五一": "Labour Day",
    "端午": "Dragon Boat Festival",
    "国庆": "National Day",
    "十一": "National Day",
    "中秋": "Mid-Autumn Festival",
    "抗日战争": "70th anniversary of victory over Japan",
}


def english(name: str) -> str:
    """Return a holiday's English name; one that is not listed keeps its Chinese name in brackets."""
    known = dict.fromkeys(said for part, said in _ENGLISH.items() if part in name)
    return " and ".join(known) or f"public holiday ({name})"


def named(name: str, *, working: bool) -> Phrase:
    """Return the words for a day that a notice names: the holiday, or the make-up day worked for it."""
    if working:
        return Phrase(zh=f"{name}调休上班", en=f"make-up working day for {english(name)}")
    return Phrase(zh=f"{name}放假", en=english(name))


def local(at: datetime, *, zone: ZoneInfo = ZONE) -> datetime:
    """Return an instant on the local clock; raises `ValueError` for one that names no zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} names no zone")
    return at.astimezone(zone)


def local_day(at: datetime, *, zone: ZoneInfo = ZONE) -> date:
    """Return the local day on which an instant falls."""
    return local(at, zone=zone).date()


def midnight(day: date, *, zone: ZoneInfo = ZONE) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime.combine(day, time.min, tzinfo=zone)


_MONTHS: tuple[str, ...] = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
)
_MONTHS += ("October", "November", "December")


def spoken_day(day: date) -> Phrase:
    """Return a day as papers and cards write it: 2026年3月17日, 17 March 2026."""
    return Phrase(
        zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )
