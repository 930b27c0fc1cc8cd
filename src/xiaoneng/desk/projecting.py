"""From a dossier to its row and its alarms: the projection that lists, lights and the sweep read; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from xiaoneng.matters.acts import Clock, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.vocabulary.handling import Suspended
from xiaoneng.rules.steps import JUDGED, budgets, shared_out
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Axis, End, Run


class Rung(StrEnum):
    """What a clock wants to be looked at for."""

    NEAR = "near"  # a working day before the promise ends
    PROMISE = "promise"  # the promise has passed
    STATUTE = "statute"  # the law's term has passed
    STEP = "step"  # a desk's share of the promise is used up
    LAPSE = "lapse"  # time decides
    PAUSE = "pause"  # a pause outlasts what was announced


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """One alarm of a running clock."""

    clock: str
    run: int
    rung: Rung
    axis: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The fields of a matter's row that its acts determine."""

    procedure: str
    edition: int
    item: str
    item_edition: int
    subject: str
    agency: str
    division: str
    calendar: str
    stage: str
    owner_post: str
    is_open: bool
    opened_at: datetime
    closed_at: datetime | None
    last_verb: str
    last_at: datetime
    last_person: int
    clock: str
    axis: str
    statutory: int | None
    promised: int | None
    paused: bool
    closed_late: bool | None
    handled_days: int | None
    promised_days: int | None


