"""Appending an act: its hash, its row, the projection, the alarms, the notices and its place in the sealing queue."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from xiaoneng.desk import papers, telling
from xiaoneng.desk.projecting import AlarmRow, alarms_of, foremost, row_of
from xiaoneng.ledger import chain
from xiaoneng.ledger.actions import signer
from xiaoneng.matters import codec
from xiaoneng.matters.acts import key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Alarm, Matter, Notice, Particulars, Serial, Unsealed
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


def lock(number: str) -> Matter:
    """Return a matter's row, locked until the transaction ends; raises Matter.DoesNotExist."""
    return Matter.objects.select_for_update().get(number=number)


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
    return append(held, dossier, now=now)


def append(held: Matter, after: Dossier, *, now: datetime) -> Stored:
    """Append the last act of `after` to the locked row `held`, with everything that goes with it."""
    act = after.acts[-1]
    paper = papers.paper_of(after, sequence=held.acts_seen + 1)
    body, personal = codec.bodies(act)
    facts = PublicFacts(
        number=after.number,
        sequence=held.acts_seen + 1,
        verb=key(act),
        at=act.at,
        recorded_at=now,
        actor=actor_text(act.by),
        paper=paper.digest() if paper else None,
        promised_on=promised_on(after),
        previous_verb=held.last_verb,
        previous_at=held.last_at,
        previous_person=held.last_person or 0,
    )
    record, particulars = _record(held, facts, body=body, personal=personal)
    _project(held, after, record)
    record.matter = held
    record.save(force_insert=True)
    if particulars is not None:
        particulars.act = record
        particulars.save(force_insert=True)
    Unsealed.objects.create(act=record, act_hash=record.act_hash)
    set_alarms(held, alarms_of(after))
    _tell(held, telling.notices(after), now=now)
    return Stored(
        number=after.number,
        sequence=record.sequence,
        act_hash=bytes(record.act_hash),
        signature=bytes(record.signature),
        promised_on=record.promised_on,
    )


def promised_on(dossier: Dossier) -> str:
    """Return the date by which the office now answers, as then known; empty if no clock of its runs."""
    front = foremost(dossier)
    day = (dossier.promised(front) or dossier.due(front)) if front else None
    return day.isoformat() if day else ""


def _record(
    held: Matter, facts: PublicFacts, *, body: bytes, personal: bytes | None
) -> tuple[ActRecord, Particulars | None]:
    salt = secrets.token_bytes(chain.SALT)
    particulars = None
    personal_commitment = None
    if personal is not None:
        own_salt = secrets.token_bytes(chain.SALT)
        particulars = Particulars(salt=own_salt, body=personal.decode())
        personal_commitment = chain.commitment(salt=own_salt, body=personal)
    act_hash = chain.chained(
        previous=bytes(held.last_hash),
        header=facts.header(),
        commitment=chain.commitment(salt=salt, body=body),
        personal=personal_commitment,
    )
    return _row(held, facts, body, salt=salt, personal=personal_commitment, act_hash=act_hash), particulars


def _row(
    held: Matter, facts: PublicFacts, body: bytes, *, salt: bytes, personal: bytes | None, act_hash: bytes
) -> ActRecord:
    by = json.loads(facts.actor)
    return ActRecord(
        sequence=facts.sequence,
        verb=facts.verb,
        at=facts.at,
        recorded_at=facts.recorded_at,
        person=by["person"],
        post=by["post"],
        standing=by["standing"],
        actor=facts.actor,
        body=body.decode(),
        salt=salt,
        personal_commitment=personal,
        paper_hash=facts.paper,
        promised_on=facts.promised_on,
        previous_hash=bytes(held.last_hash),
        act_hash=act_hash,
        signature=chain.promise(signer=signer(), act_hash=act_hash),
        previous_verb=facts.previous_verb,
        previous_at=facts.previous_at,
        previous_person=facts.previous_person,
    )


def _project(held: Matter, after: Dossier, record: ActRecord) -> None:
    for name, value in asdict(row_of(after)).items():
        setattr(held, name, value)
    held.acts_seen = record.sequence
    held.last_hash = record.act_hash
    if record.sequence == 1:
        held.save(force_insert=True)
    else:
        held.save(force_update=True)


def set_alarms(held: Matter, rows: Sequence[AlarmRow]) -> None:
    """Put the alarms of a matter in the queue in place of those there."""
    Alarm.objects.filter(matter=held).delete()
    Alarm.objects.bulk_create(Alarm(matter=held, calendar=held.calendar, **asdict(row)) for row in rows)


def _tell(held: Matter, notices: Sequence[telling.Told], *, now: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(
            key=f"{held.number}/{held.acts_seen}/{told.recipient}/{told.kind}",
            matter=held,
            sequence=held.acts_seen,
            recipient=told.recipient,
            kind=told.kind,
            zh=told.words.zh,
            en=told.words.en,
            created_at=now,
        )
        for told in notices
    )


def vendor() -> str:
    """Return which database this is: `sqlite` or `postgresql`."""
    return connection.vendor
