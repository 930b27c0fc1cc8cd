"""From a request to a matter, and to the right in which it is read: by code, in a post, or as everybody may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from xiaoneng.desk.recording import read
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import access
from xiaoneng.matters.conflict import agencies_in, persons_in
from xiaoneng.matters.number import SHAPE, NumberFaulty, parse
from xiaoneng.matters.roles import visible_parts
from xiaoneng.organisation.access import capacities_of, divisions, holds_of
from xiaoneng.organisation.access import names_of as people_named
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.choices import visited
from xiaoneng.web.naming import APPLICANT, names_of
from xiaoneng.web.pages.matters import codes
from xiaoneng.web.showing import View, view_of


class Slip(ValueError):
    """What was typed is no number of ours; the message says what to look at, in the reader's language."""


def number_of(text: str) -> str:
    """Return the number as printed, from what a person typed; raises Slip."""
    try:
        return parse(text)
    except NumberFaulty:
        tidy = "".join(text.split()).upper().replace("－", "-").replace("—", "-")
        if not text.strip():
            raise Slip(gettext("请填写办件编号。")) from None
        if SHAPE.fullmatch(tidy):
            raise Slip(gettext("编号有一位抄错了：最后一位校验码与前面对不上，请逐位核对。")) from None
        raise Slip(
            gettext("编号由两个字母、四位年份、七位序号和一位校验码组成，如 XK2026-0001234-7。")
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An official before a matter: in which capacities, and the matter as it reads now."""

    capacities: tuple[Capacity, ...]
    view: View


def staff_view(request: HttpRequest, number: str, *, now: datetime) -> Staff:
    """Return a matter to an official who may see it; raises Http404, whether it is absent or not theirs."""
    acting = capacities_of(request.user, at=now)
    for by in (acting, _of_own_office(request, acting, now=now)):
        try:
            matter = access.access_matter(number, by=by)
        except access.NotFound:
            continue
        view = _view(matter.number, now=now)
        if by is acting or matter.procedure not in access.PUBLIC or _in_place(view, by):
            return Staff(capacities=by, view=view)
    raise Http404


def _in_place(view: View, by: tuple[Capacity, ...]) -> bool:
    """Tell whether one of these acts in this matter alone, in place of a holder who must stand aside."""
    holder = view.dossier.who_has_it(at=view.now)
    return holder is not None and holder in by


def _of_own_office(
    request: HttpRequest, acting: tuple[Capacity, ...], *, now: datetime
) -> tuple[Capacity, ...]:
    """Return also the posts held without acting in them: leave and hand-over are theirs as well."""
    return tuple({one.post: one for one in (*holds_of(request.user, at=now), *acting)}.values())


def traced(number: str) -> bool:
    """Tell whether a number is that of a matter whose trace everybody may read."""
    try:
        access.public_trace(number)
    except access.NotFound:
        return False
    return True


def public_view(number: str, *, now: datetime, public: bool) -> View:
    """Return a public matter as everybody may see it, or whole to whoever showed its code; raises Http404.

    In a confidential matter officials are named by their posts alone, even to whoever has its code.
    """
    try:
        matter = access.public_trace(number) if public else access.followed(number)
    except access.NotFound:
        raise Http404 from None
    return _view(matter.number, now=now, public=public or matter.procedure in access.CONFIDENTIAL)


def _view(number: str, *, now: datetime, public: bool = False) -> View:
    dossier = read(number)
    seats = dossier.seats.values()
    about = agencies_in(dossier.state.barred)
    names = names_of({dossier.opening.agency, *about, *visited(dossier), *(seat.agency for seat in seats)})
    named = replace(names, applicant=APPLICANTS.get(dossier.procedure.key, APPLICANT))
    if dossier.procedure.key in access.CONFIDENTIAL:
        named = replace(named, places=_places(), people=people_named(persons_in(dossier.state.barred)))
    return view_of(dossier, names=named, now=now, public=public)


def _places() -> Mapping[str, Phrase]:
    return {one.pk: Phrase(one.zh, one.en) for one in divisions()}


APPLICANTS = {"complaint": Phrase("投诉人", "The complainant")}
"""What the citizen of a matter is called where that is not the applicant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """In what right a paper of a matter is read."""

    number: str
    personal: bool
    inside: bool = False


def right_to(request: HttpRequest, number: str, *, now: datetime) -> Right:
    """Return the right to read a matter's papers, by its code or in a post; raises Http404 without one."""
    try:
        known = parse(number)
    except NumberFaulty:
        raise Http404 from None
    if codes.remembered(request, known, now=now):
        return Right(number=access.followed(known).number, personal=True)
    staff = staff_view(request, known, now=now)
    personal = any(visible_parts(by, staff.view.dossier) for by in staff.capacities)
    return Right(number=known, personal=personal, inside=True)


def paper_address(number: str, sequence: int) -> str:
    """Return where the paper of an act is."""
    return reverse("paper", args=(number, sequence))


def receipt_address(number: str, sequence: int) -> str:
    """Return where the signed receipt of an act is."""
    return reverse("receipt", args=(number, sequence))
