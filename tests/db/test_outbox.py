"""The outbox: every notice goes out once by its key, by mail or on its page; failures are tried again, then let be."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPServerDisconnected
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests.office import AGENCY, add_item, at, found_office
from xiaoneng.desk import outbox, recording
from xiaoneng.desk.opening import Request
from xiaoneng.desk.outbox import Word, send_due, tell
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.models import Matter, Notice
from xiaoneng.matters.vocabulary.intake import Accepted, Received
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.organisation.models import Person

pytestmark = pytest.mark.django_db
NOON = at("2026-03-03 12:00")


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def accepted(contact: str) -> None:
    office = found_office()
    when = at("2026-03-02 09:00")
    act = Received(
        at=when,
        by=CITIZEN,
        materials=("form", "plan", "proof"),
        applicant="申请人甲（虚构）",
        contact=contact,
    )
    number = recording.open_matter(
        act, request=Request(procedure="approval", agency=AGENCY, item=add_item()), now=when
    ).number
    later = at("2026-03-03 10:00")
    by = office.acting(Duty.WINDOW, when=later)
    recording.record(Accepted(at=later, by=by), number=number, seen=1, now=later)


def test_an_applicant_with_an_address_is_written_to_once():
    accepted("shenqing@example.org")
    waiting = Notice.objects.count()
    assert waiting >= 1
    assert send_due(now=NOON).mailed == waiting
    assert send_due(now=NOON).mailed == 0
    assert len(mail.outbox) == waiting
    assert mail.outbox[-1].to == ["shenqing@example.org"]
    assert "Message-ID" in mail.outbox[-1].extra_headers
    assert set(Notice.objects.values_list("via", flat=True)) == {"mail"}


def test_an_applicant_with_a_telephone_reads_it_on_the_track_page():
    accepted("13800000000")
    sent = send_due(now=NOON)
    assert (sent.mailed, sent.posted) == (0, Notice.objects.count())
    assert not mail.outbox


def test_a_post_s_notice_goes_to_whoever_acts_in_it_then():
    accepted("13800000000")
    office_person = Person.objects.get(name="承办A（虚构）")
    office_person.user = User.objects.create(username="a", email="a@example.org")
    office_person.save()
    send_due(now=NOON)
    word = Word(
        key="HP1/post",
        matter=Matter.objects.get().pk,
        recipient=f"{AGENCY}-handle",
        kind="yellow",
        words=Phrase("黄牌。", "Yellow card."),
    )
    tell([word], now=NOON)
    tell([word], now=NOON)
    assert send_due(now=NOON).mailed == 1
    assert mail.outbox[-1].to == ["a@example.org"]


class Broken(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("hung up")


def test_a_failure_is_tried_again_later_and_in_the_end_the_page_stands_for_it(settings):
    accepted("shenqing@example.org")
    waiting = Notice.objects.count()
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert send_due(now=NOON).failed == waiting
    assert send_due(now=NOON + timedelta(minutes=4)).failed == 0
    assert send_due(now=NOON + timedelta(minutes=6)).failed == waiting
    now = NOON
    for _ in range(outbox.ATTEMPTS):
        now += timedelta(days=1)
        send_due(now=now)
    assert set(Notice.objects.values_list("via", flat=True)) == {"page"}
    assert not mail.outbox


def test_the_worker_finishes_its_round_and_stops_when_told(tmp_path):
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "XIAONENG_STATE": str(tmp_path),
        "XIAONENG_DATABASE": f"sqlite:////{tmp_path}/office.sqlite3",
        "PYTHONPATH": str(root / "src"),
        "LANG": "en",
    }
    command = [sys.executable, "-m", "xiaoneng.cli.main"]
    subprocess.run([*command, "manage", "migrate", "-v0"], env=environment, check=True)
    worker = subprocess.Popen([*command, "work", "--every", "0.2"], env=environment)
    try:
        _wait_for_a_round(tmp_path / "office.sqlite3")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
    assert subprocess.run([*command, "work", "--once"], env=environment, check=False).returncode == 0


def _wait_for_a_round(path: Path) -> None:
    """Return once the worker has kept its first daily walk."""
    for _ in range(300):
        with closing(sqlite3.connect(path)) as database:
            if database.execute("SELECT count(*) FROM supervision_walk").fetchone()[0]:
                return
        sleep(0.1)
    pytest.fail("the worker did nothing for thirty seconds")
