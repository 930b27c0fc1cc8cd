"""The third always (效能低下必问责): for every agency that a quarter shows to be weak, its leader answers; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.disposing import Consequences, Ends
from xiaoneng.openness.fact import Entry, Proof, proof

TERM = 5  # working days: default "four-always-disposed"
DEFINITION = Phrase(
    "查验上一季度达到效能低下标准的单位。违反：自季度终了之日起五个工作日内没有对该单位负责人立案问责。",
    "Examines the agencies that the last quarter shows to be weak. Broken: within five working days of its end no "
    "accountability of the agency's leader was opened.",
)
LACKING = Phrase("未对单位负责人立案问责", "no accountability of its leader was opened")


class Weak(NamedTuple):
    """An agency found weak: by what reference accountability names it, since when, and the acts that show it."""

    agency: str
    division: str
    reference: str
    since: datetime
    proofs: tuple[Proof, ...]


def answered(weak: Iterable[Weak], done: Consequences, *, ends: Ends) -> Iterator[Entry]:
    """Yield every weak agency, with the dereliction matter in which its leader answers."""
    for one in weak:
        end = done.of(one.reference)
        yield Entry(
            number=one.reference,
            agency=one.agency,
            since=one.since,
            due=ends(one.since, one.division),
            wrong=None if end else LACKING,
            proofs=(*one.proofs, *proof(end)),
        )
