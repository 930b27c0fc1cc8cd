"""The third always (效能低下必问责): for every agency that a quarter shows to be weak, its leader answers; pure.

Which agencies are weak, and by what, is told by `accountability.leaders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.disposing import Consequences
from xiaoneng.openness.fact import Entry, Proof, RedCard, proof
from xiaoneng.worktime.days import midnight

QUARTERS = 4
"""Closed quarters that are examined: a year."""
DEFINITION = Phrase(
    "查验最近四个季度内达到效能低下标准（违反禁令、红牌、超期率）的单位。违反：自季度终了之日起"
    f" {told('leader-answers').zh} 个工作日内没有对该单位负责人立案问责。",
    "Examines the agencies that one of the last four quarters shows to be weak (bans broken, red cards, share closed "
    f"late). Broken: within {told('leader-answers').en} working days of the quarter's end no accountability "
    "of the leader was opened.",
)
LACKING = Phrase("未对单位负责人立案问责", "no accountability of its leader was opened")


def answered(weak: Iterable[WeakAgency], red: Sequence[RedCard], done: Consequences) -> Iterator[Entry]:
    """Yield every weak agency, with the dereliction matter in which its leader answers."""
    for one in weak:
        end = done.of(one.reference)
        yield Entry(
            number=one.reference,
            agency=one.agency,
            since=midnight(one.quarter.until),
            due=midnight(one.open_by + timedelta(days=1)),
            wrong=None if end else LACKING,
            proofs=(*_shown(one, red), *proof(end)),
        )


def _shown(weak: WeakAgency, red: Sequence[RedCard]) -> Iterator[Proof]:
    """Yield the acts behind the red cards of the quarter; other weaknesses are counts over closed matters."""
    since, until = midnight(weak.quarter.since), midnight(weak.quarter.until)
    for card in red:
        if card.agency == weak.agency and since <= card.raised_at < until and card.sequences:
            yield card.matter, card.sequences
