"""A matter's clock as a light with words: what the kernel derives, in the shape and words of the pages. Pure."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

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


def key_of(found: Light, *, open_ended: bool, late: bool | None, stage: str) -> LightKey:
    """Return the light as pages show it; `open_ended` says that the days of its end are not yet announced."""
    if found is Light.CLOSED:
        if late:
            return LightKey.CLOSED_LATE
        return LightKey.ENDED if stage in ENDED else LightKey.CLOSED
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
        light(reading, at), open_ended=provisional(reading, at), late=row.closed_late, stage=row.stage
    )
    front = foremost(dossier)
    return LightMark(key=key, detail=left(front, dossier, today=today) if front else "")


def left(running: Running, dossier: Dossier, *, today: date) -> Words:
    """Return how long is left of a running clock, by promise where there is one."""
    run = running.promised or running.statutory
    units = worktime.remaining(run, today=today, calendar=dossier.calendar)
    return left_words(units, unit_of(run))


def unit_of(run: Run) -> Unit:
    """Return the unit in which what is left of a run is counted: of months, days."""
    return Unit.CALENDAR_DAYS if run.limit.unit is Unit.MONTHS else run.limit.unit


def left_words(units: int, unit: Unit) -> Words:
    """Return a remainder in words: 还剩 3 个工作日, 今天到期, 超期 2 个工作日."""
    if unit is not Unit.OFFICE_HOURS:
        return wording.time_left(units, working=unit is Unit.WORKING_DAYS)
    said = spoken(abs(units), unit)
    return (
        Phrase(f"还剩 {said.zh}", f"{said.en} left")
        if units >= 0
        else Phrase(f"超期 {said.zh}", f"{said.en} over")
    )


def state(mark: LightMark) -> str:
    """Return a light as the first words of a page's title."""
    detail = wording.spoken(mark.detail)
    if mark.key is LightKey.SUSPENDED:
        return gettext("中止计时")
    return detail or wording.spoken(mark.word)
