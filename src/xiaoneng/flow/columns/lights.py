"""The lights of cases in numpy (亮灯): every light is that of `flow.judge.light_of`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.columns.schema import whole_micros
from xiaoneng.flow.columns.selected import NEVER, Cases
from xiaoneng.flow.columns.soon import soon_spans
from xiaoneng.flow.figures import EXAMINED
from xiaoneng.flow.judge import LATE, CaseLight, Yardstick

LIGHTS = tuple(CaseLight)
"""A light's code is its place here."""
CODE = {light: code for code, light in enumerate(LIGHTS)}
LightCodes = NDArray[np.int8]


def lights_of(cases: Cases, *, by: Yardstick) -> LightCodes:
    """Return the light of every case, as a place in `LIGHTS`."""
    now = whole_micros(by.as_of)
    due, ended, paused, planned = cases.due, cases.ended, cases.paused, cases.planned
    is_closed, no_due = (ended != NEVER) & (ended <= now), due == NEVER
    rules = [
        (cases.started > now, CaseLight.NOT_YET),
        ((ended != NEVER) & (ended < cases.started), CaseLight.CONTRADICTORY),
        (is_closed & no_due, CaseLight.CLOSED_NO_DEADLINE),
        (is_closed & (ended > due), CaseLight.CLOSED_LATE),
        (is_closed, CaseLight.CLOSED_IN_TIME),
        ((paused != NEVER) & (paused <= now), CaseLight.SUSPENDED),
        (no_due, CaseLight.NO_DEADLINE),
        (due < now, CaseLight.OVERDUE),
        (((planned != NEVER) & (planned < now)) | _soon(due, by), CaseLight.DUE_SOON),
    ]
    codes = [np.int8(CODE[light]) for _, light in rules]
    return np.select([rule for rule, _ in rules], codes, np.int8(CODE[CaseLight.IN_TIME])).astype(np.int8)


def _soon(due: NDArray[np.int64], by: Yardstick) -> NDArray[np.bool_]:
    until, spans = soon_spans(by)
    found: NDArray[np.bool_] = due <= whole_micros(until)
    for low, high in spans:
        found = found | ((due >= whole_micros(low)) & (due <= whole_micros(high)))
    return found


def fell_due(cases: Cases, lights: LightCodes, *, by: Yardstick) -> NDArray[np.bool_]:
    """Return which cases belong to the late share: their deadline has passed, so their verdict is known."""
    examined = np.isin(lights, [CODE[light] for light in EXAMINED])
    known: NDArray[np.bool_] = examined & (cases.due != NEVER) & (cases.due < whole_micros(by.as_of))
    return known


def are_late(lights: LightCodes) -> NDArray[np.bool_]:
    """Return which lights are those of late cases."""
    late: NDArray[np.bool_] = np.isin(lights, [CODE[light] for light in LATE])
    return late
