"""Cards (提醒、黄牌、红牌): what was found, under which rule, about which matter, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.accountability.access import may_register
from xiaoneng.desk import inbox
from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.law.register import resolve
from xiaoneng.matters.access import NotFound, visible_to
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.procedures.book import latest
from xiaoneng.rules.every import EVERY
from xiaoneng.supervision.access import CardFilter, access_card, card_list
from xiaoneng.supervision.levels import LEVELS, Cause, Level
from xiaoneng.supervision.rulesets import BOOK
from xiaoneng.web import clock
from xiaoneng.web.matter_rows import light_mark, stage
from xiaoneng.web.naming import Names, names_of
from xiaoneng.web.pages.accountability.opening import address
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import CardKind, CardView, Empty, Link, Who
from xiaoneng.web.places import places

SIZE = 30
RULES = {rule.key: rule.name for rule in EVERY}


@login_required
@never_cache
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """Show the cards under the reader's supervision, the newest first."""
    who = supervisor(request, now=clock.now())
    city = places()
    said = {name: request.GET.get(name, "") for name in ("level", "agency", "state")}
    levels = (Level(said["level"]),) if said["level"] in list(Level) else ()
    found = card_list(who.by, narrowed=CardFilter(levels=levels, agency=said["agency"], state=said["state"]))
    number, total = page_of(request), found.count()
    rows = list(found[(number - 1) * SIZE : number * SIZE])
    names = names_of(one.agency for one in rows)
    query = {name: value for name, value in said.items() if value}
    shown = {
        "cards": views(rows, names, today=clock.today()),
        "csv": f"{reverse('cards-csv')}?{urlencode(query)}",
        "states": list(STATES.items()),
        "state": said["state"],
        "total": total,
        "level": said["level"],
        "levels": [(level.value, words) for level, words in LEVELS.items()],
        "agency": said["agency"],
        "agency_name": city.agency(said["agency"]) if said["agency"] else "",
        "pages": pages(total, size=SIZE, number=number, query=query),
        "empty": Empty(
            title=gettext("没有这样的牌"), hint=gettext("该出的牌由每夜的巡查出，一件事只出一次。")
        ),
        "all": f"{reverse('cards')}?{urlencode({'level': said['level']})}"
        if said["level"]
        else reverse("cards"),
    }
    return render(request, "xiaoneng/supervision/cards.html", shown)


@login_required
@never_cache
@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """Show one card to whom it concerns."""
    by = capacities_of(request.user, at=clock.now())
    try:
        found = access_card(number, by=by)
    except NotFound:
        raise Http404 from None
    names = names_of([found.agency, *([found.case.agency] if found.case else [])])
    gist = resolve(_basis(found))
    where = reverse("desk-matter", args=(found.matter.number,))
    shown = {
        "card": views([found], names, today=clock.today())[0],
        "mine": bool(found.case and found.case.is_open and found.case.owner_post in {one.post for one in by}),
        "open_to": visible_to(by).filter(pk=found.matter_id).exists(),
        "row": found,
        "cause": Cause(found.cause).phrase,
        "gist": gist.words if gist else "",
        "rule_set": next(
            (one.name for one in BOOK if (one.key, one.edition) == (found.rule_set, found.rule_set_edition)),
            "",
        ),
        "agency": names.agency(found.agency),
        "evidence": [
            Link(words=Phrase(f"第 {one} 项记录", f"Act {one}"), href=f"{where}#act-{one}")
            for one in sorted(map(int, filter(None, found.sequences.split(","))))
        ],
        "register": _register(found, by),
        "crumbs": _crumbs(found.number, inside=any(one.duty is Duty.SUPERVISE for one in by)),
    }
    return render(request, "xiaoneng/supervision/card.html", shown)


def _register(found: Any, by: tuple[Capacity, ...]) -> str:
    """Return the address that registers a dereliction because of a red card; empty for whoever may not."""
    if found.level != Level.RED or may_register(by, agency=found.agency) is None:
        return ""
    return address(
        source=Source.RED_CARD, reference=found.number, agency=found.agency, person=found.person or 0
    )


def _crumbs(number: str, *, inside: bool) -> tuple[Link, ...]:
    """Return the way back, for supervisors to the wall, for whom a card concerns to their desk."""
    if not inside:
        return (Link(words=gettext("待办"), href=reverse("desk")), Link(words=number, href=""))
    return (
        Link(words=gettext("督察"), href=reverse("supervision")),
        Link(words=gettext("提醒与红黄牌"), href=reverse("cards")),
        Link(words=number, href=""),
    )


STATES = {stage.key: stage.name for stage in latest("card").stages()}
"""Where the case of a card may rest."""


def views(rows: Sequence[Any], names: Names, *, today: date) -> list[CardView]:
    """Return cards as our component prints them, each with where its case rests and how long is left."""
    cases = [one.case for one in rows if one.case is not None]
    lit = {one.matter.pk: one for one in inbox.listed(cases, today=today)}
    return [view(one, names, case=lit.get(one.case_id)) for one in rows]


def view(row: Any, names: Names, *, case: inbox.Listed | None) -> CardView:
    """Return a card as our component prints it."""
    rule = RULES.get(row.rule)
    return CardView(
        kind=CardKind(row.level),
        number=row.number,
        href=reverse("card", args=(row.number,)),
        finding=Phrase(row.zh, row.en),
        rule=rule or Cause(row.cause).phrase,
        basis=_basis(row),
        matter=Link(words=row.matter.number, href=reverse("desk-matter", args=(row.matter.number,))),
        issued_at=row.raised_at,
        to=(_to(row, names),),
        answer_by=case.due if case else None,
        state=stage(case) if case else "",
        light=light_mark(case) if case and case.matter.is_open else None,
        case=Link(words=row.case.number, href=reverse("desk-matter", args=(row.case.number,)))
        if case
        else None,
    )


def _basis(row: Any) -> Citation:
    return Citation(row.instrument, row.article)


def _to(row: Any, names: Names) -> Who:
    post = names.post(row.post)
    if not row.person_name:
        return Who(name=post, agency=names.agency(row.agency))
    return Who(
        name=row.person_name, post=post, agency=names.agency(row.agency), acting_for=row.acting_for_name
    )
