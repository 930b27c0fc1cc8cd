"""Looking back in a record: how it read before an act, whose it was on a day, which last day was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.vocabulary.decision import Reopened
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Run

A = TypeVar("A", bound=Act)


def before(dossier: Dossier, sequence: int) -> Dossier:
    """Return the dossier as it read before its act number `sequence`, which is at least the second."""
    kept = sequence - 1
    return replace(dossier, acts=dossier.acts[:kept], recorded=dossier.recorded[:kept], folded=None)


def numbered(dossier: Dossier, kind: type[A]) -> list[tuple[int, A]]:
    """Return every act of a kind with its place in the record, counting from one."""
    return [(place, act) for place, act in enumerate(dossier.acts, start=1) if isinstance(act, kind)]


def current(acts: Sequence[Act]) -> Sequence[Act]:
    """Return the acts since the matter was last reopened; all of them if it never was."""
    places = [place for place, act in enumerate(acts) if isinstance(act, Reopened)]
    return acts[places[-1] :] if places else acts


def owner_on(dossier: Dossier, day: date) -> str:
    """Return the post that had the matter at the end of a day; empty when it lay with the citizen."""
    return dossier.on_day(day).owner_post()


def missed(run: Run, dossier: Dossier, *, now: datetime) -> date | None:
    """Return the last day of a run that passed without its end; None while it is in time or stands still."""
    today, calendar = local_day(now), dossier.calendar
    if not worktime.overdue(run, today=today, calendar=calendar):
        return None
    seen = run.seen_on(min(today, run.stopped) if run.stopped else today)
    return worktime.day_of(worktime.end(seen, calendar=calendar), calendar=calendar)


def rung(running: Running, word: str) -> str:
    """Return the key of what one run of a clock shows: stable for ever, `handling/1/statute`."""
    return f"{running.clock.value}/{running.number}/{word}"
