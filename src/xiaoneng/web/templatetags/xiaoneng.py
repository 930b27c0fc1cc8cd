"""Words, days and components in templates: `{{ phrase|say }}`, `{{ due|day }}`, `{% light mark %}`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xiaoneng.law.defaults import told
from xiaoneng.web import wording
from xiaoneng.web.parts import LIGHT_WORDS, Answers, LightKey, LightMark, TileView, Who
from xiaoneng.web.strip_parts import Strip, StripBox

register = template.Library()


@register.filter
def say(words: object) -> SafeString:
    """Print a `Phrase`, name, number or citation in the reader's language."""
    return wording.marked(words)


@register.filter
def number(topic: str) -> str:
    """Print the number of a default of ours, with the days of its changes: `{{ "complaint-topic"|number }}`."""
    return wording.spoken(told(topic))


@register.filter
def words(value: object) -> str:
    """Print the same without markup, for an attribute or a title."""
    return wording.spoken(value)


@register.filter
def tongue(value: object) -> SafeString:
    """Print a `lang` attribute where Chinese words stand in an English page as the text of an element."""
    text = wording.spoken(value)
    chinese = wording.english() and wording.chinese_in(text)
    return format_html("{}", format_html(' lang="{}"', "zh-Hans") if chinese else "")


def _timed(
    value: date | datetime | None, writer: Callable[[datetime], str] | Callable[[date], str]
) -> SafeString:
    if value is None:
        return format_html("{}", "")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), writer(value))  # type: ignore[arg-type]


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """Print a day with its year."""
    return _timed(value, wording.full_day)


@register.filter
def shortday(value: date | datetime | None) -> SafeString:
    """Print a day without its year."""
    return _timed(value, wording.short_day)


@register.filter
def tinyday(value: date | datetime | None) -> SafeString:
    """Print a day as narrow as it goes."""
    return _timed(value, wording.tiny_day)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """Print day and time."""
    return _timed(value, wording.full_moment)


@register.filter
def hour(value: datetime | None) -> SafeString:
    """Print the time of day."""
    return _timed(value, wording.clock_time)


@register.filter
def weekday(value: date) -> str:
    """Print the day of the week."""
    return wording.weekday(value)


@register.filter
def thousands(value: int) -> str:
    """Print a count with its thousands apart: 3,812."""
    return f"{value:,}"


@register.inclusion_tag("xiaoneng/parts/light.html")
def light(mark: LightMark) -> dict[str, object]:
    """Show a light: colour, shape, word."""
    return {"key": mark.key.value, "word": mark.word, "detail": mark.detail}


@register.inclusion_tag("xiaoneng/parts/shape.html")
def shape(key: str) -> dict[str, str]:
    """Draw the shape of a light, of a card or of a notice."""
    return {"key": str(key)}


@register.inclusion_tag("xiaoneng/parts/who.html")
def who(person: Who) -> dict[str, Who]:
    """Name a person in a post, with cover: B 岗 张三 代 A 岗 李四."""
    return {"who": person}


def _strip_row(box: StripBox, today: date) -> dict[str, object]:
    classes = (
        [box.kind.value] + ["due"] * box.due + ["today"] * (box.day == today) + ["past"] * (box.day < today)
    )
    return {"box": box, "classes": " ".join(classes), "today": box.day == today}


@register.inclusion_tag("xiaoneng/parts/strip.html")
def strip(value: Strip) -> dict[str, object]:
    """Show a clock day by day, with its sentence and its table."""
    return {"strip": value, "rows": [_strip_row(box, value.today) for box in value.boxes]}


@register.inclusion_tag("xiaoneng/parts/answers.html")
def answers(value: Answers) -> dict[str, Answers]:
    """Show who has the matter, how long is left and what can happen next."""
    return {"answers": value}


@register.inclusion_tag("xiaoneng/parts/tile.html")
def tile(value: TileView) -> dict[str, object]:
    """Show an agency on the wall."""
    counts = [
        {"key": key.value, "word": LIGHT_WORDS[LightKey(key)], "count": count} for key, count in value.counts
    ]
    return {"tile": value, "counts": counts}


@register.inclusion_tag("xiaoneng/parts/count_light.html")
def count_light(key: LightKey, count: int, opens: str = "") -> dict[str, object]:
    """Show how many matters show a light; grey where none does. `opens` is a list that takes `light`."""
    return {"key": key.value, "word": LIGHT_WORDS[key], "count": count, "opens": opens if count else ""}


def _part(name: str) -> None:
    """Register a component that prints one value: `{% card value %}` prints `parts/card.html` with `card`."""

    def shown(value: object) -> dict[str, object]:
        return {name: value}

    register.inclusion_tag(f"xiaoneng/parts/{name}.html", name=name)(shown)


for _name in (
    "timeline",
    "act",
    "matters",
    "card",
    "figure",
    "notice",
    "empty",
    "crumbs",
    "pages",
    "field",
    "form",
    "number",
):
    _part(_name)
