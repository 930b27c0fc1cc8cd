"""Who oversees accountability: heads and personnel of an agency, supervision; to others these pages are not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from xiaoneng.accountability.access import overseers
from xiaoneng.matters.access import reach
from xiaoneng.organisation.access import capacities_of, person_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock
from xiaoneng.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader: who they are, every capacity in which they act, and those in which they oversee."""

    person: int
    by: tuple[Capacity, ...]
    overseeing: tuple[Capacity, ...]

    def agencies(self, city: Places) -> tuple[str, ...]:
        """Return the agencies over which the reader watches, by code."""
        own = {one.agency for one in self.overseeing}
        reached = tuple(reach(one) for one in self.overseeing if one.duty is Duty.SUPERVISE)
        return tuple(
            code
            for code, one in city.agencies.items()
            if code in own or (reached and one.division.startswith(reached))
        )


def reader_of(request: HttpRequest, *, now: datetime) -> Reader:
    """Return the reader with what they oversee, which for most is nothing."""
    person = person_of(request.user)
    by = capacities_of(request.user, at=now)
    return Reader(person=person.pk if person else 0, by=by, overseeing=overseers(by))


def now_and_reader(request: HttpRequest) -> tuple[datetime, Reader]:
    """Return the instant and the reader."""
    now = clock.now()
    return now, reader_of(request, now=now)
