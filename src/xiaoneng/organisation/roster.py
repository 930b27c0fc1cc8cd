"""Who holds a post at an instant: A, else B, else the cover the head named; knows no matter and no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

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
    """A person's recorded absence over a half-open period; `until` is None until they hand back."""

    person: int
    since: datetime
    until: datetime | None = None
    matter: str = ""
    handed_over: bool = True

    def away(self, at: datetime) -> bool:
        """Tell whether the person is away at `at`."""
        return self.since <= at and (self.until is None or at < self.until)

    def overlaps(self, since: datetime, until: datetime | None) -> bool:
        """Tell whether the absence shares an instant with the half-open period given."""
        starts_before = until is None or self.since < until
        return starts_before and (self.until is None or since < self.until)


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

    def holding(self, standing: Standing, *, at: datetime) -> Holding | None:
        """Return who holds the post with `standing` at `at`, present or not; the latest if several."""
        held = [one for one in self.holdings if one.standing is standing and one.holds(at)]
        return max(held, key=lambda one: one.since, default=None)

    def away(self, person: int, *, at: datetime) -> bool:
        """Tell whether `person` is away at `at`."""
        return any(one.person == person and one.away(at) for one in self.absences)

    def acting(self, *, at: datetime, recused: frozenset[int] = frozenset()) -> Capacity | None:
        """Return who acts in the post at `at`: A, else B, else the named cover; None when it stands empty.

        A person in `recused` is passed over for this matter as if away (回避).
        """
        first = self.holding(Standing.PRIMARY, at=at)
        for standing in (Standing.PRIMARY, Standing.COVER, Standing.APPOINTED):
            held = self.holding(standing, at=at)
            if held and held.person not in recused and not self.away(held.person, at=at):
                return self._capacity(held, first=first)
        return None

    def held_by(self, person: int, *, at: datetime) -> Capacity | None:
        """Return the capacity of a holder of the post at `at`, present or away: for acts about their own absence."""
        held = [one for one in self.holdings if one.person == person and one.holds(at)]
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


def capacities(person: int, seats: Iterable[Seat], *, at: datetime) -> Iterator[Capacity]:
    """Yield the capacities in which `person` may act at `at`, one a post."""
    for seat in seats:
        acting = seat.acting(at=at)
        if acting is not None and acting.person == person:
            yield acting
