"""Subjects that complaints are about, kinds of conduct that they complain of, and the words that tell; pure.

The shipped taxonomy is ours and small; an office may write its own file in the same form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.grams import pieces


class TaxonomyBroken(Exception):
    """The file is not a taxonomy; says every place."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A subject, a part of one, or a kind of conduct: its words as evidence, the functions that answer for it."""

    key: str
    name: Phrase
    words: tuple[str, ...]
    functions: tuple[str, ...] = ()
    parts: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Subjects with their parts, and kinds of conduct."""

    subjects: tuple[Heading, ...]
    conducts: tuple[Heading, ...]

    def __post_init__(self) -> None:
        """Hold that keys are unique."""
        for level in (self.subjects, self.conducts, *(one.parts for one in self.subjects)):
            keys = [one.key for one in level]
            if again := sorted({key for key in keys if keys.count(key) > 1}):
                raise TaxonomyBroken(f"given twice: {', '.join(again)}")


@cache
def shipped() -> Taxonomy:
    """Return the taxonomy of the package."""
    return parse((files("xiaoneng.likeness") / "taxonomy.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Taxonomy:
    """Return the taxonomy written in TOML; raises TaxonomyBroken with every place that is wrong."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyBroken(str(error)) from error
    if faults := [*_faults(told.get("subject", ())), *_faults(told.get("conduct", ()))]:
        raise TaxonomyBroken("; ".join(faults))
    subjects = tuple(_heading(one) for one in told.get("subject", ()))
    return Taxonomy(subjects, tuple(_heading(one) for one in told.get("conduct", ())))


def spaced(text: str) -> str:
    """Return a text as words are looked for in it: in one form of each character, a space where it breaks off."""
    return " ".join(pieces(text))


def matcher(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words in a spaced text, the longer before a shorter one within it."""
    known = sorted({spaced(word) for word in words} - {""}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, known)) or r"(?!)")


def _faults(rows: object) -> list[str]:
    if not isinstance(rows, list | tuple):
        return ["subject and conduct are lists of tables"]
    found = []
    for row in rows:
        here = str(row.get("key", "?"))
        name = row.get("name")
        if not (isinstance(name, list) and len(name) == 2 and all(name)):  # noqa: PLR2004 - Chinese, English
            found.append(f"{here}: a name in Chinese and English")
        if not row.get("key"):
            found.append("a heading without a key")
        if not all(isinstance(word, str) and spaced(word) for word in row.get("words", ())):
            found.append(f"{here}: words are texts with letters in them")
        found += [f"{here}: {fault}" for fault in _faults(row.get("part", ()))]
    return found


def _heading(row: Mapping[str, object], above: tuple[str, ...] = ()) -> Heading:
    functions = _texts(row.get("functions")) or above
    name, parts = _texts(row["name"]), row.get("part", ())
    if not isinstance(parts, list | tuple):
        raise TaxonomyBroken(f"{row['key']}: part is a list of tables")
    return Heading(
        key=str(row["key"]),
        name=Phrase(name[0], name[1]),
        words=tuple(spaced(word) for word in _texts(row.get("words"))),
        functions=functions,
        parts=tuple(_heading(part, functions) for part in parts),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
