"""How an import is carried out (读入方式): how much at a time, and where a test may stop it. Knows no import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 100_000
"""Rows between two checkpoints: some two seconds of work that a crash can cost."""
MEMORY = "512MB"
"""What the engine that compares rows may hold before it goes to disk."""

Step = Callable[[str], None]
"""Told the name of each step when it is done."""


def _onward(_: str) -> None:
    """Go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """`chunk` rows a part, `memory` for comparing, `wait` for another import of the feed or be told at once."""

    chunk: int = CHUNK
    memory: str = MEMORY
    wait: bool = True
    step: Step = _onward


USUAL = Manner()
