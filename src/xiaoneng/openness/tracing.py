"""The first always (投诉必查): no complaint is closed without its findings, answer and call-back, none lapses unseen; pure.

Judged by the acts themselves, not by trust in the rules that should have refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.fact import Case, Entry, LateComplaint, first, last, proof
from xiaoneng.worktime.days import midnight, spoken_day

LISTS = ("complaint-accepted", "allegations-listed")
FOUND = "allegation-found"
ON_SPOT = "answered-on-spot"
ANSWERS = ("complaint-answered", "review-answered", ON_SPOT)
HEARD = ("called-back", "response-lapsed")
AGAIN = ("complaint-reopened", "re-handling-ordered")
VERBS = ("complaint-made", *LISTS, FOUND, *ANSWERS, *HEARD, *AGAIN)
TOLD = (*LISTS, FOUND)
"""Acts whose words are read."""


def traced(closed: Iterable[Case], late: Iterable[LateComplaint]) -> Iterator[Entry]:
    """Yield every closed complaint, and every open one past its term, with what is lacking."""
    for case in closed:
        yield _closed(case)
    for one in late:
        yield _late(one)


def _closed(case: Case) -> Entry:
    lacking = tuple(_lacking(case))
    end = case[-1]
    wrong = Phrase("；".join(one.zh for one in lacking), "; ".join(one.en for one in lacking))
    return Entry(
        number=end.number,
        agency=end.agency,
        since=end.at,
        due=end.at,
        wrong=wrong if lacking else None,
        proofs=proof(*case),
    )


def _lacking(case: Case) -> Iterator[Phrase]:
    again = last(case, *AGAIN)
    since = [fact for fact in case if again is None or fact.sequence > again.sequence]
    answer = first(since, *ANSWERS)
    if answer is None:
        yield Phrase("未答复", "no answer")
    if first(since, *HEARD) is None:
        yield Phrase("未回访", "no call-back")
    if first(case, ON_SPOT) is None:
        yield from _unfound(case)


def _unfound(case: Case) -> Iterator[Phrase]:
    listed: dict[str, None] = {}
    for fact in case:
        if fact.verb in LISTS:
            told = fact.body.get("allegations")
            listed |= dict.fromkeys(map(str, told)) if isinstance(told, list) else {}
    found = {fact.said("allegation") for fact in case if fact.verb == FOUND}
    missing = len(listed.keys() - found)
    if not listed:
        yield Phrase("没有列明投诉事项", "no allegations listed")
    if missing:
        yield Phrase(f"{missing} 项投诉事项没有认定", f"{missing} allegations without a finding")


def _late(one: LateComplaint) -> Entry:
    ended = midnight(one.last_day + timedelta(days=1))
    day = spoken_day(one.last_day)
    wrong = Phrase(
        f"期限至{day.zh}届满，无人办理，督察也未出牌",
        f"its term ended on {day.en}, nobody acted and no card was raised",
    )
    return Entry(
        number=one.number,
        agency=one.agency,
        since=ended,
        due=ended + timedelta(days=count_of("four-always-traced", on=one.last_day)),
        wrong=None if one.carded else wrong,
        proofs=((one.number, (1, one.acts) if one.acts > 1 else (1,)),),
    )
