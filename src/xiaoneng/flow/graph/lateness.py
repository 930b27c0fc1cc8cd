"""Late shares of groups (超期率), large and small, and between agencies of unlike work, told fairly.

Morris, C. N. (1983), Parametric empirical Bayes inference, JASA 78. Agresti, A., Coull, B. A. (1998), Approximate is
better than exact, The American Statistician 52.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.graph.events import NONE, Codes, Effect, Events
from xiaoneng.flow.share import Z95
from xiaoneng.law.phrase import Phrase

DEFINITIONS = {
    "shares": Phrase(
        "各组超期件数与已届期件数之比，附 95% 威尔逊区间；另列向全体比例收缩的估计（贝塔二项经验贝叶斯），组越小收缩越多，"
        "小组的偶然高低因此不被当作差别。未记录该属性的办件自成一组。",
        "Late cases of those fallen due, by group, with 95 % Wilson interval; beside it an estimate drawn towards the "
        "share of all (beta-binomial empirical Bayes), the more the smaller the group, so that chance in small groups "
        "is not taken for a difference. Cases for which nothing is recorded are a group of their own.",
    ),
    "fair": Phrase(
        "各机关按事项与是否适用特别程序分层的超期率，用全体办件的层构成加权（直接标准化），使办件构成不同的机关可以相比。"
        "机关没有办件的层不作推断，按其余各层重新加权，并列出所覆盖的构成比例。",
        "Each agency's late share by item and special procedure, weighted by the mix of all cases (direct "
        "standardisation), so that agencies with unlike work compare. Where an agency has no cases of a kind nothing "
        "is guessed: the other kinds are weighted anew, and the share of the mix covered is shown.",
    ),
}

SPECIAL = (Effect.SUSPEND, Effect.EXTEND, Effect.ASK)
"""What makes a case unlike an ordinary one: its clock was suspended or extended, or another office was asked."""

Real = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LateShares:
    """A row a group: its code (`NONE` where nothing is recorded), late, of how many, the interval, and shrunk."""

    group: Codes
    late: Whole
    n: Whole
    low: Real
    high: Real
    shrunk: Real

    @property
    def share(self) -> Real:
        """Return the plain shares."""
        return self.late / self.n


def late_shares(group: Codes, late: NDArray[np.bool_]) -> LateShares:
    """Return the late share of every group; rows are cases that have fallen due."""
    present, of = np.unique(group, return_inverse=True)
    n = np.bincount(of, minlength=len(present))
    found = np.bincount(of, weights=late, minlength=len(present)).astype(np.int64)
    low, high = wilson_intervals(found, n)
    return LateShares(
        group=present.astype(np.int32), late=found, n=n, low=low, high=high, shrunk=shrunk(found, n)
    )


def wilson_intervals(count: Whole, n: Whole, *, z: float = Z95) -> tuple[Real, Real]:
    """Return the ends of Wilson's intervals; `n` is at least 1."""
    share, square = count / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * np.sqrt(share * (1 - share) / n + square / (4.0 * n * n)) / (1 + square / n)
    return np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def shrunk(count: Whole, n: Whole) -> Real:
    """Return each share drawn towards that of all groups, by the variance between groups beyond chance (moments).

    With one group, or no variance beyond chance, every share is that of all.
    """
    if not len(n):
        return np.zeros(0)
    middle = float(count.sum() / n.sum())
    strength = _strength(count / n, n.astype(np.float64), middle)
    estimate: Real = (
        (count + strength * middle) / (n + strength) if np.isfinite(strength) else np.full(len(n), middle)
    )
    return estimate


def _strength(share: Real, n: Real, middle: float) -> float:
    """Return how many cases the share of all is worth: infinitely many where groups differ by chance alone."""
    chance = middle * (1 - middle)
    if len(n) <= 1 or chance <= 0:
        return float("inf")
    spare = float(n.sum() - (n * n).sum() / n.sum())
    between = (float((n * (share - middle) ** 2).sum()) - (len(n) - 1) * chance) / (spare - (len(n) - 1))
    if spare <= len(n) - 1 or between <= 0:
        return float("inf")
    return max(0.0, chance / between - 1)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FairShares:
    """A row an agency: cases, late, its plain and its fair share with 95 % interval, and how much of the mix it has."""

    agency: Codes
    n: Whole
    late: Whole
    fair: Real
    low: Real
    high: Real
    covered: Real

    @property
    def plain(self) -> Real:
        """Return the shares without regard to what kind of cases they are."""
        return self.late / self.n


def fair_shares(
    agency: Codes, item: Codes, special: NDArray[np.bool_], late: NDArray[np.bool_]
) -> FairShares:
    """Return the late shares of agencies as if each had the mix of kinds that all have together."""
    known = agency != NONE
    kinds, kind = np.unique(item[known].astype(np.int64) * 2 + special[known], return_inverse=True)
    agencies, who = np.unique(agency[known], return_inverse=True)
    shape, cell = (len(agencies), len(kinds)), who * len(kinds) + kind
    n = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    count = np.bincount(cell, weights=late[known], minlength=shape[0] * shape[1]).reshape(shape)
    mix = n.sum(axis=0) / max(1, n.sum())
    weight = np.where(n > 0, mix, 0.0)
    covered = weight.sum(axis=1)
    weight /= covered[:, None]
    share = np.divide(count, n, out=np.zeros(shape), where=n > 0)
    fair = (weight * share).sum(axis=1)
    # A kind with a few cases, none late, is not certain never to be late: one success and one failure are added.
    careful = (count + 1) / (n + 2)
    error = np.sqrt((weight**2 * careful * (1 - careful) / (n + 2)).sum(axis=1))
    return FairShares(
        agency=agencies.astype(np.int32),
        n=n.sum(axis=1),
        late=count.sum(axis=1).astype(np.int64),
        fair=fair,
        low=np.maximum(0.0, fair - Z95 * error),
        high=np.minimum(1.0, fair + Z95 * error),
        covered=covered,
    )


def special_cases(events: Events, *, cases: int) -> NDArray[np.bool_]:
    """Return which of so many cases had a special procedure; `events` are all events of them."""
    found = np.zeros(cases, dtype=np.bool_)
    if events.effect is not None:
        found[events.case[np.isin(events.effect, [int(one) for one in SPECIAL])]] = True
    return found
