"""Random offices at work, for the time machine: who is there, what they might say, and doing it through the one door."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any

from tests.complaints import CITY_BUREAU, COUNTY_BUREAU, LEADING, OFFICES, Offices, found_centres, hold
from xiaoneng.desk import gate, keys, recording
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.duty import register_dereliction, request_leave
from xiaoneng.desk.exposing import propose_exposure
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused, MatterMoved
from xiaoneng.matters.acts import Act, Opening
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary import VOCABULARY
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.matters.vocabulary.duty import LeaveRequested
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.openness import actions
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import CITIZEN, Capacity, Duty
from xiaoneng.organisation.models import Agency, Post
from xiaoneng.organisation.queries import revision, seats
from xiaoneng.supervision.models import Card
from xiaoneng.worktime.days import local_day

GOVERNMENT = "330200-ZF"
BUREAUS = (CITY_BUREAU, COUNTY_BUREAU)
MORE = (
    (LEADING, Duty.LEGALITY),
    (LEADING, Duty.PUBLISH),
    *((one, Duty.PERSONNEL) for one in (*BUREAUS, LEADING)),
)
ALLEGATIONS = ("窗口推诿", "态度恶劣")
SUITED = {
    DerelictionRegistered: frozenset({Duty.SUPERVISE, Duty.PERSONNEL, Duty.HEAD}),
    BanBreachFound: frozenset({Duty.SUPERVISE, Duty.PERSONNEL}),
    ExposureProposed: frozenset({Duty.SUPERVISE}),
    LeaveRequested: frozenset({Duty.HANDLE, Duty.WINDOW, Duty.COMPLAINTS, Duty.SUPERVISE, Duty.HEAD}),
}
"""Whose business it is to open what."""
REFUSED = (ActRefused, CannotOpen, MatterMoved, LookupError, ValueError)
"""What the desk may answer to an attempt that is not lawful; anything else is a defect."""


@dataclass
class Town:
    """The offices of a city and a county, at an instant, with what has been tried and done."""

    offices: Offices
    posts: tuple[str, ...]
    now: datetime
    dice: Random = field(default_factory=Random)
    done: int = 0
    refused: int = 0

    def capacities(self) -> list[Capacity]:
        """Return everybody who acts now, a citizen first."""
        known = seats(self.posts, revision=revision())
        acting = (seat.acting(at=self.now) for seat in known.values())
        return [CITIZEN, *(one for one in acting if one is not None)]

    def person(self) -> int:
        """Return somebody."""
        return self.dice.choice(list(self.offices.people.values()))

    def tries(self, deed: Callable[[], object]) -> bool:
        """Try a deed; tell whether it was done. A refusal is an answer, and is counted."""
        try:
            deed()
        except REFUSED:
            self.refused += 1
            return False
        self.done += 1
        return True

    def opens(self, kind: type[Opening]) -> bool:
        """Open a matter with random words, by anybody: lawful or not."""
        by = self._suited(kind) if self.dice.random() < 0.8 else self.dice.choice(self.capacities())
        act = self.said(kind, by=by)
        match act:
            case ComplaintMade():
                named = act.manner is not Manner.ANONYMOUS
                who = {"complainant": "投诉人（虚构）", "contact": "13800000000"} if named else {}
                return self.tries(
                    lambda: file_complaint(dataclasses.replace(act, matter="", **who), now=self.now)
                )
            case DerelictionRegistered():
                return self.tries(lambda: register_dereliction(act, now=self.now))
            case BanBreachFound():
                breach = dataclasses.replace(act, place="办公室")
                return self.tries(lambda: register_dereliction(breach, now=self.now))
            case ExposureProposed():
                return self.tries(lambda: propose_exposure(act, now=self.now))
            case LeaveRequested():
                since = self.now + timedelta(days=self.dice.randint(0, 9))
                until = since + timedelta(days=self.dice.randint(1, 9))
                leave = dataclasses.replace(act, person=by.person, leave_from=since, leave_until=until)
                return self.tries(lambda: request_leave(leave, now=self.now))
            case _:
                raise AssertionError(kind)

    def _suited(self, kind: type[Opening]) -> Capacity:
        """Return somebody whose business it is to open such a matter."""
        duties = SUITED.get(kind, frozenset())
        fit = [one for one in self.capacities() if not duties or one.duty in duties]
        return CITIZEN if kind is ComplaintMade else self.dice.choice(fit or [CITIZEN])

    def some_matter(self, *, open_only: bool = True) -> str:
        """Return the number of a matter, an open one if there is any; empty where there is none."""
        rows = Matter.objects.filter(is_open=True) if open_only else Matter.objects.all()
        numbers = list(rows.order_by("pk").values_list("number", flat=True))
        return self.dice.choice(numbers) if numbers else ""

    def works(self) -> bool:
        """Do a lawful step on some matter, by whoever may; tell whether one was done."""
        number = self.some_matter()
        return bool(number) and self.step(number)

    def step(self, number: str, *acts: type[Act]) -> bool:
        """Take one step on a matter, one of `acts` if they are named, by whoever the gate lets."""
        recording.lapse(number, now=self.now)
        dossier = recording.read(number)
        ways = [(by, move.act) for by in self.capacities() for move in _open(dossier, by)]
        ways = [one for one in ways if not acts or one[1] in acts]
        self.dice.shuffle(ways)
        return any(self.attempts(dossier, act, by=by) for by, act in ways[:4])

    def meddles(self) -> bool:
        """Try any act of the vocabulary on any matter, by anybody: mostly unlawful."""
        number = self.some_matter(open_only=False)
        if not number:
            return False
        kinds = [one for one in VOCABULARY if not issubclass(one, Opening)]
        return self.attempts(
            recording.read(number), self.dice.choice(kinds), by=self.dice.choice(self.capacities())
        )

    def attempts(self, dossier: Dossier, kind: type[Act], *, by: Capacity) -> bool:
        """Try one act on a matter, having seen all there is."""
        act, seen = self.said(kind, by=by, dossier=dossier), len(dossier.acts)
        return self.tries(lambda: actions.record(act, number=dossier.number, seen=seen, now=self.now))

    def said(self, kind: type[Act], *, by: Capacity, dossier: Dossier | None = None) -> Any:
        """Return an act of a kind with random words that mean something here."""
        hints = typing.get_type_hints(kind)
        asked = (
            one
            for one in dataclasses.fields(kind)
            if "asked" in one.metadata and one.metadata["asked"].kind != "hidden"
        )
        told = {one.name: self._value(one.name, hints[one.name], dossier) for one in asked}
        at = max(self.now, dossier.acts[-1].at) if dossier else self.now
        return kind(at=at, by=by, **{name: value for name, value in told.items() if value is not None})

    def _value(self, name: str, hint: Any, dossier: Dossier | None) -> Any:
        known = KNOWN.get(name)
        if known is not None:
            return known(self, dossier)
        if typing.get_origin(hint) in {types.UnionType, typing.Union}:
            hint = next(one for one in typing.get_args(hint) if one is not type(None))
        if typing.get_origin(hint) is tuple:
            inner = typing.get_args(hint)[0]
            return (self.person(), self.person()) if inner is int else ("甲", "乙") if inner is str else ()
        if isinstance(hint, type) and issubclass(hint, Enum):
            return self.dice.choice(list(hint))
        made = {
            str: "样例",
            bool: self.dice.random() < 0.8,
            int: self.dice.randint(1, 5),
            date: local_day(self.now) + timedelta(days=self.dice.randint(1, 120)),
            datetime: self.now,
        }
        return made.get(hint)


def _open(dossier: Dossier, by: Capacity) -> Iterator[Any]:
    yield from (one.move for one in gate.options(dossier, by) if not one.refusals)


def _post(town: Town, dossier: Dossier | None) -> str:
    return town.dice.choice(town.posts)


def _agency(town: Town, _: Dossier | None) -> str:
    return town.dice.choice(list(OFFICES))


def _agencies(town: Town, _: Dossier | None) -> tuple[str, ...]:
    return tuple(town.dice.sample(list(OFFICES), k=town.dice.choice((0, 1, 1, 1, 2))))


def _about(town: Town, _: Dossier | None) -> tuple[int, ...]:
    return (town.person(),) if town.dice.random() < 0.3 else ()


def _reference(town: Town, _: Dossier | None) -> str:
    """Return something to refer to: a matter that is decided or closed if there is one, a red card, or nothing real."""
    cards = list(Card.objects.filter(level="red").values_list("number", flat=True))
    decided = ActRecord.objects.filter(verb="measure-decided").values_list("matter__number", flat=True)
    return town.dice.choice([*cards[-3:], *decided, town.some_matter(open_only=False) or "无", "无"])


KNOWN: dict[str, Callable[[Town, Dossier | None], Any]] = {
    "person": lambda town, _: town.person(),
    "cover": lambda *_: 0,
    "post": _post,
    "agency": _agency,
    "agencies": _agencies,
    "about": _about,
    "place": lambda *_: "",
    "reference": _reference,
    "discipline": _reference,
    "matter": lambda *_: "",
    "allegations": lambda *_: ALLEGATIONS,
    "allegation": lambda town, _: town.dice.choice(ALLEGATIONS),
    "sequence": lambda *_: 1,
    "identity_number": lambda *_: "",
    "address": lambda *_: "",
    "subject_area": lambda *_: "",
    "named": lambda town, _: town.dice.random() < 0.3,
}
"""Words that mean something here; all others are made by their type."""


def _somebody_above(offices: Offices) -> None:
    """Put the city's government above the head of the leading group's office: who is weak there must answer too."""
    Agency.objects.create(
        code=GOVERNMENT, zh="市人民政府", en="City Government", short="市政府", division_id=GOVERNMENT[:6]
    )
    post = f"{GOVERNMENT}-{Duty.HEAD}"
    Post.objects.create(code=post, agency_id=GOVERNMENT, zh="市长", en="Mayor", duty=Duty.HEAD)
    for standing in ("A", "B"):
        offices.people[f"{post}-{standing}"] = hold(post, standing, f"市长{standing}")
    Post.objects.filter(pk=f"{LEADING}-{Duty.HEAD}").update(superior_id=post)


def found_town(*, now: datetime) -> Town:
    """Found the centres, the leading group's office with reviewer and publisher, bureaus with personnel, and kin."""
    offices = found_centres()
    for agency, duty in MORE:
        post = f"{agency}-{duty}"
        Post.objects.create(code=post, agency_id=agency, zh=duty.phrase.zh, en=duty.phrase.en, duty=duty)
        for standing in ("A", "B"):
            offices.people[f"{post}-{standing}"] = hold(post, standing, f"{duty.phrase.zh}{standing}")
    _somebody_above(offices)
    people = list(offices.people.values())
    for one, other in ((0, -1), (3, 7), (5, 20)):
        declare_kinship(person=people[one], relative=people[other], relation="spouse", now=now)
    keys.furnish(passphrase="a phrase for tests only", now=now)
    return Town(offices=offices, posts=tuple(Post.objects.values_list("pk", flat=True)), now=now)
