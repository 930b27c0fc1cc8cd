"""查进度的门: from a number and a code to a matter; a number that nobody may read tells nothing, not even that it exists.

What is public opens by its number. A complaint opens by number and code together; without the right code its number
reads, word for word, like one that was never given out.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.law.phrase import Phrase
from xiaoneng.web import clock
from xiaoneng.web.asking import FieldView, FormView
from xiaoneng.web.pages.matters import codes, finding

SHOWN_WITH_CODE = Phrase("查询码", "Code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Find a matter by its number, and open it where the code is given too."""
    number_errors: tuple[str, ...] = ()
    code_errors: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            number = finding.number_of(request.POST.get("number", ""))
        except finding.Slip as slip:
            number_errors = (str(slip),)
        else:
            number_errors, code_errors = _against(request, number, request.POST.get("code", ""))
            if not (number_errors or code_errors):
                return redirect("matter", number=number)
    form = FormView(
        action=reverse("track"),
        button=gettext("查进度"),
        fields=(_number_field(request, number_errors), code_field(errors=code_errors, required=False)),
    )
    return render(request, "xiaoneng/matters/track.html", {"form": form}, status=400 if form.broken else 200)


def _against(request: HttpRequest, number: str, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what speaks against opening a matter: of its number, of its code."""
    if finding.traced(number):
        return (), tried(request, number, code) if code.strip() else ()
    if not code.strip():
        return (unknown_said(),), ()
    match codes.show(request, number, code=code, now=clock.now()):
        case codes.Answer.RIGHT:
            return (), ()
        case codes.Answer.WRONG:
            return (unknown_said(),), ()
        case codes.Answer.STOPPED:
            return (), (stopped_said(),)


def tried(request: HttpRequest, number: str, code: str) -> tuple[str, ...]:
    """Try a code on a public matter; return what is wrong with it."""
    match codes.show(request, number, code=code, now=clock.now()):
        case codes.Answer.RIGHT:
            return ()
        case codes.Answer.WRONG:
            return (gettext("查询码与编号不符，请对照收件回执。"),)
        case codes.Answer.STOPPED:
            return (stopped_said(),)


def unknown_said() -> str:
    """Return the one sentence for a number never given out, and for one that needs a code it was not given."""
    return gettext("没有这个编号的公开办件。投诉不公开，须同时填写编号和查询码；请核对这两项。")


def stopped_said() -> str:
    """Return the sentence for whoever tried too often."""
    return gettext("试错次数过多，请一小时以后再试；也可以带身份证件到窗口查询。")


def unknown(request: HttpRequest, number: str, *, errors: tuple[str, ...] = ()) -> HttpResponse:
    """Answer for a number that cannot be read without a code: 404, with the place where a code is typed."""
    shown = {"number": number, "code_form": code_form(number, errors)}
    return render(request, "xiaoneng/matters/unknown.html", shown, status=404)


def code_form(number: str, errors: tuple[str, ...]) -> FormView:
    """Return the form that opens a matter with its code."""
    return FormView(
        action=reverse("matter-code", args=(number,)),
        button=gettext("打开办件"),
        fields=(code_field(errors=errors),),
    )


def code_field(*, errors: tuple[str, ...] = (), required: bool = True) -> FieldView:
    """Return the question for the code."""
    return FieldView(
        name="code",
        label=SHOWN_WITH_CODE,
        hint=gettext("在收件回执上，10 位字母和数字；空格和大小写不论。"),
        errors=errors,
        required=required,
        autocomplete="off",
        sealed=True,
    )


def _number_field(request: HttpRequest, errors: tuple[str, ...]) -> FieldView:
    return FieldView(
        name="number",
        label=gettext("办件编号"),
        value=request.POST.get("number", "") or request.GET.get("number", ""),
        hint=gettext("如 XK2026-0001234-7，在每一份文书的右上方。"),
        errors=errors,
        autocomplete="off",
    )
