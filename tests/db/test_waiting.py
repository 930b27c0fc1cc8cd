"""Who waits for a matter that somebody else is acting on sees, once it is free, what that act made of it."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.holding import hold
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation.capacity import Duty

pytestmark = pytest.mark.django_db(transaction=True)


def waits() -> bool:
    """Tell whether some session stands before a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_whoever_waited_for_the_lock_judges_by_the_act_that_was_recorded_meanwhile():
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a second writer waits before it reads anything: there is nothing to see twice")
    office = found_office()
    add_item()
    number = apply(item="T-001", when=at("2026-03-02 09:00")).number
    when = at("2026-03-03 10:00")
    act = Accepted(at=when, by=office.acting(Duty.WINDOW, when=when))
    seen: list[tuple[int, list[str]]] = []

    def waiting() -> None:
        with transaction.atomic():
            held = hold(number)
            seen.append((held.matter.acts_seen, [row.verb for row in held.acts]))
        connection.close()

    second = threading.Thread(target=waiting)
    with transaction.atomic():
        recording.record(act, number=number, seen=1, now=when)
        second.start()
        until = time.monotonic() + 30
        while not waits():
            assert time.monotonic() < until
            time.sleep(0.01)
    second.join()
    assert seen == [(2, ["received", "accepted"])]
