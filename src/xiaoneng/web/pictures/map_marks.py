"""The marks of the obstruction map (梗阻图的笔画): lines, heads, boxes, labels; what is looked at stands out."""

from __future__ import annotations

from collections.abc import Mapping

from xiaoneng.web.pictures.colours import Spec
from xiaoneng.web.pictures.map_labels import HALF_HIGH
from xiaoneng.web.pictures.map_paths import HIGH, WIDE

FONT = 13
BAR, BAR_HIGH = 56.0, 6.0
LEGIBLE = 0.5
"""Smaller than this no label is shown before somebody looks at an arrow."""

NEAR = "active == datum.id || active == datum.s || active == datum.t"
LIT = f"active == '' || {NEAR}"
TOLD_NOW = f"({NEAR} || (active == '' && (datum.free && k > {LEGIBLE}))) ? 1 : 0"


MOVED: Spec = {
    "x": {"signal": "tx"},
    "y": {"signal": "ty"},
    "scaleX": {"signal": "k"},
    "scaleY": {"signal": "k"},
}
FADED: Spec = {"signal": f"({LIT}) ? 0.8 : 0.1"}


def marks() -> list[Spec]:
    """Return the marks of a map, what is behind first."""
    return [_lines(), _heads(), *_box_marks(), _plates(), _words(), _bars()]


def _lines() -> Spec:
    enter = {
        "path": {"field": "path"},
        "stroke": {"value": "$ink-3"},
        "href": {"field": "href"},
        "cursor": {"value": "pointer"},
    }
    encode = {
        "enter": enter,
        "update": {**MOVED, "strokeOpacity": FADED, "strokeWidth": {"signal": "datum.width * k"}},
    }
    return {
        "type": "path",
        "name": "lines",
        "from": {"data": "arrows"},
        "encode": encode,
        "aria": False,
    }


def _heads() -> Spec:
    enter = {"path": {"field": "head"}, "fill": {"value": "$ink-3"}}
    return _silent("path", "arrows", enter, {**MOVED, "fillOpacity": FADED})


def _silent(kind: str, data: str, enter: Mapping[str, object], update: Mapping[str, object]) -> Spec:
    """Return a mark that nobody points at and nothing reads aloud."""
    encode = {"enter": enter, "update": update}
    return {"type": kind, "from": {"data": data}, "interactive": False, "aria": False, "encode": encode}


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
        _text("name", "above", weight=600),
        _text("count", "below", weight=400),
    ]


def _text(field: str, by: str, *, weight: int) -> Spec:
    return {
        "type": "text",
        "from": {"data": "boxes"},
        "interactive": False,
        "aria": False,
        "encode": {
            "enter": {
                "text": {"field": field},
                "align": {"value": "center"},
                "fill": {"value": "$ink"},
                "fontWeight": {"value": weight},
            },
            "update": {
                "x": _at("x"),
                "y": {"signal": f"ty + k * (datum.y + datum.{by})"},
                "fontSize": {"signal": f"k * {FONT}"},
                "lineHeight": {"signal": f"k * {FONT + 2}"},
            },
        },
    }


def _plates() -> Spec:
    update = {
        "x": {"signal": "tx + k * (datum.lx - datum.half)"},
        "y": _at("ly", -HALF_HIGH),
        "width": {"signal": "k * 2 * datum.half"},
        "height": {"signal": f"k * {2 * HALF_HIGH}"},
        "fillOpacity": {"signal": f"0.9 * ({TOLD_NOW})"},
    }
    return _silent("rect", "arrows", {"fill": {"value": "$ground"}, "cornerRadius": {"value": 3}}, update)


def _words() -> Spec:
    enter = {"text": {"field": "label"}, "align": {"value": "center"}, "fill": {"value": "$ink-2"}}
    size = {"signal": f"k * {FONT - 1}"}
    update = {"x": _at("lx"), "y": _at("ly", -1), "fontSize": size, "opacity": {"signal": TOLD_NOW}}
    return _silent("text", "arrows", enter, update)


def _bars() -> Spec:
    enter = {
        "fill": {"field": "grey"},
        "stroke": {"value": "$ink-3"},
        "strokeWidth": {"value": 0.6},
    }
    update = {
        "x": {"signal": f"tx + k * (datum.lx - {BAR / 2} + datum.from)"},
        "y": _at("ly", 5),
        "width": {"signal": "k * datum.wide"},
        "height": {"signal": f"k * {BAR_HIGH}"},
        "opacity": {"signal": TOLD_NOW},
    }
    return _silent("rect", "parts", enter, update)
