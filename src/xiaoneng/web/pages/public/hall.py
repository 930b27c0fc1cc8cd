"""The hall (大厅): what one can do here, and whether this city keeps its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.four_absolutes import ask_all
from xiaoneng.organisation.access import calendar_book, invented
from xiaoneng.supervision import counting
from xiaoneng.supervision.counting import Period
from xiaoneng.web import clock
from xiaoneng.web.doors import address
from xiaoneng.web.figure_views import kept_figure, late_now, light_counts
from xiaoneng.web.pages.openness.always import figures
from xiaoneng.web.parts import Notice, Words
from xiaoneng.web.places import places
from xiaoneng.web.wording import full_day

WAYS = (
    (
        "items",
        Phrase("办事", "Apply"),
        Phrase("带什么、找谁、要多久，在线申请", "What to bring, whom to see, how long; apply on line"),
    ),
    (
        "track",
        Phrase("查进度", "Track"),
        Phrase("凭编号看在谁手里、还剩多久", "By number: who has it, how long is left"),
    ),
    (
        "complain",
        Phrase("投诉", "Complain"),
        Phrase("不满意就说，件件有结果", "Say it; every complaint is answered"),
    ),
    (
        "ask",
        Phrase("问询", "Ask"),
        Phrase("问到的第一个人负责到底", "The first person asked sees it through"),
    ),
    ("board", Phrase("阳光榜", "The board"), Phrase("哪个机关说到做到", "Which office keeps its word")),
    (
        "duty",
        Phrase("岗位", "Who is who"),
        Phrase("每项职责谁负责、谁顶岗", "Who answers for what, and who covers"),
    ),
    ("open", Phrase("公开", "Open government"), Phrase("公示、听证、公告", "Notices, hearings, registers")),
    (
        "verify",
        Phrase("核对记录", "Check the record"),
        Phrase("文书和回执是真是假，记录改没改过", "Is this paper genuine, was the record altered"),
    ),
)
"""What can be done here; only what is built is shown."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way in, and what is behind it."""

    words: Phrase
    told: Phrase
    href: str


@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Show what one can do here, and how the city keeps its time."""
    now = clock.now()
    today, city = clock.today(), places()
    lights = counting.lights(today=today)
    shown = {
        "city": city.division(city.city),
        "ways": tuple(Way(words, told, href) for name, words, told in WAYS if (href := address(name))),
        "figures": (*_kept(today, now), late_now(lights, as_of=now, href=reverse("board"))),
        "always": figures(ask_all(now=now)),
        "lights": light_counts(lights),
        "provisional": _provisional(today),
        "verify": address("verify"),
        "invented": _invented(),
    }
    return render(request, "xiaoneng/public/hall.html", shown)


def _invented() -> Notice | None:
    """Return the notice that this is a demonstration; None where nobody is invented."""
    if not invented():
        return None
    return Notice(
        title=gettext("这是演示：人名、承诺时限和办件都是虚构的。"),
        body=gettext("机关职能、法定时限和法律依据是真实的，没有核实的都在页面上写明。"),
    )


def _kept(today: date, now: datetime) -> tuple[object, ...]:
    labels: tuple[tuple[int, Words], ...] = (
        (30, Phrase("近 30 天按承诺办结", "Promises kept, last 30 days")),
        (90, Phrase("近 90 天按承诺办结", "Promises kept, last 90 days")),
    )
    return tuple(
        kept_figure(
            label,
            counting.kept(period=Period.last(days, today=today)),
            as_of=now,
            href=f"{reverse('board')}?{urlencode({'days': days})}",
        )
        for days, label in labels
    )


def _provisional(today: date) -> Notice | None:
    """Return the notice that dates beyond the calendar's horizon are provisional; None while nothing hangs on it."""
    open_ones = counting.provisional(today=today)
    horizon = calendar_book().latest.horizon
    if not open_ones:
        return None
    return Notice(
        title=gettext("放假安排只公布到 %(day)s，之后的日期是暂定的") % {"day": full_day(horizon)},
        body=gettext("有 %(n)s 件在办件的到期日在此之后；通知公布后自动重算，并写明因何变动。")
        % {"n": f"{open_ones:,}"},
    )
