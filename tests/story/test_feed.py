"""其他系统的办件：the log of an agency's own system, taken in by command and shown to the supervisor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import Office
from tests.pure.flow.logs import OFFICE, table
from tests.story.people import Officer, Town
from xiaoneng.cli.main import main

LATE = "A1,2026-03-02 09:00:00,2026-03-25 08:00:00,2026-03-20 17:00:00,[窗口],王某,受理,2026-03-02 09:05:00"
OPEN = "A2,2026-03-02 09:00:00,,2026-03-20 17:00:00,网上,李某,受理,2026-03-02 09:05:00"
NO_LIMIT = "A3,2026-03-03 09:00:00,2026-03-04 09:00:00,,网上,李某,受理,2026-03-03 09:05:00"
BACKWARDS = (
    "A4,2026-03-09 09:00:00,2026-03-04 09:00:00,2026-03-20 17:00:00,网上,李某,受理,2026-03-09 09:05:00"
)


def test_the_log_of_another_system_is_judged_and_shown_to_the_supervisor(
    town: Town, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "office.toml"
    mapping.write_text(OFFICE, encoding="utf-8")
    log = str(table(tmp_path, LATE, OPEN, NO_LIMIT, BACKWARDS))
    assert main(["supervise", log, "--mapping", str(mapping), "--as-of", "2026-03-23", "--lang", "en"]) == 0
    assert "County office" in capsys.readouterr().out
    town.it_is("2026-03-30 10:00")
    supervisor = Officer(town, "en").logs_in("supervise-A")
    supervisor.follows("Supervision", exact=True)
    supervisor.follows("Other systems")
    supervisor.follows("County office")
    supervisor.fills_in({"Judge at the end of this day": "2026-03-23"})
    supervisor.presses("Show")
    supervisor.sees("Open, overdue", "Without a deadline", "County office", "A4")
    supervisor.main.locator(".light--overdue a").first.click()
    cases = supervisor.main.locator("#cases + .table tbody th").all_inner_texts()
    assert sorted(cases) == ["A1", "A2"]
    supervisor.looks("feed-1-county-office")
