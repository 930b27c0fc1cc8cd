"""First inquiries of the year (首问): asked at a window, answered, handed over, let lie, or sent to another body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random

from xiaoneng.cli.city.story import words
from xiaoneng.cli.city.story.deeds import Deed, Place, Script, Told, Wait
from xiaoneng.cli.city.story.diary import Diary, clock
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.vocabulary.inquiry import (
    Answered,
    Asked,
    AskedAgain,
    HandOverAccepted,
    HandOverBounced,
    HandOverOffered,
    OwnerDecided,
    ReferredOutside,
)
from xiaoneng.matters.vocabulary.intake import Channel
from xiaoneng.worktime.days import local_day


class Turn(StrEnum):
    """How an inquiry goes."""

    ANSWERED = "answered"
    HANDED_OVER = "handed_over"
    BOUNCED = "bounced"
    LET_LIE = "let_lie"
    REFERRED = "referred"


TURNS: Mapping[Turn, int] = {
    Turn.ANSWERED: 58,
    Turn.HANDED_OVER: 22,
    Turn.BOUNCED: 5,
    Turn.LET_LIE: 6,
    Turn.REFERRED: 9,
}
MORNING = 9 * 60 + 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One person with a question, planned."""

    seed: str
    office: str
    at: datetime
    who: str
    contact: str
    question: str
    answer: str


class _Talk:
    def __init__(self, contact: Contact, *, diary: Diary) -> None:
        self.plan, self.diary = contact, diary
        self.rng = Random(contact.seed)  # noqa: S311 - a story, not a secret
        self.at = contact.at

    def post(self, key: str) -> str:
        return f"{self.plan.office}-{key}"

    def do(self, act: type[Act], *, post: str, days: int = 0, **facts: object) -> Script:
        at = self.diary.later(self.at, days, rng=self.rng)
        self.told((yield Deed(at=at, act=act, post=post, facts=facts)))

    def told(self, told: Told) -> None:
        self.at = told.at


def inquiry(contact: Contact, *, diary: Diary) -> Script:
    """Return the script of one inquiry: the window was asked first and owns it until somebody takes it over."""
    talk = _Talk(contact, diary=diary)
    yield from _asked(talk)
    turn = talk.rng.choices(list(TURNS), list(TURNS.values()))[0]
    owner = talk.post("window")
    match turn:
        case Turn.REFERRED:
            yield from _referred(talk)
            return
        case Turn.HANDED_OVER:
            owner = talk.post("handle")
            yield from _offered(talk, owner)
            yield from talk.do(HandOverAccepted, post=owner)
        case Turn.BOUNCED:
            yield from _offered(talk, talk.post("handle"))
            reason = "属窗口咨询职责，可直接答复。"
            yield from talk.do(HandOverBounced, post=talk.post("handle"), reason=reason)
        case Turn.LET_LIE:
            owner = talk.post("handle")
            yield from _let_lie(talk, owner)
        case Turn.ANSWERED:
            pass
    if talk.rng.random() < 0.08:  # noqa: PLR2004 - some come again before they are answered
        yield from talk.do(AskedAgain, post="", words=words.AGAIN)
    days = talk.rng.choices((0, 1, 2, 3), (6, 3, 1, 1))[0]
    yield from talk.do(Answered, post=owner, days=days, answer=contact.answer)


def _asked(talk: _Talk) -> Script:
    plan = talk.plan
    facts: dict[str, object] = {
        "channel": talk.rng.choice((Channel.COUNTER, Channel.COUNTER, Channel.PHONE)),
        "asker": plan.who,
        "contact": plan.contact,
        "question": plan.question,
    }
    window = talk.post("window")
    place = Place(
        procedure="first_inquiry", office=plan.office, subject="来访咨询", posts={Role.HANDLER: window}
    )
    talk.told((yield Deed(at=plan.at, act=Asked, post=window, facts=facts, opens=place)))


def _offered(talk: _Talk, to: str) -> Script:
    reason = "涉及审查标准，由承办岗答复。"
    # Read as facts and not as an argument: `post` is also whose deed it is.
    at = talk.diary.later(talk.at, 0, rng=talk.rng)
    facts = {"post": to, "reason": reason}
    talk.told((yield Deed(at=at, act=HandOverOffered, post=talk.post("window"), facts=facts)))


def _let_lie(talk: _Talk, to: str) -> Script:
    """Offer it to a post that says nothing: after a working day the head decides."""
    yield from _offered(talk, to)
    talk.told((yield Wait(at=clock(talk.diary.shift(local_day(talk.at), 2), MORNING))))
    at = talk.diary.later(talk.at, 0, rng=talk.rng)
    facts = {"post": to, "reason": "属承办岗职责，请当日答复。"}
    talk.told((yield Deed(at=at, act=OwnerDecided, post=talk.post("head"), facts=facts)))


def _referred(talk: _Talk) -> Script:
    yield from talk.do(
        ReferredOutside,
        post=talk.post("window"),
        body="区（县、市）信访局",
        body_contact="电话 0574-12345",
        explanation="该诉求属其他机关职权，已告知受理机关和联系方式。",
    )
