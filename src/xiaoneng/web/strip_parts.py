"""What the clock strip is given (逐日时限): a day as a box, a clock as boxes. Plain values, as in `parts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.web.parts import Words


class BoxKind(StrEnum):
    """What a day was to the clock."""

    ZERO = "zero"
    COUNTED = "counted"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    PAUSED = "paused"
    LATE = "late"


BOX_WORDS: Mapping[BoxKind, Phrase] = {
    BoxKind.ZERO: Phrase("起算日，不计入", "Day zero, not counted"),
    BoxKind.COUNTED: Phrase("计入", "Counted"),
    BoxKind.MAKEUP: Phrase("调休上班，计入", "Make-up workday, counted"),
    BoxKind.WEEKEND: Phrase("周末，不计", "Weekend, not counted"),
    BoxKind.HOLIDAY: Phrase("节假日，不计", "Public holiday, not counted"),
    BoxKind.CLOSURE: Phrase("停止办公，不计", "Office closed, not counted"),
    BoxKind.PAUSED: Phrase("时限中止，不计", "Clock suspended, not counted"),
    BoxKind.LATE: Phrase("已超期", "Past the limit"),
}

BOX_LABELS: Mapping[BoxKind, Phrase] = {
    BoxKind.ZERO: Phrase("起算", "start"),
    BoxKind.MAKEUP: Phrase("补班", "workday"),
    BoxKind.HOLIDAY: Phrase("放假", "holiday"),
    BoxKind.CLOSURE: Phrase("停办", "closed"),
    BoxKind.PAUSED: Phrase("中止", "paused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StripBox:
    """One day of a clock: `count` is its number if it counted, `note` the holiday or why the clock paused."""

    day: date
    kind: BoxKind
    count: int | None = None
    note: Words = ""
    due: bool = False
    provisional: bool = False

    @property
    def words(self) -> Phrase:
        """What the day was, as a sentence."""
        return BOX_WORDS[self.kind]

    @property
    def label(self) -> Words:
        """The shortest word for the box itself; empty where the weekday says enough."""
        if self.kind in {BoxKind.HOLIDAY, BoxKind.CLOSURE} and self.note:
            return self.note
        return BOX_LABELS.get(self.kind, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A clock day by day; `told` says the same in a sentence."""

    name: Words
    told: Words
    boxes: tuple[StripBox, ...]
    today: date
    basis: Citation | None = None
