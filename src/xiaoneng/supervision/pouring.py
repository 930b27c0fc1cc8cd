"""Our own matters as events (自家办件入列): every act of a public procedure becomes a taken row of the feed `own`.

Only what a page shows to everybody: which act, when, by which post of which agency; no person and no content. An import
takes the acts after the last one poured, so that pouring twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.desk.reading import of_rows
from xiaoneng.flow.columns.intake import feed_lock
from xiaoneng.flow.columns.packing import pack
from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.columns.store import Batch, BatchState, Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import PUBLIC
from xiaoneng.matters.acts import Clock, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.procedure import Move, Procedure, Step
from xiaoneng.matters.queries import PouredAct, act_rows_of, acts_after
from xiaoneng.matters.vocabulary import BY_KEY
from xiaoneng.matters.vocabulary.handling import Suspended
from xiaoneng.procedures.book import procedure
from xiaoneng.worktime import clock as worktime

OWN = "own"
SETTLES = timedelta(minutes=1)
"""An act younger than this may still be joined by one with a lower number whose transaction has not ended."""
MANY = 5_000
MARK = "acts-"


def pour(store: Store, *, now: datetime, many: int = MANY) -> int:
    """Take every act that was not yet poured; return how many there were. `many` acts are one import.

    Nobody else pours, packs or settles the feed meanwhile: whoever comes later waits.
    """
    poured = 0
    with feed_lock(store, OWN):
        while acts := acts_after(_poured(store), until=now - SETTLES, procedures=PUBLIC, many=many):
            _take(store, acts, now=now)
            poured += len(acts)
        pack(store, OWN)
    return poured


def activity_names() -> dict[str, Phrase]:
    """Return what the activities of the feed are called."""
    return {verb: act.name for verb, act in BY_KEY.items()}


def _poured(store: Store) -> int:
    """Return the number of the last act that was poured, from the key of the last import taken."""
    taken = [one.key for one in store.batches(OWN) if one.state is BatchState.TAKEN]
    return int(taken[-1].removeprefix(MARK)) if taken else 0


def _take(store: Store, acts: Sequence[PouredAct], *, now: datetime) -> None:
    number = max((one.number for one in store.batches(OWN)), default=0) + 1
    facts = _facts({act.matter: act.number for act in acts})
    rows = [_row(act, line, number, facts[act.matter], now) for line, act in enumerate(acts, start=1)]
    for month in sorted({str(row["month"]) for row in rows}):
        part = store.taken(OWN) / f"month={month}" / f"{number:06}-0000.parquet"
        part.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(
            pa.Table.from_pylist([row for row in rows if row["month"] == month], schema=TAKEN), part
        )
    store.fall_behind(OWN)
    store.write(
        Batch(
            feed=OWN,
            number=number,
            key=f"{MARK}{acts[-1].id}",
            name="acts",
            sha256=acts[-1].act_hash.hex(),
            state=BatchState.TAKEN,
            arrived_at=now,
            settled_at=now,
            rows=len(rows),
            new=len(rows),
        )
    )


def _row(
    act: PouredAct, line: int, batch: int, facts: Mapping[str, datetime | None], now: datetime
) -> dict[str, object]:
    texts = {one.name: "" for one in TAKEN if one.type == pa.string()}
    told = {
        "batch": batch,
        "line": line,
        "row": line,
        "key": f"act-{act.id}",
        "print": act.act_hash.hex(),
        "case": act.number,
        "activity": act.verb,
        "at": act.at,
        "recorded_at": act.recorded_at,
        "received_at": now,
        "actor": act.post,
        "post": act.post,
        "agency": act.agency,
        "item": act.item,
        "effect": int(effects(act.procedure, act.edition).get(act.verb, Effect.NOTHING)),
        "odd": False,
        "month": act.at.strftime("%Y-%m"),
    }
    return {**texts, **told, **facts}


def _facts(matters: Mapping[int, str]) -> dict[int, dict[str, datetime | None]]:
    rows = act_rows_of(list(matters))
    return {matter: _facts_of(of_rows(number, rows[matter])) for matter, number in matters.items()}


def _facts_of(dossier: Dossier) -> dict[str, datetime | None]:
    run, held = _foremost(dossier), dossier.last(Suspended)
    pauses = run is not None and not dossier.closed and worktime.pause_open(run.statutory)
    return {
        "started": dossier.opening.at,
        "ended": dossier.state.closed_at,
        "due": worktime.due_at(run.statutory, calendar=dossier.calendar) if run else None,
        "planned": (
            worktime.due_at(run.promised, calendar=dossier.calendar) if run and run.promised else None
        ),
        "paused": held.at if pauses and held else None,
    }


def _foremost(dossier: Dossier) -> Running | None:
    """Return the clock that a matter is told by: that of handling, else the last that ran against the office."""
    handling = dossier.run_of(Clock.HANDLING)
    against = [run for run in dossier.every_run() if run.clock in dossier.procedure.answerable]
    return handling or (against[-1] if against else None)


@lru_cache(maxsize=64)
def effects(name: str, edition: int) -> Mapping[str, Effect]:
    """Return what each act of a procedure does to the clock of a matter, as its declaration says."""
    declared = procedure(name, edition)
    found = {key(act): Effect.START for act in declared.opens_with}
    steps: tuple[Step, ...] = (*declared.moves, *declared.lapses)
    for step in steps:
        effect = next(_effects_of(step, declared), Effect.NOTHING)
        if effect is not Effect.NOTHING:
            found.setdefault(key(step.act), effect)
    return found


def _effects_of(step: Step, declared: Procedure) -> Iterator[Effect]:
    """Yield what a step does, what weighs most first.

    While the office's clock stands and one against the citizen runs, the matter waits as if suspended.
    """
    ours = set(declared.answerable)
    started, stopped = {one.clock for one in step.starts}, set(step.stops)
    if step.target is not None and step.target.final:
        yield Effect.DONE
    if isinstance(step, Move) and step.suspends:
        yield Effect.SUSPEND
    if isinstance(step, Move) and step.resumes:
        yield Effect.RESUME
    if isinstance(step, Move) and step.extends:
        yield Effect.EXTEND
    if stopped & ours and started - ours:
        yield Effect.SUSPEND
    if stopped - ours and started & ours:
        yield Effect.RESUME
    if isinstance(step, Move) and (step.gives or step.passes):
        yield Effect.HAND_OVER
