"""One table of a data file, read field by field; what is wrong is noted and reading goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.limits import Limit, Unit

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
PAIR = 2
NOTHING = Phrase("", "")


@dataclass(slots=True)
class Row:
    """A table with the place it stands at; every getter notes a flaw and returns an empty value if it must."""

    table: Mapping[str, object]
    where: str
    flaws: list[str]
    seen: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; `default` makes it optional."""
        value = self._get(key, default)
        return value if isinstance(value, str) else self._wrong(key, "a text", "")

    def count(self, key: str) -> int:
        """Return a whole number from zero up."""
        value = self._get(key, None)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return self._wrong(key, "a count", 0)

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self._get(key, None)
        return value if isinstance(value, bool) else self._wrong(key, "true or false", False)  # noqa: FBT003

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; none if it is not there."""
        value = self._get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        return self._wrong(key, "a list of texts", ())

    def pair(self, key: str) -> Phrase:
        """Return a pair [Chinese, English]."""
        value = self._get(key, None)
        if (
            isinstance(value, list)
            and len(value) == PAIR
            and all(isinstance(one, str) and one for one in value)
        ):
            return Phrase(value[0], value[1])
        return self._wrong(key, "a pair [Chinese, English]", NOTHING)

    def optional_pair(self, key: str) -> Phrase | None:
        """Return a pair, or None if it is not there."""
        return self.pair(key) if key in self.table else None

    def choice(self, key: str, kind: type[Choice], fallback: Choice) -> Choice:
        """Return one of a closed list; `fallback` stands in for a wrong word, which is noted."""
        word = self.text(key)
        if word in set(kind):
            return kind(word)
        return self._wrong(key, f"one of {', '.join(kind)}", fallback)

    def limit(self) -> Limit:
        """Return the limit that `count` and `unit` of this table make."""
        return Limit(self.count("count"), self.choice("unit", Unit, Unit.WORKING_DAYS))

    def citation(self) -> Citation:
        """Return the citation that `instrument`, `article` and `certainty` of this table make."""
        certainty = self.choice("certainty", Certainty, Certainty.UNVERIFIED)
        return Citation(self.text("instrument"), self.text("article"), certainty)

    def row(self, key: str) -> Row:
        """Return the table at `key`; an empty one if it is missing, noted."""
        value = self._get(key, None)
        inner = value if isinstance(value, dict) else self._wrong(key, "a table", {})
        return Row(inner, f"{self.where}.{key}", self.flaws)

    def optional_row(self, key: str) -> Row | None:
        """Return the table at `key`, or None if it is not there."""
        return self.row(key) if key in self.table else None

    def rows(self, key: str) -> Iterator[Row]:
        """Yield the tables of the list at `key`; none if it is not there."""
        value = self._get(key, [])
        for place, inner in enumerate(value if isinstance(value, list) else self._wrong(key, "a list", [])):
            yield Row(inner if isinstance(inner, dict) else {}, f"{self.where}.{key}[{place}]", self.flaws)

    def close(self) -> None:
        """Note every field that nothing asked for: a misspelt one must not pass in silence."""
        for key in self.table.keys() - self.seen:
            self.flaws.append(f"{self.where}: nothing reads {key!r}")

    def _get(self, key: str, default: object) -> object:
        self.seen.add(key)
        return self.table.get(key, default)

    def _wrong(self, key: str, wanted: str, value: Value) -> Value:
        self.flaws.append(f"{self.where}: {key} must be {wanted}, not {self.table.get(key)!r}")
        return value
