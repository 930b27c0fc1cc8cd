"""Who holds a post at an instant: A, else B, else the cover the head named; knows no matter and no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from xiaoneng.organisation.capacity import Capacity, Duty, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person's hold of a post over a half-open period; `until` is None while it lasts."""

    person: int
    name: str
    standing: Standing
    since: datetime
    until: datetime | None = None
    qualified: bool = True

    def holds(self, at: datetime) -> bool:
        """Tell whether the hold is in force at `at`."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A person's recorded absence over a half-open period; `until` is None until they hand back.

    `expected` is when they said they would be back: it ends nothing, and only plans reckon with it.
    """

    person: int
    since: datetime
    until: datetime | None = None
    matter: str = ""
    handed_over: bool = True
    expected: datetime | None = None

    def away(self, at: datetime) -> bool:
        """Tell whether the person is away at `at`."""
        return self.since <= at and (self.until is None or at < self.until)

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        """Tell whether the absence shares an instant with the half-open period given."""
        starts_before = until is None or self.since < until
        return starts_before and (self.until is None or since < self.until)

    def planned(self, *, now: datetime) -> Away:
        """Return the absence as a plan made at `now` reckons with it: whoever is overdue may stay away for ever."""
        foreseen = self.until is None and self.expected is not None and self.expected > now
        return replace(self, until=self.expected) if foreseen else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One post with everyone who holds it and every absence of theirs that is known."""

    post: str
    title: str
    agency: str
    division: str
    duty: Duty
    superior: str = ""
    holdings: tuple[Holding, ...] = ()
    absences: tuple[Away, ...] = ()
    external: bool = False
    phone: str = ""

    def holding(self, standing: Standing, *, at: datetime) -> Holding | None:
        """Return who holds the post with `standing` at `at`, present or not; the latest if several."""
        held = [one for one in self.holdings if one.standing is standing and one.holds(at)]
        return max(held, key=lambda one: one.since, default=None)

    def away(self, person: int, *, at: datetime) -> bool:
        """Tell whether `person` is away at `at`."""
        return any(one.person == person and one.away(at) for one in self.absences)

    def acting(self, *, at: datetime, recused: frozenset[int] = frozenset()) -> Capacity | None:
        """Return who acts in the post at `at`: A, else B, else the named cover; None when it stands empty.

        A person in `recused` is passed over for this matter as if away (回避), and so is a cover who is not
        qualified for the post.
        """
        first = self.holding(Standing.PRIMARY, at=at)
        for held in self._in_turn(at=at):
            if held.person not in recused and not self.away(held.person, at=at):
                return self._capacity(held, first=first)
        return None

    def _in_turn(self, *, at: datetime) -> Iterator[Holding]:
        """Yield those who may act at `at` if present, in the order of their turn; several covers latest first."""
        held = sorted(
            (one for one in self.holdings if one.holds(at)), key=lambda one: one.since, reverse=True
        )
        for standing in (Standing.PRIMARY, Standing.COVER, Standing.APPOINTED):
            of_turn = [one for one in held if one.standing is standing]
            if standing is not Standing.APPOINTED:
                of_turn = of_turn[:1]
            yield from (one for one in of_turn if one.qualified or standing is Standing.PRIMARY)

    def gaps(
        self, since: datetime, until: datetime, *, recused: frozenset[int] = frozenset()
    ) -> tuple[tuple[datetime, datetime], ...]:
        """Return the half-open periods between two instants in which nobody acts, adjacent ones joined."""
        stretches = self.stretches(since, until)
        return _joined(span for span in stretches if self.acting(at=span[0], recused=recused) is None)

    def stretches(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Return the half-open stretches between two instants through each of which the roster stays the same."""
        bounds = [(one.since, one.until) for one in self.holdings]
        bounds += [(one.since, one.until) for one in self.absences]
        inner = {edge for pair in bounds for edge in pair if edge is not None and since < edge < until}
        return pairwise(sorted({since, *inner, until}))

    def planned(self, *, now: datetime) -> Seat:
        """Return the post as a plan made at `now` reckons with it: whoever said when they are back is back then."""
        return replace(self, absences=tuple(one.planned(now=now) for one in self.absences))

    def held_by(self, person: int, *, at: datetime) -> Capacity | None:
        """Return the capacity of a holder of the post at `at`, present or away: for acts about their own absence."""
        order = list(Standing)
        held = [one for one in self.holdings if one.person == person and one.holds(at)]
        held.sort(key=lambda one: order.index(one.standing))
        first = self.holding(Standing.PRIMARY, at=at)
        return self._capacity(held[0], first=first) if held else None

    def may_act(self, person: int, *, at: datetime, recused: frozenset[int] = frozenset()) -> bool:
        """Tell whether `person` is the one who acts in the post at `at`."""
        acting = self.acting(at=at, recused=recused)
        return acting is not None and acting.person == person

    def _capacity(self, held: Holding, *, first: Holding | None) -> Capacity:
        covers = held.standing is not Standing.PRIMARY and first is not None
        return Capacity(
            person=held.person,
            name=held.name,
            post=self.post,
            title=self.title,
            agency=self.agency,
            division=self.division,
            duty=self.duty,
            standing=held.standing,
            acting_for=first.person if covers and first else 0,
            acting_for_name=first.name if covers and first else "",
        )


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    found: list[tuple[datetime, datetime]] = []
    for begin, end in spans:
        earlier = found.pop() if found and found[-1][1] == begin else (begin, end)
        found.append((earlier[0], end))
    return tuple(found)


