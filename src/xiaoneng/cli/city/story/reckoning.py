"""Who answers for it in the story (失职追究、曝光): registered, heard, decided; appealed, transferred or put before all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from xiaoneng.cli.city.story import reckoning_words as words
from xiaoneng.cli.city.story.deeds import Deed, Holder, Number, Place, Script
from xiaoneng.cli.city.story.steps import Steps
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.discipline import (
    AppealDecided,
    AppealMade,
    Archived,
    Circulated,
    DefenceHeard,
    DerelictionRegistered,
    FactsPut,
    InvestigatorsNamed,
    MeasureDecided,
    MeasureServed,
)
from xiaoneng.matters.vocabulary.exposure import (
    BarGround,
    Exposed,
    ExposureBarred,
    ExposureDecided,
    ExposureProposed,
    LegalityReviewed,
    ReplyGiven,
    ReplyInvited,
)
from xiaoneng.matters.vocabulary.measures import Decider, Measure, Sanction, Severity, Source
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded, TransferredOut
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.limits import add_months

WATCH = "330200-xn"
CASE, EXPOSURE = "case", "exposure"
MONTHS = 4
"""How long a written warning lasts in the story."""
SHOWN = timedelta(days=150)
APPEAL_TERM = 24
"""Working days in which the thirty days of an appeal have passed."""


class Ending(StrEnum):
    """How a dereliction ends, or how far it has come by the last day."""

    HEARD = "heard"
    WARNED = "warned"
    SPOKEN_TO = "spoken_to"
    APPEALED = "appealed"
    SANCTIONED = "sanctioned"
    EXPOSED = "exposed"
    BARRED = "barred"


GRAVE = frozenset({Ending.EXPOSED, Ending.BARRED})
MEASURES: Mapping[Ending, tuple[Measure, Severity]] = {
    Ending.SPOKEN_TO: (Measure.ORAL_WARNING, Severity.LIGHT),
    Ending.WARNED: (Measure.WRITTEN_WARNING, Severity.HEAVIER),
    Ending.APPEALED: (Measure.WRITTEN_WARNING, Severity.HEAVIER),
    Ending.EXPOSED: (Measure.OFF_POST_TRAINING, Severity.SERIOUS),
    Ending.BARRED: (Measure.OFF_POST_TRAINING, Severity.SERIOUS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One dereliction, planned: whose post, from what, to which end, and who investigates."""

    office: str
    source: Source
    reference: str | Number
    ending: Ending
    key: str = "window"
    registrar: str = ""
    investigators: tuple[str, ...] = ()

    @property
    def subject(self) -> Holder:
        """Return whom it is about."""
        return Holder(post=f"{self.office}-{self.key}")

    @property
    def facts(self) -> str:
        """Return what is held against them."""
        return words.FIRST_FACTS.get(self.source, words.ON_RECORD)

    @property
    def liability(self) -> str:
        """Return who answers for what."""
        return words.LEADERS_LIABILITY if self.source is Source.WEAK_AGENCY else words.LIABILITY

    @property
    def named(self) -> tuple[Holder, ...]:
        """Return who investigates: two of the office, of other posts, unless others are named."""
        posts = self.investigators or (f"{self.office}-review", f"{self.office}-personnel")
        return tuple(Holder(post=one) for one in posts)


def registered(steps: Steps, plan: Reckoning, *, days: int = 1) -> Script:
    """Register the dereliction with the fact that shows it."""
    facts = {
        "source": plan.source,
        "reference": plan.reference,
        "person": plan.subject,
        "facts": plan.facts,
    }
    post = plan.registrar or f"{plan.office}-personnel"
    yield from opened(steps, DerelictionRegistered, post, facts, days=days)


def opened(
    steps: Steps, act: type[DerelictionRegistered], post: str, facts: Mapping[str, object], *, days: int
) -> Script:
    """Open accountability by somebody in a post."""
    place = Place(procedure="discipline", office=post.rpartition("-")[0])
    deed = Deed(at=steps.later(days), act=act, post=post, facts=facts, opens=place, matter=CASE)
    steps.told((yield deed))


def judged(steps: Steps, plan: Reckoning) -> Script:
    """Take it from the investigators to its end."""
    yield from steps.do(InvestigatorsNamed, Role.HEAD, {"investigators": plan.named}, days=1, matter=CASE)
    if plan.ending is Ending.SANCTIONED:
        yield from _sanctioned(steps)
        return
    measure, severity = MEASURES.get(plan.ending, MEASURES[Ending.SPOKEN_TO])
    facts: dict[str, object] = {"facts": plan.facts, "proposed": measure}
    yield from steps.do(FactsPut, Role.PERSONNEL, facts, days=4, matter=CASE)
    yield from steps.do(DefenceHeard, Role.PERSONNEL, {"defence": words.DEFENCE}, days=1, matter=CASE)
    if plan.ending is Ending.HEARD:
        return
    yield from _decided(steps, plan, measure, severity)
    yield from _afterwards(steps, plan, measure)


