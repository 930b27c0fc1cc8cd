"""Inspections and hotline orders under supervision (督察巡视、热线工单): what is planned, seen, ordered, and overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import inbox
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.light import Light
from xiaoneng.procedures.book import latest
from xiaoneng.supervision.access import tallies
from xiaoneng.supervision.counting import LIT
from xiaoneng.web import clock
from xiaoneng.web.matter_rows import matter_rows, surroundings
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.parts import Empty, Link, MatterRow, Pages

SIZE = 50
KINDS = {"inspection": Phrase("督察巡视", "Inspections"), "hotline": Phrase("热线工单", "Hotline orders")}


@login_required
@never_cache
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """Show the inspections, or the hotline orders, by time left; closed ones on request."""
    now, today = clock.now(), clock.today()
    who = supervisor(request, now=now)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else "inspection"
    said, stage, closed = request.GET.get("light", ""), request.GET.get("stage", ""), "closed" in request.GET
    rows = visible_to(who.by).filter(procedure=kind, is_open=not closed)
    rows = rows.filter(stage=stage) if stage else rows
    light = Light(said) if said in {one.value for one in LIT} and not closed else None
    page = inbox.page(
        inbox.lit(rows, light, today=today) if light else rows,
        today=today,
        after=inbox.Cursor.parse(request.GET.get("after", "")),
        size=SIZE,
        closed=closed,
    )
    kept = {"kind": kind, "light": said, "stage": stage, "closed": "1" if closed else ""}
    query = {name: value for name, value in kept.items() if value}
    shown = {
        "rows": _rows(page, counted=kind == "inspection", now=now),
        "kind": kind,
        "kinds": KINDS.items(),
        "kind_name": KINDS[kind],
        "closed": closed,
        "stage": stage,
        "stages": [(one.key, one.name) for one in latest(kind).stages() if not one.final],
        "light": light,
        "lights": [(one, one.phrase) for one in LIT],
        "pages": Pages(
            previous="?" + urlencode(query) if "after" in request.GET else "",
            following="?" + urlencode({**query, "after": page.following}) if page.following else "",
        ),
        "empty": Empty(title=gettext("这里没有事项"), hint=gettext("换一个条件，或者新立一项。")),
        "crumbs": (
            Link(words=gettext("督察"), href=reverse("supervision")),
            Link(words=KINDS[kind], href=""),
        ),
    }
    return render(request, "xiaoneng/inspection/inspections.html", shown)


def _rows(page: inbox.Page, *, counted: bool, now: datetime) -> list[MatterRow]:
    around = surroundings(page.rows, now=now)
    found = list(matter_rows(page.rows, around, address=_desk))
    if not counted:
        return found
    counts = tallies(one.matter.pk for one in page.rows)
    return [
        replace(row, party=_tally(*counts.get(one.matter.pk, (0, 0))))
        for row, one in zip(found, page.rows, strict=True)
    ]


def _tally(visits: int, findings: int) -> Phrase:
    return Phrase(f"查访 {visits} 次，问题 {findings} 个", f"Visits: {visits}; findings: {findings}")


def _desk(number: str) -> str:
    return reverse("desk-matter", args=(number,))
