"""本机关: what the leaders of an agency look at every morning: lights, cards to answer, refusals filed, empty posts."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import inbox
from xiaoneng.matters.access import LEADING, visible_to
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision import counting
from xiaoneng.supervision.access import cards_to_answer
from xiaoneng.supervision.counting import DEFINITIONS, Scope
from xiaoneng.web import clock
from xiaoneng.web.figure_views import light_counts
from xiaoneng.web.matter_rows import matter_rows, surroundings
from xiaoneng.web.naming import names_of
from xiaoneng.web.pages.supervision.cards import views
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.rosters import EMPTY, NO_COVER, NOBODY, roster

SHOWN = 20
FILED = ("filed", "filed_at_intake")
"""Stages in which a refusal lies filed before the leader in charge."""


@login_required
@never_cache
@require_safe
def agency(request: HttpRequest) -> HttpResponse:
    """Show an agency to its leaders; whoever leads several chooses one by `agency`."""
    now = clock.now()
    by = capacities_of(request.user, at=now)
    led = _led(by)
    asked = request.GET.get("agency", "")
    code = asked if asked in led else next(iter(led), "")
    if not code:
        raise Http404
    own = tuple(one for one in by if one.agency == code)
    posts = roster([code], now=now)[code]
    names = names_of([code])
    lights = counting.lights(Scope(agency=code), today=clock.today())
    cards = list(cards_to_answer(own, agency=code)[: SHOWN + 1])
    shown = {
        "name": names.agency(code),
        "others": [Link(words=names_of([one]).agency(one), href=f"?agency={one}") for one in led - {code}],
        "counts": light_counts(lights),
        "opens": f"{reverse('desk')}?{urlencode({'tab': 'agency'})}",
        "definition": DEFINITIONS["lights"],
        "cards": views(cards[:SHOWN], names, today=clock.today()),
        "more": len(cards) > SHOWN,
        "refusals": _refusals(own, code, now=now),
        "uncovered": [one for one in posts if {EMPTY, NO_COVER, NOBODY} & set(one.flaws)],
        "now": now,
        "no_cards": Empty(
            title=gettext("没有要答复的牌"), hint=gettext("本机关的岗位都没有未了结的黄牌、红牌。")
        ),
        "no_refusals": Empty(title=gettext("没有报备中的否定"), hint=gettext("否定须先报备、后告知。")),
    }
    return render(request, "xiaoneng/office/agency.html", shown)


def _led(by: tuple[Capacity, ...]) -> set[str]:
    return {one.agency for one in by if one.duty in LEADING}


def _refusals(by: tuple[Capacity, ...], code: str, *, now: datetime) -> tuple[object, ...]:
    """Return the refusals filed and not yet reviewed, by time left."""
    rows = visible_to(by).filter(agency=code, is_open=True, procedure="approval", stage__in=FILED)
    page = inbox.page(rows, today=clock.today(), size=SHOWN)
    around = surroundings(page.rows, now=now)
    return tuple(
        matter_rows(page.rows, around, address=lambda number: reverse("desk-matter", args=(number,)))
    )
