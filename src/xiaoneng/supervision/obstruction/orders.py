"""The order that our procedures declare (程序规定的次序), all together: what a feed of several kinds is held against."""

from __future__ import annotations

from collections.abc import Iterable

from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.procedure import Procedure
from xiaoneng.matters.successors import automaton_of

OURS = Phrase(
    "以本系统各程序声明的次序为准；来源混有多种程序，凡任一程序允许的前后关系都算合规。",
    "Held against the order that our procedures declare; as the feed mixes them, what any of them allows conforms.",
)
THEIRS = Phrase(
    "以来源在对照表中声明的次序为准。", "Held against the order that the feed declares in its mapping."
)


def together(procedures: Iterable[Procedure]) -> Automaton:
    """Return what any of some procedures allows."""
    several = [automaton_of(one) for one in procedures]
    return Automaton(
        starts=frozenset().union(*(one.starts for one in several)),
        pairs=frozenset().union(*(one.pairs for one in several)),
        ends=frozenset().union(*(one.ends for one in several)),
    )
