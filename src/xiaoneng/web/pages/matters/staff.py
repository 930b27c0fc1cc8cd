"""The matter at the desk: what is the next lawful act, and if it is not open, why."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.roles import visible_parts
from xiaoneng.matters.vocabulary.cards import CardIssued
from xiaoneng.web import clock
from xiaoneng.web.acting import Actor, Sent, offered, perform
from xiaoneng.web.lights import state
from xiaoneng.web.pages.accountability.opening import leads_here
from xiaoneng.web.pages.matters import finding
from xiaoneng.web.pages.matters.answering import after_sending, described
from xiaoneng.web.parts import Link
from xiaoneng.web.showing import answers, notices
from xiaoneng.web.story import Reader, timeline
from xiaoneng.web.strips import clocks


@login_required
@never_cache
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a matter to an official who may see it."""
    staff = finding.staff_view(request, number, now=clock.now())
    if staff.view.dossier.number != number:
        return redirect("desk-matter", number=staff.view.dossier.number)
    return _page(request, staff)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """Record an act, or show everything against it with what was typed; a preview writes nothing."""
    if request.method != "POST":
        return redirect(f"{reverse('desk-matter', args=(number,))}#do-{word}")
    staff = finding.staff_view(request, number, now=clock.now())
    done = perform(_actor(staff), word, request.POST)
    if done is None:
        raise Http404
    if isinstance(done, Sent):
        return _page(request, staff, back=done, status=_status(done))
    return after_sending(request, done, word, to="desk-matter")


def _status(done: Sent) -> int:
    if done.moved_from is not None:
        return 409
    return 200 if done.paper else 400


def _actor(staff: finding.Staff) -> Actor:
    number = staff.view.dossier.number
    return Actor(
        capacities=staff.capacities,
        address=lambda word: reverse("desk-act", args=(number, word)),
        view=staff.view,
    )


def _page(
    request: HttpRequest, staff: finding.Staff, *, back: Sent | None = None, status: int = 200
) -> HttpResponse:
    view = staff.view
    dossier, number = view.dossier, view.dossier.number
    found = answers(view)
    subject = dossier.opening.subject
    shown = {
        "view": view,
        "number": number,
        "subject": dossier.item.name if dossier.item else Phrase(subject, dossier.procedure.name.en),
        "agency": view.names.agency(dossier.opening.agency),
        "procedure": dossier.procedure.name,
        "answers": found,
        "state": state(found.light),
        "stage": dossier.stage.name,
        "clocks": clocks(dossier, today=view.today),
        "notices": notices(view),
        "timeline": timeline(view, _reader(staff)),
        "acts": offered(_actor(staff), back=back),
        "related": _related(staff),
        "done": request.GET.get("done", ""),
        "register": leads_here(dossier, staff.capacities),
        **described(view, back),
    }
    return render(request, "xiaoneng/matters/desk_matter.html", shown, status=status)


def _related(staff: finding.Staff) -> tuple[Link, ...]:
    """Return what the case of a card is about: the card, and its matter where the reader may see that."""
    issued = staff.view.dossier.opening
    if not isinstance(issued, CardIssued):
        return ()
    card = Link(words=issued.card, href=reverse("card", args=(issued.card,)))
    seen = visible_to(staff.capacities).filter(number=issued.about).exists()
    return (
        (card, Link(words=issued.about, href=reverse("desk-matter", args=(issued.about,))))
        if seen
        else (card,)
    )


def _reader(staff: finding.Staff) -> Reader:
    """Return what an official may read: words only where their post stands in the matter, papers always."""
    number = staff.view.dossier.number
    return Reader(
        words=any(visible_parts(by, staff.view.dossier) for by in staff.capacities),
        inside=True,
        paper=lambda sequence: finding.paper_address(number, sequence),
        receipt=lambda sequence: finding.receipt_address(number, sequence),
    )
