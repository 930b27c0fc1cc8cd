"""The gate: whether an act may be recorded, and every reason why not, all at once.

The page asks the same function to explain a greyed button. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Asked, Kind, Role, questions
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Move
from xiaoneng.matters.roles import roles_of
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.every import EVERY
from xiaoneng.rules.rule import Refusal
from xiaoneng.worktime.days import local_day

PROCEDURE = "procedure"
ROLE_NAMES = {
    Role.APPLICANT: Phrase("申请人", "the applicant"),
    Role.FIRST_CONTACT: Phrase("窗口（首问）岗位", "the window post (first contact)"),
    Role.HANDLER: Phrase("承办岗位", "the handling post"),
    Role.REVIEWER: Phrase("审核岗位", "the reviewing post"),
    Role.LEADER: Phrase("分管领导", "the leader in charge"),
    Role.HEAD: Phrase("单位负责人", "the head of the unit"),
    Role.SUPERVISOR: Phrase("效能督察", "the supervisor"),
    Role.PERSONNEL: Phrase("人事岗位", "the personnel post"),
    Role.RECEIVER: Phrase("接收岗位", "the receiving post"),
    Role.SUBJECT: Phrase("当事人", "the person concerned"),
    Role.PARTNER: Phrase("互为 AB 岗的同事", "the A/B partner"),
    Role.CENTRE: Phrase("投诉中心", "the complaint centre"),
    Role.SUPERIOR: Phrase("上级投诉中心", "the superior complaint centre"),
    Role.INSPECTOR: Phrase("督察巡视员", "the inspector"),
    Role.LEGALITY: Phrase("合法性审查岗位", "the legality reviewer"),
    Role.PUBLISHER: Phrase("公开发布岗位", "the publisher"),
    Role.KEEPER: Phrase("保管身份信封的岗位", "a post that keeps the sealed identity"),
    Role.SYSTEM: Phrase("系统", "the system"),
}


def refusals(dossier: Dossier, act: Act, *, now: datetime) -> list[Refusal]:
    """Return every reason to refuse `act` as the next act of the matter; an empty list lets it pass."""
    found = [*_timely(dossier, act, now=now), *blanks(act, basis=dossier.procedure.basis)]
    move = next((one for one in dossier.open_moves() if one.act is type(act)), None)
    if move is None:
        found.append(_out_of_place(dossier, type(act)))
    else:
        found += _permitted(dossier, act.by, move)
        found += _not_back_dated(act, move, now=now)
    if any(one.act is type(act) for one in dossier.procedure.moves):  # rules judge what the procedure knows
        for rule in EVERY:
            found += rule.refusals(dossier, act)
    return found


def _refused(zh: str, en: str, basis: Citation) -> Refusal:
    return Refusal(rule=PROCEDURE, reason=Phrase(zh, en), basis=basis)


def _timely(dossier: Dossier, act: Act, *, now: datetime) -> Iterator[Refusal]:
    """Yield why the date is wrong: neither before the last act nor in the future."""
    if act.at > now:
        yield _refused("办理时间不得晚于现在", "An act cannot be dated in the future", default("two-times"))
    if act.at < dossier.acts[-1].at:
        yield _refused(
            "办理时间不得早于上一项记录", "An act cannot be dated before the last one", default("two-times")
        )


def blanks(act: Act, *, basis: Citation) -> Iterator[Refusal]:
    """Yield one refusal for each required question that the act leaves blank, by the label the form shows."""
    for name, question in questions(type(act)).items():
        if question.required and _blank(getattr(act, name), question):
            label = question.label
            yield _refused(f"“{label.zh}”须填写", f"“{label.en}” must be filled in", basis)


def _blank(value: object, question: Asked) -> bool:
    """Tell whether nothing was said; a choice among people or posts is blank at zero, a number or yes/no never."""
    match value:
        case str():
            return not value.strip()
        case tuple():
            return not any(not isinstance(one, str) or one.strip() for one in value)
        case 0:
            return question.kind is Kind.CHOICE
        case _:
            return value is None


def _not_back_dated(act: Act, move: Move, *, now: datetime) -> Iterator[Refusal]:
    """Yield why a pause or an extension may not be entered for an earlier day: it would undo what has passed."""
    if (move.suspends or move.extends) and local_day(act.at) < local_day(now):
        yield _refused(
            "中止、延长自录入当日起生效，不得补录",
            "A pause or an extension holds from the day it is entered, never from an earlier one",
            default("two-times"),
        )


def _out_of_place(dossier: Dossier, act: type[Act]) -> Refusal:
    stage, basis = dossier.stage, dossier.procedure.basis
    if any(move.once and move.act is act for move in dossier.procedure.moves) and dossier.last(act):
        return _refused(f"“{act.name.zh}”只能有一次", f"“{act.name.en}” can be done only once", basis)
    return _refused(
        f"现处“{stage.name.zh}”环节，不能“{act.name.zh}”",
        f"“{act.name.en}” is not possible at the stage “{stage.name.en}”",
        next((move.basis for move in dossier.procedure.moves if move.act is act), basis),
    )


def _permitted(dossier: Dossier, by: Capacity, move: Move) -> Iterator[Refusal]:
    if not roles_of(by, dossier) & set(move.by):
        zh = "、".join(ROLE_NAMES[role].zh for role in move.by)
        en = " or ".join(ROLE_NAMES[role].en for role in move.by)
        yield _refused(f"须由{zh}办理", f"Only {en} may do this", move.basis)
    lacking = [act for act in move.needs if not dossier.last(act)]
    if lacking:
        zh = "、".join(act.name.zh for act in lacking)
        en = ", ".join(act.name.en for act in lacking)
        yield _refused(f"须先有：{zh}", f"First there must be: {en}", move.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A move that the grammar opens next, and what forbids it to this actor whatever the form says."""

    move: Move
    refusals: tuple[Refusal, ...]


def options(dossier: Dossier, by: Capacity) -> tuple[Option, ...]:
    """Return the open moves with the standing reasons why `by` may not make them."""
    moves = dossier.open_moves()
    return tuple(Option(move=move, refusals=tuple(_permitted(dossier, by, move))) for move in moves)
