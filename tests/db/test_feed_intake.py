from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pure.flow.logs import mapping, office, real, table
from tests.pure.flow.stores import BAD, DECIDED, FEED, RECEIVED
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.intake import Sent
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.columns.store import BatchState
from xiaoneng.flow.mapping import LogMapping
from xiaoneng.flow.reading import read_log
from xiaoneng.supervision import access
from xiaoneng.supervision.access import feed_view
from xiaoneng.supervision.actions import import_feed
from xiaoneng.supervision.feeding import intake
from xiaoneng.supervision.feeding.intake import Done
from xiaoneng.supervision.feeds import Imported
from xiaoneng.supervision.models import FeedCase, FeedImport

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
ENDED = "2026-03-09 08:00:00"


def take(path: Path, *, by: LogMapping | None = None, how: Manner | None = None) -> Done:
    by = by or office()
    source = file_source(path, mapping=by)
    return intake.take(source, mapping=by, sent=Sent(now=MONDAY), how=how or Manner())


def test_what_is_taken_is_on_the_board_and_on_record(tmp_path: Path) -> None:
    done = take(table(tmp_path, RECEIVED.format(1, ""), DECIDED.format(1, ""), RECEIVED.format(2, "")))
    assert done.board == Imported(cases=2, created=2, changed=0, same=0, absent=0)
    assert [(one.key, one.events) for one in feed_view(FEED).cases] == [("A1", 2), ("A2", 1)]
    assert list(FeedImport.objects.values_list("batch", "rows", "cases")) == [(1, 3, 2)]


def test_a_further_import_adds_to_the_cases_that_are_known(tmp_path: Path) -> None:
    take(table(tmp_path, RECEIVED.format(1, ""), RECEIVED.format(2, "")))
    done = take(table(tmp_path, DECIDED.format(1, ENDED)))
    assert done.board == Imported(cases=1, created=0, changed=1, same=0, absent=0)
    first, second = feed_view(FEED).cases
    assert (first.events, first.ended is not None, second.events) == (2, True, 1)


def test_nothing_of_an_import_with_faults_is_on_the_board_until_it_is_confirmed(tmp_path: Path) -> None:
    done = take(table(tmp_path, RECEIVED.format(1, ""), BAD.format(2)))
    assert (done.batch.state, done.board) == (BatchState.WAITING, None)
    assert FeedCase.objects.count() == 0
    assert access.feed_names() == {FEED: office().agency}
    confirmed = intake.confirm(FEED, 1, by="督察", now=MONDAY)
    assert confirmed.board == Imported(cases=1, created=1, changed=0, same=0, absent=0)


def test_an_import_that_did_not_reach_the_board_reaches_it_when_handed_in_again(tmp_path: Path) -> None:
    class PowerCut(Exception):
        pass

    def stop(step: str) -> None:
        if step == "taken":
            raise PowerCut

    path = table(tmp_path, RECEIVED.format(1, ""))
    with pytest.raises(PowerCut):
        take(path, how=Manner(step=stop))
    assert FeedCase.objects.count() == 0
    again = take(path)
    assert (again.repeated, again.board) == (True, Imported(cases=1, created=1, changed=0, same=0, absent=0))
    assert take(path).board is None
    assert FeedImport.objects.count() == 1


def test_a_feed_that_cannot_name_a_folder_is_refused(tmp_path: Path) -> None:
    by = office(without=("key",), key='"../县办"')
    with pytest.raises(LogRefused, match="small letters"):
        take(table(tmp_path, RECEIVED.format(1, "")), by=by)


@pytest.mark.parametrize("name", ["wabo-receipt/receipt.csv", "wabo-receipt/receipt.xes.gz"])
def test_the_board_is_the_same_by_the_lenient_door_and_by_the_strict_one(name: str) -> None:
    path, by = real(name), mapping("wabo-receipt")
    import_feed(mapping=by, log=read_log(path, mapping=by), now=MONDAY)
    strict = set(FeedCase.objects.values_list("key", "fingerprint"))
    done = take(path, by=by)
    assert done.board == Imported(cases=1434, created=0, changed=0, same=1434, absent=0)
    assert set(FeedCase.objects.values_list("key", "fingerprint")) == strict


def test_the_key_of_our_own_matters_is_nobody_elses() -> None:
    with pytest.raises(LogRefused, match="own is ours"):
        intake.refuse_bad_key(office(without=("key",), key='"own"'))
