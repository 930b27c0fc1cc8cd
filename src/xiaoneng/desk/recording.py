"""The one door: every act on every matter is recorded here, or refused here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from xiaoneng.desk import envelopes, gate, opening, reading, storing, topics
from xiaoneng.desk.effects import take_effect
from xiaoneng.desk.holding import hold
from xiaoneng.desk.rerouting import completed
from xiaoneng.matters.acts import Act, Opening
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Matter
from xiaoneng.rules.rule import Refusal


class ActRefused(Exception):
    """The act was not recorded. Carries every reason at once (一次性告知 binds us too)."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("；".join(str(refusal.reason) for refusal in refusals))
        self.refusals = tuple(refusals)


class MatterMoved(Exception):
    """Somebody recorded an act after the caller last looked; read again and decide again."""

    def __init__(self, *, number: str, seen: int, acts: int) -> None:
        super().__init__(f"{number}: {seen} acts seen, {acts} recorded")
        self.number, self.seen, self.acts = number, seen, acts


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the author of an act takes away (回执): its place and hash, a signed promise, the date promised."""

    number: str
    sequence: int
    act_hash: bytes
    signature: bytes
    stage: str
    due: date | None
    code: str = ""


def record(act: Act, *, number: str, seen: int, now: datetime) -> Receipt:
    """Record `act` on matter `number` and return its receipt, in one transaction.

    Lock the matter; check that `seen` acts are still all there are; write down what time has done; ask the
    procedure and the eight rules; append the act with its hash, paper, projection, alarms and notices.
    Raises ActRefused with every reason, MatterMoved, or Matter.DoesNotExist.
    """
    with transaction.atomic():
        held = hold(number)
        matter = held.matter
        if matter.acts_seen != seen:
            raise MatterMoved(number=number, seen=seen, acts=matter.acts_seen)
        dossier = reading.of_rows(number, held.acts, act=act, revision=held.revision)
        whole = completed(act, dossier)
        if whole is not act:
            act = whole
            dossier = reading.of_rows(number, held.acts, act=act, revision=held.revision)
        dossier = _with_lapses(matter, dossier, now=now)
        found = gate.refusals(dossier, act, now=now)
        if found:
            raise ActRefused(found)
        return _appended(matter, dossier, act, now=now)


def open_matter(act: Opening, *, request: opening.Request, now: datetime) -> Receipt:
    """Open a matter with `act` and return its receipt, with the code that opens it to its applicant.

    What the matter keeps for good (procedure edition, terms, posts, item edition) is filled in from `request`; what
    the act seals goes into its envelope after it was judged, before anything is hashed or written.
    Raises ActRefused with every reason, or opening.CannotOpen.
    """
    with transaction.atomic():
        filled = opening.filled(act, request=request)
        dossier = reading.assembled("", (filled,), act=filled)
        found = opening.refusals(dossier, now=now)
        if found:
            raise ActRefused(found)
        number, code = storing.new_number(dossier.procedure.prefix, year=now.year)
        dossier = _sealed(replace(dossier, number=number))
        stored = storing.append_first(dossier, code=code, now=now)
        take_effect(dossier.opening, dossier)
        _study(dossier.opening, dossier, now=now)
        return _receipt(stored, dossier, code=code)


def _sealed(dossier: Dossier) -> Dossier:
    """Return a matter about to be opened with what is told to nobody in its envelope: judged before, written after."""
    act = envelopes.sealed(dossier.opening, number=dossier.number)
    return dossier if act is dossier.opening else replace(dossier, acts=(act,), folded=None)


def lapse(number: str, *, now: datetime) -> int:
    """Write down what time has done to a matter by `now`; return how many acts that was."""
    with transaction.atomic():
        held = hold(number)
        _with_lapses(held.matter, reading.of_rows(number, held.acts, revision=held.revision), now=now)
        return held.matter.acts_seen - len(held.acts)


def read(number: str) -> Dossier:
    """Return the dossier of a matter; raises Matter.DoesNotExist. For those that hold the right to it."""
    return reading.dossier_of(Matter.objects.get(number=number))


def ready(number: str, *, act: Act, now: datetime) -> Dossier:
    """Return a matter as it would be judged for `act` at `now`, what time has done included; nothing is written.

    Raises Matter.DoesNotExist. For those that hold the right to it.
    """
    dossier = reading.dossier_of(Matter.objects.get(number=number), act=act)
    for lapsed in dossier.lapsed(now=now):
        dossier = dossier.after(lapsed)
    return dossier


def _with_lapses(held: Matter, dossier: Dossier, *, now: datetime) -> Dossier:
    for act in dossier.lapsed(now=now):
        _appended(held, dossier, act, now=now)
        dossier = dossier.after(act)
    return dossier


def _appended(held: Matter, dossier: Dossier, act: Act, *, now: datetime) -> Receipt:
    after = dossier.after(act)
    stored = storing.append(held, dossier, after, now=now)
    take_effect(act, after)
    _study(act, after, now=now)
    return _receipt(stored, after, code="")


def _study(act: Act, dossier: Dossier, *, now: datetime) -> None:
    """Open the study that a complaint makes due, or join the complaint to the one that stands (专题)."""
    match topics.due(act, dossier):
        case topics.ToOpen(act=study, request=request):
            open_matter(study, request=request, now=now)
        case topics.ToJoin(act=joined, number=number, seen=seen):
            record(joined, number=number, seen=seen, now=now)
        case None:
            return


def _receipt(stored: storing.Stored, dossier: Dossier, *, code: str) -> Receipt:
    return Receipt(
        number=stored.number,
        sequence=stored.sequence,
        act_hash=stored.act_hash,
        signature=stored.signature,
        stage=dossier.stage.key,
        due=date.fromisoformat(stored.promised_on) if stored.promised_on else None,
        code=code,
    )
