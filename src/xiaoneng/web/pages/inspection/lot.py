"""The lot of an inspection (抽取督察组): drawn once, and drawn again whenever the page is opened."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiaoneng.desk import recording
from xiaoneng.matters.access import NotFound, access_matter
from xiaoneng.matters.acts import Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned, MemberReplaced, TeamDrawn
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.rule import Refusal
from xiaoneng.supervision import lots
from xiaoneng.web import clock, wording
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, hidden, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FormView
from xiaoneng.web.choices import Asking
from xiaoneng.web.parts import Link


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lot(request: HttpRequest, number: str) -> HttpResponse:
    """Show the draw, done again; or draw, once."""
    dossier, by = _before(request, number)
    if request.method != "POST":
        return _page(request, dossier, by)
    asking = _asking(dossier, by)
    typed = Typed(values=sent(TeamDrawn, request.POST))
    try:
        act = read(TeamDrawn, request.POST, asking, by=by, at=clock.now())
        wanted = act.wanted if isinstance(act, TeamDrawn) else 0
        lots.draw_team(dossier.number, wanted=wanted, seen=_seen(request, dossier), by=by, now=clock.now())
    except FormFaulty as faulty:
        typed = Typed(values=typed.values, faults=faulty.faults)
        return _page(request, dossier, by, typed=typed)
    except recording.ActRefused as refused:
        return _page(request, dossier, by, typed=typed, refusals=refused.refusals)
    except recording.MatterMoved:
        messages.warning(request, gettext("事项已更新，请看过再决定。"))
        return redirect("inspection-lot", number=dossier.number)
    messages.success(request, gettext("已抽取督察组。"))
    return redirect("inspection-lot", number=dossier.number)


@login_required
@never_cache
@require_POST
def member(request: HttpRequest, number: str) -> HttpResponse:
    """Let the next of the lot come in for a member who leaves."""
    dossier, by = _before(request, number)
    try:
        act = read(MemberReplaced, request.POST, _asking(dossier, by), by=by, at=clock.now())
        if isinstance(act, MemberReplaced):
            seen = _seen(request, dossier)
            lots.replace_member(act, number=dossier.number, seen=seen, now=clock.now())
    except FormFaulty:
        messages.error(request, gettext("请选退出的成员，并写明理由。"))
    except recording.ActRefused as refused:
        for one in refused.refusals:
            messages.error(request, wording.spoken(one.reason))
    except recording.MatterMoved:
        messages.warning(request, gettext("事项已更新，请看过再决定。"))
    else:
        messages.success(request, gettext("已按同一次抽取补入下一位。"))
    return redirect("desk-matter", number=dossier.number)


def _before(request: HttpRequest, number: str) -> tuple[Dossier, Capacity]:
    """Return an inspection that the reader may see, and the capacity nearest to planning it; raises Http404."""
    acting = capacities_of(request.user, at=clock.now())
    try:
        dossier = recording.read(access_matter(number, by=acting).number)
    except NotFound:
        raise Http404 from None
    if not isinstance(dossier.opening, InspectionPlanned):
        raise Http404
    watching = [one for one in acting if Role.SUPERVISOR in roles_of(one, dossier)]
    return dossier, (watching or list(acting))[0]


def _seen(request: HttpRequest, dossier: Dossier) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() else len(dossier.acts)


def _asking(dossier: Dossier, by: Capacity) -> Asking:
    return Asking(by=by, now=clock.now(), agency=dossier.opening.agency, dossier=dossier)


def _page(
    request: HttpRequest,
    dossier: Dossier,
    by: Capacity,
    *,
    typed: Typed | None = None,
    refusals: tuple[Refusal, ...] = (),
) -> HttpResponse:
    number, drawn = dossier.number, dossier.last(TeamDrawn)
    form = FormView(
        action=request.path,
        button=TeamDrawn.name,
        fields=(
            *fields(TeamDrawn, _asking(dossier, by), typed=typed),
            *hidden(TeamDrawn, seen=len(dossier.acts)),
        ),
        reasons=tuple(map(reason, refusals)),
    )
    shown = {
        "number": number,
        "subject": dossier.opening.subject,
        "nonce": dossier.opening.nonce if isinstance(dossier.opening, InspectionPlanned) else "",
        "drawn": drawn,
        "candidates": list(_candidates(drawn, team_of(dossier.acts))) if drawn else [],
        "wrong": list(lots.checked(dossier)) if drawn else [],
        "form": form if drawn is None and Role.SUPERVISOR in roles_of(by, dossier) else None,
        "crumbs": (
            Link(words=gettext("督察巡视与热线"), href=reverse("inspections")),
            Link(words=number, href=reverse("desk-matter", args=(number,))),
            Link(words=TeamDrawn.name, href=""),
        ),
    }
    return render(request, "xiaoneng/inspection/lot.html", shown, status=200 if typed is None else 400)


def _candidates(drawn: TeamDrawn, members: tuple[int, ...]) -> Iterator[dict[str, object]]:
    """Yield everybody who stood in the draw: their place in the lot, whether barred, whether in the team now."""
    for one in drawn.candidates:
        yield {
            "one": one,
            "order": drawn.members.index(one.person) + 1 if one.person in drawn.members else 0,
            "out": one.person in drawn.conflicted,
            "now": one.person in members,
        }
