"""Appending an act: its hash, its row, the projection, the alarms, the notices and its place in the sealing queue."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from xiaoneng.desk import papers, rows, telling
from xiaoneng.desk.projecting import AlarmRow, Row, alarms_of, foremost, row_of
from xiaoneng.ledger import chain
from xiaoneng.ledger.actions import signer
from xiaoneng.matters import codec
from xiaoneng.matters.acts import key as act_key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Alarm, Bar, Matter, Notice, Particulars, Serial, Unsealed
from xiaoneng.matters.number import code_digest, new_code, written
from xiaoneng.matters.sealing import PublicFacts, actor_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What of an appended act its author takes away."""

    number: str
    sequence: int
    act_hash: bytes
    signature: bytes
    promised_on: str


def new_number(prefix: str, *, year: int) -> tuple[str, str]:
    """Return the next number of a procedure and a fresh code."""
    if not Serial.objects.filter(prefix=prefix, year=year).update(last=F("last") + 1):
        try:
            with transaction.atomic():
                Serial.objects.create(prefix=prefix, year=year, last=1)
        except IntegrityError:  # somebody else opened the year in this very moment
            Serial.objects.filter(prefix=prefix, year=year).update(last=F("last") + 1)
    serial = Serial.objects.get(prefix=prefix, year=year).last
    return written(prefix=prefix, year=year, serial=serial), new_code()


def append_first(dossier: Dossier, *, code: str, now: datetime) -> Stored:
    """Write the row of a new matter with its first act."""
    digest = code_digest(code, number=dossier.number, secret=settings.SECRET_KEY)
    held = Matter(number=dossier.number, code_digest=digest, acts_seen=0, last_hash=chain.GENESIS)
    return append(held, None, dossier, now=now)


def append(held: Matter, before: Dossier | None, after: Dossier, *, now: datetime) -> Stored:
    """Append the last act of `after` to the locked row `held`, with everything that goes with it.

    `before` is the matter without the act; None for the act that opens it.
    """
    facts, body, personal = _facts(held, after, now=now)
    hashed = _hashed(held, facts, body=body, personal=personal)
    _project(held, after, hashed)
    batch = rows.Batch()
    if before is not None:
        batch.update(Matter, held.pk, _projected(held))
    record = batch.insert(ActRecord, {"matter_id": held.pk, **_columns(facts, hashed)})
    if personal is not None:
        batch.insert(Particulars, {"act_id": record, "salt": hashed.personal_salt, "body": personal.decode()})
    batch.insert(Unsealed, {"act_id": record, "act_hash": hashed.act_hash})
    _change_alarms(batch, held, alarms_of(before) if before else (), alarms_of(after))
    _bar(batch, held, after.state.barred - (before.state.barred if before else frozenset()))
    _tell(batch, held, telling.notices(after), now=now)
    batch.carry_out()
    return Stored(
        number=after.number,
        sequence=facts.sequence,
        act_hash=hashed.act_hash,
        signature=hashed.signature,
        promised_on=facts.promised_on,
    )


def _facts(held: Matter, after: Dossier, *, now: datetime) -> tuple[PublicFacts, bytes, bytes | None]:
    act = after.acts[-1]
    paper = papers.paper_of(after, sequence=held.acts_seen + 1)
    body, personal = codec.bodies(act)
    facts = PublicFacts(
        number=after.number,
        sequence=held.acts_seen + 1,
        verb=act_key(act),
        at=act.at,
        recorded_at=now,
        actor=actor_text(act.by),
        paper=paper.digest() if paper else None,
        promised_on=promised_on(after),
        previous_verb=held.last_verb,
        previous_at=held.last_at,
        previous_person=held.last_person or 0,
    )
    return facts, body, personal


def promised_on(dossier: Dossier) -> str:
    """Return the date by which the office now answers, as then known; empty if no clock of its runs."""
    front = foremost(dossier)
    day = (dossier.promised(front) or dossier.due(front)) if front else None
    return day.isoformat() if day else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hashed:
    """What is made of an act's bytes."""

    body: bytes
    salt: bytes
    previous: bytes
    act_hash: bytes
    signature: bytes
    personal_commitment: bytes | None
    personal_salt: bytes | None


