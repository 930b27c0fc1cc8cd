"""The words of supervision (督察): levels of card, what gives rise to one, and the clock that measures both."""

from __future__ import annotations

from enum import StrEnum

from xiaoneng.law.phrase import Phrase


class Level(StrEnum):
    """How grave a card is, in rising order."""

    REMINDER = "reminder"
    YELLOW = "yellow"
    RED = "red"

    @property
    def phrase(self) -> Phrase:
        """Return what the card is called."""
        return LEVELS[self]


LEVELS = {
    Level.REMINDER: Phrase("提醒", "Reminder"),
    Level.YELLOW: Phrase("黄牌", "Yellow card"),
    Level.RED: Phrase("红牌", "Red card"),
}


class Cause(StrEnum):
    """What the record shows that a card may be raised for."""

    NEAR = "near"
    STEP = "step"
    PAUSE = "pause"
    PROMISE = "promise"
    STATUTE = "statute"
    MINOR = "minor"
    GRAVE = "grave"
    UNANSWERED = "unanswered"

    @property
    def phrase(self) -> Phrase:
        """Return the finding in a few words."""
        return CAUSES[self]


CAUSES = {
    Cause.NEAR: Phrase("承诺期限将至", "The promise ends soon"),
    Cause.STEP: Phrase("环节超时", "A step is overdue"),
    Cause.PAUSE: Phrase("中止超过告知的时间", "A suspension outlasts what was announced"),
    Cause.PROMISE: Phrase("超过承诺期限", "The promised term has passed"),
    Cause.STATUTE: Phrase("超过法定期限", "The statutory term has passed"),
    Cause.MINOR: Phrase("违反效能制度", "A work system was not kept"),
    Cause.GRAVE: Phrase("严重违反效能制度", "A work system was gravely broken"),
    Cause.UNANSWERED: Phrase("黄牌逾期未答复", "A yellow card was not answered"),
}
