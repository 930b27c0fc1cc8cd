"""Reading a matter into a dossier: acts, procedure, calendar, item and posts, in few queries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.desk.around import surrounded
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act, Opening
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Matter
from xiaoneng.matters.queries import ActRow, act_rows
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.procedures.book import procedure


@lru_cache(maxsize=5_000)
def _capacity(text: str) -> Capacity:
    found = json.loads(text)
    found["standing"] = Standing(found["standing"])
    found["duty"] = Duty(found["duty"]) if found["duty"] else None
    return Capacity(**found)


def dossier_of(matter: Matter, *, act: Act | None = None) -> Dossier:
    """Return the dossier of a matter, ready to judge `act` as its next."""
    return of_rows(matter.number, act_rows(matter.pk), act=act)


def of_rows(
    number: str, rows: Sequence[ActRow], *, act: Act | None = None, revision: int | None = None
) -> Dossier:
    """Return the dossier of a matter whose acts were read before; see `assembled` for `revision`."""
    acts = tuple(act_of(row) for row in rows)
    recorded = tuple(row.recorded_at for row in rows)
    return assembled(number, acts, recorded=recorded, act=act, revision=revision)


def assembled(
    number: str,
    acts: tuple[Act, ...],
    *,
    recorded: tuple[datetime, ...] = (),
    act: Act | None = None,
    revision: int | None = None,
) -> Dossier:
    """Return the dossier of these acts with everything around them that governs, and that `act` touches.

    `revision` spares asking for the organisation's when many are read.
    """
    opening = acts[0]
    assert isinstance(opening, Opening)  # noqa: S101 - the first act of a matter always is
    revision = organisation.revision() if revision is None else revision
    dossier = Dossier(
        number=number,
        procedure=procedure(opening.procedure, opening.edition),
        book=calendar_book(opening.calendar, revision=revision),
        acts=acts,
        recorded=recorded,
        item=catalogue.facts(opening.item, opening.item_edition) if opening.item else None,
    )
    posts = {*dossier.state.posts.values(), *(_posts_of(act) if act else ())}
    seats = organisation.seats(posts, revision=revision)
    return surrounded(replace(dossier, seats=seats, folded=dossier.state), act)


def _posts_of(act: Act) -> tuple[str, ...]:
    """Return the posts that an act touches beyond those that stand in the matter."""
    several: tuple[str, ...] = getattr(act, "others", ())
    given = () if isinstance(act, Opening) else tuple(one.post for one in getattr(act, "posts", ()))
    return tuple(filter(None, (act.by.post, str(getattr(act, "post", "")), *several, *given)))


@lru_cache(maxsize=50_000)
def _kept(act_hash: bytes, verb: str, body: str, personal: str | None, at: datetime, actor: str) -> Act:
    """Return the act of a stored row. Rows never change, so what was read once is kept."""
    return codec.read(verb, body=body, personal=personal, shared={"at": at, "by": _capacity(actor)})


def act_of(row: ActRow) -> Act:
    """Return the act of a stored row."""
    return _kept(row.act_hash, row.verb, row.body, row.personal, row.at, row.actor)
