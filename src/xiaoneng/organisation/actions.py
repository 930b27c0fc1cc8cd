"""Writes to the organisation: one function a deed; `now` and instants are passed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.models import (
    Absence,
    Agency,
    CalendarNotice,
    Division,
    Incumbency,
    Kinship,
    Person,
    Post,
)
from xiaoneng.organisation.queries import calendar_notices, lasting
from xiaoneng.worktime.notice import parse_notice


def begin_absence(
    *, person: int, since: datetime, expected: datetime, matter: str, handed_over: bool
) -> None:
    """Record that a person is away from `since` until they hand back; once a matter, the first time counts.

    `expected` is when they mean to return: it ends nothing.
    """
    facts = {"person_id": person, "active_from": since, "expected_until": expected}
    Absence.objects.get_or_create(matter=matter, defaults={**facts, "handed_over": handed_over})


def note_handover(*, matter: str) -> None:
    """Record that the hand-over note of an absence was given."""
    Absence.objects.filter(matter=matter).update(handed_over=True)


def end_absence(*, matter: str, at: datetime) -> None:
    """Record that the absence under `matter` ended, and with it any cover appointed for it.

    What had not begun by then never was: a leave called off leaves no trace here, only on its record.
    """
    covers = Incumbency.objects.filter(matter=matter, standing=Standing.APPOINTED)
    for rows in (Absence.objects.filter(matter=matter), covers):
        rows.filter(active_from__gte=at).delete()
        rows.filter(Q(active_until__isnull=True) | Q(active_until__gt=at)).update(active_until=at)


def appoint_cover(*, person: int, for_person: int, matter: str, since: datetime) -> None:
    """Name `person` as third cover, until the absence ends, in every post that `for_person` holds at `since`.

    A post in which the third cover is A or B already needs none: they stand in it as it is.
    """
    posts = _held(for_person, at=since) - _held(person, at=since)
    Incumbency.objects.filter(matter=matter, standing=Standing.APPOINTED, active_from__gte=since).delete()
    Incumbency.objects.filter(matter=matter, standing=Standing.APPOINTED, active_until__isnull=True).update(
        active_until=since
    )  # whoever is named later takes the place of whoever was named before
    for post in sorted(posts):
        Incumbency.objects.create(
            post_id=post, person_id=person, standing=Standing.APPOINTED, active_from=since, matter=matter
        )


def _held(person: int, *, at: datetime) -> set[str]:
    rows = Incumbency.objects.filter(lasting(at), person_id=person, active_from__lte=at)
    return set(rows.values_list("post_id", flat=True))


def change_holder(
    *, post: str, standing: Standing, successor: int, at: datetime, matter: str, qualified: bool = True
) -> None:
    """End the present hold of a post with `standing` and begin the successor's at the same instant."""
    with transaction.atomic():
        open_holds = Incumbency.objects.filter(post_id=post, standing=standing, active_until__isnull=True)
        open_holds.update(active_until=at)
        if successor:
            Incumbency.objects.create(
                post_id=post,
                person_id=successor,
                standing=standing,
                active_from=at,
                matter=matter,
                qualified=qualified,
            )


def declare_kinship(*, person: int, relative: int, relation: str = "", now: datetime) -> None:
    """Declare two servants relatives; a second declaration changes only how. Raises ValueError for one person."""
    if person == relative:
        raise ValueError("nobody is their own relative")
    first, second = sorted((person, relative))
    said = {"relation": relation, "declared_at": now}
    Kinship.objects.update_or_create(person_id=first, relative_id=second, defaults=said)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post to found, with the names of its A and B; everyone named is a new person."""

    code: str
    agency: str
    name: Phrase
    duty: Duty
    duties: Phrase
    external: bool
    superior: str
    holders: tuple[tuple[str, str], ...]  # A's and B's name, Chinese and romanised


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """An agency to found."""

    code: str
    division: str
    name: Phrase
    short: str
    functions: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDivision:
    """A division to found."""

    code: str
    name: Phrase
    superior: str


@transaction.atomic
def found(
    divisions: Sequence[NewDivision],
    agencies: Sequence[NewAgency],
    posts: Sequence[NewPost],
    *,
    since: datetime,
) -> int:
    """Found a whole organisation of invented people, who hold their posts since `since`; return how many people."""
    for one in divisions:
        Division.objects.create(
            code=one.code, zh=one.name.zh, en=one.name.en, superior_id=one.superior or None
        )
    Agency.objects.bulk_create(
        Agency(
            code=one.code,
            zh=one.name.zh,
            en=one.name.en,
            short=one.short,
            division_id=one.division,
            functions=one.functions.zh,
            functions_en=one.functions.en,
        )
        for one in agencies
    )
    Post.objects.bulk_create(_post(one) for one in posts)
    people = Person.objects.bulk_create(
        Person(name=zh, romanised=en, invented=True) for one in posts for zh, en in one.holders
    )
    named = iter(people)
    Incumbency.objects.bulk_create(
        Incumbency(post_id=one.code, person=next(named), standing=standing, active_from=since)
        for one in posts
        for standing, _ in zip((Standing.PRIMARY, Standing.COVER), one.holders, strict=False)
    )
    return len(people)


def _post(one: NewPost) -> Post:
    return Post(
        code=one.code,
        agency_id=one.agency,
        zh=one.name.zh,
        en=one.name.en,
        duty=one.duty,
        duties=one.duties.zh,
        duties_en=one.duties.en,
        superior_id=one.superior or None,
        external=one.external,
    )


def give_login(*, person: int, username: str, password: str) -> None:
    """Give a person a log-in, or a new password for the one they have."""
    user, _ = get_user_model().objects.get_or_create(username=username)
    user.set_password(password)
    user.save(update_fields=["password"])
    Person.objects.filter(pk=person).update(user=user)


def hold_agency(code: str) -> None:
    """Hold an agency until the transaction ends: who decides what happens to it once, decides alone."""
    list(Agency.objects.select_for_update().filter(pk=code).values_list("pk"))


def appoint(post: NewPost, *, person: int, since: datetime, until: datetime) -> None:
    """Found a post of one's own, unless it is there, and let a person hold it for a half-open period as its A.

    An open or later end of an earlier hold of theirs is cut where the new period begins.
    """
    Post.objects.get_or_create(
        code=post.code,
        defaults={
            "agency_id": post.agency,
            "zh": post.name.zh,
            "en": post.name.en,
            "duty": post.duty,
            "superior_id": post.superior or None,
        },
    )
    held = Incumbency.objects.filter(lasting(since), post_id=post.code, active_from__lt=since)
    held.update(active_until=since)
    Incumbency.objects.create(
        post_id=post.code,
        person_id=person,
        standing=Standing.PRIMARY,
        active_from=since,
        active_until=until,
    )


def enrol(*, name: str, romanised: str = "", invented: bool = False) -> int:
    """Put somebody on the list of persons, without a post or a log-in; return their number."""
    return Person.objects.create(name=name, romanised=romanised, invented=invented).pk
