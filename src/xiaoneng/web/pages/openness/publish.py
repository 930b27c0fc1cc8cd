"""The desk that publishes (公开发布): which grave cases are due, which exposures wait for whom, and proposing one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiaoneng.desk import inbox
from xiaoneng.desk.exposing import propose_exposure
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import reach, visible_to
from xiaoneng.matters.vocabulary.exposure import ExposureProposed
from xiaoneng.openness.four_absolutes import grave_due
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FormView, ReasonView
from xiaoneng.web.choices import Asking
from xiaoneng.web.matter_rows import matter_rows, surroundings
from xiaoneng.web.pages.matters.receipt import show_receipt
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places

PUBLISHES = frozenset({Duty.SUPERVISE, Duty.LEGALITY, Duty.PUBLISH, Duty.HEAD, Duty.OVERSEE})
"""Duties that have a part in what is published."""
PROPOSES = frozenset({Duty.SUPERVISE, Duty.HANDLE, Duty.COMPLAINTS})
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    """A grave case to be published or barred: whose, since when, until when, and where it is."""

    agency: Phrase
    since: datetime
    last_day: datetime | None
    late: bool
    number: str
    href: str
    propose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What was sent and did not go through: what was typed and why not."""

    typed: Typed | None = None
    reasons: tuple[ReasonView, ...] = ()
    faults: tuple[Phrase, ...] = field(default=())


def _publisher(request: HttpRequest) -> tuple[Capacity, ...]:
    """Return in what capacities the reader has a part here; raises Http404 for whoever has none."""
    by = capacities_of(request.user, at=clock.now())
    if not any(one.duty in PUBLISHES for one in by):
        raise Http404
    return by


@login_required
@never_cache
@require_safe
def publish(request: HttpRequest) -> HttpResponse:
    """Show what is to be published by when, and the exposures that are under way."""
    now, by = clock.now(), _publisher(request)
    found = visible_to(by).filter(procedure="exposure", is_open=True)
    rows = inbox.page(found, today=clock.today(), after=None, size=SHOWN).rows
    shown = {
        "due": _due(by, now=now),
        "rows": tuple(matter_rows(rows, surroundings(rows, now=now), address=_desk)),
        "may_propose": any(one.duty in PROPOSES for one in by),
        "none_due": Empty(
            title=gettext("没有待公开的案件"), hint=gettext("情节严重的处理决定作出后，会自动列在这里。")
        ),
        "none_open": Empty(title=gettext("没有办理中的曝光")),
    }
    return render(request, "xiaoneng/openness/publish.html", shown)


def _due(by: tuple[Capacity, ...], *, now: datetime) -> list[DueCase]:
    """Return the grave cases that the reader may see, or whose place their office watches over."""
    entries = grave_due(now=now)
    numbers, city = [entry.number for entry in entries], places()
    seen = set(visible_to(by).filter(number__in=numbers).values_list("number", flat=True))
    watched = {reach(one) for one in by if one.duty in PUBLISHES}
    mine = [
        entry
        for entry in entries
        if entry.number in seen
        or (entry.agency in city.agencies and city.agencies[entry.agency].division.startswith(tuple(watched)))
    ]
    return [
        DueCase(
            agency=city.agency(entry.agency),
            since=entry.since,
            last_day=entry.due - timedelta(minutes=1) if entry.due else None,
            late=entry.broken(now=now),
            number=entry.number,
            href=_desk(entry.number) if entry.number in seen else "",
            propose=f"{reverse('publish-exposure')}?case={entry.number}",
        )
        for entry in mine
    ]


def _desk(number: str) -> str:
    return reverse("desk-matter", args=(number,))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Ask for the words of an exposure, or take the proposal in."""
    now, by = clock.now(), _publisher(request)
    acting = next((one for one in by if one.duty in PROPOSES), None)
    if acting is None:
        raise Http404
    asking = Asking(by=acting, now=now, agency=acting.agency)
    if request.method != "POST":
        return _page(request, asking, Back())
    typed = Typed(values=sent(ExposureProposed, request.POST))
    try:
        act = read(ExposureProposed, request.POST, asking, by=acting, at=now)
        assert isinstance(act, ExposureProposed)  # noqa: S101 - it was read as one
        receipt = propose_exposure(act, now=now)
    except FormFaulty as faulty:
        return _page(request, asking, Back(typed=Typed(values=typed.values, faults=faulty.faults)))
    except ActRefused as refused:
        return _page(request, asking, Back(typed=typed, reasons=tuple(map(reason, refused.refusals))))
    except CannotOpen as cannot:
        return _page(request, asking, Back(typed=typed, faults=cannot.faults))
    return show_receipt(request, receipt, onward=_desk(receipt.number), keep=KEEP)


KEEP = "exposure"


def _page(request: HttpRequest, asking: Asking, back: Back) -> HttpResponse:
    case = request.GET.get("case", "")
    usual = Typed(values={"reference": (case,)}) if case else None
    form = FormView(
        action=request.get_full_path(),
        button=Phrase("提请曝光", "Propose the exposure"),
        fields=fields(ExposureProposed, asking, typed=back.typed or usual),
        errors=back.faults,
        reasons=back.reasons,
        keep=KEEP,
    )
    shown = {
        "form": form,
        "crumbs": (
            Link(words=gettext("公开发布"), href=reverse("publish")),
            Link(words=gettext("提请曝光"), href=""),
        ),
    }
    status = 200 if back == Back() else 400
    return render(request, "xiaoneng/openness/propose.html", shown, status=status)
