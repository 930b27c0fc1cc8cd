"""The logs that the flow is measured on, as our columns and as the peers' frames: two real ones and synthetic ones."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from xiaoneng.flow.graph.events import Codes, Events
from xiaoneng.flow.graph.loading import Picked, load

DATA = Path(os.environ.get("XIAONENG_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
RECEIPT = DATA / "wabo-receipt" / "receipt.xes.gz"
BPIC15 = DATA / "bpic15-municipality-1" / "BPIC15_1.csv.gz"
BPIC15_COLUMNS = Picked(
    case="case_concept.name",
    activity="event_action_code",
    at="event_time.timestamp",
    actor="event_org.resource",
)
ACTIVITIES, ACTORS, LENGTH = 20, 200, 10


@dataclass(frozen=True)
class Log:
    """A log under its name, its holders, and the frame that peers read, sorted as they like it."""

    name: str
    events: Events
    holder: Codes
    frame: pd.DataFrame


def real() -> list[Log]:
    """Return the real logs that are here."""
    found = []
    if RECEIPT.exists():
        found.append(_log("receipt", load(RECEIPT, picked=Picked()).events))
    if BPIC15.exists():
        found.append(_log("BPIC15_1", load(BPIC15, picked=BPIC15_COLUMNS).events))
    return found


def synthetic(rows: int) -> Log:
    """Return a log of ten events a case and twenty activities, times over three years; sorted by case."""
    return _log(f"{rows:,} synthetic", synthetic_events(rows))


def synthetic_events(rows: int, *, seed: int = 20260301) -> Events:
    """Return its columns only."""
    draw = np.random.default_rng(seed)
    cases = rows // LENGTH
    begin = np.datetime64("2021-01-04", "us").astype(np.int64)
    start = begin + draw.integers(0, 2 * 365 * 86_400, cases) * 1_000_000
    gaps = draw.integers(0, 20 * 86_400, (cases, LENGTH)) * 1_000_000
    return Events(
        case=np.repeat(np.arange(cases, dtype=np.int32), LENGTH),
        activity=np.minimum(draw.geometric(0.2, rows) - 1, ACTIVITIES - 1).astype(np.int32),
        at=(start[:, None] + np.cumsum(gaps, axis=1)).ravel(),
        activities=tuple(f"activity {n:02}" for n in range(ACTIVITIES)),
        actor=draw.integers(0, ACTORS, rows).astype(np.int32),
        actors=tuple(f"actor {n:03}" for n in range(ACTORS)),
    )


def _log(name: str, events: Events) -> Log:
    assert events.actor is not None
    return Log(name, events, events.actor, frame(events))


def frame(events: Events) -> pd.DataFrame:
    """Return events as pm4py wants them."""
    assert events.actor is not None
    names = np.array(events.activities, dtype=object)
    actors = np.array([*events.actors, "nobody"], dtype=object)
    return pd.DataFrame(
        {
            "case:concept:name": events.case.astype(str),
            "concept:name": names[events.activity],
            "org:resource": actors[events.actor],
            "time:timestamp": pd.to_datetime(events.at, unit="us", utc=True).astype("datetime64[us, UTC]"),
        }
    )
