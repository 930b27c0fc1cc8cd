"""Who supervises, and how far: whoever does not reads these pages as absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import reach
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervisor:
    """A reader who supervises, in which posts, and the prefixes of divisions that these reach."""

    by: tuple[Capacity, ...]
    prefixes: tuple[str, ...]
    home: str

    def reaches(self, division: str) -> bool:
        """Tell whether a division is under this supervision."""
        return division.startswith(self.prefixes)

    def divisions(self, city: Places) -> dict[str, Phrase]:
        """Return the divisions under this supervision, by code."""
        return {code: name for code, name in city.divisions.items() if self.reaches(code)}

    def division(self, request: HttpRequest) -> str:
        """Return the division asked for, the supervisor's own where none or a foreign one is."""
        asked = request.GET.get("division", "")
        return asked if asked and self.reaches(asked) else self.home


def supervisor(request: HttpRequest, *, now: datetime) -> Supervisor:
    """Return the reader as a supervisor; raises Http404 for everybody else."""
    by = tuple(one for one in capacities_of(request.user, at=now) if one.duty is Duty.SUPERVISE)
    if not by:
        raise Http404
    return Supervisor(by=by, prefixes=tuple(map(reach, by)), home=by[0].division)
