"""The acts of each matter against their hashes, their chain and the office's signature. Knows no log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger.chain import GENESIS, SALT, chained, check_promise, commitment
from xiaoneng.ledger.fault import (
    ALTERED,
    DISCONNECTED,
    MISPLACED,
    MISSING,
    NO_MATTER,
    PARTICULARS,
    REPEATED,
    UNCOUNTED,
    UNSIGNED,
    ActFact,
    Fault,
    MatterFact,
)
from xiaoneng.ledger.note import Verifier
from xiaoneng.ledger.tree import Hash

MOST_GAPS = 100
"""A row that claims a billion acts must not fill the report with a billion lines."""

_Group = tuple[str, Iterator[ActFact]]


def chain_faults(
    acts: Iterable[ActFact], matters: Iterable[MatterFact], *, verifier: Verifier | None
) -> Iterator[Fault]:
    """Yield the faults of every matter, in the order of its acts.

    `acts` come by number and sequence, `matters` by number, numbers in the order of their code points
    (`COLLATE "C"` on PostgreSQL); ValueError if they do not. Without a verifier signatures are not checked:
    an act forged together with its matter's row is then found only once the log holds that matter.
    """
    groups = groupby(_ascending(acts), key=lambda act: act.number)
    rows = iter(matters)
    group, row = next(groups, None), next(rows, None)
    last = ""
    while group or row:
        number, own, listed = _first(group, row)
        if number < last:
            raise ValueError(f"matters out of order: {number} after {last}")
        last = number
        if own is None:
            yield Fault(number, 1, NO_MATTER)
        yield from _matter_faults(number, own, listed, verifier)
        group = next(groups, None) if group and group[0] == number else group
        row = next(rows, None) if own else row


def _ascending(acts: Iterable[ActFact]) -> Iterator[ActFact]:
    place = ("", 0)
    for act in acts:
        if (act.number, act.sequence) < place:
            raise ValueError(f"acts out of order: {act.number}/{act.sequence} after {place[0]}/{place[1]}")
        place = (act.number, act.sequence)
        yield act


def _first(group: _Group | None, row: MatterFact | None) -> tuple[str, MatterFact | None, Iterator[ActFact]]:
    """Return the matter that comes first, with its row and its acts as far as there are any."""
    numbers = [group[0]] if group else []
    number = min([*numbers, row.number] if row else numbers)
    own = row if row and row.number == number else None
    return number, own, group[1] if group and group[0] == number else iter(())


def _matter_faults(
    number: str, matter: MatterFact | None, acts: Iterator[ActFact], verifier: Verifier | None
) -> Iterator[Fault]:
    """Yield the faults of one matter."""
    expected = 1
    previous: Hash | None = GENESIS  # None after a fault: the next act is not blamed for it
    for act in acts:
        yield from _gaps(number, expected, act.sequence)
        what = REPEATED if act.sequence < expected else _act_fault(act, verifier)
        if what is None and act.sequence == expected and previous not in {None, act.previous}:
            what = DISCONNECTED
        if what:
            yield Fault(number, act.sequence, what)
        expected = max(expected, act.sequence + 1)
        previous = None if what else act.act_hash
    if matter:
        yield from _end_faults(matter, expected - 1, previous)


def _end_faults(matter: MatterFact, count: int, last: Hash | None) -> Iterator[Fault]:
    """Yield what is wrong after the last stored act: acts cut off, or a row that says something else."""
    if matter.acts_seen > count and matter.last_hash != last:
        yield from _gaps(matter.number, count + 1, matter.acts_seen + 1)
    elif matter.acts_seen != count or last not in {None, matter.last_hash}:
        yield Fault(matter.number, count, UNCOUNTED)


def _gaps(number: str, start: int, stop: int) -> Iterator[Fault]:
    for sequence in range(start, min(stop, start + MOST_GAPS)):
        yield Fault(number, sequence, MISSING)


def _act_fault(act: ActFact, verifier: Verifier | None) -> Phrase | None:
    """Return what is wrong with an act by itself, the most telling thing first."""
    if _remade(act) != act.act_hash:
        return ALTERED
    if verifier and not check_promise(act.signature, verifier=verifier, act_hash=act.act_hash):
        return UNSIGNED
    if not _in_place(act):
        return MISPLACED
    return None if _opens(act) else PARTICULARS


def _remade(act: ActFact) -> Hash | None:
    """Return the act's hash made from its parts, or None if its parts have impossible lengths."""
    try:
        committed = commitment(salt=act.salt, body=act.body)
        return chained(previous=act.previous, header=act.header, commitment=committed, personal=act.personal)
    except ValueError:
        return None


def _in_place(act: ActFact) -> bool:
    """Say whether the header, by now known to be the office's own, is of this matter and place."""
    lines = act.header.split(b"\n")
    return f"number {act.number}".encode() in lines and f"sequence {act.sequence}".encode() in lines


def _opens(act: ActFact) -> bool:
    """Say whether the particulars are those committed to; erased or never there is no fault."""
    salt, body = act.personal_salt, act.personal_body
    if salt is None or body is None:
        return salt is body
    return len(salt) == SALT and commitment(salt=salt, body=body) == act.personal
