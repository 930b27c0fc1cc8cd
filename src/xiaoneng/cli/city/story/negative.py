"""Refusals on their way (否定报备): filed, confirmed or returned, then told; acceptance revoked; a delay reported."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.cli.city.story import words
from xiaoneng.cli.city.story.course import Course
from xiaoneng.cli.city.story.deeds import Script
from xiaoneng.cli.city.story.pacing import Days
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.decision import (
    FilingConfirmed,
    FilingReturned,
    NegativeKind,
    ReasonCode,
    RefusalFiled,
    Refused,
    Revoked,
)
from xiaoneng.matters.vocabulary.handling import SentBack

HANDLER, LEADER, HEAD = Role.HANDLER, Role.LEADER, Role.HEAD
BASIS = "行政许可法第三十八条第二款"
FOLLOW = "浙江省保障“最多跑一次”改革规定第十一条"
REVIEW = 2


def _filed(course: Course, kind: NegativeKind, *, at: datetime, basis: str = BASIS) -> Script:
    late = kind is NegativeKind.UNABLE_IN_TIME
    major = course.item.major_interest
    yield from course.do(
        RefusalFiled,
        HANDLER,
        at=at,
        kind=kind,
        code=ReasonCode.OTHER if late else ReasonCode.CONDITIONS,
        facts=words.LATE_REASON if late else course.rng.choice(words.REFUSED),
        reasons=words.LATE_REASON if late else words.REASONS,
        legal_basis=basis,
        major=major,
        minutes=words.MINUTES if major else "",
    )


def refused(course: Course, days: Days) -> Script:
    """File the refusal, have it confirmed, and tell it."""
    yield from _filed(course, NegativeKind.REJECTED, at=course.by(days.proposed))
    until = course.diary.shift(course.today, REVIEW)
    yield from course.do(FilingConfirmed, LEADER, at=course.by(min(until, days.reviewed)))
    at = course.by(days.decided)
    yield from course.do(Refused, HEAD, at=at, reasons=words.REASONS, legal_basis=BASIS)


def returned(course: Course, days: Days) -> Script:
    """File a refusal that the leader in charge does not let out."""
    yield from _filed(course, NegativeKind.REJECTED, at=course.by(days.examined))
    yield from course.do(FilingReturned, LEADER, at=course.when(0), reason=words.RETURNED)


def revoked(course: Course) -> Script:
    """Revoke a conditional acceptance whose rest did not come: filed first, like any refusal."""
    yield from _filed(course, NegativeKind.RETURNED, at=course.when(6), basis=FOLLOW)
    yield from course.do(FilingConfirmed, LEADER, at=course.when(0))
    yield from course.do(
        Revoked, HEAD, at=course.when(1), reasons="容缺材料在告知的期限内没有补交。", legal_basis=FOLLOW
    )


def reported(course: Course) -> Script:
    """Report before the promise ends that it cannot be kept; the head sends the matter back to be finished."""
    yield from _filed(course, NegativeKind.UNABLE_IN_TIME, at=course.when(max(0, course.left - 1)))
    yield from course.do(FilingConfirmed, LEADER, at=course.when(0))
    yield from course.do(SentBack, HEAD, at=course.when(0), reason="已报备，请尽快办结。")
