"""What the way to the form already knows: the matter or the agency from which somebody came to complain."""

from __future__ import annotations

from django.http import QueryDict

from xiaoneng.matters.access import NotFound, public_trace
from xiaoneng.web.places import Places


def prefilled(asked: QueryDict, city: Places) -> QueryDict:
    """Return the form's first answers: the public matter named in the address with its agency, or an agency."""
    found = QueryDict(mutable=True)
    number, agency = asked.get("matter", ""), asked.get("agency", "")
    try:
        matter = public_trace(number)
    except NotFound:
        matter = None
    if matter is not None:
        found["matter"], agency = matter.number, matter.agency
    if agency in city.agencies:
        found["agencies"] = agency
        found["place"] = city.agencies[agency].division
    return found
