"""Opening an identity (启封): one post asks and hands its half to the other, the other opens; each an act, first of all.

Nothing of it is stored: the asker's half leaves as a slip that only the other post's key can read and only for this
one request; the facts are returned to be shown once. The act is on record before anything is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from xiaoneng.desk import keys, recording
from xiaoneng.desk.envelopes import envelope_of, facts_in
from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger import envelope as sealing
from xiaoneng.ledger.envelope import Envelope, EnvelopeShut
from xiaoneng.matters.acts import questions
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.roles import keepers
from xiaoneng.matters.vocabulary.complaint_after import IdentityAsked, IdentityOpened, IdentityRefused
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules import identity

T = TypeVar("T")
IDENTITY_ACTS = (IdentityAsked, IdentityOpened, IdentityRefused)
"""Acts that are done on the identity's own page, and on no other form: each goes with keys."""

NONE = Phrase("没有密封的身份", "There is no sealed identity")
NOT_KEEPER = Phrase("您所在的岗位不保管这个信封的钥匙", "Your post keeps no key of this envelope")


class CannotOpenIdentity(Exception):
    """The envelope stays shut and nothing was recorded; `why` says so in words for whoever tried."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


class WrongPassphrase(CannotOpenIdentity):
    """The passphrase does not fit; to be counted, so that nobody guesses on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How the sealed identity of a matter stands: which posts keep it, what waits, and for whom."""

    posts: tuple[tuple[str, str], ...] = ()
    """Code and title of each of the two posts."""
    asked: IdentityAsked | None = None
    answer_by: date | None = None
    by: Capacity | None = None
    """The capacity in which the reader keeps one of the two keys."""

    @property
    def may_ask(self) -> bool:
        """Tell whether the reader may ask: no other person's request waits."""
        return self.by is not None and (self.asked is None or self.asked.by.person == self.by.person)

    @property
    def may_answer(self) -> bool:
        """Tell whether the request waits for the reader."""
        return (
            self.by is not None
            and self.asked is not None
            and self.asked.by.person != self.by.person
            and self.asked.by.post != self.by.post
        )


def keeping(dossier: Dossier, by: Sequence[Capacity], *, now: datetime) -> Keeping | None:
    """Return how the identity of a matter stands for somebody; None where nothing is sealed.

    Whoever covers for a holder that must stand aside acts here in their place, whatever else they may do now.
    """
    posts = keepers(dossier.opening)
    if not posts:
        return None
    seats = organisation.seats(posts)
    asked = identity.pending(dossier, at=now)
    people = {one.person for one in by if one.official}
    acting = (seat.acting(at=now, recused=dossier.aside) for seat in seats.values())
    mine = [one for one in acting if one is not None and one.person in people]
    mine.sort(key=lambda one: asked is not None and one.post == asked.by.post)
    return Keeping(
        posts=tuple((post, seats[post].title) for post in posts if post in seats),
        asked=asked,
        answer_by=identity.answer_by(dossier, asked) if asked else None,
        by=mine[0] if mine else None,
    )


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Given:
    """What an officer brings to an opening; never printed, never stored. `slip` only to answer."""

    reason: str
    passphrase: str
    slip: str = ""


def ask(number: str, given: Given, *, by: Capacity, seen: int, now: datetime) -> str:
    """Record that an identity is asked for, and return the slip that hands the asker's half to the other post.

    Raises CannotOpenIdentity, WrongPassphrase, or what `recording.record` raises; then nothing is recorded.
    """
    envelope, private = _keys(recording.read(number), given, by=by)
    half = _tried(lambda: sealing.take_half(envelope, private, binding=number.encode()))
    act = IdentityAsked(at=now, by=by, reason=given.reason)
    receipt = recording.record(act, number=number, seen=seen, now=now)
    to = envelope.other(half.public)
    return sealing.hand_over(half, to=to, occasion=_occasion(number, receipt.sequence))


def open_together(
    number: str, given: Given, *, by: Capacity, seen: int, now: datetime
) -> tuple[tuple[Phrase, str], ...]:
    """Record that an identity is opened, and return its facts, each with its label, to be shown once.

    The envelope is tried first, so that no opening is recorded that opened nothing; the facts are returned only once
    the act is on record. Raises CannotOpenIdentity, WrongPassphrase, or what `recording.record` raises.
    """
    dossier = recording.read(number)
    asked = identity.pending(dossier, at=now)
    facts = _facts(dossier, asked, given, by=by) if asked is not None else {}
    act = IdentityOpened(at=now, by=by, reason=given.reason)
    recording.record(act, number=number, seen=seen, now=now)
    labels = questions(type(dossier.opening))
    return tuple((labels[name].label, facts[name]) for name in labels if name in facts)


def _facts(dossier: Dossier, asked: IdentityAsked, given: Given, *, by: Capacity) -> Mapping[str, str]:
    envelope, private = _keys(dossier, given, by=by)
    occasion = _occasion(dossier.number, dossier.sequence_of(asked))

    def opened() -> Mapping[str, str]:
        theirs = sealing.take_over(given.slip, private, occasion=occasion)
        mine = sealing.take_half(envelope, private, binding=dossier.number.encode())
        return facts_in(envelope, (theirs, mine), number=dossier.number)

    return _tried(opened)


def refuse(number: str, reason: str, *, by: Capacity, seen: int, now: datetime) -> None:
    """Record that an identity is not opened; raises what `recording.record` raises."""
    recording.record(IdentityRefused(at=now, by=by, reason=reason), number=number, seen=seen, now=now)


def _keys(dossier: Dossier, given: Given, *, by: Capacity) -> tuple[Envelope, bytes]:
    """Return the envelope of a matter and the private key of the actor's post that fits it."""
    envelope = _tried(lambda: envelope_of(dossier.opening))
    if envelope is None:
        raise CannotOpenIdentity(NONE)
    posts = keys.posts_of_keys(envelope.holders)
    public = next((one for one in envelope.holders if posts.get(one) == by.post), None)
    if public is None:
        raise CannotOpenIdentity(NOT_KEEPER)
    return envelope, _private(public, given, by=by)


def _tried(deed: Callable[[], T]) -> T:
    """Return what comes of handling an envelope, or raise CannotOpenIdentity."""
    try:
        return deed()
    except EnvelopeShut as shut:
        raise CannotOpenIdentity(shut.why) from None


def _private(public: bytes, given: Given, *, by: Capacity) -> bytes:
    try:
        return keys.private_key(public, person=by.person, passphrase=given.passphrase)
    except keys.LockFaulty as faulty:
        raise WrongPassphrase(faulty.why) from None
    except keys.KeyRefused as refused:
        raise CannotOpenIdentity(refused.why) from None


def _occasion(number: str, sequence: int) -> bytes:
    """Return what a slip is good for: one request in one matter."""
    return f"{number} {sequence}".encode()
