"""The counter (窗口收件): an official takes an application or a question in and hands the receipt over at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.catalogue.access import ItemUnknown, Wanted, find_items, item_on
from xiaoneng.catalogue.item import ItemFacts
from xiaoneng.desk import recording
from xiaoneng.desk.opening import CannotOpen, Request
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import PUBLIC
from xiaoneng.matters.acts import Act, Clock, Opening, Responsible, Role
from xiaoneng.matters.procedure import Procedure
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.procedures.book import latest
from xiaoneng.web import clock
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FormView
from xiaoneng.web.choices import Asking
from xiaoneng.web.pages.matters.receipt import show_receipt
from xiaoneng.worktime.days import local_day

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Who takes what in: the procedure, the official, the item if the procedure has one."""

    procedure: Procedure
    by: Capacity
    now: datetime
    item: ItemFacts | None = None

    @property
    def act(self) -> type[Opening]:
        """The act that opens the matter."""
        return self.procedure.opens_with[0]

    def asking(self) -> Asking:
        """Return what the choices of the form depend on."""
        listed = self.item.materials if self.item else ()
        return Asking(by=self.by, now=self.now, agency=self.by.agency, listed=listed)

    @property
    def keep(self) -> str:
        """The key under which the browser keeps what is typed."""
        return f"open-{self.procedure.key}-{self.item.code if self.item else ''}"


def _with_item(procedure: Procedure) -> bool:
    """Tell whether matters of a procedure are about an item: its handling limit is the item's."""
    return Clock.HANDLING in procedure.answerable and not any(
        term.clock is Clock.HANDLING for term in procedure.terms
    )


def _counter(request: HttpRequest, key: str) -> Counter:
    """Return the counter at which the official stands; raises Http404 for whoever stands at none."""
    now = clock.now()
    by = capacities_of(request.user, at=now)
    if key not in PUBLIC or not by:
        raise Http404
    procedure = latest(key)
    at_window = [one for one in by if one.duty is Duty.WINDOW]
    if _with_item(procedure) and not at_window:
        raise Http404
    code = request.GET.get("item", "")
    return Counter(
        procedure=procedure,
        by=(at_window or list(by))[0],
        now=now,
        item=_item(code, now=now) if code else None,
    )


def _item(code: str, *, now: datetime) -> ItemFacts:
    try:
        return item_on(code, on=local_day(now))
    except ItemUnknown:
        raise Http404 from None


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_at_counter(request: HttpRequest, procedure: str) -> HttpResponse:
    """Take an application in: choose the item, fill in the form, hand the receipt over."""
    counter = _counter(request, procedure)
    if counter.item is None and _with_item(counter.procedure):
        return _choose(request, counter)
    if request.method == "POST":
        return _taken(request, counter)
    return _asked(request, counter)


def _choose(request: HttpRequest, counter: Counter) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = find_items(Wanted(words=words, agency=counter.by.agency), on=local_day(counter.now), size=SHOWN)
    shown = {"counter": counter, "items": found.lines, "words": words, "procedure": counter.procedure.name}
    return render(request, "xiaoneng/matters/open_choose.html", shown)


def _asked(
    request: HttpRequest,
    counter: Counter,
    *,
    typed: Typed | None = None,
    refused: recording.ActRefused | None = None,
    faults: tuple[Phrase, ...] = (),
) -> HttpResponse:
    form = FormView(
        action=request.get_full_path(),
        button=Phrase("收件，出具回执", "Take in and give the receipt"),
        fields=fields(counter.act, counter.asking(), typed=typed),
        errors=faults,
        reasons=tuple(map(reason, refused.refusals)) if refused else (),
        keep=counter.keep,
    )
    shown = {"counter": counter, "form": form, "procedure": counter.procedure.name, "item": counter.item}
    return render(request, "xiaoneng/matters/open.html", shown, status=200 if typed is None else 400)


def _taken(request: HttpRequest, counter: Counter) -> HttpResponse:
    typed = Typed(values=sent(counter.act, request.POST))
    try:
        act = read(counter.act, request.POST, counter.asking(), by=counter.by, at=counter.now)
        receipt = recording.open_matter(_opening(act), request=_request(counter, act), now=counter.now)
    except FormFaulty as faulty:
        return _asked(request, counter, typed=Typed(values=typed.values, faults=faulty.faults))
    except recording.ActRefused as refused:
        return _asked(request, counter, typed=typed, refused=refused)
    except CannotOpen as cannot:
        return _asked(request, counter, typed=typed, faults=cannot.faults)
    onward = reverse("desk-matter", args=(receipt.number,))
    return show_receipt(request, receipt, onward=onward, keep=counter.keep)


def _opening(act: Act) -> Opening:
    assert isinstance(act, Opening)  # noqa: S101 - a procedure opens with nothing else
    return act


def _request(counter: Counter, act: Act) -> Request:
    """Return what to open: the official asked first is the first contact (首问责任)."""
    return Request(
        procedure=counter.procedure.key,
        agency=counter.item.agency if counter.item else counter.by.agency,
        item=counter.item.code if counter.item else "",
        subject=str(getattr(act, "question", ""))[:60],
        posts=(Responsible(role=Role.FIRST_CONTACT, post=counter.by.post),),
    )
