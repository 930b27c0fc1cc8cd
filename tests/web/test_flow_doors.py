"""Who may ask where things stick, by page, by other systems and by command; and what paper looks like."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.office import found_office
from tests.pure.flow.columnrows import take
from tests.web.test_flow_pages import MAPPING, rows
from tests.web.test_supervision_pages import log_in_as, logged_in, supervise
from xiaoneng.cli.main import main
from xiaoneng.flow.columns.engine import duckdb_engine
from xiaoneng.flow.columns.settling import settle
from xiaoneng.flow.columns.store import Store
from xiaoneng.supervision.obstruction.book import QUESTIONS
from xiaoneng.web import clock
from xiaoneng.web.pictures.colours import PAPER

PAGES = (
    "/supervision/feeds/shore/map/",
    "/supervision/feeds/shore/map.svg",
    "/supervision/feeds/shore/map/matters/?from=收件&to=受理",
    "/supervision/feeds/shore/questions/",
    "/supervision/feeds/shore/questions/late/",
)
DOOR = "/api/feeds/shore/questions/late"
TOKENS = Path(__file__).parents[2] / "src/xiaoneng/web/static/xiaoneng/tokens.css"


@pytest.fixture
def shore(db: None, settings: object, tmp_path: Path) -> Iterator[None]:
    """Forty matters of a shore office; a supervisor of the city, and a clerk of an office without that post."""
    settings.COLUMNS = tmp_path  # type: ignore[attr-defined]
    take(Store(tmp_path), "shore", 1, rows(), mapping=MAPPING)
    settle(Store(tmp_path), "shore", engine=duckdb_engine())
    supervise("supervisor")
    office = found_office()
    log_in_as("handler", person=next(iter(office.people.values())))
    clock.set_for_tests(lambda: datetime(2026, 3, 13, 4, 0, tzinfo=UTC))
    yield
    clock.set_for_tests(None)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_for_supervisors_alone(shore: None, page: str) -> None:
    assert logged_in("supervisor").get(page).status_code == 200
    assert logged_in("handler").get(page).status_code == 404
    stranger = Client().get(page)
    assert stranger.status_code == 302
    assert "/login" in stranger["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_a_feed_that_is_not_there_is_not_found(shore: None, page: str) -> None:
    assert logged_in("supervisor").get(page.replace("shore", "moor")).status_code == 404


def test_unknown_questions_boxes_and_levels(shore: None) -> None:
    client = logged_in("supervisor")
    assert client.get("/supervision/feeds/shore/questions/why/").status_code == 404
    assert client.get("/supervision/feeds/shore/map/matters/?box=无此环节").status_code == 404
    assert client.get("/supervision/feeds/shore/map/?level=99").status_code == 200


def test_other_systems_get_what_the_page_gives(shore: None) -> None:
    client = logged_in("supervisor")
    for key in QUESTIONS:
        page = client.get(
            f"/supervision/feeds/shore/questions/{key}/?format=json&department=北所&as_of=2026-03-01"
        ).json()
        told = client.get(f"/api/feeds/shore/questions/{key}?department=北所&as_of=2026-03-01")
        assert told.status_code == 200
        assert told.json()["rows"] == page["rows"], key
        assert told.json()["n"] == page["n"] > 0
        assert told["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["handler", ""])
def test_other_systems_without_a_supervisor_learn_nothing(shore: None, who: str) -> None:
    client = logged_in(who) if who else Client()
    for door in (DOOR, DOOR.replace("shore", "moor"), DOOR.replace("late", "why")):
        answer = client.get(door)
        assert answer.status_code == 404
        assert set(answer.json()) == {"problem"}


def test_the_command_says_what_the_page_says(shore: None, capsys: pytest.CaptureFixture[str]) -> None:
    page = logged_in("supervisor").get("/supervision/feeds/shore/questions/steps/?format=json").json()
    assert main(["flow", "shore", "steps", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == page["rows"]
    assert main(["flow", "shore", "steps", "--csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [line["count"] for line in lines] == [str(row["count"]) for row in page["rows"]]
    assert main(["flow", "shore", "late", "--by", "department", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "Late share by group" in printed
    assert "北所" in printed


def test_the_command_narrows_and_refuses(shore: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flow", "shore", "lights", "--json", "--department", "北所", "--as-of", "2026-03-01"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["n"] == 20
    assert told["as_of"].startswith("2026-03-01T15:59:59")
    assert main(["flow", "moor", "lights"]) == 2
    assert "moor" in capsys.readouterr().err


def test_a_log_is_asked_and_forgotten(
    shore: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "moor.toml").write_text(MAPPING.replace('"shore"', '"moor"'), encoding="utf-8")
    log = tmp_path / "moor.csv"
    lines = ("case,what,when", "A1,收件,2026-03-02 09:00", "A1,受理,2026-03-03 09:00", "A2,收件,bad")
    log.write_text("\n".join(lines), encoding="utf-8")
    given = ["--mapping", str(tmp_path / "moor.toml")]
    assert main(["flow", str(log), "steps", *given, "--json", "--lang", "en"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["feed"] == "moor"
    assert [(row["from"], row["to"], row["count"]) for row in told["rows"]] == [("收件", "受理", 1)]
    assert "1 rows could not be read" in said.err
    assert main(["flow", "moor", "steps"]) == 2
    log.write_text("nothing,of,this\n", encoding="utf-8")
    assert main(["flow", str(log), "steps", *given]) == 2


def test_paper_has_the_colours_of_the_light_screen() -> None:
    root = TOKENS.read_text(encoding="utf-8").split(":root {", 1)[1].split("}", 1)[0]
    tokens = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", root))
    assert {f"${name}": tokens[name] for name in (one.removeprefix("$") for one in PAPER)} == PAPER
