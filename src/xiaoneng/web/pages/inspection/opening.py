"""Planning an inspection and dispatching a hotline order: forms of the acts that open them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.desk import recording
from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Opening, Responsible, Role
from xiaoneng.matters.vocabulary.hotline import OrderDispatched
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.rule import Refusal
from xiaoneng.supervision import lots
from xiaoneng.web import clock
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import Choice, FormView
from xiaoneng.web.choices import Asking
from xiaoneng.web.office_words import CHOICES
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.parts import Link
from xiaoneng.web.places import places

LONGEST = 60


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an inspection."""
    return _open(request, InspectionPlanned, Phrase("立项", "Plan it"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: HttpRequest) -> HttpResponse:
    """Dispatch an order of the hotline."""
    return _open(request, OrderDispatched, Phrase("派单", "Dispatch"))


def _open(request: HttpRequest, act: type[Opening], button: Phrase) -> HttpResponse:
    now = clock.now()
    who = supervisor(request, now=now)
    by, city = who.by[0], places()
    here = who.division(request)
    asking = Asking(by=by, now=now, agency=by.agency)
    asking.kept["agencies_below"] = tuple(
        Choice(value=one.code, words=one.name) for one in city.within(here) if one.code != by.agency
    )
    asking.kept["places"] = tuple(
        Choice(value=code, words=name, chosen=code == here) for code, name in who.divisions(city).items()
    )
    if request.method != "POST":
        return _asked(request, act, button, asking)
    typed = Typed(values=sent(act, request.POST))
    try:
        made = read(act, request.POST, asking, by=by, at=now)
        receipt = _recorded(made, by=by, now=now)
    except FormFaulty as faulty:
        return _asked(request, act, button, asking, typed=replace(typed, faults=faulty.faults))
    except recording.ActRefused as refused:
        return _asked(request, act, button, asking, typed=typed, refusals=refused.refusals)
    except CannotOpen as cannot:
        return _asked(request, act, button, asking, typed=typed, faults=cannot.faults)
    if isinstance(made, InspectionPlanned):
        return redirect("inspection-lot", number=receipt.number)
    messages.success(request, gettext("已派单，编号 %(number)s。") % {"number": receipt.number})
    return redirect("desk-matter", number=receipt.number)


def _recorded(act: object, *, by: Capacity, now: datetime) -> recording.Receipt:
    match act:
        case InspectionPlanned():
            return lots.plan(act, subject=_subject(act), now=now)
        case OrderDispatched():
            mine = (Responsible(role=Role.SUPERVISOR, post=by.post),)
            return recording.open_matter(
                act,
                request=Request(procedure="hotline", agency=act.unit, subject=act.text[:LONGEST], posts=mine),
                now=now,
            )
        case _:
            raise AssertionError(act)


def _subject(act: InspectionPlanned) -> str:
    """Return what an inspection is called: how, and whom or where."""
    city = places()
    whom = "、".join(city.agency(one).zh for one in act.agencies) or act.area
    return f"{CHOICES['visit_manner'][act.manner.value].zh}：{whom}"[:LONGEST]


def _asked(  # noqa: PLR0913 - what is shown again, each by name
    request: HttpRequest,
    act: type[Opening],
    button: Phrase,
    asking: Asking,
    *,
    typed: Typed | None = None,
    refusals: tuple[Refusal, ...] = (),
    faults: tuple[Phrase, ...] = (),
) -> HttpResponse:
    form = FormView(
        action=request.get_full_path(),
        button=button,
        fields=fields(act, asking, typed=typed),
        errors=faults,
        reasons=tuple(map(reason, refusals)),
        keep=_keep(act),
    )
    crumbs = (
        Link(words=gettext("督察"), href=reverse("supervision")),
        Link(words=gettext("督察巡视与热线"), href=reverse("inspections")),
        Link(words=act.name, href=""),
    )
    shown = {"form": form, "name": act.name, "crumbs": crumbs, "places": asking.kept["places"]}
    return render(request, "xiaoneng/inspection/opening.html", shown, status=200 if typed is None else 400)


def _keep(act: type[Opening]) -> str:
    return f"open-{act.__name__.lower()}"
