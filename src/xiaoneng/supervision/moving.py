"""What a holiday notice would move: the last days of open matters on the calendar as it is and as it would be.

Nothing is written: ends stay where they are on the axis of working days, only the days they fall on change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.queries import open_matters
from xiaoneng.organisation.access import calendar_book
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.calendar import CalendarBook, Edition, WorkCalendar
from xiaoneng.worktime.notice import Notice
from xiaoneng.worktime.runs import Axis, End


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """So many open matters whose lawful last day would go from one day to another."""

    before: date
    after: date
    matters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a notice would do: days that would change, matters that would move, and how many stay."""

    days: tuple[date, ...]
    moves: tuple[Move, ...]
    staying: int
    provisional_before: int
    provisional_after: int

    @property
    def moving(self) -> int:
        """Return how many open matters would move."""
        return sum(one.matters for one in self.moves)


def preview(notice: Notice, *, now: datetime) -> Preview:
    """Return what loading a national notice at `now` would move; raises PastChanged where it would alter days gone by."""
    moves: Counter[tuple[date, date]] = Counter()
    known = unknown = staying = 0
    changed: tuple[date, ...] = ()
    for key, ends in _ends().items():
        book = calendar_book(key)
        old, new = book.latest, _with(notice, book, now=now)
        changed = changed or new.changed_since(old)
        for end, count in ends.items():
            was, then = worktime.day_of(end, calendar=old), worktime.day_of(end, calendar=new)
            known += count * old.provisional(was)
            unknown += count * new.provisional(then)
            if was == then:
                staying += count
            else:
                moves[was, then] += count
    national = calendar_book()
    return Preview(
        days=changed or _with(notice, national, now=now).changed_since(national.latest),
        moves=tuple(Move(before=was, after=then, matters=n) for (was, then), n in sorted(moves.items())),
        staying=staying,
        provisional_before=known,
        provisional_after=unknown,
    )


def _ends() -> dict[str, Counter[End]]:
    """Return the lawful ends of open matters by calendar, each with how many share it; in one query."""
    found: dict[str, Counter[End]] = {}
    rows = open_matters().filter(statutory__isnull=False).exclude(axis="").order_by()
    for calendar, axis, at, n in rows.values_list("calendar", "axis", "statutory").annotate(Count("pk")):
        found.setdefault(calendar, Counter())[End(Axis(axis), at)] += n
    return found


def _with(notice: Notice, book: CalendarBook, *, now: datetime) -> WorkCalendar:
    """Return the calendar with the notice laid over it, checked as an edition known from `now`."""
    latest = book.latest
    laid = WorkCalendar.build(
        key=latest.key, notices=(*latest.notices, notice), closures=latest.closures, hours=latest.hours
    )
    book.add(Edition(laid, now, Phrase(notice.title.zh, notice.title.en)))
    return laid
