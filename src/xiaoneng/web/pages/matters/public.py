"""查进度: one's matter found by number, read by everybody as a trace, and whole by whoever has its code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role, key
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.web import clock
from xiaoneng.web.acting import Actor, Sent, offered, perform
from xiaoneng.web.asking import ActView
from xiaoneng.web.lights import state
from xiaoneng.web.origin import place_of
from xiaoneng.web.pages.matters import codes, finding, receipt, tracking
from xiaoneng.web.pages.matters.answering import after_sending, described
from xiaoneng.web.pages.matters.saying import plainly
from xiaoneng.web.panel_parts import Onlooker
from xiaoneng.web.panels import panels_of
from xiaoneng.web.showing import View, answers, notices
from xiaoneng.web.story import Reader, timeline
from xiaoneng.web.strips import clocks


@never_cache
@require_http_methods(["GET", "HEAD"])
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a public matter: its trace to everybody, all of it to whoever showed the code."""
    known = _canonical(number)
    if known != number:
        return redirect("matter", number=known)
    if receipt.waits(request, known):
        return redirect("receipt-page", number=known)
    opened = codes.remembered(request, known, now=clock.now())
    if not opened and not finding.traced(known):
        return tracking.unknown(request, known)
    view = finding.public_view(known, now=clock.now(), public=not opened)
    return _page(request, view, opened=opened)


def _canonical(number: str) -> str:
    try:
        return finding.number_of(number)
    except finding.Slip:
        raise Http404 from None


def _page(
    request: HttpRequest,
    view: View,
    *,
    opened: bool,
    back: Sent | None = None,
    code_errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    number = view.dossier.number
    found = answers(view)
    shown: dict[str, Any] = {
        "view": view,
        "number": number,
        "subject": _subject(view),
        "agency": view.names.agency(view.dossier.opening.agency),
        "opened": opened,
        "answers": found,
        "state": state(found.light),
        "stage": view.dossier.stage.name,
        "clocks": clocks(view.dossier, today=view.today),
        "notices": notices(view),
        "timeline": timeline(view, _reader(number, opened=opened)),
        "panels": panels_of(view, Onlooker()) if opened else (),
        "acts": _acts(view, back=back) if opened else (),
        "code_form": None if opened else tracking.code_form(number, code_errors),
        **described(view, back),
    }
    return render(request, "xiaoneng/matters/matter.html", shown, status=status)


def _subject(view: View) -> Phrase:
    item = view.dossier.item
    subject = view.dossier.opening.subject
    return item.name if item else Phrase(subject, view.dossier.procedure.name.en)


def _reader(number: str, *, opened: bool) -> Reader:
    if not opened:
        return Reader()
    return Reader(
        words=True,
        paper=lambda sequence: finding.paper_address(number, sequence),
        receipt=lambda sequence: finding.receipt_address(number, sequence),
    )


def _actor(view: View) -> Actor:
    number = view.dossier.number
    return Actor(
        capacities=(CITIZEN,),
        address=lambda word: reverse("matter-act", args=(number, word)),
        view=view,
        previews=False,
    )


def _acts(view: View, *, back: Sent | None) -> tuple[ActView, ...]:
    """Return the acts that are the applicant's; what only officials do is not shown to them as forbidden."""
    dossier = view.dossier
    theirs = frozenset(key(move.act) for move in dossier.open_moves() if Role.APPLICANT in move.by)
    return tuple(plainly(one) for one in offered(_actor(view), back=back, only=theirs))


@never_cache
@require_POST
def open_with_code(request: HttpRequest, number: str) -> HttpResponse:
    """Open a matter for this session with its code."""
    known, given = _canonical(number), request.POST.get("code", "")
    traced = finding.traced(known)
    errors = tracking.tried(request, known, given) if given.strip() else (gettext("请填写查询码。"),)
    if not errors:
        return redirect("matter", number=known)
    if not traced:
        return tracking.unknown(request, known, errors=errors)
    view = finding.public_view(known, now=clock.now(), public=True)
    return _page(request, view, opened=False, code_errors=errors, status=400)


@never_cache
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close a matter again for this session."""
    codes.forget(request, number)
    return redirect("matter", number=number)


@never_cache
@require_POST
def act(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """Record an act of the applicant: nudge, supply, withdraw, ask for a hearing, rate."""
    now = clock.now()
    if not codes.remembered(request, number, now=now):
        messages.warning(request, gettext("请先填写查询码；刚才填写的内容浏览器还留着。"))
        return redirect("matter", number=number)
    view = finding.public_view(number, now=now, public=False)
    actor = replace(_actor(view), place=place_of(request, now=now))
    done = perform(actor, word, request.POST)
    if done is None:
        raise Http404
    if isinstance(done, Sent):
        return _page(
            request, view, opened=True, back=done, status=409 if done.moved_from is not None else 400
        )
    return after_sending(request, done, word, to="matter")
