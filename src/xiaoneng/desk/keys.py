"""The keys of posts (岗位钥匙): made, copied for whoever else holds the post, retired; what is missing.

A key belongs to a post and is held by persons: each has a copy, locked with a passphrase of their own. So a copy for
B needs the passphrase of somebody who has one. No private key and no passphrase is ever stored or logged as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger import lockbox
from xiaoneng.ledger.lockbox import LockFaulty
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.models import Person, Post, PostKey
from xiaoneng.organisation.roster import Seat

KEEPING = (Duty.COMPLAINTS, Duty.SUPERVISE)
"""An agency with a post of such a duty keeps identities: that post has a key, and who stands as head beside it."""
BESIDE = (Duty.HEAD, Duty.OVERSEE)
"""Whoever stands as head: the leader in charge does where the head is in conflict."""

NO_POST = Phrase("没有这个岗位", "There is no such post")
NO_PERSON = Phrase("没有这个人，请填人员号或用户名", "There is nobody of that number or user name")
NOT_HOLDER = Phrase("此人现在不在该岗位任职", "This person does not hold the post now")
NO_COPY = Phrase(
    "没有您的钥匙副本，请由持有人授予", "You have no copy of this key: ask a holder to grant one"
)
HAS_COPY = Phrase("此人已有全部钥匙的副本", "This person has a copy of every key already")


class KeyRefused(Exception):
    """A key cannot be made, copied or used; `why` says so in words for whoever tried."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


def make_key(post: str, *, person: int, passphrase: str, now: datetime) -> bytes:
    """Make a new key for a post, its first copy for `person`, and return the public key.

    The key before is retired: it seals nothing any more, and its copies still open what it sealed. Raises KeyRefused
    unless the person holds the post, LockFaulty for a weak passphrase.
    """
    private = lockbox.new_key()
    public = lockbox.public_of(private)
    _holder(post, person, now=now)
    box = lockbox.lock(private, passphrase=passphrase, holder=_about(post, person, public.hex()))
    with transaction.atomic():
        PostKey.objects.filter(post_id=post, retired_at__isnull=True).update(retired_at=now)
        PostKey.objects.create(post_id=post, person_id=person, public=public.hex(), locked=box, made_at=now)
    return public


def grant_copies(post: str, *, by: int, passphrase: str, to: int, new_passphrase: str, now: datetime) -> int:
    """Copy every key of a post that `by` holds and `to` lacks, retired ones too; return how many.

    Raises KeyRefused unless `to` holds the post and `by` has a copy, LockFaulty for a passphrase that does not fit.
    """
    _holder(post, to, now=now)
    mine = list(PostKey.objects.filter(post_id=post, person_id=by).order_by("pk"))
    if not mine:
        raise KeyRefused(NO_COPY)
    theirs = set(PostKey.objects.filter(post_id=post, person_id=to).values_list("public", flat=True))
    lacking = [one for one in mine if one.public not in theirs]
    if not lacking:
        raise KeyRefused(HAS_COPY)
    PostKey.objects.bulk_create(
        PostKey(
            post_id=post,
            person_id=to,
            public=one.public,
            locked=_again(one, passphrase, to=to, new_passphrase=new_passphrase),
            made_at=now,
            retired_at=one.retired_at,
        )
        for one in lacking
    )
    return len(lacking)


def change_passphrase(post: str, *, person: int, passphrase: str, new_passphrase: str) -> int:
    """Lock a person's copies of the keys of a post with another passphrase; return how many.

    A copy of the database made before still opens with the old one. Raises KeyRefused, LockFaulty.
    """
    mine = list(PostKey.objects.filter(post_id=post, person_id=person))
    if not mine:
        raise KeyRefused(NO_COPY)
    for one in mine:
        one.locked = _again(one, passphrase, to=person, new_passphrase=new_passphrase)
    PostKey.objects.bulk_update(mine, ["locked"])
    return len(mine)


def sealing_key(post: str) -> bytes | None:
    """Return the public key that a post's envelopes are sealed to now; None where the post has none."""
    rows = PostKey.objects.filter(post_id=post, retired_at__isnull=True).order_by("-made_at", "-pk")
    found = rows.values_list("public", flat=True).first()
    return bytes.fromhex(found) if found else None


def posts_of_keys(publics: Sequence[bytes]) -> dict[bytes, str]:
    """Return the posts to which public keys belong."""
    rows = PostKey.objects.filter(public__in=[one.hex() for one in publics])
    return {bytes.fromhex(public): post for public, post in rows.values_list("public", "post_id")}


def private_key(public: bytes, *, person: int, passphrase: str) -> bytes:
    """Return a private key, for the moment of its use; raises KeyRefused without a copy, LockFaulty."""
    row = PostKey.objects.filter(public=public.hex(), person_id=person).first()
    if row is None:
        raise KeyRefused(NO_COPY)
    return _unlocked(row, passphrase)


def _holder(post: str, person: int, *, now: datetime) -> None:
    seat = organisation.seats([post]).get(post)
    if seat is None:
        raise KeyRefused(NO_POST)
    if seat.held_by(person, at=now) is None:
        raise KeyRefused(NOT_HOLDER)


