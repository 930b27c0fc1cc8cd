"""What another matter proves (援引的事项): whether a case that is pointed at is decided, stands, and how grave it is.

Made from the acts of that matter alone, so that a rule can ask it without a query. Knows no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xiaoneng.matters.acts import Act, Opening, key

FOUND = frozenset({"substantiated", "partly"})
"""Findings on an allegation that prove it, wholly or in part."""
DECIDING = "measure-decided"
DROPPED = frozenset({"exempted", "transferred-out"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """A matter pointed at: what procedure, whose, whether its facts stand, and since when.

    `proven_at` is when its facts were decided, None while they are not. `contested` tells of an appeal or a review
    that is open. `effective_until` is the last day of the measure's effect, None where it has no period.
    """

    number: str
    procedure: str
    agency: str
    person: int = 0
    proven_at: datetime | None = None
    contested: bool = False
    overturned: bool = False
    severity: str = ""
    measure: str = ""
    effective_until: date | None = None

    @property
    def stands(self) -> bool:
        """Tell whether its facts are decided and nobody has undone them."""
        return self.proven_at is not None and not self.overturned

    @property
    def grave(self) -> bool:
        """Tell whether the decision calls the conduct serious (情节严重)."""
        return self.severity == "serious"


def referred(number: str, acts: Sequence[Act]) -> Referred:
    """Return what the acts of a matter prove."""
    opening = acts[0]
    assert isinstance(opening, Opening)  # noqa: S101 - the first act of a matter always is
    decided = _last(acts, DECIDING)
    appealed = _last(acts, "appeal-decided")
    return Referred(
        number=number,
        procedure=opening.procedure,
        agency=_about(opening),
        person=int(getattr(opening, "person", 0)),
        proven_at=appealed.at if appealed else decided.at if decided else _found_at(acts),
        contested=_open(acts, "appeal-made", "appeal-decided")
        or _open(acts, "dissatisfaction-voiced", "review-concluded"),
        overturned=bool(appealed and getattr(appealed, "revoked", False)),
        severity=_word(decided, "severity"),
        measure=_word(appealed or decided, "measure"),
        effective_until=getattr(decided, "effective_until", None),
    )


def _about(opening: Opening) -> str:
    """Return the office that a matter is about: of a complaint the one complained of, else whose matter it is."""
    agencies: tuple[str, ...] = getattr(opening, "agencies", ())
    return next(iter(agencies), opening.agency)


def _last(acts: Sequence[Act], verb: str) -> Act | None:
    return next((act for act in reversed(acts) if key(act) == verb), None)


def _word(act: Act | None, name: str) -> str:
    return str(getattr(act, name, "") or "")


def _open(acts: Sequence[Act], begun: str, ended: str) -> bool:
    """Tell whether what began with one verb has not been ended by another since."""
    verbs = [key(act) for act in acts]
    return begun in verbs and ended not in verbs[len(verbs) - 1 - verbs[::-1].index(begun) :]


def _found_at(acts: Sequence[Act]) -> datetime | None:
    """Return when the facts of a complaint or a visit were found: the last finding that proves something."""
    proving = (act for act in reversed(acts) if proves(act))
    found = next(proving, None)
    return found.at if found else None


def proves(act: Act) -> bool:
    """Tell whether an act is a finding that proves something against an office or a person."""
    match key(act):
        case "allegation-found":
            return str(getattr(act, "finding", "")) in FOUND
        case "finding-recorded":
            return True
        case _:
            return False
