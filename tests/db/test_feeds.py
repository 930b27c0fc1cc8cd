from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.pure.flow.logs import mapping, office, real, table
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.judge import CaseLight
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import read_log
from xiaoneng.supervision.access import NoFeed, feed_list, feed_view
from xiaoneng.supervision.actions import import_feed
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.models import Feed, FeedCase, FeedImport

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
OPEN = "A{},2026-03-02 09:00:00,,2026-03-20 17:00:00,窗口,王某,受理,2026-03-02 09:05:00"
CLOSED = "A{},2026-03-02 09:00:00,2026-03-09 08:00:00,2026-03-20 17:00:00,窗口,王某,受理,2026-03-02 09:05:00"


def take(path: Path, *, by: LogMapping | None = None, now: datetime = MONDAY) -> Imported:
    by = by or office()
    return import_feed(mapping=by, log=read_log(path, mapping=by), now=now)


def rows() -> list[tuple[object, ...]]:
    return list(FeedCase.objects.order_by("pk").values_list())


def test_importing_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, OPEN.format(1), CLOSED.format(2))
    first = take(path)
    before = rows(), list(FeedImport.objects.values_list())
    again = take(path, now=TUESDAY)
    assert (first.created, again.repeated, again.same) == (2, True, 2)
    assert (rows(), list(FeedImport.objects.values_list())) == before


def test_a_newer_file_changes_only_what_changed_and_ends_no_case_by_silence(tmp_path: Path) -> None:
    take(table(tmp_path, OPEN.format(1), OPEN.format(2), OPEN.format(3)))
    before = {row[0]: row for row in rows()}
    done = take(table(tmp_path, OPEN.format(1), CLOSED.format(2), OPEN.format(4)), now=TUESDAY)
    assert done == Imported(cases=3, created=1, changed=1, same=1, absent=1)
    after = {row[0]: row for row in rows()}
    assert sum(after[pk] != row for pk, row in before.items()) == 1
    assert FeedCase.objects.get(key="A3").ended_at is None


def test_the_same_file_read_by_a_corrected_mapping_is_taken_in_anew(tmp_path: Path) -> None:
    path = table(tmp_path, OPEN.format(1))
    take(path)
    assert take(path, by=office(due_is_a_day="true"), now=TUESDAY).changed == 1


def test_a_file_with_one_bad_row_stores_nothing(tmp_path: Path) -> None:
    with pytest.raises(LogRefused):
        take(table(tmp_path, OPEN.format(1), OPEN.format(2).replace("2026-03-20", "20 March")))
    assert (Feed.objects.count(), FeedCase.objects.count(), FeedImport.objects.count()) == (0, 0, 0)


def test_a_case_is_there_once_in_its_feed(tmp_path: Path) -> None:
    take(table(tmp_path, OPEN.format(1)))
    case = FeedCase.objects.get()
    case.pk = None
    with pytest.raises(IntegrityError):
        case.save(force_insert=True)


def test_a_feed_is_listed_with_its_newest_import(tmp_path: Path) -> None:
    take(table(tmp_path, OPEN.format(1), name="monday.csv"))
    take(table(tmp_path, OPEN.format(1), OPEN.format(2), name="tuesday.csv"), now=TUESDAY)
    (line,) = feed_list()
    assert (line.agency.zh, line.file_name, line.cases, line.imported_at) == (
        "县办",
        "tuesday.csv",
        2,
        TUESDAY,
    )


def test_what_is_stored_is_what_was_read_and_a_list_opens_from_its_light(tmp_path: Path) -> None:
    path = table(tmp_path, OPEN.format(1), CLOSED.format(2))
    take(path)
    view = feed_view("county-office")
    assert list(view.cases) == list(read_log(path, mapping=office()).cases)
    by = view.yardstick(now=MONDAY)
    assert by.as_of == datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
    assert [one.case.key for one in view.listed(by=by, light=CaseLight.CLOSED_IN_TIME)] == ["A2"]
    assert len(list(view.listed(by=by, group="person", name="王某"))) == view.board(by=by).cases == 2


def test_a_feed_is_read_in_two_queries_whatever_its_size(tmp_path: Path) -> None:
    take(table(tmp_path, *(OPEN.format(n) for n in range(200))))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(feed_view("county-office").cases) == 200
    assert len(seen) == 2


def test_an_unknown_feed_is_not_there() -> None:
    with pytest.raises(NoFeed):
        feed_view("nobody")


def test_the_receipt_log_as_xes_after_its_csv_form_changes_no_case() -> None:
    wabo = mapping("wabo-receipt")
    assert take(real("wabo-receipt/receipt.csv"), by=wabo).created == 1434
    done = take(real("wabo-receipt/receipt.xes.gz"), by=wabo, now=TUESDAY)
    assert (done.created, done.changed, done.same, done.absent) == (0, 0, 1434, 0)
