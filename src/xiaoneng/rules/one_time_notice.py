"""One-time notice (一次性告知制): everything that is missing is told once, in time, or the application stands.

Judges what is asked of the applicant: the notice, what comes after it, acceptance, and materials that may follow.
Knows no database; the list of materials is that of the matter's own edition of the item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.matters.vocabulary.decision import Granted, RefusalFiled, Revoked
from xiaoneng.matters.vocabulary.intake import (
    Accepted,
    DeemedAccepted,
    MaterialsDemanded,
    MaterialsNoticed,
    MaterialsSupplied,
)
from xiaoneng.rules import materials
from xiaoneng.rules.materials import Keys, named
from xiaoneng.rules.record import before, current, numbered
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "one_time_notice"
name = Phrase("一次性告知制", "One-time notice")
basis = Citation("行政许可法", "第三十二条第一款第四项")
LIABILITY = Citation("行政许可法", "第七十二条第四项")
MUST_ACCEPT = Citation("行政许可法", "第三十二条第一款第五项")
UNRELATED = Citation("行政许可法", "第三十一条")
MAY_FOLLOW = Citation("浙江省保障“最多跑一次”改革规定", "第十一条")
SIGNED = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What an officer may tick on a notice now: `missing` and `defective`; `must` may not be left out."""

    must: Keys
    missing: Keys
    defective: Keys


def gaps(dossier: Dossier) -> Gaps:
    """Return what a notice may list now: at first anything not held, later only what the law leaves open."""
    acts, item = dossier.acts, dossier.item
    must = materials.required(item) - materials.held(acts)
    if dossier.last(MaterialsNoticed):
        return Gaps(must=must, missing=materials.outstanding(acts), defective=materials.fresh(acts))
    listed = frozenset(one.key for one in item.materials) if item else materials.NONE
    there = materials.held(acts)
    return Gaps(must=must, missing=listed - there, defective=there)


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why what is asked of the applicant, or taken without it, is unlawful."""
    match act:
        case MaterialsNoticed():
            yield from _notice(dossier, act)
        case MaterialsSupplied():
            yield from _supply(dossier, act)
        case Accepted():
            yield from _acceptance(dossier, act)
        case Granted():
            yield from _grant(dossier)
        case Revoked():
            yield from _revocation(dossier, act)
        case _:
            return


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield silence past the term, demands beyond the notice, notices that broke the rule, materials let slip."""
    for sequence, silence in numbered(dossier, DeemedAccepted):
        words = Phrase(
            "收到材料后五个工作日内未一次性告知也未受理，已依法视为受理",
            "Nothing was told within five working days of receipt: the application is accepted by law",
        )
        yield _breach("silence", sequence, words, at=silence.at, post=before(dossier, sequence).owner_post())
    for sequence, demand in numbered(dossier, MaterialsDemanded):
        what = named(dossier.item, demand.missing)
        words = Phrase(
            f"一次性告知之外另行要求{what.zh}，收件和受理日期不变",
            f"Demanded beyond the one notice: {what.en}; no date moves",
        )
        yield _breach("demand", sequence, words, at=demand.at, post=demand.by.post)
    for sequence, notice in numbered(dossier, MaterialsNoticed):
        for one in list(_notice(before(dossier, sequence), notice))[:1]:
            yield _breach("notice", sequence, one.reason, at=notice.at, post=notice.by.post)
    yield from _let_slip(dossier, now=now)


def _breach(word: str, sequence: int, what: Phrase, *, at: datetime, post: str) -> Breach:
    return Breach(
        rule=key,
        key=f"{word}/{sequence}",
        since=at,
        what=what,
        basis=LIABILITY,
        evidence=(sequence,),
        post=post,
    )


