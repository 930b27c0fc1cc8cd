"""Which centre takes a complaint (投诉归口), and why; who was passed over, and why. Pure: values in, a value out.

The nearest centre of all the divisions concerned takes it. About a head it is the centre one level up; about a
centre's own office or its people, or where everybody who could act is in conflict, the next higher one; above the
city's centre stands the office of the leading group. A complaint goes to nobody whom it bars, and never to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.conflict import Standing, agencies_in, in_conflict
from xiaoneng.matters.vocabulary.complaint_words import PassedOver
from xiaoneng.organisation.capacity import Duty
from xiaoneng.organisation.capacity import Standing as Hold
from xiaoneng.organisation.reach import level, stem
from xiaoneng.organisation.roster import Seat

NOBODY = Phrase(
    "没有可以受理本投诉的机构：能受理的投诉中心都涉及本投诉，且没有登记效能建设领导小组办公室的督察岗位",
    "Nobody can take this complaint: every centre that could is concerned by it, and no supervising post of the "
    "leading group's office is recorded",
)


class NoCentre(Exception):
    """Nobody is left to whom the complaint could go; `reason` says what is missing."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """An office that takes complaints: a centre, or the office of the leading group; with its posts by duty."""

    agency: str
    name: Phrase
    division: str
    leading: bool = False
    seats: Mapping[Duty, Seat] = field(default_factory=dict)

    @property
    def seat(self) -> Seat | None:
        """Return the post in which complaints are taken: 效能投诉, of the leading group 效能督察."""
        return self.seats.get(Duty.SUPERVISE if self.leading else Duty.COMPLAINTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What decides where a complaint goes: the divisions it concerns, those whose heads it names, its marks.

    `people_of` are the offices in which the persons complained of hold posts; `above` is a centre that had it.
    """

    at: datetime
    divisions: frozenset[str] = frozenset()
    heads_of: frozenset[str] = frozenset()
    people_of: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    above: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where a complaint goes: the office, the post in each role, why, and who was passed over."""

    agency: str
    posts: tuple[Responsible, ...]
    reason: Phrase
    passed_over: tuple[PassedOver, ...] = ()


def route(complaint: Complaint, centres: Sequence[Centre], standings: Mapping[int, Standing]) -> Routed:
    """Return where a complaint goes; raises NoCentre. `standings` are those of everybody who holds a centre's posts."""
    chain = _chain(complaint, centres)
    passed: list[PassedOver] = []
    fit: list[Centre] = []
    for centre in chain:
        why = _unfit(centre, complaint, standings)
        if why is None:
            fit.append(centre)
        elif not fit:
            passed.append(PassedOver(agency=centre.agency, reason=why))
    level = next((one for one in fit if _high_enough(one, complaint)), None)
    chosen = level or (fit[-1] if fit else None)
    if chosen is None:
        raise NoCentre(NOBODY)
    passed += [_too_low(one) for one in fit[: fit.index(chosen)]]
    above = next(iter(fit[fit.index(chosen) + 1 :]), None)
    return Routed(
        agency=chosen.agency,
        posts=tuple(_posts(chosen, above, complaint, standings)),
        reason=_reason(chosen, complaint, passed=bool(passed), high=level is not None),
        passed_over=tuple(passed),
    )


def _chain(complaint: Complaint, centres: Sequence[Centre]) -> list[Centre]:
    """Return the offices that reach every division concerned, nearest first; the leading group above the centres.

    Leading groups below the highest office take no complaints: above a county's centre stands the city's.
    """
    reach = [one for one in centres if all(_reaches(one, division) for division in complaint.divisions)]
    top = min((level(one.division) for one in reach), default=0)
    if not complaint.divisions:
        reach = [one for one in reach if level(one.division) == top]
    known = [one for one in reach if not one.leading or level(one.division) == top]
    known.sort(key=lambda one: (one.leading, -level(one.division), one.agency))
    places = [place for place, one in enumerate(known) if one.agency == complaint.above]
    return known[places[0] + 1 :] if places else known


def _reaches(centre: Centre, division: str) -> bool:
    return division.startswith(stem(centre.division))


def _high_enough(centre: Centre, complaint: Complaint) -> bool:
    """Tell whether an office stands above the office of every head complained of."""
    lowest = min((level(division) for division in complaint.heads_of), default=None)
    return lowest is None or centre.leading or level(centre.division) < lowest


