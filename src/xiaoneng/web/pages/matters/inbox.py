"""待办: what is mine, by time left; every filter stands in the address, so that a view can be kept and passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.catalogue.access import item_names
from xiaoneng.desk import inbox, scopes
from xiaoneng.desk.scopes import Tab
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.organisation.access import capacities_of, holds_of, person_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock, wording
from xiaoneng.web.asking import Choice
from xiaoneng.web.matter_rows import Surroundings, csv_line, matter_rows, surroundings
from xiaoneng.web.parts import Empty, Link, Notice, Pages, Tone
from xiaoneng.web.tables import csv_table
from xiaoneng.worktime.days import local_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE = 50
MOST_LINES = 10_000
TABS = {
    Tab.MINE: Phrase("我主办", "Mine as A"),
    Tab.COVER: Phrase("我顶岗", "Covered as B"),
    Tab.OTHERS: Phrase("在别处", "With others"),
    Tab.APPLICANT: Phrase("等申请人", "With the applicant"),
    Tab.AGENCY: Phrase("本机关全部", "All of the agency"),
    Tab.CLOSED: Phrase("已办结", "Closed"),
}
LIGHTS = (Light.OVERDUE, Light.PROMISE_BROKEN, Light.DUE_SOON, Light.IN_TIME, Light.SUSPENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for."""

    tab: Tab
    light: Light | None
    item: str
    words: str
    after: inbox.Cursor | None

    @classmethod
    def of(cls, request: HttpRequest) -> Wanted:
        """Read an address; what it does not know is left out."""
        asked = request.GET
        tab, light = asked.get("tab", ""), asked.get("light", "")
        return cls(
            tab=Tab(tab) if tab in list(Tab) else Tab.MINE,
            light=Light(light) if light in list(Light) else None,
            item=asked.get("item", ""),
            words=asked.get("q", "").strip(),
            after=inbox.Cursor.parse(asked.get("after", "")),
        )

    def address(self, page: str = "desk", **changed: str) -> str:
        """Return the address of this view with some of it changed, from its first page."""
        now = {
            "tab": self.tab.value,
            "light": self.light.value if self.light else "",
            "item": self.item,
            "q": self.words,
            **changed,
        }
        kept = {name: value for name, value in now.items() if value and (name, value) != ("tab", "mine")}
        return reverse(page) + (f"?{urlencode(kept)}" if kept else "")


def _who(request: HttpRequest, *, now: datetime) -> tuple[tuple[Capacity, ...], int]:
    """Return in which capacities the reader acts, and who they are, also where they act in no post now."""
    by = capacities_of(request.user, at=now)
    if by:
        return by, by[0].person
    servant = person_of(request.user)
    return (), servant.pk if servant else 0


def _rows(wanted: Wanted, by: tuple[Capacity, ...], *, now: datetime, person: int) -> QuerySet[Any]:
    rows = scopes.sifted(scopes.rows_in(wanted.tab, by, person=person), words=wanted.words, item=wanted.item)
    return inbox.lit(rows, wanted.light, today=local_day(now)) if wanted.light else rows


