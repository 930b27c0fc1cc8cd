"""What stands around a matter when an act is judged: the people it names, open tasks, matters about the same thing.

Read once, before the rules are asked, so that they can stay pure. Matters that name nobody cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import QuerySet

from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act
from xiaoneng.matters.conflict import in_conflict, standing_of
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.roles import concerned, named_by
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.matters.vocabulary.duty import LeaveRequested, MoveProposed
from xiaoneng.matters.vocabulary.inquiry import Asked
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import CITIZEN, Standing
from xiaoneng.organisation.roster import Seat, Servant
from xiaoneng.rules.first_inquiry import same_inquiry


def surrounded(dossier: Dossier, act: Act | None = None) -> Dossier:
    """Return the dossier with what its rules need to know of the world around it, and that `act` names."""
    people = _people(dossier, act)
    dossier = replace(dossier, people=people, folded=dossier.state)
    if dossier.state.barred:
        dossier = replace(dossier, barred=_in_conflict(dossier, act), folded=dossier.state)
    opening = dossier.opening
    match opening:
        case LeaveRequested():
            return replace(dossier, seats=_with_posts_of(opening.person, dossier), folded=dossier.state)
        case MoveProposed():
            return replace(dossier, open_tasks=_tasks(opening, dossier), folded=dossier.state)
        case DerelictionRegistered() | Asked() if len(dossier.acts) == 1 and not dossier.number:
            return replace(dossier, twins=tuple(_twins(opening, dossier)), folded=dossier.state)
        case _:
            return dossier


def _people(dossier: Dossier, act: Act | None) -> Mapping[int, Servant]:
    wanted = concerned(dossier) | frozenset(team_of(dossier.acts)) | (named_by(act) if act else frozenset())
    return organisation.servants(wanted, since=dossier.opening.at)


def _in_conflict(dossier: Dossier, act: Act | None) -> frozenset[int]:
    """Return who of the holders of the matter's posts, and of the next actor, a conflict of interest keeps out."""
    holders = {one.person for seat in dossier.seats.values() for one in seat.holdings}
    asked = holders | ({act.by.person} if act else set()) | (named_by(act) if act else set())
    since = dossier.opening.at
    servants = organisation.servants(asked, since=since)
    kin = organisation.relatives(servants)
    standings = (
        standing_of(servant, relatives=kin.get(person, ()), since=since)
        for person, servant in servants.items()
    )
    return frozenset(one.person for one in standings if in_conflict(dossier.state.barred, one))


def _with_posts_of(person: int, dossier: Dossier) -> dict[str, Seat]:
    """Return the seats of the dossier and every post that `person` holds: leave is leave from all of them."""
    servant = dossier.people.get(person)
    held = {one.post for one in servant.holds} if servant else set()
    return {
        **dossier.seats,
        **organisation.seats(held - set(dossier.seats), revision=organisation.revision()),
    }


def _tasks(opening: MoveProposed, dossier: Dossier) -> tuple[str, ...]:
    """Return the open matters that whoever leaves has in hand: those of the post, if it is they who act in it."""
    seat = dossier.seats.get(opening.post)
    first = opening.standing.value == Standing.PRIMARY.value
    acting = seat.acting(at=dossier.acts[-1].at) if seat else None
    if not opening.leaving or not (first or (acting and acting.person == opening.leaving)):
        return ()
    rows = Matter.objects.filter(is_open=True, owner_post=opening.post).exclude(number=dossier.number)
    return tuple(rows.order_by("number").values_list("number", flat=True))


def _twins(opening: DerelictionRegistered | Asked, dossier: Dossier) -> Iterator[str]:
    """Yield the matters that already stand for the same dereliction, or the same open inquiry."""
    rows = ActRecord.objects.filter(matter__procedure=dossier.procedure.key, sequence=1)
    if isinstance(opening, DerelictionRegistered):
        about = rows.filter(body__contains=f'"person":{opening.person}')
        yield from (number for number, act in _read(about) if _same_dereliction(act, opening))
    else:
        near = rows.filter(matter__agency=opening.agency, matter__is_open=True)
        yield from (
            number for number, act in _read(near) if isinstance(act, Asked) and same_inquiry(act, opening)
        )


def _same_dereliction(act: Act, opening: DerelictionRegistered) -> bool:
    if not isinstance(act, DerelictionRegistered):
        return False
    return (act.person, act.reference.strip()) == (opening.person, opening.reference.strip())


def _read(rows: QuerySet[ActRecord]) -> Iterator[tuple[str, Act]]:
    for row in rows.select_related("matter", "particulars").order_by("pk"):
        personal = getattr(row, "particulars", None)
        # Who registered it plays no part in whether it is the same.
        shared = {"at": row.at, "by": CITIZEN}
        body = personal.body if personal else None
        yield row.matter.number, codec.read(row.verb, body=row.body, personal=body, shared=shared)
