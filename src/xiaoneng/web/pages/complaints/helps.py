"""What helps the clerk while a complaint is told: where it would go and why, its kind, what says nearly the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse

from xiaoneng.desk import centre as desk
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.subjects import Proposed, propose
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Manner
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.pages.complaints.destination import Destination, destination
from xiaoneng.web.pages.complaints.sifting import Asked
from xiaoneng.web.pages.complaints.telling import Telling
from xiaoneng.web.parts import Link, Words
from xiaoneng.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Helps:
    """What is known of a complaint half told; nothing of whoever complains."""

    destination: Destination | None = None
    faults: tuple[Words, ...] = ()
    kinds: tuple[tuple[Phrase, str], ...] = ()
    subjects: tuple[tuple[Phrase, str], ...] = ()
    near: tuple[Link, ...] = ()
    lately: Link | None = None


def helps(form: Telling, *, by: Capacity, city: Places) -> Helps:
    """Return what can be said of what is typed so far."""
    act = _so_far(form, by=by)
    found, proposal = desk.alike((by,), text=act.text, agencies=act.agencies, now=form.now), propose(act.text)
    told = Helps(
        kinds=tuple(_because(one) for one in proposal.conduct[:KINDS]),
        subjects=tuple(_because(one) for one in (proposal.subject, *proposal.others) if one is not None),
        near=tuple(_near(number, share) for number, share in found.numbers),
        lately=_lately(found.lately, act.agencies),
    )
    try:
        return replace(told, destination=destination(act, city=city))
    except CannotOpen as fault:
        return replace(told, faults=fault.faults)


KINDS = 2


def _because(one: Proposed) -> tuple[Phrase, str]:
    """Return a proposal with the words that speak for it."""
    part = one.part
    name = Phrase(f"{one.name.zh}·{part.name.zh}", f"{one.name.en}: {part.name.en}") if part else one.name
    return name, "、".join(one.because)


def _near(number: str, share: float) -> Link:
    words = Phrase(f"{number}（{share:.0%} 相同）", f"{number} ({share:.0%} alike)")
    return Link(words=words, href=reverse("desk-matter", args=(number,)))


def _lately(count: int, agencies: tuple[str, ...]) -> Link | None:
    if not count:
        return None
    words = Phrase(
        f"近 90 天投诉同一单位的 {count} 件", f"About the same office in the last 90 days: {count}"
    )
    return Link(words=words, href=Asked(wanted=desk.Wanted(agency=agencies[0])).address())


def _so_far(form: Telling, *, by: Capacity) -> ComplaintMade:
    """Return the act as it would read now, without anything that will be sealed."""
    typed, codes, persons = form.typed, form.whom.codes(), form.whom.persons()
    number = typed.get("matter", "").strip()
    return ComplaintMade(
        at=form.now,
        by=by,
        channel=ComplaintChannel.PHONE,
        manner=Manner.ANONYMOUS,
        agencies=tuple(one for one in typed.getlist("agencies") if one in codes),
        about=tuple(int(one) for one in typed.getlist("about") if one.isdecimal() and int(one) in persons),
        about_words=typed.get("about_words", ""),
        place=typed.get("place", "") if typed.get("place", "") in form.city.divisions else "",
        matter=number if number and form.known(number) else "",
        text=typed.get("text", ""),
    )
