"""Reads of the organisation, as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Absence, Agency, CalendarNotice, Incumbency, Kinship, Person, Post
from xiaoneng.organisation.reach import level, stem
from xiaoneng.organisation.roster import Away, Hold, Holding, Seat, Servant
from xiaoneng.worktime.calendar import CalendarBook, Edition, WorkCalendar
from xiaoneng.worktime.days import Closure
from xiaoneng.worktime.notice import Notice, baseline, parse_notice

NATIONAL = "CN"


def revision() -> int:
    """Return the number that rises with every change to posts, holds, absences and notices."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM organisation_revision")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def seats(posts: Iterable[str], *, revision: int | None = None) -> dict[str, Seat]:
    """Return the seats of `posts` by code, with every hold and absence; kept while `revision` stands.

    Without a revision they are read afresh.
    """
    wanted = sorted(set(posts) - {""})
    found = (
        {} if revision is None else {one: _KEPT[one, revision] for one in wanted if (one, revision) in _KEPT}
    )
    lacking = [one for one in wanted if one not in found]
    if lacking:
        fresh = _seats(Post.objects.filter(pk__in=lacking).select_related("agency"), since=None)
        found.update(fresh)
        _keep(fresh, revision)
    return found


_KEPT: dict[tuple[str, int], Seat] = {}
MOST_KEPT = 20_000


def _keep(fresh: Mapping[str, Seat], revision: int | None) -> None:
    if revision is None:
        return
    if len(_KEPT) > MOST_KEPT:
        _KEPT.clear()
    _KEPT.update({(post, revision): seat for post, seat in fresh.items()})


def forget() -> None:
    """Drop the seats that are kept."""
    _KEPT.clear()


def seats_of_person(person: int, *, at: datetime) -> dict[str, Seat]:
    """Return the seats in which `person` has any hold at `at`."""
    held = Incumbency.objects.filter(lasting(at), person_id=person, active_from__lte=at)
    rows = Post.objects.filter(pk__in=held.values("post_id")).select_related("agency")
    return _seats(rows, since=at)


def seats_of_agency(agency: str, *, since: datetime | None = None) -> dict[str, Seat]:
    """Return every seat of an agency by code."""
    return _seats(Post.objects.filter(agency_id=agency).select_related("agency"), since=since)


def post_for(agency: str, duty: Duty) -> str:
    """Return the code of the agency's post with `duty`, or an empty string if it has none."""
    found = Post.objects.filter(agency_id=agency, duty=duty).order_by("pk").values_list("pk", flat=True)
    return found.first() or ""


def lasting(since: datetime | None) -> Q:
    """Return the predicate of a hold or absence that lasts beyond `since`; everything if None."""
    return Q() if since is None else Q(active_until__isnull=True) | Q(active_until__gt=since)


def _seats(rows: QuerySet[Post], *, since: datetime | None) -> dict[str, Seat]:
    posts = list(rows)
    holds = _holds([post.pk for post in posts], since=since)
    people = {hold.person for held in holds.values() for hold in held}
    away = _absences(people, since=since)
    return {
        post.pk: Seat(
            post=post.pk,
            title=post.zh,
            agency=post.agency_id,
            division=post.agency.division_id,
            duty=Duty(post.duty),
            superior=post.superior_id or "",
            holdings=tuple(holds[post.pk]),
            absences=tuple(
                one for person in sorted({hold.person for hold in holds[post.pk]}) for one in away[person]
            ),
            external=post.external,
            phone=post.phone,
        )
        for post in posts
    }


def _holds(posts: Sequence[str], *, since: datetime | None) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = defaultdict(list)
    rows = Incumbency.objects.filter(lasting(since), post_id__in=posts).select_related("person")
    for row in rows.order_by("active_from", "pk"):
        found[row.post_id].append(_holding(row))
    return found


def _holding(row: Incumbency) -> Holding:
    return Holding(
        person=row.person_id,
        name=row.person.name,
        standing=Standing(row.standing),
        since=row.active_from,
        until=row.active_until,
        qualified=row.qualified,
    )


def _absences(people: Iterable[int], *, since: datetime | None) -> dict[int, list[Away]]:
    found: dict[int, list[Away]] = defaultdict(list)
    for row in Absence.objects.filter(lasting(since), person_id__in=set(people)).order_by("active_from"):
        found[row.person_id].append(
            Away(
                person=row.person_id,
                since=row.active_from,
                until=row.active_until,
                matter=row.matter,
                handed_over=row.handed_over,
                expected=row.expected_until,
            )
        )
    return found


def servants(people: Iterable[int], *, since: datetime | None = None) -> dict[int, Servant]:
    """Return these persons with the holds and absences of theirs that last beyond `since`; unknown ones left out."""
    wanted = sorted(set(people) - {0})
    if not wanted:
        return {}
    held: dict[int, list[Hold]] = defaultdict(list)
    rows = Incumbency.objects.filter(lasting(since), person_id__in=wanted)
    rows = rows.select_related("person", "post__agency")
    for row in rows.order_by("active_from", "pk"):
        held[row.person_id].append(_hold(row))
    away = _absences(wanted, since=since)
    return {
        row.pk: Servant(person=row.pk, name=row.name, holds=tuple(held[row.pk]), absences=tuple(away[row.pk]))
        for row in Person.objects.filter(pk__in=wanted)
    }


def _hold(row: Incumbency) -> Hold:
    agency, duty = row.post.agency, Duty(row.post.duty)
    at = {"post": row.post_id, "agency": agency.pk, "division": agency.division_id}
    return Hold(holding=_holding(row), duty=duty, **at)


