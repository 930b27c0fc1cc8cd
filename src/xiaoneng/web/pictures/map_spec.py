"""The obstruction map as a Vega specification (梗阻图的画法): places from our layout, moved and scaled by signals.

Colour is left to the lights: width says working days, four greys say what became of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from django.utils.translation import gettext

from xiaoneng.supervision.obstruction.picture import Arrow, Picture
from xiaoneng.web.pictures.colours import Spec
from xiaoneng.web.pictures.map_paths import HIGH, WIDE, line, spot

FONT = 12
THICK = 12.0
BAR, BAR_HIGH = 56.0, 6.0
TOLD = 10
"""Arrows whose label is always shown: those that took most working days."""
LONG = 15
GREYS = ("$ink", "$ink-3", "$ground", "$rule")
"""Worked, suspended, waiting (with an outline), out of hours."""
MARGIN = 60.0

Address = Callable[..., str]


def map_spec(picture: Picture, *, address: Address, description: str) -> Spec:
    """Return the map; `address(source, target)` is the page behind an arrow, `address(source)` that of a box."""
    boxes, arrows = _boxes(picture, address), _arrows(picture, address)
    parts = [part for one, row in zip(picture.arrows, arrows, strict=True) for part in _parts(one, row)]
    left, right = _extent([*(row["x"] for row in boxes), *(row["lx"] for row in arrows)])
    top, bottom = _extent([row["y"] for row in boxes])
    width, height = right - left + WIDE + 2 * MARGIN, bottom - top + HIGH + 2 * MARGIN
    shift = (MARGIN + WIDE / 2 - left, MARGIN + HIGH / 2 - top)
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "description": description,
        "width": round(width),
        "height": round(height),
        "padding": 0,
        "autosize": "none",
        "background": "$ground",
        "signals": [
            {"name": "k", "value": 1},
            {"name": "tx", "value": round(shift[0], 1)},
            {"name": "ty", "value": round(shift[1], 1)},
            {"name": "active", "value": ""},
        ],
        "data": [
            {"name": "boxes", "values": boxes},
            {"name": "arrows", "values": arrows},
            {"name": "parts", "values": parts},
        ],
        "marks": _marks(),
    }


def _extent(values: list[object]) -> tuple[float, float]:
    found = [float(one) for one in values if isinstance(one, int | float)]
    return (min(found, default=0.0), max(found, default=0.0))


def _boxes(picture: Picture, address: Address) -> list[dict[str, object]]:
    found = []
    for number, (box, place) in enumerate(zip(picture.boxes, picture.places, strict=True)):
        x, y = spot(place)
        name = f"{box.name} ({len(box.activities)})" if box.is_phase else box.name
        found.append(
            {
                "id": f"b{number}",
                "x": x,
                "y": y,
                "name": _short(name),
                "count": f"{box.events:,}",
                "href": address(box.name),
                "phase": box.is_phase,
                "said": gettext("环节 %(name)s：%(n)s 次") % {"name": name, "n": f"{box.events:,}"},
            }
        )
    return found


def _short(name: str) -> str:
    """Return a name that a box holds: a Chinese character is as wide as two others."""
    wide = 0
    for at, letter in enumerate(name):
        wide += 2 if ord(letter) > 0x2E80 else 1  # noqa: PLR2004 - where wide scripts begin
        if wide > LONG + 6:
            return name[:at] + "…"
    return name


def _arrows(picture: Picture, address: Address) -> list[dict[str, object]]:
    most = max((one.lost for one in picture.arrows), default=0.0) or 1.0
    found = []
    for rank, one in enumerate(picture.arrows):
        width = 1.0 + THICK * sqrt(one.lost / most)
        drawn = line(one, picture, width=width)
        source, target = picture.boxes[one.source].name, picture.boxes[one.target].name
        told = {"n": f"{one.count:,}", "median": _days(one.median), "lost": _days(one.lost)}
        found.append(
            {
                "id": f"a{rank}",
                "s": f"b{one.source}",
                "t": f"b{one.target}",
                "rank": rank,
                "path": drawn.path,
                "head": drawn.head,
                "width": round(width, 2),
                "lx": round(drawn.label[0], 1),
                "ly": round(drawn.label[1], 1),
                "label": gettext("%(n)s 次 · 中位 %(median)s 日") % told,
                "said": gettext(
                    "从 %(source)s 到 %(target)s：%(n)s 次，合计 %(lost)s 个工作日，中位数 %(median)s"
                )
                % {**told, "source": source, "target": target},
                "href": address(source, target),
            }
        )
    return found


def _days(days: float) -> str:
    return f"{days:,.1f}" if days < 100 else f"{days:,.0f}"  # noqa: PLR2004 - three figures are enough


def _parts(arrow: Arrow, row: dict[str, object]) -> list[dict[str, object]]:
    """Return the four-part bar of an arrow."""
    whole, from_ = sum(arrow.parts), 0.0
    found = []
    for grey, part in zip(GREYS, arrow.parts, strict=True):
        if not whole or not part:
            continue
        width = BAR * part / whole
        kept = {name: row[name] for name in ("id", "s", "t", "rank", "lx", "ly")}
        found.append({**kept, "from": round(from_, 2), "wide": round(width, 2), "grey": grey})
        from_ += width
    return found


NEAR = "active == datum.id || active == datum.s || active == datum.t"
LIT = f"active == '' || {NEAR}"
TOLD_NOW = f"({NEAR} || (active == '' && (datum.rank < {TOLD} || k > 1.4))) ? 1 : 0"


def _marks() -> list[Spec]:
    moved = {"x": {"signal": "tx"}, "y": {"signal": "ty"}}
    moved |= {"scaleX": {"signal": "k"}, "scaleY": {"signal": "k"}}
    faded = {"signal": f"({LIT}) ? 0.8 : 0.1"}
    return [
        {
            "type": "path",
            "name": "lines",
            "from": {"data": "arrows"},
            "encode": {
                "enter": {
                    "path": {"field": "path"},
                    "stroke": {"value": "$ink-3"},
                    "strokeWidth": {"field": "width"},
                    "href": {"field": "href"},
                    "cursor": {"value": "pointer"},
                },
                "update": {**moved, "strokeOpacity": faded},
            },
            "aria": False,
        },
        {
            "type": "path",
            "from": {"data": "arrows"},
            "interactive": False,
            "aria": False,
            "encode": {
                "enter": {"path": {"field": "head"}, "fill": {"value": "$ink-3"}},
                "update": {**moved, "fillOpacity": faded},
            },
        },
        *_box_marks(),
        *_label_marks(),
    ]


def _at(name: str, by: float = 0.0) -> Spec:
    axis = "tx" if name in {"x", "lx"} else "ty"
    return {"signal": f"{axis} + k * (datum.{name} + {by})"}


def _box_marks() -> list[Spec]:
    lit = "active == '' || active == datum.id || indata('arrows', 'id', active)"
    return [
        {
            "type": "rect",
            "name": "frames",
            "from": {"data": "boxes"},
            "aria": False,
            "encode": {
                "enter": {
                    "fill": {"value": "$ground-2"},
                    "href": {"field": "href"},
                    "cursor": {"value": "pointer"},
                    "cornerRadius": {"value": 3},
                    "strokeDash": {"signal": "datum.phase ? [4, 3] : [1, 0]"},
                },
                "update": {
                    "x": _at("x", -WIDE / 2),
                    "y": _at("y", -HIGH / 2),
                    "width": {"signal": f"k * {WIDE}"},
                    "height": {"signal": f"k * {HIGH}"},
                    "stroke": {"signal": "active == datum.id ? '$ink' : '$rule-strong'"},
                    "strokeWidth": {"signal": f"({lit}) && active == datum.id ? 2.5 : 1"},
                },
            },
        },
        _text("boxes", "name", -3.0, weight=600),
        _text("boxes", "count", 12.0, weight=400),
    ]


def _text(data: str, field: str, by: float, *, weight: int) -> Spec:
    return {
        "type": "text",
        "from": {"data": data},
        "interactive": False,
        "aria": False,
        "encode": {
            "enter": {
                "text": {"field": field},
                "align": {"value": "center"},
                "fill": {"value": "$ink"},
                "fontWeight": {"value": weight},
            },
            "update": {"x": _at("x"), "y": _at("y", by), "fontSize": {"signal": f"k * {FONT}"}},
        },
    }


def _label_marks() -> list[Spec]:
    shown = {"signal": TOLD_NOW}
    return [
        {
            "type": "rect",
            "from": {"data": "arrows"},
            "interactive": False,
            "aria": False,
            "encode": {
                "enter": {"fill": {"value": "$ground"}},
                "update": {
                    "x": _at("lx", -62),
                    "y": _at("ly", -15),
                    "width": {"signal": "k * 124"},
                    "height": {"signal": "k * 27"},
                    "fillOpacity": {"signal": f"0.85 * ({TOLD_NOW})"},
                },
            },
        },
        {
            "type": "text",
            "from": {"data": "arrows"},
            "interactive": False,
            "aria": False,
            "encode": {
                "enter": {
                    "text": {"field": "label"},
                    "align": {"value": "center"},
                    "fill": {"value": "$ink-2"},
                },
                "update": {
                    "x": _at("lx"),
                    "y": _at("ly", -3),
                    "fontSize": {"signal": f"k * {FONT - 1}"},
                    "opacity": shown,
                },
            },
        },
        {
            "type": "rect",
            "from": {"data": "parts"},
            "interactive": False,
            "aria": False,
            "encode": {
                "enter": {
                    "fill": {"field": "grey"},
                    "stroke": {"value": "$ink-3"},
                    "strokeWidth": {"value": 0.6},
                },
                "update": {
                    "x": {"signal": f"tx + k * (datum.lx - {BAR / 2} + datum.from)"},
                    "y": _at("ly", 2),
                    "width": {"signal": "k * datum.wide"},
                    "height": {"signal": f"k * {BAR_HIGH}"},
                    "opacity": shown,
                },
            },
        },
    ]
