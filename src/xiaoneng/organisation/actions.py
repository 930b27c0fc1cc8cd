"""Writes to the organisation: one function a deed; `now` and instants are passed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from xiaoneng.organisation.capacity import Standing
from xiaoneng.organisation.models import Absence, CalendarNotice, Incumbency
from xiaoneng.organisation.queries import calendar_notices
from xiaoneng.worktime.notice import parse_notice


def begin_absence(*, person: int, since: datetime, matter: str, handed_over: bool) -> None:
    """Record that a person is away from `since` until they hand back."""
    Absence.objects.create(person_id=person, active_from=since, matter=matter, handed_over=handed_over)


def note_handover(*, matter: str) -> None:
    """Record that the hand-over note of an absence was given."""
    Absence.objects.filter(matter=matter).update(handed_over=True)


def end_absence(*, matter: str, at: datetime) -> None:
    """Record that the absence under `matter` ended, and with it any cover appointed for it."""
    Absence.objects.filter(matter=matter, active_until__isnull=True).update(active_until=at)
    Incumbency.objects.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=at),
        matter=matter,
        standing=Standing.APPOINTED,
        active_from__lt=at,
    ).update(active_until=at)


def appoint_cover(*, person: int, for_person: int, matter: str, since: datetime, until: datetime) -> None:
    """Name `person` as third cover in every post that `for_person` holds as A or B."""
    held = Incumbency.objects.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=since), person_id=for_person, active_from__lte=since
    ).exclude(standing=Standing.APPOINTED)
    for post in sorted(set(held.values_list("post_id", flat=True))):
        Incumbency.objects.create(
            post_id=post,
            person_id=person,
            standing=Standing.APPOINTED,
            active_from=since,
            active_until=until,
            matter=matter,
        )


def change_holder(*, post: str, standing: Standing, successor: int, at: datetime, matter: str) -> None:
    """End the present hold of a post with `standing` and begin the successor's at the same instant."""
    with transaction.atomic():
        open_holds = Incumbency.objects.filter(post_id=post, standing=standing, active_until__isnull=True)
        open_holds.update(active_until=at)
        if successor:
            Incumbency.objects.create(
                post_id=post, person_id=successor, standing=standing, active_from=at, matter=matter
            )


def load_notice(text: str, *, calendar: str, source: str, now: datetime, correction: bool = False) -> int:
    """Load a holiday notice in holiday-cn JSON form as a new edition of a calendar; return how many days it fixes.

    No matter is rewritten. Raises NoticeFaulty naming every fault, or PastChanged if it would change days gone by.
    """
    notice = parse_notice(text)
    with transaction.atomic():
        CalendarNotice.objects.create(
            calendar=calendar,
            year=notice.year,
            source=source,
            body=text,
            known_from=now,
            correction=correction,
        )
        calendar_notices(calendar)  # building the book checks that no past day changed
    return len(notice.days)
