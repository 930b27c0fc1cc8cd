"""Gaming checks (防造假检查): what looks arranged in the times of closed matters, by place and agency, with the matters."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import Gaming, gaming
from xiaoneng.supervision.counting import Period, Scope
from xiaoneng.supervision.gaming_checks import Check
from xiaoneng.web import clock
from xiaoneng.web.gaming_views import check_of, lines
from xiaoneng.web.pages.supervision.standing import Supervisor, supervisor
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Link
from xiaoneng.web.places import Places, places

DAYS = (30, 90, 365)
USUAL = 90
SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where, over how many days, and the matters of which check are listed."""

    division: str
    agency: str
    days: int
    check: Check | None

    @classmethod
    def of(cls, request: HttpRequest, who: Supervisor, city: Places) -> Asked:
        """Read an address; raises Http404 for an agency out of reach."""
        agency, days = request.GET.get("agency", ""), request.GET.get("days", "")
        if agency and not (agency in city.agencies and who.reaches(city.agencies[agency].division)):
            raise Http404
        return cls(
            division=city.agencies[agency].division if agency else who.division(request),
            agency=agency,
            days=int(days) if days in {str(one) for one in DAYS} else USUAL,
            check=check_of(request.GET.get("check", "")),
        )

    @property
    def query(self) -> dict[str, str]:
        """What keeps the place and the period in an address."""
        where = {"agency": self.agency} if self.agency else {"division": self.division}
        return {**where, "days": str(self.days)}


@login_required
@never_cache
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Show every check on the matters that a place or an agency closed, and the matters of one of them."""
    now, city = clock.now(), places()
    who = supervisor(request, now=now)
    asked = Asked.of(request, who, city)
    where = Scope(agency=asked.agency) if asked.agency else Scope(division=asked.division)
    found = gaming(where, period=Period.last(asked.days, today=clock.today()))
    name = city.agency(asked.agency) if asked.agency else city.division(asked.division)
    shown = {
        "asked": asked,
        "name": name,
        "divisions": who.divisions(city).items(),
        "periods": DAYS,
        "lines": lines(found.total, opens=f"?{urlencode(asked.query)}&"),
        "agencies": [] if asked.agency else _agencies(found, city, asked),
        "checks": [one.phrase for one in Check],
        "now": now,
        "crumbs": (
            Link(words=gettext("督察"), href=f"{reverse('supervision')}?division={asked.division}"),
            Link(words=gettext("防造假检查"), href=""),
        ),
        **_matters(request, found, asked),
    }
    return render(request, "xiaoneng/supervision/gaming.html", shown)


def _agencies(found: Gaming, city: Places, asked: Asked) -> list[tuple[Phrase, str, tuple[object, ...]]]:
    """Return a line for each agency in which a check found anything, most warnings first."""
    several = [(code, own) for code, own in found.agencies.items() if any(one.count for one in own)]
    several.sort(key=lambda one: (-sum(each.warns for each in one[1]), one[0]))
    return [
        (
            city.agency(code),
            "?" + urlencode({"agency": code, "days": asked.days}),
            lines(own, opens=f"?{urlencode({'agency': code, 'days': asked.days})}&"),
        )
        for code, own in several
    ]


def _matters(request: HttpRequest, found: Gaming, asked: Asked) -> dict[str, object]:
    """Return the matters of the check asked for, a page at a time."""
    if asked.check is None:
        return {"check": None}
    numbers = next(one.numbers for one in found.total if one.check is asked.check)
    number = page_of(request)
    rows = numbers[(number - 1) * SIZE : number * SIZE]
    return {
        "check": asked.check,
        "matters": [Link(words=one, href=reverse("desk-matter", args=(one,))) for one in rows],
        "total": len(numbers),
        "pages": pages(
            len(numbers), size=SIZE, number=number, query={**asked.query, "check": asked.check.value}
        ),
    }
