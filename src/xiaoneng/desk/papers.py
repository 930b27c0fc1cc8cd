"""Official papers (文书) as text: what an act writes to the applicant, made from the record alone.

A paper is plain text with a title, a number and paragraphs; its hash is bound into the act, and the PDF is set
from the same text whenever somebody asks for it. Papers are Chinese. Knows no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from xiaoneng.desk.complaint_papers import COMPLAINT_FORMS, Body
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary import cards, decision, discipline, handling, inquiry, intake
from xiaoneng.matters.vocabulary.measures import NAMES
from xiaoneng.organisation.capacity import Capacity, Standing
from xiaoneng.worktime.days import local_day, spoken_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: what stands on it, in order."""

    title: str
    number: str
    paragraphs: tuple[str, ...]
    signed: str
    dated: str

    def text(self) -> str:
        """Return the paper as text, the form that is hashed."""
        return "\n".join((self.title, self.number, *self.paragraphs, self.signed, self.dated)) + "\n"

    def digest(self) -> bytes:
        """Return SHA-256 of the text."""
        return sha256(self.text().encode()).digest()


def paper_of(dossier: Dossier, *, sequence: int) -> Paper | None:
    """Return the paper that the last act of `dossier` writes, or None if it writes none."""
    act = dossier.acts[-1]
    form = FORMS.get(type(act))
    if form is None:
        return None
    title, body = form
    paragraphs = tuple(line for line in body(dossier, act) if line)
    return Paper(
        title=title,
        number=f"办件编号 {dossier.number}　第 {sequence} 号",
        paragraphs=(f"事项：{dossier.opening.subject}", *paragraphs),
        signed=f"经办：{signature(act.by)}",
        dated=chinese_day(local_day(act.at)),
    )


def chinese_day(day: date) -> str:
    """Return a day as Chinese papers write it."""
    return spoken_day(day).zh


def signature(by: Capacity) -> str:
    """Return who acted, with both names where a cover acted for the holder."""
    if by.standing is Standing.SYSTEM:
        return "系统依法自动记录"
    if by.acting_for_name:
        return f"{by.title} {by.name}（{by.standing.value} 岗，代 {by.acting_for_name}）"
    return f"{by.title} {by.name}".strip()


def _materials(dossier: Dossier, keys: tuple[str, ...]) -> str:
    named = (dossier.item.material(one) if dossier.item else None for one in keys)
    return "；".join(found.name.zh if found else one for one, found in zip(keys, named, strict=True))


def _due(dossier: Dossier, clock: Clock) -> str:
    run = dossier.run_of(clock)
    if run is None:
        return ""
    promised, due = dossier.promised(run), dossier.due(run)
    if due is None:
        return ""
    last = f"法定办结期限至{chinese_day(due)}"
    if promised and promised != due:
        last = f"承诺办结期限至{chinese_day(promised)}，{last}"
    return last + ("（暂定：该年度放假安排尚未公布）。" if dossier.calendar.provisional(due) else "。")


def _received(dossier: Dossier, act: intake.Received) -> tuple[str, ...]:
    return (
        f"收到材料：{_materials(dossier, act.materials) or '无'}。",
        f"自收到之日起五个工作日内，本机关一次性告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理。"
        f"{_due(dossier, Clock.INTAKE)}",
    )


def _noticed(dossier: Dossier, act: intake.MaterialsNoticed) -> tuple[str, ...]:
    missing = f"需要补交：{_materials(dossier, act.missing)}。" if act.missing else ""
    mend = f"已交但需要更正：{_materials(dossier, act.defective)}。" if act.defective else ""
    return (
        "经审查，需要补正的全部内容如下：",
        missing,
        mend,
        f"说明：{act.reasons}",
        f"补交方式：{act.submit}",
        "依据：《行政许可法》第三十二条第一款第四项。本告知为一次性告知，未列明的材料不再要求。",
        _correction(dossier),
    )


def _demanded(dossier: Dossier, act: intake.MaterialsDemanded) -> tuple[str, ...]:
    return (
        f"本机关另行要求：{_materials(dossier, act.missing)}。",
        f"理由：{act.reasons}",
        "此项要求超出一次性告知，已记为违反《行政许可法》第七十二条第四项；不补交不影响受理，收件和受理日期均不变。",
    )


def _correction(dossier: Dossier) -> str:
    run = dossier.run_of(Clock.CORRECTION)
    due = dossier.due(run) if run else None
    return f"请于{chinese_day(due)}前补正；逾期未补正的视为撤回申请，可以重新申请。" if due else ""


def _accepted(dossier: Dossier, act: intake.Accepted) -> tuple[str, ...]:
    lacking = ""
    if act.deficiencies and act.supply_by:
        lacking = (
            f"容缺受理，请于{chinese_day(act.supply_by)}前补交：{_materials(dossier, act.deficiencies)}。"
        )
    return (lacking or "申请材料齐全、符合法定形式，予以受理。", _due(dossier, Clock.HANDLING))


