"""The register of what is published (公开登记), by channel: what stands, what stood, and a feed of what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.openness import access
from xiaoneng.openness.publication import ABOUT, CHANNELS, STATUSES, Channel, Status
from xiaoneng.web import clock
from xiaoneng.web.doors import address
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places
from xiaoneng.web.wording import spoken

SIZE = 20
LATELY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A publication in a list; without a title where its period is over or it was withdrawn."""

    href: str
    number: str
    title: Phrase | None
    text: Phrase | None
    agency: Phrase
    at: datetime
    until: date | None
    status: Phrase
    correction: bool
    quiet: bool


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show every channel with how much stands in it and what is newest."""
    today = clock.today()
    counts = access.counts(on=today)
    channels = [
        {
            "name": CHANNELS[channel],
            "about": ABOUT[channel],
            "count": counts[channel],
            "href": reverse("exposures"),
            "items": items(access.register(channel, on=today)[:LATELY], on=today),
        }
        for channel in Channel
    ]
    shown = {"channels": channels, "always": address("always"), "empty": _nothing()}
    return render(request, "xiaoneng/openness/register.html", shown)


@require_safe
def exposures(request: HttpRequest) -> HttpResponse:
    """Show the exposures that stand, the newest first; corrections in their place."""
    return _list(request, gone=False)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show what stood and stands no more, without its words."""
    return _list(request, gone=True)


def _list(request: HttpRequest, *, gone: bool) -> HttpResponse:
    today = clock.today()
    rows = (access.archive if gone else access.register)(Channel.EXPOSURE, on=today)
    number, total = page_of(request), rows.count()
    shown = {
        "items": items(rows[(number - 1) * SIZE : number * SIZE], on=today),
        "total": total,
        "pages": pages(total, size=SIZE, number=number, query={}),
        "gone": gone,
        "about": ABOUT[Channel.EXPOSURE],
        "empty": _nothing(gone=gone),
        "crumbs": (
            Link(words=gettext("公开"), href=reverse("open")),
            Link(words=CHANNELS[Channel.EXPOSURE], href=reverse("exposures") if gone else ""),
            *((Link(words=gettext("已撤下的"), href=""),) if gone else ()),
        ),
    }
    return render(request, "xiaoneng/openness/exposures.html", shown)


def _nothing(*, gone: bool = False) -> Empty:
    if gone:
        return Empty(
            title=gettext("没有撤下的曝光"), hint=gettext("公开期届满的和撤回的列在这里，只留编号和日期。")
        )
    return Empty(
        title=gettext("现在没有曝光"),
        hint=gettext("情节严重的案件自处理决定之日起二十个工作日内在这里公开，或者记明依法不予公开的事由。"),
        link=Link(words=gettext("看四个一律"), href=reverse("always")),
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest exposures as an Atom feed in the reader's language."""
    today, here = clock.today(), request.build_absolute_uri(reverse("exposures"))
    name = spoken(CHANNELS[Channel.EXPOSURE])
    atom = Atom1Feed(
        title=gettext("曝光 · 效能"),
        link=here,
        description=spoken(ABOUT[Channel.EXPOSURE]),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in items(access.register(Channel.EXPOSURE, on=today)[:SIZE], on=today):
        atom.add_item(
            title=spoken(one.title or name),
            link=request.build_absolute_uri(one.href),
            description=spoken(one.text or ""),
            pubdate=one.at,
            updateddate=one.at,
            unique_id=request.build_absolute_uri(one.href),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def items(rows: Iterable[Any], *, on: date) -> list[Item]:
    """Return publications as lists print them."""
    city = places()
    return [item(row, agency=city.agency(row.about), on=on) for row in rows]


def item(row: Any, *, agency: Phrase, on: date) -> Item:
    """Return one publication as a list prints it; its words only while they stand."""
    there = access.standing(row, on=on)
    status = Status(row.status)
    return Item(
        href=reverse("exposure", args=(row.number,)) + (f"#p-{row.sequence}" if row.corrects_id else ""),
        number=row.number,
        title=Phrase(row.title_zh, row.title_en) if there else None,
        text=Phrase(row.body_zh, row.body_en) if there else None,
        agency=agency,
        at=row.published_at,
        until=row.until,
        status=STATUSES[status]
        if there or status is Status.WITHDRAWN
        else Phrase("公开期已满", "Period over"),
        correction=row.corrects_id is not None,
        quiet=not there,
    )
