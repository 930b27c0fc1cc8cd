"""Every rule that is asked before an act and after it: the eight systems, and what the law asks beside them.

The eight are the founding brief's; recusal, cards and the four bans stand beside them. Knows no database.
"""

from __future__ import annotations

from xiaoneng.rules import carding, four_bans, recusal
from xiaoneng.rules.eight import EIGHT
from xiaoneng.rules.rule import Rule

EVERY: tuple[Rule, ...] = (*EIGHT, recusal, carding, four_bans)
