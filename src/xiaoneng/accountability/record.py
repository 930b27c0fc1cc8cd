"""A person's record of accountability (个人问责记录): warnings, what is in effect, and what follows for the appraisal.

What follows is a proposal to the appraisal with the acts that show it; nothing is written by itself. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiaoneng.accountability import ladder
from xiaoneng.accountability.ladder import Count, Effect, EffectSet, Grade
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.discipline import AppealDecided, Exempted, MeasureDecided
from xiaoneng.matters.vocabulary.measures import MOST_MONTHS, NAMES, Measure
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded
from xiaoneng.rules.dereliction import effective_until, in_effect, standing_measure
from xiaoneng.worktime.days import local_day

WARNINGS = frozenset({Measure.ORAL_WARNING, Measure.WRITTEN_WARNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One decision about a person: the act that shows it, what it says, until when, whether it binds now."""

    number: str
    sequence: int
    what: Phrase
    decided_on: date
    until: date | None
    binding: bool
    warning: bool
    months: int = 0
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What stands against a person on a day, and what may be proposed to the appraisal because of it."""

    person: int
    on: date
    warnings: Count
    facts: tuple[Fact, ...]
    effects: EffectSet
    effect: Effect | None
    best: Grade
    sanction_months: int
    undecided: tuple[str, ...]
    exempted: tuple[str, ...]

    @property
    def binding(self) -> tuple[Fact, ...]:
        """Return what is in effect."""
        return tuple(one for one in self.facts if one.binding)

    @property
    def proposal(self) -> Phrase:
        """Return what is proposed to the appraisal, in a sentence."""
        grade = ladder.GRADE_NAMES[self.best]
        if self.best is Grade.EXCELLENT:
            return Phrase("没有影响考核等次的情形", "Nothing bears on the grade")
        return Phrase(
            f"建议：本年度考核最高为“{grade.zh}”", f"Proposed: at best “{grade.en}” in this year's appraisal"
        )


def record_of(person: int, dossiers: Iterable[Dossier], *, division: str, on: date) -> PersonRecord:
    """Return a person's record at the end of a day, from the derelictions that are about them."""
    read = [one.on_day(on) for one in dossiers if local_day(one.opening.at) <= on]
    facts = sorted((fact for one in read for fact in _facts(one, on=on)), key=lambda one: one.decided_on)
    days = [one.decided_on for one in facts if one.warning and not one.revoked]
    counted = ladder.warnings(days, on=on)
    effects = ladder.in_force(division, on=on)
    months = sum(one.months for one in facts if one.binding)
    return PersonRecord(
        person=person,
        on=on,
        warnings=counted,
        facts=tuple(facts),
        effects=effects,
        effect=effects.effect_of(counted.counted),
        best=ladder.best_grade(days, division=division, on=on, in_effect=any(one.binding for one in facts)),
        sanction_months=min(months, MOST_MONTHS),
        undecided=tuple(one.number for one in read if not one.closed and not _decided(one)),
        exempted=tuple(one.number for one in read if one.last(Exempted)),
    )


def _decided(dossier: Dossier) -> Act | None:
    return next(
        (one for one in reversed(dossier.acts) if isinstance(one, MeasureDecided | SanctionRecorded)), None
    )


def _facts(dossier: Dossier, *, on: date) -> Iterable[Fact]:
    decided, sanction = dossier.last(MeasureDecided), dossier.last(SanctionRecorded)
    if sanction is not None:
        until = sanction.effective_until
        yield Fact(
            number=dossier.number,
            sequence=dossier.sequence_of(sanction),
            what=NAMES[sanction.sanction],
            decided_on=sanction.decided_on,
            until=until,
            binding=until is not None and on <= until,
            warning=False,
            months=sanction.months,
        )
    elif decided is not None:
        stands = standing_measure(dossier)
        shown = dossier.last(AppealDecided) or decided
        yield Fact(
            number=dossier.number,
            sequence=dossier.sequence_of(shown),
            what=NAMES[stands or decided.measure],
            decided_on=local_day(decided.at),
            until=effective_until(dossier) if stands else None,
            binding=in_effect(dossier, on=on) is not None,
            warning=stands in WARNINGS,
            revoked=stands is None,
        )
