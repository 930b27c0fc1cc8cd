"""Invented people (虚构): names made up from lists, the same for the same place; no real person is meant."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from xiaoneng.law.phrase import Phrase

INVENTED = Phrase("虚构", "invented")
SHORT_IN = 6
"""One name in this many has one given character."""


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented person; `name` is Chinese, `romanised` is pinyin without tones."""

    name: str
    romanised: str
    note: Phrase = INVENTED


def person(place: str, *, seed: str = "ningbo") -> Invented:
    """Return the invented person of `place`, any text; the same for the same place and seed."""
    surnames, given = _parts()
    length, *draws = _draws(f"{seed}/{place}")
    family, latin = surnames[draws[0] % len(surnames)]
    first, second = given[draws[1] % len(given)], given[draws[2] % len(given)]
    chosen = [first] if length % SHORT_IN == 0 or first == second else [first, second]
    return Invented(
        family + "".join(sign for sign, _ in chosen),
        f"{latin} {''.join(sound for _, sound in chosen).capitalize()}",
    )


def unlike(taken: set[str], *, place: str, seed: str = "ningbo") -> Invented:
    """Return the invented person of `place`, or of the next try, whose name is not in `taken`; adds it there."""
    found, attempt = person(place, seed=seed), 0
    while found.name in taken:
        attempt += 1
        found = person(f"{place}/{attempt}", seed=seed)
    taken.add(found.name)
    return found


@cache
def _parts() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    names = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
    return _split(names["surnames"]), _split(names["given"])


def _split(entries: list[str]) -> list[tuple[str, str]]:
    return [(sign, sound) for sign, _, sound in (entry.partition(" ") for entry in entries)]


def _draws(text: str) -> tuple[int, ...]:
    digest = hashlib.sha256(text.encode()).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "big") for at in range(0, 16, 4))
