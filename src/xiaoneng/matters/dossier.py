"""A matter as read from its acts: the pure value that every rule judges and every page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from xiaoneng.catalogue.item import ItemFacts
from xiaoneng.matters.acts import Act, Clock, Opening, Role
from xiaoneng.matters.fold import Folded, Running, advanced, lapse_moment, opened
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage
from xiaoneng.organisation.capacity import SYSTEM, Capacity
from xiaoneng.organisation.roster import Seat, Servant
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.calendar import CalendarBook, WorkCalendar
from xiaoneng.worktime.days import local_day

A = TypeVar("A", bound=Act)
LAPSES_AT_ONCE = 8  # time can do only so much in a row; more means a procedure that feeds on itself


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """The acts of one matter with the procedure, calendar, item and posts that govern it.

    `seats` holds every post that the matter or the next act touches, with who holds it and who is away;
    `people` everybody whom the matter or the next act names. `open_tasks` are the open matters that lie with
    the post whose holder is to change, `twins` the matters that already stand for what this one is about.
    `barred` are the holders of its seats, and the next actor, whom a conflict of interest keeps out (see `conflict`),
    `foreseen` those whom the act under judgement would keep out as well.
    """

    number: str
    procedure: Procedure
    book: CalendarBook
    acts: tuple[Act, ...]
    recorded: tuple[datetime, ...] = ()
    item: ItemFacts | None = None
    seats: Mapping[str, Seat] = field(default_factory=dict)
    people: Mapping[int, Servant] = field(default_factory=dict)
    open_tasks: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    barred: frozenset[int] = frozenset()
    foreseen: frozenset[int] = frozenset()
    folded: Folded | None = field(default=None, repr=False)

    @property
    def opening(self) -> Opening:
        """Return the act that opened the matter and carries what it keeps for good."""
        first = self.acts[0]
        assert isinstance(first, Opening)  # noqa: S101 - the first act of a matter always is
        return first

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Return the calendar that governs: the latest, or for a closed matter the one known when it closed."""
        closed_at = self.state.closed_at
        return self.book.latest if closed_at is None else self.book.known_at(closed_at)

    @cached_property
    def state(self) -> Folded:
        """Return where the acts lead; raises FoldFailed if the record is unsound."""
        if self.folded is not None:
            return self.folded
        calendar = self.book.latest
        folded = opened(self.opening, procedure=self.procedure, calendar=calendar)
        for count in range(2, len(self.acts) + 1):
            folded = advanced(folded, self.acts[:count], procedure=self.procedure, calendar=calendar)
        return folded

    @property
    def stage(self) -> Stage:
        """Return where the matter rests."""
        return self.state.stage

    @property
    def aside(self) -> frozenset[int]:
        """Return everybody who stands aside from the matter: recused, named in it, or kept out by a conflict."""
        return self.state.recused | self.barred

    @property
    def closed(self) -> bool:
        """Tell whether the matter rests in a final stage."""
        return self.stage.final

    @property
    def traits(self) -> frozenset[str]:
        """Return the traits that open or close moves of this matter."""
        return frozenset(self.opening.traits)

    def after(self, act: Act) -> Dossier:
        """Return the dossier as it would read with `act` appended; raises FoldFailed if it cannot follow."""
        acts = (*self.acts, act)
        folded = advanced(self.state, acts, procedure=self.procedure, calendar=self.book.latest)
        return replace(self, acts=acts, folded=folded)

    def open_moves(self) -> tuple[Move, ...]:
        """Return the moves the grammar allows next."""
        moves = self.procedure.moves_from(self.stage, self.traits)
        return tuple(move for move in moves if not (move.once and self.last(move.act)))

    def last(self, *kinds: type[A]) -> A | None:
        """Return the last act of these kinds, or None."""
        return next((act for act in reversed(self.acts) if isinstance(act, kinds)), None)

    def every(self, kind: type[A]) -> tuple[A, ...]:
        """Return every act of a kind, first to last."""
        return tuple(act for act in self.acts if isinstance(act, kind))

    def sequence_of(self, act: Act) -> int:
        """Return the act's place in the record, counting from one."""
        return next(place for place, one in enumerate(self.acts, start=1) if one is act)

    def running(self) -> tuple[Running, ...]:
        """Return the clocks that run or stand paused, those that run against the office first."""
        order = {clock: place for place, clock in enumerate(self.procedure.answerable)}
        runs = self.state.runs.values()
        return tuple(sorted(runs, key=lambda run: order.get(run.clock, len(order))))

    def every_run(self) -> tuple[Running, ...]:
        """Return every run there was, past ones first."""
        return (*self.state.past, *self.running())

    def run_of(self, clock: Clock) -> Running | None:
        """Return the latest run of a clock, running or over."""
        return next((run for run in reversed(self.every_run()) if run.clock is clock), None)

    def due(self, running: Running) -> date | None:
        """Return the last lawful day of a run; None while it is paused."""
        return worktime.due(running.statutory, calendar=self.calendar)

    def promised(self, running: Running) -> date | None:
        """Return the last promised day of a run; None while it is paused or without a promise."""
        return worktime.due(running.promised, calendar=self.calendar) if running.promised else None

    def lapsed(self, *, now: datetime) -> tuple[Act, ...]:
        """Return the acts that time has performed by `now` and nobody has written down, in order."""
        dossier, found = self, []
        for _ in range(LAPSES_AT_ONCE):
            act = dossier._next_lapse(now=now)
            if act is None:
                break
            found.append(act)
            dossier = dossier.after(act)
        return tuple(found)

    def _next_lapse(self, *, now: datetime) -> Act | None:
        due: list[tuple[datetime, Lapse]] = []
        for lapse in self.procedure.lapses_from(self.stage, self.traits):
            run = self.state.runs.get(lapse.clock)
            day = self.due(run) if run else None
            if day is not None and lapse_moment(day) <= now:
                due.append((lapse_moment(day), lapse))
        if not due:
            return None
        at, lapse = min(due, key=lambda one: one[0])
        return lapse.act(at=max(at, self.acts[-1].at), by=SYSTEM)

    def owner_post(self) -> str:
        """Return the post that has the matter now; empty when it lies with the citizen or is closed."""
        return self.state.posts.get(self.stage.owner, "") if self.stage.owner else ""

    def who_has_it(self, *, at: datetime) -> Capacity | None:
        """Return who acts in the post that has the matter; None if the citizen has it or the post stands empty."""
        seat = self.seats.get(self.owner_post())
        return seat.acting(at=at, recused=self.aside) if seat else None

    def on_day(self, day: date) -> Dossier:
        """Return the dossier as it read at the end of a day."""
        kept = tuple(act for act in self.acts if local_day(act.at) <= day)
        return replace(self, acts=kept, folded=None, recorded=self.recorded[: len(kept)])

    def post_of(self, role: Role) -> str:
        """Return the post that stands in a role, or an empty string."""
        return self.state.posts.get(role, "")


def dossier_after(start: Dossier, acts: Iterable[Act]) -> Dossier:
    """Return the dossier with several acts appended in order."""
    for act in acts:
        start = start.after(act)
    return start


def texts(acts: Sequence[Act]) -> list[str]:
    """Return the names of acts, for messages."""
    return [str(act.name) for act in acts]
