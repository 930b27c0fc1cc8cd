"""查进度: one's matter found by number, read by everybody as a trace, and whole by whoever has its code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role, key
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.web import clock
from xiaoneng.web.acting import Actor, Sent, offered, perform
from xiaoneng.web.asking import ActView, FieldView, FormView
from xiaoneng.web.lights import state
from xiaoneng.web.origin import place_of
from xiaoneng.web.pages.matters import codes, finding, receipt
from xiaoneng.web.pages.matters.answering import after_sending, described
from xiaoneng.web.showing import View, answers, notices
from xiaoneng.web.story import Reader, timeline
from xiaoneng.web.strips import clocks

SHOWN_WITH_CODE = Phrase("查询码", "Code")


def _code_field(value: str = "", *, errors: tuple[str, ...] = (), required: bool = True) -> FieldView:
    return FieldView(
        name="code",
        label=SHOWN_WITH_CODE,
        value=value,
        hint=gettext("在收件回执上，10 位字母和数字；空格和大小写不论。"),
        errors=errors,
        required=required,
        autocomplete="off",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Find a matter by its number, and open it where the code is given too."""
    typed = {name: request.POST.get(name, "") for name in ("number", "code")}
    number_errors: tuple[str, ...] = ()
    code_errors: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            number = finding.number_of(typed["number"])
            finding.public_view(number, now=clock.now(), public=True)
        except finding.Slip as slip:
            number_errors = (str(slip),)
        except Http404:
            number_errors = (gettext("没有这个编号的办件，请核对。"),)
        else:
            code_errors = _tried(request, number, typed["code"]) if typed["code"].strip() else ()
            if not code_errors:
                return redirect("matter", number=number)
    form = FormView(
        action=reverse("track"),
        button=gettext("查进度"),
        fields=(
            FieldView(
                name="number",
                label=gettext("办件编号"),
                value=typed["number"] or request.GET.get("number", ""),
                hint=gettext("如 XK2026-0001234-7，在每一份文书的右上方。"),
                errors=number_errors,
                autocomplete="off",
            ),
            _code_field(errors=code_errors, required=False),
        ),
    )
    return render(request, "xiaoneng/matters/track.html", {"form": form}, status=400 if form.broken else 200)


def _tried(request: HttpRequest, number: str, code: str) -> tuple[str, ...]:
    match codes.show(request, number, code=code, now=clock.now()):
        case codes.Answer.RIGHT:
            return ()
        case codes.Answer.WRONG:
            return (gettext("查询码与编号不符，请对照收件回执。"),)
        case codes.Answer.STOPPED:
            return (gettext("试错次数过多，请一小时以后再试；也可以带身份证件到窗口查询。"),)


@never_cache
@require_http_methods(["GET", "HEAD"])
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a public matter: its trace to everybody, all of it to whoever showed the code."""
    known = _canonical(number)
    if known != number:
        return redirect("matter", number=known)
    if receipt.waits(request, known):
        return redirect("receipt-page", number=known)
    opened = codes.remembered(request, known, now=clock.now())
    view = finding.public_view(known, now=clock.now(), public=not opened)
    return _page(request, view, opened=opened)


def _canonical(number: str) -> str:
    try:
        return finding.number_of(number)
    except finding.Slip:
        raise Http404 from None


def _page(
    request: HttpRequest,
    view: View,
    *,
    opened: bool,
    back: Sent | None = None,
    code_errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    number = view.dossier.number
    found = answers(view)
    shown: dict[str, Any] = {
        "view": view,
        "number": number,
        "subject": _subject(view),
        "agency": view.names.agency(view.dossier.opening.agency),
        "opened": opened,
        "answers": found,
        "state": state(found.light),
        "stage": view.dossier.stage.name,
        "clocks": clocks(view.dossier, today=view.today),
        "notices": notices(view),
        "timeline": timeline(view, _reader(number, opened=opened)),
        "acts": _acts(view, back=back) if opened else (),
        "code_form": None if opened else _code_form(number, code_errors),
        **described(view, back),
    }
    return render(request, "xiaoneng/matters/matter.html", shown, status=status)


def _subject(view: View) -> Phrase:
    item = view.dossier.item
    subject = view.dossier.opening.subject
    return item.name if item else Phrase(subject, view.dossier.procedure.name.en)


def _reader(number: str, *, opened: bool) -> Reader:
    if not opened:
        return Reader()
    return Reader(
        words=True,
        paper=lambda sequence: finding.paper_address(number, sequence),
        receipt=lambda sequence: finding.receipt_address(number, sequence),
    )


def _code_form(number: str, errors: tuple[str, ...]) -> FormView:
    return FormView(
        action=reverse("matter-code", args=(number,)),
        button=gettext("打开办件"),
        fields=(_code_field(errors=errors),),
    )


def _actor(view: View) -> Actor:
    number = view.dossier.number
    return Actor(
        capacities=(CITIZEN,),
        address=lambda word: reverse("matter-act", args=(number, word)),
        view=view,
        previews=False,
    )


SAID = {
    "nudged": Phrase("催办", "Ask how it stands"),
    "materials-supplied": Phrase("补交材料", "Hand in materials"),
    "demand-met": Phrase("交来另行要求的材料", "Hand in what was demanded"),
    "withdrawn": Phrase("撤回申请", "Withdraw the application"),
    "hearing-requested": Phrase("申请听证", "Ask for a hearing"),
    "rated": Phrase("评价", "Rate the service"),
    "asked-again": Phrase("再问一次", "Ask again"),
}
"""What applicants call what they do."""


def _acts(view: View, *, back: Sent | None) -> tuple[ActView, ...]:
    """Return the acts that are the applicant's; what only officials do is not shown to them as forbidden."""
    dossier = view.dossier
    theirs = frozenset(key(move.act) for move in dossier.open_moves() if Role.APPLICANT in move.by)
    return tuple(_plainly(one) for one in offered(_actor(view), back=back, only=theirs))


def _plainly(one: ActView) -> ActView:
    words = SAID.get(one.key)
    if words is None:
        return one
    return replace(one, name=words, form=replace(one.form, button=words) if one.form else None)


@never_cache
@require_POST
def open_with_code(request: HttpRequest, number: str) -> HttpResponse:
    """Open a matter for this session with its code."""
    view = finding.public_view(number, now=clock.now(), public=True)
    known = view.dossier.number
    given = request.POST.get("code", "")
    errors = _tried(request, known, given) if given.strip() else (gettext("请填写查询码。"),)
    if errors:
        return _page(request, view, opened=False, code_errors=errors, status=400)
    return redirect("matter", number=known)


@never_cache
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close a matter again for this session."""
    codes.forget(request, number)
    return redirect("matter", number=number)


@never_cache
@require_POST
def act(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """Record an act of the applicant: nudge, supply, withdraw, ask for a hearing, rate."""
    now = clock.now()
    if not codes.remembered(request, number, now=now):
        messages.warning(request, gettext("请先填写查询码；刚才填写的内容浏览器还留着。"))
        return redirect("matter", number=number)
    view = finding.public_view(number, now=now, public=False)
    actor = replace(_actor(view), place=place_of(request, now=now))
    done = perform(actor, word, request.POST)
    if done is None:
        raise Http404
    if isinstance(done, Sent):
        return _page(
            request, view, opened=True, back=done, status=409 if done.moved_from is not None else 400
        )
    return after_sending(request, done, word, to="matter")
