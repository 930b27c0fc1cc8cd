"""Photographs of a matter: one shown to an official who may see it, and the originals handed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiaoneng.desk.exhibits import ExhibitDiffers, ExhibitRefused, NoExhibit, content_of, hand_in
from xiaoneng.web import clock, wording
from xiaoneng.web.exhibit_panel import may_see
from xiaoneng.web.pages.matters import finding
from xiaoneng.web.panel_parts import Onlooker
from xiaoneng.web.showing import View


def _view(request: HttpRequest, number: str) -> View:
    staff = finding.staff_view(request, number, now=clock.now())
    if not may_see(staff.view, Onlooker(by=staff.capacities)):
        raise Http404
    return staff.view


@login_required
@never_cache
@require_safe
def exhibit(request: HttpRequest, number: str, sha256: str) -> HttpResponse:
    """Show a picture, if it is still the one that the record names."""
    view = _view(request, number)
    try:
        content, kind = content_of(view.dossier.number, sha256=sha256)
    except NoExhibit:
        raise Http404 from None
    except ExhibitDiffers:
        shown = {"number": view.dossier.number, "sha256": sha256}
        return render(request, "xiaoneng/matters/exhibit_differs.html", shown, status=409)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{sha256[:12]}.{kind.partition("/")[2]}"'
    return response


@login_required
@never_cache
@require_POST
def hand_in_all(request: HttpRequest, number: str) -> HttpResponse:
    """Take in the pictures sent; each that the record names is kept, of every other it is said why not."""
    view = _view(request, number)
    kept, refused = 0, []
    for sent in request.FILES.getlist("pictures"):
        try:
            hand_in(view.dossier, content=sent.read())
        except ExhibitRefused as why:
            refused.append(f"{sent.name}：{wording.spoken(why.why)}")
        else:
            kept += 1
    if not kept and not refused:
        refused.append(gettext("没有选照片。"))
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"kept": kept, "faults": refused}, status=400 if refused else 200)
    if kept:
        messages.success(request, gettext("收到照片 %(n)s 张，与记录相符。") % {"n": kept})
    for words in refused:
        messages.error(request, words)
    return redirect("desk-matter", number=view.dossier.number)
