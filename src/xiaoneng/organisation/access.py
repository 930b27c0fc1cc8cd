"""The way from a log-in to a capacity, and from a page to the organisation that it may show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import queries
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.models import Absence, Agency, CalendarNotice, Division, Incumbency, Person, Post
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


def duties_of(user: object, *, at: datetime) -> frozenset[Duty]:
    """Return the duties of the posts that a log-in holds at `at`, acting or not; in one query."""
    key = getattr(user, "pk", None)
    if not key:
        return frozenset()
    held = Incumbency.objects.filter(queries.lasting(at), person__user_id=key, active_from__lte=at)
    return frozenset(Duty(one) for one in held.values_list("post__duty", flat=True).distinct())


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


def forget() -> None:
    """Drop everything that is kept by revision: needed where a database is put back to what it was, as tests do."""
    queries.forget()
    _local.cache_clear()
    _book.cache_clear()


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


def staff_of(agency: str, *, at: datetime) -> QuerySet[Person]:
    """Return the people who hold a post in an agency at `at`, by name."""
    held = Incumbency.objects.filter(queries.lasting(at), post__agency_id=agency, active_from__lte=at)
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk")


def posts_like(duty: Duty, *, division: str) -> QuerySet[Post]:
    """Return the posts with a duty in a division."""
    return Post.objects.filter(duty=duty, agency__division_id=division).order_by("code")


def names_of(people: Iterable[int]) -> dict[int, Phrase]:
    """Return what people are called, in Chinese and romanised."""
    rows = Person.objects.filter(pk__in=set(people)).values_list("pk", "name", "romanised")
    return {key: Phrase(name, romanised or name) for key, name, romanised in rows}


def search_posts(words: str, *, division: str = "") -> QuerySet[Post]:
    """Return the posts whose title, duties, agency or present holder has every word typed."""
    rows = Post.objects.select_related("agency").order_by("agency__division_id", "agency_id", "code")
    if division:
        rows = rows.filter(agency__division_id=division)
    for word in words.split():
        held = Incumbency.objects.filter(active_until__isnull=True).filter(
            Q(person__name__icontains=word) | Q(person__romanised__icontains=word)
        )
        said = Q(pk__in=held.values("post_id"))
        for name in ("zh", "en", "duties", "duties_en", "agency__zh", "agency__en"):
            said |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(said)
    return rows


def absences_in(agency: str, *, at: datetime) -> list[Absence]:
    """Return the absences that last at `at` or begin later, of everybody who holds a post in an agency."""
    held = Incumbency.objects.filter(queries.lasting(at), post__agency_id=agency)
    rows = Absence.objects.filter(queries.lasting(at), person_id__in=held.values("person_id"))
    return list(rows.select_related("person").order_by("active_from", "pk"))


def notices() -> list[CalendarNotice]:
    """Return every notice that was loaded into a calendar, the newest first."""
    return list(CalendarNotice.objects.order_by("-known_from", "-pk"))


def invented() -> bool:
    """Tell whether anybody here is invented, so that pages can say so."""
    return Person.objects.filter(invented=True).exists()
