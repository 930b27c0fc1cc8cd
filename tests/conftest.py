"""What every test needs: a clean memory of what is kept, and a way to empty tables that refuse to be emptied."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.organisation import access as organisation

append_only = import_module("xiaoneng.matters.migrations.0002_append_only")
_teardown = TransactionTestCase._fixture_teardown  # noqa: SLF001 - Django offers no other place


def _emptied(case: Any) -> None:
    """Empty the tables after a test that commits: lift the ban on deleting acts, and put it back at once."""
    with connection.schema_editor() as editor:
        append_only.backward(apps, editor)
    try:
        _teardown(case)
    finally:
        with connection.schema_editor() as editor:
            append_only.forward(apps, editor)
        with connection.cursor() as cursor:  # the row that counts changes came with its migration
            cursor.execute("DELETE FROM organisation_revision")
            cursor.execute("INSERT INTO organisation_revision (id, value) VALUES (1, 1)")


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _emptied  # noqa: SLF001
    yield
    TransactionTestCase._fixture_teardown = _teardown  # noqa: SLF001


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> None:
    """Editions never change and revisions never come again in service, but every test begins both anew."""
    catalogue.facts.cache_clear()
    organisation.forget()
