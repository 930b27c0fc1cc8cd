"""The clocks of a matter day by day, as the pages draw them. Pure: knows a dossier and a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.web import wording
from xiaoneng.web.strip_parts import BoxKind, Strip, StripBox
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.history import calendar_for
from xiaoneng.worktime.limits import Unit
from xiaoneng.worktime.runs import Run
from xiaoneng.worktime.strip import StripDay, StripKind, strip
from xiaoneng.worktime.workdays import WorkCalendar

KINDS = {
    StripKind.START: BoxKind.ZERO,
    StripKind.COUNTED: BoxKind.COUNTED,
    StripKind.MAKE_UP: BoxKind.MAKEUP,
    StripKind.WEEKEND: BoxKind.WEEKEND,
    StripKind.HOLIDAY: BoxKind.HOLIDAY,
    StripKind.CLOSURE: BoxKind.CLOSURE,
    StripKind.PAUSED: BoxKind.PAUSED,
    StripKind.ROLLED: BoxKind.WEEKEND,
    StripKind.LATE: BoxKind.LATE,
}
NAMED = frozenset({StripKind.HOLIDAY, StripKind.CLOSURE, StripKind.MAKE_UP})
LATE_SHOWN = timedelta(days=60)
"""How far beyond its end a clock is drawn; after that the sentence says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The clocks that run and those that are over."""

    running: tuple[Strip, ...]
    past: tuple[Strip, ...]


def clocks(dossier: Dossier, *, today: date) -> Clocks:
    """Return every clock of a matter day by day, by law and by promise, those that run first."""
    return Clocks(
        running=tuple(one for run in dossier.running() for one in strips_of(run, dossier, today=today)),
        past=tuple(
            one for run in reversed(dossier.state.past) for one in strips_of(run, dossier, today=today)
        ),
    )


def strips_of(running: Running, dossier: Dossier, *, today: date) -> tuple[Strip, ...]:
    """Return a run by promise, where there is one, and by law."""
    name = running.clock.phrase
    law = Phrase(f"{name.zh}：法定期限", f"{name.en}: limit by law")
    found = [_strip(law, running.statutory, running, dossier, today=today)]
    if running.promised and running.promised.limit != running.statutory.limit:
        promise = Phrase(f"{name.zh}：承诺期限", f"{name.en}: limit by promise")
        found.insert(0, _strip(promise, running.promised, running, dossier, today=today))
    return tuple(found)


def _strip(name: Phrase, run: Run, running: Running, dossier: Dossier, *, today: date) -> Strip:
    calendar = calendar_for(run, book=dossier.book, closed_at=dossier.state.closed_at)
    days = strip(run, calendar=calendar, until=_until(run, calendar, today=today))
    promised = run is running.promised
    return Strip(
        name=name,
        told=_told(run, calendar, today=today),
        boxes=tuple(_box(one) for one in days),
        today=today,
        basis=None if promised else running.term.basis,
    )


def _until(run: Run, calendar: WorkCalendar, *, today: date) -> date | None:
    """Return where the drawing ends: today, where the clock stands still or is over; else its last day."""
    if run.stopped is not None:
        return min(run.stopped, _last(run, calendar) + LATE_SHOWN)
    reading = worktime.read(run, calendar=calendar)
    if reading.held_since is not None:
        return max(today, reading.held_since)
    last = _last(run, calendar)
    return min(max(last, today), last + LATE_SHOWN)


def _last(run: Run, calendar: WorkCalendar) -> date:
    return worktime.day_of(worktime.end(run, calendar=calendar), calendar=calendar)


def _box(one: StripDay) -> StripBox:
    return StripBox(
        day=one.day,
        kind=KINDS[one.kind],
        count=one.counted,
        note=one.why if one.kind in NAMED else "",
        due=one.last,
        provisional=one.provisional,
    )


def _told(run: Run, calendar: WorkCalendar, *, today: date) -> str:
    """Return the clock in a sentence: when it began, how long, how it ended or ends."""
    said = {
        "start": wording.full_day(run.start),
        "limit": wording.spoken(run.limit.spoken()),
        "end": _ended(run, calendar, today=today),
    }
    if run.limit.unit is Unit.OFFICE_HOURS:
        return gettext("%(start)s 起算，期限 %(limit)s；%(end)s") % said
    if (
        run.limit.count == 0 and run.extensions
    ):  # an act said the day: no term was counted, and none was extended
        return gettext("%(start)s 起算，期限由文书指定；%(end)s") % said
    more = gettext("%(start)s 起算，当日不计，期限 %(limit)s；%(end)s") % said
    return more if not run.extensions else more + gettext("（已延长）")


def _ended(run: Run, calendar: WorkCalendar, *, today: date) -> str:
    due = worktime.due(run, calendar=calendar)
    if run.stopped is not None:
        late = worktime.overdue(run, today=run.stopped, calendar=calendar)
        words = gettext("%(day)s 停止，已超期。") if late else gettext("%(day)s 停止，未超期。")
        return words % {"day": wording.full_day(run.stopped)}
    if due is None:
        return gettext("现在中止，不计时。")
    words = gettext("%(day)s 已到期，未办结。") if today > due else gettext("%(day)s 到期。")
    open_ended = gettext("该年度放假安排未公布，日期暂定。") if calendar.provisional(due) else ""
    return words % {"day": wording.full_day(due)} + open_ended
