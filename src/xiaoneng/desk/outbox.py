"""The outbox (外发箱): notices put in by supervision, and all notices sent, each once by its key.

A notice goes by mail where an address is known; otherwise it is read on the page that shows it. Before a message
leaves it is claimed for a while, so that two workers never send one notice; a message whose worker died in between
goes again under the same Message-ID, by which the recipient's mail program knows it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet

from xiaoneng.desk.inserting import insert_new
from xiaoneng.desk.reading import dossier_of
from xiaoneng.desk.telling import APPLICANT
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.models import Bar, Matter, Notice, Particulars
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.models import Person

log = logging.getLogger(__name__)
MAIL, PAGE = "mail", "page"
ATTEMPTS = 6
"""After so many failures a notice stands on its page alone."""
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One notice to be put in the outbox; `key` makes it one for ever, `due_at` holds it back."""

    key: str
    matter: int
    recipient: str
    kind: str
    words: Phrase
    sequence: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What one round of sending did."""

    mailed: int = 0
    posted: int = 0
    failed: int = 0

    def __add__(self, more: Sent) -> Sent:
        """Return both rounds together."""
        return Sent(
            mailed=self.mailed + more.mailed,
            posted=self.posted + more.posted,
            failed=self.failed + more.failed,
        )


def tell(words: Iterable[Word], *, now: datetime) -> None:
    """Put notices in the outbox; one whose key is there already is not put in again."""
    insert_new(
        Notice,
        [
            {
                "key": one.key,
                "matter_id": one.matter,
                "sequence": one.sequence,
                "recipient": one.recipient,
                "kind": one.kind,
                "zh": one.words.zh,
                "en": one.words.en,
                "created_at": now,
                "due_at": one.due_at,
                "via": "",
                "attempts": 0,
            }
            for one in words
        ],
    )


def send_due(*, now: datetime, batch: int = 200) -> Sent:
    """Send up to `batch` notices that are due at `now`, oldest first, and return what became of them."""
    claimed = _claimed(now=now, batch=batch)
    addresses = _addresses(claimed, now=now)
    posted = [one.pk for one in claimed if not addresses.get(one.pk)]
    Notice.objects.filter(pk__in=posted).update(sent_at=now, via=PAGE)
    done = Sent(posted=len(posted))
    to_mail = [(one, addresses[one.pk]) for one in claimed if addresses.get(one.pk)]
    if not to_mail:
        return done
    with get_connection() as mail:
        for notice, address in to_mail:
            done += _mailed(notice, address, mail=mail, now=now)
    return done


def _claimed(*, now: datetime, batch: int) -> list[Notice]:
    """Return due notices, put forward by a growing pause so that no other worker takes them meanwhile."""
    with transaction.atomic():
        due = list(_due(now).select_for_update(skip_locked=True).order_by("created_at", "id")[:batch])
        for attempts in {one.attempts for one in due}:
            keys = [one.pk for one in due if one.attempts == attempts]
            later = now + timedelta(minutes=5 * 2**attempts)
            Notice.objects.filter(pk__in=keys).update(attempts=F("attempts") + 1, due_at=later)
    return due


def _due(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(due_at__isnull=True) | Q(due_at__lte=now), sent_at__isnull=True)


def _mailed(notice: Notice, address: str, *, mail: object, now: datetime) -> Sent:
    if notice.attempts >= ATTEMPTS:
        Notice.objects.filter(pk=notice.pk).update(sent_at=now, via=PAGE)
        log.warning("notice %s could not be mailed %s times and stands on its page", notice.key, ATTEMPTS)
        return Sent(posted=1)
    try:
        _message(notice, address, mail=mail).send()
    except (SMTPException, OSError) as failure:
        log.warning("notice %s was not mailed: %s", notice.key, failure)
        return Sent(failed=1)
    Notice.objects.filter(pk=notice.pk).update(sent_at=now, via=MAIL)
    return Sent(mailed=1)


def _message(notice: Notice, address: str, *, mail: object) -> EmailMessage:
    identity = re.sub(r"[^\w.-]", ".", notice.key)
    host = settings.SITE.partition("/")[0]
    return EmailMessage(
        subject=notice.zh.partition("。")[0][:60],
        body=f"{notice.zh}\n\n{notice.en}\n",
        to=[address],
        connection=mail,
        headers={"Message-ID": f"<{identity}@{host}>"},
    )


def _addresses(notices: Sequence[Notice], *, now: datetime) -> dict[int, str]:
    """Return the address of each notice that has one: the applicant's, or that of whoever acts in the post."""
    applicants = _applicants({one.matter_id for one in notices if one.recipient == APPLICANT})
    posts = [one for one in notices if one.recipient != APPLICANT]
    found = {one.pk: applicants.get(one.matter_id, "") for one in notices if one.recipient == APPLICANT}
    found |= _acting(posts, now=now)
    return {key: address for key, address in found.items() if address}


def _applicants(matters: Iterable[int]) -> dict[int, str]:
    rows = Particulars.objects.filter(act__matter__in=list(matters), act__sequence=1)
    found: dict[int, str] = {}
    for matter, body in rows.values_list("act__matter_id", "body"):
        address = ADDRESS.search(_contact(body))
        if address:
            found[matter] = address.group()
    return found


def _contact(body: str) -> str:
    return str(json.loads(body).get("contact", ""))


def _acting(notices: Sequence[Notice], *, now: datetime) -> dict[int, str]:
    """Return the address of whoever acts in the post of each notice; nobody who must stand aside is written to."""
    seats = organisation.seats({one.recipient for one in notices})
    aside = _aside({one.matter_id for one in notices})
    people: dict[int, int] = {}
    for one in notices:
        seat = seats.get(one.recipient)
        acting = seat.acting(at=now, recused=aside.get(one.matter_id, frozenset())) if seat else None
        if acting is not None:
            people[one.pk] = acting.person
    mails = dict(Person.objects.filter(pk__in=set(people.values())).values_list("pk", "user__email"))
    return {key: mails.get(person) or "" for key, person in people.items()}


def _aside(matters: set[int]) -> dict[int, frozenset[int]]:
    """Return who stands aside in each matter that bars anybody."""
    barred = Matter.objects.filter(pk__in=Bar.objects.filter(matter__in=matters).values("matter"))
    return {matter.pk: dossier_of(matter).aside for matter in barred}