def _hashed(held: Matter, facts: PublicFacts, *, body: bytes, personal: bytes | None) -> _Hashed:
    salt = secrets.token_bytes(chain.SALT)
    own_salt = secrets.token_bytes(chain.SALT) if personal is not None else None
    apart = None
    if personal is not None and own_salt is not None:
        apart = chain.commitment(salt=own_salt, body=personal)
    act_hash = chain.chained(
        previous=bytes(held.last_hash),
        header=facts.header(),
        commitment=chain.commitment(salt=salt, body=body),
        personal=apart,
    )
    return _Hashed(
        body=body,
        salt=salt,
        previous=bytes(held.last_hash),
        act_hash=act_hash,
        signature=chain.promise(signer=signer(), act_hash=act_hash),
        personal_commitment=apart,
        personal_salt=own_salt,
    )


def _columns(facts: PublicFacts, hashed: _Hashed) -> dict[str, object]:
    by = json.loads(facts.actor)
    return {
        "sequence": facts.sequence,
        "verb": facts.verb,
        "at": facts.at,
        "recorded_at": facts.recorded_at,
        "person": by["person"],
        "post": by["post"],
        "standing": by["standing"],
        "actor": facts.actor,
        "body": hashed.body.decode(),
        "salt": hashed.salt,
        "personal_commitment": hashed.personal_commitment,
        "paper_hash": facts.paper,
        "promised_on": facts.promised_on,
        "previous_hash": hashed.previous,
        "act_hash": hashed.act_hash,
        "signature": hashed.signature,
        "previous_verb": facts.previous_verb,
        "previous_at": facts.previous_at,
        "previous_person": facts.previous_person,
    }


def _project(held: Matter, after: Dossier, hashed: _Hashed) -> None:
    """Make the matter's row what its acts now make it; a new one is written here, to have its key."""
    values = rows.fields(row_of(after)) | {"acts_seen": held.acts_seen + 1, "last_hash": hashed.act_hash}
    for name, value in values.items():
        setattr(held, name, value)
    if held.pk is None:
        first = rows.Batch()
        first.insert(Matter, {"number": held.number, "code_digest": bytes(held.code_digest), **values})
        held.pk = first.carry_out()[0]


def _projected(held: Matter) -> dict[str, object]:
    return {name: getattr(held, name) for name in PROJECTED}


PROJECTED = (*(one.name for one in dataclasses.fields(Row)), "acts_seen", "last_hash")
ALARM = ("matter_id", "clock", "run", "rung")


def _change_alarms(
    batch: rows.Batch, held: Matter, before: Sequence[AlarmRow], after: Sequence[AlarmRow]
) -> None:
    """Change what differs: an alarm that was answered already stays answered as long as its end stays."""
    kept = {(one.clock, one.run, one.rung) for one in after}
    for row in before:
        if (row.clock, row.run, row.rung) not in kept:
            batch.delete(Alarm, {"matter_id": held.pk, "clock": row.clock, "run": row.run, "rung": row.rung})
    batch.put(Alarm, [_alarm(held, row) for row in after if row not in before], unique=ALARM)


def _bar(batch: rows.Batch, held: Matter, marks: frozenset[str]) -> None:
    """Write down whom the act bars from the matter, for lists to leave it out; a mark is never taken back."""
    for mark in sorted(marks):
        batch.insert(Bar, {"matter_id": held.pk, "mark": mark})


def set_bars(held: Matter, marks: frozenset[str]) -> None:
    """Put the marks of a matter in place of those there."""
    Bar.objects.filter(matter=held).delete()
    Bar.objects.bulk_create(Bar(matter=held, mark=mark) for mark in sorted(marks))


def _alarm(held: Matter, row: AlarmRow) -> dict[str, object]:
    return {"matter_id": held.pk, "calendar": held.calendar, **rows.fields(row)}


def set_alarms(held: Matter, wanted: Sequence[AlarmRow]) -> None:
    """Put all the alarms of a matter in the queue in place of those there."""
    batch = rows.Batch()
    batch.delete(Alarm, {"matter_id": held.pk})
    batch.carry_out()
    again = rows.Batch()
    again.put(Alarm, [_alarm(held, row) for row in wanted], unique=ALARM)
    again.carry_out()


def _tell(batch: rows.Batch, held: Matter, notices: Sequence[telling.Told], *, now: datetime) -> None:
    for told in notices:
        batch.insert(
            Notice,
            {
                "key": f"{held.number}/{held.acts_seen}/{told.recipient}/{told.kind}",
                "matter_id": held.pk,
                "sequence": held.acts_seen,
                "recipient": told.recipient,
                "kind": told.kind,
                "zh": told.words.zh,
                "en": told.words.en,
                "created_at": now,
            },
        )


def vendor() -> str:
    """Return which database this is: `sqlite` or `postgresql`."""
    return connection.vendor
