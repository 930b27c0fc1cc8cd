"""Which limit could have been promised (可承诺期限): what so many of a hundred cases would have kept, and how surely.

An order statistic bounds a quantile without any assumption on how times are distributed: David, H. A., Nagaraja, H. N.
(2003), Order Statistics, 7.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import Codes
from xiaoneng.law.phrase import Phrase

DEFINITION = Phrase(
    "按已用工作日排序，取最小的期限，使得以 95% 的把握可以说：至少 95% 的同类办件能在其内办结（次序统计量，不假定分布）。"
    "未办结的办件视为比任何已办结的都长。不足 59 件的，无论如何都不能有此把握，不给出期限。",
    "Of working days used, the least limit of which it can be said with 95 % confidence that at least 95 % of such "
    "cases end within it (an order statistic; no distribution is assumed). Open cases count as longer than any closed "
    "one. With fewer than 59 cases no limit is that sure, and none is given.",
)
SHARE = 0.95
SURE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a group could promise: working days, or None; the plain quantile beside it; cases, and those still open.

    `group` is the code of the group.
    """

    group: int
    days: int | None
    quantile: int | None
    closed: int
    still_open: int


def promises(
    group: Codes,
    used: NDArray[np.int32],
    closed: NDArray[np.bool_],
    *,
    share: float = SHARE,
    sure: float = SURE,
) -> tuple[Promise, ...]:
    """Return what each group could have promised; `used` are the working days used by each case."""
    order = np.lexsort((used, ~closed, group))
    found = []
    codes, begins, counts = np.unique(group[order], return_index=True, return_counts=True)
    for code, begin, count in zip(codes.tolist(), begins.tolist(), counts.tolist(), strict=True):
        rows = order[begin : begin + count]
        ended = used[rows][closed[rows]]
        rank = rank_above(count, share=share, sure=sure)
        found.append(
            Promise(
                group=code,
                days=_at(ended, rank),
                quantile=_at(ended, int(np.ceil(share * count))),
                closed=len(ended),
                still_open=count - len(ended),
            )
        )
    return tuple(found)


def _at(ended: NDArray[np.int32], rank: int | None) -> int | None:
    return int(ended[rank - 1]) if rank is not None and rank <= len(ended) else None


def rank_above(n: int, *, share: float = SHARE, sure: float = SURE) -> int | None:
    """Return the least rank whose value lies above the quantile with confidence `sure`; None where n is too small.

    The value of rank k lies above the quantile unless at least k of n lie below it: a binomial probability.
    """
    below = 0.0
    for k in range(n + 1):
        if below >= sure and k <= n:
            return k if k else None
        below += exp(
            lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log(1 - share)
        )
    return None
