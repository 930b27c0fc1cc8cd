"""Leave and hand-over (请假与交接): who is away, who covers, and asking for leave so that nothing stops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.desk.duty import request_leave
from xiaoneng.desk.leaves import LeaveLine, leaves
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.vocabulary.duty import LeaveRequested
from xiaoneng.organisation.access import absences_in, holds_of, names_of, seats
from xiaoneng.organisation.capacity import Capacity, Standing
from xiaoneng.organisation.roster import Seat
from xiaoneng.web import clock
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FormView, ReasonView
from xiaoneng.web.choices import Asking
from xiaoneng.web.naming import names_of as office_names
from xiaoneng.web.office_words import CHOICES
from xiaoneng.web.parts import Notice, Tone, Words

KEEP = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What goes to whom while the reader is away from a post: the partner, whether they are there, what is open."""

    post: Words
    standing: Words
    partner: Words
    there: Words
    ready: bool
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody of the agency who is away, or will be."""

    name: Words
    since: datetime
    until: datetime | None
    href: str
    handed_over: bool
    begun: bool


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Show leaves and the form that asks for one, or ask."""
    holds = _ordered(holds_of(request.user, at=clock.now()))
    if request.method == "POST" and holds:
        return _asked(request, holds)
    return _page(request, holds)


def _ordered(holds: tuple[Capacity, ...]) -> tuple[Capacity, ...]:
    """Return the posts held, those held as A first: leave is asked for from there."""
    return tuple(sorted(holds, key=lambda one: one.standing is not Standing.PRIMARY))


def _asked(request: HttpRequest, holds: tuple[Capacity, ...]) -> HttpResponse:
    by, now = holds[0], clock.now()
    posted = request.POST.copy()
    posted["person"] = str(by.person)
    typed = Typed(values=sent(LeaveRequested, posted))
    try:
        act = read(LeaveRequested, posted, Asking(by=by, now=now, agency=by.agency), by=by, at=now)
        assert isinstance(act, LeaveRequested)  # noqa: S101 - it was read as one
        receipt = request_leave(act, now=now)
    except FormFaulty as faulty:
        return _page(request, holds, typed=Typed(values=typed.values, faults=faulty.faults))
    except ActRefused as refused:
        return _page(request, holds, typed=typed, reasons=tuple(map(reason, refused.refusals)))
    except CannotOpen as cannot:
        return _page(request, holds, typed=typed, faults=cannot.faults)
    said = gettext("请假已提交，办件编号 %(number)s，等待批准。批准以前您仍在岗。")
    messages.success(request, said % {"number": receipt.number})
    return redirect(f"{reverse('absence')}?kept={KEEP}")


def _page(
    request: HttpRequest,
    holds: tuple[Capacity, ...],
    *,
    typed: Typed | None = None,
    reasons: tuple[ReasonView, ...] = (),
    faults: tuple[Phrase, ...] = (),
) -> HttpResponse:
    now = clock.now()
    lines = leaves(holds)
    people = names_of([line.person for line in lines])
    agencies = dict.fromkeys(one.agency for one in holds)
    shown = {
        "holds": holds,
        "kept": request.GET.get("kept", "") == KEEP,
        "keep": KEEP,
        "form": _form(request, holds, typed=typed, reasons=reasons, faults=faults),
        "handovers": tuple(_handovers(holds, now=now)),
        "away": [one for agency in agencies for one in _away(agency, now=now, lines=lines)],
        "leaves": [
            (line, people.get(line.person, ""), CHOICES["leave_kind"][line.kind.value]) for line in lines
        ],
        "none": Notice(
            title=gettext("这个账号没有岗位"),
            body=gettext("请联系本机关人事岗位登记任职。"),
            tone=Tone.WARNING,
        ),
    }
    return render(request, "xiaoneng/office/absence.html", shown, status=200 if typed is None else 400)


def _form(
    request: HttpRequest,
    holds: tuple[Capacity, ...],
    *,
    typed: Typed | None,
    reasons: tuple[ReasonView, ...],
    faults: tuple[Phrase, ...],
) -> FormView | None:
    if not holds:
        return None
    by = holds[0]
    asking = Asking(by=by, now=clock.now(), agency=by.agency)
    asked = fields(LeaveRequested, asking, typed=typed)
    return FormView(
        action=request.path,
        button=gettext("请假"),
        fields=tuple(one for one in asked if one.name != "person"),
        errors=faults,
        reasons=reasons,
        keep=KEEP,
    )


def _handovers(holds: tuple[Capacity, ...], *, now: datetime) -> Iterator[Handover]:
    """Yield what each post of the reader hands to whom."""
    found = seats(one.post for one in holds)
    names = office_names(one.agency for one in holds)
    partners = {one.post: _partner(found[one.post], one, at=now) for one in holds}
    people = names_of(person for person in partners.values() if person)
    open_ones = _open(holds)
    for one in holds:
        partner = partners[one.post]
        yield Handover(
            post=names.post(one.post, title=one.title),
            standing=Phrase(f"{one.standing.value} 岗", one.standing.value),
            partner=people.get(partner, "") if partner else "",
            ready=bool(partner) and not found[one.post].away(partner, at=now),
            there=_presence(found[one.post], partner, at=now),
            open=open_ones.get(one.post, 0),
        )


def _open(holds: tuple[Capacity, ...]) -> Mapping[str, int]:
    posts = [one.post for one in holds]
    rows = visible_to(holds).filter(is_open=True, owner_post__in=posts).order_by()
    found: dict[str, int] = {}
    for post in rows.values_list("owner_post", flat=True):
        found[post] = found.get(post, 0) + 1
    return found


def _partner(seat: Seat, by: Capacity, *, at: datetime) -> int:
    """Return who shares the post: of A the B, of B the A; nobody where the place is empty."""
    other = Standing.COVER if by.standing is Standing.PRIMARY else Standing.PRIMARY
    held = seat.holding(other, at=at)
    return held.person if held else 0


def _presence(seat: Seat, partner: int, *, at: datetime) -> Phrase:
    if not partner:
        return Phrase("没有 B 岗：须由负责人另行指定顶岗人", "Nobody: the head must name a cover")
    if seat.away(partner, at=at):
        return Phrase("现在不在：须由负责人另行指定顶岗人", "Away now: the head must name a cover")
    planned = [one.since for one in seat.absences if one.person == partner and one.since > at]
    if planned:
        day = min(planned).date()
        return Phrase(f"现在在岗，{day} 起另有请假", f"There now; away from {day}")
    return Phrase("现在在岗", "There now")


def _away(agency: str, *, now: datetime, lines: list[LeaveLine]) -> list[Away]:
    mine = {line.number for line in lines}
    return [
        Away(
            name=Phrase(row.person.name, row.person.romanised or row.person.name),
            since=row.active_from,
            until=row.active_until or row.expected_until,
            href=reverse("desk-matter", args=(row.matter,)) if row.matter in mine else "",
            handed_over=row.handed_over,
            begun=row.active_from <= now,
        )
        for row in absences_in(agency, at=now)
    ]
