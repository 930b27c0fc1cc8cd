"""What the record of one matter calls for (督察发现): every card due at an instant, with its evidence; pure.

The same findings come of the sweep, of a look at one matter and of the daily walk; their keys make them one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running, lapse_moment
from xiaoneng.matters.vocabulary.handling import Suspended
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.eight import EIGHT
from xiaoneng.rules.rule import Breach
from xiaoneng.supervision.levels import Cause, Level
from xiaoneng.supervision.rulesets import CardRule, RuleSet, cause_of, in_force
from xiaoneng.supervision.timeuse import most_answerable
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Run

CLOCKS = {
    Clock.INTAKE: Phrase("受理审查", "Intake"),
    Clock.HANDLING: Phrase("办理", "Handling"),
    Clock.FILING: Phrase("否定报备审查", "Review of a filed refusal"),
    Clock.DELIVERY: Phrase("送达", "Delivery"),
    Clock.TRANSFER: Phrase("移送", "Transfer"),
    Clock.ANSWER: Phrase("答复", "Answer"),
    Clock.HAND_OVER: Phrase("交接", "Hand-over"),
}
"""Clocks by the step they measure; one that is not listed is said by its word in stored rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the record shows and a card says: the rule, since when, who is answerable, on what evidence.

    `clock`, `run` and `rung` are given where a clock shows it; `rule` is the key of one of the eight systems,
    or `clock`. `key` is unique within the matter, for ever.
    """

    key: str
    cause: Cause
    rule: str
    since: datetime
    words: Phrase
    basis: Citation
    post: str
    clock: str = ""
    run: int = 0
    rung: str = ""
    holder: Capacity | None = None
    stage: str = ""
    promised_on: date | None = None
    statutory_on: date | None = None
    sequences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A finding with the rule set and the line of it that make it a card."""

    finding: Finding
    rules: RuleSet
    line: CardRule


def rung_key(*, clock: str, run: int, rung: str) -> str:
    """Return the key of what a clock shows; a breach that shows the same may carry it as its own key."""
    return f"{clock}/{run}/{rung}"


def called_for(dossier: Dossier, *, now: datetime) -> list[Ruled]:
    """Return every card the record calls for at `now`, first things first, by the rules in force on their day."""
    found = sorted((*_clocks(dossier, now=now), *_breaches(dossier, now=now)), key=lambda one: one.since)
    ruled: list[Ruled] = []
    for finding in found:
        rules = in_force(local_day(finding.since), dossier.opening.division)
        line = rules.rule_for(finding.cause)
        if line is not None:
            ruled.append(Ruled(finding=finding, rules=rules, line=line))
    return sorted(ruled, key=lambda one: (one.finding.since, one.line.level is Level.RED))


def _clocks(dossier: Dossier, *, now: datetime) -> Iterator[Finding]:
    for run in dossier.every_run():
        if run.clock not in dossier.procedure.answerable:
            continue
        if run.promised is not None and run.promised.limit != run.statutory.limit:
            yield from _passed(dossier, run, run.promised, cause=Cause.PROMISE, now=now)
        ours = run.term.basis.certainty is Certainty.DEFAULT
        cause = Cause.STEP if ours else Cause.STATUTE
        yield from _passed(dossier, run, run.statutory, cause=cause, now=now)
        yield from _paused(dossier, run, now=now)


def _passed(
    dossier: Dossier, running: Running, run: Run, *, cause: Cause, now: datetime
) -> Iterator[Finding]:
    today = local_day(now)
    if not worktime.overdue(run, today=today, calendar=dossier.calendar):
        return
    seen = run.seen_on(min(today, run.stopped) if run.stopped else today)
    last = worktime.day_of(worktime.end(seen, calendar=dossier.calendar), calendar=dossier.calendar)
    then = dossier.on_day(last)
    step = CLOCKS.get(running.clock, Phrase(running.clock, running.clock))
    what = Phrase(
        f"{step.zh}{cause.phrase.zh}：应于 {last} 前办结，届满时处于“{then.stage.name.zh}”环节",
        f"{step.en}: {cause.phrase.en.lower()}. Due by {last}; it then rested at “{then.stage.name.en}”",
    )
    rung = "promise" if cause is Cause.PROMISE else "statute"
    found = Finding(
        key=rung_key(clock=running.clock.value, run=running.number, rung=rung),
        cause=cause,
        rule="clock",
        since=lapse_moment(last),
        words=what,
        basis=running.term.basis,
        post="",
        clock=running.clock.value,
        run=running.number,
        rung=rung,
        sequences=(running.opened_by, len(then.acts)),
    )
    yield _answered_for(found, then, running)


def _answered_for(found: Finding, then: Dossier, running: Running) -> Finding:
    """Return the finding with the ends of its clock and the post that used up most of the time."""
    until = local_day(found.since)
    used = most_answerable(then, until=until)
    post = used.post if used else then.owner_post()
    words = found.words
    if used:
        words = Phrase(
            f"{words.zh}；用时最多的岗位用去 {used.days} 个工作日",
            f"{words.en}; the post that used most of the time used {used.days} working days",
        )
    return replace(
        found,
        post=post,
        words=words,
        stage=then.stage.key,
        holder=_holder(then, post, at=found.since),
        statutory_on=then.due(running),
        promised_on=then.promised(running),
    )


def _holder(dossier: Dossier, post: str, *, at: datetime) -> Capacity | None:
    seat = dossier.seats.get(post)
    return seat.acting(at=at, recused=dossier.state.recused) if seat else None


def _paused(dossier: Dossier, running: Running, *, now: datetime) -> Iterator[Finding]:
    told = dossier.last(Suspended)
    open_pause = running.statutory.stopped is None and worktime.pause_open(running.statutory)
    if told is None or not open_pause or local_day(now) <= told.expected_until:
        return
    what = Phrase(
        f"中止计时原告知于 {told.expected_until} 前恢复，逾期未恢复",
        f"The suspension was to end by {told.expected_until} and has not ended",
    )
    since = lapse_moment(told.expected_until)
    post = dossier.owner_post()
    yield Finding(
        key=rung_key(clock=running.clock.value, run=running.number, rung="pause"),
        cause=Cause.PAUSE,
        rule="clock",
        since=since,
        words=what,
        basis=running.term.basis,
        post=post,
        holder=_holder(dossier, post, at=since),
        clock=running.clock.value,
        run=running.number,
        rung="pause",
        stage=dossier.stage.key,
        sequences=(running.opened_by, dossier.sequence_of(told)),
    )


def _breaches(dossier: Dossier, *, now: datetime) -> Iterator[Finding]:
    clocks = list(_clocks(dossier, now=now))
    for rule in EIGHT:
        for breach in rule.breaches(dossier, now=now):
            if not _said_by_clock(breach, clocks):
                yield _finding(breach, dossier)


def _said_by_clock(breach: Breach, clocks: Sequence[Finding]) -> bool:
    """Tell whether a clock's own card already says what a rule found: nothing is raised twice."""
    by_clock = breach.rule in {"time_limit", "service_commitment"}
    return any(breach.key == one.key or (by_clock and breach.since == one.since) for one in clocks)


def _finding(breach: Breach, dossier: Dossier) -> Finding:
    post = breach.post or dossier.owner_post()
    return Finding(
        key=f"{breach.rule}:{breach.key}",
        cause=cause_of(breach.rule),
        rule=breach.rule,
        since=breach.since,
        words=breach.what,
        basis=breach.basis,
        post=post,
        holder=_holder(dossier, post, at=breach.since),
        stage=dossier.stage.key,
        sequences=breach.evidence,
    )
