"""How far a division reaches: the codes that begin as its own does, without the pairs of noughts at their end."""

from __future__ import annotations


def stem(division: str) -> str:
    """Return what the codes of a division and of all below it begin with: 3302 for the city, 330210 for a district."""
    while division.endswith("00"):
        division = division[:-2]
    return division


def level(division: str) -> int:
    """Return how far down a division lies: the city 330200 above its districts 330203."""
    return len(stem(division))
