"""Every rule that is asked before an act and after it: the eight systems, and what the law asks beside them.

The eight are the founding brief's; recusal, tracing of complaints, cards and the four bans stand
beside them. Knows no database.
"""

from __future__ import annotations

from xiaoneng.rules import carding, four_bans, recusal, tracing
from xiaoneng.rules.eight import EIGHT
from xiaoneng.rules.rule import Rule

EVERY: tuple[Rule, ...] = (*EIGHT, recusal, tracing, carding, four_bans)