def _decided(steps: Steps, plan: Reckoning, measure: Measure, severity: Severity) -> Script:
    warned = measure is Measure.WRITTEN_WARNING
    facts = {
        "measure": measure,
        "severity": severity,
        "liability": plan.liability,
        "reasons": words.REASONS,
        "legal_basis": words.BASIS,
        "effective_until": add_months(local_day(steps.later(2)), MONTHS) if warned else None,
    }
    yield from steps.do(MeasureDecided, Role.HEAD, facts, days=2, matter=CASE)
    yield from steps.do(MeasureServed, Role.PERSONNEL, {}, days=1, matter=CASE)
    circulated = {"scope": words.SCOPE, "words": words.CIRCULATED}
    yield from steps.do(Circulated, Role.PERSONNEL, circulated, days=1, matter=CASE)


def _afterwards(steps: Steps, plan: Reckoning, measure: Measure) -> Script:
    if plan.ending is Ending.APPEALED:
        yield from _appealed(steps, plan, measure)
        return
    if plan.ending in GRAVE:
        yield from _before_all(steps, plan)
    yield from steps.wait(APPEAL_TERM, matter=CASE)
    if measure is not Measure.WRITTEN_WARNING:
        yield from steps.do(Archived, Role.PERSONNEL, {"note": words.CARRIED_OUT}, days=5, matter=CASE)


def _appealed(steps: Steps, plan: Reckoning, measure: Measure) -> Script:
    at = steps.later(3)
    deed = Deed(
        at=at,
        act=AppealMade,
        post=plan.subject.post,
        own=plan.subject,
        facts={"grounds": words.GROUNDS},
        matter=CASE,
    )
    steps.told((yield deed))
    facts = {
        "measure": measure,
        "effective_until": add_months(local_day(steps.at), MONTHS - 1),
        "reasons": words.APPEAL_REASONS,
    }
    yield from steps.do(AppealDecided, Role.SUPERVISOR, facts, days=8, matter=CASE)


def _sanctioned(steps: Steps) -> Script:
    """Transfer it to the body that may decide a sanction, and take its decision to the file."""
    yield from steps.do(TransferredOut, Role.HEAD, words.TRANSFER, days=3, matter=CASE)
    at = steps.later(25)
    facts = {
        "sanction": Sanction.WARNING,
        "decided_by": Decider.SUPERVISORY,
        "body": words.TRANSFER["body"],
        "document": f"甬监政务〔{local_day(at).year}〕12号",
        "decided_on": local_day(at) - timedelta(days=2),
        "months": 6,
    }
    yield from steps.do(SanctionRecorded, Role.PERSONNEL, facts, days=25, matter=CASE)


def _before_all(steps: Steps, plan: Reckoning) -> Script:
    """Put a grave case before the public, or say by which law it is not."""
    place = Place(procedure="exposure", office=WATCH)
    proposed = {"reference": Number(matter=CASE), **words.EXPOSURE}
    deed = Deed(
        at=steps.later(1),
        act=ExposureProposed,
        post=f"{WATCH}-supervise",
        facts=proposed,
        opens=place,
        matter=EXPOSURE,
    )
    steps.told((yield deed))
    if plan.ending is Ending.BARRED:
        barred = {"ground": BarGround.MINOR, "statement": words.BARRED}
        yield from steps.do(ExposureBarred, Role.HEAD, barred, days=2, matter=EXPOSURE)
        return
    ticks = dict.fromkeys(("proven", "secrecy", "privacy", "complainant", "passed"), True)
    review = {**ticks, "reasons": words.REVIEW}
    yield from steps.do(LegalityReviewed, Role.LEGALITY, review, days=1, matter=EXPOSURE)
    yield from steps.do(ReplyInvited, Role.HANDLER, {"note": words.INVITED}, days=1, matter=EXPOSURE)
    yield from steps.do(ReplyGiven, Role.RECEIVER, {"reply": words.REPLY}, matter=EXPOSURE)
    decided = {"publish": True, "reasons": words.WEIGHED}
    yield from steps.do(ExposureDecided, Role.HEAD, decided, days=1, matter=EXPOSURE)
    until = {"until": local_day(steps.at + SHOWN)}
    yield from steps.do(Exposed, Role.PUBLISHER, until, days=1, matter=EXPOSURE)
