"""Where a complaint would go, and why: the routing of the desk in the words of a page. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.desk.complaints import routed_for
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """The centre that would have it, why, and which centres are passed over for what reason."""

    centre: Phrase
    reason: Phrase
    passed_over: tuple[tuple[Phrase, Phrase], ...] = ()


def destination(act: ComplaintMade, *, city: Places) -> Destination:
    """Return where a complaint would go; raises CannotOpen where no centre may take it."""
    found, _ = routed_for(act)
    return Destination(
        centre=city.agency(found.agency),
        reason=found.reason,
        passed_over=tuple((city.agency(one.agency), one.reason) for one in found.passed_over),
    )
