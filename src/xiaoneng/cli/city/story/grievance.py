"""Complaints of the year (效能投诉): taken in, found, answered and called back; some passed on, reviewed or let lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xiaoneng.cli.city.story import grievance_words as words
from xiaoneng.cli.city.story.deeds import Deed, Holder, Number, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.grievance_words import Told as Story
from xiaoneng.cli.city.story.reckoning import Ending, Reckoning, judged, registered
from xiaoneng.cli.city.story.steps import Steps
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintConcluded,
    ComplaintMade,
)
from xiaoneng.matters.vocabulary.complaint_after import (
    CalledBack,
    ComplaintWithdrawn,
    DissatisfactionVoiced,
    ReviewAnswered,
    ReviewConcluded,
)
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, TransferAnswered, TransferredAcross
from xiaoneng.matters.vocabulary.complaint_words import (
    ComplaintChannel,
    Consequence,
    Contented,
    Finding,
    Manner,
)
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.worktime.days import local_day

PATIENCE = 16
"""Working days after which an answer to the anonymous stands."""
LEFT = 60
"""Working days after which what was let lie is looked at."""


class Way(StrEnum):
    """How a complaint goes, or how far it has come by the last day."""

    NOT_PROVEN = "not_proven"
    PROVEN = "proven"
    EXEMPTED = "exempted"
    DISCIPLINE = "discipline"
    TRANSFERRED = "transferred"
    PASSED_UP = "passed_up"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RECEIVED = "received"
    IN_HAND = "in_hand"
    WITH_OTHERS = "with_others"
    FOUND = "found"
    ANSWERED = "answered"


FINDINGS: Mapping[Way, Finding] = {
    Way.PROVEN: Finding.SUBSTANTIATED,
    Way.EXEMPTED: Finding.PARTLY,
    Way.DISCIPLINE: Finding.SUBSTANTIATED,
    Way.ANSWERED: Finding.PARTLY,
}
"""What is found of every allegation; not proven where nothing else is said."""
UNTOUCHED = frozenset({Way.RECEIVED, Way.LAPSED})
"""Nobody did anything, yet or at all."""
PUT_RIGHT = frozenset({Way.PROVEN, Way.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grievance:
    """One complaint, planned."""

    seed: str
    at: datetime
    office: str
    way: Way
    channel: ComplaintChannel
    manner: Manner
    story: Story
    who: str
    contact: str
    against: str = ""  # the post whose holder it is about, if it names somebody
    order: int = 0
    ending: Ending = Ending.WARNED

    @property
    def centre(self) -> str:
        """Return the centre of the place."""
        return f"{self.office[:6]}-ts"


class Course(Steps):
    """A complaint under way."""

    def __init__(self, plan: Grievance, *, diary: Diary) -> None:
        """Begin at the moment it comes in."""
        super().__init__(plan.seed, plan.at, diary=diary)
        self.plan = plan


def grievance(plan: Grievance, *, diary: Diary) -> Script:
    """Return the script of one complaint."""
    course = Course(plan, diary=diary)
    yield from made(course)
    if plan.way is Way.LAPSED:
        yield from course.wait(LEFT)
    if plan.way in UNTOUCHED:
        return
    if plan.way is Way.PASSED_UP:
        yield from course.do(PassedUp, Role.CENTRE, {"reason": words.TOO_NEAR}, days=1)
    yield from _accepted(course)
    if plan.way in {Way.IN_HAND, Way.WITH_OTHERS}:
        return
    yield from found(course, FINDINGS.get(plan.way, plan.story.otherwise))
    if plan.way is Way.DISCIPLINE:
        yield from registered(course, _reckoning(plan))
    yield from _concluded(course)
    if plan.way is not Way.FOUND:
        yield from answered(course)
    if plan.way is Way.DISCIPLINE:
        yield from judged(course, _reckoning(plan))


def _reckoning(plan: Grievance) -> Reckoning:
    return Reckoning(office=plan.office, source=Source.COMPLAINT, reference=Number(), ending=plan.ending)


def made(course: Course) -> Script:
    """File the complaint, on line or by the officer who hears it."""
    plan = course.plan
    facts: dict[str, object] = {
        "channel": plan.channel,
        "manner": plan.manner,
        "agencies": () if plan.against else (plan.office,),
        "about": (Holder(post=plan.against),) if plan.against else (),
        "about_words": plan.story.whom,
        "subject_area": plan.story.kind,
        "happened_on": local_day(plan.at),
        "text": plan.story.text,
        "wanted": words.WANTED,
    }
    if plan.manner is not Manner.ANONYMOUS:
        facts |= {"complainant": plan.who, "contact": plan.contact}
    post = "" if plan.channel is ComplaintChannel.WEB else f"{plan.centre}-complaints"
    place = Place(procedure="complaint", office=plan.centre)
    course.told((yield Deed(at=plan.at, act=ComplaintMade, post=post, facts=facts, opens=place)))


def _accepted(course: Course) -> Script:
    plan = course.plan
    facts = {"allegations": plan.story.allegations}
    yield from course.do(ComplaintAccepted, Role.CENTRE, facts, days=course.rng.randint(1, 3))
    if plan.way is Way.WITHDRAWN:
        yield from course.do(ComplaintWithdrawn, None, {"reason": words.WITHDRAWN}, days=1)
    if plan.way in {Way.TRANSFERRED, Way.WITH_OTHERS}:
        letter = f"甬效投转〔{plan.at.year}〕{plan.order}号"
        sent = {**words.TRANSFER, "letter": letter}
        yield from course.do(TransferredAcross, Role.CENTRE, sent, days=1)
    if plan.way is Way.TRANSFERRED:
        yield from course.do(TransferAnswered, Role.CENTRE, {"result": words.TRANSFER_RESULT}, days=12)


def found(course: Course, finding: Finding, *, role: Role = Role.HANDLER) -> Script:
    """Let every allegation be found."""
    days = course.rng.randint(2, 5)
    for place, allegation in enumerate(course.plan.story.allegations):
        facts = {
            "allegation": allegation,
            "finding": finding,
            "facts": words.FACTS[finding],
            "evidence": words.EVIDENCE,
        }
        yield from course.do(AllegationFound, role, facts, days=0 if place else days)


def _concluded(course: Course) -> Script:
    plan, role = course.plan, Role.HANDLER
    facts: dict[str, object] = {"measures": words.MEASURES[plan.way in FINDINGS]}
    if plan.way in PUT_RIGHT:
        reference = f"甬效整〔{plan.at.year}〕{plan.order}号"
        facts |= {"consequence": Consequence.RECTIFICATION, "reference": reference}
    if plan.way is Way.DISCIPLINE:
        facts |= {"consequence": Consequence.DISCIPLINE, "reference": Number(matter="case")}
    if plan.way is Way.EXEMPTED:
        role = Role.HEAD
        facts |= {"consequence": Consequence.EXEMPTED, "exemption": words.EXEMPTION}
    yield from course.do(ComplaintConcluded, role, facts, days=1)


def answered(course: Course) -> Script:
    """Answer, and hear what the complainant says; whoever does not accept it has one review by somebody else."""
    plan = course.plan
    facts = {"answer": words.ANSWERS[plan.way in FINDINGS]}
    yield from course.do(ComplaintAnswered, Role.CENTRE, facts, days=course.rng.randint(0, 2))
    if plan.way is Way.ANSWERED:
        return
    if plan.way is Way.REVIEWED:
        yield from course.do(DissatisfactionVoiced, None, {"words": words.DISSATISFIED}, days=2)
        yield from found(course, plan.story.otherwise, role=Role.REVIEWER)
        yield from course.do(ReviewConcluded, Role.REVIEWER, {"measures": words.REVIEW}, days=1)
        yield from course.do(ReviewAnswered, Role.CENTRE, {"answer": words.REVIEW_ANSWER}, days=1)
    if plan.manner is Manner.ANONYMOUS:
        yield from course.wait(PATIENCE)
        return
    content = course.rng.choice((Contented.YES, Contented.YES, Contented.BASICALLY))
    yield from course.do(CalledBack, Role.CENTRE, {"contented": content}, days=course.rng.randint(2, 6))
