"""The inspector's phone (查访): my visits, and the form of one, which survives a poor connection.

The page works without a script. With one it keeps what is typed on the phone, works without a connection once it was
opened, and sends each record exactly once: its key is kept in the act.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiaoneng.desk import inbox
from xiaoneng.desk.exhibits import hand_in
from xiaoneng.desk.once import Stood, record_once
from xiaoneng.desk.recording import ActRefused, MatterMoved, read
from xiaoneng.matters.access import NotFound, access_matter, visible_to
from xiaoneng.matters.acts import Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned, VisitRecorded
from xiaoneng.organisation.access import capacities_of, names_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock, wording
from xiaoneng.web.act_forms import FormFaulty
from xiaoneng.web.choices import Asking, visited
from xiaoneng.web.device import phone_user
from xiaoneng.web.matter_rows import light_mark, stage, surroundings
from xiaoneng.web.naming import names_of as agency_names
from xiaoneng.web.office_words import CHOICES
from xiaoneng.web.pages.inspection.visit_form import acts_of, checklist_of, visit_form, with_pictures
from xiaoneng.web.parts import Empty

SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """An inspector before an inspection of theirs."""

    by: Capacity
    dossier: Dossier
    plan: InspectionPlanned
    now: datetime

    def asking(self) -> Asking:
        """Return what the choices of the form depend on."""
        return Asking(by=self.by, now=self.now, agency=self.dossier.opening.agency, dossier=self.dossier)


@login_required
@never_cache
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Show the inspections of whose team the reader is."""
    now = clock.now()
    by = tuple(one for one in capacities_of(request.user, at=now) if one.duty is Duty.INSPECT)
    rows = visible_to(by).filter(procedure="inspection", is_open=True)
    page = inbox.page(rows, today=clock.today(), after=None, size=SIZE)
    around = surroundings(page.rows, now=now)
    shown = {
        "rows": [
            {
                "number": one.matter.number,
                "title": around.title(one),
                "light": light_mark(one),
                "stage": stage(one),
                "due": one.due,
                "open": one.matter.stage in {"drawn", "visited"},
            }
            for one in page.rows
        ],
        "phone_user": phone_user(request),
        "inspects": bool(by),
        "empty": Empty(
            title=gettext("现在没有抽中您的督察"), hint=gettext("抽中以后，查访的单位和清单会在这里。")
        ),
    }
    return render(request, "xiaoneng/inspection/visits.html", shown)


def _inspector(request: HttpRequest, number: str) -> Inspector:
    """Return the inspector before an inspection of theirs; raises Http404 for everybody else."""
    now = clock.now()
    acting = capacities_of(request.user, at=now)
    try:
        dossier = read(access_matter(number, by=acting).number)
    except NotFound:
        raise Http404 from None
    by = next((one for one in acting if Role.INSPECTOR in roles_of(one, dossier)), None)
    if by is None or not isinstance(dossier.opening, InspectionPlanned):
        raise Http404
    return Inspector(by=by, dossier=dossier, plan=dossier.opening, now=now)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the record of a visit, and take it in exactly once, however often it is sent."""
    who = _inspector(request, number)
    if request.method != "POST":
        return _page(request, who)
    try:
        posted, pictures = with_pictures(request.POST, request.FILES.getlist("pictures"))
        acts = acts_of(who.plan, posted, who.asking(), by=who.by, at=who.now)
        stood = record_once(acts, number=who.dossier.number, now=who.now)
    except FormFaulty as faulty:
        return _again(request, who, faulty=faulty)
    except ActRefused as refused:
        return _again(request, who, refused=refused)
    except MatterMoved:
        return JsonResponse({"again": True}, status=409)
    recorded = read(number) if pictures else who.dossier
    for picture in pictures:
        hand_in(recorded, content=picture)
    return _arrived(request, who, stood)


def _scripted(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _arrived(request: HttpRequest, who: Inspector, stood: tuple[Stood, ...]) -> HttpResponse:
    first = stood[0]
    said = {"n": first.sequence, "at": wording.full_moment(first.at)}
    words = gettext("已送达，记为第 %(n)s 项，%(at)s。") % said
    if _scripted(request):
        return JsonResponse({"sequence": first.sequence, "at": first.at.isoformat(), "said": words})
    messages.success(request, words)
    return redirect("visit", number=who.dossier.number)


def _again(
    request: HttpRequest,
    who: Inspector,
    *,
    faulty: FormFaulty | None = None,
    refused: ActRefused | None = None,
) -> HttpResponse:
    faults = list(faulty.faults.values()) if faulty else []
    faults += [one.reason for one in refused.refusals] if refused else []
    if _scripted(request):
        return JsonResponse(
            {
                "faults": [wording.spoken(one) for one in dict.fromkeys(faults)],
                "fields": [name for name in (faulty.faults if faulty else ()) if name],
            },
            status=400,
        )
    return _page(request, who, faulty=faulty, faults=tuple(dict.fromkeys(faults)), posted=True)


def _page(
    request: HttpRequest,
    who: Inspector,
    *,
    faulty: FormFaulty | None = None,
    faults: tuple[object, ...] = (),
    posted: bool = False,
) -> HttpResponse:
    dossier = who.dossier
    agencies = agency_names(visited(dossier))
    shown = {
        "number": dossier.number,
        "subject": dossier.opening.subject,
        "agencies": [agencies.agency(one) for one in visited(dossier)],
        "plan": who.plan,
        "manner": CHOICES["visit_manner"][who.plan.manner.value],
        "checklist": checklist_of(who.plan),
        "stage": dossier.stage.name,
        "team": list(names_of(team_of(dossier.acts)).values()),
        "form": visit_form(who.plan, who.asking(), request.POST if posted else None, faulty),
        "faults": faults,
        "once": request.POST.get("once") or str(uuid.uuid4()),
        "records": list(_records(dossier)),
        "takes": dossier.stage.key in {"drawn", "visited"},
        "phone_user": phone_user(request),
        "desk": reverse("desk-matter", args=(dossier.number,)),
    }
    return render(request, "xiaoneng/inspection/visit.html", shown, status=400 if posted else 200)


def _records(dossier: Dossier) -> Iterator[dict[str, object]]:
    """Yield the visits on record, so that whoever asks sees what has arrived."""
    for place, act in enumerate(dossier.acts, start=1):
        if isinstance(act, VisitRecorded):
            yield {"sequence": place, "at": act.at, "place": act.place, "by": act.by.name}
