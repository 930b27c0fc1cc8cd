"""The team of an inspection (督察组) as its record tells it: who was drawn, who left, who came in. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from xiaoneng.matters.acts import Act
from xiaoneng.matters.vocabulary.inspection import Candidate, MemberReplaced, TeamDrawn


def mark(person: int) -> str:
    """Return the mark by which a draw names a member."""
    return f"member:{person}"


def team_of(acts: Iterable[Act]) -> tuple[int, ...]:
    """Return the members of the team now, the leader first; empty before the draw."""
    members: tuple[int, ...] = ()
    for act in acts:
        match act:
            case TeamDrawn():
                members = act.members
            case MemberReplaced():
                members = tuple(act.successor if one == act.leaving else one for one in members)
            case _:
                continue
    return tuple(one for one in members if one)


def candidates_of(acts: Iterable[Act]) -> dict[int, Candidate]:
    """Return everybody who stood in the draw, by person."""
    return {one.person: one for act in acts if isinstance(act, TeamDrawn) for one in act.candidates}
