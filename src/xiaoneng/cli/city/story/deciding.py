"""From the proposal to the end: proposed, reviewed, decided or refused, delivered, rated; reopened now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiaoneng.cli.city.story import pacing, words
from xiaoneng.cli.city.story.case import POOR, Aside, Manner
from xiaoneng.cli.city.story.course import Course
from xiaoneng.cli.city.story.deeds import Script
from xiaoneng.cli.city.story.diary import clock
from xiaoneng.cli.city.story.handling import examined
from xiaoneng.cli.city.story.intake import served
from xiaoneng.cli.city.story.negative import refused, reported, returned, revoked
from xiaoneng.cli.city.story.pacing import Days, Pace
from xiaoneng.matters.acts import Role
from xiaoneng.matters.vocabulary.decision import Corrected, Delivered, Granted, Rated, Reopened
from xiaoneng.matters.vocabulary.handling import Nudged, Proposed, Reviewed, SentBack

HANDLER, REVIEWER, HEAD, WINDOW = Role.HANDLER, Role.REVIEWER, Role.HEAD, Role.FIRST_CONTACT
FOR_EVER = 60
LAST_MINUTE = 16 * 60 + 52
LATE = frozenset({Manner.PROMISE_MISSED, Manner.STATUTE_MISSED})


def decision(course: Course) -> Script:
    """Play from the examination to the decision in hand."""
    if course.case.manner is Manner.RUSHED:
        yield from _in_a_minute(course)
        return
    days = pacing.days_of(_pace(course), since=course.today, diary=course.diary)
    yield from examined(course, at=course.by(days.examined))
    yield from _nudged(course, days)
    match course.case.manner:
        case Manner.REFUSED:
            yield from refused(course, days)
        case Manner.NOT_SUPPLIED:
            yield from revoked(course)
        case _:
            yield from _granted(course, days)


def _pace(course: Course) -> Pace:
    """Return how long each desk takes from now."""
    left, promise, rng = max(0, course.left), course.item.promised, course.rng
    match course.case.manner:
        case Manner.PROMISE_MISSED:
            room = max(1, course.statute_left() - left)
            return pacing.late(
                left=left, beyond=rng.randint(1, min(room, 6)), promise=promise, on=course.today, rng=rng
            )
        case Manner.STATUTE_MISSED:
            beyond = max(0, course.statute_left() - left) + rng.randint(1, 6)
            return pacing.late(left=left, beyond=beyond, promise=promise, on=course.today, rng=rng)
        case Manner.STUCK:
            return pacing.late(left=left, beyond=FOR_EVER, promise=promise, on=course.today, rng=rng)
        case Manner.LAST_MINUTE:
            return pacing.to_the_last(left=left, promise=promise, on=course.today)
        case _:
            share = course.case.temper.pace
            return pacing.in_time(
                left=left, used=course.used, promise=promise, on=course.today, share=share, rng=rng
            )


def _nudged(course: Course, days: Days) -> Script:
    between = course.diary.between(course.today, days.proposed)
    if course.has(Aside.NUDGED) and between > 1:
        at = course.diary.later(course.at, (between * 2) // 3, rng=course.rng)
        yield from course.do(Nudged, None, at=at, words=course.rng.choice(words.NUDGE))


def _granted(course: Course, days: Days) -> Script:
    if course.case.manner is Manner.REFUSAL_RETURNED:
        yield from returned(course, days)
    if _foreseen(course, days):
        yield from reported(course)
    yield from _proposed(course, at=course.by(days.proposed))
    if course.has(Aside.SENT_BACK):
        yield from course.do(SentBack, REVIEWER, at=course.when(0), reason=words.SENT_BACK)
        yield from _proposed(course, at=course.when(0))
    yield from course.do(Reviewed, REVIEWER, at=course.by(days.reviewed))
    at = course.by(days.decided)
    if course.case.manner is Manner.LAST_MINUTE and course.due:
        at = max(at, clock(course.due, LAST_MINUTE))
    yield from _decided(course, at=at)


def _foreseen(course: Course, days: Days) -> bool:
    """Tell whether the handler sees in time that the promise will not be kept, and says so."""
    late = course.case.manner in LATE and course.has(Aside.REPORTED) and course.left > 0
    return late and course.due is not None and days.proposed > course.due


def _proposed(course: Course, *, at: datetime) -> Script:
    yield from course.do(Proposed, HANDLER, at=at, opinion=course.rng.choice(words.OPINION))


def _decided(course: Course, *, at: datetime) -> Script:
    heard = course.item.major_interest
    yield from course.do(
        Granted,
        HEAD,
        at=at,
        document=course.item.result.zh,
        reasons="依照听证笔录和审查意见，符合法定条件，准予。" if heard else "",
    )


def ending(course: Course) -> Script:
    """Play from the decision to delivery, and what may come after it."""
    if course.stage in {"granted", "refused"}:
        yield from _delivered(course)
    if course.stage not in {"done", "done_refused"}:
        return
    yield from rated(course)
    if course.has(Aside.CORRECTED):
        wrong, right = words.SLIP
        at = course.diary.later(course.at, course.rng.randint(1, 6), rng=course.rng)
        yield from course.do(Corrected, WINDOW, at=at, sequence=1, wrong=wrong, right=right)
    if course.has(Aside.REOPENED) and course.stage == "done":
        yield from _reopened(course)


def _delivered(course: Course) -> Script:
    if course.case.manner is Manner.RUSHED:
        yield from course.do(Delivered, WINDOW, at=course.at + timedelta(seconds=9), how="signature")
        return
    slow = course.case.temper is POOR and course.rng.random() < 0.06  # noqa: PLR2004 - forgotten in a drawer
    days = 12 if slow else course.rng.choices((0, 1, 2, 4), (5, 4, 2, 1))[0]
    at = course.diary.later(course.at, days, rng=course.rng)
    yield from course.do(Delivered, WINDOW, at=at, **served(course))


def rated(course: Course) -> Script:
    """Let the applicant say how it was, if they do."""
    if not course.has(Aside.RATED):
        return
    bad = course.case.manner in LATE or course.case.manner is Manner.SILENT
    level = course.rng.choices((1, 2, 3, 4, 5), (0, 1, 3, 4, 3) if bad else (60, 30, 8, 1, 1))[0]
    said = course.rng.choice(words.BLAME if bad else words.PRAISE)
    at = course.diary.later(course.at, course.rng.randint(0, 4), rng=course.rng)
    yield from course.do(Rated, None, at=at, level=level, words=said)


def _reopened(course: Course) -> Script:
    at = course.diary.later(course.at, course.rng.randint(3, 12), rng=course.rng)
    yield from course.do(Reopened, HEAD, at=at, reason=words.REOPENED)
    yield from _proposed(course, at=course.when(1))
    yield from course.do(Reviewed, REVIEWER, at=course.when(1))
    yield from _decided(course, at=course.when(0))
    yield from _delivered(course)


def _in_a_minute(course: Course) -> Script:
    """Play everything up to the decision within seconds: what supervision should find odd."""
    step = timedelta(seconds=7)
    course.at += step
    yield from examined(course, at=course.at)
    yield from course.do(Proposed, HANDLER, at=course.at + step, opinion=words.OPINION[0])
    yield from course.do(Reviewed, REVIEWER, at=course.at + step)
    yield from _decided(course, at=course.at + step)
