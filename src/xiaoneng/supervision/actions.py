"""Writes of supervision: filing cards, putting off, keeping the walk; taking in a log, whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from xiaoneng.desk import outbox
from xiaoneng.desk.days import Today
from xiaoneng.desk.inserting import insert_new
from xiaoneng.desk.serials import new_numbers
from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import Log
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.queries import keys_of
from xiaoneng.organisation import actions as organisation
from xiaoneng.organisation.capacity import Duty
from xiaoneng.supervision.card import PREFIX, Raised, leaves_at, notice_words
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.mandate import NewMandate
from xiaoneng.supervision.models import Card, Feed, FeedCase, FeedImport, Mandate, PutOff, Walk
from xiaoneng.supervision.queries import CASE_COLUMNS, fingerprints, is_newest, known_keys
from xiaoneng.worktime.days import local_day, midnight

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
    feed = put_feed(mapping)
    before = fingerprints(feed.key)
    prints = {case.key: case.fingerprint for case in log.cases}
    differs = [case for case in log.cases if before.get(case.key) != prints[case.key]]
    created = sum(key not in before for key in prints)
    put_cases(feed, differs, prints=prints)
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


def put_feed(mapping: LogMapping) -> Feed:
    """Keep a feed with the mapping that reads it, and return it."""
    said = {
        "agency_zh": mapping.agency.zh,
        "agency_en": mapping.agency.en,
        "mapping": mapping.text,
        "zone": mapping.times.zone.key,
    }
    return Feed.objects.update_or_create(key=mapping.key, defaults=said)[0]


def put_cases(feed: Feed, cases: Iterable[ReadCase], *, prints: Mapping[str, str]) -> None:
    """Write cases over what was known of them, each with its fingerprint by key."""
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


def file_cards(raised: Sequence[Raised], *, now: datetime) -> list[tuple[str, Raised]]:
    """File those cards that were never filed before, and return them in order with their numbers.

    A card is one for ever by matter and key.
    """
    known = known_keys({one.row.matter for one in raised})
    fresh = {(one.row.matter, one.row.key): one for one in raised}
    new = [one for place, one in fresh.items() if place not in known]
    if not new:
        return []
    numbers = new_numbers(PREFIX, year=local_day(now).year, count=len(new))
    insert_new(
        Card, [_columns(one, number=number, now=now) for number, one in zip(numbers, new, strict=True)]
    )
    # Somebody who looked at the same matter in this very moment may have been first.
    filed = set(Card.objects.filter(number__in=numbers).values_list("number", flat=True))
    return [(number, one) for number, one in zip(numbers, new, strict=True) if number in filed]


def tell_cards(
    filed: Sequence[tuple[str, Raised]], *, cases: Mapping[str, str], days: Sequence[Today], now: datetime
) -> None:
    """Tell whom these cards name, with the number of the case of each; on a rest day it waits for a working day."""
    outbox.tell(_words(filed, cases=cases, days=days, now=now), now=now)


def give_case(card: int, *, case: str) -> None:
    """Write down in which matter a card is answered; raises LookupError where it has one already."""
    (matter,) = keys_of([case])
    if not Card.objects.filter(pk=card, case__isnull=True).update(case=matter):
        raise LookupError(f"card {card} has a case already")


def _columns(one: Raised, *, number: str, now: datetime) -> dict[str, object]:
    columns: dict[str, object] = {"number": number, "raised_at": now}
    columns.update((_COLUMN.get(name, name), getattr(one.row, name)) for name in one.row.__slots__)
    return columns


_COLUMN = {"matter": "matter_id"}


def _words(
    filed: Sequence[tuple[str, Raised]], *, cases: Mapping[str, str], days: Sequence[Today], now: datetime
) -> Iterable[outbox.Word]:
    today = local_day(now)
    for number, one in filed:
        if not one.row.told:
            continue
        day = next(day for day in days if day.holds(one.calendar))
        due_at = leaves_at(today, calendar=day.calendar)
        for post in one.posts:
            yield outbox.Word(
                key=f"{number}/{post}",
                matter=one.row.matter,
                recipient=post,
                kind=one.row.level,
                words=notice_words(
                    Level(one.row.level).phrase,
                    number=number,
                    matter=one.matter_number,
                    what=Phrase(one.row.zh, one.row.en),
                    case=cases.get(number, ""),
                ),
                due_at=due_at,
            )


def put_off(faults: Mapping[int, str], *, until: datetime) -> None:
    """Pass these matters over until an instant, with the reason each could not be judged."""
    for matter, reason in faults.items():
        again = PutOff.objects.filter(pk=matter).update(
            until=until, reason=reason[:200], tries=F("tries") + 1
        )
        if not again:
            PutOff.objects.create(pk=matter, until=until, reason=reason[:200])


def settled(matters: Collection[int]) -> None:
    """Forget that matters were put off: they could be judged now."""
    PutOff.objects.filter(pk__in=matters).delete()


def walked(day: date, *, looked: int, cards: int, now: datetime) -> None:
    """Keep that every act recorded up to the end of `day` has been looked at."""
    Walk.objects.get_or_create(day=day, defaults={"walked_at": now, "looked": looked, "cards": cards})


@transaction.atomic
def grant_mandate(mandate: NewMandate, *, person: int) -> None:
    """Appoint a person as inspector of an office: with a post of their own, held until the mandate ends by itself."""
    code = f"{mandate.agency}-inspect-{person}"
    words = mandate.category.phrase
    organisation.appoint(
        organisation.NewPost(
            code=code,
            agency=mandate.agency,
            name=Phrase(f"督察员（{words.zh}）", f"Inspector ({words.en.lower()})"),
            duty=Duty.INSPECT,
            duties=Phrase("", ""),
            external=False,
            superior="",
            holders=(),
        ),
        person=person,
        since=midnight(mandate.active_from),
        until=midnight(mandate.active_until),
    )
    Mandate.objects.create(
        person_id=person,
        post_id=code,
        category=mandate.category,
        active_from=mandate.active_from,
        active_until=mandate.active_until,
        document=mandate.document,
        ties=" ".join(mandate.ties),
    )
