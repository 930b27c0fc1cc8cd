"""The receipt page: number and code, shown until somebody says that they are kept; no fast click can lose them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.desk.recording import Receipt
from xiaoneng.web import clock
from xiaoneng.web.pages.matters import codes
from xiaoneng.web.promises import PromisedDay

KEPT = "receipts"
"""Where the session keeps receipts that nobody has yet said to have saved."""


def show_receipt(
    request: HttpRequest,
    receipt: Receipt,
    *,
    onward: str = "",
    keep: str = "",
    days: tuple[PromisedDay, ...] = (),
    anonymous: bool = False,
) -> HttpResponse:
    """Send whoever opened a matter to its receipt page, which stays theirs until they say that it is saved.

    Call it once the matter is open. `onward` is the address that follows, the matter's own page where it is empty;
    `keep` is the key of the form whose typed text the browser may now forget. `days` are printed as a calendar;
    `anonymous` says that nobody can be told anything, so that whoever it is must come back and look.
    """
    waiting = dict(request.session.get(KEPT, {}))
    waiting[receipt.number] = {
        "sequence": receipt.sequence,
        "code": receipt.code,
        "hash": receipt.act_hash.hex(),
        "due": receipt.due.isoformat() if receipt.due else "",
        "onward": onward,
        "keep": keep,
        "days": [one.plain() for one in days],
        "anonymous": anonymous,
    }
    request.session[KEPT] = waiting
    return redirect("receipt-page", number=receipt.number)


def waits(request: HttpRequest, number: str) -> bool:
    """Tell whether this session holds a receipt of the matter that is not saved."""
    return number in request.session.get(KEPT, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stands on the receipt page."""

    number: str
    sequence: int
    code: str
    act_hash: str
    due: date | None
    address: str
    picture: str
    days: tuple[PromisedDay, ...] = ()
    anonymous: bool = False


def _kept(request: HttpRequest, number: str, stored: dict[str, Any]) -> Kept:
    address = request.build_absolute_uri(reverse("matter", args=(number,)))
    code = str(stored["code"])
    return Kept(
        number=number,
        sequence=int(stored["sequence"]),
        code=" ".join((code[:5], code[5:])).strip(),
        act_hash=str(stored["hash"]),
        due=date.fromisoformat(stored["due"]) if stored["due"] else None,
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="white"),
        days=tuple(PromisedDay.of(one) for one in stored.get("days", ())),
        anonymous=bool(stored.get("anonymous")),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt that waits; once it is said to be saved, forget the code and go on."""
    waiting = dict(request.session.get(KEPT, {}))
    if number not in waiting:
        raise Http404
    stored = waiting[number]
    if request.method == "POST" and request.POST.get("saved"):
        return _saved(request, number, now=clock.now())
    shown = {
        "kept": _kept(request, number, stored),
        "keep": stored["keep"],
        "error": gettext("请先打印、复制或者抄下编号和查询码，再勾选。") if request.method == "POST" else "",
    }
    return render(request, "xiaoneng/matters/receipt.html", shown, status=400 if shown["error"] else 200)


def _saved(request: HttpRequest, number: str, *, now: datetime) -> HttpResponse:
    waiting = dict(request.session[KEPT])
    stored = waiting.pop(number)
    request.session[KEPT] = waiting
    if stored["onward"]:
        return redirect(str(stored["onward"]))
    codes.remember(request, number, now=now)
    return redirect("matter", number=number)
