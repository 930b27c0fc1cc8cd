"""A publication (公开) as its acts make it: which rows the acts of a matter put before the public; pure.

The same function serves the act that publishes and the rebuilding, so the register can be nothing else than the
record. A correction stands in the same channel and for as long as what it corrects: it is as prominent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.exposure import (
    Exposed,
    ExposureCorrected,
    ExposureProposed,
    ExposureRevised,
    ExposureWithdrawn,
)
from xiaoneng.worktime.days import local_day


class Channel(StrEnum):
    """Where something is published; the six systems of openness add theirs."""

    EXPOSURE = "exposure"

    @property
    def phrase(self) -> Phrase:
        """Return what the channel is called."""
        return CHANNELS[self]


CHANNELS = {Channel.EXPOSURE: Phrase("曝光", "Exposure")}
ABOUT = {
    Channel.EXPOSURE: Phrase(
        "查实的、情节严重的案件，经审查、听取答辩后公开；公开期随处理的效力期届满而止。",
        "Grave cases that are proven, published after review and a right of reply, until the measure's effect ends.",
    )
}
"""What each channel holds."""


class Status(StrEnum):
    """What became of a publication."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"

    @property
    def phrase(self) -> Phrase:
        """Return the status as pages say it."""
        return STATUSES[self]


STATUSES = {
    Status.PUBLISHED: Phrase("已公开", "Published"),
    Status.CORRECTED: Phrase("已更正", "Corrected"),
    Status.WITHDRAWN: Phrase("已撤回", "Withdrawn"),
}
PUBLISHING: tuple[type[Act], ...] = (Exposed, ExposureCorrected, ExposureWithdrawn)
"""Acts after which the register is written again."""
BASIS = Citation("政府信息公开条例", "第二十六条")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A row of the register, before it is stored; `corrects` is the sequence of the row that it corrects."""

    channel: str
    number: str
    sequence: int
    about: str
    division: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    published_at: datetime
    until: date | None
    status: str
    corrects: int = 0
    instrument: str = BASIS.instrument
    article: str = BASIS.article


def published(dossier: Dossier) -> tuple[Published, ...]:
    """Return what the acts of a matter have put before the public, in order; nothing for most matters."""
    opening = dossier.opening
    if not isinstance(opening, ExposureProposed):
        return ()
    rows: list[Published] = []
    words: ExposureProposed | ExposureRevised = opening
    for sequence, act in enumerate(dossier.acts, start=1):
        match act:
            case ExposureRevised():
                words = act
            case Exposed():
                rows.append(_first(dossier, act, words, sequence))
            case ExposureCorrected():
                rows = [replace(row, status=Status.CORRECTED.value) for row in rows]
                rows.append(_correction(rows[0], act, sequence))
            case ExposureWithdrawn():
                rows = [_withdrawn(row) for row in rows]
            case _:
                pass
    return tuple(rows)


def _first(
    dossier: Dossier, act: Exposed, words: ExposureProposed | ExposureRevised, sequence: int
) -> Published:
    opening = dossier.opening
    return Published(
        channel=Channel.EXPOSURE.value,
        number=dossier.number,
        sequence=sequence,
        about=str(getattr(opening, "about", "")),
        division=opening.division,
        title_zh=words.title_zh,
        title_en=words.title_en,
        body_zh=words.text_zh,
        body_en=words.text_en,
        published_at=act.at,
        until=act.until,
        status=Status.PUBLISHED.value,
    )


def _correction(first: Published, act: ExposureCorrected, sequence: int) -> Published:
    lasted = first.until - local_day(first.published_at) if first.until else timedelta()
    return replace(
        first,
        sequence=sequence,
        title_zh=act.title_zh,
        title_en=act.title_en,
        body_zh=act.text_zh,
        body_en=act.text_en,
        published_at=act.at,
        until=local_day(act.at) + lasted if first.until else None,
        status=Status.PUBLISHED.value,
        corrects=first.sequence,
    )


def _withdrawn(row: Published) -> Published:
    """Return a row without its words: that it stood stays, what it said does not."""
    status = Status.WITHDRAWN.value
    return replace(row, status=status, title_zh="", title_en="", body_zh="", body_en="")
