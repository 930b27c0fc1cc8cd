"""The acts that prove an answer of the four always, ready to be exported and checked against the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from xiaoneng.openness import queries
from xiaoneng.openness.four_absolutes import Answer


class ProvenAct(TypedDict):
    """An act as anybody can check it: its hash is on its receipt, its index is its place in the log."""

    number: str
    sequence: int
    verb: str
    act_hash: str
    log_index: int | None


class ProvenEntry(TypedDict):
    """One thing that was examined, with the acts that show it."""

    number: str
    agency: str
    since: str
    due: str | None
    broken: bool
    lacking: str
    acts: list[ProvenAct]


def proven(answer: Answer, *, language: str = "zh") -> Iterator[ProvenEntry]:
    """Yield everything that an answer examined, with the hashes of the acts behind it."""
    known = queries.shown(one for entry in answer.entries for one in entry.proofs)
    for entry in answer.entries:
        places = [(number, place) for number, some in entry.proofs for place in some]
        acts = [known[place] for place in places if place in known]
        yield ProvenEntry(
            number=entry.number,
            agency=entry.agency,
            since=entry.since.isoformat(),
            due=entry.due.isoformat() if entry.due else None,
            broken=entry.broken(now=answer.as_of),
            lacking=entry.wrong.spoken(language) if entry.wrong else "",
            acts=[
                ProvenAct(
                    number=act.number,
                    sequence=act.sequence,
                    verb=act.verb,
                    act_hash=act.act_hash.hex(),
                    log_index=act.place,
                )
                for act in acts
            ],
        )
