"""Where things stick, question by question (梗阻之问): one page for every question of the table, as table, CSV or JSON."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.supervision.obstruction.access import Source, answered, grouped_by
from xiaoneng.supervision.obstruction.answers import GROUPS, Answer, Kind, Question
from xiaoneng.supervision.obstruction.as_data import as_data
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.obstruction.book import QUESTIONS
from xiaoneng.web.cells import HeadView, cells, sorted_by
from xiaoneng.web.pages.supervision.asking import address, crumbs, narrowings, opened
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty
from xiaoneng.web.pictures.charts import chart_of
from xiaoneng.web.tables import csv_table
from xiaoneng.web.wording import spoken

SIZE = 50


@login_required
@never_cache
@require_safe
def questions(request: HttpRequest, key: str) -> HttpResponse:
    """Show the menu of questions of a feed."""
    one, asked = opened(request, key)
    kept = address(asked)
    shown = {
        "name": one.name,
        "map": reverse("feed-map", args=(key,)) + kept,
        "menu": [
            (each, reverse("feed-question", args=(key, each.key)) + kept) for each in QUESTIONS.values()
        ],
        "hours": one.hours.said,
        "judged_at": _judged(one, asked),
        "crumbs": crumbs(one),
    }
    return render(request, "xiaoneng/supervision/questions.html", shown)


@login_required
@never_cache
@require_safe
def question(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Answer one question: as a page, as a table for spreadsheets, as JSON."""
    one, asked = opened(request, key)
    if name not in QUESTIONS:
        raise Http404
    found = QUESTIONS[name]
    by = grouped_by(one, found, request.GET.get("by", ""))
    answer = answered(one, found, asked, by=by)
    form = request.GET.get("format", "")
    if form == "json":
        return JsonResponse(
            as_data(one, found, answer, asked=asked, by=by), json_dumps_params={"ensure_ascii": False}
        )
    if form == "csv":
        heads = [spoken(column.head) for column in found.columns]
        return csv_table(f"{key}-{name}", heads, ([_plain(cell) for cell in row] for row in answer.rows))
    return render(
        request, "xiaoneng/supervision/question.html", _page(request, one, found, answer, asked=asked, by=by)
    )


def _page(
    request: HttpRequest, one: Source, found: Question, answer: Answer, *, asked: Asked, by: str
) -> dict[str, object]:
    number, sort = page_of(request), request.GET.get("sort", "")
    rows = sorted_by(answer.rows, found.columns, sort)
    query = {**dict(asked.query()), "by": by, "sort": sort}
    shown = rows[(number - 1) * SIZE : number * SIZE]
    return {
        "question": found,
        "name": one.name,
        "answer": answer,
        "heads": _heads(found, asked, by=by, sort=sort),
        "rows": [cells(row, found.columns) for row in shown],
        "total": len(rows),
        "pages": pages(len(rows), size=SIZE, number=number, query={k: v for k, v in query.items() if v}),
        "narrowings": narrowings(one, asked),
        "asked": asked,
        "groups": [(kind, GROUPS[kind], kind == by) for kind in found.by],
        "hours": one.hours.said,
        "judged_at": _judged(one, asked),
        "csv": address(asked, by=by, format="csv"),
        "json": address(asked, by=by, format="json"),
        "chart": chart_of(found, answer),
        "empty": Empty(title=gettext("没有可答的"), hint=gettext("换一段时间，或者少选几个条件。")),
        "crumbs": crumbs(one, (found.title, "")),
    }


def _heads(found: Question, asked: Asked, *, by: str, sort: str) -> list[HeadView]:
    return [
        HeadView(
            words=column.head,
            end=column.kind is not Kind.NAME,
            href=address(asked, by=by, sort=column.key),
            sorted=column.key == sort,
        )
        for column in found.columns
    ]


def _judged(one: Source, asked: Asked) -> str:
    at = (asked.judged_at(one.zone) or one.last).astimezone(one.zone)
    return f"{at:%Y-%m-%d %H:%M} {one.zone.key}"


def _plain(cell: object) -> object:
    return cell if isinstance(cell, int | float) else spoken(cell)
