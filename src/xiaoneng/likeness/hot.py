"""Hot issues (热点): one thing that many people say in words of their own; found in batch, by key; pure.

Looser than near-duplicates: people who never met describe one building site. What they share is a few rare pairs of
characters in their opening words, most of all a name; so each text is a vector of such pairs, weighted by how rare
they are among *people* (what one person writes ninety times is no issue of ninety), and texts that point the same way
hang together. Then a group is cut back to those that fit its centre, because a chain of resemblances wanders.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log, sqrt

from xiaoneng.likeness.bearings import Bearings
from xiaoneng.likeness.grams import grams, normal
from xiaoneng.likeness.groups import Bonds

OPENING = 60
"""Characters at the beginning of a text that are looked at: there people say what it is about."""
SIZE = 2
LINKED = 0.3
"""The likeness of two texts from which they may be about one thing."""
FITTING = 0.35
"""The likeness to what the others of its group say that a text needs to stay."""
JOINED = 0.35
"""The likeness of the centres of two groups from which they are one issue."""
HALF_LIFE = timedelta(days=30)
"""After this time one person's voice counts half."""
PEOPLE = 3
"""Different people from whom a thing is an issue."""
SHOWN = 6

Vector = dict[str, float]

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")


@dataclass(frozen=True, slots=True)
class Said:
    """One text, by whom, and when. `by` only tells people apart: a pseudonym, never a name."""

    key: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """What many people say: the texts by key, the one nearest the centre, how many people, when, shared words, heat."""

    keys: tuple[str, ...]
    core: str
    people: int
    first: datetime
    last: datetime
    words: tuple[str, ...]
    heat: float


def issues(said: Iterable[Said], *, now: datetime, people: int = PEOPLE) -> list[Issue]:
    """Return the things that at least so many different people said, hottest first.

    Heat is the number of people, each counted the less the longer ago they last said it (half after thirty
    days). `words` are what the texts share most, longest first, so that a clerk sees why they were put together.
    What is dated after `now` is left out.
    """
    known = {one.key: one for one in sorted(said, key=lambda one: (one.at, one.key)) if one.at <= now}
    vectors = _vectors(known)
    found = [
        _issue([known[key] for key in group], vectors, now=now)
        for group in _joined(_groups(vectors), vectors)
        if len({known[key].by for key in group}) >= people
    ]
    return sorted(found, key=lambda issue: (-issue.heat, issue.keys))


def _opening(one: Said) -> str:
    return normal(_ADDRESS.sub(" ", one.text))[:OPENING]


def _vectors(known: Mapping[str, Said]) -> dict[str, Vector]:
    """Return what each text points at: its telling pairs of characters, weighted, of length one; in order of time."""
    parts = {key: frozenset(grams(_opening(one), size=SIZE)) for key, one in known.items()}
    voices: defaultdict[str, set[str]] = defaultdict(set)
    for key, one in known.items():
        for part in parts[key]:
            voices[part].add(one.by)
    everybody = len({one.by for one in known.values()})
    weights = {part: log((everybody + 1) / len(by)) for part, by in sorted(voices.items()) if len(by) > 1}
    return {
        key: _unit({part: weights[part] for part in sorted(parts[key]) if part in weights}) for key in known
    }


def _groups(vectors: Mapping[str, Vector]) -> list[tuple[str, ...]]:
    """Return the groups that hang together and fit their centre."""
    keys = [key for key, vector in vectors.items() if vector]
    ties = Bearings([vectors[key] for key in keys]).ties(at_least=LINKED)
    linked = [(keys[one], keys[other]) for one, other in ties]
    found: list[tuple[str, ...]] = []
    while groups := _tied(linked):
        kept = [_fitting(group, vectors) for group in groups]
        found += [group for group in kept if len(group) > 1]
        gone = frozenset(key for group in kept for key in group)
        # What fell out of its group may be a group of its own: look again at the ties among what is left.
        linked = [(one, other) for one, other in linked if one not in gone and other not in gone]
    return found


def _joined(groups: Sequence[tuple[str, ...]], vectors: Mapping[str, Vector]) -> list[tuple[str, ...]]:
    """Return the groups, those that point the same way as one."""
    ties = Bearings([_centre(group, vectors) for group in groups]).ties(at_least=JOINED)
    bonds = Bonds()
    for one, other in [(place, place) for place in range(len(groups))] + ties:
        bonds.tie(groups[one][0], groups[other][0])
    whole = {group[0]: group for group in groups}
    return [tuple(key for first in firsts for key in whole[first]) for firsts in bonds.groups(least=1)]


def _tied(linked: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    bonds = Bonds()
    for one, other in linked:
        bonds.tie(one, other)
    return bonds.groups()


def _fitting(group: Sequence[str], vectors: Mapping[str, Vector]) -> tuple[str, ...]:
    """Return the members near enough to what the others say, at least the nearest."""
    total = _sum(group, vectors)
    near = {key: _cosine(vectors[key], _unit(_less(total, vectors[key]))) for key in group}
    best = max(near.values())
    return tuple(key for key in group if near[key] >= min(FITTING, best))


def _issue(members: Sequence[Said], vectors: Mapping[str, Vector], *, now: datetime) -> Issue:
    keys = tuple(sorted(one.key for one in members))
    centre = _centre(keys, vectors)
    latest: dict[str, datetime] = {}
    for one in members:
        latest[one.by] = max(one.at, latest.get(one.by, one.at))
    return Issue(
        keys=keys,
        core=min(keys, key=lambda key: (-_cosine(vectors[key], centre), key)),
        people=len(latest),
        first=min(one.at for one in members),
        last=max(one.at for one in members),
        words=_words([_opening(one) for one in members]),
        heat=sum(0.5 ** ((now - at) / HALF_LIFE) for at in latest.values()),
    )


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the longest runs of characters that at least half of the texts have, none within another."""
    half = (len(texts) + 1) // 2
    found: list[str] = []
    for size in range(OPENING, 1, -1):
        counts = Counter(gram for text in texts for gram in set(grams(text, size=size)) if len(gram) == size)
        for gram, count in sorted(counts.items()):
            if count >= half and not any(gram in longer for longer in found):
                found.append(gram)
    return tuple(found[:SHOWN])


def _centre(group: Iterable[str], vectors: Mapping[str, Vector]) -> Vector:
    return _unit(_sum(group, vectors))


def _sum(group: Iterable[str], vectors: Mapping[str, Vector]) -> Vector:
    total: defaultdict[str, float] = defaultdict(float)
    for key in group:
        for part, weight in vectors[key].items():
            total[part] += weight
    return dict(total)


def _less(total: Vector, vector: Vector) -> Vector:
    return {part: weight - vector.get(part, 0.0) for part, weight in total.items()}


def _unit(vector: Mapping[str, float]) -> Vector:
    length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {part: weight / length for part, weight in vector.items()}


def _cosine(vector: Vector, other: Vector) -> float:
    return sum(weight * other.get(part, 0.0) for part, weight in vector.items())
