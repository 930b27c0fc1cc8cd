"""The eight systems asked of a log (八项制度检查): of each, what its events can show, and of how many cases.

What a log does not tell is said to be untold and never counted as kept. A case counted here is a question to its
office, no verdict: rules judge our own matters act by act (`rules`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaoneng.flow.columns.selected import NEVER
from xiaoneng.flow.graph.events import NONE, Codes, Effect, Events
from xiaoneng.flow.graph.handovers import hand_overs
from xiaoneng.flow.share import wilson
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.decision import FilingConfirmed, Refused
from xiaoneng.matters.vocabulary.intake import NotAccepted
from xiaoneng.rules import (
    ab_cover,
    dereliction,
    first_inquiry,
    one_time_notice,
    post_responsibility,
    refusal_filing,
    service_commitment,
    time_limit,
)
from xiaoneng.rules.rule import Rule
from xiaoneng.supervision.obstruction.answers import CASES, Answer, Row, Subject
from xiaoneng.supervision.obstruction.of_cases import fallen_due

Mask = NDArray[np.bool_]
DEFINITION = Phrase(
    "八项制度各取日志能够表明的一项来查，逐件计数，附 95% 威尔逊区间。日志没有记录的写明“未记录”，从不算作遵守。"
    "计入的办件是要向机关核实的问题，不是结论。",
    "Of each of the eight systems that one thing is looked for which a log can show, case by case, with 95 % Wilson "
    "interval. What the log does not record is said to be untold and never counted as kept. A case counted here is a "
    "question to its office, not a verdict.",
)
UNTOLD = Phrase("日志未记录", "the log does not tell")
REFUSALS = (Refused.name.zh, NotAccepted.name.zh)
FILED = FilingConfirmed.name.zh
"""Our own acts are called by their Chinese names here (`own.called`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Cases that show something, of those that could."""

    cases: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is looked for under one of the eight systems; `of` returns None where the log does not tell."""

    rule: Rule
    looks_for: Phrase
    of: Callable[[Subject], Found | None]


def systems(asked: Subject) -> Answer:
    """Return a row for each of the eight systems, in their order."""
    return Answer(
        rows=tuple(_row(one, asked) for one in CHECKS),
        n=int(asked.selected.facts.within.sum()),
        of=CASES,
    )


def _row(check: Check, asked: Subject) -> Row:
    found = check.of(asked)
    if found is None:
        return (check.rule.name, check.looks_for, None, None, None, None, None, UNTOLD)
    low, high = wilson(found.cases, found.n)
    share = found.cases / found.n if found.n else None
    return (check.rule.name, check.looks_for, found.cases, found.n, share, low, high, "")


def _of(asked: Subject, bad: Mask, looked_at: Mask) -> Found:
    within = asked.selected.facts.within
    return Found(cases=int((bad & looked_at & within).sum()), n=int((looked_at & within).sum()))


def _marked(asked: Subject, events: Mask) -> Mask:
    """Return which cases have an event that is marked."""
    found = np.zeros(len(asked.selected.facts), dtype=np.bool_)
    found[asked.selected.events.case[events]] = True
    return found


def _holder(events: Events) -> Codes | None:
    """Return who had the events: people where any is recorded, else posts, else agencies."""
    for column in (events.actor, events.post, events.agency):
        if column is not None and bool((column != NONE).any()):
            return column
    return None


def _nobody(asked: Subject) -> Found | None:
    """Of our own acts those without a post are the applicant's; the desk lets no official act without one."""
    if asked.own:
        return None
    events = asked.selected.events
    named = [column for column in (events.actor, events.post) if column is not None]
    if not any(bool((column != NONE).any()) for column in named):
        return None
    unknown = np.logical_and.reduce([column == NONE for column in named])
    return _of(asked, _marked(asked, unknown), _marked(asked, np.ones(len(events), dtype=np.bool_)))


def _broken_promises(asked: Subject) -> Found | None:
    cases = asked.selected.facts
    promised = (cases.planned != NEVER) & (cases.ended != NEVER) & (cases.ended <= asked.as_of)
    if not bool((cases.planned != NEVER).any()):
        return None
    return _of(asked, cases.ended > cases.planned, promised & (cases.ended >= cases.started))


def _sent_back(asked: Subject) -> Found | None:
    events = asked.selected.events
    holder = _holder(events)
    if holder is None:
        return None
    found = hand_overs(events, holder)
    return Found(cases=found.cases, n=int(_marked(asked, holder != NONE).sum()))


def _asked_again(asked: Subject) -> Found | None:
    events = asked.selected.events
    held = None if events.effect is None else events.effect == Effect.SUSPEND
    if held is None or not bool(held.any()):
        return None
    pairs = np.sort(events.case[held].astype(np.int64) * len(events.activities) + events.activity[held])
    again = np.zeros(len(asked.selected.facts), dtype=np.bool_)
    again[pairs[1:][pairs[1:] == pairs[:-1]] // len(events.activities)] = True
    return _of(asked, again, _marked(asked, held))


def _late(asked: Subject) -> Found | None:
    rows, late = fallen_due(asked)
    if not bool((asked.selected.facts.due != NEVER).any()):
        return None
    return Found(cases=int(late[rows].sum()), n=len(rows))


def _unfiled(asked: Subject) -> Found | None:
    """Only our own acts say which of them is a refusal, and which its filing."""
    events = asked.selected.events
    if not asked.own:
        return None
    number = {name: code for code, name in enumerate(events.activities)}
    refused = np.isin(events.activity, [number.get(name, NONE - 1) for name in REFUSALS])
    filed = np.cumsum(events.activity == number.get(FILED, NONE - 1))
    firsts = np.flatnonzero(events.firsts())
    before = filed - np.repeat(
        filed[firsts] - (events.activity[firsts] == number.get(FILED, NONE - 1)),
        np.diff(np.append(firsts, len(events))),
    )
    return _of(asked, _marked(asked, refused & (before == 0)), _marked(asked, refused))


def _untold(_: Subject) -> None:
    return None


CHECKS = (
    Check(
        rule=post_responsibility,
        looks_for=Phrase("有环节没有记明经手的人或岗位", "an event names neither a person nor a post"),
        of=_nobody,
    ),
    Check(
        rule=ab_cover,
        looks_for=Phrase("主岗缺位而无人顶岗", "the holder was away and nobody covered"),
        of=_untold,
    ),
    Check(
        rule=service_commitment,
        looks_for=Phrase("办结晚于承诺或计划的时间", "closed after the time that was promised or planned"),
        of=_broken_promises,
    ),
    Check(
        rule=first_inquiry,
        looks_for=Phrase("交给他人后又退回原经手的", "given to another and given straight back"),
        of=_sent_back,
    ),
    Check(
        rule=one_time_notice,
        looks_for=Phrase(
            "同一种中止（如补正通知）出现两次以上",
            "the same suspension, as a request for material, twice or more",
        ),
        of=_asked_again,
    ),
    Check(
        rule=time_limit,
        looks_for=Phrase(
            "期限已过，超期办结或仍未办结", "its deadline has passed: closed late, or still open"
        ),
        of=_late,
    ),
    Check(
        rule=refusal_filing,
        looks_for=Phrase("否定之前没有经确认的报备", "refused without a filing confirmed before"),
        of=_unfiled,
    ),
    Check(
        rule=dereliction,
        looks_for=Phrase(
            "失职而未追究（见四个一律）", "a breach without a consequence (see the four always)"
        ),
        of=_untold,
    ),
)
"""The eight systems in their order, each with what a log can show of it."""