def capacities(person: int, seats: Iterable[Seat], *, at: datetime) -> Iterator[Capacity]:
    """Yield the capacities in which `person` may act at `at`, one a post."""
    for seat in seats:
        acting = seat.acting(at=at)
        if acting is not None and acting.person == person:
            yield acting


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold seen from its holder: which post, of which agency in which division, there for what."""

    post: str
    agency: str
    holding: Holding
    duty: Duty | None = None
    division: str = ""

    @property
    def leads(self) -> bool:
        """Tell whether it is the headship of the agency itself, not the cover of it."""
        return self.duty is Duty.HEAD and self.holding.standing is Standing.PRIMARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Servant:
    """A public servant (工作人员) with every post they hold and every absence of theirs that is known."""

    person: int
    name: str = ""
    holds: tuple[Hold, ...] = ()
    absences: tuple[Away, ...] = ()

    def held(self, *, at: datetime) -> tuple[Hold, ...]:
        """Return what the person holds at `at`, A before B before named cover."""
        order = list(Standing)
        now = (one for one in self.holds if one.holding.holds(at))
        return tuple(sorted(now, key=lambda one: (order.index(one.holding.standing), one.post)))

    def posts(self, *, at: datetime) -> frozenset[str]:
        """Return the posts the person holds at `at`, by whatever standing."""
        return frozenset(one.post for one in self.held(at=at))

    def agencies(self, *, at: datetime) -> frozenset[str]:
        """Return the agencies in which the person holds a post at `at`."""
        return frozenset(one.agency for one in self.held(at=at))

    def covers(self, *, at: datetime) -> int:
        """Return how many posts the person holds as B at `at`."""
        return sum(one.holding.standing is Standing.COVER for one in self.held(at=at))

    def absent(self, since: datetime, until: datetime, *, now: datetime) -> bool:
        """Tell whether a plan made at `now` finds the person away at some instant of a half-open period."""
        return any(one.planned(now=now).overlaps(since, until) for one in self.absences)


RANKS = (Duty.HEAD, Duty.OVERSEE, Duty.REVIEW)
"""Duties in order of rank; all others are of one rank below these."""


def highest(seats: Iterable[Seat]) -> Seat | None:
    """Return the seat of highest rank, the first of several equal ones; None of none."""
    return min(
        seats, key=lambda seat: RANKS.index(seat.duty) if seat.duty in RANKS else len(RANKS), default=None
    )
