"""Drawing by lot in a casebook file: `candidates = ["代表甲 deputy", "企业丙 enterprise 330200-JU"]`, drawn as told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.casebook.reading import Case, Row
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import mark
from xiaoneng.matters.vocabulary.inspection import Candidate, Category, MemberReplaced, TeamDrawn
from xiaoneng.rules import drawing, inspecting

SPOKEN_OF = {"candidates", "conflicted", "members", "comes_in"}
ANCHOR = "casebook"


def drawn(act: Act, row: Row, case: Case, dossier: Dossier | None) -> Act:
    """Return a draw as an honest lot makes it, or with the members that the file names."""
    match act:
        case TeamDrawn():
            return _team(act, row, case)
        case MemberReplaced() if dossier:
            named = row.words.get("comes_in")
            after = inspecting.successor(dossier, leaving=act.leaving)
            return replace(act, successor=case.office.number(named) if named else after)
        case _:
            return act


def _team(act: TeamDrawn, row: Row, case: Case) -> TeamDrawn:
    stood = tuple(_candidate(one, case) for one in row.words["candidates"])
    out = _numbers(row.words.get("conflicted", ()), case)
    seed = drawing.seed(anchor=ANCHOR, nonce="")
    members = drawing.draw(stood, seed=seed, wanted=act.wanted, conflicts=out)
    if "members" in row.words:
        members = _numbers(row.words["members"], case)
    return replace(
        act,
        candidates=stood,
        conflicted=out,
        anchor=ANCHOR,
        seed=seed,
        members=members,
        marks=tuple(map(mark, members)),
    )


def _candidate(words: str, case: Case) -> Candidate:
    name, category, *ties = words.split()
    return Candidate(
        person=case.office.number(name), name=name, category=Category(category), ties=tuple(ties)
    )


def _numbers(names: Sequence[str], case: Case) -> tuple[int, ...]:
    return tuple(case.office.number(name) for name in names)