def _unfit(centre: Centre, complaint: Complaint, standings: Mapping[int, Standing]) -> Phrase | None:
    """Return why an office may not have the complaint; None if it may."""
    if centre.agency in agencies_in(complaint.marks) or centre.agency in complaint.people_of:
        return Phrase(
            "投诉的就是该机构或者其人员", "It is that office, or somebody in it, that is complained of"
        )
    if centre.seat is None or not _holders(centre.seat, at=complaint.at):
        return Phrase("该机构没有人承担受理投诉的岗位", "Nobody holds the post there that takes complaints")
    if not has_free(centre.seat, complaint, standings):
        return Phrase(
            "该机构能办理的人都应当回避（本人、亲属、在被投诉单位任职或者办理过所投诉的事项）",
            "Everybody there who could act must stand aside: complained of, a relative, of that office, or had it before",
        )
    return None


def _too_low(centre: Centre) -> PassedOver:
    return PassedOver(
        agency=centre.agency,
        reason=Phrase(
            "投诉单位负责人，须由上一级办理", "It is about the head of an office: the level above takes it"
        ),
    )


def _holders(seat: Seat, *, at: datetime) -> list[int]:
    held = (one for one in seat.holdings if one.holds(at))
    return [one.person for one in held if one.qualified or one.standing is Hold.PRIMARY]


def has_free(seat: Seat | None, complaint: Complaint, standings: Mapping[int, Standing]) -> bool:
    """Tell whether somebody who may act in a post, present or away, is in no conflict."""
    if seat is None or seat.agency in agencies_in(complaint.marks):
        return False
    return any(
        number in standings and not in_conflict(complaint.marks, standings[number])
        for number in _holders(seat, at=complaint.at)
    )


ORDER: Mapping[Role, tuple[Duty, ...]] = {
    Role.REVIEWER: (Duty.REVIEW, Duty.OVERSEE, Duty.HEAD),
    Role.HEAD: (Duty.HEAD, Duty.OVERSEE),
    Role.LEADER: (Duty.OVERSEE, Duty.HEAD),
}
"""Which post of the office stands in a role, first choice first; if none is free, the office above."""


def _posts(
    chosen: Centre, above: Centre | None, complaint: Complaint, standings: Mapping[int, Standing]
) -> Iterator[Responsible]:
    seat = chosen.seat
    assert seat is not None  # noqa: S101 - an office without the post is unfit
    yield Responsible(role=Role.CENTRE, post=seat.post)
    yield Responsible(role=Role.HANDLER, post=seat.post)
    if above is not None and above.seat is not None:
        yield Responsible(role=Role.SUPERIOR, post=above.seat.post)
    offices = [chosen] if above is None else [chosen, above]
    for role, duties in ORDER.items():
        found = (
            one
            for office in offices
            for one in (*(office.seats.get(duty) for duty in duties), office.seat)
            if one is not None and one.post != seat.post and has_free(one, complaint, standings)
        )
        post = next(found, None)
        if post is not None:
            yield Responsible(role=role, post=post.post)
        elif (
            role is Role.REVIEWER
        ):  # it opens all the same; no answer goes out until another reviewer is named
            yield Responsible(role=role, post=seat.post)


def _reason(chosen: Centre, complaint: Complaint, *, passed: bool, high: bool) -> Phrase:
    zh, en = chosen.name.zh, chosen.name.en
    if not high:
        return Phrase(
            f"投诉单位负责人，上面没有可以受理的机构，由{zh}受理",
            f"It is about a head and there is no office above that could take it: {en} takes it",
        )
    if complaint.heads_of and passed:
        return Phrase(
            f"投诉单位负责人，由上一级的{zh}受理", f"About the head of an office: {en}, one level up"
        )
    if passed:
        return Phrase(
            f"较近的投诉中心涉及本投诉或者无人可办，由上一级的{zh}受理",
            f"The nearer centres are concerned by it or have nobody to act: {en} takes it",
        )
    if not complaint.divisions:
        return Phrase(f"未指明单位和地点，由{zh}受理", f"No office and no place is named: {en} takes it")
    if len(complaint.divisions) > 1:
        return Phrase(
            f"涉及多个地方，由管辖全部地方的{zh}受理并牵头",
            f"Several places are concerned: {en} reaches all, and leads",
        )
    return Phrase(f"就近由{zh}受理", f"The nearest centre: {en}")
