"""The four always (四个一律), live: what each asks, what it examined, what breaks it, and which office answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import visible_to
from xiaoneng.openness.fact import Entry
from xiaoneng.openness.four_absolutes import FOUR, Answer, Question, ask_all
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision.access import visible_cards
from xiaoneng.web import clock
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, FigureView, Link
from xiaoneng.web.places import places

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What breaks the rule, as the public sees it; the number only for who may see the matter."""

    agency: Phrase
    since: datetime
    due: datetime | None
    wrong: Phrase
    number: str
    href: str


def figures(answers: tuple[Answer, ...]) -> tuple[FigureView, ...]:
    """Return the four as figures: how many break the rule, of how many, what is asked, and when it was asked."""
    return tuple(_figure(answer) for answer in answers)


def _figure(answer: Answer) -> FigureView:
    return FigureView(
        label=answer.absolute.name,
        value=f"{len(answer.broken):,}",
        unit=Phrase("件违反", "broken"),
        spread=Phrase(f"查验 {answer.examined:,} 件，应为 0", f"of {answer.examined:,} examined; must be 0"),
        definition=answer.absolute.definition,
        as_of=answer.as_of,
        href=reverse("always-question", args=(answer.absolute.question.value,)),
    )


@require_safe
def always(request: HttpRequest) -> HttpResponse:
    """Show the four, each with what breaks it first."""
    answers = ask_all(now=clock.now())
    return render(request, "xiaoneng/openness/always.html", {"figures": figures(answers), "four": FOUR})


@require_safe
def question(request: HttpRequest, question: str) -> HttpResponse:
    """Show one of the four: everything that breaks it, since when, and which office answers."""
    if question not in set(Question):
        raise Http404
    now = clock.now()
    answer = next(one for one in ask_all(now=now) if one.absolute.question == question)
    number, total = page_of(request), len(answer.broken)
    entries = answer.broken[(number - 1) * SIZE : number * SIZE]
    shown = {
        "answer": answer,
        "figure": _figure(answer),
        "lines": _lines(entries, by=capacities_of(request.user, at=now)),
        "waiting": len(answer.waiting),
        "pages": pages(total, size=SIZE, number=number, query={}),
        "empty": Empty(title=gettext("没有违反的"), hint=gettext("每次打开都重新查验，不是填报的数字。")),
        "crumbs": (
            Link(words=gettext("四个一律"), href=reverse("always")),
            Link(words=answer.absolute.name, href=""),
        ),
    }
    return render(request, "xiaoneng/openness/always_question.html", shown)


def _lines(entries: tuple[Entry, ...], *, by: tuple[Capacity, ...]) -> list[Line]:
    """Return what breaks the rule, with a link for who may see it: matters by their rules, cards by theirs."""
    numbers, city = [entry.number for entry in entries], places()
    seen = {one: reverse("desk-matter", args=(one,)) for one in _matters(numbers, by)}
    seen |= {one: reverse("card", args=(one,)) for one in _cards(numbers, by)}
    return [
        Line(
            agency=city.agency(entry.agency),
            since=entry.since,
            due=entry.due,
            wrong=entry.wrong or Phrase("", ""),
            number=entry.number if entry.number in seen else "",
            href=seen.get(entry.number, ""),
        )
        for entry in entries
    ]


def _matters(numbers: list[str], by: tuple[Capacity, ...]) -> list[str]:
    return list(visible_to(by).filter(number__in=numbers).values_list("number", flat=True)) if by else []


def _cards(numbers: list[str], by: tuple[Capacity, ...]) -> list[str]:
    return list(visible_cards(by).filter(number__in=numbers).values_list("number", flat=True)) if by else []
