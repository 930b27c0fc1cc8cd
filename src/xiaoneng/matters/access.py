"""The only way from a request to a matter: which matters a capacity may see, and one of them.

Absent and forbidden read alike: whoever may not see a matter learns not even that it exists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from xiaoneng.matters import conflict, queries
from xiaoneng.matters.models import ActRecord, Bar, Matter
from xiaoneng.matters.number import NumberFaulty, code_fits, parse
from xiaoneng.matters.vocabulary.cards import CONFIDENTIAL as CONFIDENTIAL_CARD
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.reach import stem

PUBLIC = ("approval", "first_inquiry")
"""Procedures that citizens open and follow, and whose trace everybody may see."""
BY_CODE = (*PUBLIC, "complaint")
"""Procedures that whoever holds the code follows."""
CONFIDENTIAL = ("discipline", "complaint", "topic", "exposure")
"""Procedures that only those they concern and those who decide them may see, and nobody in conflict."""
CARD = "card"
"""Cases of cards: seen by the post that answers, its leaders and supervision, and by nobody in conflict."""
COMPLAINTS = ("complaint", "topic")
"""Procedures of the complaint centres."""
WATCHED = ("inspection", "hotline")
"""Procedures of supervision's own, which it sees in every division that it reaches."""
DECIDES = {
    "discipline": frozenset({Duty.HEAD, Duty.PERSONNEL, Duty.SUPERVISE}),
    "complaint": frozenset(Duty),
    "exposure": frozenset(Duty),
    "topic": frozenset(Duty),
}
"""Duties whose post, while a confidential matter lies with it, may see the matter."""
LEADING = frozenset({Duty.HEAD, Duty.OVERSEE, Duty.PERSONNEL})
"""Duties that see the office matters of their own agency."""
CENTRE = frozenset({Duty.COMPLAINTS, Duty.OVERSEE, Duty.HEAD})
"""Duties that see every complaint of their own centre, and of those below: also in the leading group's office."""


class NotFound(LookupError):
    """There is no such matter, or it is not for this asker: the two read alike."""


def visible_to(by: Iterable[Capacity]) -> QuerySet[Matter]:
    """Return the matters that somebody acting in these capacities may see; none for nobody.

    An official sees the public matters of their own agency and the office matters their posts stand in; a
    supervisor sees every public matter, and every card, of the division and below. Confidential matters are seen
    by whom they lie with, complaints also by their centre and the one above, derelictions by the head and personnel
    of the agency and by supervision, and all by nobody in conflict.
    """
    by = tuple(by)
    allowed = Q(pk__in=())
    for capacity in by:
        if capacity.official:
            allowed |= _of_office(capacity) | _confidential(capacity) | _cards(capacity) | _watched(capacity)
            allowed |= Q(pk__in=_taken_part(capacity)) | _own_case(capacity)
    people = {one.person for one in by if one.official}
    return Matter.objects.filter(allowed & ~(Q(procedure__in=(*CONFIDENTIAL, CARD)) & closed_to(people)))


def _of_office(capacity: Capacity) -> Q:
    """Return the public matters of the agency, those that a supervisor reaches, and the office's own."""
    office = Q(owner_post=capacity.post)
    if capacity.duty in LEADING:
        office |= Q(agency=capacity.agency)
    found = Q(agency=capacity.agency, procedure__in=PUBLIC) | (
        office & ~Q(procedure__in=(*CONFIDENTIAL, CARD))
    )
    if capacity.duty is Duty.SUPERVISE:
        found |= Q(division__startswith=reach(capacity), procedure__in=PUBLIC)
    return found


def _watched(capacity: Capacity) -> Q:
    """Return the inspections and hotline orders that a supervisor reaches, and the inspections of whose team one is."""
    if capacity.duty is Duty.SUPERVISE:
        return Q(procedure__in=WATCHED, division__startswith=reach(capacity))
    if capacity.duty is Duty.INSPECT:
        return Q(procedure="inspection", pk__in=queries.inspected_by(capacity.person))
    return Q(pk__in=())


def _confidential(capacity: Capacity) -> Q:
    """Return the confidential matters that lie with the post, those of its agency, its centre, and those below."""
    found = Q(pk__in=())
    for procedure, duties in DECIDES.items():
        if capacity.duty in duties:
            found |= Q(procedure=procedure, owner_post=capacity.post)
    if capacity.duty in {Duty.HEAD, Duty.PERSONNEL}:
        found |= Q(procedure="discipline", agency=capacity.agency)
    if capacity.duty is Duty.SUPERVISE:
        found |= Q(procedure="discipline", division__startswith=reach(capacity))
    if capacity.duty in CENTRE:
        found |= Q(procedure__in=COMPLAINTS, agency=capacity.agency)
    if capacity.duty in {*CENTRE, Duty.SUPERVISE}:
        watches = Exists(organisation.complaint_offices().filter(agency_id=capacity.agency))
        found |= Q(watches, procedure__in=COMPLAINTS, division__startswith=reach(capacity))
    return found