def _refused(zh: str, en: str, source: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _notice(dossier: Dossier, act: MaterialsNoticed) -> Iterator[Refusal]:
    missing, defective = frozenset(act.missing), frozenset(act.defective)
    if not missing | defective:
        yield _refused("告知书至少列明一项需要补正的内容", "A notice lists at least one gap")
    if dossier.last(DeemedAccepted):
        yield _refused(
            "逾期未告知，已自收到材料之日起受理，不得再要求补正",
            "The term passed in silence: the application is accepted and nothing more may be asked",
        )
    if off := materials.unlisted(dossier.item, missing | defective):
        what = named(dossier.item, off)
        yield _refused(
            f"{what.zh}不在受理时公布的材料清单内", f"Not on the published list: {what.en}", UNRELATED
        )
    if left_out := gaps(dossier).must - missing - defective:
        what = named(dossier.item, left_out)
        yield _refused(
            f"必须一次告知全部：{what.zh}未列明", f"Everything is told at once; left out: {what.en}"
        )
    if act.served != SIGNED and not act.proof.strip():
        yield _refused(
            "非当面签收的须注明送达凭证", "Service other than by signature needs its proof of service"
        )
    yield from _knowable(dossier, missing=missing, defective=defective)


def _knowable(dossier: Dossier, *, missing: Keys, defective: Keys) -> Iterator[Refusal]:
    """Yield what is listed though it is there, was never there, or could have been asked for at first."""
    may = gaps(dossier)
    if dossier.last(MaterialsNoticed):
        if late := (missing - may.missing) | (defective - may.defective):
            what = named(dossier.item, late)
            yield _refused(
                f"{what.zh}在首次告知时已可列明，不得再次要求",
                f"Could have been listed in the first notice and may not be asked for now: {what.en}",
                LIABILITY,
            )
        return
    if there := missing & materials.held(dossier.acts):
        what = named(dossier.item, there)
        yield _refused(f"{what.zh}已经收到，不属于缺少的材料", f"Already received, not missing: {what.en}")
    if never := defective - may.defective:
        what = named(dossier.item, never)
        yield _refused(
            f"{what.zh}没有交来，应列为缺少的材料", f"Never handed in, so not defective: {what.en}"
        )


def _supply(dossier: Dossier, act: MaterialsSupplied) -> Iterator[Refusal]:
    handed = frozenset(act.materials)
    wanted = materials.outstanding(dossier.acts)
    if dossier.last(DeemedAccepted):
        wanted |= materials.required(dossier.item) - materials.held(dossier.acts)
    if handed and not handed & wanted:
        what = named(dossier.item, wanted)
        yield _refused(
            f"与告知内容不符：尚待补交的是{what.zh or '（无）'}",
            f"It does not answer the notice: outstanding is {what.en or 'nothing'}",
        )
    if off := materials.unlisted(dossier.item, handed):
        what = named(dossier.item, off)
        yield _refused(f"{what.zh}不在材料清单内", f"Not on the list of materials: {what.en}", UNRELATED)


def _acceptance(dossier: Dossier, act: Accepted) -> Iterator[Refusal]:
    item, there = dossier.item, materials.held(dossier.acts)
    waived, may_follow = frozenset(act.deficiencies), materials.conditional(item)
    if lacking := materials.required(item) - there:
        what = named(item, lacking)
        yield _refused(
            f"{what.zh}尚未收到，应先一次性告知",
            f"Not there yet, to be noticed first: {what.en}",
            MUST_ACCEPT,
        )
    if wrong := waived - may_follow if item else materials.NONE:
        what = named(item, wrong)
        yield _refused(f"{what.zh}不属于可以容缺的材料", f"May not follow later: {what.en}", MAY_FOLLOW)
    if have := waived & there:
        what = named(item, have)
        yield _refused(f"{what.zh}已经收到，不需要容缺", f"Already there: {what.en}", MAY_FOLLOW)
    if unnamed := may_follow - there - waived:
        what = named(item, unnamed)
        yield _refused(
            f"容缺受理须列明缺少的材料：{what.zh}",
            f"Conditional acceptance names what is lacking: {what.en}",
            MAY_FOLLOW,
        )
    if waived and (act.supply_by is None or act.supply_by <= local_day(act.at)):
        yield _refused(
            "容缺受理须告知补交期限，期限应在今日之后",
            "Conditional acceptance says by when, after today, the rest is to come",
            MAY_FOLLOW,
        )


def _grant(dossier: Dossier) -> Iterator[Refusal]:
    """Yield what is lacking for a grant at the counter, or of what was to follow."""
    accepted = _conditionally(dossier)
    lacking = materials.outstanding(dossier.acts) & frozenset(accepted.deficiencies if accepted else ())
    if Clock.INTAKE in dossier.state.runs:
        wanted = materials.required(dossier.item) | materials.conditional(dossier.item)
        lacking = wanted - materials.held(dossier.acts)
    if lacking:
        what = named(dossier.item, lacking)
        yield _refused(f"{what.zh}尚未补齐", f"Still to come: {what.en}", MAY_FOLLOW)


def _revocation(dossier: Dossier, act: Revoked) -> Iterator[Refusal]:
    accepted = _conditionally(dossier)
    if accepted is None:
        yield _refused("不是容缺受理，不得撤销受理", "It was not accepted conditionally", MAY_FOLLOW)
        return
    if not materials.outstanding(dossier.acts) & set(accepted.deficiencies):
        yield _refused("容缺材料已经补齐，不得撤销受理", "What was lacking has come", MAY_FOLLOW)
    if accepted.supply_by is not None and local_day(act.at) <= accepted.supply_by:
        until: date = accepted.supply_by
        yield _refused(f"补交期限至 {until}，尚未届满", f"The rest may still come until {until}", MAY_FOLLOW)


def _conditionally(dossier: Dossier) -> Accepted | None:
    found = [act for act in current(dossier.acts) if isinstance(act, Accepted) and act.deficiencies]
    return found[-1] if found else None


def _let_slip(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield a conditional acceptance whose term passed, and a working day more, while nobody acted on it."""
    accepted = _conditionally(dossier)
    if accepted is None or accepted.supply_by is None:
        return
    last = dossier.calendar.shift(accepted.supply_by, 1)
    then = dossier.on_day(last)
    lacking = materials.outstanding(then.acts) & set(accepted.deficiencies)
    if lacking and lapse_moment(last) <= now and then.stage.owner and not then.last(RefusalFiled):
        what = named(dossier.item, lacking)
        words = Phrase(
            f"容缺材料{what.zh}逾期未补，未作处理", f"Not supplied in time, nothing done: {what.en}"
        )
        sequence = dossier.sequence_of(accepted)
        yield _breach("conditional", sequence, words, at=lapse_moment(last), post=then.owner_post())
