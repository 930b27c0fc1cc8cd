"""The way from a log-in to a capacity, and from a page to the organisation that it may show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from xiaoneng.organisation import queries
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.roster import Seat
from xiaoneng.worktime.calendar import CalendarBook


def person_of(user: object) -> Person | None:
    """Return the public servant behind a log-in, or None: whoever is none has no capacity anywhere."""
    key = getattr(user, "pk", None)
    return Person.objects.filter(user_id=key).first() if key else None


def capacities_of(user: object, *, at: datetime) -> tuple[Capacity, ...]:
    """Return the capacities in which a log-in may act at `at`; empty for anybody who is not an official."""
    person = person_of(user)
    return queries.capacities_of(person.pk, at=at) if person else ()


def holds_of(user: object, *, at: datetime) -> tuple[Capacity, ...]:
    """Return every post that a log-in holds at `at`, acting or not: for asking and ending one's own leave."""
    person = person_of(user)
    return queries.holds_of(person.pk, at=at) if person else ()


def calendar_book(key: str = queries.NATIONAL, *, revision: int | None = None) -> CalendarBook:
    """Return the calendar of a jurisdiction with all its editions; kept while the organisation's revision stands."""
    version = queries.revision() if revision is None else revision
    local = key != queries.NATIONAL and _local(key, version)
    return _book(key if local else queries.NATIONAL, version)


@lru_cache(maxsize=256)
def _local(key: str, version: int) -> bool:
    """Return whether a place has closures of its own; `version` is what the answer is kept by."""
    return queries.has_local_notices(key)


@lru_cache(maxsize=64)
def _book(key: str, version: int) -> CalendarBook:
    """Return a place's calendar; `version` is what the answer is kept by."""
    return queries.calendar_notices(key)


def agencies() -> QuerySet[Agency]:
    """Return every agency: who they are is public."""
    return Agency.objects.select_related("division").order_by("division_id", "code")


def divisions() -> QuerySet[Division]:
    """Return every division."""
    return Division.objects.order_by("code")


def posts_of(agency: str) -> QuerySet[Post]:
    """Return an agency's posts: the duty roster is public."""
    return Post.objects.filter(agency_id=agency).order_by("code")


def posts_of_all(agencies: Iterable[str]) -> QuerySet[Post]:
    """Return the posts of several agencies."""
    return Post.objects.filter(agency_id__in=list(agencies)).order_by("code")


def seats(posts: Iterable[str]) -> dict[str, Seat]:
    """Return posts by code with who holds them and who is away; kept while the organisation's revision stands."""
    return queries.seats(posts, revision=queries.revision())


def seats_of(agency: str, *, at: datetime) -> dict[str, Seat]:
    """Return an agency's posts with who holds them at `at`."""
    return queries.seats_of_agency(agency, since=at)


def colleagues_of(by: Capacity, *, at: datetime) -> QuerySet[Person]:
    """Return the people who hold a post in the actor's own agency at `at`, the actor left out."""
    held = Incumbency.objects.filter(queries.lasting(at), post__agency_id=by.agency, active_from__lte=at)
    return Person.objects.filter(pk__in=held.values("person_id")).exclude(pk=by.person).order_by("name")


def posts_like(duty: Duty, *, division: str) -> QuerySet[Post]:
    """Return the posts with a duty in a division."""
    return Post.objects.filter(duty=duty, agency__division_id=division).order_by("code")
