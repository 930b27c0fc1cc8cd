"""Taking recorded acts into the log in batches, proving one of them, and reading everything back to be verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Collate

from xiaoneng.desk.storing import vendor
from xiaoneng.ledger import queries as log
from xiaoneng.ledger.actions import seal, signer
from xiaoneng.ledger.fault import ActFact, Fault, MatterFact, SealedFact
from xiaoneng.ledger.receipt import Receipt, with_proof
from xiaoneng.ledger.verify import Log, Matters, verify
from xiaoneng.matters.models import ActRecord, Matter, Particulars, Unsealed
from xiaoneng.matters.queries import personal_of
from xiaoneng.matters.sealing import PublicFacts, actor_from_columns
from xiaoneng.matters.vocabulary import BY_KEY


def seal_waiting(*, now: datetime, batch: int = 1000) -> int:
    """Take up to `batch` acts that wait into the log, in the order they were recorded; return how many.

    An act that is still being committed is simply not seen yet and comes with the next batch: the queue, not a
    key that only grows, says what is left.
    """
    with transaction.atomic():
        waiting = Unsealed.objects.order_by("act_id")
        if vendor() == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True)
        rows = list(waiting.values_list("act_id", "act_hash")[:batch])
        if not rows:
            return 0
        seal([(act, bytes(digest)) for act, digest in rows], signer=signer(), origin=settings.SITE, now=now)
        Unsealed.objects.filter(act_id__in=[act for act, _ in rows]).delete()
    return len(rows)


def header_of(record: ActRecord, *, number: str) -> bytes:
    """Return the header of an act, made anew from its columns so that a changed column shows."""
    return PublicFacts(
        number=number,
        sequence=record.sequence,
        verb=record.verb,
        at=record.at,
        recorded_at=record.recorded_at,
        actor=actor_from_columns(
            record.actor, person=record.person, post=record.post, standing=record.standing
        ),
        paper=bytes(record.paper_hash) if record.paper_hash is not None else None,
        promised_on=record.promised_on,
        previous_verb=record.previous_verb,
        previous_at=record.previous_at,
        previous_person=record.previous_person,
    ).header()


def receipt_of(record: ActRecord, *, number: str, personal: bool) -> Receipt:
    """Return the receipt of an act that anybody can check off line; `personal` adds what opens the particulars."""
    particulars = personal_of(record) if personal else None
    commitment = record.personal_commitment
    receipt = Receipt(
        header=header_of(record, number=number),
        previous=bytes(record.previous_hash),
        salt=bytes(record.salt),
        body=record.body.encode(),
        signature=bytes(record.signature),
        personal=bytes(commitment) if commitment is not None else None,
        personal_salt=bytes(particulars.salt) if particulars else None,
        personal_body=particulars.body.encode() if particulars else None,
    )
    index = log.index_of(record.pk)
    proof = log.proof(index) if index is not None else None
    return with_proof(receipt, proof.text()) if proof else receipt


def receipt(number: str, *, sequence: int, personal: bool) -> Receipt:
    """Return the receipt of the act at a place in a matter; raises ActRecord.DoesNotExist."""
    record = ActRecord.objects.select_related("particulars").get(matter__number=number, sequence=sequence)
    return receipt_of(record, number=number, personal=personal)


def internal(number: str, *, sequence: int) -> bool:
    """Tell whether an act is one whose words stay inside the office; False if there is no such act."""
    verb = (
        ActRecord.objects.filter(matter__number=number, sequence=sequence)
        .values_list("verb", flat=True)
        .first()
    )
    return verb in BY_KEY and BY_KEY[verb].internal


def receipt_at(number: str, *, sequence: int, personal: bool) -> Receipt | None:
    """Return the same, or None where there is no such act: for pages, which know no rows."""
    try:
        return receipt(number, sequence=sequence, personal=personal)
    except ActRecord.DoesNotExist:
        return None


def faults(*, signatures: bool = True, seen: Callable[[], None] | None = None) -> Iterator[Fault]:
    """Yield everything in the record that is not as it was sealed, the first altered act first.

    `seen` is called for every act read, so that a long check can show how far it is.
    """
    matters = Matters(acts=_counted(_acts(), seen), rows=_rows(), by_key=_by_key())
    stored = Log(
        by_index=log.entries(),
        by_act=log.entries(by_act=True),
        checkpoints=log.checkpoints(),
        store=log.StoredTiles(),
    )
    with transaction.atomic():
        _one_snapshot()
        yield from verify(matters, stored, verifier=signer().verifier, signatures=signatures)


def _one_snapshot() -> None:
    """See the record as it stood at one instant, so that acts recorded meanwhile are no fault."""
    if vendor() == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _counted(acts: Iterator[ActFact], seen: Callable[[], None] | None) -> Iterator[ActFact]:
    if seen is None:
        yield from acts
        return
    for act in acts:
        yield act
        seen()


def act_count() -> int:
    """Return how many acts are on record, for the progress of a long check."""
    return ActRecord.objects.count()


def _acts() -> Iterator[ActFact]:
    rows = ActRecord.objects.select_related("matter", "particulars")
    for row in rows.order_by(_by_code("matter__number"), "sequence").iterator(chunk_size=2000):
        yield _fact(row)


def _by_code(column: str) -> Collate | F:
    """Return an order by code point: the walk over the record needs it, and a database's own order may differ."""
    return Collate(column, "C") if vendor() == "postgresql" else F(column)


def _header(row: ActRecord) -> bytes:
    """Return the header made anew, or nothing where a column was altered beyond reading: no hash fits nothing."""
    try:
        return header_of(row, number=row.matter.number)
    except (ValueError, KeyError, TypeError):
        return b""


def _fact(row: ActRecord) -> ActFact:
    particulars: Particulars | None = personal_of(row)
    commitment = row.personal_commitment
    return ActFact(
        key=row.pk,
        number=row.matter.number,
        sequence=row.sequence,
        header=_header(row),
        salt=bytes(row.salt),
        body=row.body.encode(),
        previous=bytes(row.previous_hash),
        act_hash=bytes(row.act_hash),
        signature=bytes(row.signature),
        personal=bytes(commitment) if commitment is not None else None,
        personal_salt=bytes(particulars.salt) if particulars else None,
        personal_body=particulars.body.encode() if particulars else None,
    )


def _rows() -> Iterator[MatterFact]:
    rows = Matter.objects.order_by(_by_code("number")).values_list("number", "acts_seen", "last_hash")
    for number, seen, last in rows.iterator(chunk_size=2000):
        yield MatterFact(number=number, acts_seen=seen, last_hash=bytes(last))


def _by_key() -> Iterator[SealedFact]:
    rows = ActRecord.objects.order_by("pk").values_list("pk", "matter__number", "sequence", "act_hash")
    for key, number, sequence, digest in rows.iterator(chunk_size=2000):
        yield SealedFact(key=key, number=number, sequence=sequence, act_hash=bytes(digest))
