"""What a complaint's record says of its allegations (投诉事项): listed, found, proven, nudged; reads, judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint import AllegationFound, AllegationsListed, ComplaintAccepted
from xiaoneng.matters.vocabulary.complaint_after import (
    DissatisfactionVoiced,
    ReHandlingOrdered,
    RetaliationReported,
)
from xiaoneng.matters.vocabulary.complaint_words import Finding
from xiaoneng.matters.vocabulary.handling import Nudged

RETALIATION = Phrase("打击报复", "Retaliation")
"""The allegation that a report of retaliation adds by itself."""
AFRESH = (DissatisfactionVoiced, ReHandlingOrdered)
"""Acts after which every allegation is found anew."""
HANDLER_TOLD, HEAD_TOLD, SUPERIOR_TOLD = 1, 2, 3


def allegations(dossier: Dossier) -> tuple[str, ...]:
    """Return every allegation of a complaint in the order in which it was listed, each once."""
    return tuple(dict.fromkeys(one.strip() for one in _listed(dossier) if one.strip()))


def _listed(dossier: Dossier) -> Iterator[str]:
    for act in dossier.acts:
        if isinstance(act, ComplaintAccepted | AllegationsListed):
            yield from act.allegations
        elif isinstance(act, RetaliationReported):
            yield RETALIATION.zh


def this_round(dossier: Dossier) -> Sequence[Act]:
    """Return the acts since everything was last to be found anew: all of them where it never was."""
    places = [place for place, act in enumerate(dossier.acts) if isinstance(act, AFRESH)]
    return dossier.acts[places[-1] :] if places else dossier.acts


def findings(dossier: Dossier) -> dict[str, Finding]:
    """Return the finding of each allegation that was found in this round; the last of several counts.

    A second report of retaliation asks for a finding of its own: one made before it does not answer it.
    """
    found: dict[str, Finding] = {}
    for act in this_round(dossier):
        if isinstance(act, AllegationFound):
            found[act.allegation.strip()] = act.finding
        elif isinstance(act, RetaliationReported):
            found.pop(RETALIATION.zh, None)
    return found


def unfound(dossier: Dossier) -> tuple[str, ...]:
    """Return the allegations on which this round has made no finding yet."""
    found = findings(dossier)
    return tuple(one for one in allegations(dossier) if one not in found)


def proven(dossier: Dossier) -> tuple[str, ...]:
    """Return the allegations that this round found substantiated, wholly or partly."""
    found = findings(dossier)
    return tuple(one for one in allegations(dossier) if one in found and found[one].proven)


def nudge_level(dossier: Dossier) -> int:
    """Return whom the complainant's nudges have reached: 0 nobody, 1 the handler, 2 the head, 3 the superior centre."""
    return min(len(dossier.every(Nudged)), SUPERIOR_TOLD)
