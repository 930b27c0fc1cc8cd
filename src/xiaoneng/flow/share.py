"""A share with how sure it is: count, number and Wilson's interval. Knows no case.

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: two-sided 95 %."""
SMALL = 10
"""Groups of fewer are shown, not ranked."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`; `low` and `high` bound the share in 95 of 100 such samples. Nothing is 0 of 0."""

    name: str
    count: int
    n: int

    @property
    def share(self) -> float | None:
        """Return the share between 0 and 1, or None where there is nothing to take a share of."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Return the ends of the 95 % interval; all of 0 to 1 where nothing is known."""
        return wilson(self.count, self.n)

    @property
    def ranked(self) -> bool:
        """Tell whether the group is large enough to be compared."""
        return self.n >= SMALL


def wilson(count: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return Wilson's score interval of `count` in `n`; raises ValueError unless 0 <= count <= n."""
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n}")
    if n == 0:
        return 0.0, 1.0
    share, square = count / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)
