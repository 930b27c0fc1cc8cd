"""A complaint centre that keeps identities: its posts, their keys, and complaints with names in them, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from tests.office import AGENCY, Office, at, found_office
from xiaoneng.desk import keys, recording
from xiaoneng.desk.opening import Request
from xiaoneng.ledger import lockbox
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.organisation.capacity import CITIZEN, Duty, Standing
from xiaoneng.organisation.models import Incumbency, Person, Post

NOW = at("2026-03-02 09:00")
CENTRE, HEAD = f"{AGENCY}-complaints", f"{AGENCY}-head"
WORDS = {
    "complaints-A": "centre officer says open",
    "complaints-B": "投诉中心副岗的口令很长很长",
    "head-A": "head of the centre agrees",
    "head-B": "cover of the head agrees too",
}
"""Everybody's own passphrase."""
NAME, PHONE, IDENTITY, ADDRESS = "欧阳密封鹮（虚构）", "13912345678", "33020019710230123X", "无名巷七十七号半"
KNOWN = "窗口让我跑了三次"
"""What a complaint says in clear: a search must find it, or it finds nothing at all."""
MARKERS = (NAME, PHONE, IDENTITY, ADDRESS)


@contextmanager
def cheap_locks() -> Iterator[None]:
    """Make locks cheap: what one costs is seen in the pure tests."""
    with patch.object(lockbox, "SERVICE", lockbox.LIGHT):
        yield


def found_centre() -> Office:
    """Found the office with a complaints post held by an A and a B beside its usual posts."""
    office = found_office()
    post = Post.objects.create(
        code=CENTRE, agency_id=office.agency, zh="效能投诉", en="Complaints", duty=Duty.COMPLAINTS
    )
    for standing in (Standing.PRIMARY, Standing.COVER):
        person = Person.objects.create(name=f"投诉{standing.value}（虚构）", invented=True)
        office.people[f"complaints-{standing.value}"] = person.pk
        Incumbency.objects.create(
            post=post, person=person, standing=standing, active_from=at("2020-01-01 00:00")
        )
    return office


def give_keys(office: Office, *, covers: bool = False) -> None:
    """Give both keeping posts a key, with copies for A, and for B where `covers`."""
    for post, who in ((CENTRE, "complaints"), (HEAD, "head")):
        first, second = f"{who}-A", f"{who}-B"
        keys.make_key(post, person=office.people[first], passphrase=WORDS[first], now=NOW)
        if covers:
            keys.grant_copies(
                post,
                by=office.people[first],
                passphrase=WORDS[first],
                to=office.people[second],
                new_passphrase=WORDS[second],
                now=NOW,
            )


def complaint(*, manner: Manner = Manner.REAL_NAME, when: datetime = NOW) -> ComplaintMade:
    """Return a complaint with everything sealed in it; without a name if it is anonymous."""
    sealed = (
        {}
        if manner is Manner.ANONYMOUS
        else {
            "complainant": NAME,
            "contact": PHONE,
            "identity_number": IDENTITY,
            "address": ADDRESS,
        }
    )
    return ComplaintMade(
        at=when,
        by=CITIZEN,
        manner=manner,
        text=KNOWN,
        about_words="窗口的工作人员",
        **sealed,
    )


def file(act: ComplaintMade | None = None, *, now: datetime | None = None) -> recording.Receipt:
    """File a complaint with the centre, at its own time where `now` is not given."""
    act = act or complaint()
    posts = (
        Responsible(role=Role.CENTRE, post=CENTRE),
        Responsible(role=Role.HANDLER, post=CENTRE),
    )
    request = Request(procedure="complaint", agency=AGENCY, posts=posts)
    return recording.open_matter(act, request=request, now=now or act.at)
