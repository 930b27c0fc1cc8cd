"""Figures on refusals (否定报备统计): by item, never by person; and the share that leaders overturned.

Counts facts taken from matters; knows no database and no period: the caller chooses the matters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiaoneng.law.defaults import count_of
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.decision import (
    FilingConfirmed,
    FilingReturned,
    Granted,
    NegativeKind,
    ReasonCode,
    RefusalFiled,
    Refused,
    Revoked,
)
from xiaoneng.matters.vocabulary.intake import NotAccepted
from xiaoneng.rules.record import numbered

REPORTS = frozenset({NegativeKind.UNABLE_IN_TIME, NegativeKind.DISAGREEMENT})
"""Kinds that report and refuse nothing: a leader who returns them overturns nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one decided matter of an item ended: granted, or refused for a reason."""

    item: str
    refused: bool
    code: ReasonCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One refusal filed and reviewed: the unit that filed it, the post that reviewed it, whether it was returned."""

    unit: str
    reviewer: str
    returned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """Refusals of one item among its decided matters, by reason."""

    item: str
    decided: int
    refused: int
    by_code: Mapping[ReasonCode, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overturning:
    """How many of a unit's filings one reviewing post returned; `alert` where the share reaches the threshold."""

    unit: str
    reviewer: str
    returned: int
    of: int
    alert: bool


def outcome(dossier: Dossier) -> Outcome | None:
    """Return how a matter ended as the figures count it; None while it is undecided."""
    decision = dossier.last(Granted, Refused, NotAccepted, Revoked)
    if decision is None:
        return None
    filing = dossier.last(RefusalFiled)
    refused = type(decision).negative
    code = filing.code if refused and filing else None
    return Outcome(item=dossier.opening.item, refused=refused, code=code)


def filings(dossier: Dossier) -> tuple[Filing, ...]:
    """Return the refusals that were filed in a matter and reviewed."""
    found = []
    for sequence, filed in numbered(dossier, RefusalFiled):
        later = dossier.acts[sequence:]
        review = next((one for one in later if isinstance(one, FilingConfirmed | FilingReturned)), None)
        if review is not None and filed.kind not in REPORTS:
            returned = isinstance(review, FilingReturned)
            found.append(Filing(unit=filed.by.agency, reviewer=review.by.post, returned=returned))
    return tuple(found)


def by_item(outcomes: Iterable[Outcome]) -> tuple[ItemFigures, ...]:
    """Return the figures that are published: one line an item, in the order of its code."""
    grouped: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        grouped[one.item].append(one)
    return tuple(_line(item, grouped[item]) for item in sorted(grouped))


def _line(item: str, outcomes: Sequence[Outcome]) -> ItemFigures:
    codes = Counter(one.code for one in outcomes if one.refused and one.code)
    refused = sum(one.refused for one in outcomes)
    return ItemFigures(item=item, decided=len(outcomes), refused=refused, by_code=dict(codes))


def overturning(reviewed: Iterable[Filing], *, on: date) -> tuple[Overturning, ...]:
    """Return the share of filings that each reviewer returned, by unit; it alerts by the threshold of the day `on`."""
    threshold = count_of("refusal-overturned", on=on)  # per cent
    grouped: dict[tuple[str, str], list[Filing]] = defaultdict(list)
    for one in reviewed:
        grouped[one.unit, one.reviewer].append(one)
    found = []
    for (unit, reviewer), rows in sorted(grouped.items()):
        returned = sum(one.returned for one in rows)
        alert = returned * 100 >= threshold * len(rows)
        found.append(Overturning(unit=unit, reviewer=reviewer, returned=returned, of=len(rows), alert=alert))
    return tuple(found)
