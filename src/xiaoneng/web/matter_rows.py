"""Rows of a list of matters, with light, stage and holder: what the inbox found, in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.catalogue.access import item_names
from xiaoneng.desk.inbox import Listed
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.organisation.access import seats
from xiaoneng.organisation.roster import Seat
from xiaoneng.procedures.book import latest, procedure
from xiaoneng.web import wording
from xiaoneng.web.lights import key_of, left_words
from xiaoneng.web.naming import APPLICANT, Names, names_of
from xiaoneng.web.parts import LightMark, MatterRow, Who, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What all rows of a page share: names of items, agencies and posts, and who acts where."""

    items: Mapping[str, Phrase]
    names: Names
    seats: Mapping[str, Seat]
    now: datetime

    def title(self, row: Listed) -> Words:
        """Return what a matter is about."""
        subject = row.matter.subject
        return self.items.get(row.matter.item) or Phrase(subject, latest(row.matter.procedure).name.en)

    def holder(self, row: Listed) -> Who:
        """Return who acts in the post that has the matter. Lists pass over nobody who withdrew from one matter."""
        if not row.matter.is_open:
            return Who(name="–")
        if not row.matter.owner_post:
            return Who(name=APPLICANT)
        seat = self.seats.get(row.matter.owner_post)
        acting = seat.acting(at=self.now) if seat else None
        post = self.names.post(row.matter.owner_post)
        return (
            self.names.who(acting)
            if acting
            else Who(name=Phrase("无人在岗", "Nobody at the post"), post=post)
        )


def surroundings(rows: Sequence[Listed], *, now: datetime, agencies: Iterable[str] = ()) -> Surroundings:
    """Return what the rows of a page share, in a number of queries that does not depend on how many there are.

    `agencies` are named besides those of the rows.
    """
    return Surroundings(
        items=item_names(one.matter.item for one in rows),
        names=names_of({*agencies, *(one.matter.agency for one in rows)}),
        seats=seats(one.matter.owner_post for one in rows),
        now=now,
    )


def matter_rows(
    rows: Sequence[Listed], around: Surroundings, *, address: Callable[[str], str]
) -> Iterator[MatterRow]:
    """Yield rows for a page; `address` says where a number leads."""
    for one in rows:
        yield MatterRow(
            number=one.matter.number,
            href=address(one.matter.number),
            title=around.title(one),
            light=light_mark(one),
            stage=stage(one),
            party=around.names.agency(one.matter.agency),
            holder=around.holder(one),
            due=one.due,
        )


def light_mark(one: Listed) -> LightMark:
    """Return the light of a row, with how long is left."""
    key = key_of(
        one.light,
        open_ended=one.open_ended,
        late=one.matter.closed_late,
        stage=one.matter.stage,
        inside=bool(one.matter.owner_post) and not latest(one.matter.procedure).public,
    )
    running = one.light not in {Light.CLOSED, Light.SUSPENDED, Light.WAITING}
    detail = left_words(one.left, one.unit, key=key) if running and one.left is not None else ""
    return LightMark(key=key, detail=detail)


def stage(one: Listed) -> Phrase:
    """Return the name of the stage in which a matter rests, by its own edition of the procedure."""
    stages = procedure(one.matter.procedure, one.matter.edition).stages()
    return next((each.name for each in stages if each.key == one.matter.stage), Phrase("", ""))


def csv_line(one: Listed, around: Surroundings) -> tuple[str, ...]:
    """Return a row for a table outside."""
    holder = around.holder(one)
    return (
        one.matter.number,
        wording.spoken(around.title(one)),
        wording.spoken(around.names.agency(one.matter.agency)),
        wording.spoken(stage(one)),
        wording.spoken(light_mark(one).word),
        one.due.isoformat() if one.due else "",
        "" if one.left is None else str(one.left),
        wording.spoken(holder.post),
        wording.spoken(holder.name),
        wording.local_day(one.matter.opened_at).isoformat(),
    )
