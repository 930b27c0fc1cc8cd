"""What helps the clerk while a complaint is told: where it would go and why, its kind, what says nearly the same."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.desk.opening import CannotOpen
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Manner
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.pages.complaints.destination import Destination, destination
from xiaoneng.web.pages.complaints.telling import Telling
from xiaoneng.web.parts import Link, Words
from xiaoneng.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Helps:
    """What is known of a complaint half told; nothing of whoever complains."""

    destination: Destination | None = None
    faults: tuple[Words, ...] = ()
    kinds: tuple[Words, ...] = ()
    near: tuple[Link, ...] = ()


def helps(form: Telling, *, by: Capacity, city: Places) -> Helps:
    """Return what can be said of what is typed so far."""
    act = _so_far(form, by=by)
    try:
        where = destination(act, city=city, now=form.now)
    except CannotOpen as fault:
        return Helps(faults=fault.faults)
    return Helps(destination=where)


def _so_far(form: Telling, *, by: Capacity) -> ComplaintMade:
    """Return the act as it would read now, without anything that will be sealed."""
    typed = form.typed
    return ComplaintMade(
        at=form.now,
        by=by,
        channel=ComplaintChannel.PHONE,
        manner=Manner.ANONYMOUS,
        agencies=tuple(one for one in typed.getlist("agencies") if one in city_codes(form)),
        about=tuple(int(one) for one in typed.getlist("about") if one.isdecimal()),
        about_words=typed.get("about_words", ""),
        place=typed.get("place", ""),
        matter=typed.get("matter", ""),
        text=typed.get("text", ""),
    )


def city_codes(form: Telling) -> frozenset[str]:
    """Return the agencies that can be picked now."""
    return form.whom.codes()
