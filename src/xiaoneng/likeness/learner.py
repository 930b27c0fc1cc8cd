"""What an office's own closed matters teach about subjects: counts of pairs of characters, and no more; pure.

Naive Bayes over which pairs of neighbouring characters a text has. It learns one text at a time, forgets one the
same way, keeps only counts, writes nothing down: an office makes it anew from the matters it has, so that what is
erased there is gone here. Every judgement can be taken apart into runs and what each weighed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log

from xiaoneng.likeness.grams import grams
from xiaoneng.likeness.taxonomy import spaced

SIZE = 2
SMOOTH = 0.1
"""Texts that every run is taken to have been seen in already, in every subject: no run proves anything alone."""
HALF = 1_000
"""Texts learned from which on what was learned weighs half of what it ever will."""
LEAST = 2
"""Texts in which a run must have been seen to count at all."""
ENOUGH = 5
"""Texts of a subject from which it is proposed by what was learned."""


class Learner:
    """Counts of runs by subject; knows subjects by key only."""

    def __init__(self) -> None:
        self._texts: Counter[str] = Counter()
        self._runs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._total: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()

    def learn(self, text: str, *, subject: str) -> None:
        """Count a text to a subject."""
        self._count(text, subject, 1)

    def forget(self, text: str, *, subject: str) -> None:
        """Take a text back that was counted to a subject; the counts are as if it had never been.

        Raises LookupError, and changes nothing, if it cannot have been.
        """
        if not self._texts[subject] or _runs(text) - self._learned(subject).keys():
            raise LookupError(f"no such text was learned for {subject}")
        self._count(text, subject, -1)

    def weights(self, text: str) -> dict[str, float]:
        """Return for each subject with enough texts how much the runs of a text speak for it; above 0 they do.

        Odds in natural logarithms. Their sum is divided by the square root of their number, because runs overlap and
        say one thing many times, and shrunk by how little has been learned.
        """
        runs = self._known(text)
        scale = self._texts.total() / (self._texts.total() + HALF) / max(1, len(runs)) ** 0.5
        return {
            subject: scale * sum(self._weight(run, subject) for run in runs)
            for subject, count in sorted(self._texts.items())
            if count >= ENOUGH
        }

    def because(self, text: str, *, subject: str, most: int = 6) -> tuple[str, ...]:
        """Return the runs of the text that speak most for a subject, none within another."""
        weighed = sorted(
            ((self._weight(run, subject), run) for run in self._known(text) if run in self._learned(subject)),
            key=lambda one: (-one[0], one[1]),
        )
        found: list[str] = []
        for weight, run in weighed:
            if weight <= 0 or len(found) == most:
                break
            if not any(run in other or other in run for other in found):
                found.append(run)
        return tuple(found)

    def _count(self, text: str, subject: str, step: int) -> None:
        runs = _runs(text)
        for counter, parts in ((self._runs[subject], runs), (self._total, runs)):
            for run in parts:
                counter[run] += step
                if not counter[run]:
                    del counter[run]
        self._texts[subject] += step
        self._seen[subject] += step * len(runs)
        if not self._texts[subject]:
            del self._texts[subject], self._seen[subject], self._runs[subject]

    def _learned(self, subject: str) -> Counter[str]:
        return self._runs.get(subject, Counter())

    def _known(self, text: str) -> list[str]:
        return sorted(run for run in _runs(text) if self._total[run] >= LEAST)

    def _weight(self, run: str, subject: str) -> float:
        """Return how much more likely a run is in texts of this subject than in all others."""
        here, everywhere = self._learned(subject)[run], self._total[run]
        room = SMOOTH * len(self._total)
        inside = (here + SMOOTH) / (self._seen[subject] + room)
        outside = (everywhere - here + SMOOTH) / (self._seen.total() - self._seen[subject] + room)
        return log(inside / outside)


def taught(texts: Iterable[tuple[str, str]]) -> Learner:
    """Return a learner that has learned these texts, each with the key of its subject."""
    learner = Learner()
    for text, subject in texts:
        learner.learn(text, subject=subject)
    return learner


def _runs(text: str) -> frozenset[str]:
    return frozenset(
        run for piece in spaced(text).split() for run in grams(piece, size=SIZE) if len(run) == SIZE
    )
