"""Real messages to local government, where they are here; nothing of them is kept in the project."""

from __future__ import annotations

import csv
import gzip

import pytest

from tests.realdata import DATA


def real(name: str) -> list[dict[str, str]]:
    path = DATA / "citizen-messages" / name
    if not path.exists():
        pytest.skip(f"the real messages {name} are not here: set XIAONENG_DATA to the folder that has them")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
