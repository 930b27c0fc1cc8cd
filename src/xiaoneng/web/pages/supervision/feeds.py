"""What agencies' own systems tell (数据来源): lights at a date, late shares, what is open, what cannot be as written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.flow.figures import DEFINITIONS, Board
from xiaoneng.flow.judge import CaseLight, Judged
from xiaoneng.flow.roles import GROUPS
from xiaoneng.flow.share import Share
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import NoFeed, feed_list, feed_names, feed_view
from xiaoneng.supervision.feeds import FeedView
from xiaoneng.supervision.gaming import Finding, of_log
from xiaoneng.supervision.gaming_checks import Check
from xiaoneng.supervision.obstruction.access import is_settled, settled_feeds
from xiaoneng.web import clock
from xiaoneng.web.figure_views import interval, percent, spread
from xiaoneng.web.gaming_views import check_of, lines
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.parts import Empty, FigureView, LightKey, Link

SHOWN = 200
GROUPS_SHOWN = 30
KEYS_SHOWN = 20
GROUP_NAMES = {
    "channel": Phrase("渠道", "Channel"),
    "department": Phrase("部门", "Department"),
    "person": Phrase("责任人", "Person responsible"),
}
UNRECORDED = Phrase("（未记录）", "(not recorded)")
SHAPES = {
    CaseLight.IN_TIME: LightKey.IN_TIME,
    CaseLight.DUE_SOON: LightKey.DUE_SOON,
    CaseLight.OVERDUE: LightKey.OVERDUE,
    CaseLight.SUSPENDED: LightKey.SUSPENDED,
    CaseLight.CLOSED_IN_TIME: LightKey.CLOSED,
    CaseLight.CLOSED_LATE: LightKey.CLOSED_LATE,
}
"""The shape of a case's light; those without a deadline, contradictory or not yet received have none of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lit:
    """A light of the feed: how many cases show it, and where these are listed."""

    shape: str
    words: Phrase
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A channel, department or person: late of so many, with its interval."""

    name: object
    late: int
    n: int
    share: str
    interval: str
    ranked: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in a list, its days as the clock of its agency shows them."""

    key: str
    shape: str
    light: Phrase
    started: str
    due: str
    ended: str
    department: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a feed: the day by whose end it is judged, and which cases are listed."""

    day: date | None
    light: CaseLight | None
    group: str
    name: str
    check: Check | None

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read an address; what it does not know is left out."""
        light, group = request.GET.get("light", ""), request.GET.get("group", "")
        return cls(
            day=_day(request.GET.get("as_of", "")),
            light=CaseLight(light) if light in list(CaseLight) else None,
            group=group if group in GROUPS else "",
            name=request.GET.get("name", ""),
            check=check_of(request.GET.get("check", "")),
        )

    def address(self, **changed: str) -> str:
        """Return the address of the feed with something listed, judged at the same day."""
        kept = {"as_of": self.day.isoformat() if self.day else "", **changed}
        return "?" + urlencode({name: value for name, value in kept.items() if value or name == "name"})

    def as_of(self, zone: ZoneInfo) -> datetime | None:
        """Return the end of the day asked for, where the agency is."""
        return datetime.combine(self.day, time.max, tzinfo=zone).astimezone(UTC) if self.day else None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


@login_required
@never_cache
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Show every feed with its newest import."""
    supervisor(request, now=clock.now())
    shown = {
        "feeds": feed_list(),
        "all": [
            Link(words=agency, href=reverse("feed-imports", args=(key,)))
            for key, agency in feed_names().items()
        ],
        "settled": [
            Link(words=name, href=reverse("feed-map", args=(key,))) for key, name in settled_feeds().items()
        ],
        "empty": Empty(
            title=gettext("还没有接入别的系统"),
            hint=gettext(
                "用命令 xiaoneng feeds take 或 xiaoneng supervise 读入一个办件日志，即可在这里查看。"
            ),
        ),
    }
    return render(request, "xiaoneng/supervision/feeds.html", shown)


@login_required
@never_cache
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a feed says at a day."""
    now = clock.now()
    supervisor(request, now=now)
    try:
        view = feed_view(key)
    except NoFeed:
        raise Http404 from None
    asked, zone = Asked.of(request), view.mapping.times.zone
    by = view.yardstick(now=now, as_of=asked.as_of(zone))
    board, found = view.board(by=by), of_log(view.cases, by=by)
    shown = {
        "agency": view.mapping.agency,
        "feed_key": key,
        "settled": is_settled(key),
        "asked": asked,
        "board": board,
        "zone": zone.key,
        "judged_on": board.by.as_of.astimezone(zone).date(),
        "judged_at": f"{board.by.as_of.astimezone(zone):%H:%M}",
        "lights": [_lit(light, count, asked) for light, count in board.lights.items() if count],
        "figures": _figures(board, asked),
        "groups": [_group(group, shares, asked) for group, shares in board.groups.items()],
        "lines": lines(found, opens=asked.address() + "&"),
        "doubtful": [(one.doubt.phrase, len(one.keys), one.keys[:KEYS_SHOWN]) for one in board.doubtful],
        "definitions": DEFINITIONS,
        "cases": _cases(view, board, asked, zone)
        if asked.check is None
        else _checked(view, found, asked, board),
        "most": SHOWN,
        "imports": reverse("feed-imports", args=(key,)),
        "crumbs": (
            Link(words=gettext("督察"), href=reverse("supervision")),
            Link(words=gettext("其他系统"), href=reverse("feeds")),
            Link(words=view.mapping.agency, href=""),
        ),
    }
    return render(request, "xiaoneng/supervision/feed.html", shown)


