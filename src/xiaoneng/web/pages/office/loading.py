"""Loading a holiday notice: what it would move is shown first, then it becomes an edition of the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.actions import load_notice
from xiaoneng.supervision.moving import Preview, preview
from xiaoneng.web import clock
from xiaoneng.web.asking import FieldKind, FieldView, FormView
from xiaoneng.web.pages.office.year import may_load
from xiaoneng.web.parts import Link
from xiaoneng.web.wording import full_day
from xiaoneng.worktime.calendar import EditionsOutOfOrder, PastChanged
from xiaoneng.worktime.notice import Notice, NoticeFaulty, parse_notice

LARGEST = 200_000
"""Characters of a year's notice, at most: the real ones have about three thousand."""
MOVES_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What was sent: the notice as text, where it is published, and what is wrong with either."""

    text: str = ""
    source: str = ""
    text_errors: tuple[str, ...] = ()
    source_errors: tuple[str, ...] = ()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Ask for a notice, show what it would move, and load it once that is confirmed."""
    if not may_load(request):
        raise Http404
    if request.method != "POST":
        return _page(request, Offered())
    sent = _sent(request)
    source = () if sent.source else (gettext("请写明通知的出处（网址或者文号）"),)
    try:
        notice = parse_notice(sent.text)
        seen = preview(notice, now=clock.now())
    except (NoticeFaulty, PastChanged, EditionsOutOfOrder) as faulty:
        faults = _faults(faulty)
        return _page(
            request, Offered(text=sent.text, source=sent.source, text_errors=faults, source_errors=source)
        )
    if source:
        return _page(request, Offered(text=sent.text, source=sent.source, source_errors=source))
    if request.POST.get("way") == "load":
        return _loaded(request, sent, notice)
    return _page(request, sent, notice=notice, seen=seen)


def _sent(request: HttpRequest) -> Offered:
    file = request.FILES.get("file")
    text = file.read(LARGEST).decode("utf-8-sig", errors="replace") if file else request.POST.get("text", "")
    return Offered(text=text[:LARGEST].strip(), source=request.POST.get("source", "").strip()[:500])


def _faults(faulty: Exception) -> tuple[str, ...]:
    match faulty:
        case NoticeFaulty():
            return faulty.faults
        case PastChanged():
            days = "、".join(map(full_day, faulty.days[:10]))
            return (gettext("不能改变已经过去的日子：%(days)s") % {"days": days},)
        case _:
            return (str(faulty),)


def _loaded(request: HttpRequest, sent: Offered, notice: Notice) -> HttpResponse:
    book = calendar_book()
    days = load_notice(sent.text, calendar=book.key, source=sent.source, now=clock.now())
    messages.success(
        request,
        gettext("已载入 %(year)s 年的通知，共 %(n)d 天；在办件的到期日已经随之变动。")
        % {"year": notice.year, "n": days},
    )
    return redirect(f"{reverse('calendar')}?year={notice.year}")


def _page(
    request: HttpRequest, sent: Offered, *, notice: Notice | None = None, seen: Preview | None = None
) -> HttpResponse:
    form = _form(request, sent)
    shown = {
        "view_form": form,
        "sent": sent,
        "notice": notice,
        "seen": seen,
        "moves": seen.moves[:MOVES_SHOWN] if seen else (),
        "more": max(0, len(seen.moves) - MOVES_SHOWN) if seen else 0,
        "crumbs": (
            Link(words=gettext("工作日历"), href=reverse("calendar")),
            Link(words=gettext("载入放假通知"), href=""),
        ),
    }
    return render(request, "xiaoneng/office/load.html", shown, status=400 if form.broken else 200)


def _form(request: HttpRequest, sent: Offered) -> FormView:
    return FormView(
        action=request.path,
        button=gettext("看看会变动什么"),
        fields=(
            FieldView(
                name="file",
                label=gettext("通知文件"),
                kind=FieldKind.FILE,
                hint=gettext("holiday-cn 格式的 JSON，一年一个文件"),
                required=False,
            ),
            FieldView(
                name="text",
                label=gettext("或者把内容贴在这里"),
                kind=FieldKind.LONG,
                value=sent.text,
                errors=sent.text_errors,
                required=False,
            ),
            FieldView(
                name="source",
                label=gettext("出处"),
                value=sent.source,
                errors=sent.source_errors,
                hint=gettext("通知的网址或者文号"),
            ),
        ),
        multipart=True,
        keep="notice",
    )
