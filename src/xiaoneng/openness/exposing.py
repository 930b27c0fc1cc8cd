"""The fourth always (严重必公开): every grave case is published, or barred by law with the ground on record; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.disposing import Ends
from xiaoneng.openness.fact import Case, Entry, Fact, first, last, proof
from xiaoneng.worktime.days import midnight

TERM = 20  # working days (政府信息公开条例第二十六条)
APPEAL = "appeal-made"
DISCIPLINE_VERBS = ("dereliction-registered", "ban-breach-found", "measure-decided", APPEAL, "appeal-decided")
EXPOSURE_VERBS = ("exposure-proposed", "exposed", "exposure-withdrawn", "exposure-barred")
LACKING = Phrase("未公开，也没有依法不予公开的记录", "neither published nor barred by law on record")


def graves(discipline: Iterable[Case]) -> Iterator[tuple[Case, Fact]]:
    """Yield every decided case that is grave and stands, with the act that decided it.

    Grave is conduct that the decision calls serious, and a leader's part in a serious consequence.
    """
    for case in discipline:
        decided, appeal = last(case, "measure-decided"), last(case, "appeal-decided")
        if decided is None or (appeal is not None and appeal.body.get("revoked")):
            continue
        if decided.said("severity") == "serious" or case[0].said("source") == "consequence":
            yield case, decided


def published(discipline: Iterable[Case], exposures: Iterable[Case], *, ends: Ends) -> Iterator[Entry]:
    """Yield every grave case, with the publication or the bar that answers it."""
    answers: dict[str, list[Case]] = defaultdict(list)
    for case in exposures:
        answers[case[0].said("reference").strip()].append(case)
    for case, decided in graves(discipline):
        yield _entry(case, decided, answers[decided.number], ends=ends)


def _entry(case: Case, decided: Fact, exposures: Iterable[Case], *, ends: Ends) -> Entry:
    appeal = last(case, APPEAL, "appeal-decided")
    since = appeal.at if appeal else decided.at
    contested = appeal is not None and appeal.verb == APPEAL
    due = ends(since, decided.division)
    shown: list[Fact] = []
    answered = False
    for exposure in exposures:
        exposed, barred = first(exposure, "exposed"), first(exposure, "exposure-barred")
        withdrawn = first(exposure, "exposure-withdrawn")
        shown += [fact for fact in (exposure[0], exposed, barred, withdrawn) if fact is not None]
        if withdrawn is not None:
            due = max(due, ends(withdrawn.at, decided.division))
        elif exposed is not None:
            answered = True
        elif barred is not None:
            lifted = _lifted(barred)
            answered = answered or lifted is None
            due = max(due, lifted) if lifted else due
    return Entry(
        number=decided.number,
        agency=decided.agency,
        since=since,
        due=None if contested else due,
        wrong=None if answered else LACKING,
        proofs=proof(case[0], decided, appeal, *shown),
    )


def _lifted(barred: Fact) -> datetime | None:
    """Return when a bar ends: an ongoing investigation bars until its day only; None for one that lasts."""
    until = barred.said("until")
    return midnight(date.fromisoformat(until) + timedelta(days=1)) if until else None