def _cards(capacity: Capacity) -> Q:
    """Return the cases of cards that lie or lay with the post, those of its agency for leaders, those in reach.

    The leaders of an agency do not see a card about a confidential matter, unless it lies with them.
    """
    issued = ActRecord.objects.filter(matter=OuterRef("pk"), sequence=1)
    post = json.dumps(capacity.post, ensure_ascii=False)
    own = Exists(issued.filter(body__contains=f'{{"post":{post},"role":"handler"}}'))
    found = Q(owner_post=capacity.post) | (Q(agency=capacity.agency) & Q(own))
    if capacity.duty in LEADING:
        kept = Exists(issued.filter(body__contains=f'"traits":["{CONFIDENTIAL_CARD}"'))
        found |= Q(agency=capacity.agency) & ~Q(kept)
    if capacity.duty is Duty.SUPERVISE:
        found |= Q(division__startswith=reach(capacity))
    return Q(procedure=CARD) & found


def closed_to(people: Iterable[int]) -> Q:
    """Return the matters that a conflict of interest closes to one of these persons, as a predicate on matters."""
    return Q(pk__in=closed_keys(people))


def closed_keys(people: Iterable[int]) -> QuerySet[Bar, int]:
    """Return the keys of the matters that a conflict of interest closes to one of these (`matters.conflict`).

    Whoever holds a post in an agency complained of, or held one when the complaint came or later, is kept out,
    in whatever post they now ask; so are the persons complained of, their relatives, and who must stand aside.
    """
    people = set(people)
    barred = Q(mark__in=[conflict.person(one) for one in people])
    offices = organisation.offices_of(people, since=OuterRef("matter__opened_at"))
    barred |= Q(mark__in=_marks(offices, conflict.AGENCY, "post__agency_id"))
    for one, other in (("person_id", "relative_id"), ("relative_id", "person_id")):
        kin = organisation.kinship().filter(**{f"{one}__in": people})
        barred |= Q(mark__in=_marks(kin, conflict.KIN, other))
    return Bar.objects.filter(barred).values_list("matter_id", flat=True)


def _marks(rows: QuerySet[Any], kind: str, column: str) -> QuerySet[Any, Any]:
    """Return the marks that a column of rows makes, for the database to compare."""
    mark = Concat(Value(kind), Cast(F(column), CharField()), output_field=CharField())
    found: QuerySet[Any, Any] = rows.annotate(mark=mark).values("mark")
    return found


def _own_case(capacity: Capacity) -> Q:
    """Return the dereliction matters that are about the person.

    While the person concerned is heard, the matter lies with their post; whoever covers that post does not see it.
    """
    own = f'"person":{capacity.person}'
    about = Q(actrecord__sequence=1) & (
        Q(actrecord__body__contains=f"{own},") | Q(actrecord__body__contains=f"{own}}}")
    )
    matters = Matter.objects.filter(procedure__in=("discipline", "exposure"))
    return Q(pk__in=matters.filter(about).values("pk"))


def _taken_part(capacity: Capacity) -> QuerySet[Matter, int]:
    return Matter.objects.filter(actrecord__person=capacity.person).values_list("pk", flat=True)


def reach(capacity: Capacity) -> str:
    """Return the prefix of the division codes that a capacity reaches: 3302 for the city, 330203 for a district."""
    return stem(capacity.division) or capacity.division


def access_matter(number: str, *, by: Iterable[Capacity]) -> Matter:
    """Return one matter that these capacities may see; raises NotFound."""
    try:
        return visible_to(by).get(number=parse(number))
    except (Matter.DoesNotExist, NumberFaulty):
        raise NotFound(number) from None


def access_with_code(number: str, *, code: str) -> Matter:
    """Return a matter to whoever holds its code; raises NotFound."""
    try:
        matter = Matter.objects.get(number=parse(number), procedure__in=BY_CODE)
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


def followed(number: str) -> Matter:
    """Return a matter to whoever has already shown its code; the caller has made sure of that. Raises NotFound."""
    try:
        return Matter.objects.get(number=parse(number), procedure__in=BY_CODE)
    except (Matter.DoesNotExist, NumberFaulty):
        raise NotFound(number) from None
