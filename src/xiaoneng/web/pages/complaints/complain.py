"""我要投诉: one page to say it, one look at where it goes and why, then a receipt that no fast click can lose.

No account and no script is needed. What was typed travels with the form, never through the browser's storage where
it will be sealed; a form sent twice is one complaint.
"""

from __future__ import annotations

from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused, read
from xiaoneng.matters.vocabulary.complaint_words import ComplaintChannel, Manner
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.web import clock
from xiaoneng.web.asking import FormView
from xiaoneng.web.form_fields import form_errors
from xiaoneng.web.pages.complaints.checking import answers_given
from xiaoneng.web.pages.complaints.destination import destination
from xiaoneng.web.pages.complaints.elsewhere import ROADS
from xiaoneng.web.pages.complaints.prefilled import prefilled
from xiaoneng.web.pages.complaints.sent import known, remember
from xiaoneng.web.pages.complaints.telling import Telling, told_in
from xiaoneng.web.pages.matters import codes, finding
from xiaoneng.web.pages.matters.receipt import show_receipt
from xiaoneng.web.parts import Words
from xiaoneng.web.places import Places, places
from xiaoneng.web.promises import promised_days

KEEP = "complain"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Ask, look where it goes, file: each step carries everything that was typed."""
    now, city = clock.now(), places()

    def telling(data: QueryDict | None, first: QueryDict) -> Telling:
        return Telling(data, city=city, now=now, first=first, knows=lambda one: _knows(request, one))

    if request.method != "POST":
        return _asked(request, telling(None, prefilled(request.GET, city)))
    if number := known(request):
        return redirect("matter", number=number)
    way = request.POST.get("way", "")
    looking = way in {"find", "change"}
    form = telling(None if looking else request.POST, request.POST)
    if looking or not form.is_valid():
        return _asked(request, form)
    try:
        return _filed(request, form) if way == "send" else _checked(request, form, city)
    except ActRefused as refused:
        return _asked(request, form, also=tuple(one.reason for one in refused.refusals))
    except CannotOpen as fault:
        return _asked(request, form, also=fault.faults)


def _knows(request: HttpRequest, number: str) -> bool:
    """Tell whether a number may be named: everybody may read it, or this session showed its code."""
    return finding.traced(number) or codes.remembered(request, number, now=clock.now())


def _filed(request: HttpRequest, form: Telling) -> HttpResponse:
    act = form.act(by=CITIZEN, channel=ComplaintChannel.WEB)
    receipt = file_complaint(act, now=form.now)
    remember(request, receipt.number)
    return show_receipt(
        request,
        receipt,
        keep=KEEP,
        days=promised_days(read(receipt.number)),
        anonymous=act.manner is Manner.ANONYMOUS,
    )


def _checked(request: HttpRequest, form: Telling, city: Places) -> HttpResponse:
    """Show what will be filed, where it goes and why; the form travels along unseen."""
    act = form.act(by=CITIZEN, channel=ComplaintChannel.WEB)
    shown = {
        "destination": destination(act, city=city),
        "given": answers_given(form),
        "anonymous": act.manner is Manner.ANONYMOUS,
        "carried": _carried(request),
    }
    return render(request, "xiaoneng/complaints/check.html", shown)


def _carried(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Return everything that was sent, to be sent again."""
    skip = {"way", "csrfmiddlewaretoken"}
    return tuple(
        (name, value) for name, values in request.POST.lists() if name not in skip for value in values
    )


def _asked(request: HttpRequest, form: Telling, *, also: tuple[Words, ...] = ()) -> HttpResponse:
    views = form.views()
    view = FormView(
        action=request.path,
        button=gettext("下一步：看会交给谁办"),
        fields=tuple(views.values()),
        errors=(*form_errors(form), *also),
        keep=KEEP,
    )
    shown = {
        "form": view,
        "sections": told_in(views),
        "once": request.POST.get("once", "") or token_urlsafe(12),
        "roads": ROADS,
        "more": form.whom.more,
        "nothing": form.nothing,
    }
    return render(request, "xiaoneng/complaints/complain.html", shown, status=400 if view.broken else 200)
