"""The grammar of a procedure: which act may follow which, by whom, on what basis, and what it does to clocks.

A procedure is a declaration, checked by `flaws`; it knows no matter, no database and no time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Opening, Role, Term


@dataclass(frozen=True, slots=True)
class Stage:
    """A resting place between acts: who has the matter there; `final` stages take no ordinary act."""

    key: str
    name: Phrase
    owner: Role | None = None
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A clock starts: from the act's own day, or from the day of the last act among `since`, if there is one.

    `only` starts it in matters that have all of these traits. `until` names the field of the act that says on
    which day the clock ends, whatever the term; left blank there, no clock starts. Where the term does not roll, it
    ends on that very day, working day or not.
    """

    clock: Clock
    since: tuple[type[Act], ...] = ()
    only: tuple[str, ...] = ()
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One permitted step: in any of `source`, one of `by` may perform `act`, leading to `target`.

    `target` None stays where it is. `needs` lists acts of which one must stand on the record before; `only` and
    `unless` open or close the move by the matter's traits; `once` allows it one time in a matter.
    """

    act: type[Act]
    source: tuple[Stage, ...]
    target: Stage | None = None
    by: tuple[Role, ...]
    basis: Citation
    starts: tuple[Start, ...] = ()
    stops: tuple[Clock, ...] = ()
    suspends: tuple[Clock, ...] = ()
    resumes: tuple[Clock, ...] = ()
    extends: tuple[Clock, ...] = ()
    needs: tuple[type[Act], ...] = ()
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    once: bool = False
    gives: Role | None = None
    """The act's `post` field, unless blank, becomes the post that stands in this role (a hand-over)."""
    passes: tuple[tuple[Role, Role], ...] = ()
    """Pairs of roles: the post that stands in the first stands from now on in the second, too."""
    excludes: tuple[type[Act], ...] = ()
    """Whoever did one of these acts in the matter stands aside from now on: somebody else decides anew."""

    def allows(self, traits: frozenset[str]) -> bool:
        """Tell whether a matter with `traits` has this move at all."""
        return set(self.only) <= traits and not (set(self.unless) & traits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """What time does by itself: in `source`, when `clock` runs out, `act` happens by law.

    The act is dated at the first instant after the last day of the term, whenever it comes to be written down.
    """

    clock: Clock
    source: tuple[Stage, ...]
    act: type[Act]
    target: Stage
    basis: Citation
    starts: tuple[Start, ...] = ()
    stops: tuple[Clock, ...] = ()
    only: tuple[str, ...] = ()
    """Traits that a matter must have for time to decide in it."""


Step = Move | Lapse


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One edition of a procedure. A matter is judged for good by the edition it was opened under."""

    key: str
    name: Phrase
    prefix: str
    edition: int
    in_force: date
    opening: Stage
    opens_with: tuple[type[Opening], ...]
    opened_by: tuple[Role, ...]
    basis: Citation
    starts: tuple[Start, ...] = ()
    moves: tuple[Move, ...]
    lapses: tuple[Lapse, ...] = ()
    terms: tuple[Term, ...] = ()
    """Terms that the law or a default fixes for every matter; the item adds its own (handling)."""
    answerable: tuple[Clock, ...] = ()
    """Clocks that run against the office, in order of what a page shows first; others run against the citizen."""
    carded: bool = True
    """Clocks that run out raise reminders and cards; not in what is itself the case of a card."""
    public: bool = True
    confidential: bool = False
    """Whom it concerns, their relatives and their office neither see nor handle it, beside the role they have."""

    def stages(self) -> tuple[Stage, ...]:
        """Return every stage named, opening first, in order of appearance."""
        found: dict[str, Stage] = {self.opening.key: self.opening}
        steps: list[Step] = [*self.moves, *self.lapses]
        for step in steps:
            for stage in (*step.source, *((step.target,) if step.target else ())):
                found.setdefault(stage.key, stage)
        return tuple(found.values())

    def moves_from(self, stage: Stage, traits: frozenset[str] = frozenset()) -> Iterator[Move]:
        """Yield the moves open in `stage` to a matter with `traits`, in declaration order."""
        for move in self.moves:
            if stage in move.source and move.allows(traits):
                yield move

    def step(self, act: type[Act], *, stage: Stage, traits: frozenset[str]) -> Step | None:
        """Return the move or lapse by which `act` leaves `stage`; None if the grammar has none."""
        for move in self.moves:
            if move.act is act and stage in move.source and move.allows(traits):
                return move
        return next((lapse for lapse in self.lapses_from(stage, traits) if lapse.act is act), None)

    def lapses_from(self, stage: Stage, traits: frozenset[str]) -> Iterator[Lapse]:
        """Yield what time may decide in `stage` in a matter with `traits`."""
        for lapse in self.lapses:
            if stage in lapse.source and set(lapse.only) <= traits:
                yield lapse
