"""The wall (灯墙): which lights are on in the city, where, and what was handed out for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.supervision import counting
from xiaoneng.supervision.access import counted_cards
from xiaoneng.supervision.counting import DEFINITIONS, LIT, Scope
from xiaoneng.supervision.levels import LEVELS, Level
from xiaoneng.web import clock
from xiaoneng.web.figure_views import light_counts
from xiaoneng.web.pages.supervision.standing import Supervisor, supervisor
from xiaoneng.web.parts import Empty, Link, TileView
from xiaoneng.web.places import AgencyName, Places, places
from xiaoneng.web.rosters import EMPTY, PostLine, roster

RECENT = timedelta(days=30)
SORTS = {
    "worst": Phrase("最重的灯在前", "Gravest first"),
    "open": Phrase("在办最多在前", "Most open first"),
    "name": Phrase("按机关", "By agency"),
}
Lights = Mapping[str, Mapping[Light, int]]
Cards = Mapping[str, Mapping[Level, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the wall is to be shown."""

    division: str
    light: Light | None
    sort: str

    @classmethod
    def of(cls, request: HttpRequest, who: Supervisor) -> Asked:
        """Read an address; what it does not know is left out."""
        light, sort = request.GET.get("light", ""), request.GET.get("sort", "")
        return cls(
            division=who.division(request),
            light=Light(light) if light in {one.value for one in LIT} else None,
            sort=sort if sort in SORTS else "worst",
        )


@login_required
@never_cache
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show the agencies of a place as tiles."""
    now, city = clock.now(), places()
    who = supervisor(request, now=now)
    asked = Asked.of(request, who)
    lights = counting.lights_by("agency", Scope(division=asked.division), today=clock.today())
    agencies = _sorted(city.within(asked.division), lights, asked)
    cards, posts = _cards(who, asked, now=now), roster((one.code for one in agencies), now=now)
    shown = {
        "asked": asked,
        "place": city.division(asked.division),
        "divisions": who.divisions(city).items(),
        "lights": [(one, one.phrase) for one in LIT],
        "sorts": SORTS.items(),
        "tiles": [_tile(one, lights, cards, posts[one.code]) for one in agencies],
        "counts": light_counts(counting.added(lights.values())),
        "opens": f"{reverse('supervision-matters')}?{urlencode({'division': asked.division})}",
        "others": _others(who, city),
        "definition": DEFINITIONS["lights"],
        "now": now,
        "empty": Empty(title=gettext("没有机关亮这种灯"), hint=gettext("换一种灯，或者换一个地方。")),
    }
    return render(request, "xiaoneng/supervision/wall.html", shown)


def _others(who: Supervisor, city: Places) -> list[TileView]:
    """Return a tile for each place under a supervision that reaches several."""
    reached = who.divisions(city)
    if len(reached) == 1:
        return []
    lights = counting.lights_by("division", today=clock.today())
    return [
        TileView(
            name=name,
            href=f"?{urlencode({'division': code})}",
            counts=light_counts(lights.get(code, {})),
            opens=f"{reverse('supervision-matters')}?{urlencode({'division': code})}",
        )
        for code, name in reached.items()
    ]


def _sorted(agencies: Iterable[AgencyName], lights: Lights, asked: Asked) -> list[AgencyName]:
    def order(one: AgencyName) -> tuple[object, ...]:
        counts = lights.get(one.code, {})
        if asked.sort == "name":
            return (one.code,)
        if asked.sort == "open":
            return (-sum(counts.values()), one.code)
        grave = (Light.OVERDUE, Light.PROMISE_BROKEN, Light.DUE_SOON)
        return (*(-counts.get(light, 0) for light in grave), one.code)

    shown = [one for one in agencies if asked.light is None or lights.get(one.code, {}).get(asked.light)]
    return sorted(shown, key=order)


def _cards(who: Supervisor, asked: Asked, *, now: datetime) -> Cards:
    """Return the cards of the last thirty days by agency and level."""
    rows = counted_cards(who.by).filter(division=asked.division, raised_at__gte=now - RECENT).order_by()
    found: dict[str, dict[Level, int]] = defaultdict(dict)
    for agency, level, count in rows.values_list("agency", "level").annotate(Count("pk")):
        found[agency][Level(level)] = count
    return found


def _tile(agency: AgencyName, lights: Lights, cards: Cards, posts: tuple[PostLine, ...]) -> TileView:
    behind = f"{reverse('supervision-matters')}?{urlencode({'agency': agency.code})}"
    empty = sum(EMPTY in one.flaws for one in posts)
    given = cards.get(agency.code, {})
    alerts = [
        Link(
            words=Phrase(f"{LEVELS[level].zh} {given[level]}", f"{LEVELS[level].en}s: {given[level]}"),
            href=f"{reverse('cards')}?{urlencode({'agency': agency.code, 'level': level.value})}",
        )
        for level in (Level.RED, Level.YELLOW)
        if given.get(level)
    ]
    if empty:
        words = Phrase(f"{empty} 个岗位无人在岗", f"Posts nobody acts in: {empty}")
        alerts.append(Link(words=words, href=reverse("duty-agency", args=(agency.code,))))
    return TileView(
        name=agency.name,
        href=behind,
        counts=light_counts(lights.get(agency.code, {})),
        alerts=tuple(alerts),
        opens=behind,
    )
