"""Every rule that is asked before an act and after it: the eight systems, and what the law asks beside them.

The eight are the founding brief's; recusal belongs to none of them and to every matter. Knows no database.
"""

from __future__ import annotations

from xiaoneng.rules import hotline, inspecting, recusal
from xiaoneng.rules.eight import EIGHT
from xiaoneng.rules.rule import Rule

EVERY: tuple[Rule, ...] = (*EIGHT, recusal, inspecting, hotline)
