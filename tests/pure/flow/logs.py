"""Small logs written by the tests, and where the real ones are."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.realdata import DATA
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.shipped import shipped

OFFICE = """
key = "county-office"
agency = { zh = "县办", en = "County office" }
zone = "Asia/Shanghai"
none = ["NULL"]
none_from = 2059-01-01
[columns]
case = "case:concept:name"
started = "case:received"
ended = "case:closed"
due = "case:due"
channel = "case:channel"
person = "case:person"
activity = "concept:name"
at = "time:timestamp"
"""
HEADER = "case:concept:name,case:received,case:closed,case:due,case:channel,case:person,concept:name,time:timestamp"


def office(*, without: tuple[str, ...] = (), **settings: str) -> LogMapping:
    lines = [line for line in OFFICE.splitlines() if line.split(" = ")[0] not in without]
    return parse_mapping("\n".join([f"{key} = {value}" for key, value in settings.items()] + lines))


def table(tmp_path: Path, *rows: str, name: str = "log.csv", header: str = HEADER) -> Path:
    path = tmp_path / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def packed(path: Path) -> Path:
    into = path.with_suffix(".packed")
    into.write_bytes(gzip.compress(path.read_bytes()))
    return into


def real(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real log {name} is not here: set XIAONENG_DATA to the folder that has it")
    return path


def mapping(key: str) -> LogMapping:
    return next(one for one in shipped() if one.key == key)