def _deemed(dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return (
        "本机关在收到材料后五个工作日内未一次性告知需要补正的内容，依法自收到材料之日起即为受理。",
        "依据：《行政许可法》第三十二条第一款第四项。",
        _due(dossier, Clock.HANDLING),
    )


def _withdrawn(_dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return ("逾期未补正，视为撤回申请。材料齐备后可以重新申请，不收取费用。",)


def _refused(
    _dossier: Dossier, act: intake.NotAccepted | decision.Refused | decision.Revoked
) -> tuple[str, ...]:
    competent = getattr(act, "competent_body", "")
    return (
        f"理由：{act.reasons}",
        f"依据：{act.legal_basis}",
        f"请向有权机关申请：{competent}。" if competent else "",
        f"救济途径：{act.remedies}",
    )


def _suspended(_dossier: Dossier, act: handling.Suspended) -> tuple[str, ...]:
    return (
        f"依法需要进行{act.ground.phrase.zh}，所需时间不计算在办理期限内，预计至{chinese_day(act.expected_until)}。",
        "依据：《行政许可法》第四十五条。",
    )


def _resumed(dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return ("特别程序结束，恢复计时。", _due(dossier, Clock.HANDLING))


def _extended(dossier: Dossier, act: handling.Extended) -> tuple[str, ...]:
    return (f"经本机关负责人批准，延长办理期限。理由：{act.reason}", _due(dossier, Clock.HANDLING))


def _hearing_told(_dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return ("申请人、利害关系人可以自收到本告知之日起五个工作日内申请听证。组织听证不收取费用。",)


def _hearing(_dossier: Dossier, act: handling.HearingNotified) -> tuple[str, ...]:
    return (
        f"听证定于{chinese_day(act.held_on)}在{act.place}举行，主持人：{act.presider}。可以申请主持人回避。",
    )


def _granted(dossier: Dossier, act: decision.Granted) -> tuple[str, ...]:
    document = f"《{act.document}》{act.document_number}".strip()
    return (f"准予。结果文书：{document}。", act.reasons, _due(dossier, Clock.DELIVERY))


def _answered(_dossier: Dossier, act: inquiry.Answered) -> tuple[str, ...]:
    return (act.answer,)


def _referred(_dossier: Dossier, act: inquiry.ReferredOutside) -> tuple[str, ...]:
    return (f"该事项由{act.body}办理，联系方式：{act.body_contact}。", f"说明：{act.explanation}")


def _measure(_dossier: Dossier, act: discipline.MeasureDecided) -> tuple[str, ...]:
    until = act.effective_until
    return (
        f"处理决定：{NAMES[act.measure]}（{NAMES[act.severity]}，{NAMES[act.responsibility]}）。",
        f"责任划分：{act.liability}",
        f"理由：{act.reasons}",
        f"依据：{act.legal_basis}",
        f"效力至{chinese_day(until)}。" if until else "",
        "不服本决定的，可以自知道之日起三十日内申诉；申诉期间不停止执行，不因申诉加重处理。",
    )


def _recommended(dossier: Dossier, act: cards.RecommendationMade) -> tuple[str, ...]:
    issued = dossier.opening
    about = f"{issued.card}：{issued.words}" if isinstance(issued, cards.CardIssued) else ""
    return (
        f"致：{act.addressee}",
        f"红黄牌 {about}" if about else "",
        f"建议事项：{act.recommendation}",
        f"请于{chinese_day(act.deadline)}前落实，并书面报告结果。",
    )


def _appeal(_dossier: Dossier, act: discipline.AppealDecided) -> tuple[str, ...]:
    outcome = "撤销原处理决定" if act.revoked else f"决定的措施：{NAMES[act.measure]}"
    until = act.effective_until
    return (f"{outcome}。", f"效力至{chinese_day(until)}。" if until else "", f"理由：{act.reasons}")


FORMS: dict[type[Act], tuple[str, Body]] = {
    cards.RecommendationMade: ("监察建议书", _recommended),
    intake.Received: ("收件回执", _received),
    intake.MaterialsNoticed: ("补正材料一次性告知书", _noticed),
    intake.MaterialsDemanded: ("另行要求材料告知书", _demanded),
    intake.Accepted: ("受理通知书", _accepted),
    intake.DeemedAccepted: ("视为受理通知书", _deemed),
    intake.DeemedWithdrawn: ("视为撤回申请通知书", _withdrawn),
    intake.NotAccepted: ("不予受理决定书", _refused),
    handling.Suspended: ("特别程序所需时间告知书", _suspended),
    handling.Resumed: ("恢复计时通知书", _resumed),
    handling.Extended: ("延长办理期限通知书", _extended),
    handling.HearingTold: ("听证权利告知书", _hearing_told),
    handling.HearingNotified: ("听证通知书", _hearing),
    decision.Granted: ("准予决定书", _granted),
    decision.Refused: ("不予许可决定书", _refused),
    decision.Revoked: ("撤销受理决定书", _refused),
    inquiry.Answered: ("答复", _answered),
    inquiry.ReferredOutside: ("有权机关告知书", _referred),
    discipline.MeasureDecided: ("效能责任追究决定书", _measure),
    discipline.AppealDecided: ("申诉决定书", _appeal),
    **COMPLAINT_FORMS,
}
