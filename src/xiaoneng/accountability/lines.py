"""A dereliction in a list (失职追究清单): whom it is about, where it stands, what was decided, until when; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.discipline import (
    LEADER,
    DerelictionRegistered,
    InvestigatorsNamed,
    MeasureDecided,
)
from xiaoneng.matters.vocabulary.measures import NAMES, Measure, Severity
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded
from xiaoneng.rules.dereliction import INVESTIGATORS, effective_until, standing_measure
from xiaoneng.worktime.days import local_day

OPENINGS = (DerelictionRegistered, BanBreachFound)
SHOWN = (Clock.DEFENCE, Clock.APPEAL, Clock.ANSWER, Clock.RECUSAL)
"""Clocks whose end a list names; a period of effect has a column of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One dereliction as its record tells it."""

    number: str
    subject: str
    agency: str
    person: int
    source: Phrase
    reference: str
    opened_at: datetime
    stage: str
    stage_name: Phrase
    open: bool
    holder: str
    clock: Phrase | None
    due: date | None
    outcome: Phrase | None
    measure: Measure | None
    until: date | None
    decided_on: date | None
    leader: bool
    unstaffed: bool
    """Fewer than two investigators are named, or left after a recusal."""
    answers_above: bool
    """A serious consequence was decided: the leader answers too (浙江办法第七条)."""


def line(dossier: Dossier, *, now: datetime) -> Line:
    """Return a dereliction as a line of a list at `now`."""
    opening = dossier.opening
    assert isinstance(opening, OPENINGS)  # noqa: S101 - the procedure opens with nothing else
    running = next((one for one in dossier.running() if one.clock in SHOWN), None)
    decided, sanction = dossier.last(MeasureDecided), dossier.last(SanctionRecorded)
    measure = standing_measure(dossier)
    who = dossier.who_has_it(at=now)
    return Line(
        number=dossier.number,
        subject=opening.subject,
        agency=opening.agency,
        person=opening.person,
        source=_source(opening),
        reference=opening.reference,
        opened_at=opening.at,
        stage=dossier.stage.key,
        stage_name=dossier.stage.name,
        open=not dossier.closed,
        holder=who.name if who else "",
        clock=running.clock.phrase if running else None,
        due=dossier.due(running) if running else None,
        outcome=NAMES[sanction.sanction] if sanction else NAMES[measure] if measure else None,
        measure=measure,
        until=effective_until(dossier) if measure or sanction else None,
        decided_on=local_day(decided.at) if decided else sanction.decided_on if sanction else None,
        leader=LEADER in dossier.traits,
        unstaffed=_unstaffed(dossier),
        answers_above=measure is not None
        and decided is not None
        and decided.severity is Severity.SERIOUS
        and LEADER not in dossier.traits,
    )


def _unstaffed(dossier: Dossier) -> bool:
    named = dossier.last(InvestigatorsNamed)
    left = frozenset(named.investigators if named else ()) - dossier.state.recused
    return dossier.stage.key in {"registered", "investigating"} and len(left) < INVESTIGATORS


def _source(opening: DerelictionRegistered | BanBreachFound) -> Phrase:
    return opening.kind.phrase if isinstance(opening, BanBreachFound) else NAMES[opening.source]
