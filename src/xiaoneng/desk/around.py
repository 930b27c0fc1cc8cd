"""What stands around a matter when an act is judged: the people it names, open tasks, matters about the same thing.

Read once, before the rules are asked, so that they can stay pure. Matters that name nobody cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import QuerySet

from xiaoneng.desk import derelictions, referring
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act
from xiaoneng.matters.conflict import kept_out
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.roles import concerned, named_by
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.cards import CardClosed, CardIssued
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered, MeasureDecided
from xiaoneng.matters.vocabulary.duty import LeaveRequested, MoveProposed
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.matters.vocabulary.inquiry import Asked
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import CITIZEN, Standing
from xiaoneng.organisation.roster import Seat, Servant
from xiaoneng.rules.first_inquiry import same_inquiry


def surrounded(dossier: Dossier, act: Act | None = None) -> Dossier:
    """Return the dossier with what its rules need to know of the world around it, and that `act` names."""
    people = _people(dossier, act)
    dossier = replace(dossier, people=people, folded=dossier.state)
    dossier = _judged_for_conflict(dossier, act)
    opening = dossier.opening
    match opening:
        case LeaveRequested():
            return replace(dossier, seats=_with_posts_of(opening.person, dossier), folded=dossier.state)
        case MoveProposed():
            return replace(dossier, open_tasks=_tasks(opening, dossier), folded=dossier.state)
        case Asked() if len(dossier.acts) == 1 and not dossier.number:
            return replace(dossier, twins=tuple(_twins(opening, dossier)), folded=dossier.state)
        case DerelictionRegistered() | BanBreachFound() | ExposureProposed():
            return _of_accountability(opening, dossier, act)
        case CardIssued() if isinstance(act, CardClosed):
            return replace(dossier, twins=tuple(_disposing(opening)), folded=dossier.state)
        case _:
            return dossier


def _of_accountability(
    opening: derelictions.Opened | ExposureProposed, dossier: Dossier, act: Act | None
) -> Dossier:
    if isinstance(opening, ExposureProposed):
        return referring.with_proof(opening, dossier)
    if not dossier.number:
        twins, known = derelictions.twins(opening), derelictions.known(opening)
        return replace(dossier, twins=twins, known=known, folded=dossier.state)
    if isinstance(opening, BanBreachFound) and isinstance(act, MeasureDecided):
        earlier = derelictions.earlier(opening, besides=dossier.number)
        return replace(dossier, earlier=earlier, folded=dossier.state)
    return dossier


def _people(dossier: Dossier, act: Act | None) -> Mapping[int, Servant]:
    wanted = concerned(dossier) | frozenset(team_of(dossier.acts)) | (named_by(act) if act else frozenset())
    return organisation.servants(wanted, since=dossier.opening.at)


def _judged_for_conflict(dossier: Dossier, act: Act | None) -> Dossier:
    """Return the dossier with who a conflict keeps out of it, and whom `act` would keep out as well."""
    barred, more = dossier.state.barred, frozenset[str]()
    if act is not None and dossier.procedure.confidential:
        more = act.bars() - barred
    if not barred and not more:
        return dossier
    holders = {one.person for seat in dossier.seats.values() for one in seat.holdings}
    asked = holders | ({act.by.person} | named_by(act) if act else set())
    since = dossier.opening.at
    servants = organisation.servants(asked, since=since)
    kin = organisation.relatives(servants)
    return replace(
        dossier,
        barred=kept_out(barred, servants, kin=kin, since=since),
        foreseen=kept_out(more, servants, kin=kin, since=since),
        folded=dossier.state,
    )


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


def _twins(opening: Asked, dossier: Dossier) -> Iterator[str]:
    """Yield the matters that already stand for the same open inquiry."""
    rows = ActRecord.objects.filter(matter__procedure=dossier.procedure.key, sequence=1)
    near = rows.filter(matter__agency=opening.agency, matter__is_open=True)
    yield from (
        number for number, act in _read(near) if isinstance(act, Asked) and same_inquiry(act, opening)
    )


def _disposing(opening: CardIssued) -> Iterator[str]:
    """Yield the dereliction matters registered for a card."""
    rows = ActRecord.objects.filter(matter__procedure="discipline", sequence=1)
    for number, act in _read(rows.filter(body__contains=opening.card)):
        if isinstance(act, DerelictionRegistered) and act.reference.strip() == opening.card:
            yield number


def _read(rows: QuerySet[ActRecord]) -> Iterator[tuple[str, Act]]:
    for row in rows.select_related("matter", "particulars").order_by("pk"):
        personal = getattr(row, "particulars", None)
        # Who registered it plays no part in whether it is the same.
        shared = {"at": row.at, "by": CITIZEN}
        body = personal.body if personal else None
        yield row.matter.number, codec.read(row.verb, body=row.body, personal=body, shared=shared)
