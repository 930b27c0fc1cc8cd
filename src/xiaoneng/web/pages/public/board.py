"""The board (阳光榜): which office keeps its word, with n, interval and definition beside every figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.catalogue.access import Wanted, find_items
from xiaoneng.flow.share import Share
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import public_matters
from xiaoneng.matters.light import Light
from xiaoneng.supervision import counting
from xiaoneng.supervision.access import gaming
from xiaoneng.supervision.counting import DEFINITIONS, Kept, Period, Scope
from xiaoneng.web import clock
from xiaoneng.web.doors import address, leads
from xiaoneng.web.figure_views import (
    days_figure,
    days_said,
    interval,
    kept_figure,
    late_now,
    light_counts,
    percent,
    total,
)
from xiaoneng.web.gaming_views import lines
from xiaoneng.web.parts import LightKey, LightMark, Link, MatterRow
from xiaoneng.web.places import AgencyName, Places, places
from xiaoneng.web.rosters import roster
from xiaoneng.web.tables import csv_table
from xiaoneng.web.wording import local_day, spoken

DAYS = (30, 90, 365)
USUAL = 90
LATELY = 20
PLACED = ("end wide", "", "end", "end", "end wide", "end wide", "end wide", "end wide", "end")
NOTHING = Kept(in_time=Share("", 0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """An agency on the board; `place` is empty where too few were closed to be ranked."""

    agency: AgencyName
    place: int | None
    share: str
    interval: str
    kept: Kept
    days: str
    promised: str
    open: int
    late: int
    counts: tuple[tuple[LightKey, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The board of one place over one period; the page and the file show the same."""

    division: str
    days: int
    rows: tuple[BoardRow, ...]
    whole: Kept
    lights: Mapping[Light, int]
    columns: tuple[str, ...]

    @property
    def heads(self) -> tuple[tuple[str, str], ...]:
        """The columns with where they stand: some are left out on a narrow screen."""
        return tuple(zip(self.columns, PLACED, strict=True))


def _table(request: HttpRequest, city: Places, *, today: date) -> Table:
    """Return the board asked for: the city's own agencies unless another place is named."""
    said = request.GET.get("days", "")
    days = int(said) if said in {str(one) for one in DAYS} else USUAL
    division = request.GET.get("division", "")
    division = division if division in city.divisions else city.city
    where, period = Scope(division=division), Period.last(days, today=today)
    kept = counting.kept_by("agency", where, period=period)
    lights = counting.lights_by("agency", where, today=today)
    return Table(
        division=division,
        days=days,
        rows=_rows(city.within(division), kept, lights),
        whole=counting.kept(where, period=period),
        lights=counting.added(lights.values()),
        columns=_columns(),
    )


def _rows(
    agencies: tuple[AgencyName, ...], kept: Mapping[str, Kept], lights: Mapping[str, Mapping[Light, int]]
) -> tuple[BoardRow, ...]:
    known = {one.code: kept.get(one.code, NOTHING) for one in agencies}
    named = {one.code: one for one in agencies}
    rows = []
    for place, code in enumerate(counting.ranked(known), 1):
        one, counts = known[code], lights.get(code, {})
        rows.append(
            BoardRow(
                agency=named[code],
                place=place if one.in_time.ranked else None,
                share=percent(one.in_time.share),
                interval=interval(one.in_time),
                kept=one,
                days=days_said(one.days),
                promised=days_said(one.promised),
                open=total(counts),
                late=counts.get(Light.OVERDUE, 0) + counts.get(Light.PROMISE_BROKEN, 0),
                counts=light_counts(counts),
            )
        )
    return tuple(rows)


