"""Imports of a feed (接入批次): what came, what was wrong with it, and confirming or dropping what waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiaoneng.flow.columns.intake import NotWaiting
from xiaoneng.flow.columns.store import Batch, BatchState
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision import access
from xiaoneng.supervision.feeding import intake
from xiaoneng.web import clock
from xiaoneng.web.asking import FieldKind, FieldView, FormView
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.paging import page_of, pages
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.tables import csv_table

SIZE = 50
CONFIRM, DROP = "confirm", "drop"
OPEN = (BatchState.WAITING, BatchState.ARRIVING)
COLUMNS = ("line", "column", "what")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """An import in the list of a feed's; what was never taken has not been compared with what is known."""

    batch: Batch
    state: Phrase
    waits: bool
    counted: bool
    href: str


@login_required
@never_cache
@require_safe
def imports(request: HttpRequest, key: str) -> HttpResponse:
    """Show every import of a feed, the newest first."""
    supervisor(request, now=clock.now())
    agency = _agency(key)
    found = access.imports_of(key)[::-1]
    number = page_of(request)
    shown = {
        "agency": agency,
        "lines": [_line(one) for one in found[(number - 1) * SIZE : number * SIZE]],
        "total": len(found),
        "waiting": sum(one.state is BatchState.WAITING for one in found),
        "pages": pages(len(found), size=SIZE, number=number, query={}),
        "empty": Empty(
            title=gettext("还没有接入过"),
            hint=gettext("用 xiaoneng feeds take 读入文件，或凭令牌从接口发来，各批就列在这里。"),
        ),
        "crumbs": (*_crumbs(key, agency), Link(words=gettext("接入批次"), href="")),
    }
    return render(request, "xiaoneng/supervision/imports.html", shown)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one import with everything wrong with it; confirm it or drop it."""
    supervisor(request, now=clock.now())
    agency, batch = _agency(key), _batch(key, number)
    errors: tuple[str, ...] = ()
    if request.method == "POST":
        errors = _settled(request, batch)
        if not errors:
            return redirect("feed-import", key=key, number=number)
    page, total = page_of(request), access.fault_count(key, number)
    shown = {
        "agency": agency,
        "batch": batch,
        "state": batch.state.phrase,
        "waits": batch.state in OPEN,
        "good": batch.rows - batch.faults,
        "ask": _ask(request, batch),
        "form": _form(request, batch, errors),
        "faults": access.faults_of(key, number, start=(page - 1) * SIZE, most=SIZE),
        "total": total,
        "pages": pages(total, size=SIZE, number=page, query={}),
        "empty": Empty(title=gettext("没有错误"), hint=gettext("这一批的每一行都读得出来。")),
        "crumbs": (
            *_crumbs(key, agency),
            Link(words=gettext("接入批次"), href=reverse("feed-imports", args=(key,))),
            Link(words=str(number), href=""),
        ),
    }
    return render(request, "xiaoneng/supervision/import.html", shown, status=422 if errors else 200)


@login_required
@never_cache
@require_safe
def csv(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out everything wrong with an import as a table."""
    supervisor(request, now=clock.now())
    batch = _batch(_known(key), number)
    rows = ((one.line, one.column, _said(one.what, request)) for one in access.faults_of(key, number))
    return csv_table(f"faults-{batch.feed}-{batch.number}", COLUMNS, rows)


def _said(words: Phrase, request: HttpRequest) -> str:
    return words.spoken(str(getattr(request, "LANGUAGE_CODE", "")))


def _known(key: str) -> str:
    try:
        return access.known_feed(key)
    except access.NoFeed:
        raise Http404 from None


def _agency(key: str) -> Phrase:
    return access.feed_names()[_known(key)]


def _batch(key: str, number: int) -> Batch:
    try:
        return access.import_of(key, number)
    except FileNotFoundError:
        raise Http404 from None


def _line(batch: Batch) -> ImportLine:
    href = reverse("feed-import", args=(batch.feed, batch.number))
    waits = batch.state is BatchState.WAITING
    counted = batch.state is BatchState.TAKEN
    return ImportLine(batch=batch, state=batch.state.phrase, waits=waits, counted=counted, href=href)


def _crumbs(key: str, agency: Phrase) -> tuple[Link, ...]:
    return (
        Link(words=gettext("督察"), href=reverse("supervision")),
        Link(words=gettext("其他系统"), href=reverse("feeds")),
        Link(words=agency, href=reverse("feed", args=(key,))),
    )


def _ask(request: HttpRequest, batch: Batch) -> str:
    """Return what is asked before it is done: to confirm or to drop; nothing where neither can be."""
    asked = request.POST.get("way") or request.GET.get("ask", "")
    allowed = {BatchState.WAITING: (CONFIRM, DROP), BatchState.ARRIVING: (DROP,)}
    return asked if asked in allowed.get(batch.state, ()) else ""


def _form(request: HttpRequest, batch: Batch, errors: tuple[str, ...]) -> FormView | None:
    ask = _ask(request, batch)
    if not ask:
        return None
    way = FieldView(name="way", label="", kind=FieldKind.HIDDEN, value=ask)
    why = FieldView(
        name="why",
        label=gettext("为什么放弃"),
        kind=FieldKind.LONG,
        value=request.POST.get("why", ""),
        hint=gettext("会和这一批一起留存，例如：编码有误，已请对方重新导出。"),
        errors=errors,
    )
    return FormView(
        action=reverse("feed-import", args=(batch.feed, batch.number)),
        button=gettext("确认，好的行入列") if ask == CONFIRM else gettext("放弃这一批"),
        fields=(way,) if ask == CONFIRM else (way, why),
    )


def _settled(request: HttpRequest, batch: Batch) -> tuple[str, ...]:
    """Do what was asked and return what is wrong with it; one that waits no more was settled by somebody else."""
    way, why = request.POST.get("way", ""), request.POST.get("why", "").strip()
    by, now = request.user.get_username(), clock.now()
    if way == DROP and not why:
        return (gettext("请写明为什么放弃。"),)
    try:
        if way == CONFIRM:
            intake.confirm(batch.feed, batch.number, by=by, now=now)
        elif way == DROP:
            intake.drop(batch.feed, batch.number, why=why, by=by, now=now)
    except NotWaiting:
        return ()
    return ()
