"""Writes of the log: sealing a batch of acts, and making the office's key where none is set."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from xiaoneng.ledger.chain import leaves as leaves_of
from xiaoneng.ledger.checkpoint import Checkpoint, Head, opened, signed
from xiaoneng.ledger.models import Checkpoint as CheckpointRow
from xiaoneng.ledger.models import Entry, Tile
from xiaoneng.ledger.note import NoteRejected, Signer, unbase64
from xiaoneng.ledger.queries import head, tiles_at
from xiaoneng.ledger.tiles import Held, Place, edge_places, grow
from xiaoneng.ledger.tree import SIZE, View

SHOWN = 500
"""How many acts of a refused batch are looked up to say which was sealed before."""

LOCK = 0x5869616F6E656E67
"""The advisory lock of the log's head on PostgreSQL; SQLite has one writer at a time anyway."""


class SealRefused(Exception):
    """The batch was not sealed and nothing was written; says every reason."""


class LogBroken(Exception):
    """The log is not what its newest checkpoint says: nothing may be appended until a person has looked."""


@transaction.atomic
def seal(leaves: Sequence[tuple[int, bytes]], *, signer: Signer, origin: str, now: datetime) -> Head:
    """Append acts (id and hash, in the order they were recorded) to the log and return its new head.

    One transaction: the head is locked, its checkpoint opened with our own key and held against the tiles
    at the right edge, the batch appended, the new checkpoint signed. Two sealers at once wait for each other.
    Raises SealRefused (empty or repeated batch, an act sealed before, time not progressing, an origin that is
    not the key's name) or LogBroken.
    """
    _lock()
    before = head(origin=origin)
    _refuse(leaves, before, signer, origin, now)
    size = before.checkpoint.size if before else 0
    edge = _sound_edge(before, signer)
    changed = grow(size=size, leaves=leaves_of(act_hash for _, act_hash in leaves), store=Held(edge))
    after = View(size=size + len(leaves), store=Held(edge | changed))
    checkpoint = Checkpoint(origin, after.size, after.root())
    found = Head(checkpoint, signed(checkpoint, signer=signer), now)
    _append(leaves, size)
    _write_tiles(changed)
    CheckpointRow.objects.create(
        size=checkpoint.size, root=checkpoint.root, note=found.note, sealed_at=found.sealed_at
    )
    return found


def _lock() -> None:
    """Wait until no other sealer is at work and keep others out until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _refuse(
    leaves: Sequence[tuple[int, bytes]], before: Head | None, signer: Signer, origin: str, now: datetime
) -> None:
    """Raise SealRefused with everything that is wrong with the batch."""
    reasons = [] if leaves else ["there is nothing to seal"]
    if len({act for act, _ in leaves}) != len(leaves):
        reasons.append("an act occurs twice in the batch")
    if any(len(act_hash) != SIZE for _, act_hash in leaves):
        reasons.append("what is to be sealed is not a hash of 32 bytes")
    if before and now <= before.sealed_at:
        reasons.append(f"time did not progress: {now.isoformat()} after {before.sealed_at.isoformat()}")
    if origin != signer.name:
        reasons.append(f"the key is of {signer.name}, the log is {origin}")
    if reasons:
        raise SealRefused("; ".join(reasons))


def _sound_edge(before: Head | None, signer: Signer) -> dict[Place, bytes]:
    """Return the tiles at the right edge, if they and the last entry are what the checkpoint says."""
    last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    if before is None:
        if last is not None or Tile.objects.exists():
            raise LogBroken("there are entries or tiles but no checkpoint: this log half exists")
        return {}
    size = before.checkpoint.size
    edge = tiles_at(edge_places(size))
    try:
        said = opened(before.note, verifier=signer.verifier)
        held = Checkpoint(signer.name, size, View(size=size, store=Held(edge)).root())
    except (NoteRejected, LookupError) as error:
        raise LogBroken(f"the log at size {size} cannot be continued: {error}") from error
    if said != held or before.checkpoint != held or last != size - 1:
        raise LogBroken(f"entries, tiles and checkpoint at size {size} do not agree")
    return edge


# Plain SQL: a batch of rows without an object each, on PostgreSQL in one statement, on SQLite in one prepared one.
_APPEND = {
    "postgresql": 'INSERT INTO ledger_entry ("index", act, act_hash)'
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])",
    "sqlite": 'INSERT INTO ledger_entry ("index", act, act_hash) VALUES (%s, %s, %s)',
}


def _append(leaves: Sequence[tuple[int, bytes]], size: int) -> None:
    rows = [(index, act, act_hash) for index, (act, act_hash) in enumerate(leaves, size)]
    statement = _APPEND[connection.vendor]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
            else:
                cursor.executemany(statement, rows)
    except IntegrityError as error:
        sealed = Entry.objects.filter(act__in=[act for act, _ in leaves[:SHOWN]]).values_list(
            "act", flat=True
        )
        shown = ", ".join(str(act) for act in sealed) or "among many"
        raise SealRefused(f"sealed before: {shown}") from error


def _write_tiles(changed: dict[Place, bytes]) -> None:
    rows = [
        Tile(level=level, n=n, width=len(data) // SIZE, data=data) for (level, n), data in changed.items()
    ]
    Tile.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["level", "n"], update_fields=["width", "data"]
    )


def signer() -> Signer:
    """Return the office's key under the site's name.

    `SIGNING_KEY` gives it; outside production one is made once in the state directory, readable by its owner
    only. Raises ValueError if what is set is not base64 of a 32-byte seed, or nothing is set in production.
    """
    coded = settings.SIGNING_KEY
    if not coded and settings.PRODUCTION:
        raise ValueError("XIAONENG_SIGNING_KEY is not set, and production makes no key by itself")
    return _signer(settings.SITE, coded, str(settings.STATE))


@lru_cache(maxsize=16)
def _signer(site: str, coded: str, state: str) -> Signer:
    """Return the key, read once: every act is signed with it."""
    try:
        return Signer(site, unbase64(coded or _kept_key(Path(state) / "signing.key")))
    except ValueError:
        # The cause is dropped: it would show the beginning of the key in a log.
        raise ValueError("the signing key is not base64 of a 32-byte Ed25519 seed") from None


def _kept_key(path: Path) -> str:
    """Return the key in the state directory, made if there is none; two processes get the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(base64.b64encode(token_bytes(32)))
        try:
            path.hardlink_to(part)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text().strip()
