"""From a dossier to its row and its alarms: the projection that lists, lights and the sweep read; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xiaoneng.matters.acts import key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.vocabulary.handling import Suspended
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.runs import Axis, End


class Rung(StrEnum):
    """What a clock wants to be looked at for."""

    NEAR = "near"  # a working day before the promise ends
    PROMISE = "promise"  # the promise has passed
    STATUTE = "statute"  # the law's term has passed
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
        paused=worktime.pause_open(front.statutory) if front else False,
    )


def foremost(dossier: Dossier) -> Running | None:
    """Return the clock that a list shows: the first that runs against the office; None if none does."""
    against = [run for run in dossier.running() if run.clock in dossier.procedure.answerable]
    return against[0] if against else None


def _ends(run: Running, dossier: Dossier) -> tuple[End, End]:
    """Return the lawful and the promised end; without a promise the two are one."""
    statutory = worktime.end(run.statutory, calendar=dossier.calendar)
    promised = worktime.end(run.promised, calendar=dossier.calendar) if run.promised else statutory
    return statutory, promised if promised.axis is statutory.axis else _on_axis(
        promised, statutory.axis, dossier
    )


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
        return
    statutory, promised = _ends(run, dossier)
    if run.clock in dossier.procedure.answerable:
        yield _alarm(run, Rung.NEAR, promised)
        if promised != statutory:
            yield _alarm(run, Rung.PROMISE, promised)
        yield _alarm(run, Rung.STATUTE, statutory)
    if any(lapse.clock is run.clock and dossier.stage in lapse.source for lapse in dossier.procedure.lapses):
        yield _alarm(run, Rung.LAPSE, statutory)


def _alarm(run: Running, rung: Rung, end: End) -> AlarmRow:
    return AlarmRow(clock=run.clock.value, run=run.number, rung=rung, axis=end.axis.value, at=end.ordinal)


def _pause_alarm(run: Running, dossier: Dossier) -> Iterator[AlarmRow]:
    told = dossier.last(Suspended)
    if told is not None:
        yield _alarm(run, Rung.PAUSE, End(Axis.ABSOLUTE, told.expected_until.toordinal()))
