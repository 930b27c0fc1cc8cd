"""The obstruction map (梗阻图): where matters stick as a picture, with a table behind it and the matters of every arrow."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.flow.graph import abstract, directly
from xiaoneng.flow.graph.abstract import LEVELS, Node
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.access import Source, pictured, subject
from xiaoneng.supervision.obstruction.answers import Column, Kind, Row
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.obstruction.book import COUNT, FROM, TO
from xiaoneng.supervision.obstruction.picture import LEVEL_NAMES, Picture, taken
from xiaoneng.supervision.pouring import OWN
from xiaoneng.web.cells import CellView, HeadView, cells, sorted_by
from xiaoneng.web.pages.supervision.asking import address, crumbs, narrowings, opened
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty
from xiaoneng.web.pictures.map_spec import map_spec
from xiaoneng.web.pictures.paper import drawn
from xiaoneng.web.tables import csv_table
from xiaoneng.web.wording import spoken

SIZE = 50
NAMELESS = "—"
"""How a step without a name is called."""
ARROWS = (
    *(FROM, TO, COUNT),
    Column("lost", Phrase("工作日合计", "Working days in all"), Kind.DAYS),
    *(
        Column(part, Phrase(f"{words.zh}（天）", f"{words.en} (days)"), Kind.DAYS)
        for part, words in directly.PARTS.items()
    ),
    Column("median", Phrase("中位数（工作日）", "Median (working days)"), Kind.DAYS),
    Column("p90", Phrase("九成位数（工作日）", "Ninth decile (working days)"), Kind.DAYS),
)
"""The table behind the map."""
STEPS = (
    Column("case", Phrase("办件", "Case"), Kind.NAME),
    *(FROM, TO),
    Column("begun", Phrase("起", "Begun"), Kind.DAY),
    Column("ended", Phrase("止", "Ended"), Kind.DAY),
    Column("working", Phrase("工作日", "Working days"), Kind.DAYS),
    Column("elapsed", Phrase("天", "Days"), Kind.DAYS),
)
"""The steps behind an arrow."""


@login_required
@never_cache
@require_safe
def obstruction(request: HttpRequest, key: str) -> HttpResponse:
    """Show the map of a feed, and the table behind it, which is also to be had for spreadsheets."""
    one, asked = opened(request, key)
    found = pictured(one, asked, level=_level(request))
    rows = sorted_by(_table(found), ARROWS, request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        heads = [spoken(column.head) for column in ARROWS]
        return csv_table(
            f"{key}-map", heads, ([_plain(cell) for cell in _worded(one, row, 2)] for row in rows)
        )
    return render(request, "xiaoneng/supervision/map.html", _shown(request, one, asked, found, rows))


def _shown(
    request: HttpRequest, one: Source, asked: Asked, found: Picture, rows: Sequence[Row]
) -> dict[str, object]:
    level = str(found.level)
    return {
        "name": one.name,
        "picture": found,
        "spec": _spec(one, asked, found),
        "said": _said(one, found),
        "lost": f"{found.lost:,.0f}",
        "covered": f"{found.covered * 100:.1f}",
        "heads": _heads(asked, level, request.GET.get("sort", "")),
        "rows": [
            (_behind(one, asked, found.level, str(row[0]), str(row[1])), cells(_worded(one, row, 2), ARROWS))
            for row in rows
        ],
        "svg": reverse("feed-map-svg", args=(one.key,)) + address(asked, level=level),
        "csv": address(asked, level=level, format="csv"),
        "questions": reverse("feed-questions", args=(one.key,)) + address(asked),
        "levels": [(str(place), words, place == found.level) for place, words in enumerate(LEVEL_NAMES)],
        "parts": tuple(directly.PARTS.items()),
        "definitions": (directly.DEFINITION, abstract.DEFINITION),
        "narrowings": narrowings(one, asked),
        "asked": asked,
        "hours": one.hours.said,
        "empty": Empty(title=gettext("没有可画的"), hint=gettext("换一段时间，或者少选几个条件。")),
        "crumbs": crumbs(one, (gettext("梗阻图"), "")),
    }


def _heads(asked: Asked, level: str, sort: str) -> list[HeadView]:
    return [
        HeadView(
            words=column.head,
            end=column.kind is not Kind.NAME,
            href=address(asked, level=level, sort=column.key) + "#map-table",
            sorted=column.key == sort,
        )
        for column in ARROWS
    ]


@login_required
@never_cache
@require_safe
def map_svg(request: HttpRequest, key: str) -> HttpResponse:
    """Return the map as the server draws it: for print, and for who has no script."""
    one, asked = opened(request, key)
    found = pictured(one, asked, level=_level(request))
    return HttpResponse(drawn(_spec(one, asked, found)), content_type="image/svg+xml; charset=utf-8")


@login_required
@never_cache
@require_safe
def behind(request: HttpRequest, key: str) -> HttpResponse:
    """Show the matters of an arrow, or of a box, those that took longest first."""
    one, asked = opened(request, key)
    found = pictured(one, asked, level=_level(request))
    source, target, box = (_box(found, request.GET.get(name, "")) for name in ("from", "to", "box"))
    if source is None and target is None and box is None:
        raise Http404
    steps = taken(subject(one, asked), source=source or box, target=target)
    if request.GET.get("format") == "csv":
        heads = [spoken(column.head) for column in STEPS]
        lines = ((row[0], *_worded(one, row[1:], 2)) for row in steps)
        return csv_table(f"{key}-steps", heads, ([_plain(cell) for cell in row] for row in lines))
    number = page_of(request)
    told = {name: request.GET.get(name, "") for name in ("from", "to", "box")}
    query = [*asked.query(), ("level", str(found.level)), *((k, v) for k, v in told.items() if v)]
    title = " → ".join(spoken(one.word(told[name])) for name in ("from", "to", "box") if told[name])
    shown = {
        "name": one.name,
        "title": title,
        "members": [
            spoken(one.word(step)) for step in _members(box, subject(one, asked).selected.steps.activities)
        ],
        "rows": [_step(one, row) for row in steps[(number - 1) * SIZE : number * SIZE]],
        "heads": [HeadView(words=column.head, end=column.kind is not Kind.NAME) for column in STEPS],
        "total": len(steps),
        "csv": "?" + urlencode([*query, ("format", "csv")]),
        "pages": pages(len(steps), size=SIZE, number=number, query=dict(query)),
        "hours": one.hours.said,
        "crumbs": crumbs(one, (gettext("梗阻图"), _map(one, asked, found.level)), (title, "")),
    }
    return render(request, "xiaoneng/supervision/behind.html", shown)


def _level(request: HttpRequest) -> int:
    said = request.GET.get("level", "")
    return int(said) if said in {str(place) for place in range(len(LEVELS))} else 0


def _map(one: Source, asked: Asked, level: int) -> str:
    return reverse("feed-map", args=(one.key,)) + address(asked, level=str(level))


def _behind(one: Source, asked: Asked, level: int, source: str, target: str = "") -> str:
    ends = {"from": source, "to": target} if target else {"box": source}
    return reverse("feed-behind", args=(one.key,)) + address(asked, level=str(level), **ends)


def _spec(one: Source, asked: Asked, found: Picture) -> dict[str, object]:
    def opens(source: str, *target: str) -> str:
        return _behind(one, asked, found.level, *(name or NAMELESS for name in (source, *target)))

    return map_spec(
        found, address=opens, word=lambda step: spoken(one.word(step)), description=_said(one, found)
    )


def _said(one: Source, found: Picture) -> str:
    """Return what the picture shows, in words."""
    told = {"steps": f"{found.steps:,}", "boxes": len(found.boxes), "arrows": len(found.arrows)}
    words = gettext("图中 %(boxes)d 个环节或阶段、%(arrows)d 条路径，来自 %(steps)s 步。") % told
    for arrow in found.arrows[:3]:
        ends = {
            "source": spoken(one.word(found.boxes[arrow.source].name)),
            "target": spoken(one.word(found.boxes[arrow.target].name)),
        }
        figures = {"n": f"{arrow.count:,}", "lost": f"{arrow.lost:,.0f}"}
        words += gettext("从 %(source)s 到 %(target)s：%(n)s 次，合计 %(lost)s 个工作日。") % {
            **ends,
            **figures,
        }
    return words


def _table(found: Picture) -> tuple[Row, ...]:
    names = [box.name or NAMELESS for box in found.boxes]
    return tuple(
        (names[one.source], names[one.target], one.count, one.lost, *one.parts, one.median, one.p90)
        for one in found.arrows
    )


def _box(found: Picture, name: str) -> Node | None:
    return next((box for box in found.boxes if name and (box.name or NAMELESS) == name), None)


def _members(box: Node | None, names: tuple[str, ...]) -> list[str]:
    return [names[code] for code in box.activities] if box and box.is_phase else []


def _step(one: Source, row: Row) -> tuple[str, list[CellView]]:
    href = reverse("desk-matter", args=(row[0],)) if one.key == OWN else ""
    return href, cells((row[0], *_worded(one, row[1:], 2)), STEPS)


def _worded(one: Source, row: Row, steps: int) -> Row:
    """Return a row whose first cells, so many, are steps as they are called."""
    return (*(one.word(str(cell)) for cell in row[:steps]), *row[steps:])


def _plain(cell: object) -> object:
    return cell if isinstance(cell, int | float) else spoken(cell)
