"""Refusal filing (否定报备制): no refusal binds before a superior has it on record, and the delay is theirs by name.

Judges the filing, who confirms it and what goes out afterwards. Figures over many matters: `refusal_figures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.decision import (
    FilingConfirmed,
    FilingReturned,
    NegativeKind,
    ReasonCode,
    RefusalFiled,
    Refused,
    Revoked,
)
from xiaoneng.matters.vocabulary.intake import NotAccepted
from xiaoneng.rules.record import before, current, missed, numbered, owner_on, rung
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "refusal_filing"
name = Phrase("否定报备制", "Refusal filing")
basis = default("refusal-filing")
REASONED = Citation("行政许可法", "第三十八条第二款")
ELSEWHERE = Citation("行政许可法", "第三十二条第一款第二项")
MAJOR = default("refusal-major")
REVIEW = default("filing-review")
EMPTY_WORDS = frozenset({"其他", "其它", "其他原因", "其他理由", "略", "无", "other"})

Negative = Refused | NotAccepted | Revoked
AT_INTAKE = frozenset({NegativeKind.NOT_ACCEPTED, NegativeKind.RETURNED})
BINDS: dict[type[Act], frozenset[NegativeKind]] = {
    NotAccepted: AT_INTAKE,
    Refused: frozenset({NegativeKind.REJECTED, NegativeKind.PARTIAL}),
    Revoked: frozenset({NegativeKind.RETURNED}),
}
"""What must have been filed for a refusal to go out; delays and disagreements are filed and refuse nothing."""
KINDS = {
    NegativeKind.NOT_ACCEPTED: Phrase("不予受理", "non-acceptance"),
    NegativeKind.REJECTED: Phrase("不予许可", "rejection"),
    NegativeKind.RETURNED: Phrase("退件", "return"),
    NegativeKind.UNABLE_IN_TIME: Phrase("不能按期办结", "inability to finish in time"),
    NegativeKind.DISAGREEMENT: Phrase("意见不一致", "disagreement"),
    NegativeKind.PARTIAL: Phrase("部分不予许可", "partial rejection"),
}


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a filing is not complete, its review not independent, or a refusal not yet covered by one."""
    match act:
        case RefusalFiled():
            yield from _form(dossier, act)
            yield from _level(dossier, act)
        case FilingConfirmed() | FilingReturned():
            yield from _independent(dossier, act)
        case Refused() | NotAccepted() | Revoked():
            yield from _covered(dossier, act)
            yield from _told(dossier, act)
        case _:
            return


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield refusals that went out unfiled, filings too late, reviews too slow, delays never reported."""
    for sequence, act in enumerate(dossier.acts, start=1):
        if isinstance(act, Negative) and list(_covered(before(dossier, sequence), act)):
            words = Phrase(f"未经报备作出否定：{act.name.zh}", f"Gone out without its filing: {act.name.en}")
            yield _breach(f"unfiled/{sequence}", words, at=act.at, post=act.by.post, evidence=(sequence,))
    for sequence, filing in numbered(dossier, RefusalFiled):
        formed = filing.formed_on or local_day(filing.at)
        within = count_of("refusal-filing", on=formed)
        if local_day(filing.at) > dossier.calendar.shift(formed, within):
            words = Phrase(
                f"否定意见于 {formed} 形成，超过 {within} 个工作日才报备",
                f"Formed on {formed}, filed more than {within} working day later",
            )
            yield _breach(f"late/{sequence}", words, at=filing.at, post=filing.by.post, evidence=(sequence,))
    yield from _slow_reviews(dossier, now=now)
    yield from _unreported_delay(dossier, now=now)


def _breach(word: str, what: Phrase, *, at: datetime, post: str, evidence: tuple[int, ...]) -> Breach:
    return Breach(rule=key, key=word, since=at, what=what, basis=basis, evidence=evidence, post=post)


def _refused(zh: str, en: str, source: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _form(dossier: Dossier, act: RefusalFiled) -> Iterator[Refusal]:
    if act.code is ReasonCode.OTHER and {act.reasons.strip(), act.facts.strip()} & EMPTY_WORDS:
        yield _refused("选择“其他”的，须具体写明事实和理由", "“Other” needs the facts and reasons in words")
    if dossier.item is not None and dossier.item.major_interest and not act.major:
        yield _refused(
            "直接关系他人重大利益，须作为重大事项集体讨论",
            "Others have a major interest: it is a major refusal, to be discussed together",
            MAJOR,
        )
    if act.major and not act.minutes.strip():
        yield _refused(
            "重大否定事项须附集体讨论记录", "A major refusal needs the record of its discussion", MAJOR
        )
    if act.formed_on is not None and act.formed_on > local_day(act.at):
        yield _refused("形成否定意见的日期不得晚于报备日", "It cannot have been formed after it was filed")
    at_intake = Clock.HANDLING not in dossier.state.runs
    wrong = BINDS[Refused] if at_intake else frozenset({NegativeKind.NOT_ACCEPTED})
    if act.kind in wrong:
        said = KINDS[act.kind]
        yield _refused(f"本环节不能作“{said.zh}”报备", f"A {said.en} cannot be filed at this stage")


def _level(dossier: Dossier, act: RefusalFiled) -> Iterator[Refusal]:
    """Yield why the filing goes to the wrong level: a leader's or head's own refusal goes one level up."""
    filer, leader = act.by.post, dossier.post_of(Role.LEADER)
    if filer not in {leader, dossier.post_of(Role.HEAD)}:
        if act.post not in {"", leader, *_above(dossier, leader)}:
            yield _refused("须报备至分管领导或其上级岗位", "It is filed with the leader in charge or above")
        return
    upward = _superior(dossier, filer)
    if not upward:
        yield _refused(
            "本岗位没有登记上一级，应退回承办岗位，由其报备",
            "No level above this post is known: send it back, and let the handling post file it",
        )
    elif act.post not in {upward, *_above(dossier, upward)}:
        yield _refused(
            f"领导本人作出否定的，须报备至上一级岗位 {upward}",
            f"A leader's own refusal is filed one level up, with {upward}",
        )


def _superior(dossier: Dossier, post: str) -> str:
    seat = dossier.seats.get(post)
    return seat.superior if seat else ""


def _above(dossier: Dossier, post: str) -> Iterator[str]:
    seen = {post}
    while (post := _superior(dossier, post)) and post not in seen:
        seen.add(post)
        yield post


def _independent(dossier: Dossier, act: FilingConfirmed | FilingReturned) -> Iterator[Refusal]:
    filing = dossier.last(RefusalFiled)
    if filing is not None and act.by.person == filing.by.person:
        yield _refused("报备人不得审查自己的报备", "Nobody reviews their own filing")


def _covered(dossier: Dossier, act: Negative) -> Iterator[Refusal]:
    """Yield why no confirmed filing covers this refusal."""
    acts = current(dossier.acts)
    filing = next((one for one in reversed(acts) if isinstance(one, RefusalFiled)), None)
    if filing is None:
        yield _refused("未经报备不得作出否定", "No refusal before it is filed")
        return
    after = acts[acts.index(filing) + 1 :]
    review = next((one for one in reversed(after) if isinstance(one, FilingConfirmed | FilingReturned)), None)
    if not isinstance(review, FilingConfirmed):
        yield _refused(
            "报备尚未确认，否定不发生效力", "The filing is not confirmed: the refusal does not bind"
        )
    elif review.by.person == act.by.person:
        yield _refused(
            "作出否定的人不得确认其报备", "Who decides the refusal cannot be who confirmed its filing"
        )
    if filing.kind not in BINDS[type(act)]:
        said = KINDS[filing.kind]
        yield _refused(
            f"报备的是“{said.zh}”，不能据以“{act.name.zh}”",
            f"What was filed is a {said.en}, which does not carry “{act.name.en}”",
        )
    if filing.legal_basis.strip() != act.legal_basis.strip():
        yield _refused(
            f"法律依据须与报备一致：{filing.legal_basis}",
            f"The legal basis must be the one filed: {filing.legal_basis}",
        )


def _told(dossier: Dossier, act: Negative) -> Iterator[Refusal]:
    """Yield what the applicant is owed and not told."""
    review = "复议" in act.remedies and ("六十日" in act.remedies or "60" in act.remedies)
    if not (review and "诉讼" in act.remedies):
        yield _refused(
            "救济途径须写明六十日内申请行政复议和提起行政诉讼",
            "Remedies name reconsideration within sixty days, and the suit",
            REASONED,
        )
    filing = dossier.last(RefusalFiled)
    elsewhere = filing is not None and filing.code is ReasonCode.NOT_COMPETENT
    if isinstance(act, NotAccepted) and elsewhere and not act.competent_body.strip():
        yield _refused("不属本机关职权的，须告知有权机关", "Not competent: name who is", ELSEWHERE)


def _slow_reviews(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield each filing that lay with its reviewer past the term: the delay is theirs."""
    for running in dossier.every_run():
        if running.clock is not Clock.FILING or not isinstance(
            _opener(dossier, running.opened_by), RefusalFiled
        ):
            continue
        last = missed(running.statutory, dossier, now=now)
        if last is None:
            continue
        yield Breach(
            rule=key,
            key=rung(running, "statute"),
            since=lapse_moment(last),
            what=Phrase(f"报备审查超期：应于 {last} 前答复", f"The filing was to be reviewed by {last}"),
            basis=REVIEW,
            evidence=(running.opened_by,),
            post=owner_on(dossier, last),
        )


def _opener(dossier: Dossier, sequence: int) -> Act:
    return dossier.acts[sequence - 1]


def _unreported_delay(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield a promise that passed without a report that it could not be kept (不能按期办结须报备)."""
    if not any(move.act is RefusalFiled for move in dossier.procedure.moves):
        return  # where nothing is ever reported so, more time is asked for instead
    for running in dossier.every_run():
        if running.clock is not Clock.HANDLING:
            continue
        last = missed(running.promised or running.statutory, dossier, now=now)
        if last is None:
            continue
        since = lapse_moment(last)
        reported = any(
            act.kind is NegativeKind.UNABLE_IN_TIME and act.at < since
            for act in dossier.acts[running.opened_by :]
            if isinstance(act, RefusalFiled)
        )
        if not reported:
            words = Phrase(
                f"不能在 {last} 前按承诺办结，届满前未报备",
                f"It could not be finished by {last} as promised, and nobody reported so in time",
            )
            # The same rung as the clock's own finding: supervision raises one card for both.
            word = rung(running, "promise" if running.promised else "statute")
            post = owner_on(dossier, last)
            yield _breach(word, words, at=since, post=post, evidence=(running.opened_by,))
