from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.pure.flow.logs import OFFICE, real, table
from xiaoneng.cli.main import COMMANDS, main
from xiaoneng.supervision.access import imports_of
from xiaoneng.supervision.models import FeedCase, FeedImport

pytestmark = pytest.mark.django_db

LATE = "A1,2026-03-02 09:00:00,2026-03-25 08:00:00,2026-03-20 17:00:00,[窗口],王某,受理,2026-03-02 09:05:00"
OPEN = "A2,2026-03-02 09:00:00,,2026-03-20 17:00:00,网上,李某,受理,2026-03-02 09:05:00"
BAD = "A3,2026-03-02 09:00:00,,soon,网上,李某,受理,noon"


@pytest.fixture
def office(tmp_path: Path) -> str:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, object]]:
    assert main(["supervise", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_date_means_its_end_by_the_clock_of_the_agency(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = str(table(tmp_path, LATE, OPEN))
    board = said(capsys, log, "--mapping", office, "--as-of", "2026-03-20")["board"]
    assert board["as_of_local"] == "2026-03-20T23:59:59.999999+08:00"
    assert board["lights"]["overdue"] == 2  # type: ignore[index]
    board = said(capsys, log, "--mapping", office, "--as-of", "2026-03-20T16:59")["board"]
    assert board["lights"]["due_soon"] == 2  # type: ignore[index]


def test_a_second_run_says_that_nothing_changed(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = str(table(tmp_path, LATE, OPEN))
    assert said(capsys, log, "--mapping", office)["imported"]["created"] == 2
    assert said(capsys, log, "--mapping", office)["imported"]["repeated"] is True


def test_a_bad_file_is_refused_with_every_place_and_stores_nothing(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = str(table(tmp_path, LATE, BAD, OPEN))
    assert main(["supervise", log, "--mapping", office, "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "line 3 case:due: not a time: “soon”" in told
    assert "line 3 time:timestamp: not a time: “noon”" in told
    assert FeedCase.objects.count() == 0


def test_what_is_on_the_board_is_in_the_columns_too_and_nothing_that_was_refused(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["supervise", str(table(tmp_path, BAD, OPEN)), "--mapping", office]) == 2
    assert imports_of("county-office") == []
    log = str(table(tmp_path, LATE, OPEN))
    said(capsys, log, "--mapping", office)
    said(capsys, log, "--mapping", office)
    (batch,) = imports_of("county-office")
    assert (batch.state, batch.new) == ("taken", 2)
    assert list(FeedImport.objects.values_list("batch", flat=True)) == [1]
    assert main(["feeds", "take", log, "--mapping", office, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["repeated"] is True


def test_looking_without_storing_leaves_nothing(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(capsys, str(table(tmp_path, LATE)), "--mapping", office, "--no-store")
    assert found["imported"] is None
    assert FeedCase.objects.count() == 0


@pytest.mark.parametrize(("language", "words"), [("zh", "超期办结"), ("en", "Closed late")])
def test_the_board_is_printed_in_both_languages_with_names_as_written(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert main(["supervise", str(table(tmp_path, LATE, OPEN)), "--mapping", office, "--lang", language]) == 0
    told = capsys.readouterr().out
    assert f"□ {words}" in told
    assert "[窗口]" in told


@pytest.mark.parametrize("missing", ["no-such.csv", "office.toml"])
def test_a_log_that_is_not_there_or_no_log_is_refused(
    tmp_path: Path, office: str, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    assert main(["supervise", str(tmp_path / missing), "--json"]) == 2
    assert len(json.loads(capsys.readouterr().out)["refused"]) == 1


def test_the_receipt_log_needs_no_mapping_and_both_forms_give_one_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table_form = said(capsys, str(real("wabo-receipt/receipt.csv")), "--as-of", "2012-01-23")
    xes_form = said(capsys, str(real("wabo-receipt/receipt.xes.gz")), "--as-of", "2012-01-23")
    assert xes_form["board"] == table_form["board"]
    assert xes_form["imported"]["same"] == 1434


def test_help_lists_every_command_and_an_unknown_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name} " in told for name in COMMANDS)
    assert main(["superwise"]) == 2
    assert "superwise" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"manage"}))
def test_every_command_is_a_function_of_its_module(name: str) -> None:
    module = name.replace("-", "_")
    assert callable(getattr(import_module(f"xiaoneng.cli.{module}"), module))
