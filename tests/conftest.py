"""What every test needs: a clean memory of what is kept, and a way to empty tables that refuse to be emptied."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test import TransactionTestCase
from pytest_django import Settings

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.organisation import access as organisation

append_only = import_module("xiaoneng.matters.migrations.0002_append_only")
_teardown = TransactionTestCase._fixture_teardown  # noqa: SLF001 - Django offers no other place


def _once_nobody_reads(step: Callable[[], None], *, tries: int = 100) -> None:
    """Do `step` when the last request has ended: the server may still answer a page that was closed.

    The threads of a live server share SQLite's cache in memory, where a lock is refused at once, not waited for.
    """
    for left in reversed(range(tries)):
        try:
            step()
        except (OperationalError, CommandError) as problem:
            locked = "locked" in f"{problem} {problem.__cause__}"
            if not locked or not left:
                raise
            time.sleep(0.1)
        else:
            return


def _lift_the_ban() -> None:
    with connection.schema_editor() as editor:
        append_only.backward(apps, editor)


def _put_the_ban_back() -> None:
    with connection.schema_editor() as editor:
        append_only.forward(apps, editor)


def _count_changes_anew() -> None:
    with connection.cursor() as cursor:  # the row that counts changes came with its migration
        cursor.execute("DELETE FROM organisation_revision")
        cursor.execute("INSERT INTO organisation_revision (id, value) VALUES (1, 1)")


def _emptied(case: Any) -> None:
    """Empty the tables after a test that commits: lift the ban on deleting acts, and put it back at once."""
    _once_nobody_reads(_lift_the_ban)
    try:
        _once_nobody_reads(lambda: _teardown(case))
    finally:
        _once_nobody_reads(_put_the_ban_back)
        _once_nobody_reads(_count_changes_anew)


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _emptied  # noqa: SLF001
    yield
    TransactionTestCase._fixture_teardown = _teardown  # noqa: SLF001


@pytest.fixture(autouse=True)
def _columns_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test has a folder of columns to itself; it is made by whoever writes there."""
    settings.COLUMNS = tmp_path_factory.getbasetemp() / "columns" / uuid4().hex


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> None:
    """Editions never change and revisions never come again in service, but every test begins both anew."""
    catalogue.facts.cache_clear()
    organisation.forget()
