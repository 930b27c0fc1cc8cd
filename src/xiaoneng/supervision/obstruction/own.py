"""Our own matters as a feed (自家办件之问): what acts are called, and the order that each matter's procedure declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from xiaoneng.flow.columns.selected import Selected
from xiaoneng.flow.graph.conformance import Automaton
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import PUBLIC
from xiaoneng.matters.procedure import Procedure
from xiaoneng.matters.successors import automaton_of
from xiaoneng.procedures.book import BOOK
from xiaoneng.supervision.pouring import activity_names

OURS = Phrase(
    "每件按其所依程序声明的次序检查；程序由编号前缀得知，各版程序合并。",
    "Each matter is held against the order that its procedure declares, all editions together; the prefix of its "
    "number tells the procedure.",
)


def called(found: Selected) -> Selected:
    """Return a selection whose activities are called by the Chinese names of acts rather than by their verbs."""
    names = activity_names()
    words = tuple(names[verb].zh if verb in names else verb for verb in found.events.activities)
    return replace(
        found,
        events=replace(found.events, activities=words),
        steps=replace(found.steps, activities=words),
    )


@lru_cache(maxsize=1)
def words() -> Mapping[str, Phrase]:
    """Return the names of acts in both languages, by the Chinese one."""
    return {name.zh: name for name in activity_names().values()}


@lru_cache(maxsize=1)
def orders() -> Mapping[str, Automaton]:
    """Return what the public procedures declare, by the prefix of their matters' numbers, in the names of acts."""
    public = [one for one in BOOK if one.key in PUBLIC]
    return {
        prefix: together(one for one in public if one.prefix == prefix)
        for prefix in dict.fromkeys(one.prefix for one in public)
    }


def together(procedures: Iterable[Procedure]) -> Automaton:
    """Return what any of some procedures allows, in the names of acts."""
    several = [automaton_of(one) for one in procedures]
    names = {verb: name.zh for verb, name in activity_names().items()}
    return Automaton(
        starts=frozenset(names[one] for each in several for one in each.starts),
        pairs=frozenset((names[a], names[b]) for each in several for a, b in each.pairs),
        ends=frozenset(names[one] for each in several for one in each.ends),
    )
