"""The register of the four bans (四条禁令登记): breaches of a year, and what they cost each unit."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.accountability import access
from xiaoneng.accountability.access import UnitBans
from xiaoneng.accountability.lines import Line
from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.bans import BANS
from xiaoneng.organisation.access import names_of
from xiaoneng.web import clock
from xiaoneng.web.pages.accountability.standing import now_and_reader
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places

SIZE = 30
FIRST_YEAR = 2004
YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit with its breaches."""

    unit: UnitBans
    agency: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRow:
    """A breach in the register."""

    line: Line
    person: Phrase
    agency: Phrase


@login_required
@never_cache
@require_safe
def bans(request: HttpRequest) -> HttpResponse:
    """Show the breaches of a year that the reader oversees, counted by unit."""
    now, reader = now_and_reader(request)
    if not reader.overseeing:
        raise Http404
    city, this_year = places(), clock.today().year
    year = _year(request.GET.get("year", ""), latest=this_year)
    rows = access.bans_of(reader.by, year=year)
    number, total = page_of(request), rows.count()
    lines = access.lines(list(rows[(number - 1) * SIZE : number * SIZE]), now=now)
    people = names_of(one.person for one in lines)
    shown = {
        "bans": tuple(BANS.values()),
        "year": year,
        "years": range(this_year, this_year - YEARS, -1),
        "units": [
            UnitRow(unit=one, agency=city.agency(one.agency)) for one in access.units(reader.by, year=year)
        ],
        "rows": [
            BreachRow(line=one, person=people.get(one.person, Phrase("", "")), agency=city.agency(one.agency))
            for one in lines
        ],
        "total": total,
        "limit": access.unit_limit(year),
        "basis": default("four-bans-unit"),
        "pages": pages(total, size=SIZE, number=number, query={"year": str(year)}),
        "empty": Empty(
            title=gettext("这一年没有登记违反禁令"), hint=gettext("督察、人事和单位负责人可以登记。")
        ),
        "crumbs": (
            Link(words=gettext("问责"), href=reverse("accountability")),
            Link(words=gettext("四条禁令"), href=""),
        ),
    }
    return render(request, "xiaoneng/accountability/bans.html", shown)


def _year(said: str, *, latest: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and FIRST_YEAR <= int(said) <= latest else latest
