"""The visit of an inspection team (查访): who was there, what was seen with what evidence, who signed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.inspection import (
    AccountabilityRecommended,
    FindingRecorded,
    InspectionPlanned,
    Manner,
    Rechecked,
    RecordSigned,
    RectificationOrdered,
    SigningRefused,
    TeamDrawn,
    VisitRecorded,
)
from xiaoneng.rules.rule import Refusal
from xiaoneng.worktime.days import local_day

RULE = "inspecting"
TEAM, EVIDENCE = default("inspection-team"), default("inspection-evidence")
BANS = frozenset({"lunch_alcohol", "chat_or_games", "mahjong", "public_travel"})
"""The four bans: a breach is seen by witnesses, the inspectors among them."""


def _refused(zh: str, en: str, source: Citation) -> Refusal:
    return Refusal(rule=RULE, reason=Phrase(zh, en), basis=source)


def team_size(act: Act) -> int:
    """Return how many inspectors there are at least, in a team and at a visit, on the day of an act."""
    return count_of("inspection-team", on=local_day(act.at))


def _witnesses(act: Act) -> int:
    return count_of("inspection-evidence", on=local_day(act.at))


def visit(dossier: Dossier, act: VisitRecorded, plan: InspectionPlanned) -> Iterator[Refusal]:
    """Yield why a visit may not be recorded as it stands."""
    team = team_of(dossier.acts)
    if set(act.present) - set(team):
        yield _refused("到场的须是抽取产生的督察组成员", "Only members drawn by lot inspect", TEAM)
    least = team_size(act)
    if len(set(act.present) & set(team)) < least:
        yield _refused(
            f"查访时督察员不得少于 {least} 人", f"At least {least} inspectors are at a visit", TEAM
        )
    if act.by.person not in act.present:
        yield _refused("记录人须在到场督察员之中", "Whoever records the visit was there", TEAM)
    if act.covert is not (plan.manner is Manner.COVERT):
        yield _refused("方式须与立项一致（明查或者暗访）", "Open or covert as it was planned", TEAM)
    if act.ended_at <= act.began_at:
        yield _refused("结束时间须晚于开始时间", "A visit ends after it begins", EVIDENCE)
    drawn = dossier.last(TeamDrawn)
    if act.ended_at > act.at or (drawn and act.began_at < drawn.at):
        yield _refused(
            "查访时间须在抽取督察组之后、提交记录之前",
            "A visit lies between the draw of the team and its record",
            EVIDENCE,
        )


def finding(dossier: Dossier, act: FindingRecorded, plan: InspectionPlanned) -> Iterator[Refusal]:
    """Yield why something may not be called found."""
    visits = dossier.every(VisitRecorded)
    if act.found_at > act.at or not any(one.began_at <= act.found_at <= one.ended_at for one in visits):
        yield _refused("发现时间须在查访时间之内", "What is found is found during a visit", EVIDENCE)
    if plan.agencies and len(plan.agencies) > 1 and not act.agency:
        yield _refused("查访多个单位的，须写明涉及单位", "With several agencies, say which", EVIDENCE)
    if act.agency and plan.agencies and act.agency not in plan.agencies:
        yield _refused("涉及单位须在被查单位之中", "The agency must be one of those visited", EVIDENCE)
    seen = max((len(set(one.present)) for one in visits), default=0) + len(set(act.witnesses))
    least = _witnesses(act)
    if act.kind.value in BANS and seen < least:
        yield _refused(
            f"违反禁令的须有 {least} 名以上见证人", f"A banned deed is seen by {least} at least", EVIDENCE
        )


def signing(dossier: Dossier, act: RecordSigned | SigningRefused) -> Iterator[Refusal]:
    """Yield why a record may not be called signed or refused."""
    if _covert(dossier):
        yield _refused("暗访不当场出示记录，不需签字", "A covert visit asks for no signature", EVIDENCE)
    least = _witnesses(act)
    if isinstance(act, SigningRefused) and len({one.strip() for one in act.witnesses} - {""}) < least:
        yield _refused(f"拒签须有 {least} 名以上见证人", f"A refusal to sign has {least} witnesses", EVIDENCE)


def _covert(dossier: Dossier) -> bool:
    last = dossier.last(VisitRecorded)
    return last is not None and last.covert


def result(dossier: Dossier) -> Iterator[Refusal]:
    """Yield why no result may be given yet: each open visit was signed for, or the refusal was witnessed."""
    if any(not answered for answered in _signed(dossier)):
        yield _refused(
            "明查的记录须当场签字或者注明拒签，方可出结果",
            "An open visit is signed for, or its refusal noted, before the result",
            EVIDENCE,
        )


def _signed(dossier: Dossier) -> Iterator[bool]:
    """Yield for each open visit whether somebody signed or refused before the next."""
    ends = [place for place, act in enumerate(dossier.acts) if isinstance(act, VisitRecorded)]
    for place, following in pairwise([*ends, len(dossier.acts)]):
        act = dossier.acts[place]
        if isinstance(act, VisitRecorded) and not act.covert:
            yield any(isinstance(one, RecordSigned | SigningRefused) for one in dossier.acts[place:following])


def closing(dossier: Dossier) -> Iterator[Refusal]:
    """Yield why the inspection may not be closed: something found is neither put right nor passed on."""
    open_orders = unmended(dossier)
    if open_orders:
        called = "、".join(one.what[:20] for one in open_orders)
        yield _refused(
            f"整改不到位又没有建议问责的，不得销号：{called}",
            "Something found is neither put right nor recommended for accountability",
            default("inspection"),
        )


def unmended(dossier: Dossier) -> list[FindingRecorded]:
    """Return the findings to be put right that no re-check found mended and nobody recommended for accountability."""
    findings = [one for one in dossier.every(FindingRecorded) if one.mend]
    if dossier.last(AccountabilityRecommended):
        return []
    mended = _mended(dossier)
    return [one for one in findings if not (mended if not one.agency else one.agency in mended)]


def _mended(dossier: Dossier) -> set[str]:
    """Return the agencies whose newest order was found carried out."""
    found: set[str] = set()
    agency = ""
    for act in dossier.acts:
        agency = _touched(dossier, act, agency, found)
    return found


def _touched(dossier: Dossier, act: Act, agency: str, found: set[str]) -> str:
    match act:
        case RectificationOrdered():
            seat = dossier.seats.get(act.post)
            agency = seat.agency if seat else act.post
            found.discard(agency)
        case Rechecked():
            (found.add if act.mended else found.discard)(agency)
        case _:
            pass
    return agency
