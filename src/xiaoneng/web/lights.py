"""A matter's clock as a light with words: what the kernel derives, in the shape and words of the pages. Pure."""

from __future__ import annotations

from datetime import date

from xiaoneng.desk.projecting import foremost, row_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.light import Light, Reading, light, marks, provisional
from xiaoneng.web import wording
from xiaoneng.web.parts import LightKey, LightMark, Words
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.limits import Unit, spoken
from xiaoneng.worktime.runs import Axis, Run

KEYS = {
    Light.IN_TIME: LightKey.IN_TIME,
    Light.DUE_SOON: LightKey.DUE_SOON,
    Light.PROMISE_BROKEN: LightKey.PROMISE_BROKEN,
    Light.OVERDUE: LightKey.OVERDUE,
    Light.SUSPENDED: LightKey.SUSPENDED,
    Light.WAITING: LightKey.WAITING,
    Light.CLOSED: LightKey.CLOSED,
}
ENDED = frozenset({"withdrawn"})
"""Final stages in which nothing was decided: neither in time nor late."""


def key_of(
    found: Light, *, open_ended: bool, late: bool | None, stage: str, inside: bool = False
) -> LightKey:
    """Return the light as pages show it; `open_ended` says that the days of its end are not yet announced.

    `inside` says that the matter is the office's own: it waits for no applicant, it has no limit now.
    """
    if found is Light.CLOSED:
        if late:
            return LightKey.CLOSED_LATE
        return LightKey.ENDED if stage in ENDED else LightKey.CLOSED
    if found is Light.WAITING and inside:
        return LightKey.NO_LIMIT
    return LightKey.PROVISIONAL if found is Light.IN_TIME and open_ended else KEYS[found]


def light_of(dossier: Dossier, *, today: date) -> LightMark:
    """Return the light of a matter on a day, with how long is left of the nearer of promise and law."""
    row = row_of(dossier)
    reading = Reading(
        axis=Axis(row.axis) if row.axis else None,
        statutory=row.statutory,
        promised=row.promised,
        paused=row.paused,
        closed=not row.is_open,
    )
    at = marks(today, calendar=dossier.calendar)
    key = key_of(
        light(reading, at),
        open_ended=provisional(reading, at),
        late=row.closed_late,
        stage=row.stage,
        inside=bool(dossier.owner_post()) and not dossier.procedure.public,
    )
    front = foremost(dossier)
    return LightMark(key=key, detail=left(front, dossier, today=today, key=key) if front else "")


def left(running: Running, dossier: Dossier, *, today: date, key: LightKey) -> Words:
    """Return how long is left of a running clock, by promise where there is one."""
    run = running.promised or running.statutory
    units = worktime.remaining(run, today=today, calendar=dossier.calendar)
    if key is LightKey.OVERDUE:  # what the law's term was outrun by, not the promise
        units = worktime.remaining(running.statutory, today=today, calendar=dossier.calendar)
        run = running.statutory
    return left_words(units, unit_of(run), key=key)


def unit_of(run: Run) -> Unit:
    """Return the unit in which what is left of a run is counted: of months, days."""
    return Unit.CALENDAR_DAYS if run.limit.unit is Unit.MONTHS else run.limit.unit


def left_words(units: int, unit: Unit, *, key: LightKey) -> Words:
    """Return a remainder in words: 还剩 3 个工作日, 今天到期, 超期 2 个工作日; of a suspension, what it holds."""
    said = spoken(abs(units), unit)
    if key is LightKey.PROMISE_BROKEN:
        return Phrase(f"已超 {said.zh}", f"by {said.en}")
    if key is LightKey.SUSPENDED:
        return Phrase(f"保留 {said.zh}", f"{said.en} kept")
    if unit is not Unit.OFFICE_HOURS:
        return wording.time_left(units, working=unit is Unit.WORKING_DAYS)
    return (
        Phrase(f"还剩 {said.zh}", f"{said.en} left")
        if units >= 0
        else Phrase(f"超期 {said.zh}", f"{said.en} over")
    )


ALONE = frozenset({LightKey.PROMISE_BROKEN, LightKey.SUSPENDED})
"""Lights whose detail says nothing without their word."""


def state(mark: LightMark) -> str:
    """Return a light as the first words of a page's title."""
    word, detail = wording.spoken(mark.word), wording.spoken(mark.detail)
    return f"{word} {detail}".strip() if mark.key in ALONE else detail or word
