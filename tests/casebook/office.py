"""The office of a casebook file: five posts held by an A and a B, and whatever the file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from xiaoneng.matters.acts import Role
from xiaoneng.organisation.capacity import CITIZEN, SYSTEM, Capacity, Duty, Standing
from xiaoneng.organisation.roster import Away, Hold, Holding, Seat, Servant

AGENCY, DIVISION = "330200-TEST", "330200"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
USUAL = (
    {"post": "窗口", "duty": "window", "role": "first_contact", "superior": "分管"},
    {"post": "承办", "duty": "handle", "role": "handler", "superior": "分管"},
    {"post": "审核", "duty": "review", "role": "reviewer", "superior": "分管"},
    {"post": "分管", "duty": "oversee", "role": "leader", "superior": "负责人"},
    {"post": "负责人", "duty": "head", "role": "head", "superior": ""},
    {"post": "人事", "duty": "personnel", "superior": "负责人"},
    {"post": "督察", "duty": "supervise", "superior": "负责人"},
)
"""Unless the file says otherwise the post 窗口 is held by 窗口甲 (A) and 窗口乙 (B), and so on."""
CITY, DISTRICT = "330200", "330203"
CENTRES = tuple(
    {"post": post, "duty": duty, "agency": agency, "division": division}
    for agency, division, posts in (
        (
            "区投诉中心",
            DISTRICT,
            {"区投诉": "complaints", "区复核": "review", "区分管": "oversee", "区主任": "head"},
        ),
        (
            "市投诉中心",
            CITY,
            {"市投诉": "complaints", "市复核": "review", "市分管": "oversee", "市主任": "head"},
        ),
        ("市效能办", CITY, {"市督察": "supervise", "效能复核": "review", "效能主任": "head"}),
        ("区商务局", DISTRICT, {"区窗口": "window", "区承办": "handle", "区局长": "head"}),
        ("市商务局", CITY, {"市窗口": "window", "市承办": "handle", "市局长": "head"}),
    )
    for post, duty in posts.items()
)
"""The offices of a complaint: a centre in the district and one in the city, the leading group's office, two bureaus."""
STRANGERS = {"申请人": CITIZEN, "系统": SYSTEM}
Instant = Callable[..., datetime]


@dataclass(frozen=True, kw_only=True)
class Office:
    """Seats by post, the numbers of people by name, and which post stands in which role."""

    seats: Mapping[str, Seat]
    people: Mapping[str, int]
    roles: Mapping[str, str] = field(default_factory=dict)
    kin: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def capacity(self, words: str, *, at: datetime) -> Capacity:
        """Return who acts: 申请人, 系统, a post (whoever acts in it), a person, or `person@post`."""
        if words in STRANGERS:
            return STRANGERS[words]
        name, _, post = words.partition("@")
        if name in self.seats:
            return self._acting(name, at=at)
        held = [one for one in self._of(name, at=at) if post in {"", one.post}]
        acting = [one for one in held if self.seats[one.post].may_act(one.person, at=at)]
        if not held:
            return Capacity(
                person=self.number(name), name=name, post=post, agency=AGENCY, standing=Standing.PRIMARY
            )
        return (acting or held)[0]

    def servants(self) -> dict[int, Servant]:
        """Return everybody of the office with what they hold and when they are away."""
        return {number: self._servant(name, number) for name, number in self.people.items()}

    def _servant(self, name: str, number: int) -> Servant:
        held = [(seat, one) for seat in self.seats.values() for one in seat.holdings if one.person == number]
        away = {one for seat, _ in held for one in seat.absences if one.person == number}
        return Servant(
            person=number,
            name=name,
            holds=tuple(_hold(seat, one) for seat, one in held),
            absences=tuple(sorted(away, key=lambda one: one.since)),
        )

    def number(self, name: str) -> int:
        """Return the number of a person; raises KeyError for a name that nobody bears."""
        return self.people[name]

    def _acting(self, post: str, *, at: datetime) -> Capacity:
        found = self.seats[post].acting(at=at)
        if found is None:
            raise ValueError(f"nobody acts in {post} at {at}: name a person")
        return found

    def _of(self, name: str, *, at: datetime) -> list[Capacity]:
        found = (seat.held_by(self.number(name), at=at) for seat in self.seats.values())
        return [one for one in found if one is not None]