def superior_of(post: str) -> str:
    """Return the post above a post, or an empty string if none is recorded."""
    return Post.objects.filter(pk=post).values_list("superior_id", flat=True).first() or ""


def office_for(division: str, *, other_than: str = "") -> str:
    """Return the effectiveness office that watches over a division: the nearest one, its own or a superior's.

    An office whose agency is `other_than` watches itself only where there is no other; empty if there is none.
    """
    offices = Post.objects.filter(duty=Duty.SUPERVISE).values_list("agency__division_id", "agency_id")
    near = [(where, agency) for where, agency in offices if division.startswith(stem(where) or where)]
    near.sort(key=lambda one: (one[1] == other_than, -level(one[0]), one[1]))
    return near[0][1] if near else ""


def covers_of(person: int, *, at: datetime) -> int:
    """Return how many posts `person` holds as B at `at`."""
    return Incumbency.objects.filter(
        lasting(at), person_id=person, standing=Standing.COVER, active_from__lte=at
    ).count()


def capacities_of(person: int, *, at: datetime) -> tuple[Capacity, ...]:
    """Return the capacities in which `person` may act at `at`."""
    held = seats_of_person(person, at=at).values()
    acting = (seat.acting(at=at) for seat in held)
    return tuple(one for one in acting if one is not None and one.person == person)


def seat_of_agency(agency: str) -> tuple[str, str]:
    """Return an agency's division and the calendar it works by, the division's own; raises LookupError."""
    division = Agency.objects.filter(pk=agency).values_list("division_id", flat=True).first()
    if division is None:
        raise LookupError(agency)
    return division, division


def posts_by_duty(agency: str) -> dict[Duty, str]:
    """Return the first post of each duty in an agency."""
    rows = Post.objects.filter(agency_id=agency).order_by("-pk").values_list("duty", "pk")
    return {Duty(duty): post for duty, post in rows}


def calendar_notices(key: str) -> CalendarBook:
    """Return a calendar's editions: the published baseline, then every notice loaded for it, national or local.

    A national notice replaces its year; a local one closes offices on top of it. Raises PastChanged.
    """
    texts: tuple[tuple[str, str, str], ...] = ()
    book = CalendarBook.begin(
        _built(key, texts),
        known_from=datetime(2004, 1, 1, tzinfo=UTC),
        because=Phrase("国务院办公厅历年放假通知", "The State Council's yearly notices"),
    )
    for row in CalendarNotice.objects.filter(calendar__in={NATIONAL, key}).order_by("known_from", "pk"):
        texts = (*texts, (row.calendar, row.body, row.source))
        edition = Edition(
            calendar=_built(key, texts),
            known_from=row.known_from,
            because=parse_notice(row.body).title,
            source=row.source,
        )
        book = book.add(edition, correction=row.correction)
    return book


@lru_cache(maxsize=64)
def _built(key: str, texts: tuple[tuple[str, str, str], ...]) -> WorkCalendar:
    """Return the calendar that the baseline makes with these notices (calendar, body, source), in their order.

    Kept: the same texts always make the same calendar, and only the newest edition is yet to be made.
    """
    notices, closures = list(baseline()), []
    for calendar, body, source in texts:
        notice = parse_notice(body)
        if calendar == NATIONAL:
            notices.append(notice)
        else:
            closures += _closures(notice, source=source)
    return WorkCalendar.build(key=key, notices=notices, closures=closures)


def _closures(notice: Notice, *, source: str) -> list[Closure]:
    day = timedelta(days=1)
    off = (one for one in notice.days if not one.working)
    return [Closure(one.day, one.day + day, Phrase(one.name, one.name), source) for one in off]


def has_local_notices(key: str) -> bool:
    """Tell whether a jurisdiction ever loaded a closure of its own."""
    return CalendarNotice.objects.filter(calendar=key).exists()


def holds_of(person: int, *, at: datetime) -> tuple[Capacity, ...]:
    """Return every post that `person` holds at `at` as a capacity, whether present, away or not their turn."""
    held = seats_of_person(person, at=at).values()
    return tuple(one for one in (seat.held_by(person, at=at) for seat in held) if one is not None)


def relatives(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the declared relatives of these persons, by person; those without any are left out."""
    wanted = set(people) - {0}
    found: dict[int, set[int]] = defaultdict(set)
    pairs = Kinship.objects.filter(Q(person_id__in=wanted) | Q(relative_id__in=wanted))
    for one, other in pairs.values_list("person_id", "relative_id") if wanted else ():
        found[one].add(other)
        found[other].add(one)
    return {one: frozenset(kin) for one, kin in found.items() if one in wanted}


def kinship() -> QuerySet[Kinship]:
    """Return every declared pair of relatives."""
    return Kinship.objects.all()


def complaint_offices() -> QuerySet[Post]:
    """Return the posts whose offices watch over complaints: of every centre, and of the highest leading group."""
    top = Q(duty=Duty.SUPERVISE, agency__division__superior__isnull=True)
    return Post.objects.filter(Q(duty=Duty.COMPLAINTS) | top)


def offices_of(people: Iterable[int], *, since: Combinable) -> QuerySet[Incumbency]:
    """Return the holds of these persons that last, or ended after an instant that the outer query names."""
    ended_after = Q(active_until__isnull=True) | Q(active_until__gt=since)
    return Incumbency.objects.filter(ended_after, person_id__in=set(people))
