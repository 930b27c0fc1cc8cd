"""不必相信，可以核对：what was altered behind the house's back is named, and what the citizen holds still proves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.office import Office, at
from tests.story.people import Citizen, Officer, Town
from xiaoneng.cli.main import main
from xiaoneng.desk.sealing import seal_waiting

append_only = import_module("xiaoneng.matters.migrations.0002_append_only")
SOURCE = Path(__file__).resolve().parents[2] / "src"


def test_an_act_altered_by_sql_is_named_and_the_receipt_still_proves_what_was_promised(
    town: Town, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    citizen = Citizen(town, "en")
    receipt, key = keeps_the_receipt(town, citizen)
    is_genuine(citizen, receipt)
    assert main(["verify", "--lang", "en"]) == 0
    with_the_ban_lifted("UPDATE matters_actrecord SET promised_on = '2026-04-17' WHERE sequence = 2")
    names_it(citizen.number, capsys)
    proves_without_the_house(citizen, receipt, key, tmp_path)


def keeps_the_receipt(town: Town, citizen: Citizen) -> tuple[str, str]:
    """Be accepted, and take the signed receipt of it and the office's public key home."""
    town.it_is("2026-03-02 09:00")
    citizen.applies_for("Venue licence", materials=["Form", "Plan", "Proof"], name="Applicant (invented)")
    citizen.keeps_the_receipt()
    town.it_is("2026-03-03 10:00")
    window = Officer(town).logs_in("window-A")
    window.takes_up(citizen.number)
    window.records("受理")
    seal_waiting(now=at("2026-03-03 10:05"))
    citizen.looks_again()
    link = citizen.line("Accepted").get_by_role("link", name="Signed receipt")
    with citizen.page.expect_download() as kept:
        link.click()
    citizen.goes_to("/verify/")
    key = citizen.main.locator("section:has(#s-key) .mono").inner_text()
    return Path(kept.value.path()).read_bytes().decode(), key


def is_genuine(citizen: Citizen, receipt: str) -> None:
    citizen.main.locator("[name=text]").fill(receipt)
    citizen.presses("Verify")
    citizen.sees("Genuine", citizen.number, "2026-03-17")
    citizen.looks("altered-1-receipt-verified")


def with_the_ban_lifted(statement: str) -> None:
    """Alter the record as an intruder with the database's own password would: lift the ban, write, put it back."""
    with connection.schema_editor() as editor:
        append_only.backward(apps, editor)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        with connection.schema_editor() as editor:
            append_only.forward(apps, editor)


def names_it(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`xiaoneng verify` names the act that was altered, and no other."""
    capsys.readouterr()
    assert main(["verify", "--lang", "en"]) == 1
    assert f"First altered: {number} act 2" in " ".join(capsys.readouterr().out.split())
    assert main(["verify", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["faults"]
    assert {(one["number"], one["sequence"]) for one in found} == {(number, 2)}


def proves_without_the_house(citizen: Citizen, receipt: str, key: str, home: Path) -> None:
    """Check the receipt at home, with the office's public key and no database to ask."""
    file = home / "receipt.txt"
    file.write_text(receipt, encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "XIAONENG"))}
    gone = {"PYTHONPATH": str(SOURCE), "XIAONENG_DATABASE": "sqlite:////no/such/database"}
    command = ["verify", "--receipt", str(file), "--key", key, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "xiaoneng.cli.main", *command],
        env={**bare, **gone},
        capture_output=True,
        check=True,
    )
    proved = json.loads(done.stdout)
    assert proved["sound"] is True
    assert proved["facts"]["number"] == citizen.number
    assert proved["facts"]["at"] == "2026-03-03T02:00:00.000000Z"
    assert proved["facts"]["promised"] == "2026-03-17"
    assert proved["checkpoint"] >= 2
