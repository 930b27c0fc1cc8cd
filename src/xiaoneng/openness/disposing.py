"""The second always (违规必究): what is proven has a consequence in time, or an exemption with its reason; pure.

Proven are red cards that stand, allegations found substantiated, findings of inspections and breaches of the bans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.referred import FOUND
from xiaoneng.openness.fact import Case, Entry, Fact, RedCard, first, last, proof

TERM = "four-always-disposed"
"""The default that tells the term, in working days."""
Ends = Callable[[datetime, str], datetime]
"""When the term after an instant is over in a division."""

OPENED = ("dereliction-registered", "ban-breach-found")
CARD_ENDS = ("card-withdrawn", "recommendation-made", "card-exempted", "card-closed")
CONTEST, UPHELD = "card-contested", "card-upheld"
CARD_VERBS = ("card-issued", CONTEST, UPHELD, *CARD_ENDS)
CONCLUDED = ("complaint-concluded", "review-concluded", "answered-on-spot")
COMPLAINT_VERBS = ("allegation-found", *CONCLUDED)
INSPECTED = ("rectification-ordered", "accountability-recommended", "inspection-closed")
RESULT = "result-given"
INSPECTION_VERBS = ("finding-recorded", RESULT, *INSPECTED)
LACKING = Phrase(
    "查实后没有处理，也没有免予处理的理由",
    "proven, and neither a consequence nor an exemption with its reason",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What followed: dereliction matters by the number they point at, and every dereliction matter by its own."""

    by_reference: Mapping[str, Fact] = field(default_factory=dict)
    by_number: Mapping[str, Fact] = field(default_factory=dict)

    def of(self, number: str) -> Fact | None:
        """Return the act that opened accountability for a matter or card; None if nothing did."""
        return self.by_reference.get(number)


def consequences(discipline: Iterable[Case]) -> Consequences:
    """Return what dereliction matters answer for."""
    openings = [case[0] for case in discipline]
    pointing = {fact.said("reference").strip(): fact for fact in reversed(openings)}
    pointing.pop("", None)
    return Consequences(by_reference=pointing, by_number={fact.number: fact for fact in openings})


def cards(
    red: Iterable[RedCard], cases: Iterable[Case], done: Consequences, *, ends: Ends
) -> Iterator[Entry]:
    """Yield every red card, with what became of it; while it is contested no term runs, and then anew."""
    ended = {case[0].said("card"): case for case in cases if case[0].verb == "card-issued"}
    for card in red:
        case = ended.get(card.number, ())
        end = first(case, *CARD_ENDS) or done.of(card.number)
        contest = last(case, CONTEST, UPHELD)
        since = contest.at if contest else card.raised_at
        yield Entry(
            number=card.number,
            agency=card.agency,
            since=since,
            due=None if contest and contest.verb == CONTEST else ends(since, card.division),
            wrong=None if end else LACKING,
            proofs=(*(((card.matter, card.sequences),) if card.sequences else ()), *proof(*case[:1], end)),
        )


def complaints(cases: Iterable[Case], done: Consequences, *, ends: Ends) -> Iterator[Entry]:
    """Yield every complaint in which something was found proven; its term runs from the conclusion."""
    for case in cases:
        proving = [fact for fact in case if fact.said("finding") in FOUND]
        if not proving:
            continue
        concluded = last(case, *CONCLUDED)
        end = _followed(case, done)
        yield Entry(
            number=proving[0].number,
            agency=proving[0].agency,
            since=(concluded or proving[0]).at,
            due=ends(concluded.at, concluded.division) if concluded else None,
            wrong=None if end else LACKING,
            proofs=proof(*proving, concluded, end),
        )


def _followed(case: Case, done: Consequences) -> Fact | None:
    """Return the act that is the consequence of a complaint; one that only names a dereliction matter must have it."""
    for fact in reversed(case):
        match fact.said("consequence"):
            case "discipline":
                end = done.by_number.get(fact.said("reference").strip())
            case "exempted":
                end = fact if fact.said("exemption").strip() else None
            case "card" | "rectification":
                end = fact
            case _:
                end = None
        if end is not None:
            return end
    return done.of(case[0].number)


def inspections(cases: Iterable[Case], done: Consequences, *, ends: Ends) -> Iterator[Entry]:
    """Yield every inspection that found something; its term runs from its result."""
    for case in cases:
        found = [fact for fact in case if fact.verb == "finding-recorded"]
        if not found:
            continue
        result = last(case, RESULT)
        end = first(case, *INSPECTED) or done.of(found[0].number)
        yield Entry(
            number=found[0].number,
            agency=found[0].agency,
            since=(result or found[0]).at,
            due=ends(result.at, result.division) if result else None,
            wrong=None if end else LACKING,
            proofs=proof(*found, result, end),
        )


def bans(discipline: Iterable[Case]) -> Iterator[Entry]:
    """Yield every breach of a ban: it opens its own accountability, so each is disposed of by being found."""
    for case in discipline:
        if case[0].verb == "ban-breach-found":
            yield Entry(number=case[0].number, agency=case[0].agency, since=case[0].at, proofs=proof(case[0]))
