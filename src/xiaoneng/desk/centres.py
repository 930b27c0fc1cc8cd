"""The offices that take complaints, read as values for `routing`: posts, holders, and how each holder stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from xiaoneng.desk.routing import Centre
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.conflict import Standing, standing_of
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty
from xiaoneng.organisation.models import Agency, Post
from xiaoneng.organisation.reach import stem
from xiaoneng.organisation.roster import Seat

KINDS = (Duty.COMPLAINTS, Duty.SUPERVISE)
IN_A_CENTRE = (*KINDS, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD)


def centres_for(divisions: Iterable[str]) -> list[Centre]:
    """Return every centre and every leading group's office that reaches all the divisions; three queries, four at most."""
    wanted = tuple(divisions)
    rows = Post.objects.filter(duty__in=KINDS).values_list("agency_id", "agency__division_id", "duty")
    duties: dict[str, set[str]] = defaultdict(set)
    for agency, own, duty in rows:
        if all(one.startswith(stem(own)) for one in wanted):
            duties[agency].add(duty)
    names = Agency.objects.in_bulk(list(duties))
    seats = _seats(duties)
    return [
        Centre(
            agency=code,
            name=Phrase(names[code].zh, names[code].en),
            division=names[code].division_id,
            leading=Duty.COMPLAINTS not in own,
            seats=seats.get(code, {}),
        )
        for code, own in duties.items()
    ]


def _seats(agencies: Iterable[str]) -> dict[str, dict[Duty, Seat]]:
    posts = Post.objects.filter(agency_id__in=list(agencies), duty__in=IN_A_CENTRE).values_list(
        "pk", flat=True
    )
    found: dict[str, dict[Duty, Seat]] = defaultdict(dict)
    for _, seat in sorted(organisation.seats(posts, revision=organisation.revision()).items()):
        found[seat.agency].setdefault(seat.duty, seat)
    return found


def standings(centres: Sequence[Centre], *, at: datetime) -> dict[int, Standing]:
    """Return how everybody who holds a post of these offices stands at `at`."""
    people = {held.person for one in centres for seat in one.seats.values() for held in seat.holdings}
    servants = organisation.servants(people, since=at)
    kin = organisation.relatives(servants)
    return {
        number: standing_of(servant, relatives=kin.get(number, ()), since=at)
        for number, servant in servants.items()
    }


def divisions_of(agencies: Iterable[str]) -> dict[str, str]:
    """Return the division of each of these agencies; unknown ones left out."""
    rows = Agency.objects.filter(pk__in=sorted(set(agencies))).values_list("pk", "division_id")
    return dict(rows)


def short_names(agencies: Iterable[str]) -> list[str]:
    """Return the short names of agencies in order of their codes."""
    found = Agency.objects.filter(pk__in=sorted(set(agencies))).order_by("pk")
    return list(found.values_list("short", flat=True))