def _hold(seat: Seat, held: Holding) -> Hold:
    return Hold(post=seat.post, agency=seat.agency, holding=held, duty=seat.duty, division=seat.division)


def office_from(told: Mapping[str, Any], *, instant: Instant) -> Office:
    """Return the usual office with the posts, holdings, absences and roles that the file tells."""
    usual = CENTRES if told["procedure"] == "complaint" else USUAL
    rows: dict[str, dict[str, Any]] = {one["post"]: dict(one) for one in usual}
    for gone in told.get("without", ()):
        rows = {post: row for post, row in rows.items() if row.get("agency") != gone}
    for one in told.get("post", ()):
        rows[one["post"]] = {**rows.get(one["post"], {}), **one}
    holdings = [one for row in rows.values() for one in _usual_holdings(row)]
    holdings += [_holding(one, instant=instant) for one in told.get("holding", ())]
    names = [name for _, name, _ in holdings] + [one["who"] for one in told.get("away", ())]
    people = {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}
    absences = [_away(one, people, instant=instant) for one in told.get("away", ())]
    seats = {post: _seat(row, holdings, people, absences) for post, row in rows.items()}
    roles = {row["role"]: post for post, row in rows.items() if row.get("role")}
    roles |= told.get("roles", {})
    return Office(
        seats=seats,
        people=people,
        roles={Role(role).value: post for role, post in roles.items()},
        kin=_kin(told.get("kin", ()), people),
    )


def _kin(told: Iterable[tuple[str, str]], people: Mapping[str, int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one, other in told:
        found.setdefault(people[one], set()).add(people[other])
        found.setdefault(people[other], set()).add(people[one])
    return {number: frozenset(relatives) for number, relatives in found.items()}


Held = tuple[str, str, Holding]


def _usual_holdings(row: Mapping[str, Any]) -> Iterable[Held]:
    for standing, usual in (("A", "甲"), ("B", "乙")):
        name = row.get(standing, row["post"] + usual)
        if name:
            held = Holding(person=0, name=name, standing=Standing(standing), since=LONG_AGO)
            yield row["post"], name, held


def _holding(told: Mapping[str, Any], *, instant: Instant) -> Held:
    held = Holding(
        person=0,
        name=told["who"],
        standing=Standing(told["standing"]),
        since=instant(told["from"]) if "from" in told else LONG_AGO,
        until=instant(told["until"]) if "until" in told else None,
        qualified=told.get("qualified", True),
    )
    return told["post"], told["who"], held


def _away(told: Mapping[str, Any], people: Mapping[str, int], *, instant: Instant) -> Away:
    return Away(
        person=people[told["who"]],
        since=instant(told["from"]),
        until=instant(told["until"]) if "until" in told else None,
        matter=told.get("matter", ""),
        handed_over=told.get("handed_over", True),
        expected=instant(told["expected"]) if "expected" in told else None,
    )


def _seat(
    row: Mapping[str, Any], holdings: Iterable[Held], people: Mapping[str, int], absences: Iterable[Away]
) -> Seat:
    own = tuple(replace(held, person=people[name]) for post, name, held in holdings if post == row["post"])
    holders = {one.person for one in own}
    return Seat(
        post=row["post"],
        title=row.get("title", row["post"]),
        agency=row.get("agency", AGENCY),
        division=row.get("division", DIVISION),
        duty=Duty(row["duty"]),
        superior=row.get("superior", ""),
        holdings=own,
        absences=tuple(one for one in absences if one.person in holders),
    )
