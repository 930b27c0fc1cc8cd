"""Papers as they were issued: made again from the acts up to one, and checked against the hash bound into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from xiaoneng.desk import papers, reading
from xiaoneng.desk.papers import Paper
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.worktime.calendar import CalendarBook


class NoPaper(LookupError):
    """There is no such act, or it writes no paper."""


class PaperDiffers(Exception):
    """What the record now yields is not the paper whose hash was bound into the act; it must not be printed."""

    def __init__(self, number: str, sequence: int) -> None:
        super().__init__(
            f"{number}/{sequence}: the paper made from the record is not the one that was issued"
        )
        self.number, self.sequence = number, sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper with what proves it: the act's hash, and when it was recorded."""

    paper: Paper
    number: str
    sequence: int
    agency: str
    at: datetime
    recorded_at: datetime
    act_hash: bytes


def issued(number: str, *, sequence: int) -> Issued:
    """Return the paper of one act of a matter; raises Matter.DoesNotExist, NoPaper or PaperDiffers.

    For those that hold the right to it.
    """
    dossier = reading.dossier_of(Matter.objects.get(number=number))
    record = ActRecord.objects.filter(matter__number=number, sequence=sequence).first()
    if record is None or record.paper_hash is None:
        raise NoPaper(f"{number}/{sequence}")
    bound = bytes(record.paper_hash)
    for read in _readings(dossier, sequence=sequence):
        paper = papers.paper_of(read, sequence=sequence)
        if paper is not None and paper.digest() == bound:
            return Issued(
                paper=paper,
                number=number,
                sequence=sequence,
                agency=dossier.opening.agency,
                at=record.at,
                recorded_at=record.recorded_at,
                act_hash=bytes(record.act_hash),
            )
    raise PaperDiffers(number, sequence)


def _readings(dossier: Dossier, *, sequence: int) -> tuple[Dossier, ...]:
    """Return the record up to an act, with the calendar known when it was written, and with today's.

    A record that was replayed was written with a calendar that its dates do not yet know.
    """
    acts, recorded = dossier.acts[:sequence], dossier.recorded[:sequence]
    then = replace(dossier, acts=acts, recorded=recorded, folded=None)
    known = _known(dossier.book, at=recorded[-1])
    return (replace(then, book=known), then)


def _known(book: CalendarBook, *, at: datetime) -> CalendarBook:
    """Return a book with the editions known at an instant; the first one for all time before it."""
    kept = tuple(one for one in book.editions if one.known_from <= at)
    return CalendarBook(kept or book.editions[:1])
