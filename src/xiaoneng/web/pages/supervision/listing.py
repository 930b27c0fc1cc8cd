"""What is behind a light: the matters of an agency or a place, by time left."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import inbox
from xiaoneng.matters.access import PUBLIC, visible_to
from xiaoneng.matters.light import Light
from xiaoneng.supervision.counting import LIT
from xiaoneng.web import clock
from xiaoneng.web.matter_rows import matter_rows, surroundings
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.parts import Empty, Link, Pages
from xiaoneng.web.places import places

SIZE = 50


@login_required
@never_cache
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Show the open matters of an agency, or of a place, that show a light."""
    now, today, city = clock.now(), clock.today(), places()
    who = supervisor(request, now=now)
    agency, said = request.GET.get("agency", ""), request.GET.get("light", "")
    if agency and not (agency in city.agencies and who.reaches(city.agencies[agency].division)):
        raise Http404
    division = city.agencies[agency].division if agency else who.division(request)
    light = Light(said) if said in {one.value for one in LIT} else None
    rows = visible_to(who.by).filter(procedure__in=PUBLIC, is_open=True, division=division)
    rows = rows.filter(agency=agency) if agency else rows
    page = inbox.page(
        inbox.lit(rows, light, today=today) if light else rows,
        today=today,
        after=inbox.Cursor.parse(request.GET.get("after", "")),
        size=SIZE,
    )
    kept = {"agency": agency, "division": "" if agency else division, "light": said}
    query = {name: value for name, value in kept.items() if value}
    shown = {
        "rows": tuple(matter_rows(page.rows, surroundings(page.rows, now=now), address=_desk)),
        "name": city.agency(agency) if agency else city.division(division),
        "light": light,
        "lights": [(one, one.phrase) for one in LIT],
        "query": kept,
        "pages": Pages(
            previous="?" + urlencode(query) if "after" in request.GET else "",
            following="?" + urlencode({**query, "after": page.following}) if page.following else "",
        ),
        "empty": Empty(title=gettext("没有这样的办件"), hint=gettext("换一种灯看看。")),
        "crumbs": (
            Link(words=gettext("督察"), href=f"{reverse('supervision')}?division={division}"),
            Link(words=city.agency(agency) if agency else city.division(division), href=""),
        ),
    }
    return render(request, "xiaoneng/supervision/matters.html", shown)


def _desk(number: str) -> str:
    return reverse("desk-matter", args=(number,))
