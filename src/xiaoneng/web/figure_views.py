"""Figures of supervision as our pages print them, always with n, interval, definition and moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from xiaoneng.flow.share import SMALL, Share
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.supervision.counting import DEFINITIONS, LIT, Kept
from xiaoneng.web.parts import FigureView, LightKey, Words

KEYS = {light: LightKey(light.value) for light in Light}
"""Lights of matters as pages draw them: the words are the same in both."""
FEW = Phrase(f"不足 {SMALL} 件，仅供参考", f"Fewer than {SMALL}: only an indication")
NONE = Phrase("期间内没有办结", "none closed in the period")


def light_counts(counts: Mapping[Light, int]) -> tuple[tuple[LightKey, int], ...]:
    """Return counts of lights as tiles show them, gravest first."""
    order = (
        Light.OVERDUE,
        Light.PROMISE_BROKEN,
        Light.DUE_SOON,
        Light.IN_TIME,
        Light.SUSPENDED,
        Light.WAITING,
    )
    return tuple((KEYS[light], counts.get(light, 0)) for light in order)


def percent(part: float | None) -> str:
    """Return a share as a number of per cent; a dash where there is nothing to take a share of."""
    return "–" if part is None else f"{part * 100:.1f}"


def interval(share: Share) -> str:
    """Return the ends of the interval in per cent; nothing where nothing is known."""
    if not share.n:
        return ""
    low, high = share.interval
    return f"{low * 100:.1f}–{high * 100:.1f} %"


def spread(share: Share) -> Words:
    """Return the interval, or that there is nothing to take one of."""
    if not share.n:
        return NONE
    return interval(share)


def hedged(definition: Phrase, n: int) -> Phrase:
    """Return a definition that says first where it rests on few."""
    if n >= SMALL or not n:
        return definition
    return Phrase(f"{FEW.zh}。{definition.zh}", f"{FEW.en}. {definition.en}")


def days_said(days: float | None) -> str:
    """Return a median of days: 7, 7.5 or a dash."""
    return "–" if days is None else f"{days:g}"


def kept_figure(label: Words, kept: Kept, *, as_of: datetime, href: str = "") -> FigureView:
    """Return the share of matters in which every promise was kept."""
    return FigureView(
        label=label,
        value=percent(kept.in_time.share),
        unit="%" if kept.in_time.n else "",
        spread=spread(kept.in_time),
        n=kept.in_time.n,
        definition=hedged(DEFINITIONS["kept"], kept.in_time.n),
        as_of=as_of,
        href=href,
    )


def days_figure(label: Words, kept: Kept, *, as_of: datetime) -> FigureView:
    """Return how long it took: the median, beside what was promised."""
    promised = days_said(kept.promised)
    return FigureView(
        label=label,
        value=days_said(kept.days),
        unit=Phrase("个工作日", "working days") if kept.timed else "",
        spread=Phrase(f"承诺 {promised}", f"promised {promised}") if kept.timed else NONE,
        n=kept.timed,
        definition=hedged(DEFINITIONS["days"], kept.timed),
        as_of=as_of,
    )


def late_now(counts: Mapping[Light, int], *, as_of: datetime, href: str = "") -> FigureView:
    """Return how many open matters are past a term, lawful or promised."""
    late = counts.get(Light.OVERDUE, 0) + counts.get(Light.PROMISE_BROKEN, 0)
    return FigureView(
        label=Phrase("现在超期", "Late now"),
        value=f"{late:,}",
        unit=Phrase("件", "matters"),
        spread=Phrase(f"在办 {total(counts):,} 件", f"of {total(counts):,} open"),
        definition=DEFINITIONS["lights"],
        as_of=as_of,
        href=href,
    )


def total(counts: Mapping[Light, int]) -> int:
    """Return how many matters are open."""
    return sum(counts.get(light, 0) for light in LIT)
