"""What is recorded of statutory sanctions (处分): the term of the law, and nobody sanctioned twice for one act.

Asked by `rules.dereliction`; nothing is decided here. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.discipline import AppealDecided, MeasureDecided
from xiaoneng.matters.vocabulary.measures import MOST_MONTHS, NAMES, SANCTION_MONTHS, Decider
from xiaoneng.matters.vocabulary.sanctions import SanctionRecorded
from xiaoneng.rules.measures import Fault
from xiaoneng.worktime.days import local_day

LAW = "公职人员政务处分法"
ONCE = Citation(LAW, "第十六条")


def faults(dossier: Dossier, act: SanctionRecorded) -> Iterator[Fault]:
    """Yield why a sanction may not be recorded so."""
    decided, appeal = dossier.last(MeasureDecided), dossier.last(AppealDecided)
    if decided is not None and not (appeal and appeal.revoked) and act.decided_by is Decider.EMPLOYER:
        yield Fault(
            reason=Phrase(
                "同一行为已由本单位作出效能处理，任免机关、单位不得再给予处分；确需处分的先撤销原处理",
                "The employer has dealt with the same act already: revoke that first",
            ),
            basis=ONCE,
        )
    if dossier.last(SanctionRecorded) is not None:
        yield Fault(
            reason=Phrase("同一行为已登记处分，不得重复处分", "The same act was sanctioned already"),
            basis=ONCE,
        )
    yield from _term(act)
    if act.decided_on > local_day(act.at):
        yield Fault(
            reason=Phrase("处分决定日期不得晚于登记日期", "A sanction is recorded after it was decided"),
            basis=Citation(LAW, "第八条"),
        )


def _term(act: SanctionRecorded) -> Iterator[Fault]:
    months, name = SANCTION_MONTHS[act.sanction], NAMES[act.sanction]
    if act.cumulated and months:
        if not months <= act.months <= MOST_MONTHS:
            yield Fault(
                reason=Phrase(
                    f"合并计算的处分期不少于{months}个月、最长不超过{MOST_MONTHS}个月",
                    f"Counted together it lasts {months} to {MOST_MONTHS} months",
                ),
                basis=Citation(LAW, "第十五条"),
            )
    elif act.months != months:
        yield Fault(
            reason=Phrase(f"{name.zh}的期间为{months}个月", f"{name.en} lasts {months} months"),
            basis=Citation(LAW, "第八条"),
        )


def on_measure(dossier: Dossier) -> Iterator[Fault]:
    """Yield that no efficiency measure follows a sanction recorded for the same act."""
    if dossier.last(SanctionRecorded) is not None:
        yield Fault(
            reason=Phrase(
                "同一行为已登记处分，不得再作效能处理",
                "The same act was sanctioned: no efficiency measure follows",
            ),
            basis=ONCE,
        )
