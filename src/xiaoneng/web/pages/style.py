"""The living style page: every component with a sample. For development only; elsewhere it does not exist."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.web.doors import PUBLIC, STAFF, Door
from xiaoneng.web.pages import style_lists, style_samples


def _show(request: HttpRequest, template: str) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "STYLE_PAGE", False)):
        raise Http404
    samples = {**vars(style_samples), **vars(style_lists)}
    shown = {
        "sample": {name.lower(): each for name, each in samples.items()},
        "public_doors": _all(PUBLIC),
        "staff_doors": _all(STAFF),
    }
    return render(request, template, shown)


def _all(names: tuple[tuple[str, Phrase], ...]) -> tuple[Door, ...]:
    """Return every door, built or not, the first of them open."""
    return tuple(Door(words, f"#{name}", index == 0) for index, (name, words) in enumerate(names))


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every component as citizens see it."""
    return _show(request, "xiaoneng/style.html")


@require_safe
def style_desk(request: HttpRequest) -> HttpResponse:
    """Show what staff see, in the dense shell."""
    return _show(request, "xiaoneng/desk/style.html")
