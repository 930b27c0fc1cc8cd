"""The duty roster (岗位): who answers for what, and who covers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.organisation.access import search_posts
from xiaoneng.web import clock
from xiaoneng.web.doors import address
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places
from xiaoneng.web.rosters import roster

SIZE = 40


@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Show the agencies of a place, or the posts that have the words typed."""
    now, city = clock.now(), places()
    words = request.GET.get("q", "").strip()[:80]
    division = request.GET.get("division", "" if words else city.city)
    division = division if division in city.divisions else ""
    shown: dict[str, object] = {
        "words": words,
        "division": division,
        "divisions": city.divisions.items(),
        "agencies": city.within(division) if not words else (),
        "empty": Empty(
            title=gettext("没有这样的岗位"),
            hint=gettext("可以找职责里的字，如 受理、投诉；也可以找机关或者人名。"),
        ),
    }
    if words:
        number, found = page_of(request), search_posts(words, division=division)
        codes = list(found.values_list("pk", "agency_id")[(number - 1) * SIZE : number * SIZE])
        lines = roster(dict.fromkeys(agency for _, agency in codes), now=now)
        wanted, total = {code for code, _ in codes}, found.count()
        shown["found"] = [
            (city.agency(agency), agency, [one for one in posts if one.code in wanted])
            for agency, posts in lines.items()
        ]
        shown["total"] = total
        shown["pages"] = pages(total, size=SIZE, number=number, query={"q": words, "division": division})
    return render(request, "xiaoneng/public/duty.html", shown)


@require_safe
def duty_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show every post of an agency."""
    city = places()
    found = city.agencies.get(agency)
    if found is None:
        raise Http404
    posts = roster([agency], now=clock.now())[agency]
    shown = {
        "agency": found,
        "division": city.division(found.division),
        "posts": posts,
        "orphans": sum(bool(one.flaws) for one in posts),
        "crumbs": (
            Link(words=gettext("岗位"), href=f"{address('duty')}?division={found.division}"),
            Link(words=found.name, href=""),
        ),
    }
    return render(request, "xiaoneng/public/duty_agency.html", shown)
