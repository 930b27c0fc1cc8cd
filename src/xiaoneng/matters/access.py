"""The only way from a request to a matter: which matters a capacity may see, and one of them.

Absent and forbidden read alike: whoever may not see a matter learns not even that it exists.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from xiaoneng.matters.models import Matter
from xiaoneng.matters.number import NumberFaulty, code_fits, parse
from xiaoneng.organisation.capacity import Capacity, Duty

PUBLIC = ("approval", "first_inquiry")
"""Procedures that citizens open and follow; the others are the office's own."""
CONFIDENTIAL = "discipline"
"""The procedure that only those it concerns and those who decide it may see."""


class NotFound(LookupError):
    """There is no such matter, or it is not for this asker: the two read alike."""


def visible_to(by: Iterable[Capacity]) -> QuerySet[Matter]:
    """Return the matters that somebody acting in these capacities may see; none for nobody.

    An official sees the public matters of their own agency and the office matters their posts stand in; a
    supervisor sees every public matter of the division and below. A dereliction matter is confidential: see
    `_confidential`.
    """
    allowed = Q(pk__in=())
    for capacity in by:
        if not capacity.official:
            continue
        allowed |= Q(agency=capacity.agency, procedure__in=PUBLIC)
        office = Q(owner_post=capacity.post)
        if capacity.duty in {Duty.HEAD, Duty.OVERSEE, Duty.PERSONNEL}:
            office |= Q(agency=capacity.agency)
        allowed |= office & ~Q(procedure=CONFIDENTIAL)
        allowed |= Q(pk__in=_taken_part(capacity)) | _confidential(capacity)
        if capacity.duty is Duty.SUPERVISE:
            allowed |= Q(division__startswith=reach(capacity), procedure__in=PUBLIC)
    return Matter.objects.filter(allowed)


def _confidential(capacity: Capacity) -> Q:
    """Return the dereliction matters of a capacity: the person's own, and those that lie with a post that decides.

    While the person concerned is heard, the matter lies with their post; whoever covers that post does not see it.
    """
    own = f'"person":{capacity.person}'
    about = Q(actrecord__sequence=1) & (
        Q(actrecord__body__contains=f"{own},") | Q(actrecord__body__contains=f"{own}}}")
    )
    matters = Matter.objects.filter(procedure=CONFIDENTIAL)
    allowed = Q(pk__in=matters.filter(about).values("pk"))
    if capacity.duty in {Duty.HEAD, Duty.PERSONNEL, Duty.SUPERVISE}:
        allowed |= Q(procedure=CONFIDENTIAL, owner_post=capacity.post)
    return allowed


def _taken_part(capacity: Capacity) -> QuerySet[Matter, int]:
    return Matter.objects.filter(actrecord__person=capacity.person).values_list("pk", flat=True)


def reach(capacity: Capacity) -> str:
    """Return the prefix of the division codes that a capacity reaches: 3302 for the city, 330203 for a district."""
    return capacity.division.rstrip("0") or capacity.division


def access_matter(number: str, *, by: Iterable[Capacity]) -> Matter:
    """Return one matter that these capacities may see; raises NotFound."""
    try:
        return visible_to(by).get(number=parse(number))
    except (Matter.DoesNotExist, NumberFaulty):
        raise NotFound(number) from None


def access_with_code(number: str, *, code: str) -> Matter:
    """Return a matter to whoever holds its code; raises NotFound."""
    try:
        matter = Matter.objects.get(number=parse(number), procedure__in=PUBLIC)
    except (Matter.DoesNotExist, NumberFaulty):
        raise NotFound(number) from None
    digest = bytes(matter.code_digest)
    if not code_fits(code, number=matter.number, secret=settings.SECRET_KEY, digest=digest):
        raise NotFound(number)
    return matter


def public_matters() -> QuerySet[Matter]:
    """Return every public matter, to be counted and shown without anybody's particulars."""
    return Matter.objects.filter(procedure__in=PUBLIC)


def public_trace(number: str) -> Matter:
    """Return a public matter for the page that shows only stage, clock and post, no person's particulars."""
    try:
        return Matter.objects.get(number=parse(number), procedure__in=PUBLIC)
    except (Matter.DoesNotExist, NumberFaulty):
        raise NotFound(number) from None
