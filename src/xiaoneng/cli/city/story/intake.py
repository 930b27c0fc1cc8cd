"""From the counter to acceptance: received, told what is missing, accepted, or not; or met with silence."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.cli.city.story import words
from xiaoneng.cli.city.story.case import POOR, Aside, Manner
from xiaoneng.cli.city.story.course import Course
from xiaoneng.cli.city.story.deeds import Script
from xiaoneng.cli.city.story.diary import clock
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.decision import (
    Delivered,
    FilingConfirmed,
    Granted,
    NegativeKind,
    ReasonCode,
    RefusalFiled,
)
from xiaoneng.matters.vocabulary.intake import (
    Accepted,
    Channel,
    MaterialsNoticed,
    MaterialsSupplied,
    NotAccepted,
    Received,
)

WINDOW, LEADER = Role.FIRST_CONTACT, Role.LEADER
MORNING = 9 * 60 + 5
CORRECTION = 20
SILENCE = 5
BASIS = "行政许可法第三十二条第一款第二项"


def intake(course: Course) -> Script:
    """Play a matter up to its acceptance, or to its end before that; an instant one up to its decision."""
    yield from _received(course)
    manner = course.case.manner
    if manner is Manner.NOT_ACCEPTED:
        yield from _not_accepted(course)
        return
    if course.has(Aside.NOTICED):
        yield from _noticed(course)
    if manner is Manner.SILENT and course.stage == "received":
        yield from course.wait(clock(course.diary.shift(course.started, SILENCE + 1), MORNING))
    if course.stage != "received":
        return
    if course.case.instant:
        yield from _granted_at_once(course)
    else:
        yield from _accepted(course)


def _received(course: Course) -> Script:
    case, item = course.case, course.item
    required = [one.material.key for one in item.materials if one.required and not one.may_follow]
    follow = [one.material.key for one in item.materials if one.required and one.may_follow]
    if course.has(Aside.NOTICED) and required:
        course.lacking = tuple(course.rng.sample(required, min(len(required), course.rng.choice((1, 1, 2)))))
    if case.manner in {Manner.CONDITIONAL, Manner.NOT_SUPPLIED}:
        course.lacking += tuple(follow)
    there = tuple(key for key in (*required, *follow) if key not in course.lacking)
    facts: dict[str, object] = {
        "materials": there,
        "channel": case.channel,
        "applicant": case.applicant,
        "contact": case.contact,
    }
    at_counter = case.channel is Channel.COUNTER
    yield from course.open(Received, post=case.post("window") if at_counter else "", facts=facts)
    course.lacking = tuple(key for key in course.lacking if key not in follow)


def _answer(course: Course) -> datetime:
    """Return when the window answers: on the day for what is instant, within its five working days for the rest."""
    if course.case.manner is Manner.RUSHED:
        return course.at
    slow = course.case.temper is POOR
    days = course.rng.choices((0, 1, 2, 3), (2, 3, 3, 2) if slow else (6, 3, 1, 0))[0]
    if course.case.instant:
        days = 1 if slow and course.rng.random() < 0.1 else 0  # noqa: PLR2004 - one in ten is let lie
    at_counter = course.case.channel is Channel.COUNTER
    if days == 0 and at_counter:
        return course.diary.soon(course.at, course.rng.randint(4, 20))
    first = max(course.diary.counted(course.at), course.today)
    return course.diary.on(course.diary.shift(first, days), after=course.at, rng=course.rng)


def _noticed(course: Course) -> Script:
    if not course.lacking:
        return
    signed = course.case.channel is Channel.COUNTER
    served = {"served": "signature"} if signed else {"served": "sms", "proof": "短信回执已送达"}
    reasons = course.rng.choice(words.LACKING)
    yield from course.do(
        MaterialsNoticed, WINDOW, at=_answer(course), missing=course.lacking, reasons=reasons, **served
    )
    if course.case.manner is Manner.UNCORRECTED:
        yield from course.wait(clock(course.diary.shift(course.today, CORRECTION + 1), MORNING))
        return
    days = course.rng.choices((1, 2, 4, 7, 11), (3, 4, 4, 2, 1))[0]
    at = course.diary.later(course.at, days, rng=course.rng)
    yield from course.do(MaterialsSupplied, None, at=at, materials=course.lacking)
    course.started = course.today


def _accepted(course: Course) -> Script:
    facts: dict[str, object] = {}
    supplied = course.today if course.has(Aside.NOTICED) and course.lacking else None
    if course.case.manner in {Manner.CONDITIONAL, Manner.NOT_SUPPLIED}:
        follow = tuple(one.material.key for one in course.item.materials if one.required and one.may_follow)
        at = _answer(course)
        by = course.diary.shift(course.diary.counted(at), min(5, max(2, course.item.promised.count // 2)))
        facts = {"deficiencies": follow, "supply_by": by}
        yield from course.do(Accepted, WINDOW, at=at, **facts)
    else:
        yield from course.do(Accepted, WINDOW, at=_answer(course))
    course.started = supplied or course.today


def _granted_at_once(course: Course) -> Script:
    item = course.item
    yield from course.do(Granted, WINDOW, at=_answer(course), document=item.result.zh)
    yield from course.do(Delivered, WINDOW, at=course.minutes(2, 8), **served(course))


def served(course: Course) -> dict[str, object]:
    """Return how a decision reaches this applicant."""
    if course.case.channel is Channel.COUNTER:
        return {"how": "signature"}
    return {"how": "post", "proof": "邮政签收回执"}


def _not_accepted(course: Course) -> Script:
    major = course.item.major_interest
    yield from course.do(
        RefusalFiled,
        WINDOW,
        at=course.diary.later(course.at, 0, rng=course.rng),
        kind=NegativeKind.NOT_ACCEPTED,
        code=ReasonCode.NOT_COMPETENT,
        facts=words.NOT_OURS,
        reasons=words.NOT_OURS,
        legal_basis=BASIS,
        major=major,
        minutes=words.MINUTES if major else "",
    )
    yield from course.do(FilingConfirmed, LEADER, at=course.when(course.rng.randint(0, 1)))
    yield from course.do(
        NotAccepted,
        WINDOW,
        at=course.when(course.rng.randint(0, 1)),
        reasons=words.NOT_OURS,
        legal_basis=BASIS,
        competent_body="区（县、市）人民政府有关主管部门",
    )
