"""Every rule that is asked before an act and after it: the eight systems, and what the law asks beside them.

The eight are the founding brief's; recusal, tracing, the sealed identity, cards, the four bans, inspection, the
hotline and what may be published belong to none of them. Knows no database.
"""

from __future__ import annotations

from xiaoneng.rules import (
    carding,
    exposing,
    four_bans,
    hotline,
    identity,
    inspecting,
    recusal,
    tracing,
)
from xiaoneng.rules.eight import EIGHT
from xiaoneng.rules.rule import Rule

EVERY: tuple[Rule, ...] = (
    *EIGHT,
    recusal,
    tracing,
    identity,
    carding,
    four_bans,
    inspecting,
    hotline,
    exposing,
)
