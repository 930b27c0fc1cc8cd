"""Two sealing workers at once, as processes, on one database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.db.test_ledger import acts, stored_tiles
from tests.pure.ledger.office import SITE
from xiaoneng.ledger import queries
from xiaoneng.ledger.chain import leaf
from xiaoneng.ledger.tiles import Tiles
from xiaoneng.ledger.tree import View

pytestmark = pytest.mark.django_db


# A worker as it runs in an office: a process of its own, which comes again if the other's clock was ahead.
SEALER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from tests.db.test_ledger import acts
from tests.pure.ledger.office import SIGNER, SITE
from xiaoneng.ledger.actions import SealRefused, seal
for start in range(int(sys.argv[1]), int(sys.argv[1]) + 200, 10):
    while True:
        try:
            seal(acts(start, start + 10), signer=SIGNER, origin=SITE, now=datetime.now(UTC))
            break
        except SealRefused as refused:
            assert str(refused).startswith("time did not progress"), refused
"""


@pytest.fixture
def workers_settings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of workers that share a database of their own, as two offices' machines would."""
    told = {**os.environ, "PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "xiaoneng.config.settings"}
    if connection.vendor == "sqlite":
        yield told | {"XIAONENG_DATABASE": f"sqlite:////{tmp_path}/log.sqlite3"}
        return
    server = connection.settings_dict
    name = f"{server['NAME']}_sealers"
    login = f"{quote(server['USER'], safe='')}:{quote(server['PASSWORD'], safe='')}"
    address = f"postgresql://{login}@{server['HOST']}:{server['PORT']}/"
    with psycopg.connect(address + "postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield told | {"XIAONENG_DATABASE": address + name}
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "ledger", verbosity=0)
"""
AFTERWARDS = """
import django
django.setup()
from tests.db.test_sealers_at_once import check_whole
check_whole(400)
"""


def check_whole(count: int) -> None:
    """Rows without a gap, every act once, and tiles and head as one sealing would have left them."""
    rows = list(queries.entries())
    assert [row.index for row in rows] == list(range(count))
    assert {row.act for row in rows} == {act for act, _ in acts(0, count)}
    tiles = Tiles()
    tiles.append([leaf(row.act_hash) for row in rows])
    assert stored_tiles() == tiles.held
    head = queries.head(origin=SITE)
    assert head is not None
    assert head.checkpoint.root == View(size=count, store=tiles).root()


def python(script: str, told: dict[str, str], *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *args], env=told)


def test_two_sealers_at_once_wait_for_each_other(workers_settings: dict[str, str]) -> None:
    assert python(MIGRATE, workers_settings).wait(timeout=60) == 0
    workers = [python(SEALER, workers_settings, start) for start in ("0", "200")]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0]
    assert python(AFTERWARDS, workers_settings).wait(timeout=60) == 0
