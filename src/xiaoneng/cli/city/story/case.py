"""One application as planned: for what, where, when, by whom, and how it will go. Knows no act and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xiaoneng.cli.city.roll import Offered
from xiaoneng.matters.vocabulary.intake import Channel


class Manner(StrEnum):
    """How a matter goes, in the main."""

    ORDINARY = "ordinary"
    CONDITIONAL = "conditional"
    NOT_SUPPLIED = "not_supplied"  # conditional acceptance, and the rest never comes
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    HEARD = "heard"
    REFUSED = "refused"
    REFUSAL_RETURNED = "refusal_returned"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"
    UNCORRECTED = "uncorrected"
    PROMISE_MISSED = "promise_missed"
    STATUTE_MISSED = "statute_missed"
    RUSHED = "rushed"  # opened and closed within a minute
    LAST_MINUTE = "last_minute"  # closed minutes before the promise ends
    STUCK = "stuck"  # lies at a desk and does not move


class Aside(StrEnum):
    """What else happens in a matter, beside its manner."""

    NOTICED = "noticed"
    SENT_BACK = "sent_back"
    NUDGED = "nudged"
    RECUSED = "recused"
    RATED = "rated"
    CORRECTED = "corrected"
    REOPENED = "reopened"
    REPORTED = "reported"  # the delay is filed before the promise ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How an office works: `pace` is the share of a promise it uses up, `slack` how often things go wrong, 1 usual."""

    pace: float
    slack: float


GOOD = Temper(pace=0.55, slack=0.5)
USUAL = Temper(pace=0.75, slack=1.0)
POOR = Temper(pace=0.9, slack=7.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One application of the year; `seed` fixes everything in it that is left to chance."""

    seed: str
    offered: Offered
    filed: datetime
    channel: Channel
    applicant: str
    contact: str
    manner: Manner
    asides: frozenset[Aside]
    temper: Temper
    instant: bool

    def post(self, key: str) -> str:
        """Return the code of one of the office's posts."""
        return f"{self.offered.office}-{key}"
