"""The service guide's list: find an item by words, agency, place or kind."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.catalogue.access import Wanted, find_items, kinds_used
from xiaoneng.catalogue.kinds import KINDS
from xiaoneng.catalogue.search import ENOUGH, closeness
from xiaoneng.law.phrase import Phrase
from xiaoneng.web import clock
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import Places, places

SIZE = 20
MOST_AGENCIES = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks for."""

    words: str
    agency: str
    division: str
    kind: str

    def query(self) -> dict[str, str]:
        """Return what is asked for as parts of an address."""
        said = {"q": self.words, "agency": self.agency, "division": self.division, "kind": self.kind}
        return {name: value for name, value in said.items() if value}


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Show the items that fit, and the agencies whose name was typed."""
    asked, city = _asked(request), places()
    number = page_of(request)
    wanted = Wanted(
        words=asked.words,
        agency=asked.agency,
        division=asked.division,
        kind=asked.kind,
        names=city.searched() if asked.words else None,
    )
    found = find_items(wanted, on=clock.today(), start=(number - 1) * SIZE, size=SIZE)
    shown = {
        "asked": asked,
        "lines": [(line, city.agency(line.agency), city.division(line.division)) for line in found.lines],
        "kinds": KINDS,
        "kind_choices": [(code, KINDS.get(code, Phrase(code, code))) for code in kinds_used()],
        "divisions": city.divisions.items(),
        "agencies": city.within(asked.division or city.city),
        "agencies_found": _agencies(city, asked),
        "total": found.total,
        "pages": pages(found.total, size=SIZE, number=number, query=asked.query()),
        "empty": _empty(asked),
    }
    return render(request, "xiaoneng/public/items.html", shown)


def _asked(request: HttpRequest) -> Asked:
    said = {name: request.GET.get(name, "").strip() for name in ("q", "agency", "division", "kind")}
    return Asked(words=said["q"][:80], agency=said["agency"], division=said["division"], kind=said["kind"])


def _agencies(city: Places, asked: Asked) -> list[tuple[Phrase, str]]:
    """Return the agencies whose name comes close to what was typed, the closest first."""
    if not asked.words:
        return []
    scored = [
        (closeness(asked.words, f"{one.name.zh} {one.name.en}"), one) for one in city.within(asked.division)
    ]
    near = sorted((one for one in scored if one[0] > ENOUGH), key=lambda one: (-one[0], one[1].code))
    best = near[0][0] if near else 0
    return [(one.name, reverse("board-agency", args=(one.code,))) for score, one in near if score == best][
        :MOST_AGENCIES
    ]


def _empty(asked: Asked) -> Empty:
    narrowed = bool(asked.agency or asked.division or asked.kind)
    wider = (
        f"{reverse('items')}?{urlencode({'q': asked.words})}"
        if narrowed and asked.words
        else reverse("items")
    )
    return Empty(
        title=gettext("没有找到这样的事项"),
        hint=gettext("换一个说法，或者只写要办的证件、要做的事；也可以问任何一个窗口，首问负责。"),
        link=Link(words=gettext("在全部事项里找"), href=wider),
    )
