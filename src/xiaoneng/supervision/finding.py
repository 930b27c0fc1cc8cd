"""What the record of one matter calls for (督察发现): every card due at an instant, with its evidence; pure.

The same findings come of the sweep, of a look at one matter and of the daily walk; their keys make them one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running, lapse_moment
from xiaoneng.matters.vocabulary.cards import CardIssued, CardLevel, CardUnanswered, CardWithdrawn
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.every import EVERY
from xiaoneng.rules.rule import Breach
from xiaoneng.supervision.levels import Cause, Level
from xiaoneng.supervision.rulesets import CardRule, RuleSet, cause_of, in_force
from xiaoneng.supervision.timeuse import most_answerable
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day, spoken_day
from xiaoneng.worktime.runs import Run

ONE_DAY = timedelta(days=1)


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
    if not dossier.procedure.carded:  # the case of a card is answered for by a red card on the matter itself
        return []
    found = _with_breaches(list(_clocks(dossier, now=now)), dossier, now=now)
    ruled: list[Ruled] = []
    for finding in found:
        rules = in_force(local_day(finding.since), dossier.opening.division)
        line = rules.rule_for(finding.cause)
        if line is not None:
            ruled.append(Ruled(finding=finding, rules=rules, line=line))
    return sorted(ruled, key=lambda one: (one.finding.since, one.line.level is Level.RED))


def unanswered(case: Dossier, *, original: Dossier) -> Ruled | None:
    """Return the red card that a yellow one calls for by having been left unanswered; None where it does not."""
    issued, lapse = case.opening, case.last(CardUnanswered)
    if not isinstance(issued, CardIssued) or lapse is None or issued.level is not CardLevel.YELLOW:
        return None
    rules = in_force(local_day(lapse.at), original.opening.division)
    line = rules.rule_for(Cause.UNANSWERED)
    if line is None or case.last(CardWithdrawn):
        return None
    post = case.post_of(Role.HANDLER)
    what = Phrase(
        f"黄牌 {issued.card} 逾期未答复：{issued.words}",
        f"Yellow card {issued.card} was not answered in time: {issued.words_en or issued.words}",
    )
    finding = Finding(
        key=f"unanswered/{issued.card}",
        cause=Cause.UNANSWERED,
        rule="carding",
        since=lapse.at,
        words=what,
        basis=line.basis,
        post=post,
        holder=holder_of(case, post, at=lapse.at),
        stage=original.stage.key,
        sequences=tuple(int(one) for one in issued.evidence if one.isdigit()),
    )
    return Ruled(finding=finding, rules=rules, line=line)


def _clocks(dossier: Dossier, *, now: datetime) -> Iterator[Finding]:
    for run in dossier.every_run():
        if run.clock not in dossier.procedure.answerable:
            continue
        if run.promised is not None and run.promised.limit != run.statutory.limit:
            yield from _passed(dossier, run, run.promised, cause=Cause.PROMISE, now=now)
        ours = run.term.basis.certainty is Certainty.DEFAULT
        cause = Cause.STEP if ours else Cause.STATUTE
        yield from _passed(dossier, run, run.statutory, cause=cause, now=now)


def _passed(
    dossier: Dossier, running: Running, run: Run, *, cause: Cause, now: datetime
) -> Iterator[Finding]:
    today = local_day(now)
    if not worktime.overdue(run, today=today, calendar=dossier.calendar):
        return
    seen = run.seen_on(min(today, run.stopped) if run.stopped else today)
    last = worktime.day_of(worktime.end(seen, calendar=dossier.calendar), calendar=dossier.calendar)
    then = dossier.on_day(last)
    step = running.clock.phrase
    day = spoken_day(last)
    what = Phrase(
        f"{step.zh}{cause.phrase.zh}：期限至{day.zh}（含当日），届满时处于“{then.stage.name.zh}”环节",
        f"{step.en}: {cause.phrase.en.lower()}. Due by the end of {day.en}; "
        f"it then rested at “{then.stage.name.en}”",
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
        sequences=tuple(dict.fromkeys((running.opened_by, len(then.acts)))),
    )
    yield _answered_for(found, then, running)


def _answered_for(found: Finding, then: Dossier, running: Running) -> Finding:
    """Return the finding with the ends of its clock and the post that used up most of the time."""
    until = local_day(found.since) - ONE_DAY
    used = most_answerable(then, until=until)
    post = used.post if used else then.owner_post()
    words = found.words
    if used:
        seat = then.seats.get(used.post)
        title = seat.title if seat else used.post
        words = Phrase(
            f"{words.zh}；用时最多的岗位（{title}）用去 {used.days} 个工作日",
            f"{words.en}; the post that used most of the time used {used.days} working days",
        )
    return replace(
        found,
        post=post,
        words=words,
        stage=then.stage.key,
        holder=holder_of(then, post, at=found.since),
        statutory_on=then.due(running),
        promised_on=then.promised(running),
    )


def holder_of(dossier: Dossier, post: str, *, at: datetime) -> Capacity | None:
    """Return who acted in a post at an instant; None where nobody did."""
    seat = dossier.seats.get(post)
    return seat.acting(at=at, recused=dossier.aside) if seat else None


def _with_breaches(clocks: Sequence[Finding], dossier: Dossier, *, now: datetime) -> list[Finding]:
    """Return the findings of the clocks and of the eight systems; one fact is one card, however many rules name it."""
    by_key = {one.key: one for one in clocks}
    more: list[Finding] = []
    for rule in EVERY:
        for breach in rule.breaches(dossier, now=now):
            same = by_key.get(breach.key) or _same_moment(breach, by_key.values())
            if same is None:
                more.append(_finding(breach, dossier))
            elif breach.key != same.key:
                by_key[same.key] = _said_with(same, breach)
    return [*by_key.values(), *_steps_of_their_own(more, by_key.values())]


def _same_moment(breach: Breach, clocks: Iterable[Finding]) -> Finding | None:
    """Return the clock's finding that a breach repeats: one of the same run, or silence, at the same moment."""
    for one in clocks:
        repeats = breach.key.startswith((f"{one.clock}/{one.run}/", "silence/"))
        if repeats and breach.since == one.since:
            return one
    return None


def _said_with(found: Finding, breach: Breach) -> Finding:
    words = Phrase(f"{found.words.zh}；{breach.what.zh}", f"{found.words.en}; {breach.what.en}")
    return replace(found, words=words, sequences=tuple(sorted({*found.sequences, *breach.evidence})))


def _steps_of_their_own(more: Iterable[Finding], clocks: Iterable[Finding]) -> Iterator[Finding]:
    """Yield breaches without steps that overran when the whole was overdue already."""
    whole = min((one.since for one in clocks), default=None)
    for one in more:
        if one.cause is not Cause.STEP or whole is None or one.since < whole:
            yield one


def _finding(breach: Breach, dossier: Dossier) -> Finding:
    post = breach.post or dossier.owner_post()
    return Finding(
        key=f"{breach.rule}:{breach.key}",
        cause=cause_of(breach.rule, key=breach.key),
        rule=breach.rule,
        since=breach.since,
        words=breach.what,
        basis=breach.basis,
        post=post,
        holder=holder_of(dossier, post, at=breach.since),
        stage=dossier.stage.key,
        sequences=breach.evidence,
    )