def _columns() -> tuple[str, ...]:
    return (
        gettext("位次"),
        gettext("机关"),
        gettext("办结"),
        gettext("按承诺办结 %"),
        gettext("95% 区间"),
        gettext("用时中位数"),
        gettext("承诺中位数"),
        gettext("在办"),
        gettext("现在超期"),
    )


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of a place."""
    now, city = clock.now(), places()
    table = _table(request, city, today=clock.today())
    shown = {
        "table": table,
        "place": city.division(table.division),
        "divisions": city.divisions.items(),
        "periods": DAYS,
        "figures": (
            kept_figure(gettext("按承诺办结"), table.whole, as_of=now),
            days_figure(gettext("实际用时"), table.whole, as_of=now),
            late_now(table.lights, as_of=now),
        ),
        "lights": light_counts(table.lights),
        "definitions": DEFINITIONS,
        "csv": f"{reverse('board-csv')}?division={table.division}&days={table.days}",
        "now": now,
    }
    return render(request, "xiaoneng/public/board.html", shown)


@require_safe
def board_csv(request: HttpRequest) -> HttpResponse:
    """Return the same table as a file, with definitions and moment below it."""
    table = _table(request, places(), today=clock.today())
    return csv_table(f"board-{table.division}-{table.days}", table.columns, _lines(table))


def _lines(table: Table) -> Iterator[tuple[object, ...]]:
    for row in table.rows:
        yield (
            row.place or "",
            spoken(row.agency.name),
            row.kept.in_time.n,
            row.share,
            row.interval,
            row.days,
            row.promised,
            row.open,
            row.late,
        )
    yield ()
    for name in ("kept", "days", "lights", "small"):
        yield (spoken(DEFINITIONS[name]),)
    yield (gettext("截至 %(at)s") % {"at": clock.now().isoformat()},)


@require_safe
def board_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show one agency: its figures, lights, posts, items and what it closed lately."""
    now, today, city = clock.now(), clock.today(), places()
    found = city.agencies.get(agency)
    if found is None:
        raise Http404
    where = Scope(agency=agency)
    lights = counting.lights(where, today=today)
    items = find_items(Wanted(agency=agency), on=today, size=100)
    shown = {
        "agency": found,
        "division": city.division(found.division),
        "figures": (*_figures(where, today=today, now=now), late_now(lights, as_of=now)),
        "lights": light_counts(lights),
        "checks": _checks(where, today=today),
        "items": items,
        "posts": roster([agency], now=now)[agency],
        "closed": _closed(agency),
        "crumbs": (
            Link(words=gettext("阳光榜"), href=f"{address('board')}?division={found.division}"),
            Link(words=found.name, href=""),
        ),
    }
    return render(request, "xiaoneng/public/board_agency.html", shown)


def _figures(where: Scope, *, today: date, now: datetime) -> tuple[object, ...]:
    lately = counting.kept(where, period=Period.last(USUAL, today=today))
    return (
        kept_figure(gettext("近 90 天按承诺办结"), lately, as_of=now),
        days_figure(gettext("近 90 天实际用时"), lately, as_of=now),
    )


def _checks(where: Scope, *, today: date) -> tuple[object, ...]:
    """Return the gaming checks beside the score: counts only, no matter is named."""
    return lines(gaming(where, period=Period.last(USUAL, today=today)).total)


def _closed(agency: str) -> list[MatterRow]:
    rows = public_matters().filter(agency=agency, is_open=False).order_by("-closed_at")[:LATELY]
    return [
        MatterRow(
            number=row.number,
            href=leads("matter", row.number),
            title=row.subject,
            light=LightMark(
                key=LightKey.CLOSED_LATE if row.closed_late else LightKey.CLOSED,
                detail="" if row.handled_days is None else _took(row.handled_days, row.promised_days),
            ),
            due=local_day(row.closed_at) if row.closed_at else None,
        )
        for row in rows
    ]


def _took(days: int, promised: int | None) -> Phrase:
    if promised is None:
        return Phrase(f"用时 {days} 个工作日", f"took {days} working days")
    return Phrase(f"用时 {days}／承诺 {promised} 个工作日", f"took {days} of {promised} working days")