@login_required
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show a part of the desk, by time left."""
    now, wanted = clock.now(), Wanted.of(request)
    by, person = _who(request, now=now)
    if number := _number(wanted.words):
        return redirect("desk-matter", number=number)
    page = inbox.page(
        _rows(wanted, by, now=now, person=person),
        today=local_day(now),
        after=wanted.after,
        size=SIZE,
        closed=wanted.tab is Tab.CLOSED,
    )
    around = surroundings(page.rows, now=now, agencies=[one.agency for one in by])
    shown = {
        "rows": tuple(matter_rows(page.rows, around, address=_matter)),
        "pages": _pages(wanted, page),
        "wanted": wanted,
        "tabs": tuple(_tabs(wanted, by, person)),
        "lights": tuple(_lights(wanted)),
        "items": tuple(_items(wanted, by, person)),
        "capacities": tuple(map(around.names.who, by)),
        "away": None if page.rows else _away(request, by, now=now),
        "empty": _empty(wanted),
        "export": wanted.address("desk-csv"),
        "counter": _counter(by),
        "tab_name": TABS[wanted.tab],
    }
    return render(request, "xiaoneng/matters/inbox.html", shown)


def _number(words: str) -> str:
    """Return a whole number of ours, if that is what was looked for."""
    try:
        return parse(words)
    except NumberFaulty:
        return ""


def _matter(number: str) -> str:
    return reverse("desk-matter", args=(number,))


def _pages(wanted: Wanted, page: inbox.Page) -> Pages:
    following = wanted.address(after=page.following) if page.following else ""
    return Pages(previous=wanted.address() if wanted.after else "", following=following)


def _tabs(wanted: Wanted, by: tuple[Capacity, ...], person: int) -> list[dict[str, object]]:
    counts = scopes.counts(by, person=person)
    return [
        {
            "words": words,
            "href": wanted.address(tab=tab.value, item="", light=""),
            "here": tab is wanted.tab,
            "count": counts.get(tab),
        }
        for tab, words in TABS.items()
    ]


def _lights(wanted: Wanted) -> list[Choice]:
    return [Choice(value=one.value, words=one.phrase, chosen=one is wanted.light) for one in LIGHTS]


def _items(wanted: Wanted, by: tuple[Capacity, ...], person: int) -> list[Choice]:
    codes = scopes.items_of(scopes.rows_in(wanted.tab, by, person=person))
    names = item_names(codes)
    return [Choice(value=code, words=names.get(code, code), chosen=code == wanted.item) for code in codes]


def _away(request: HttpRequest, by: tuple[Capacity, ...], *, now: datetime) -> Notice | None:
    """Return why a desk is empty although its owner holds a post."""
    if by:
        return None
    if holds_of(request.user, at=now):
        return Notice(
            title=gettext("您现在不在岗，也没有轮到您顶岗"),
            body=gettext(
                "请假期间，或者 A 岗在岗时的 B 岗，没有待办；返岗交接或者轮到顶岗以后，事项即在这里。"
            ),
            tone=Tone.INFO,
        )
    return Notice(
        title=gettext("这个账号没有岗位"), body=gettext("请联系本机关人事岗位登记任职。"), tone=Tone.WARNING
    )


def _empty(wanted: Wanted) -> Empty:
    if wanted.words or wanted.light or wanted.item or wanted.after:
        link = Link(words=gettext("去掉筛选"), href=Wanted.address(_bare(wanted)))
        return Empty(title=gettext("没有符合的办件"), hint=gettext("换一个条件试试。"), link=link)
    return Empty(title=gettext("这里没有办件"), hint=gettext("有事项轮到您时，会按剩余时间排在这里。"))


def _bare(wanted: Wanted) -> Wanted:
    return Wanted(tab=wanted.tab, light=None, item="", words="", after=None)


def _counter(by: tuple[Capacity, ...]) -> bool:
    return any(one.duty is Duty.WINDOW for one in by)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the whole list as a table, in the order of the page."""
    now, wanted = clock.now(), Wanted.of(request)
    by, person = _who(request, now=now)
    rows = tuple(
        inbox.every(
            _rows(wanted, by, now=now, person=person),
            today=local_day(now),
            most=MOST_LINES,
            closed=wanted.tab is Tab.CLOSED,
        )
    )
    around: Surroundings = surroundings(rows, now=now)
    lines = (csv_line(one, around) for one in rows)
    return csv_table(f"desk-{wanted.tab.value}-{local_day(now)}", map(wording.spoken, HEADS), lines)


HEADS = (
    Phrase("办件编号", "Number"),
    Phrase("事项", "Item"),
    Phrase("机关", "Agency"),
    Phrase("环节", "Stage"),
    Phrase("灯", "Light"),
    Phrase("到期日", "Due on"),
    Phrase("剩余天数", "Days left"),
    Phrase("岗位", "Post"),
    Phrase("承办人", "Holder"),
    Phrase("收件日", "Received on"),
)
