"""投诉中心: which complaints are not traced to their end, by stage and light, the first to end on top.

A centre sees its own; the centre above sees those below it too, and which of them let complaints lapse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import centre as desk
from xiaoneng.desk import inbox
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import reach
from xiaoneng.matters.light import Light
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock, wording
from xiaoneng.web.figure_views import light_counts
from xiaoneng.web.matter_rows import light_mark, matter_rows, stage, surroundings
from xiaoneng.web.pages.complaints.sifting import FLAGS, Asked, sifts, stages
from xiaoneng.web.parts import Empty, Link, MatterRow, Pages, TileView
from xiaoneng.web.places import Places, places
from xiaoneng.web.tables import csv_table
from xiaoneng.worktime.days import local_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE = 50
MOST_LINES = 10_000
TOPICS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A reader who stands in a centre: in which posts, and the complaints that they may see."""

    by: tuple[Capacity, ...]
    rows: QuerySet[Any]
    city: Places
    now: datetime

    def lies(self, agency: str, prefixes: tuple[str, ...]) -> bool:
        """Tell whether an agency lies in a division with one of these prefixes."""
        known = self.city.agencies.get(agency)
        return known is not None and known.division.startswith(prefixes)


def room(request: HttpRequest) -> Room:
    """Return the reader as one who stands in a centre; raises Http404 for everybody else."""
    now = clock.now()
    by = desk.standing_in(capacities_of(request.user, at=now))
    if not by:
        raise Http404
    return Room(by=by, rows=desk.complaints(by), city=places(), now=now)


@login_required
@never_cache
@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """Show the complaints of a centre, and the centres below it."""
    here, asked = room(request), Asked.of(request)
    today = local_day(here.now)
    rows = desk.narrowed(here.rows, asked.wanted, today=today)
    page = inbox.page(rows, today=today, after=asked.after, size=SIZE, closed=asked.wanted.closed)
    shown = {
        "rows": tuple(_rows(page.rows, here)),
        "pages": _pages(asked, page),
        "asked": asked,
        "home": wording.spoken(here.city.agency(here.by[0].agency)),
        "tiles": tuple(_stages(here.rows, asked, today=today)),
        "centres": tuple(_centres(here, today=today)),
        "topics": tuple(_topics(here, today=today)),
        "sifts": tuple(sifts(asked, _named(here))),
        "flags": [(name, words, getattr(asked.wanted, name)) for name, words in FLAGS.items()],
        "waiting": _waiting(here),
        "intake": any(one.duty is Duty.COMPLAINTS for one in here.by),
        "export": asked.address("centre-csv"),
        "empty": _empty(asked),
        "now": here.now,
    }
    return render(request, "xiaoneng/complaints/centre.html", shown)


def _named(here: Room) -> dict[str, Phrase]:
    return {code: here.city.agency(code) for code in desk.complained_of(here.rows.filter(is_open=True))}


def _waiting(here: Room) -> Link | None:
    """Return the way to the recusals that are asked for and not decided, if there are any."""
    count = desk.undecided(here.rows.filter(is_open=True)).count()
    if not count:
        return None
    words = Phrase(f"{count} 件有回避申请待决定", f"Complaints with a recusal to decide: {count}")
    return Link(words=words, href=Asked(wanted=desk.Wanted(recusal=True)).address())


def _stages(rows: QuerySet[Any], asked: Asked, *, today: date) -> Iterator[TileView]:
    counts = desk.by_stage(
        rows.filter(agency=asked.wanted.centre) if asked.wanted.centre else rows, today=today
    )
    for key, name in stages().items():
        if counts.get(key):
            address = Asked(wanted=desk.Wanted(stage=key, centre=asked.wanted.centre)).address()
            yield TileView(name=name, href=address, counts=light_counts(counts[key]), opens=address)


def _centres(here: Room, *, today: date) -> Iterator[TileView]:
    """Yield a tile a centre, for whoever stands above another beside their own."""
    below, own = tuple(map(reach, here.by)), {each.agency for each in here.by}
    found = [one for one in desk.by_centre(here.rows, today=today) if here.lies(one.agency, below)]
    for one in found if any(each.agency not in own for each in found) else ():
        address = Asked(wanted=desk.Wanted(centre=one.agency)).address()
        yield TileView(
            name=here.city.agency(one.agency),
            href=address,
            counts=light_counts(one.lights),
            alerts=tuple(_alerts(one)),
            opens=address,
        )


