"""The lot of an inspection, drawn and drawn again: whose mandate runs, who is in conflict, what the seed is made of."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from xiaoneng.desk import recording
from xiaoneng.desk.opening import Request
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import candidates_of, mark
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned, MemberReplaced, TeamDrawn
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules import drawing, inspecting
from xiaoneng.supervision.mandates import queries
from xiaoneng.worktime.days import local_day

NONCE = 16


def plan(act: InspectionPlanned, *, subject: str, now: datetime) -> recording.Receipt:
    """Open an inspection, which lies with the planner's own post; raises ActRefused and CannotOpen."""
    return recording.open_matter(
        replace(act, nonce=secrets.token_hex(NONCE)),
        request=Request(
            procedure="inspection",
            agency=act.by.agency,
            subject=subject,
            posts=(Responsible(role=Role.SUPERVISOR, post=act.by.post),),
        ),
        now=now,
    )


def draw_team(number: str, *, wanted: int, seen: int, by: Capacity, now: datetime) -> recording.Receipt:
    """Draw the team of an inspection by lot and record it; raises ActRefused and MatterMoved."""
    dossier = recording.read(number)
    opening = _planned(dossier)
    stood = queries.candidates(agency=opening.agency, on=local_day(now))
    out = queries.conflicted(stood, agencies=opening.agencies)
    anchor = anchor_of(number)
    seed = drawing.seed(anchor=anchor, nonce=opening.nonce)
    members = drawing.draw(stood, seed=seed, wanted=wanted, conflicts=out)
    first = next((one.post for one in stood if members and one.person == members[0]), "")
    act = TeamDrawn(
        at=now,
        by=by,
        wanted=wanted,
        candidates=stood,
        conflicted=out,
        anchor=anchor,
        seed=seed,
        members=members,
        marks=tuple(map(mark, members)),
        post=first,
    )
    return recording.record(act, number=number, seen=seen, now=now)


def replace_member(act: MemberReplaced, *, number: str, seen: int, now: datetime) -> recording.Receipt:
    """Let the next of the same lot come in for a member who leaves; raises ActRefused and MatterMoved."""
    dossier = recording.read(number)
    after = inspecting.successor(dossier, leaving=act.leaving)
    stood = candidates_of(dossier.acts)
    leads = stood.get(act.leaving)
    first = leads is not None and leads.post == dossier.post_of(Role.INSPECTOR)
    post = stood[after].post if first and after in stood else ""
    return recording.record(replace(act, successor=after, post=post), number=number, seen=seen, now=now)


def anchor_of(number: str) -> str:
    """Return what nobody could choose: the newest sealed checkpoint, and the hash of the act that planned it."""
    return f"{queries.checkpoint()}/{queries.act_hash(number, sequence=1)}"


def checked(dossier: Dossier) -> Iterator[Phrase]:
    """Yield everything that is wrong with the draw of an inspection; nothing where drawing again gives the same team."""
    drawn, opening = dossier.last(TeamDrawn), _planned(dossier)
    if drawn is None:
        yield Phrase("还没有抽取督察组", "No team was drawn yet")
        return
    sealed, _, planned = drawn.anchor.partition("/")
    if planned != queries.act_hash(dossier.number, sequence=1):
        yield Phrase("立项记录的哈希与抽取时不同", "The hash of the plan differs from that of the draw")
    if not queries.known_checkpoint(sealed):
        yield Phrase("存证账里没有抽取时的检查点", "The log has no such checkpoint")
    if drawing.seed(anchor=drawn.anchor, nonce=opening.nonce) != drawn.seed:
        yield Phrase("种子不是由检查点与立项随机数得出", "The seed does not follow from checkpoint and nonce")
    again = drawing.draw(drawn.candidates, seed=drawn.seed, wanted=drawn.wanted, conflicts=drawn.conflicted)
    if again != drawn.members:
        yield Phrase("按种子重抽，结果不符", "Drawn again from the seed, the lot gives others")


def _planned(dossier: Dossier) -> InspectionPlanned:
    opening = dossier.opening
    if not isinstance(opening, InspectionPlanned):
        raise LookupError(dossier.number)  # noqa: TRY004 - the matter is another kind, not the argument
    return opening