def _lit(light: CaseLight, count: int, asked: Asked) -> Lit:
    shape = SHAPES.get(light, LightKey.NO_LIMIT).value
    return Lit(shape=shape, words=light.phrase, count=count, href=asked.address(light=light.value) + "#cases")


def _figures(board: Board, asked: Asked) -> tuple[FigureView, ...]:
    as_of, late = board.by.as_of, board.late
    return (
        FigureView(
            label=gettext("超期率"),
            value=percent(late.share),
            unit="%" if late.n else "",
            spread=spread(late),
            n=late.n,
            definition=DEFINITIONS["late"],
            as_of=as_of,
        ),
        FigureView(
            label=gettext("在办"), value=f"{board.open:,}", definition=DEFINITIONS["open"], as_of=as_of
        ),
        FigureView(
            label=gettext("没有期限"),
            value=f"{board.no_deadline:,}",
            definition=DEFINITIONS["no_deadline"],
            as_of=as_of,
            href=asked.address(light=CaseLight.NO_DEADLINE.value) + "#cases",
        ),
    )


def _group(group: str, shares: tuple[Share, ...], asked: Asked) -> dict[str, object]:
    return {
        "key": group,
        "name": GROUP_NAMES[group],
        "recorded": any(one.name for one in shares),
        "lines": [_line(group, one, asked) for one in shares[:GROUPS_SHOWN]],
        "rest": max(0, len(shares) - GROUPS_SHOWN),
    }


def _line(group: str, one: Share, asked: Asked) -> GroupLine:
    return GroupLine(
        name=one.name or UNRECORDED,
        late=one.count,
        n=one.n,
        share=percent(one.share),
        interval=interval(one),
        ranked=one.ranked,
        href=asked.address(group=group, name=one.name) + "#cases",
    )


def _cases(view: FeedView, board: Board, asked: Asked, zone: ZoneInfo) -> list[CaseLine] | None:
    """Return the cases asked for, at most two hundred; None where none are asked for."""
    if asked.light is None and not asked.group:
        return None
    found = view.listed(by=board.by, light=asked.light, group=asked.group, name=asked.name)
    return [_case(one, zone, known=board.by.as_of) for one in islice(found, SHOWN)]


def _checked(view: FeedView, found: Sequence[Finding], asked: Asked, board: Board) -> list[CaseLine]:
    """Return the cases behind a gaming check, at most two hundred."""
    keys = {key for one in found if one.check is asked.check for key in one.numbers}
    rows = (one for one in view.listed(by=board.by) if one.case.key in keys)
    return [_case(one, board.by.zone, known=board.by.as_of) for one in islice(rows, SHOWN)]


def _case(one: Judged, zone: ZoneInfo, *, known: datetime) -> CaseLine:
    """Return a case as a line; a closing later than the instant asked for was not known then and is not shown."""

    def day(at: datetime | None) -> str:
        # The day on the agency's own wall: a template would put it on ours.
        return at.astimezone(zone).date().isoformat() if at else "–"

    case = one.case
    return CaseLine(
        key=case.key,
        shape=SHAPES.get(one.light, LightKey.NO_LIMIT).value,
        light=one.light.phrase,
        started=day(case.started),
        due=day(case.due),
        ended=day(case.ended if case.ended and case.ended <= known else None),
        department=case.department or "–",
        person=case.person or "–",
    )