def _alerts(one: desk.CentreCounts) -> Iterator[Link]:
    late = one.lights.get(Light.OVERDUE, 0)
    if one.deemed:
        yield Link(
            words=Phrase(f"{one.deemed} 件逾期未告知，视为受理", f"Accepted by silence: {one.deemed}"),
            href=Asked(wanted=desk.Wanted(centre=one.agency, deemed=True)).address(),
        )
    if late:
        yield Link(
            words=Phrase(f"{late} 件超过法定期限", f"Past the term of law: {late}"),
            href=Asked(wanted=desk.Wanted(centre=one.agency, light=Light.OVERDUE)).address(),
        )


def _topics(here: Room, *, today: date) -> Iterator[MatterRow]:
    """Yield the studies that stand open, the first to end on top."""
    found = inbox.page(desk.topics(here.by), today=today, size=TOPICS).rows
    yield from matter_rows(found, surroundings(found, now=here.now), address=_desk)


def _desk(number: str) -> str:
    return reverse("desk-matter", args=(number,))


def _rows(rows: tuple[inbox.Listed, ...], here: Room) -> Iterator[MatterRow]:
    around = surroundings(rows, now=here.now)
    more = desk.beside([one.matter.pk for one in rows])
    shown = matter_rows(rows, around, address=_desk)
    for listed, row in zip(rows, shown, strict=True):
        yield _with(row, more[listed.matter.pk], here.city)


def _with(row: MatterRow, more: desk.Beside, city: Places) -> MatterRow:
    """Return a row with the agencies complained of, and how often it was nudged and repeated."""
    names = [city.agency(code) for code in more.agencies]
    about = Phrase("、".join(one.zh for one in names), ", ".join(one.en for one in names))
    counted = {
        Phrase("催办", "nudged"): more.nudges,
        Phrase("重复", "repeated"): more.repeats,
    }
    said = [(words, count) for words, count in counted.items() if count]
    tags = tuple(Phrase(f"{words.zh} {count}", f"{words.en} {count}") for words, count in said)
    return replace(row, party=about if names else row.party, tags=tags)


def _pages(asked: Asked, page: inbox.Page) -> Pages:
    following = asked.address(after=page.following) if page.following else ""
    return Pages(previous=asked.address() if asked.after else "", following=following)


def _empty(asked: Asked) -> Empty:
    if asked.narrowed:
        link = Link(words=gettext("去掉筛选"), href=reverse("centre"))
        return Empty(title=gettext("没有符合的投诉"), hint=gettext("换一个条件试试。"), link=link)
    return Empty(title=gettext("没有未办结的投诉"), hint=gettext("每一件都走到了头。"))


HEADS = (
    Phrase("编号", "Number"),
    Phrase("登记日", "Received on"),
    Phrase("环节", "Stage"),
    Phrase("灯", "Light"),
    Phrase("到期日", "Due on"),
    Phrase("剩余天数", "Days left"),
    Phrase("投诉中心", "Centre"),
    Phrase("被投诉单位", "Agencies complained of"),
    Phrase("催办次数", "Nudges"),
    Phrase("重复件数", "Repeats"),
)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole list as a table: no identity, no words of anybody."""
    here, asked = room(request), Asked.of(request)
    today = local_day(here.now)
    rows = desk.narrowed(here.rows, asked.wanted, today=today)
    listed = tuple(inbox.every(rows, today=today, most=MOST_LINES, closed=asked.wanted.closed))
    more = desk.beside([one.matter.pk for one in listed])
    rows_told = (_line(one, more[one.matter.pk], here.city) for one in listed)
    return csv_table(f"complaints-{today}", map(wording.spoken, HEADS), rows_told)


def _line(one: inbox.Listed, more: desk.Beside, city: Places) -> tuple[str, ...]:
    return (
        one.matter.number,
        wording.local_day(one.matter.opened_at).isoformat(),
        wording.spoken(stage(one)),
        wording.spoken(light_mark(one).word),
        one.due.isoformat() if one.due else "",
        "" if one.left is None else str(one.left),
        wording.spoken(city.agency(one.matter.agency)),
        "、".join(wording.spoken(city.agency(code)) for code in more.agencies),
        str(more.nudges),
        str(more.repeats),
    )
