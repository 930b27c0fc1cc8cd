"""The list of derelictions (失职追究清单): where each stands, what is due, what is in effect; weak agencies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.accountability import access
from xiaoneng.accountability.access import Narrowed
from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.accountability.lines import Line
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.procedure import Stage
from xiaoneng.organisation.access import names_of
from xiaoneng.procedures.book import latest
from xiaoneng.web import clock, wording
from xiaoneng.web.pages.accountability.picture import picture
from xiaoneng.web.pages.accountability.standing import Reader, reader_of
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty
from xiaoneng.web.places import Places, places
from xiaoneng.web.tables import csv_table

SIZE = 30
MOST_LINES = 10_000
DRAWN = 500
KEEP = "dereliction"
QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A dereliction as the list prints it; `above` leads to registering the leader where one must answer too."""

    line: Line
    person: Phrase
    agency: Phrase
    overdue: bool
    above: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakRow:
    """A weak agency as the page prints it."""

    weak: WeakAgency
    agency: Phrase
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage with how many rest in it, and the list of these."""

    stage: Stage
    count: int
    href: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for; what it does not know is left out."""

    stage: str
    agency: str
    quarter: Quarter

    @classmethod
    def of(cls, request: HttpRequest, *, today: date) -> Asked:
        """Read an address."""
        said = request.GET
        stage = said.get("stage", "")
        try:
            quarter = Quarter.parse(said.get("quarter", ""))
        except ValueError:
            quarter = Quarter.closed_before(today)
        known = {one.key for one in latest("discipline").stages()}
        return cls(stage=stage if stage in known else "", agency=said.get("agency", ""), quarter=quarter)

    @property
    def query(self) -> dict[str, str]:
        """Return what keeps this list when it is paged or exported."""
        return {name: value for name, value in (("stage", self.stage), ("agency", self.agency)) if value}

    def narrowed(self) -> Narrowed:
        """Return what the list is narrowed to."""
        return Narrowed(stage=self.stage, agency=self.agency)


@login_required
@never_cache
@require_safe
def accountability(request: HttpRequest) -> HttpResponse:
    """Show what the reader oversees; whoever oversees nothing is led to their own record."""
    now, today = clock.now(), clock.today()
    reader = reader_of(request, now=now)
    if not reader.overseeing:
        return redirect("accountability-mine")
    city, asked = places(), Asked.of(request, today=today)
    rows = access.derelictions(reader.by, narrowed=asked.narrowed())
    number, total = page_of(request), rows.count()
    lines = access.lines(list(rows[(number - 1) * SIZE : number * SIZE]), now=now)
    since = date(today.year, 1, 1)
    of_year = access.registered_between(reader.by, since=since, until=date(today.year + 1, 1, 1))
    shown = {
        "asked": asked,
        "steps": tuple(_steps(reader, asked)),
        "rows": tuple(_rows(lines, city, today=today)),
        "total": total,
        "agencies": [(code, city.agency(code)) for code in reader.agencies(city)],
        "pages": pages(total, size=SIZE, number=number, query=asked.query),
        "export": f"{reverse('accountability-csv')}?{urlencode(asked.query)}",
        "weak": tuple(_weak(reader, asked, city, today=today)),
        "quarters": _quarters(today),
        "picture": picture(access.lines(list(of_year[:DRAWN]), now=now)),
        "undrawn": max(0, of_year.count() - DRAWN),
        "year": today.year,
        "kept": request.GET.get("kept", "") == KEEP,
        "keep": KEEP,
        "empty": Empty(title=gettext("没有这样的追究办件"), hint=gettext("换一个环节或者机关看看。")),
    }
    return render(request, "xiaoneng/accountability/listing.html", shown)


def _steps(reader: Reader, asked: Asked) -> Iterator[Step]:
    counts = access.stage_counts(reader.by)
    for stage in latest("discipline").stages():
        query = urlencode({**asked.query, "stage": stage.key})
        yield Step(
            stage=stage, count=counts.get(stage.key, 0), href=f"?{query}", here=stage.key == asked.stage
        )


def _rows(lines: Sequence[Line], city: Places, *, today: date) -> Iterator[Row]:
    people = names_of(one.person for one in lines)
    answered = access.answered_for(one.number for one in lines if one.answers_above)
    for one in lines:
        unanswered = one.answers_above and one.number not in answered
        query = {"source": "consequence", "reference": one.number, "agency": one.agency}
        yield Row(
            line=one,
            person=people.get(one.person, Phrase("", "")),
            agency=city.agency(one.agency),
            overdue=one.due is not None and one.due < today,
            above=f"{reverse('accountability-open')}?{urlencode(query)}" if unanswered else "",
        )


def _weak(reader: Reader, asked: Asked, city: Places, *, today: date) -> Iterator[WeakRow]:
    for one in access.weak_agencies(reader.by, quarter=asked.quarter):
        late = not one.number and one.open_by < today
        yield WeakRow(weak=one, agency=city.agency(one.agency), late=late)


def _quarters(today: date) -> list[Quarter]:
    found = [Quarter.closed_before(today)]
    while len(found) < QUARTERS:
        found.append(Quarter.closed_before(found[-1].since))
    return found


HEADS = (
    Phrase("编号", "Number"),
    Phrase("机关", "Agency"),
    Phrase("当事人", "Person concerned"),
    Phrase("来源", "Source"),
    Phrase("来源编号", "Reference"),
    Phrase("环节", "Stage"),
    Phrase("期限", "Due"),
    Phrase("结果", "Outcome"),
    Phrase("效力至", "In effect until"),
)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole list as a table, in the order of the page."""
    now, today = clock.now(), clock.today()
    reader = reader_of(request, now=now)
    if not reader.overseeing:
        raise Http404
    asked = Asked.of(request, today=today)
    rows = access.derelictions(reader.by, narrowed=asked.narrowed())[:MOST_LINES]
    lines = access.lines(list(rows), now=now)
    cells = map(_cells, _rows(lines, places(), today=today))
    return csv_table(f"accountability-{today}", map(wording.spoken, HEADS), cells)


def _cells(row: Row) -> list[str]:
    one = row.line
    said = (one.number, row.agency, row.person, one.source, one.reference, one.stage_name)
    return [wording.spoken(each) for each in (*said, one.due or "", one.outcome or "", one.until or "")]
