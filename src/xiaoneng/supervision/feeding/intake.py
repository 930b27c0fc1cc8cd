"""What every door calls to take in an import (接入之门): into columns first, and then its cases onto the board.

Both halves may be done again: an import that was taken but whose cases did not reach the board, because the machine was
stopped between, brings them there when it is handed in again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.columns import intake
from xiaoneng.flow.columns.casebook import cases_of
from xiaoneng.flow.columns.intake import Sent
from xiaoneng.flow.columns.manner import USUAL, Manner
from xiaoneng.flow.columns.sources import Source
from xiaoneng.flow.columns.store import KEY, Batch, BatchState, Store
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding import actions
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.pouring import OWN

BAD_KEY = Phrase(
    "对照表：来源代号只能用小写字母、数字和连字符，以字母或数字开头；own 留给本系统自己的办件",
    "mapping: the key of a feed is small letters, digits and hyphens, and begins with a letter or digit; own is ours",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of an import: whether it was there before, and what it changed on the board, if anything."""

    batch: Batch
    repeated: bool
    board: Imported | None


def columns() -> Store:
    """Return where columns rest."""
    return Store(Path(settings.COLUMNS))


def refuse_bad_key(mapping: LogMapping) -> None:
    """Raise LogRefused where the key of a feed cannot name a folder."""
    if not KEY.fullmatch(mapping.key) or mapping.key == OWN:
        raise LogRefused(Fault(0, "key", BAD_KEY))


def take(source: Source, *, mapping: LogMapping, sent: Sent, how: Manner = USUAL) -> Done:
    """Take in an import by a mapping; raises LogRefused, KeyReused, and Busy unless `how` says to wait."""
    refuse_bad_key(mapping)
    answer = intake.take_in(columns(), source, mapping=mapping, sent=sent, how=how)
    actions.register(mapping)
    board = _show(answer.batch, now=sent.now)
    return Done(batch=answer.batch, repeated=answer.repeated, board=board)


def take_beside(source: Source, *, mapping: LogMapping, sent: Sent, how: Manner = USUAL) -> Batch:
    """Take into columns what is on the board already by another door, and bring the board to what all columns tell."""
    batch = intake.take_in(columns(), source, mapping=mapping, sent=sent, how=how).batch
    cases = cases_of(columns(), batch.feed, mapping=mapping, batch=batch.number)
    actions.refresh_board(mapping=mapping, batch=batch, cases=cases)
    return batch


def confirm(feed: str, number: int, *, by: str, now: datetime) -> Done:
    """Take the good rows of an import that waits; raises NotWaiting, FileNotFoundError."""
    batch = intake.confirm(columns(), feed, number, by=by, now=now)
    return Done(batch=batch, repeated=False, board=_show(batch, now=now))


def drop(feed: str, number: int, *, why: str, by: str, now: datetime) -> Batch:
    """Take nothing of an import that waits; raises NotWaiting, FileNotFoundError."""
    return intake.drop(columns(), feed, number, why=why, by=by, now=now)


def _show(batch: Batch, *, now: datetime) -> Imported | None:
    if batch.state is not BatchState.TAKEN:
        return None
    mapping = parse_mapping(batch.mapping)
    cases = cases_of(columns(), batch.feed, mapping=mapping, batch=batch.number)
    return actions.show_on_board(mapping=mapping, batch=batch, cases=cases, now=now)
