"""A fresh checkout has no tables: with the embedded database they are made on the way, with a server they are not."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from xiaoneng.law.phrase import Phrase


class NoTables(Exception):
    """The database has no tables yet, and making them is for whoever runs the server."""


def ensure_tables(table: str) -> Phrase | None:
    """Make every table if `table` is missing from an embedded database, and return what was done.

    Raises NoTables on a database server.
    """
    if connection.vendor == "sqlite":
        _make_folder(str(connection.settings_dict["NAME"]))
    if table in connection.introspection.table_names():
        return None
    if connection.vendor != "sqlite":
        raise NoTables("xiaoneng manage migrate")
    call_command("migrate", verbosity=0, interactive=False)
    name = "/" + str(connection.settings_dict["NAME"]).lstrip("/")
    return Phrase(f"首次使用：已在 {name} 建立数据库。", f"First use: made the database {name}.")


def _make_folder(name: str) -> None:
    if not name.startswith((":", "file:")):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
