"""Papers of complaints (投诉文书): receipt, acceptance, transfer letter, answers. None names the complainant.

Knows no database; `papers` sets title, number and signature around these paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary import complaint, complaint_after, complaint_ways
from xiaoneng.matters.vocabulary.complaint_words import ANONYMOUS, COMPLAINT_NAMES
from xiaoneng.rules.allegations import allegations, findings
from xiaoneng.worktime.days import spoken_day

Body = Callable[[Dossier, Any], tuple[str, ...]]
"""What a form says of the last act of a dossier, paragraph by paragraph."""


def _until(dossier: Dossier, clock: Clock, what: str) -> str:
    run = dossier.run_of(clock)
    due = dossier.due(run) if run else None
    return f"{what}期限至{spoken_day(due).zh}（含当日）。" if due else ""


def _made(dossier: Dossier, act: complaint.ComplaintMade) -> tuple[str, ...]:
    return (
        f"登记方式：{COMPLAINT_NAMES[act.channel].zh}；投诉方式：{COMPLAINT_NAMES[act.manner].zh}。",
        f"承办中心的确定：{act.route.zh}" if act.route.zh else "",
        _until(dossier, Clock.INTAKE, "受理"),
        "逾期未告知的视为受理。撤回投诉不影响继续查清；凭编号和查询码可以随时查看、补充和催办。",
        "被投诉的单位和人员、其亲属、此前的经办人看不到本投诉，也不得办理。",
    )


def _accepted(dossier: Dossier, act: complaint.ComplaintAccepted) -> tuple[str, ...]:
    listed = "；".join(f"{place}. {one}" for place, one in enumerate(act.allegations, start=1))
    return (f"予以受理，逐项调查：{listed}。", _until(dossier, Clock.HANDLING, "办结"))


def _deemed(dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return ("投诉中心在受理期限内未告知，视为受理。", _until(dossier, Clock.HANDLING, "办结"))


def _transferred(dossier: Dossier, act: complaint_ways.TransferredAcross) -> tuple[str, ...]:
    return (
        f"{act.body}：现将本投诉转请办理，转办函 {act.letter}。",
        f"理由：{act.reason}",
        f"联系方式：{act.contact}",
        _until(dossier, Clock.TRANSFER, "回复"),
        "转办不是办结：本中心跟踪到底，收到回复后逐项认定并答复投诉人。不得打听、泄露投诉人身份。",
    )


def _on_spot(dossier: Dossier, act: complaint.AnsweredOnSpot) -> tuple[str, ...]:
    return (
        f"认定：{COMPLAINT_NAMES[act.finding].zh}。查明：{act.facts}",
        f"答复：{act.answer}",
        f"处理措施：{act.measures}",
        _response(dossier),
    )


def _answered(
    dossier: Dossier, act: complaint.ComplaintAnswered | complaint_after.ReviewAnswered
) -> tuple[str, ...]:
    found = findings(dossier)
    listed = (f"{one}：{COMPLAINT_NAMES[found[one]].zh}" for one in allegations(dossier) if one in found)
    review = dossier.last(complaint_after.ReviewConcluded)
    concluded = review or dossier.last(complaint.ComplaintConcluded)
    measures = concluded.measures if concluded else ""
    return (
        f"逐项认定：{'；'.join(listed)}。",
        f"答复：{act.answer}",
        f"处理措施：{measures}" if measures else "",
        _response(dossier) if isinstance(act, complaint.ComplaintAnswered) else _final(),
    )


def _response(dossier: Dossier) -> str:
    if ANONYMOUS in dossier.traits:
        return (
            f"对答复不满意的，可以凭查询码申请由其他人员复核一次。{_until(dossier, Clock.RESPONSE, '回应')}"
        )
    return f"对答复不满意的，可以申请由其他人员复核一次。{_until(dossier, Clock.CALL_BACK, '回访')}"


def _final() -> str:
    return "复核后除有新的事实外不再办理；有新的事实的，可以重新提起。"


def _recusal(_dossier: Dossier, act: complaint_after.RecusalDecided) -> tuple[str, ...]:
    return ("同意回避。" if act.granted else "不予回避。", f"理由：{act.reason}")


def _again(dossier: Dossier, act: complaint_after.ReHandlingOrdered) -> tuple[str, ...]:
    return (f"责令重新办理。原因：{act.reason}", _until(dossier, Clock.HANDLING, "办结"))


def _reopened(dossier: Dossier, _act: Act) -> tuple[str, ...]:
    return ("以新的事实重新提起。", _until(dossier, Clock.INTAKE, "受理"))


def _identity(_dossier: Dossier, act: complaint_after.IdentityOpened) -> tuple[str, ...]:
    return (
        f"您的身份信息经两个岗位共同批准启封。理由：{act.reason}",
        "如认为不当，可以申请回避或者反映打击报复。",
    )


COMPLAINT_FORMS: dict[type[Act], tuple[str, Body]] = {
    complaint.ComplaintMade: ("投诉登记回执", _made),
    complaint.ComplaintAccepted: ("投诉受理告知书", _accepted),
    complaint.ComplaintDeemedAccepted: ("投诉视为受理告知书", _deemed),
    complaint.AnsweredOnSpot: ("当场答复记录", _on_spot),
    complaint_ways.TransferredAcross: ("转办函", _transferred),
    complaint.ComplaintAnswered: ("投诉答复书", _answered),
    complaint_after.ReviewAnswered: ("投诉复核答复书", _answered),
    complaint_after.RecusalDecided: ("回避决定书", _recusal),
    complaint_after.ReHandlingOrdered: ("重新办理通知书", _again),
    complaint_after.ComplaintReopened: ("重新提起登记回执", _reopened),
    complaint_after.IdentityOpened: ("身份启封告知书", _identity),
}
"""Title and body of every paper that an act of a complaint writes."""
