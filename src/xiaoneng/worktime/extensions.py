"""Whether an extension may be granted (延长): once, before expiry, bounded; knows no roles and no reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.fold import day_of, read
from xiaoneng.worktime.limits import Limit
from xiaoneng.worktime.runs import Axis, Extension, Run
from xiaoneng.worktime.workdays import WorkCalendar


def extension_flaws(
    run: Run, extension: Extension, *, today: date, calendar: WorkCalendar, cap: Limit | None
) -> tuple[Phrase, ...]:
    """Return everything that stands against granting `extension`; empty where it may be granted.

    Once in a run, on or before the last day (moved by suspensions), by no more than `cap`, and longer than
    before. `today` is the day on which it is entered: nothing is granted on a day to come.
    """
    flaws = list(_timing(run, extension, today=today, calendar=calendar))
    if read(run, calendar=calendar).extension is not None:
        flaws.append(
            Phrase(zh="本期限已经延长过一次，不得再次延长", en="this limit has been extended once already")
        )
    flaws += _length(run, extension, calendar=calendar, cap=cap)
    return tuple(flaws)


def _timing(run: Run, extension: Extension, *, today: date, calendar: WorkCalendar) -> list[Phrase]:
    reading = read(run.seen_on(extension.granted_on), calendar=calendar)
    last = day_of(reading.end, calendar=calendar)
    granted = extension.granted_on
    flaws = []
    if granted > today:
        flaws.append(
            Phrase(zh=f"批准日 {granted} 尚未到来", en=f"the day of the grant, {granted}, is yet to come")
        )
    if granted < run.start:
        flaws.append(
            Phrase(zh=f"期限自 {run.start} 起算，不得提前延长", en=f"the limit only starts on {run.start}")
        )
    if run.stopped is not None and granted >= run.stopped:
        flaws.append(Phrase(zh=f"期限已于 {run.stopped} 停止", en=f"the clock stopped on {run.stopped}"))
    if reading.held_since is None and granted > last:
        flaws.append(
            Phrase(
                zh=f"期限已于 {last} 届满，届满后的延长无效",
                en=f"the limit ended on {last}; an extension after its end is none",
            )
        )
    return flaws


def _length(run: Run, extension: Extension, *, calendar: WorkCalendar, cap: Limit | None) -> list[Phrase]:
    plain = replace(run, extensions=())
    last = _last(plain, calendar=calendar)
    asked = _last(_granted(plain, extension.limit, extension.until), calendar=calendar)
    if asked <= last:
        return [
            Phrase(
                zh=f"未超过原届满日 {last}，不构成延长", en=f"it does not reach beyond the last day, {last}"
            )
        ]
    if cap is not None and _exceeds(plain, extension, asked=asked, calendar=calendar, cap=cap):
        most = cap.spoken()
        return [Phrase(zh=f"延长不得超过 {most.zh}", en=f"it may not exceed {most.en}")]
    return []


def _exceeds(run: Run, extension: Extension, *, asked: date, calendar: WorkCalendar, cap: Limit) -> bool:
    if extension.limit is not None and extension.limit.unit is cap.unit:
        return extension.limit.count > cap.count
    return asked > _last(_granted(run, cap, None), calendar=calendar)


def _granted(run: Run, limit: Limit | None, until: date | None) -> Run:
    # Granted on the first day: lengths are compared as if in time; lateness is a flaw of its own.
    return replace(run, extensions=(Extension(run.start, limit, until),))


def _last(run: Run, *, calendar: WorkCalendar) -> date:
    return day_of(read(run, calendar=calendar).end, calendar=calendar)


def dated(run: Run, extension: Extension, *, calendar: WorkCalendar) -> Extension:
    """Return an extension in another unit than the clock's as one until a day, as it is to be recorded.

    The two units meet at a day of today's calendar; written down as that day, no later edition moves the
    stored end. Extensions in the clock's own unit, or until a day already, are returned as they are.
    """
    if extension.limit is None or extension.limit.unit is run.limit.unit:
        return extension
    end = read(replace(run, extensions=(extension,)), calendar=calendar).end
    if end.axis not in (Axis.ABSOLUTE, Axis.FIXED):
        return extension
    return Extension(extension.granted_on, until=date.fromordinal(end.ordinal))
