"""One approval from the counter to its end, as its manner has it."""

from __future__ import annotations

from xiaoneng.cli.city.story.case import Case
from xiaoneng.cli.city.story.course import Course
from xiaoneng.cli.city.story.deciding import decision, ending, rated
from xiaoneng.cli.city.story.deeds import Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.handling import preparations
from xiaoneng.cli.city.story.intake import intake


def approval(case: Case, *, diary: Diary) -> Script:
    """Return the script of one application."""
    course = Course(case, diary=diary)
    yield from intake(course)
    if case.instant and course.stage == "done":
        yield from rated(course)
        return
    if course.stage == "in_hand":
        yield from preparations(course)
    if course.stage == "in_hand":
        yield from decision(course)
    yield from ending(course)
