"""The obstruction map as a Vega specification (梗阻图的画法): places from our layout, moved and scaled by signals.

Colour is left to the lights: width says working days, four greys say what became of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from django.utils.translation import gettext

from xiaoneng.supervision.obstruction.picture import Arrow, Picture
from xiaoneng.web.pictures.colours import Spec
from xiaoneng.web.pictures.map_labels import HALF_HIGH, Frame, Label, measured, placed
from xiaoneng.web.pictures.map_marks import BAR, marks
from xiaoneng.web.pictures.map_paths import HIGH, WIDE, lines, places_of

THICK = 12.0
BOLD = 1.14
"""How much wider the names in boxes are than the words on arrows."""
GREYS = ("$ink", "$ink-3", "$ground", "$rule")
"""Worked, suspended, waiting (with an outline), out of hours."""
MARGIN = 24.0

Address = Callable[..., str]
Word = Callable[[str], str]


def map_spec(picture: Picture, *, address: Address, word: Word, description: str) -> Spec:
    """Return the map; `address(source, target)` is the page behind an arrow, `address(source)` that of a box.

    `word` says what a step is called.
    """
    boxes, (arrows, labels) = _boxes(picture, address, word), _arrows(picture, address, word)
    parts = [part for one, row in zip(picture.arrows, arrows, strict=True) for part in _parts(one, row)]
    left, right, top, bottom = _extent(picture, labels)
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    shift = (MARGIN - left, MARGIN - top)
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
        "marks": marks(),
    }


def _extent(picture: Picture, labels: list[Label]) -> tuple[float, float, float, float]:
    """Return how far boxes, labels and arrows go: left, right, top, bottom."""
    at = places_of(picture)
    frames = [*_frames(picture), *(Frame(*at(bend), 8, 0) for one in picture.arrows for bend in one.bends)]
    frames += [Frame(*one.at, one.half, HALF_HIGH) for one in labels]
    return (
        min((one.x - one.wide for one in frames), default=0.0),
        max((one.x + one.wide for one in frames), default=0.0),
        min((one.y - one.high for one in frames), default=0.0),
        max((one.y + one.high for one in frames), default=0.0),
    )


def _frames(picture: Picture) -> list[Frame]:
    at = places_of(picture)
    return [Frame(*at(place), WIDE / 2, HIGH / 2) for place in picture.places]


def _boxes(picture: Picture, address: Address, word: Word) -> list[dict[str, object]]:
    found, at = [], places_of(picture)
    for number, (box, place) in enumerate(zip(picture.boxes, picture.places, strict=True)):
        x, y = at(place)
        name = f"{box.name} ({len(box.activities)})" if box.is_phase else word(box.name)
        found.append(
            {
                "id": f"b{number}",
                "x": x,
                "y": y,
                "name": _lines(name),
                "below": 20.0 if len(_lines(name)) > 1 else 12.0,
                "above": -11.0 if len(_lines(name)) > 1 else -4.0,
                "count": f"{box.events:,}",
                "href": address(box.name),
                "phase": box.is_phase,
                "said": gettext("环节 %(name)s：%(n)s 次") % {"name": name, "n": f"{box.events:,}"},
            }
        )
    return found


def _lines(name: str) -> list[str]:
    """Return a name in the one or two lines that a box holds."""
    if fits(name):
        return [name]
    kept = max(at for at in range(1, len(name)) if fits(name[:at]))
    space = name.rfind(" ", 1, kept + 1)
    first, rest = (name[:space], name[space + 1 :]) if space > 0 else (name[:kept], name[kept:])
    if not fits(rest):
        rest = next(rest[:at] for at in range(len(rest), 0, -1) if fits(rest[:at] + "…")) + "…"
    return [first, rest]


def fits(name: str) -> bool:
    """Tell whether a line of a box holds a name."""
    return measured(name) * BOLD <= WIDE - 12


def _arrows(picture: Picture, address: Address, word: Word) -> tuple[list[dict[str, object]], list[Label]]:
    most = max((one.lost for one in picture.arrows), default=0.0) or 1.0
    widths = [1.0 + THICK * sqrt(one.lost / most) for one in picture.arrows]
    drawn = lines(picture, widths)
    told = [_told(one, picture, word) for one in picture.arrows]
    words = [gettext("%(n)s 次 · 共 %(lost)s 工作日") % one for one in told]
    labels = placed([one.course for one in drawn], words, _frames(picture))
    rows: list[dict[str, object]] = [
        {
            "id": f"a{rank}",
            "s": f"b{one.source}",
            "t": f"b{one.target}",
            "path": course.path,
            "head": course.head,
            "width": round(widths[rank], 2),
            **_label(labels[rank], words[rank]),
            "said": gettext(
                "从 %(source)s 到 %(target)s：%(n)s 次，合计 %(lost)s 个工作日，中位数 %(median)s"
            )
            % told[rank],
            "href": address(picture.boxes[one.source].name, picture.boxes[one.target].name),
        }
        for rank, (one, course) in enumerate(zip(picture.arrows, drawn, strict=True))
    ]
    return rows, labels


def _told(arrow: Arrow, picture: Picture, word: Word) -> dict[str, str]:
    return {
        "source": word(picture.boxes[arrow.source].name),
        "target": word(picture.boxes[arrow.target].name),
        "n": f"{arrow.count:,}",
        "median": _days(arrow.median),
        "lost": _days(arrow.lost),
    }


def _label(label: Label, words: str) -> dict[str, object]:
    return {
        "lx": round(label.at[0], 1),
        "ly": round(label.at[1], 1),
        "half": round(label.half, 1),
        "free": label.free,
        "label": words,
    }


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
        kept = {name: row[name] for name in ("id", "s", "t", "free", "lx", "ly")}
        found.append({**kept, "from": round(from_, 2), "wide": round(width, 2), "grey": grey})
        from_ += width
    return found
