"""What each component of a page is given: plain values that a view builds and a template prints.

Words are a `Phrase` (both languages) or a plain string (a name, a number, what somebody wrote). Dates are
local days, instants carry a zone. Knows no database, no request and no domain object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase

Words = Phrase | str


class LightKey(StrEnum):
    """The lights a matter can show; from `SUSPENDED` on they are neutral and carry no colour."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    PROMISE_BROKEN = "promise_broken"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    PROVISIONAL = "provisional"
    CLOSED = "closed"
    CLOSED_LATE = "closed_late"
    ENDED = "ended"
    NO_LIMIT = "no_limit"
    WAITING = "waiting"


LIGHT_WORDS: Mapping[LightKey, Phrase] = {
    LightKey.IN_TIME: Phrase("正常", "In time"),
    LightKey.DUE_SOON: Phrase("预警", "Due soon"),
    LightKey.PROMISE_BROKEN: Phrase("超承诺", "Past the promise"),
    LightKey.OVERDUE: Phrase("超期", "Overdue"),
    LightKey.SUSPENDED: Phrase("中止", "Suspended"),
    LightKey.PROVISIONAL: Phrase("暂定", "Provisional"),
    LightKey.CLOSED: Phrase("按时办结", "Closed in time"),
    LightKey.CLOSED_LATE: Phrase("超期办结", "Closed late"),
    LightKey.ENDED: Phrase("已终止", "Ended"),
    LightKey.NO_LIMIT: Phrase("无时限", "No limit"),
    LightKey.WAITING: Phrase("等申请人", "With the applicant"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LightMark:
    """A light: colour, shape and word, and beside it how long is left."""

    key: LightKey
    detail: Words = ""

    @property
    def word(self) -> Phrase:
        """The word of the light."""
        return LIGHT_WORDS[self.key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something that opens."""

    words: Words
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acted or answers; `acting_for` is the A whose cover this B is. Without a name: the system."""

    name: Words = ""
    post: Words = ""
    agency: Words = ""
    standing: str = ""
    acting_for: Words = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """An act as people read it; `recorded_at` is given only where it was entered late."""

    sequence: int
    what: Words
    at: datetime
    who: Who
    note: Words = ""
    effect: Words = ""
    papers: tuple[Link, ...] = ()
    recorded_at: datetime | None = None
    basis: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in a list."""

    number: str
    href: str
    title: Words
    light: LightMark
    stage: Words = ""
    party: Words = ""
    holder: Who = field(default_factory=Who)
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The three answers of a matter's page: who has it, how long is left, what can happen next."""

    holder: Who
    light: LightMark
    due: date | None
    following: Words
    promised: Words = ""


class CardKind(StrEnum):
    """What supervision hands out, in rising order."""

    REMINDER = "reminder"
    YELLOW = "yellow"
    RED = "red"


CARD_WORDS: Mapping[CardKind, Phrase] = {
    CardKind.REMINDER: Phrase("提醒", "Reminder"),
    CardKind.YELLOW: Phrase("黄牌", "Yellow card"),
    CardKind.RED: Phrase("红牌", "Red card"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A supervision card: what was found, under which rule, about which matter, to whom, answer by when."""

    kind: CardKind
    number: str
    href: str
    finding: Words
    rule: Words
    matter: Link
    issued_at: datetime
    to: tuple[Who, ...] = ()
    basis: Citation | None = None
    answer_by: date | None = None
    state: Words = ""
    light: LightMark | None = None
    case: Link | None = None

    @property
    def word(self) -> Phrase:
        """The word of the card."""
        return CARD_WORDS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A number that opens: `value` is written out; `spread` is its interval, `n` how many it rests on."""

    label: Words
    value: str
    definition: Words
    as_of: datetime
    unit: Words = ""
    href: str = ""
    spread: Words = ""
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """An agency on the wall: how many open matters show each light, and what else is wrong there.

    `opens` is the address of a list that takes `light`: each count then leads to its matters.
    """

    name: Words
    href: str
    counts: tuple[tuple[LightKey, int], ...]
    alerts: tuple[Link, ...] = ()
    opens: str = ""

    @property
    def total(self) -> int:
        """How many matters are open."""
        return sum(count for _, count in self.counts)

    @property
    def worst(self) -> str:
        """The most serious coloured light that is on; empty when none is."""
        shown = {key for key, count in self.counts if count}
        order = (LightKey.OVERDUE, LightKey.PROMISE_BROKEN, LightKey.DUE_SOON)
        return next((key.value for key in order if key in shown), "")


class Tone(StrEnum):
    """How loudly a notice speaks."""

    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the reader should know now."""

    title: Words
    body: Words = ""
    tone: Tone = Tone.INFO
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Why there is nothing here, and what one can do."""

    title: Words
    hint: Words = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where one is in a long list; a list read by key has no `total` and knows only its neighbours."""

    previous: str = ""
    following: str = ""
    number: int | None = None
    total: int | None = None
