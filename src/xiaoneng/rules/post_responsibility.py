"""Post responsibility (岗位责任制): every act is done by who holds the post that day, and no post stands empty.

Who holds what is read from the seats of the dossier; what the organisation as a whole lacks is reported by
`organisation.report`. Knows no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Opening, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.discipline import AppealMade, DefenceHeard
from xiaoneng.matters.vocabulary.duty import (
    HandedBack,
    HandedOver,
    LeaveCancelled,
    LeaveRequested,
    MoveMade,
    MoveProposed,
    TasksHandedOver,
)
from xiaoneng.matters.vocabulary.handling import Reassigned
from xiaoneng.matters.vocabulary.inquiry import HandOverOffered, OwnerDecided
from xiaoneng.organisation.capacity import Capacity, Standing
from xiaoneng.organisation.roster import Away, Holding, Seat
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.hours import working_minutes

key = "post_responsibility"
name = Phrase("岗位责任制", "Post responsibility")
basis = default("post-responsibility")

OWN = (LeaveRequested, HandedOver, HandedBack, LeaveCancelled, TasksHandedOver, DefenceHeard, AppealMade)
"""Acts by which somebody speaks for themselves or their partner: they need the post, not their turn in it."""
GIVEN = (HandOverOffered, OwnerDecided, Reassigned)
"""Acts that give something to another post: somebody must be there to take it."""


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why the actor has no authority at that instant, and why a hand-over or a move may not be."""
    if act.by.official:
        yield from _authority(dossier, act)
    if isinstance(act, Opening):
        yield from _one_post_a_role(act)
    match act:
        case HandOverOffered() | OwnerDecided() | Reassigned() if act.post:
            yield from _somebody_there(dossier, act.post, at=act.at)
        case MoveProposed():
            yield from _move(dossier, act, at=act.at)
        case TasksHandedOver():
            yield from _listed(dossier, act)
        case MoveMade():
            yield from _made(dossier, act)
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _authority(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why the actor does not act in their post at the instant of the act, or not as they say."""
    by, seat = act.by, dossier.seats.get(act.by.post)
    held = seat.held_by(by.person, at=act.at) if seat else None
    if seat is None or held is None:
        yield _refused(
            f"{by.name or '办理人'}当时不在该岗位任职", "The actor did not hold the post at that time"
        )
        return
    own = isinstance(act, OWN) and by.post == dossier.post_of(Role.SUBJECT)
    acting = seat.acting(at=act.at, recused=dossier.aside)
    if own or (acting is not None and _same(acting, by)):
        return
    if dossier.procedure.confidential and by.person in dossier.aside:
        return  # that they must stand aside is what 回避制度 says
    yield _not_their_turn(seat, by, acting, at=act.at)


def _same(acting: Capacity, by: Capacity) -> bool:
    one, other = ((who.person, who.standing, who.acting_for) for who in (acting, by))
    return one == other


def _not_their_turn(seat: Seat, by: Capacity, acting: Capacity | None, *, at: datetime) -> Refusal:
    if seat.away(by.person, at=at):
        return _refused(
            f"{by.name}离岗未办返岗交接，不能办理；返岗须先交接",
            f"{by.name} is away and has not handed back: that comes first",
            on=default("hand-back"),
        )
    if acting is None:
        return _refused("该岗位当时无人可以办理", "Nobody could act in the post at that time")
    if acting.person == by.person:
        return _refused(
            "办理身份与岗位名册不符（A、B 岗或者所代人员有误）",
            "The standing or the person acted for differs from the roster",
        )
    return _refused(
        f"该岗位当时由{acting.name}办理",
        f"{acting.name} acted in the post at that time",
        on=default("ab-cover"),
    )


def _one_post_a_role(act: Opening) -> Iterator[Refusal]:
    counts = Counter(one.role for one in act.posts)
    if any(count > 1 for count in counts.values()):
        yield _refused("每一职责只能对应一个岗位", "Each role resolves to exactly one post")


def _somebody_there(dossier: Dossier, post: str, *, at: datetime) -> Iterator[Refusal]:
    seat = dossier.seats.get(post)
    if seat is None:
        yield _refused("没有这个岗位", "There is no such post")
    elif seat.acting(at=at, recused=dossier.aside) is None:
        yield _refused(
            f"“{seat.title}”现无人在岗，不能移交给空岗",
            f"Nobody acts in {seat.title}: nothing is given to an empty post",
        )


def _move(dossier: Dossier, move: MoveProposed, *, at: datetime) -> Iterator[Refusal]:
    """Yield why a move cannot be: nobody to move, the wrong person, or a post left empty."""
    seat = dossier.seats.get(move.post)
    if seat is None:
        yield _refused("没有这个岗位", "There is no such post")
        return
    held = seat.holding(Standing(move.standing.value), at=at)
    if not move.leaving and not move.successor:
        yield _refused("须写明调离人或者接任人", "Say who leaves or who takes over")
    if (held.person if held else 0) != move.leaving:
        words = f"现任为{held.name}" if held else "现无人任职"
        yield _refused(
            f"调离人与岗位名册不符：{words}", "Who leaves differs from who holds the post by the roster"
        )
    elif held and held.since >= at:
        yield _refused("现任刚刚到岗，不能在同一时刻调离", "The holder has only just begun")
    if after(seat, move, dossier, at=at).acting(at=at) is None:
        yield _refused(
            "调整后岗位无人在岗：须有接任人，或者由在岗的 B 岗顶岗",
            "The move would leave the post empty: name a successor, or let a B who is present cover it",
        )


def after(seat: Seat, move: MoveProposed, dossier: Dossier, *, at: datetime) -> Seat:
    """Return the post as it would stand once the move took effect at `at`."""
    standing = Standing(move.standing.value)
    left = tuple(
        replace(one, until=at) if one.standing is standing and one.until is None else one
        for one in seat.holdings
    )
    servant = dossier.people.get(move.successor)
    if servant is None:
        return replace(seat, holdings=left)
    new = Holding(
        person=servant.person, name=servant.name, standing=standing, since=at, qualified=move.qualified
    )
    absences: tuple[Away, ...] = (*seat.absences, *servant.absences)
    return replace(seat, holdings=(*left, new), absences=absences)


def _listed(dossier: Dossier, act: TasksHandedOver) -> Iterator[Refusal]:
    missing = [task for task in dossier.open_tasks if task not in act.matters]
    if missing:
        numbers = "、".join(missing)
        yield _refused(f"交接清单缺少在办事项：{numbers}", f"The list lacks open matters: {numbers}")


def _made(dossier: Dossier, act: MoveMade) -> Iterator[Refusal]:
    listed = dossier.last(TasksHandedOver)
    if listed is None or not listed.signed:
        yield _refused(
            "交接清单未经双方签字，调整不得生效", "The list of tasks is not signed by both: no move"
        )
    missing = [task for task in dossier.open_tasks if listed is None or task not in listed.matters]
    if missing:
        numbers = "、".join(missing)
        yield _refused(
            f"交接后又有在办事项未列入清单：{numbers}", f"Open matters are not on the list: {numbers}"
        )
    opening = dossier.opening
    if isinstance(opening, MoveProposed):
        yield from _move(dossier, opening, at=act.at)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield the post that has an open matter and that, in office time at `now`, nobody holds who may handle it.

    Holders who are away are the matter of AB岗制: their own absence tells it, once for all their matters.
    """
    seat = dossier.seats.get(dossier.owner_post())
    if seat is None:
        return
    spans = replace(seat, absences=()).gaps(dossier.acts[-1].at, now, recused=dossier.aside)
    since = spans[-1][0] if spans and spans[-1][1] == now else None
    if since is not None and working_minutes(since, now, calendar=dossier.calendar) > 0:
        yield Breach(
            rule=key,
            key=f"nobody/{seat.post}/{since:%Y%m%dT%H%M}",
            since=since,
            what=Phrase(
                f"办件所在岗位“{seat.title}”无人可以承办",
                f"The matter lies with {seat.title}, and nobody there may handle it",
            ),
            basis=basis,
            evidence=(len(dossier.acts),),
            post=dossier.post_of(Role.HEAD) or seat.superior,
        )
