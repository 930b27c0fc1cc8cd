"""Writes of supervision: taking in a log of another system, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import Log
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.models import Feed, FeedCase, FeedImport
from xiaoneng.supervision.queries import CASE_COLUMNS, fingerprints, is_newest

BATCH = 1000


@transaction.atomic
def import_feed(*, mapping: LogMapping, log: Log, now: datetime) -> Imported:
    """Take in a sound log as the feed of its agency: new cases added, changed ones replaced, the same left alone.

    The newest file once more, read by the same mapping, changes nothing. Cases that an earlier file told and this
    one does not are kept: that a system is silent on a case does not end it.
    """
    known = Feed.objects.select_for_update().filter(pk=mapping.key).first()
    if known and known.mapping == mapping.text and is_newest(mapping.key, sha256=log.sha256):
        return _nothing(log)
    feed = _feed(mapping)
    before = fingerprints(feed.key)
    prints = {case.key: case.fingerprint for case in log.cases}
    differs = [case for case in log.cases if before.get(case.key) != prints[case.key]]
    created = sum(key not in before for key in prints)
    _write(feed, differs, prints)
    done = Imported(
        cases=len(prints),
        created=created,
        changed=len(differs) - created,
        same=len(prints) - len(differs),
        absent=len(before.keys() - prints.keys()),
    )
    FeedImport.objects.create(
        feed=feed,
        file_name=log.name,
        sha256=log.sha256,
        imported_at=now,
        cases=done.cases,
        rows=log.rows,
        created=done.created,
        changed=done.changed,
    )
    return done


def _nothing(log: Log) -> Imported:
    count = len(log.cases)
    return Imported(cases=count, created=0, changed=0, same=count, absent=0, repeated=True)


def _feed(mapping: LogMapping) -> Feed:
    said = {
        "agency_zh": mapping.agency.zh,
        "agency_en": mapping.agency.en,
        "mapping": mapping.text,
        "zone": mapping.times.zone.key,
    }
    return Feed.objects.update_or_create(key=mapping.key, defaults=said)[0]


def _write(feed: Feed, cases: Iterable[ReadCase], prints: dict[str, str]) -> None:
    rows = [
        FeedCase(
            feed=feed,
            fingerprint=prints[case.key],
            **{column: getattr(case, field) for column, field in CASE_COLUMNS.items()},
        )
        for case in cases
    ]
    FeedCase.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("feed", "key"),
        update_fields=[*(column for column in CASE_COLUMNS if column != "key"), "fingerprint"],
    )
