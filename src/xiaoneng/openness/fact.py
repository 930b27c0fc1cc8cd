"""What the four always are asked of (四个一律的材料): acts of matters, cards and late complaints as plain values; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.queries import moment

NOTHING: Mapping[str, object] = {}


class Fact(NamedTuple):
    """An act as its columns tell it; `text` is its body where the question reads it, else empty."""

    number: str
    agency: str
    division: str
    sequence: int
    verb: str
    stored_at: str | datetime
    text: str

    @property
    def at(self) -> datetime:
        """Return when it happened."""
        return moment(self.stored_at)

    def said(self, name: str) -> str:
        """Return a fact of the body as text; empty where it says nothing."""
        return str(self.body.get(name) or "")

    @property
    def body(self) -> Mapping[str, object]:
        """Return what the act says."""
        found: Mapping[str, object] = json.loads(self.text) if self.text else NOTHING
        return found


Case = Sequence[Fact]
"""The acts of one matter that a question reads, in order."""


class LateComplaint(NamedTuple):
    """An open complaint past its term: which clock, when the term ended, and whether a card says so."""

    number: str
    agency: str
    division: str
    acts: int
    clock: str
    last_day: date
    carded: bool


class RedCard(NamedTuple):
    """A red card with the matter it is about and the acts that it rests on."""

    number: str
    matter: str
    agency: str
    division: str
    raised_at: datetime
    sequences: tuple[int, ...]


Proof = tuple[str, tuple[int, ...]]
"""Acts of one matter by number and places: together with their hashes, what anybody can check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a question examined: what it is, whose office answers, and whether it is as it must be.

    `due` is the instant from which it counts as broken; None while no term runs. `wrong` says what is lacking and is
    empty where nothing is. `proofs` are the acts that show it.
    """

    number: str
    agency: str
    since: datetime
    due: datetime | None = None
    wrong: Phrase | None = None
    proofs: tuple[Proof, ...] = ()

    def broken(self, *, now: datetime) -> bool:
        """Tell whether it breaks the rule at `now`."""
        return self.wrong is not None and self.due is not None and self.due <= now


def first(case: Case, *verbs: str) -> Fact | None:
    """Return the first act with one of these verbs, or None."""
    return next((fact for fact in case if fact.verb in verbs), None)


def last(case: Case, *verbs: str) -> Fact | None:
    """Return the last act with one of these verbs, or None."""
    return next((fact for fact in reversed(case) if fact.verb in verbs), None)


def proof(*facts: Fact | None) -> tuple[Proof, ...]:
    """Return the proofs that some acts are, matter by matter; None stands for no act."""
    found: dict[str, list[int]] = {}
    for fact in facts:
        if fact is not None:
            found.setdefault(fact.number, []).append(fact.sequence)
    return tuple((number, tuple(sorted(set(places)))) for number, places in found.items())
