"""From a request to what accountability keeps: lists for those who oversee it, a person's record for whom it concerns.

Head and personnel of an agency see its derelictions, supervision those of its reach, everybody their own record.
Nobody sees what a conflict of interest closes to them; absent and forbidden read alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from xiaoneng.accountability import leaders, queries
from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.accountability.lines import Line, line
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.accountability.record import PersonRecord, record_of
from xiaoneng.law.defaults import count_of
from xiaoneng.matters.access import NotFound, reach, visible_to
from xiaoneng.matters.models import Matter
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.roster import Servant
from xiaoneng.worktime.days import local_day, midnight

OVERSEE = frozenset({Duty.HEAD, Duty.PERSONNEL, Duty.SUPERVISE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What a list is narrowed to; empty fields narrow nothing."""

    stage: str = ""
    agency: str = ""
    open_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBans:
    """How many breaches of the bans were found and decided in a unit in a year, and what follows from `limit` on."""

    agency: str
    found: int
    decided: int
    limit: int

    @property
    def no_awards(self) -> bool:
        """Tell whether the unit gets no awards that year: a fact for the appraisal."""
        return self.decided >= self.limit


def overseers(by: Iterable[Capacity]) -> tuple[Capacity, ...]:
    """Return those of somebody's capacities in which they oversee accountability."""
    return tuple(one for one in by if one.official and one.duty in OVERSEE)


def derelictions(by: Iterable[Capacity], *, narrowed: Narrowed | None = None) -> QuerySet[Matter]:
    """Return the derelictions that somebody oversees, open ones first, then the newest; none for others."""
    wanted = narrowed or Narrowed()
    rows = visible_to(overseers(by)).filter(procedure=queries.DISCIPLINE)
    rows = rows.filter(stage=wanted.stage) if wanted.stage else rows
    rows = rows.filter(agency=wanted.agency) if wanted.agency else rows
    rows = rows.filter(is_open=True) if wanted.open_only else rows
    return rows.order_by("-is_open", "-opened_at", "-pk")


def lines(rows: Sequence[Matter], *, now: datetime) -> list[Line]:
    """Return derelictions as lines of a list, with what time has done by `now`."""
    return [line(one, now=now) for one in queries.read(rows)]


def every_line(*, closed: bool, now: datetime) -> list[Line]:
    """Return every dereliction as a line, for whoever runs the installation; the open ones unless `closed`."""
    rows = queries.disciplines().order_by("-is_open", "-opened_at", "-pk")
    return lines(list(rows if closed else rows.filter(is_open=True)), now=now)


def stage_counts(by: Iterable[Capacity]) -> Mapping[str, int]:
    """Return how many of the derelictions that somebody oversees rest in each stage."""
    return queries.stages(derelictions(by))


def registered_between(by: Iterable[Capacity], *, since: date, until: date) -> QuerySet[Matter]:
    """Return the derelictions that somebody oversees and that were registered in a half-open time."""
    return derelictions(by).filter(opened_at__gte=midnight(since), opened_at__lt=midnight(until))


def bans_of(by: Iterable[Capacity], *, year: int) -> QuerySet[Matter]:
    """Return the breaches of the bans that somebody oversees, registered in a year, the newest first."""
    rows = queries.of_bans(registered_between(by, since=date(year, 1, 1), until=date(year + 1, 1, 1)))
    return rows.order_by("-opened_at", "-pk")


def unit_limit(year: int) -> int:
    """Return from how many breaches of the bans in a year on a unit gets no awards, as the year's last day has it."""
    return count_of("four-bans-unit", on=date(year, 12, 31))


def units(by: Iterable[Capacity], *, year: int) -> tuple[UnitBans, ...]:
    """Return the units that broke a ban in a year, those with most decided first."""
    read = queries.read(bans_of(by, year=year))
    found = Counter(one.opening.agency for one in read)
    decided = Counter(one.opening.agency for one in read if queries.stands(one))
    limit = unit_limit(year)
    counted = (
        UnitBans(agency=agency, found=n, decided=decided[agency], limit=limit) for agency, n in found.items()
    )
    return tuple(sorted(counted, key=lambda one: (-one.decided, -one.found, one.agency)))


def answered_for(numbers: Iterable[str]) -> Mapping[str, str]:
    """Return, for derelictions with serious consequences, the number of the matter in which the leader answers."""
    return queries.registered(list(numbers))


def weak_agencies(by: Iterable[Capacity], *, quarter: Quarter) -> tuple[WeakAgency, ...]:
    """Return the agencies weak in a quarter that somebody oversees."""
    by = overseers(by)
    reached = tuple(reach(one) for one in by if one.duty is Duty.SUPERVISE)
    own = {one.agency for one in by}
    found = []
    for one in leaders.weak(quarter):
        division, _ = organisation.seat_of_agency(one.agency)
        if one.agency in own or division.startswith(reached):
            found.append(one)
    return tuple(found)


def person_record(person: int, *, by: Iterable[Capacity], asker: int, now: datetime) -> PersonRecord:
    """Return a person's record; raises NotFound for whom it is not.

    It is for the person, for head and personnel of an agency in which they hold a post, and for supervision over it.
    """
    by = tuple(by)
    servant = organisation.servants([person], since=now).get(person)
    if servant is None or not (person == asker or _oversees(servant, by, asker=asker, now=now)):
        raise NotFound(str(person))
    agency = next((one.agency for one in servant.held(at=now)), "")
    division = organisation.seat_of_agency(agency)[0] if agency else by[0].division if by else ""
    return record_of(person, queries.about_person(person), division=division, on=local_day(now))


def _oversees(servant: Servant, by: Sequence[Capacity], *, asker: int, now: datetime) -> bool:
    if asker in organisation.relatives([servant.person]).get(servant.person, frozenset()):
        return False
    return any(_over(capacity, servant, now=now) for capacity in overseers(by))


def _over(capacity: Capacity, servant: Servant, *, now: datetime) -> bool:
    agencies = servant.agencies(at=now)
    if capacity.duty is Duty.SUPERVISE:
        return any(organisation.seat_of_agency(one)[0].startswith(reach(capacity)) for one in agencies)
    return capacity.agency in agencies


def may_register(by: Iterable[Capacity], *, agency: str) -> Capacity | None:
    """Return the capacity in which somebody may register a dereliction in an agency; None for nobody."""
    for one in overseers(by):
        if one.duty is not Duty.SUPERVISE and one.agency == agency:
            return one
        if one.duty is Duty.SUPERVISE and organisation.seat_of_agency(agency)[0].startswith(reach(one)):
            return one
    return None
