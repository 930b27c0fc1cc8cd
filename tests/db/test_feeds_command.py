from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pure.flow.logs import OFFICE, table
from tests.pure.flow.stores import BAD, DECIDED, FEED, RECEIVED
from xiaoneng.cli import feed_watching
from xiaoneng.cli.main import main
from xiaoneng.flow.columns.intake import Sent, feed_lock
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.supervision.access import bearer_of, imports_of
from xiaoneng.supervision.feeding.intake import columns, take
from xiaoneng.supervision.feeding.settling import settle_behind
from xiaoneng.supervision.models import FeedCase, FeedToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tmp_path: Path) -> str:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    return str(path)


@pytest.fixture
def good(tmp_path: Path) -> str:
    return str(table(tmp_path, RECEIVED.format(1, ""), DECIDED.format(1, "")))


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    return str(table(tmp_path, RECEIVED.format(1, ""), BAD.format(2), name="mixed.csv"))


def data(capsys: pytest.CaptureFixture[str]) -> list[dict[str, dict[str, object]]]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, list)
    return found


def test_files_are_taken_and_the_worst_of_them_is_the_exit_code(
    tmp_path: Path, office: str, good: str, mixed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feeds", "take", good, "--mapping", office, "--json"]) == 0
    (told,) = data(capsys)
    assert (told["import"]["new"], told["board"]["created"], told["repeated"]) == (2, 1, False)
    assert main(["feeds", "take", good, mixed, "--mapping", office, "--json"]) == 1
    told, waits = data(capsys)
    assert (told["repeated"], waits["import"]["state"]) == (True, "waiting")
    assert main(["feeds", "take", str(tmp_path / "none.csv"), good, "--mapping", office, "--json"]) == 2
    refused, _ = data(capsys)
    assert "refused" in refused


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "有误，待确认"), ("en", "Faults found, waits to be confirmed")],
)
def test_what_waits_is_said_with_what_can_be_done(
    office: str, mixed: str, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main(["feeds", "take", mixed, "--mapping", office, "--lang", language]) == 1
    told = capsys.readouterr().out
    assert words in told
    assert f"xiaoneng feeds faults {FEED} 1" in told


def test_faults_are_listed_whole_and_the_good_rows_can_be_taken(
    office: str, mixed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["feeds", "take", mixed, "--mapping", office])
    capsys.readouterr()
    assert main(["feeds", "faults", FEED, "1", "--csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "line,column,zh,en"
    assert [one.split(",")[:2] for one in lines[1:]] == [["3", "case:due"], ["3", "time:timestamp"]]
    assert main(["feeds", "faults", FEED, "1", "--lang", "en"]) == 0
    assert "2 in all" in capsys.readouterr().out
    assert main(["feeds", "confirm", FEED, "1"]) == 0
    assert FeedCase.objects.count() == 1
    assert main(["feeds", "confirm", FEED, "1"]) == 2


def test_an_import_is_dropped_with_its_reason(
    office: str, mixed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["feeds", "take", mixed, "--mapping", office])
    assert main(["feeds", "drop", FEED, "1", "--why", "重新导出"]) == 0
    capsys.readouterr()
    assert main(["feeds", "show", FEED, "--json"]) == 0
    (batch,) = json.loads(capsys.readouterr().out)["imports"]
    assert (batch["state"], batch["why"]) == ("dropped", "重新导出")
    assert FeedCase.objects.count() == 0


def test_a_key_is_for_one_file_and_one_content(
    office: str, good: str, mixed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feeds", "take", good, mixed, "--mapping", office, "--key", "1"]) == 2
    assert main(["feeds", "take", good, "--mapping", office, "--key", "1"]) == 0
    assert main(["feeds", "take", mixed, "--mapping", office, "--key", "1"]) == 2
    assert [one.key for one in imports_of(FEED)] == ["1"]


def test_a_feed_is_known_before_anything_of_it_comes(office: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "list", "--json"]) == 0
    assert data(capsys) == []
    assert main(["feeds", "add", office]) == 0
    capsys.readouterr()
    assert main(["feeds", "list", "--json"]) == 0
    assert [one["feed"] for one in data(capsys)] == [FEED]
    assert main(["feeds", "show", "nobody"]) == 2
    assert main(["feeds", "faults", FEED, "7"]) == 2


def test_a_token_is_shown_once_and_kept_as_its_hash_alone(
    office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["feeds", "add", office])
    capsys.readouterr()
    assert main(["feeds", "token", FEED, "夜间上报"]) == 0
    secret = capsys.readouterr().out.strip()
    row = FeedToken.objects.get()
    assert secret not in {str(value) for value in vars(row).values()}
    assert (found := bearer_of(secret)) is not None
    assert found.feed == FEED
    assert main(["feeds", "token", FEED, "夜间上报"]) == 2
    assert main(["feeds", "revoke", FEED, "夜间上报"]) == 0
    assert bearer_of(secret) is None
    assert main(["feeds", "revoke", FEED, "夜间上报"]) == 2
    assert main(["feeds", "token", FEED, "夜间上报"]) == 0
    assert main(["feeds", "token", "nobody", "x"]) == 2


def test_a_watched_folder_is_emptied_into_done_and_faulty(
    tmp_path: Path, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_watching, "REST", 0.01)
    folder = tmp_path / "in"
    folder.mkdir()
    table(folder, RECEIVED.format(1, ""), name="a.csv")
    table(folder, RECEIVED.format(2, ""), BAD.format(3), name="b.csv")
    table(folder, "1,2", name="c.csv", header="x,y")
    table(folder, RECEIVED.format(4, ""), name="d.csv.part")
    assert main(["feeds", "watch", str(folder), "--once", "--mapping", office]) == 0
    found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert found == ["d.csv.part", "done/a.csv", "faulty/b.csv", "faulty/c.csv"]
    assert [one.state for one in imports_of(FEED)] == ["taken", "waiting"]


def test_a_file_that_was_taken_before_the_watch_was_stopped_is_put_away_and_taken_once(
    tmp_path: Path, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_watching, "REST", 0.01)
    folder = tmp_path / "in"
    (folder / "done").mkdir(parents=True)
    path = table(folder, RECEIVED.format(1, ""), name="a.csv")
    (folder / "done" / "a.csv").write_text("of yesterday", encoding="utf-8")
    main(["feeds", "take", str(path), "--mapping", office])
    assert main(["feeds", "watch", str(folder), "--once", "--mapping", office]) == 0
    assert sorted(one.name for one in (folder / "done").iterdir()) == ["a-2.csv", "a.csv"]
    assert len(imports_of(FEED)) == 1


def test_a_file_that_is_still_growing_is_left_alone(tmp_path: Path) -> None:
    path = table(tmp_path, RECEIVED.format(1, ""))
    before = feed_watching.sizes(tmp_path)
    with path.open("a", encoding="utf-8") as more:
        more.write(RECEIVED.format(2, "") + "\n")
    os.utime(path, ns=(1, 1))
    assert feed_watching.sizes(tmp_path) != before
    assert main(["feeds", "watch", str(tmp_path / "nowhere"), "--once"]) == 2


@pytest.mark.django_db(transaction=True)  # a round of work closes connections that are of no use
def test_what_is_taken_can_be_asked_at_once_and_what_came_over_the_network_after_a_round_of_work(
    office: str, good: str, mixed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["feeds", "take", good, "--mapping", office])
    store = columns()
    first = store.settled(FEED)
    assert first is not None
    assert store.behind() == []
    take(
        file_source(Path(mixed), mapping=parse_mapping(OFFICE)),
        mapping=parse_mapping(OFFICE),
        sent=Sent(now=datetime(2026, 3, 9, tzinfo=UTC), confirm=True),
    )
    assert store.behind() == [FEED]
    with feed_lock(store, FEED):
        assert settle_behind(wait=False) == []
    assert main(["work", "--once"]) == 0
    assert store.behind() == []
    assert store.settled(FEED) != first
    capsys.readouterr()
    assert main(["feeds", "settle", "--lang", "en"]) == 0
    assert "Nothing to settle" in capsys.readouterr().out
