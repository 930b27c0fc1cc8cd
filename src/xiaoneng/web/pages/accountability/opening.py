"""Registering a dereliction or a breach of the bans (立案登记): first the agency, then the act's own questions.

An address may bring the source, its number, the agency and the person along: other pages link here with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.accountability.access import may_register, overseers
from xiaoneng.desk.duty import register_dereliction
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.bans import BanBreachFound
from xiaoneng.matters.vocabulary.cards import CardIssued, CardLevel
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered
from xiaoneng.matters.vocabulary.measures import Source
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FieldView, FormView, ReasonView
from xiaoneng.web.choices import Asking
from xiaoneng.web.pages.accountability.listing import KEEP
from xiaoneng.web.pages.accountability.standing import now_and_reader
from xiaoneng.web.parts import Link
from xiaoneng.web.places import Places, places

ACTS: dict[str, type[DerelictionRegistered] | type[BanBreachFound]] = {
    "dereliction": DerelictionRegistered,
    "ban": BanBreachFound,
}
BY_HAND = frozenset(Source) - {Source.WEAK_AGENCY}
"""Sources that a person registers; a weak agency is found by itself."""
BROUGHT = ("source", "reference", "person")
SOURCES = {"complaint": Source.COMPLAINT, "inspection": Source.INSPECTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where something is registered: what, for which agency, by whom."""

    what: str
    agency: str
    by: Capacity
    now: datetime

    @property
    def act(self) -> type[DerelictionRegistered] | type[BanBreachFound]:
        """Return the act that opens the matter."""
        return ACTS[self.what]

    def asking(self) -> Asking:
        """Return what the choices of the form depend on."""
        return Asking(by=self.by, now=self.now, agency=self.agency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What was typed and why it did not go through."""

    typed: Typed
    reasons: tuple[ReasonView, ...] = ()
    faults: tuple[Phrase, ...] = ()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Ask for the agency, then for the facts; or register."""
    now, reader = now_and_reader(request)
    if not reader.overseeing:
        raise Http404
    city = places()
    codes = reader.agencies(city)
    what = request.GET.get("what", "")
    what = what if what in ACTS else "dereliction"
    agency = request.GET.get("agency", "") or (codes[0] if len(codes) == 1 else "")
    if not agency:
        return _choose(request, what, codes, city)
    by = may_register(reader.by, agency=agency) if agency in codes else None
    if by is None:
        raise Http404
    desk = Desk(what=what, agency=agency, by=by, now=now)
    return _registered(request, desk, city) if request.method == "POST" else _page(request, desk, city)


def _choose(request: HttpRequest, what: str, codes: tuple[str, ...], city: Places) -> HttpResponse:
    shown = {
        "what": what,
        "brought": [(name, request.GET[name]) for name in BROUGHT if request.GET.get(name)],
        "agencies": [(code, city.agency(code)) for code in codes],
        "crumbs": _crumbs(),
    }
    return render(request, "xiaoneng/accountability/choose.html", shown)


def _page(request: HttpRequest, desk: Desk, city: Places, *, back: Back | None = None) -> HttpResponse:
    brought = {name: (request.GET[name],) for name in BROUGHT if request.GET.get(name)}
    typed = back.typed if back else Typed(values=brought) if brought else None
    form = FormView(
        action=request.get_full_path(),
        button=gettext("登记立案"),
        fields=tuple(map(_by_hand, fields(desk.act, desk.asking(), typed=typed))),
        errors=back.faults if back else (),
        reasons=back.reasons if back else (),
        keep=KEEP,
    )
    others = [
        Link(
            words=_title(one),
            href=f"?{urlencode({'what': one, 'agency': desk.agency})}" if one != desk.what else "",
        )
        for one in ACTS
    ]
    shown = {
        "form": form,
        "title": _title(desk.what),
        "agency": city.agency(desk.agency),
        "others": others,
        "crumbs": _crumbs(),
    }
    return render(request, "xiaoneng/accountability/open.html", shown, status=400 if back else 200)


def _by_hand(one: FieldView) -> FieldView:
    """Return a question without the answers that only the system gives."""
    if one.name != "source":
        return one
    return replace(one, choices=tuple(choice for choice in one.choices if choice.value in BY_HAND))


def _title(what: str) -> str:
    return gettext("登记违反禁令") if what == "ban" else gettext("登记失职追究")


def _crumbs() -> tuple[Link, ...]:
    return (
        Link(words=gettext("问责"), href=reverse("accountability")),
        Link(words=gettext("立案登记"), href=""),
    )


def _registered(request: HttpRequest, desk: Desk, city: Places) -> HttpResponse:
    typed = Typed(values=sent(desk.act, request.POST))
    try:
        act = read(desk.act, request.POST, desk.asking(), by=desk.by, at=desk.now)
        assert isinstance(act, DerelictionRegistered | BanBreachFound)  # noqa: S101 - it was read as one
        receipt = register_dereliction(act, now=desk.now)
    except FormFaulty as faulty:
        return _page(request, desk, city, back=Back(typed=Typed(values=typed.values, faults=faulty.faults)))
    except ActRefused as refused:
        return _page(
            request, desk, city, back=Back(typed=typed, reasons=tuple(map(reason, refused.refusals)))
        )
    except CannotOpen as cannot:
        return _page(request, desk, city, back=Back(typed=typed, faults=cannot.faults))
    messages.success(request, gettext("已立案，编号 %(number)s。") % {"number": receipt.number})
    return redirect(f"{reverse('accountability')}?{urlencode({'kept': KEEP})}")


def address(*, source: Source, reference: str, agency: str = "", person: int = 0) -> str:
    """Return the address that registers a dereliction with its source filled in, and what else is known."""
    known = {"source": source.value, "reference": reference, "agency": agency, "person": str(person or "")}
    query = {name: value for name, value in known.items() if value}
    return f"{reverse('accountability-open')}?{urlencode(query)}"


def leads_here(dossier: Dossier, by: tuple[Capacity, ...]) -> str:
    """Return the address that registers a dereliction because of a matter; empty where it is no ground, or not theirs.

    Whose agency answers is known of a card; a complaint or an inspection lies with another office than the one it is about.
    """
    opening = dossier.opening
    if isinstance(opening, CardIssued):
        theirs = may_register(by, agency=opening.agency) is not None
        if opening.level is not CardLevel.RED or not theirs:
            return ""
        return address(source=Source.RED_CARD, reference=opening.card, agency=opening.agency)
    source = SOURCES.get(dossier.procedure.key)
    if source is None or not overseers(by):
        return ""
    return address(source=source, reference=dossier.number)
