"""Reading a matter into a dossier: acts, procedure, calendar, item and posts, in few queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act, Opening
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.queries import acts_of, personal_of
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.procedures.book import procedure


def act_from(record: ActRecord) -> Act:
    """Return the act of a record."""
    personal = personal_of(record)
    shared = {"at": record.at, "by": _capacity(record.actor)}
    return codec.read(
        record.verb, body=record.body, personal=personal.body if personal else None, shared=shared
    )


def _capacity(text: str) -> Capacity:
    found = json.loads(text)
    found["standing"] = Standing(found["standing"])
    found["duty"] = Duty(found["duty"]) if found["duty"] else None
    return Capacity(**found)


def dossier_of(matter: Matter, records: Sequence[ActRecord] | None = None) -> Dossier:
    """Return the dossier of a matter; `records` spares reading them again."""
    rows = acts_of(matter) if records is None else records
    acts = tuple(act_from(row) for row in rows)
    return assembled(matter.number, acts, recorded=tuple(row.recorded_at for row in rows))


def assembled(number: str, acts: tuple[Act, ...], *, recorded: tuple[datetime, ...] = ()) -> Dossier:
    """Return the dossier of these acts with everything around them that governs."""
    opening = acts[0]
    assert isinstance(opening, Opening)  # noqa: S101 - the first act of a matter always is
    item = catalogue.facts(opening.item, opening.item_edition) if opening.item else None
    dossier = Dossier(
        number=number,
        procedure=procedure(opening.procedure, opening.edition),
        book=calendar_book(opening.calendar),
        acts=acts,
        recorded=recorded,
        item=item,
    )
    return with_seats(dossier, ())


def with_seats(dossier: Dossier, more: Iterable[str]) -> Dossier:
    """Return the dossier with the posts that stand in it, and `more`, read afresh."""
    wanted = {*dossier.state.posts.values(), *more} - {""}
    found = organisation.seats(wanted, since=dossier.opening.at)
    return replace(dossier, seats=found, folded=dossier.state)
