"""Posting (岗位调整), edition 1: who holds a post changes only when its tasks are handed over and it stands not empty."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role
from xiaoneng.matters.procedure import Move, Procedure, Stage
from xiaoneng.matters.vocabulary.decision import Corrected
from xiaoneng.matters.vocabulary.duty import MoveDropped, MoveMade, MoveProposed, TasksHandedOver

PERSONNEL, HEAD, SUBJECT = Role.PERSONNEL, Role.HEAD, Role.SUBJECT

PROPOSED = Stage("proposed", Phrase("拟调整", "Proposed"), HEAD)
HANDED_OVER = Stage("handed_over", Phrase("已交接", "Handed over"), HEAD)
MADE = Stage("made", Phrase("已生效", "In effect"), final=True)
DROPPED = Stage("dropped", Phrase("不予调整", "Dropped"), final=True)

POSTING = Procedure(
    key="posting",
    name=Phrase("岗位调整", "Posting"),
    prefix="GW",
    edition=1,
    in_force=date(2004, 3, 1),
    basis=default("post-responsibility"),
    opening=PROPOSED,
    opens_with=(MoveProposed,),
    opened_by=(PERSONNEL, HEAD),
    moves=(
        Move(
            act=TasksHandedOver,
            source=(PROPOSED, HANDED_OVER),
            target=HANDED_OVER,
            by=(SUBJECT, HEAD),
            basis=default("post-responsibility"),
        ),
        Move(
            act=MoveMade,
            source=(HANDED_OVER,),
            target=MADE,
            by=(HEAD, PERSONNEL),
            basis=default("post-responsibility"),
        ),
        Move(
            act=MoveDropped,
            source=(PROPOSED, HANDED_OVER),
            target=DROPPED,
            by=(HEAD, PERSONNEL),
            basis=default("post-responsibility"),
        ),
        Move(
            act=Corrected,
            source=(PROPOSED, HANDED_OVER, MADE, DROPPED),
            by=(HEAD, PERSONNEL),
            basis=default("correction"),
        ),
    ),
    public=False,
)