def row_of(dossier: Dossier) -> Row:
    """Return the row of a matter as its acts make it."""
    opening, last, folded = dossier.opening, dossier.acts[-1], dossier.state
    front = foremost(dossier)
    ends = _ends(front, dossier) if front else None
    return Row(
        procedure=opening.procedure,
        edition=opening.edition,
        item=opening.item,
        item_edition=opening.item_edition,
        subject=opening.subject,
        agency=opening.agency,
        division=opening.division,
        calendar=opening.calendar,
        stage=folded.stage.key,
        owner_post=dossier.owner_post(),
        is_open=not folded.stage.final,
        opened_at=opening.at,
        closed_at=folded.closed_at,
        last_verb=key(last),
        last_at=last.at,
        last_person=last.by.person,
        clock=front.clock.value if front else "",
        axis=ends[0].axis.value if ends else "",
        statutory=ends[0].ordinal if ends else None,
        promised=ends[1].ordinal if ends else None,
        paused=_held(front, dossier) if front else False,
        **asdict(outcome(dossier)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a closed matter kept its time, as known when it closed; all None while it is open.

    `closed_late`: a clock against the office outran its promise, or the law's term where none was given.
    Days are working days of the calendar of the deadline, without suspensions.
    """

    closed_late: bool | None = None
    handled_days: int | None = None
    promised_days: int | None = None


def outcome(dossier: Dossier) -> Outcome:
    """Return how a closed matter kept its time."""
    if not dossier.closed:
        return Outcome()
    calendar = dossier.calendar
    runs = [run for run in dossier.every_run() if run.clock in dossier.procedure.answerable]
    late = any(
        worktime.overdue(run.promised or run.statutory, today=run.statutory.stopped, calendar=calendar)
        for run in runs
        if run.statutory.stopped is not None
    )
    handling = dossier.run_of(Clock.HANDLING)
    if handling is None or handling.statutory.stopped is None:
        return Outcome(closed_late=late)
    promised = handling.promised or handling.statutory
    last = worktime.day_of(worktime.end(promised, calendar=calendar), calendar=calendar)
    return Outcome(
        closed_late=late,
        handled_days=_worked(handling.statutory, handling.statutory.stopped, calendar=calendar),
        promised_days=_worked(promised, last, calendar=calendar),
    )


def _worked(run: Run, last: date, *, calendar: WorkCalendar) -> int:
    """Return the working days of a run up to `last`, without the pauses that had effect."""
    reached, worked = run.start, 0
    for pause in worktime.read(run, calendar=calendar).pauses:
        first = max(reached, pause.first)
        worked += max(0, calendar.ordinal_before(first) - calendar.ordinal(reached))
        reached = max(reached, pause.until - timedelta(days=1) if pause.until else last)
    return worked + max(0, calendar.ordinal(last) - calendar.ordinal(reached))


def _held(run: Running, dossier: Dossier) -> bool:
    """Tell whether the limit stands still: a suspension entered after the end has passed holds nothing."""
    return worktime.read(run.statutory, calendar=dossier.calendar).held_since is not None


def foremost(dossier: Dossier) -> Running | None:
    """Return the clock that a list shows: the first that runs against the office; None if none does."""
    against = [run for run in dossier.running() if run.clock in dossier.procedure.answerable]
    return against[0] if against else None


def _ends(run: Running, dossier: Dossier) -> tuple[End, End]:
    """Return the lawful and the promised end; without a promise the two are one."""
    statutory = _end(run.statutory, calendar=dossier.calendar)
    promised = _end(run.promised, calendar=dossier.calendar) if run.promised else statutory
    return statutory, promised if promised.axis is statutory.axis else _on_axis(
        promised, statutory.axis, dossier
    )


@lru_cache(maxsize=10_000)
def _end(run: Run, *, calendar: WorkCalendar) -> End:
    """Return where a run ends; one act asks it for its row, for its alarms and for those of the act before."""
    return worktime.end(run, calendar=calendar)


def _on_axis(end: End, axis: Axis, dossier: Dossier) -> End:
    """Return an end on another axis: a promise in working days under a statute in calendar days."""
    day = worktime.day_of(end, calendar=dossier.calendar)
    ordinal = dossier.calendar.ordinal(day) if axis is Axis.WORKING else day.toordinal()
    return End(axis, ordinal)


def alarms_of(dossier: Dossier) -> tuple[AlarmRow, ...]:
    """Return the alarms of every clock that runs; a closed matter has none."""
    return tuple(row for run in dossier.running() for row in _alarms(run, dossier))


def _alarms(run: Running, dossier: Dossier) -> Iterator[AlarmRow]:
    if worktime.pause_open(run.statutory):
        yield from _pause_alarm(run, dossier)
        if _held(run, dossier):
            return
    statutory, promised = _ends(run, dossier)
    if run.clock in dossier.procedure.answerable and dossier.procedure.carded:
        yield _alarm(run, Rung.NEAR, promised)
        if promised != statutory:
            yield _alarm(run, Rung.PROMISE, promised)
        yield _alarm(run, Rung.STATUTE, statutory)
        yield from _step_alarm(run, dossier)
    if any(
        lapse.clock is run.clock for lapse in dossier.procedure.lapses_from(dossier.stage, dossier.traits)
    ):
        yield _alarm(run, Rung.LAPSE, statutory)


def _step_alarm(run: Running, dossier: Dossier) -> Iterator[AlarmRow]:
    """Yield when the desk's share may be used up, counted from the last act: never too early, and it costs no fold."""
    limit, desk = shared_out(run.promised or run.statutory), dossier.stage.owner
    budget = budgets(limit, on=run.statutory.start).get(desk) if desk in JUDGED else None
    if run.clock is Clock.HANDLING and budget is not None:
        first = max(local_day(dossier.acts[-1].at), run.statutory.start)
        yield _alarm(run, Rung.STEP, End(Axis.WORKING, dossier.calendar.ordinal(first) + budget))


def _alarm(run: Running, rung: Rung, end: End) -> AlarmRow:
    return AlarmRow(clock=run.clock.value, run=run.number, rung=rung, axis=end.axis.value, at=end.ordinal)


def _pause_alarm(run: Running, dossier: Dossier) -> Iterator[AlarmRow]:
    told = dossier.last(Suspended)
    if told is not None:
        yield _alarm(run, Rung.PAUSE, End(Axis.ABSOLUTE, told.expected_until.toordinal()))
