"""Taking in (接入): from rows to columns, one import of a feed at a time. What every door of the product calls.

An import is known by a key: what its sender called it, or else its content and the mapping. The same key is answered
with what was done the first time; a key whose import was stopped half-way is gone on with.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.arriving import arrive, reached
from xiaoneng.flow.columns.manner import USUAL, Manner
from xiaoneng.flow.columns.packing import pack
from xiaoneng.flow.columns.sources import Source
from xiaoneng.flow.columns.store import Batch, BatchState, Store
from xiaoneng.flow.columns.taking import take, tidy
from xiaoneng.flow.mapping import LogMapping

OPEN = (BatchState.ARRIVING, BatchState.WAITING)


class KeyReused(ValueError):
    """An import with this key brought other rows before."""


class Busy(RuntimeError):
    """Another import of the feed is under way."""


class NotWaiting(ValueError):
    """An import does not wait to be confirmed or dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An import as it is handed in: when, by whom, under which key; `confirm`: its good rows are taken at once."""

    now: datetime
    by: str = ""
    key: str = ""
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an import; `repeated`: it was there before, and nothing was done now."""

    batch: Batch
    repeated: bool = False


def take_in(store: Store, source: Source, *, mapping: LogMapping, sent: Sent, how: Manner = USUAL) -> Answer:
    """Read an import and take it, or keep its good rows apart where some are bad.

    Raises LogRefused where it tells no row at all (nothing is kept then), KeyReused, and Busy unless `how` says to wait.
    """
    with feed_lock(store, mapping.key, wait=how.wait):
        batch = _batch(store, source, mapping=mapping, sent=sent)
        if batch.state is not BatchState.ARRIVING:
            _tidied(store, batch)
            return Answer(batch=batch, repeated=True)
        how.step("begun")
        read = _read(store, batch, source, mapping=mapping, sent=sent, how=how)
        if pack(store, mapping.key):
            how.step("packed")
        return Answer(batch=read)


def confirm(store: Store, feed: str, number: int, *, by: str, now: datetime) -> Batch:
    """Take the good rows of an import that waits; raises NotWaiting, FileNotFoundError."""
    with feed_lock(store, feed):
        batch = store.batch(feed, number)
        if batch.state is not BatchState.WAITING:
            raise NotWaiting(number)
        return take(store, replace(batch, settled_by=by), now=now, how=USUAL)


def drop(store: Store, feed: str, number: int, *, why: str, by: str, now: datetime) -> Batch:
    """Take nothing of an import that waits or was stopped half-way; its faults and counts stay on record."""
    with feed_lock(store, feed):
        batch = store.batch(feed, number)
        if batch.state not in OPEN:
            raise NotWaiting(number)
        at = reached(store.waiting(feed, number))
        counts = {"rows": at.rows, "faults": at.bad, "sentinels": at.sentinels}
        dropped = batch.become(BatchState.DROPPED, settled_at=now, settled_by=by, why=why, **counts)
        store.write(dropped)
        tidy(store, dropped)
        return dropped


def key_of(source: Source, mapping: LogMapping) -> str:
    """Return the key of an import whose sender gave none: what it holds and how it is read."""
    return hashlib.sha256(f"{source.sha256}\n{mapping.text}".encode()).hexdigest()


@contextmanager
def feed_lock(store: Store, feed: str, *, wait: bool = True) -> Iterator[None]:
    """Hold a feed against other imports, in this process and others, until done or dead; raises Busy."""
    path = store.lock(feed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Busy(feed) from None
        yield


def _batch(store: Store, source: Source, *, mapping: LogMapping, sent: Sent) -> Batch:
    """Return the import with this key: the one that is there, or a new one."""
    key = sent.key or key_of(source, mapping)
    batches = store.batches(mapping.key)
    for one in batches:
        if one.key == key:
            if one.sha256 != source.sha256:
                raise KeyReused(key)
            return _as_read_by(store, one, mapping)
    batch = Batch(
        feed=mapping.key,
        number=batches[-1].number + 1 if batches else 1,
        key=key,
        name=source.name,
        sha256=source.sha256,
        state=BatchState.ARRIVING,
        arrived_at=sent.now,
        mapping=mapping.text,
        by=sent.by,
    )
    store.write(batch)
    return batch


def _as_read_by(store: Store, batch: Batch, mapping: LogMapping) -> Batch:
    """Return an import; one that was stopped half-way and would be read otherwise now begins anew."""
    if batch.state is not BatchState.ARRIVING or batch.mapping == mapping.text:
        return batch
    shutil.rmtree(store.waiting(batch.feed, batch.number), ignore_errors=True)
    anew = replace(batch, mapping=mapping.text)
    store.write(anew)
    return anew


def _read(
    store: Store, batch: Batch, source: Source, *, mapping: LogMapping, sent: Sent, how: Manner
) -> Batch:
    folder = store.waiting(batch.feed, batch.number)
    try:
        at = arrive(folder, batch=batch, source=source, mapping=mapping, how=how)
    except LogRefused:
        store.forget(batch)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not at.bad or sent.confirm:
        return take(store, batch, now=sent.now, how=how)
    waits = batch.become(BatchState.WAITING, rows=at.rows, faults=at.bad, sentinels=at.sentinels)
    store.write(waits)
    return waits


def _tidied(store: Store, batch: Batch) -> None:
    if batch.state not in OPEN:
        tidy(store, batch)