def _about(post: str, person: int, public: str) -> str:
    return f"{post} {person} {public}"


def _unlocked(row: PostKey, passphrase: str) -> bytes:
    about = _about(row.post_id, row.person_id, row.public)
    return lockbox.unlock(row.locked, passphrase=passphrase, holder=about)


def _again(row: PostKey, passphrase: str, *, to: int, new_passphrase: str) -> str:
    private = _unlocked(row, passphrase)
    return lockbox.lock(private, passphrase=new_passphrase, holder=_about(row.post_id, to, row.public))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """A post that keeps identities: its keys, who has copies of the present one, what is missing."""

    post: str
    title: str
    agency: str
    public: str = ""
    made_at: datetime | None = None
    copies: tuple[str, ...] = ()
    retired: int = 0
    lacking: tuple[Phrase, ...] = ()


def key_states(*, now: datetime) -> tuple[KeyState, ...]:
    """Return every post that keeps identities, in the order of agencies."""
    posts = list(_keeping())
    seats = organisation.seats([one.pk for one in posts])
    return tuple(_state(one, seats[one.pk], now=now) for one in posts)


def _keeping() -> QuerySet[Post]:
    offices = Post.objects.filter(duty__in=KEEPING).values("agency_id")
    rows = Post.objects.filter(agency_id__in=offices, duty__in=(*KEEPING, *BESIDE))
    return rows.select_related("agency").order_by("agency_id", "pk")


def _state(post: Post, seat: Seat, *, now: datetime) -> KeyState:
    rows = list(PostKey.objects.filter(post=post).select_related("person").order_by("made_at", "pk"))
    present = [one for one in rows if one.retired_at is None]
    return KeyState(
        post=post.pk,
        title=post.zh,
        agency=post.agency.short,
        public=present[0].public if present else "",
        made_at=present[0].made_at if present else None,
        copies=tuple(one.person.name for one in present),
        retired=len({one.public for one in rows if one.retired_at is not None}),
        lacking=tuple(_lacking(seat, {one.person_id for one in present}, now=now)),
    )


def _lacking(seat: Seat, people: set[int], *, now: datetime) -> Iterator[Phrase]:
    """Yield what is missing: a key, a second copy, a copy for whoever holds the post."""
    if not people:
        yield Phrase("没有钥匙：不能收实名、保密投诉", "no key: named complaints cannot be taken in")
        return
    if len(people) == 1:
        yield Phrase(
            "只有一人有副本：此人口令一失，身份永远打不开",
            "only one copy: with that passphrase lost, identities stay shut for ever",
        )
    for standing in (Standing.PRIMARY, Standing.COVER):
        held = seat.holding(standing, at=now)
        if held is not None and held.person not in people:
            yield Phrase(f"{held.name}（{standing} 岗）没有副本", f"{held.name} ({standing}) has no copy")


def holder_of(post: str, *, now: datetime) -> int:
    """Return the A of a post; raises KeyRefused where there is no such post, or nobody holds it."""
    seat = organisation.seats([post]).get(post)
    if seat is None:
        raise KeyRefused(NO_POST)
    held = seat.holding(Standing.PRIMARY, at=now)
    if held is None:
        raise KeyRefused(NOT_HOLDER)
    return held.person


def person_named(text: str) -> tuple[int, str]:
    """Return number and name of a person given by number or user name; raises KeyRefused."""
    rows = (
        Person.objects.filter(pk=int(text))
        if text.isdecimal()
        else Person.objects.filter(user__username=text)
    )
    found = rows.values_list("pk", "name").first()
    if found is None:
        raise KeyRefused(NO_PERSON)
    return found


def furnish(*, passphrase: str, now: datetime) -> int:
    """Make a key for every post that keeps identities and has none, copies for A and B, all with one passphrase.

    For demonstrations and tests only: in service every holder has a passphrase of their own. Returns how many keys.
    """
    made = 0
    for post in _keeping():
        seat = organisation.seats([post.pk])[post.pk]
        held = (seat.holding(one, at=now) for one in (Standing.PRIMARY, Standing.COVER))
        people = sorted({one.person for one in held if one is not None})
        if people and sealing_key(post.pk) is None:
            PostKey.objects.bulk_create(_printed(post.pk, people, passphrase, now=now))
            made += 1
    return made


def _printed(post: str, people: list[int], passphrase: str, *, now: datetime) -> Iterator[PostKey]:
    """Yield the copies of a key whose passphrase is printed for all to see, so that a strong lock would be for show."""
    private = lockbox.new_key()
    public = lockbox.public_of(private).hex()
    for person in people:
        about = _about(post, person, public)
        box = lockbox.lock(private, passphrase=passphrase, holder=about, cost=lockbox.LIGHT)
        yield PostKey(post_id=post, person_id=person, public=public, locked=box, made_at=now)


__all__ = [
    "KeyRefused",
    "KeyState",
    "LockFaulty",
    "change_passphrase",
    "furnish",
    "grant_copies",
    "holder_of",
    "key_states",
    "make_key",
    "person_named",
    "posts_of_keys",
    "private_key",
    "sealing_key",
]
