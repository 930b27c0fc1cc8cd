"""Mandates of inspectors (督察员聘任): who, of which category, until when, and whom they stay away from."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.inspection import CATEGORIES, Category
from xiaoneng.supervision.access import mandate_list
from xiaoneng.supervision.mandate import COLUMNS
from xiaoneng.web import clock
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places
from xiaoneng.web.tables import csv_table

SIZE = 50


@login_required
@never_cache
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """Show the mandates under the reader's supervision."""
    today, city = clock.today(), places()
    rows = mandate_list(supervisor(request, now=clock.now()).by)
    category = request.GET.get("category", "")
    rows = rows.filter(category=category) if category in list(Category) else rows
    number, total = page_of(request), rows.count()
    shown = {
        "rows": [
            {
                "name": Phrase(one.person.name, one.person.romanised or one.person.name),
                "category": CATEGORIES[Category(one.category)],
                "since": one.active_from,
                "until": one.active_until,
                "running": one.active_from <= today < one.active_until,
                "ended": one.active_until <= today,
                "document": one.document,
                "ties": [city.agency(code) for code in one.ties.split()],
            }
            for one in rows[(number - 1) * SIZE : number * SIZE]
        ],
        "total": total,
        "category": category,
        "categories": [(one.value, words) for one, words in CATEGORIES.items()],
        "pages": pages(total, size=SIZE, number=number, query={"category": category} if category else {}),
        "empty": Empty(
            title=gettext("还没有聘任督察员"), hint=gettext("用 xiaoneng inspection mandates 载入名册。")
        ),
        "crumbs": (
            Link(words=gettext("督察"), href=reverse("supervision")),
            Link(words=gettext("督察员名册"), href=""),
        ),
    }
    return render(request, "xiaoneng/inspection/mandates.html", shown)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the mandates as the table that can be taken in again."""
    return csv_table("mandates", COLUMNS, _lines(request))


def _lines(request: HttpRequest) -> Iterator[tuple[str, ...]]:
    for one in mandate_list(supervisor(request, now=clock.now()).by).select_related("person__user"):
        user, person = one.person.user, one.person
        yield (
            person.name,
            person.romanised,
            user.get_username() if user else "",
            one.category,
            one.active_from.isoformat(),
            one.active_until.isoformat(),
            one.document,
            one.ties,
            "yes" if person.invented else "",
        )
