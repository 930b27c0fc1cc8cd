"""Writes of what comes in: feeds, the cases of an import on the board, tokens of senders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.db import IntegrityError, transaction

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.columns.store import Batch
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.supervision.actions import put_cases, put_feed
from xiaoneng.supervision.feeding.queries import prints_of, was_shown
from xiaoneng.supervision.feeding.tokens import Bearer, digest_of, new_secret
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.models import Feed, FeedImport, FeedToken

AT_ONCE = 900
"""Cases compared in one question: SQLite takes no more than some thousand values."""


class TokenNamed(ValueError):
    """A token of this feed has this name already."""


def register(mapping: LogMapping) -> None:
    """Make a feed known that is not; one that is keeps the mapping by which it was last taken in."""
    if not Feed.objects.filter(pk=mapping.key).exists():
        put_feed(mapping)


def amend(mapping: LogMapping) -> None:
    """Let a feed be read by this mapping from now on."""
    put_feed(mapping)


@transaction.atomic
def show_on_board(
    *, mapping: LogMapping, batch: Batch, cases: Iterable[ReadCase], now: datetime
) -> Imported | None:
    """Write the cases that an import tells over what the board knew of them; None where that was done before.

    Cases are compared and written a few hundred at a time.
    """
    if was_shown(mapping.key, batch.number):
        return None
    feed = put_feed(mapping)
    done = _written(feed, cases)
    FeedImport.objects.create(
        feed=feed,
        batch=batch.number,
        file_name=batch.name,
        sha256=batch.sha256,
        imported_at=now,
        cases=done.cases,
        rows=batch.rows,
        created=done.created,
        changed=done.changed,
    )
    return done


@transaction.atomic
def refresh_board(*, mapping: LogMapping, batch: Batch, cases: Iterable[ReadCase]) -> Imported:
    """Write cases over what the board knew of them, where the import is already on record by its file."""
    feed = put_feed(mapping)
    if not was_shown(feed.key, batch.number):
        same = FeedImport.objects.filter(feed=feed, sha256=batch.sha256, batch__isnull=True)
        newest = same.order_by("-pk").values("pk")[:1]
        FeedImport.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(batch=batch.number)
    return _written(feed, cases)


def _written(feed: Feed, cases: Iterable[ReadCase]) -> Imported:
    count = created = changed = 0
    for some in _in_groups(iter(cases)):
        before = prints_of(feed.key, [case.key for case in some])
        prints = {case.key: case.fingerprint for case in some}
        differs = [case for case in some if before.get(case.key) != prints[case.key]]
        put_cases(feed, differs, prints=prints)
        count += len(some)
        created += len(some) - len(before)
        changed += len(differs) - (len(some) - len(before))
    return Imported(cases=count, created=created, changed=changed, same=count - created - changed, absent=0)


def _in_groups(cases: Iterator[ReadCase]) -> Iterator[list[ReadCase]]:
    while some := list(islice(cases, AT_ONCE)):
        yield some


def give_token(feed: str, *, name: str, now: datetime) -> str:
    """Make a token of a feed and return it: the only time that it can be read; raises TokenNamed."""
    secret = new_secret()
    try:
        with transaction.atomic():
            FeedToken.objects.create(feed_id=feed, name=name, digest=digest_of(secret), created_at=now)
    except IntegrityError:
        raise TokenNamed(name) from None
    return secret


def revoke_token(feed: str, *, name: str, now: datetime) -> bool:
    """Let a token open nothing any more; return whether there was one."""
    rows = FeedToken.objects.filter(feed_id=feed, name=name, revoked_at__isnull=True)
    return bool(rows.update(revoked_at=now))


def used(bearer: Bearer, *, day: date) -> None:
    """Keep the day on which a token was last used; written once a day."""
    FeedToken.objects.filter(pk=bearer.token).exclude(last_used_on=day).update(last_used_on=day)
