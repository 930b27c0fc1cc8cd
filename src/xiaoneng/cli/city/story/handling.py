"""From acceptance to the proposal: recusal, hearing, suspension, what was to follow, examination, more time."""

from __future__ import annotations

from datetime import datetime

from xiaoneng.cli.city.story import words
from xiaoneng.cli.city.story.case import Aside, Manner
from xiaoneng.cli.city.story.course import Course
from xiaoneng.cli.city.story.deeds import Asked, Script
from xiaoneng.cli.city.story.diary import clock
from xiaoneng.cli.city.story.manners import ground
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.handling import (
    Examined,
    Extended,
    ExtensionAsked,
    Ground,
    HearingHeld,
    HearingNotified,
    HearingRequested,
    HearingTold,
    Recused,
    Resumed,
    Suspended,
)
from xiaoneng.matters.vocabulary.intake import MaterialsSupplied, Withdrawn
from xiaoneng.worktime.runs import Pause

HANDLER, HEAD = Role.HANDLER, Role.HEAD
REQUEST_TERM = 5
MOST_LONGER = 10


def preparations(course: Course) -> Script:
    """Play what comes before the proposal."""
    if course.has(Aside.RECUSED):
        yield from course.do(Recused, HANDLER, at=course.when(0), ground=words.RECUSAL, person=Asked.ACTOR)
    if course.item.major_interest:
        yield from _hearing(course)
    match course.case.manner:
        case Manner.SUSPENDED:
            yield from _suspended(course)
        case Manner.CONDITIONAL:
            yield from _supplied(course)
        case Manner.WITHDRAWN:
            yield from course.do(Withdrawn, None, at=course.when(course.rng.randint(0, 3)), reason="计划有变")
        case Manner.EXTENDED:
            yield from _extended(course)
        case _:
            pass


def examined(course: Course, *, at: datetime) -> Script:
    """Let two officers examine the substance, if the item wants it and nobody has yet."""
    if course.examined or not course.item.examined:
        return
    finding = course.rng.choice(words.FOUND)
    yield from course.do(Examined, HANDLER, at=at, officers=Asked.OFFICERS, finding=finding)
    course.examined = True


def _paused(course: Course, *, reason: Ground, expected: int) -> Script:
    until = course.diary.shift(course.today, expected)
    yield from course.do(
        Suspended,
        HANDLER,
        at=course.minutes(3, 15),
        ground=reason,
        expected_until=until,
        notice_served=True,
    )
    course.pauses.append(Pause(course.today))


def _resumed(course: Course, *, days: int, outcome: str) -> Script:
    yield from course.do(Resumed, HANDLER, at=course.when(days), outcome=outcome)
    course.pauses[-1] = Pause(course.pauses[-1].first, course.today)


def _suspended(course: Course) -> Script:
    found = ground(course.case.offered)
    if found is None:
        return
    word, usual = found
    yield from examined(course, at=course.when(course.rng.randint(0, 1)))
    yield from _paused(course, reason=Ground(word), expected=max(3, usual))
    longer = course.rng.random() < 0.1 * course.case.temper.slack
    days = course.rng.randint(max(1, usual // 2), max(2, usual - 1))
    if longer:  # it outlasts what the applicant was told
        days = usual + course.rng.randint(2, 5)
    yield from _resumed(course, days=days, outcome="已出具结论，意见附卷。")


def _hearing(course: Course) -> Script:
    """Tell both sides of their right to a hearing, wait out its term, and hold it where somebody asks."""
    yield from course.do(HearingTold, HANDLER, at=course.when(0), parties="申请人及相邻利害关系人（虚构）")
    heard = course.case.manner is Manner.HEARD
    told = course.today
    yield from _paused(course, reason=Ground.HEARING, expected=24 if heard else REQUEST_TERM + 2)
    if heard:
        yield from _held(course)
        yield from _resumed(course, days=course.rng.randint(1, 2), outcome="听证笔录附卷。")
    else:
        days = course.diary.between(course.today, course.diary.shift(told, REQUEST_TERM + 1))
        yield from _resumed(course, days=days, outcome="期限内无人申请听证。")


def _held(course: Course) -> Script:
    rng, diary = course.rng, course.diary
    at = diary.later(course.at, rng.randint(1, 4), rng=rng)
    yield from course.do(HearingRequested, None, at=at, requester="利害关系人（虚构）")
    at = diary.later(course.at, rng.randint(0, 2), rng=rng)
    day = diary.shift(diary.counted(at), rng.randint(8, 10))
    presider = {"presider": Asked.LEADER}
    yield from course.do(
        HearingNotified, HANDLER, at=at, held_on=day, place="政务服务中心三楼听证室", **presider
    )
    at = clock(day, 9 * 60 + 30)
    yield from course.do(HearingHeld, HANDLER, at=at, record=words.HEARING, signed=True, **presider)


def _supplied(course: Course) -> Script:
    keys = tuple(one.material.key for one in course.item.materials if one.required and one.may_follow)
    yield from course.do(MaterialsSupplied, None, at=course.when(course.rng.randint(0, 2)), materials=keys)


def _extended(course: Course) -> Script:
    """Ask for more time two working days before the promise ends, and be given it in time."""
    extension = course.item.extension
    if extension is None or course.left < 1:
        return
    yield from examined(course, at=course.when(course.left // 2))
    yield from course.do(
        ExtensionAsked, HANDLER, at=course.when(max(0, course.left - 2)), reason=words.MORE_TIME
    )
    yield from course.do(
        Extended,
        HEAD,
        at=course.when(min(1, max(0, course.left))),
        count=min(MOST_LONGER, extension.limit.count),
        unit=extension.limit.unit,
        reason=words.MORE_TIME,
    )
