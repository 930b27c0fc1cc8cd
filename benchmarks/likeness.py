"""Near-duplicates in batch: every pair of 10^5 texts, beside the libraries that people use for it.

All sides read the same normal texts in the same process, one after the other, and report pairs that rapidfuzz finds
at least 0.6 alike, so that a ratio compares the same answer. What would take hours is measured on a slice and
multiplied; the note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks import messages
from benchmarks.measure import Row
from benchmarks.messages import Planted
from xiaoneng.likeness import hot, near
from xiaoneng.likeness.grams import grams, normal

SIZES = {False: 100_000, True: 5_000}
SLICE = 100
"""Texts compared with all others by the peers that compare everything."""
Places = Iterable[tuple[int, int]]


def run(*, quick: bool) -> list[Row]:
    """Measure on texts made of real messages; nothing where they are not here."""
    if reason := messages.absent():
        print(f"not measured: {reason}")
        return []
    given = messages.planted(SIZES[quick])
    bare = [normal(text) for text in given.texts]
    ours, found = timed(lambda: near.pairs({f"{n:07}": text for n, text in enumerate(given.texts)}))
    places = [(int(pair.one), int(pair.other)) for pair in found]
    rows = [
        Row(f"every pair of {len(bare):,} texts", ours, None, None, "", None, note=f"{len(places):,} pairs"),
        _recall("recall of planted repeats", given, places, goal=0.99),
        _kin(given, places),
    ]
    rows += [_datasketch(given, bare, ours), _tfidf(given, bare, ours), _scan(bare, ours)]
    return [*rows, _keys(given.texts), *_hot(quick=quick)]


def timed(work: Callable[[], Iterable[object]]) -> tuple[float, list]:  # type: ignore[type-arg]
    start = perf_counter()
    found = list(work())
    return perf_counter() - start, found


def recall(given: Planted, places: Places) -> float:
    """Return the share of repeats that were found together with their original or with another repeat of it."""
    met = {one for i, j in places if given.family[i] == given.family[j] for one in (i, j)}
    return sum(one in met for one in given.repeats) / len(given.repeats)


def _recall(name: str, given: Planted, places: Places, *, goal: float) -> Row:
    share = recall(given, places)
    return Row(name, share, None, None, f">= {goal}", share >= goal, unit="", note=f"{share:.4f}")


def _kin(given: Planted, places: list[tuple[int, int]]) -> Row:
    share = sum(given.family[i] == given.family[j] for i, j in places) / len(places)
    note = "the others share whole sentences or were sent twice in truth: each is 0.6 alike at least"
    return Row("pairs that are planted, of all reported", share, None, None, "", None, unit="", note=note)


def verified(bare: list[str], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    scores = process.cpdist(
        [bare[i] for i, _ in pairs], [bare[j] for _, j in pairs], scorer=fuzz.ratio, score_cutoff=60
    )
    return [pair for pair, score in zip(pairs, scores.tolist(), strict=True) if score >= 60]


def _datasketch(given: Planted, bare: list[str], ours: float) -> Row:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - the bench extra

    def work() -> list[tuple[int, int]]:
        index = MinHashLSH(threshold=0.5, num_perm=128)
        hashes = MinHash.bulk(
            [[gram.encode() for gram in set(grams(text, size=3))] for text in bare], num_perm=128
        )
        for place, one in enumerate(hashes):
            index.insert(place, one, check_duplication=False)
        pairs = sorted({(j, i) for i, one in enumerate(hashes) for j in index.query(one) if j < i})
        return verified(bare, pairs)

    took, places = timed(work)
    goal = 6.0
    note = f"its recall {recall(given, places):.4f}"
    return Row(
        "the same: datasketch MinHash(128), LSH 0.5",
        ours,
        took,
        took / ours,
        ">= 6x",
        took / ours >= goal,
        note=note,
    )


def _tfidf(given: Planted, bare: list[str], ours: float) -> Row:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - the bench extra

    def build() -> list[object]:
        return [TfidfVectorizer(analyzer="char", ngram_range=(2, 3), dtype=np.float32).fit_transform(bare)]

    built, (matrix,) = timed(build)
    step, part = 500, min(len(bare), 5_000)
    across = matrix.T.tocsr()

    def multiply() -> list[int]:
        return [(matrix[at : at + step] @ across).nnz for at in range(0, part, step)]

    sliced, _ = timed(multiply)
    took = built + sliced * len(bare) / part
    note = f"built in {built:.0f} s; the product on {part:,} rows, multiplied; before it is verified"
    return Row(
        "the same: scikit-learn TF-IDF, sparse product",
        ours,
        took,
        took / ours,
        ">= 40x",
        took / ours >= 40,
        note=note,
    )


def _scan(bare: list[str], ours: float) -> Row:
    sliced, _ = timed(
        lambda: process.cdist(bare[:SLICE], bare, scorer=fuzz.ratio, score_cutoff=60, workers=1)
    )
    took = sliced * len(bare) / SLICE / 2
    note = f"{SLICE} texts with all others, multiplied; half, as each pair is one"
    return Row("the same: rapidfuzz, each with each", ours, took, took / ours, "", None, note=note)


def _keys(texts: list[str]) -> Row:
    some = texts[:5_000]
    took, _ = timed(lambda: [near.keys(text) for text in some])
    return Row("band keys of one text", took / len(some), None, None, "", None)


def _hot(*, quick: bool) -> list[Row]:
    said = hot_texts()[: 1_000 if quick else None]
    took, found = timed(lambda: hot.issues(said, now=max(one.at for one in said)))
    return [
        Row(
            f"hot issues of {len(said):,} real messages",
            took,
            None,
            None,
            "",
            None,
            note=f"{len(found)} issues",
        )
    ]


def hot_texts() -> list[hot.Said]:
    """Return the real messages with who wrote them (a pseudonym of the source) and when."""
    return [
        hot.Said(
            row["留言编号"],
            f"{row['留言主题'].strip()}。{row['留言详情'].strip()}",
            row["留言用户"],
            messages.instant(row["留言时间"]),
        )
        for row in messages.rows(messages.HOT)
    ]
