"""Weeks of the reference city replayed through the one door: lawful, sealed, rebuilt to the letter, moved by notices."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.office import apply
from xiaoneng.cli.calendar import calendar
from xiaoneng.cli.city.loading import load_city
from xiaoneng.cli.city.reading import load
from xiaoneng.cli.city.story.replay import replay
from xiaoneng.cli.city.story.year import Frame
from xiaoneng.cli.demonstration.making import prepare
from xiaoneng.cli.rebuild import rebuild
from xiaoneng.cli.receipt import receipt as receipt_command
from xiaoneng.cli.verify import verify
from xiaoneng.desk.rebuilding import rebuild_all, rows_digest
from xiaoneng.desk.sealing import faults, receipt
from xiaoneng.ledger.actions import signer
from xiaoneng.matters.models import ActRecord, Matter, Notice, Unsealed
from xiaoneng.organisation.access import calendar_book

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    """Six weeks, lived once for all these tests: each works inside a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        city = load()
        load_city(city)
        latest = calendar_book().latest
        frame = Frame(since=NOW - timedelta(weeks=6), until=NOW, calendar=latest, matters=60)
        prepare(frame, password="a demonstration's")
        yield replay(city, frame, strict=True)
        transaction.set_rollback(True)


@pytest.fixture
def weeks(lived, db):
    return lived


def test_six_weeks_are_lived_without_a_refusal_and_leave_a_sound_sealed_record(weeks):
    assert weeks.faults == ()
    assert weeks.acts > 250
    approvals = Matter.objects.filter(procedure="approval")
    assert approvals.filter(is_open=False).count() > 20
    assert approvals.filter(is_open=True).count() > 3
    assert not Unsealed.objects.exists()
    assert list(faults()) == []


def test_rebuilding_every_matter_changes_nothing(weeks):
    assert [one for found in rebuild_all() for one in found] == []
    assert rebuild(["--lang", "en"]) == 0


def test_rebuilding_says_which_row_its_acts_do_not_bear_out(weeks, capsys):
    number = Matter.objects.order_by("pk").values_list("number", flat=True)[3]
    Matter.objects.filter(number=number).update(stage="somewhere")
    assert rebuild(["--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["field"]) for one in said["differences"]] == [(number, "stage")]
    assert rebuild(["--json"]) == 0


def test_acts_are_dated_when_they_were_done_and_by_who_acted_then(weeks):
    assert all(row.at <= row.recorded_at for row in ActRecord.objects.exclude(standing="system"))
    covered = ActRecord.objects.filter(standing__in=("B", "C"))
    assert covered.exists()
    assert all("acting_for_name" in row.actor for row in covered)


def test_nothing_of_the_past_is_left_to_be_sent(weeks):
    assert Notice.objects.exists()
    assert not Notice.objects.filter(sent_at__isnull=True, due_at__isnull=True).exists()


def test_verify_names_an_act_altered_by_sql(weeks, capsys):
    assert verify(["--lang", "en"]) == 0
    act = ActRecord.objects.filter(verb="accepted").select_related("matter").first()
    assert act is not None
    with connection.cursor() as cursor:
        for name in _triggers(cursor):
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE matters_actrecord SET body = %s WHERE id = %s", ["{}", act.pk])
    assert verify(["--lang", "en"]) == 1
    assert f"First altered: {act.matter.number} act {act.sequence}" in capsys.readouterr().out


def _triggers(cursor) -> list[str]:
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'matters_actrecord'"
        )
        return [name for (name,) in cursor.fetchall()]
    cursor.execute(
        "SELECT DISTINCT tgname FROM pg_trigger WHERE tgrelid = 'matters_actrecord'::regclass AND NOT tgisinternal"
    )
    return [f"{name} ON matters_actrecord" for (name,) in cursor.fetchall()]


def test_a_receipt_is_checked_from_a_file_and_the_key_alone(weeks, tmp_path, capsys):
    number = Matter.objects.filter(procedure="approval").values_list("number", flat=True)[0]
    file = tmp_path / "receipt.txt"
    text = receipt(number, sequence=1, personal=False).text()
    file.write_text(text, encoding="utf-8")
    key = signer().verifier.vkey
    assert receipt_command([str(file), "--key", key, "--lang", "en"]) == 0
    assert number in capsys.readouterr().out
    file.write_text(text.replace("received", "accepted"), encoding="utf-8")
    assert verify(["--receipt", str(file), "--key", key, "--lang", "en"]) == 1


def test_a_notice_moves_a_hundred_open_matters_and_writes_no_row_of_theirs(
    weeks, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("xiaoneng.cli.calendar.instant", lambda: NOW)
    for _ in range(100):
        apply(item="330203-sc-food", agency="330203-sc", when=NOW, materials=())
    before = _rows()
    digest = rows_digest()
    notice = {"year": 2026, "papers": ["https://www.gov.cn/"], "days": _three_days_shut()}
    file = tmp_path / "notice.json"
    file.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    assert calendar(["load", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["matter_rows_written"] is False
    assert said["moved"] >= 100
    assert _rows() == before
    assert rows_digest() == digest


def test_a_notice_that_cannot_be_read_is_refused_whole(weeks, tmp_path, capsys):
    file = tmp_path / "notice.json"
    file.write_text('{"year": "soon", "days": [{"name": 1}]}', encoding="utf-8")
    assert calendar(["load", str(file)]) == 2
    assert len(capsys.readouterr().err.splitlines()) > 1


def _rows() -> list[tuple[object, ...]]:
    return list(Matter.objects.order_by("pk").values_list())


def _three_days_shut() -> list[dict[str, object]]:
    """Return the arrangement of 2026 with the three days after the replay shut: every later end moves by three."""
    known = [
        {"name": one.name, "date": one.day.isoformat(), "isOffDay": not one.working}
        for notice in calendar_book().latest.notices
        if notice.year == 2026
        for one in notice.days
    ]
    shut = [{"name": "停办", "date": f"2026-11-{day}", "isOffDay": True} for day in (24, 25, 26)]
    return known + shut
