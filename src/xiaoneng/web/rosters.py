"""The duty roster (岗位) as pages show it: every post with its duties, A, B, who acts now and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import access as organisation
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.roster import Seat
from xiaoneng.web.parts import Who, Words

NOBODY = Phrase("没有 A 岗", "No holder")
EMPTY = Phrase("现在无人在岗", "Nobody acts in it now")
NO_COVER = Phrase("没有 B 岗", "No cover")
NO_DUTIES = Phrase("没有写明职责", "No duties written down")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post: `flaws` say what is missing for it to be answered for."""

    code: str
    agency: str
    title: Phrase
    duty: Phrase
    duties: Phrase
    primary: Words
    cover: Words
    acting: Who | None
    superior: Words
    phone: str
    flaws: tuple[Phrase, ...]


def roster(agencies: Iterable[str], *, now: datetime) -> dict[str, tuple[PostLine, ...]]:
    """Return the posts of these agencies, each by its agency; in few queries however many there are.

    Inspectors have a register of their own, and stand empty without fault once their mandates have ended.
    """
    wanted = list(agencies)
    rows = [
        (one.pk, one.agency_id, Phrase(one.zh, one.en), Phrase(one.duties, one.duties_en or one.duties))
        for one in organisation.posts_of_all(wanted)
        if one.duty != Duty.INSPECT
    ]
    titles = {code: title for code, _, title, _ in rows}
    seats = organisation.seats(titles)
    people = organisation.names_of(_people(seats.values(), at=now))
    found: dict[str, list[PostLine]] = {agency: [] for agency in wanted}
    for code, agency, _, duties in rows:
        found[agency].append(_line(seats[code], titles, people, duties=duties, at=now))
    return {agency: tuple(lines) for agency, lines in found.items()}


def _people(seats: Iterable[Seat], *, at: datetime) -> Iterator[int]:
    for seat in seats:
        yield from (held.person for held in seat.holdings if held.holds(at))


def _line(
    seat: Seat,
    titles: Mapping[str, Phrase],
    people: Mapping[int, Phrase],
    *,
    duties: Phrase,
    at: datetime,
) -> PostLine:
    acting = seat.acting(at=at)
    return PostLine(
        code=seat.post,
        agency=seat.agency,
        title=titles[seat.post],
        duty=seat.duty.phrase,
        duties=duties,
        primary=_held(seat, Standing.PRIMARY, people, at=at),
        cover=_held(seat, Standing.COVER, people, at=at),
        acting=Who(
            name=people.get(acting.person, acting.name),
            standing=acting.standing.value,
            acting_for=people.get(acting.acting_for, acting.acting_for_name),
        )
        if acting
        else None,
        superior=titles.get(seat.superior, ""),
        phone=seat.phone,
        flaws=tuple(_flaws(seat, duties=duties, at=at)),
    )


def _held(seat: Seat, standing: Standing, people: Mapping[int, Phrase], *, at: datetime) -> Words:
    held = seat.holding(standing, at=at)
    return people.get(held.person, held.name) if held else ""


def _flaws(seat: Seat, *, duties: Phrase, at: datetime) -> Iterator[Phrase]:
    if seat.holding(Standing.PRIMARY, at=at) is None:
        yield NOBODY
    if seat.holding(Standing.COVER, at=at) is None and seat.duty is not Duty.HEAD:
        yield NO_COVER
    if seat.acting(at=at) is None:
        yield EMPTY
    if not duties.zh.strip():
        yield NO_DUTIES
