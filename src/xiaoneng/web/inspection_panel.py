"""The panel of an inspection on its matter's page (督察): the team, the checklist, and where the phone page is."""

from __future__ import annotations

from typing import Any

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import candidates_of, team_of
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned, TeamDrawn, VisitRecorded
from xiaoneng.supervision.checklists import RESULTS, answers, point
from xiaoneng.web.doors import leads

ELSEWHERE = {"team-drawn": "inspection-lot", "member-replaced": "inspection-member"}
"""Acts that the lot completes: their forms are sent to pages of their own."""


def elsewhere(word: str, number: str) -> str:
    """Return the address that takes an act, where it has one of its own; else nothing."""
    return leads(ELSEWHERE[word], number) if word in ELSEWHERE else ""


def panel(dossier: Dossier) -> dict[str, Any] | None:
    """Return what the panel of an inspection shows; None for every other matter."""
    if not isinstance(dossier.opening, InspectionPlanned):
        return None
    stood = candidates_of(dossier.acts)
    visit = dossier.last(VisitRecorded)
    return {
        "number": dossier.number,
        "drawn": dossier.last(TeamDrawn) is not None,
        "team": [stood[one] for one in team_of(dossier.acts) if one in stood],
        "place": visit.place if visit else "",
        "answers": [
            {
                "words": point(one.key),
                "result": RESULTS[one.result],
                "note": one.note,
                "wrong": one.result == "no",
            }
            for one in answers(visit.answers if visit else ())
        ],
        "name": Phrase("督察组与清单", "Team and checklist"),
    }
