"""What a work rule (制度) is: a gate before the act, and a judgement after it; knows no database and no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why an act may not be recorded, in words its author can act on, with the article that says so."""

    rule: str
    reason: Phrase
    basis: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule broken by recorded facts, since when, with the acts (by place in the record) that show it.

    `key` tells two breaches of one rule in one matter apart, so that nothing is raised twice.
    `post` is the post answerable, if the rule can say.
    """

    rule: str
    key: str
    since: datetime
    what: Phrase
    basis: Citation
    evidence: tuple[int, ...] = ()
    post: str = ""


class Rule(Protocol):
    """One of the eight. Both faces are pure and read nothing but their arguments."""

    @property
    def key(self) -> str:
        """The rule's word in stored rows."""
        ...

    @property
    def name(self) -> Phrase:
        """What the system is called."""
        ...

    @property
    def basis(self) -> Citation:
        """Where it stands."""
        ...

    def refusals(self, dossier: Dossier, act: Act) -> Iterator[Refusal]:
        """Yield the reasons to refuse `act`, with the dossier as it reads before it."""
        ...

    def breaches(self, dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
        """Yield what the record already shows to be broken at `now`."""
        ...
