"""Verification (核验): once through every act and every row of the log, naming what was altered.

Joins three walks, each a stream: the acts of each matter (`verify_chain`), the log against its checkpoints
and tiles, the acts against the log (both `verify_log`). What it cannot see is in `docs/ledger.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from xiaoneng.ledger.checkpoint import opened
from xiaoneng.ledger.fault import ActFact, CheckpointFact, EntryFact, Fault, MatterFact, SealedFact
from xiaoneng.ledger.note import Verifier
from xiaoneng.ledger.tree import Store
from xiaoneng.ledger.verify_chain import chain_faults
from xiaoneng.ledger.verify_log import LogWalk, seal_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """What is stored of matters: acts by number and sequence, rows by number, and acts again by key.

    Each is read once, so each may be a cursor. All must be of one snapshot of the database.
    """

    acts: Iterable[ActFact]
    rows: Iterable[MatterFact]
    by_key: Iterable[SealedFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What is stored of the log: rows by index, rows again by act, checkpoints by size, tiles.

    `remembered` are checkpoints kept outside (by a witness, a newspaper, a receipt; see `kept_outside`): they
    show a log that was cut back or begun anew.
    """

    by_index: Iterable[EntryFact]
    by_act: Iterable[EntryFact]
    checkpoints: Iterable[CheckpointFact]
    store: Store
    remembered: tuple[CheckpointFact, ...] = ()


def kept_outside(note: str, *, verifier: Verifier) -> CheckpointFact:
    """Return a checkpoint from outside as a fact for `Log`. Raises NoteRejected if not of this key."""
    found = opened(note, verifier=verifier)
    return CheckpointFact(found.size, found.root, note)


def verify(matters: Matters, log: Log, *, verifier: Verifier, signatures: bool = True) -> Iterator[Fault]:
    """Yield every fault: altered acts first, by number and sequence, then what only the log shows.

    The first fault names the first altered act. `signatures=False` skips the office's signature on each act,
    by far the dearest check; every sealed act is still held against the signed checkpoints.
    """
    yield from chain_faults(matters.acts, matters.rows, verifier=verifier if signatures else None)
    walk = LogWalk(log.store, verifier)
    kept = sorted(log.remembered, key=lambda one: one.size)
    found = list(walk.faults(log.by_index, merge(log.checkpoints, kept, key=lambda one: one.size)))
    yield from seal_faults(matters.by_key, log.by_act, wrong=walk.wrong)
    yield from found
