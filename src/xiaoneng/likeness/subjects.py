"""What a complaint seems to be about, who answers for that, and which words say so; pure.

A proposal is for a clerk to check, never a decision: it names its words. Shipped words speak at once; an office's
closed matters (`learner`) speak the louder the more there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import log, sqrt

from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.learner import Learner
from xiaoneng.likeness.taxonomy import Heading, Taxonomy, matcher, shipped, spaced

OPENING = 30
"""Characters at the beginning within which a word counts four times: there stands what it is about."""
FIRST = 4
SHOWN = 6
CHOICES = 3
"""The subject proposed and those it may be instead."""

Words = Mapping[str, float]
Learned = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A heading proposed: its part if one can be told, the functions that answer, how strongly, and why."""

    key: str
    name: Phrase
    part: Heading | None
    functions: tuple[str, ...]
    weight: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a text seems to be about: the subject, what else it may be, and the conduct complained of."""

    subject: Proposed | None
    others: tuple[Proposed, ...]
    conduct: tuple[Proposed, ...]


def propose(text: str, *, taxonomy: Taxonomy | None = None, learner: Learner | None = None) -> Proposal:
    """Return what a text seems to be about; no subject if nothing tells.

    `because` are words of the text, those that weighed most first: shipped words, then what the office's own
    matters taught; never more than six of each.
    """
    known = taxonomy or shipped()
    words = _weighed(text, known)
    learned = learner.weights(text) if learner else {}
    # What was learned is no reason to doubt a subject that it knows nothing of more than the one it doubts most.
    unknown = min(learned.values(), default=0.0)
    proposed = [_proposed(one, words, learned.get(one.key, unknown)) for one in known.subjects]
    ranked = sorted((one for one in proposed if one.because or one.weight > 0), key=lambda one: -one.weight)
    if learner:
        ranked = [_with_runs(one, learner.because(text, subject=one.key)) for one in ranked[:CHOICES]]
    conduct = [one for one in (_proposed(one, words, 0.0) for one in known.conducts) if one.because]
    return Proposal(
        subject=ranked[0] if ranked else None,
        others=tuple(ranked[1:CHOICES]),
        conduct=tuple(sorted(conduct, key=lambda one: -one.weight)),
    )


def _proposed(heading: Heading, words: Words, learned: float) -> Proposed:
    """Return a heading with the weight of its words and of its parts' words, and the part that has most."""
    own = _among(heading.words, words)
    parts = {part.key: _among(part.words, words) for part in heading.parts}
    best = max(heading.parts, key=lambda part: sum(parts[part.key].values()), default=None)
    part = best if best and parts[best.key] else None
    every = own | {word: weight for found in parts.values() for word, weight in found.items()}
    return Proposed(
        key=heading.key,
        name=heading.name,
        part=part,
        functions=part.functions if part else heading.functions,
        weight=sum(every.values()) + learned,
        because=tuple(sorted(every, key=lambda word: (-every[word], word))[:SHOWN]),
    )


def _with_runs(one: Proposed, runs: tuple[str, ...]) -> Proposed:
    new = tuple(run for run in runs if not any(run in word for word in one.because))
    return replace(one, because=one.because + new[:SHOWN])


def _among(known: tuple[str, ...], words: Words) -> dict[str, float]:
    return {word: words[word] for word in known if word in words}


def _weighed(text: str, taxonomy: Taxonomy) -> dict[str, float]:
    """Return the taxonomy's words in a text with their weight.

    A longer word tells more, a word of several subjects less, and each further time less than the first.
    """
    pattern, shared = _words_of(taxonomy)
    found: Counter[str] = Counter()
    for match in pattern.finditer(spaced(text)):
        found[match.group()] += FIRST if match.start() < OPENING else 1
    return {word: (1 + log(count)) * sqrt(len(word) / 2) / shared[word] for word, count in found.items()}


@cache
def _words_of(taxonomy: Taxonomy) -> tuple[re.Pattern[str], Counter[str]]:
    """Return what finds every word of the taxonomy, and in how many headings of its level each stands."""
    headings = [
        frozenset(word for each in (one, *one.parts) for word in each.words)
        for one in (*taxonomy.subjects, *taxonomy.conducts)
    ]
    shared = Counter(word for words in headings for word in words)
    return matcher(shared), shared
