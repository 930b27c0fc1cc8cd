"""The stage that is the real office (实演): every deed goes through the one door, by who acts in the post then.

Acts are committed in batches; nobody there means later; a refusal is a fault of the story and is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiaoneng.cli.city.story.deeds import Asked, Deed, Holder, Night, Number, Told, Wait
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.opening import opened, recorded
from xiaoneng.desk import opening, recording
from xiaoneng.desk.projecting import foremost
from xiaoneng.matters.acts import Act, Opening, Role
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary import duty
from xiaoneng.matters.vocabulary.cards import CardLevel
from xiaoneng.matters.vocabulary.handling import Recused
from xiaoneng.organisation.access import seats_of
from xiaoneng.organisation.capacity import CITIZEN, Capacity
from xiaoneng.organisation.roster import Seat
from xiaoneng.supervision.access import cards_of


@dataclass(slots=True)
class Held:
    """A matter under way, as its people remember it."""

    number: str
    office: str
    code: str
    procedure: str
    seen: int = 1
    stage: str = ""
    closed: bool = False
    recused: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A deed that the office refused though the story thought it lawful."""

    number: str
    act: str
    at: datetime
    reasons: str


class Acting:
    """The stage. `strict` lets a refusal stop everything; `after_act` and `at_night` are called as their names say."""

    def __init__(
        self,
        *,
        diary: Diary,
        at_night: Callable[[datetime], None],
        after_act: Callable[[], None],
        strict: bool = False,
    ) -> None:
        self.diary, self.strict = diary, strict
        self._at_night, self._after_act = at_night, after_act
        self.held: dict[tuple[int, str], Held] = {}
        self.faults: list[Fault] = []
        self.acts = 0
        self.postponed = 0
        self._seats: dict[str, dict[str, Seat]] = {}

    def act(self, deed: Deed, *, script: int) -> Told | datetime | None:
        """Do a deed and say how it went; or when to try again; None where it was refused."""
        held = self.held.get((script, deed.matter))
        by = self._by(deed, held)
        if by is None:
            self.postponed += 1
            return self.diary.opening(deed.at)
        act = deed.act(at=deed.at, by=by, **self._facts(deed, by, script))
        try:
            receipt = self._recorded(act, deed, held)
        except (recording.ActRefused, opening.CannotOpen) as refused:
            if self.strict:
                raise
            number = held.number if held else ""
            self.faults.append(Fault(number=number, act=type(act).__name__, at=deed.at, reasons=str(refused)))
            return None
        self._remember(script, act, receipt, deed)
        self._after_act()
        return Told(at=deed.at, stage=receipt.stage, due=receipt.due)

    def look(self, step: Wait, *, script: int) -> Told:
        """Write down what time has done to the matter and say where it rests."""
        held = self.held[(script, step.matter)]
        self.acts += recording.lapse(held.number, now=step.at)
        dossier = recording.read(held.number)
        front = foremost(dossier)
        held.seen, held.stage = len(dossier.acts), dossier.stage.key
        due = (dossier.promised(front) or dossier.due(front)) if front else None
        return Told(at=step.at, stage=held.stage, due=due)

    def night(self, step: Night) -> None:
        """Let supervision look at what is due."""
        self._at_night(step.at)

    def _recorded(self, act: Act, deed: Deed, held: Held | None) -> recording.Receipt:
        if deed.opens is not None:
            assert isinstance(act, Opening)  # noqa: S101 - scripts open with opening acts
            return opened(act, deed.opens)
        assert held is not None  # noqa: S101 - a script opens its matter first
        try:
            return recorded(act, number=held.number, seen=held.seen)
        except recording.MatterMoved as moved:  # time decided something meanwhile
            held.seen = moved.acts
            return recorded(act, number=held.number, seen=held.seen)

    def _remember(self, script: int, act: Act, receipt: recording.Receipt, deed: Deed) -> None:
        key = (script, deed.matter)
        if deed.opens is not None:
            self.held[key] = Held(
                number=receipt.number,
                office=deed.opens.office,
                code=receipt.code,
                procedure=deed.opens.procedure,
            )
        held = self.held[key]
        held.seen, held.stage = receipt.sequence, receipt.stage
        self.acts += 1
        if isinstance(act, Recused):
            held.recused.add(act.person)
        if isinstance(act, duty.ACTS):
            self._seats.pop(held.office, None)

    def _by(self, deed: Deed, held: Held | None) -> Capacity | None:
        if deed.role is not None and held is not None:
            return _in_role(deed.role, held, at=deed.at)
        if not deed.post:
            return CITIZEN
        seat = self._seat(deed.post, at=deed.at)
        if deed.own:
            return seat.held_by(self._person(deed.own, at=deed.at), at=deed.at)
        return seat.acting(at=deed.at, recused=frozenset(held.recused if held else ()))

    def _facts(self, deed: Deed, by: Capacity, script: int) -> Mapping[str, object]:
        return {name: self._fact(value, deed, by, script) for name, value in deed.facts.items()}

    def _fact(self, value: object, deed: Deed, by: Capacity, script: int) -> object:
        match value:
            case Holder():
                return self._person(value, at=deed.at)
            case Number():
                number = self.held[(script, value.matter)].number
                return _red_card(number, by) if value.card else number
            case tuple():
                return tuple(self._fact(one, deed, by, script) for one in value)
            case Asked():
                return self._asked(value, deed, by, self.held.get((script, deed.matter)))
            case _:
                return value

    def _asked(self, value: Asked, deed: Deed, by: Capacity, held: Held | None) -> object:
        match value:
            case Asked.ACTOR:
                return by.person
            case Asked.OFFICERS:
                return (by.name, self._second(by, at=deed.at))
            case Asked.LEADER:
                leader = self._seat(f"{by.agency}-oversee", at=deed.at).acting(at=deed.at)
                return leader.name if leader else "主持人（虚构）"
            case Asked.TASKS:
                return recording.read(held.number).open_tasks if held else ()
            case Asked.TEAM:
                return team_of(recording.read(held.number).acts) if held else ()

    def _second(self, by: Capacity, *, at: datetime) -> str:
        """Return the name of a second officer who is there: the second post's, or whoever reviews."""
        seats = self._office(by.agency, at=at)
        for key in ("second", "review", "window"):
            seat = seats.get(f"{by.agency}-{key}")
            acting = seat.acting(at=at) if seat else None
            if acting and acting.person != by.person:
                return acting.name
        return ""

    def _person(self, holder: Holder, *, at: datetime) -> int:
        held = self._seat(holder.post, at=at).holding(holder.standing, at=at)
        return held.person if held else 0

    def _seat(self, post: str, *, at: datetime) -> Seat:
        return self._office(post.rpartition("-")[0], at=at)[post]

    def _office(self, office: str, *, at: datetime) -> dict[str, Seat]:
        if office not in self._seats:
            self._seats[office] = seats_of(office, at=at)
        return self._seats[office]


def _in_role(role: Role, held: Held, *, at: datetime) -> Capacity | None:
    """Return who acts in the post that stands in a role of the matter by then, if anybody is there."""
    dossier = recording.read(held.number)
    seat = dossier.seats.get(dossier.post_of(role))
    return seat.acting(at=at, recused=dossier.aside) if seat else None


def _red_card(number: str, by: Capacity) -> str:
    """Return the number of the newest red card on a matter; empty if there is none that one may see."""
    red = cards_of(number, by=(by,)).filter(level=CardLevel.RED).last()
    return red.number if red else ""
