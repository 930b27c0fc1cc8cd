"""Defaults of ours (本平台默认): numbers and rules without legal source, as dated rows; a city sets numbers of its own.

The rows stand in `defaults.toml`. What a city sets is handed in once at start (`adopt`). Knows no settings and no clock.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from math import isfinite
from pathlib import Path

from xiaoneng.law.phrase import Phrase

Number = int | float
_CITY_WORDS = {"topic", "value", "from"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a number is from a day on; `city` where a city set it in place of ours."""

    since: date
    value: Number
    city: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """A number or rule of ours: a number has editions, oldest first, within `least` and `most`; a rule has words."""

    topic: str
    name: Phrase
    used: Phrase
    since: date
    changed_by: Phrase
    unit: Phrase = Phrase("", "")
    editions: tuple[Edition, ...] = ()
    words: Phrase | None = None
    least: Number = 0
    most: Number | None = None

    @property
    def fixed(self) -> bool:
        """Tell whether a city can set no other number: nothing in the product asks for this one by the day."""
        return self.least == self.most

    def told(self) -> Phrase:
        """Return the number with the days of its changes: `5`, or `5（2026-07-01 起 3）`; of a rule its words."""
        if self.words is not None:
            return self.words
        first, later = self.editions[0], self.editions[1:]
        if not later:
            return Phrase(str(first.value), str(first.value))
        zh = "，".join(f"{one.since} 起 {one.value}" for one in later)
        en = ", ".join(f"{one.value} from {one.since}" for one in later)
        return Phrase(f"{first.value}（{zh}）", f"{first.value} ({en})")


class DefaultsFaulty(ValueError):
    """What a city set cannot be taken; `faults` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Phrase]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(f"{one.zh} · {one.en}" for one in self.faults))


@cache
def ours() -> Mapping[str, Default]:
    """Return every default of this product by its topic, as listed in `defaults.toml`."""
    text = files(__package__).joinpath("defaults.toml").read_text(encoding="utf-8")
    return {one.topic: one for one in map(_default, tomllib.loads(text)["default"])}


_IN_FORCE: dict[str, Default] = {}
"""Rows with a city's numbers in them, by topic: filled by `adopt` alone."""


def defaults() -> Mapping[str, Default]:
    """Return every default by its topic, with the numbers that the city has set."""
    return {**ours(), **_IN_FORCE}


def value_of(topic: str, *, on: date) -> Number:
    """Return the number of a topic on a day; the first edition also holds before its day.

    Raises KeyError for an unknown topic, LookupError for a rule that has no number.
    """
    return _value(topic, on)


def count_of(topic: str, *, on: date) -> int:
    """Return a whole number of a topic on a day, in the row's unit; errors as `value_of`, TypeError for a decimal."""
    found = _value(topic, on)
    if not isinstance(found, int):
        raise TypeError(f"{topic} is {found}, not a whole number")
    return found


def told(topic: str) -> Phrase:
    """Return the number of a topic as pages show it, with the days of its changes; raises KeyError for none such."""
    return (_IN_FORCE.get(topic) or ours()[topic]).told()


@lru_cache(maxsize=4096)
def _value(topic: str, on: date) -> Number:
    row = _IN_FORCE.get(topic) or ours()[topic]
    if not row.editions:
        raise LookupError(f"{topic} is a rule and has no number")
    standing = [one for one in row.editions if one.since <= on]
    return (standing or row.editions[:1])[-1].value


def city_rows(text: str) -> list[Mapping[str, object]]:
    """Return the `[[default]]` rows of a city's TOML; raises DefaultsFaulty where it cannot be read."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefaultsFaulty([Phrase(f"不是 TOML：{fault}", f"This is no TOML: {fault}")]) from None
    rows = read.pop("default", [])
    if read or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DefaultsFaulty([Phrase("只能有 [[default]] 各行", "Only [[default]] rows may stand here")])
    return rows


def adopt_file(path: Path) -> None:
    """Take a city's numbers from a TOML file, in place of any taken before; raises DefaultsFaulty."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise DefaultsFaulty([Phrase(f"无法读取 {path}", f"{path} cannot be read: {fault}")]) from None
    adopt(city_rows(text))


