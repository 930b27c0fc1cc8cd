"""Who used up the time (责任划分): working days between acts, laid to the post that had the matter.

The days are counted on the calendar of the deadline; days on which the limit stood still are nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Folded, advanced, day_zero, opened
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.fold import read
from xiaoneng.worktime.runs import Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Working days that a post, standing in a role, had the matter while no limit stood still."""

    role: Role
    post: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A matter's rest at one desk: from the day of one act (not counted) to the day of the next (counted)."""

    role: Role | None
    post: str
    first: date
    last: date


def time_used(dossier: Dossier, *, until: date) -> tuple[Used, ...]:
    """Return the working days each post used up to the end of `until`, most first; the citizen's are left out."""
    pauses = _pauses(dossier)
    total: dict[tuple[Role, str], int] = defaultdict(int)
    for stay in stays(dossier, until=until):
        if stay.role is not None and stay.post:
            total[stay.role, stay.post] += worked(stay, pauses=pauses, calendar=dossier.calendar)
    used = [Used(role=role, post=post, days=days) for (role, post), days in total.items()]
    return tuple(sorted(used, key=lambda one: -one.days))


def most_answerable(dossier: Dossier, *, until: date) -> Used | None:
    """Return who used most of the time; of two equal, the one who had the matter last; None if nobody had it."""
    used = time_used(dossier, until=until)
    most = [one for one in used if one.days == used[0].days]
    order = [(stay.role, stay.post) for stay in stays(dossier, until=until)]
    return max(most, key=lambda one: _last(order, (one.role, one.post)), default=None)


def _last(order: list[tuple[Role | None, str]], who: tuple[Role | None, str]) -> int:
    return max((place for place, one in enumerate(order) if one == who), default=-1)


def stays(dossier: Dossier, *, until: date) -> Iterator[Stay]:
    """Yield where the matter rested, desk after desk, up to the end of `until`."""
    calendar = dossier.book.latest
    states = list(_states(dossier))
    days = [day_zero(dossier.acts[0], calendar=calendar), *(local_day(act.at) for act in dossier.acts[1:])]
    for place, folded in enumerate(states):
        if folded.stage.final:
            continue
        last = days[place + 1] if place + 1 < len(days) else until
        yield _stay(folded, first=days[place], last=min(last, until))


def _states(dossier: Dossier) -> Iterator[Folded]:
    calendar, acts = dossier.book.latest, dossier.acts
    folded = opened(dossier.opening, procedure=dossier.procedure, calendar=calendar)
    yield folded
    for count in range(2, len(acts) + 1):
        known: tuple[Act, ...] = acts[:count]
        folded = advanced(folded, known, procedure=dossier.procedure, calendar=calendar)
        yield folded


def _stay(folded: Folded, *, first: date, last: date) -> Stay:
    role = folded.stage.owner
    post = folded.posts.get(role, "") if role else ""
    return Stay(role=role, post=post, first=first, last=max(first, last))


def worked(stay: Stay, *, pauses: tuple[tuple[date, date], ...], calendar: WorkCalendar) -> int:
    """Return the working days of a stay without those in `pauses`, half-open and apart from each other."""
    count = calendar.ordinal(stay.last) - calendar.ordinal(stay.first)
    for first, until in pauses:
        low = max(calendar.ordinal_before(first), calendar.ordinal(stay.first))
        high = min(calendar.ordinal_before(until), calendar.ordinal(stay.last))
        count -= max(0, high - low)
    return count


def _pauses(dossier: Dossier) -> tuple[tuple[date, date], ...]:
    """Return the days on which an answerable clock stood still, merged, half-open; an open pause has no end."""
    found: set[Pause] = set()
    for run in dossier.every_run():
        if run.clock in dossier.procedure.answerable:
            found.update(read(run.statutory, calendar=dossier.calendar).pauses)
    merged: list[tuple[date, date]] = []
    for pause in sorted(found, key=lambda one: one.first):
        until = pause.until or dossier.calendar.days[-1]
        if merged and pause.first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((pause.first, until))
    return tuple(merged)
