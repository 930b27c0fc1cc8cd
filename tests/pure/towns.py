"""Random towns for property tests: offices with holders, relatives, and complaints about them; no database."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st

from tests.pure import samples
from xiaoneng.desk.routing import Centre, Complaint, NoCentre, Routed, route
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act, Responsible, Role
from xiaoneng.matters.conflict import in_conflict, kept_out, standing_of
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint_after import RetaliationReported
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SubjectNamed, TakenUp
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.reach import stem
from xiaoneng.organisation.roster import Hold, Holding, Seat, Servant

NOW = samples.START
DIVISIONS = ("330200", "330203", "330206")
BUREAU = (Duty.WINDOW, Duty.HANDLE, Duty.HEAD)
CENTRE = (Duty.COMPLAINTS, Duty.REVIEW, Duty.HEAD)
LEADING = (Duty.SUPERVISE, Duty.REVIEW, Duty.HEAD)
PEOPLE = tuple(range(1, 11))


@dataclass(frozen=True)
class Town:
    """Offices by code, with seats; who is whose relative."""

    seats: Mapping[str, Seat]
    kin: Mapping[int, frozenset[int]]
    names: tuple[str, ...] = field(default=())

    def servants(self) -> dict[int, Servant]:
        held: dict[int, list[Hold]] = {}
        for seat in self.seats.values():
            for one in seat.holdings:
                hold = Hold(
                    post=seat.post, agency=seat.agency, holding=one, duty=seat.duty, division=seat.division
                )
                held.setdefault(one.person, []).append(hold)
        return {number: Servant(person=number, holds=tuple(holds)) for number, holds in held.items()}

    def standings(self) -> dict[int, conflict.Standing]:
        return {
            number: standing_of(one, relatives=self.kin.get(number, ()), since=NOW)
            for number, one in self.servants().items()
        }

    def centres(self) -> list[Centre]:
        found: dict[str, dict[Duty, Seat]] = {}
        for seat in self.seats.values():
            found.setdefault(seat.agency, {})[seat.duty] = seat
        return [
            Centre(
                agency=code,
                name=Phrase(code, code),
                division=next(iter(seats.values())).division,
                leading=Duty.COMPLAINTS not in seats,
                seats=seats,
            )
            for code, seats in found.items()
            if {Duty.COMPLAINTS, Duty.SUPERVISE} & set(seats)
        ]

    def divisions(self, agencies: Iterable[str]) -> frozenset[str]:
        """Return the divisions of agencies."""
        wanted = set(agencies)
        return frozenset(seat.division for seat in self.seats.values() if seat.agency in wanted)

    def above(self, dossier: Dossier, *, marks: frozenset[str], about: set[int]) -> Routed | None:
        """Return where a complaint goes from where it lies, as the desk finds it."""
        centre = self.seats[dossier.post_of(Role.CENTRE)]
        asked = told_of(self, about=about, named=conflict.agencies_in(marks), marks=marks)
        places = asked.divisions | {centre.division}
        reach = [one for one in self.centres() if all(p.startswith(stem(one.division)) for p in places)]
        try:
            return route(
                dataclasses.replace(asked, divisions=places, above=centre.agency), reach, self.standings()
            )
        except NoCentre:
            return None


def told_of(
    town: Town, *, about: set[int], named: frozenset[str], marks: frozenset[str] = frozenset()
) -> Complaint:
    """Return a complaint as the desk reads it: offices of the persons named are complained of as well."""
    servants = town.servants()
    offices = {one.agency for number in about if number in servants for one in servants[number].holds}
    heads = {
        one.division for number in about if number in servants for one in servants[number].holds if one.leads
    }
    return Complaint(
        at=NOW,
        divisions=town.divisions({*named, *offices}),
        heads_of=frozenset(heads),
        people_of=frozenset(offices),
        marks=marks | conflict.about(about, {*named, *offices}),
    )


@st.composite
def towns(draw: st.DrawFn) -> Town:
    agencies = [f"{division}-gs" for division in DIVISIONS]
    agencies += [f"{division}-ts" for division in DIVISIONS if draw(st.integers(0, 4))]
    agencies += [f"{DIVISIONS[0]}-xn"] if draw(st.integers(0, 3)) else []
    seats = {}
    for code in agencies:
        duties = BUREAU if code.endswith("gs") else CENTRE if code.endswith("ts") else LEADING
        for duty in duties:
            post = f"{code}-{duty}"
            held = draw(
                st.lists(
                    st.sampled_from(PEOPLE),
                    min_size=draw(st.sampled_from((0, 1, 2, 2))),
                    max_size=2,
                    unique=True,
                )
            )
            seats[post] = Seat(
                post=post,
                title=post,
                agency=code,
                division=code[:6],
                duty=duty,
                holdings=tuple(
                    Holding(person=one, name=str(one), standing=standing, since=NOW - timedelta(days=900))
                    for one, standing in zip(held, (Standing.PRIMARY, Standing.COVER), strict=False)
                ),
            )
    pairs = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=6))
    kin: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other:
            kin.setdefault(one, set()).add(other)
            kin.setdefault(other, set()).add(one)
    return Town(seats=seats, kin={one: frozenset(more) for one, more in kin.items()}, names=tuple(agencies))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Town, Complaint]:
    town = draw(towns())
    named = frozenset(
        draw(st.lists(st.sampled_from(town.names), max_size=draw(st.sampled_from((1, 1, 2))), unique=True))
    )
    about = set(
        draw(st.lists(st.sampled_from(PEOPLE), max_size=draw(st.sampled_from((0, 0, 1, 2))), unique=True))
    )
    earlier = draw(st.lists(st.sampled_from(PEOPLE), max_size=draw(st.sampled_from((0, 0, 3))), unique=True))
    return town, told_of(town, about=about, named=named, marks=frozenset(map(conflict.person, earlier)))


def reaching(town: Town, complaint: Complaint) -> list[Centre]:
    return [
        one
        for one in town.centres()
        if all(place.startswith(stem(one.division)) for place in complaint.divisions)
    ]


def free_people(seat: Seat, town: Town, marks: frozenset[str]) -> set[int]:
    standings = town.standings()
    return {one.person for one in seat.holdings if not in_conflict(marks, standings[one.person])}


def capacities(town: Town, person: int) -> list[Capacity]:
    return [one for one in (seat.held_by(person, at=NOW) for seat in town.seats.values()) if one is not None]


def judged(dossier: Dossier, town: Town, act: Act | None = None) -> Dossier:
    """Return the dossier with who a conflict keeps out, as the desk reads it."""
    servants, marks, since = town.servants(), dossier.state.barred, dossier.opening.at
    more = (act.bars() if act else frozenset()) - marks
    return dataclasses.replace(
        dossier,
        people=servants,
        barred=kept_out(marks, servants, kin=town.kin, since=since),
        foreseen=kept_out(more, servants, kin=town.kin, since=since),
        folded=dossier.state,
    )


def completed(act: Act, dossier: Dossier, town: Town) -> Act:
    """Return the act as the desk completes it: the offices of persons named, the posts of the centre above."""
    if isinstance(act, SubjectNamed | PassedUp) and act.about:
        offices = told_of(town, about=set(act.about), named=frozenset()).people_of
        act = dataclasses.replace(act, agencies=tuple(sorted({*act.agencies, *offices})))
    if not isinstance(act, PassedUp | TakenUp | RetaliationReported):
        return act
    about = set(act.about) if isinstance(act, PassedUp) else set()
    routed = town.above(dossier, marks=dossier.state.barred | act.bars(), about=about)
    if isinstance(act, TakenUp) and (routed is None or routed.agency != act.by.agency):
        return act
    if routed is None:
        kept = (Role.CENTRE, Role.HANDLER, Role.REVIEWER)
        posts = tuple(Responsible(role=one, post=dossier.post_of(one)) for one in kept)
    else:
        top = any(one.role is Role.SUPERIOR for one in routed.posts)
        posts = routed.posts if top else (*routed.posts, Responsible(role=Role.SUPERIOR, post=""))
    return dataclasses.replace(act, posts=posts)