def adopt(rows: Iterable[Mapping[str, object]]) -> None:
    """Take a city's numbers, in place of any taken before; raises DefaultsFaulty with every fault and takes none.

    From a city's day on its number holds until its own next one; later numbers of ours do not come back over it.
    """
    rows = list(rows)
    faults = [fault for place, row in enumerate(rows, start=1) for fault in _faults(place, row)]
    faults += _twice(rows)
    if faults:
        raise DefaultsFaulty(faults)
    found: dict[str, list[Edition]] = {}
    for row in rows:
        found.setdefault(str(row["topic"]), []).append(_edition(row, city=True))
    _IN_FORCE.clear()
    _IN_FORCE.update({topic: _with_city(ours()[topic], editions) for topic, editions in found.items()})
    _value.cache_clear()


def _with_city(row: Default, editions: list[Edition]) -> Default:
    editions = sorted(editions, key=lambda one: one.since)
    kept = [one for one in row.editions if one.since < editions[0].since]
    return Default(
        topic=row.topic,
        name=row.name,
        used=row.used,
        since=row.since,
        changed_by=row.changed_by,
        unit=row.unit,
        # Ours holds before the city's first day, also where that lies before our own.
        editions=(*(kept or [Edition(since=date.min, value=row.editions[0].value)]), *editions),
        least=row.least,
        most=row.most,
    )


def _faults(place: int, row: Mapping[str, object]) -> Iterator[Phrase]:
    """Yield everything that is wrong with one row of a city."""
    topic = row.get("topic")
    known = ours().get(topic) if isinstance(topic, str) else None
    at = f"第 {place} 行（{topic}）", f"Row {place} ({topic})"
    if known is None:
        yield Phrase(f"{at[0]}：没有这一默认项", f"{at[1]}: there is no such default")
    elif not known.editions:
        yield Phrase(f"{at[0]}：是规则，没有数值可设", f"{at[1]}: a rule, with no number to set")
    for word in sorted(row.keys() - _CITY_WORDS):
        yield Phrase(f"{at[0]}：不认识“{word}”", f"{at[1]}: “{word}” is not known")
    if not _is_day(row.get("from")):
        yield Phrase(f"{at[0]}：from 须是日期", f"{at[1]}: `from` must be a date")
    yield from _wrong_number(at, row.get("value"), known)


def _wrong_number(at: tuple[str, str], value: object, known: Default | None) -> Iterator[Phrase]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield Phrase(f"{at[0]}：value 须是数", f"{at[1]}: `value` must be a number")
        return
    if known is None or not known.editions:
        return
    if isinstance(known.editions[0].value, int) and not isinstance(value, int):
        yield Phrase(f"{at[0]}：须是整数", f"{at[1]}: must be a whole number")
    if known.fixed:
        yield Phrase(f"{at[0]}：此项尚不能另设", f"{at[1]}: this one cannot be set yet")
    elif value < known.least or (known.most is not None and value > known.most):
        most = "" if known.most is None else str(known.most)
        yield Phrase(
            f"{at[0]}：{value} 超出范围 {known.least}–{most}",
            f"{at[1]}: {value} lies outside {known.least}–{most}",
        )


def _twice(rows: Iterable[Mapping[str, object]]) -> Iterator[Phrase]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        key = str(row.get("topic")), str(row.get("from"))
        if key in seen:
            yield Phrase(f"{key[0]} 自 {key[1]} 起写了两次", f"{key[0]} from {key[1]} stands twice")
        seen.add(key)


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _default(row: Mapping[str, object]) -> Default:
    later = row.get("later", [])
    editions = [row, *later] if isinstance(later, list) else [row]
    return Default(
        topic=str(row["topic"]),
        name=phrase(row["name"]),
        used=phrase(row["used"]),
        since=_day(row["from"]),
        changed_by=phrase(row["changed_by"]),
        unit=phrase(row.get("unit", ["", ""])),
        editions=tuple(map(_edition, editions)) if "value" in row else (),
        words=phrase(row["words"]) if "words" in row else None,
        least=_number(row.get("least", 0)),
        most=_number(row["most"]) if "most" in row else None,
    )


def _edition(row: Mapping[str, object], *, city: bool = False) -> Edition:
    return Edition(since=_day(row["from"]), value=_number(row["value"]), city=city)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _number(value: object) -> Number:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"a number is wanted, not {value!r}")


def phrase(pair: object) -> Phrase:
    """Return a pair `[Chinese, English]` of the register as a phrase; raises ValueError for anything else."""
    if isinstance(pair, list) and len(pair) == len(("zh", "en")):
        return Phrase(str(pair[0]), str(pair[1]))
    raise ValueError(f"a pair [Chinese, English] is wanted, not {pair!r}")
