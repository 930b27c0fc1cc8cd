"""Quarters of a year (季度): half-open periods of local days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

WRITTEN = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter by its year and number, written 2026Q1."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return the quarter as it is written in a reference."""
        return f"{self.year}Q{self.number}"

    @property
    def since(self) -> date:
        """Return the first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def until(self) -> date:
        """Return the first day that is not of it any more."""
        return self.following().since

    def following(self) -> Quarter:
        """Return the next quarter."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)  # noqa: PLR2004

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def closed_before(cls, day: date) -> Quarter:
        """Return the last quarter that is over on a day."""
        return cls.of(cls.of(day).since - timedelta(days=1))

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Return a quarter as written; raises ValueError for anything else."""
        found = WRITTEN.fullmatch(text.strip().upper())
        if found is None:
            raise ValueError(f"not a quarter: {text!r}")
        return cls(int(found[1]), int(found[2]))
