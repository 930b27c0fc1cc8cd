"""One act through the one door, beside the least a database can do and beside the object mapper.

Matters of ten acts after their opening, one commit an act. *Raw* is BEGIN, INSERT act, UPDATE matter, COMMIT with
the driver alone, into the same tables with the same values; *raw, every row* also writes the particulars, the
sealing queue, alarms and notices that we write; *mapper* is Django's select_for_update, save and create. They take
turns in one process, so that a ratio is of the same minute.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import count
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import psycopg
from django.conf import settings
from django.db import connection, transaction

from benchmarks.measure import Row
from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import holding, recording
from xiaoneng.desk import rows as written
from xiaoneng.desk.plain import fetch
from xiaoneng.matters.acts import Act
from xiaoneng.matters.models import ActRecord, Alarm, Matter, Notice, Particulars, Unsealed
from xiaoneng.matters.vocabulary.decision import Delivered, Granted
from xiaoneng.matters.vocabulary.handling import (
    ExtensionAsked,
    Ground,
    Proposed,
    Resumed,
    Reviewed,
    Suspended,
)
from xiaoneng.matters.vocabulary.intake import Accepted, MaterialsNoticed, MaterialsSupplied
from xiaoneng.organisation.capacity import CITIZEN, Duty

OPENED = "2026-03-02 09:00"
NOTICE = {"missing": ("plan",), "reasons": "规划图未附", "submit": "窗口", "served": "邮寄", "proof": "回执"}
PAUSE = {"ground": Ground.APPRAISAL, "expected_until": date(2026, 3, 20), "notice_served": True}
STEPS: tuple[tuple[type[Act], Duty | None, str, dict[str, Any]], ...] = (
    (MaterialsNoticed, Duty.WINDOW, "2026-03-03 10:00", NOTICE),
    (MaterialsSupplied, None, "2026-03-04 10:00", {"materials": ("plan",)}),
    (Accepted, Duty.WINDOW, "2026-03-05 10:00", {}),
    (Suspended, Duty.HANDLE, "2026-03-06 10:00", PAUSE),
    (Resumed, Duty.HANDLE, "2026-03-09 10:00", {"outcome": "鉴定完成"}),
    (ExtensionAsked, Duty.HANDLE, "2026-03-10 10:00", {"reason": "需要现场复核"}),
    (Proposed, Duty.HANDLE, "2026-03-11 10:00", {"opinion": "拟同意"}),
    (Reviewed, Duty.REVIEW, "2026-03-12 10:00", {}),
    (Granted, Duty.HEAD, "2026-03-13 10:00", {"document": "许可证"}),
    (Delivered, Duty.WINDOW, "2026-03-16 10:00", {}),
)
Work = Callable[[Sequence[Any]], None]
"""Carries matters, opened before, through all their acts."""


@dataclass(frozen=True)
class Written:
    """What one act of ours wrote, by table: the rows, and the columns of the matter."""

    matter: dict[str, Any]
    rows: tuple[tuple[str, dict[str, Any]], ...]


class Office:
    """The invented office, its acts made once, and one matter that shows which rows they write."""

    def __init__(self) -> None:
        """Found it and carry one matter through."""
        office = found_office()
        add_item()
        when = [at(text) for _, _, text, _ in STEPS]
        self.acts = [
            act(at=moment, by=office.acting(duty, when=moment) if duty else CITIZEN, **fields)
            for (act, duty, _, fields), moment in zip(STEPS, when, strict=True)
        ]
        self.serial = count(1)
        number = self.opened(1)[0]
        self.written = list(self._shown(number))

    def opened(self, matters: int) -> list[str]:
        """Open matters through the door; return their numbers."""
        return [
            apply(item="T-001", when=at(OPENED), materials=("form", "proof")).number for _ in range(matters)
        ]

    def recorded(self, numbers: Sequence[str]) -> None:
        """Carry matters through all their acts: the product's own path."""
        for number in numbers:
            for seen, act in enumerate(self.acts, start=1):
                recording.record(act, number=number, seen=seen, now=act.at)

    def _shown(self, number: str) -> Iterator[Written]:
        for seen, act in enumerate(self.acts, start=1):
            recording.record(act, number=number, seen=seen, now=act.at)
            matter = Matter.objects.filter(number=number).values().get()
            record = ActRecord.objects.filter(matter_id=matter["id"]).order_by("-sequence").values()[0]
            kept: list[tuple[type, dict[str, Any]]] = [
                (Alarm, {"matter_id": matter["id"]}),
                (Notice, {"matter_id": matter["id"], "sequence": record["sequence"]}),
                (Particulars, {"act_id": record["id"]}),
                (Unsealed, {"act_id": record["id"]}),
            ]
            beside = [
                (model._meta.db_table, row)  # noqa: SLF001
                for model, where in kept
                for row in model.objects.filter(**where).values()  # type: ignore[attr-defined]
            ]
            yield Written(matter=matter, rows=((ActRecord._meta.db_table, record), *beside))  # noqa: SLF001

    def copied(self, matters: int) -> list[int]:
        """Return the keys of new rows of matters, as they stand before their first act: what the peers change."""
        first = {**self.written[0].matter, "acts_seen": 1}
        del first["id"]
        made = [Matter(**{**first, "number": f"RAW{next(self.serial):012}"}) for _ in range(matters)]
        return [row.pk for row in Matter.objects.bulk_create(made)]


class Driver:
    """The database's driver without anything between: same tables, same values, same commits."""

    def __init__(self, *, mark: str) -> None:
        """`mark` is how the driver writes the place of a value."""
        self.mark = mark
        self.texts: dict[tuple[str, tuple[str, ...]], str] = {}

    def insert(self, execute: Callable[..., Any], table: str, values: dict[str, Any]) -> int:
        """Insert one row and return its key."""
        names = tuple(values)
        text = self.texts.get((table, names)) or self._text(table, names)
        row = execute(text, tuple(values.values())).fetchone()
        return int(row[0])

    def _text(self, table: str, names: tuple[str, ...]) -> str:
        key = "act_id" if "act_id" in names else "id"
        columns, marks = ", ".join(names), ", ".join([self.mark] * len(names))
        text = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {key}"
        self.texts[table, names] = text
        return text

    def update(self, execute: Callable[..., Any], values: dict[str, Any]) -> None:
        """Rewrite a matter's row."""
        text = self.texts.get(("matters_matter", ()))
        if text is None:
            sets = ", ".join(f"{name} = {self.mark}" for name in values if name not in FIXED)
            text = self.texts["matters_matter", ()] = (
                f"UPDATE matters_matter SET {sets} WHERE id = {self.mark}"
            )
        execute(text, (*(value for name, value in values.items() if name not in FIXED), values["id"]))


FIXED = frozenset({"id", "number", "code_digest"})


def by_driver(office: Office, driver: Driver, *, whole: bool) -> Work:
    """Return the work of the driver alone; `whole` writes every row that we write."""

    def carried(keys: Sequence[int]) -> None:
        with connected() as execute:
            for key in keys:
                for step in office.written:
                    execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
                    _one(driver, execute, step, key, whole=whole)
                    execute("COMMIT")

    return carried


def _one(driver: Driver, execute: Callable[..., Any], step: Written, key: int, *, whole: bool) -> None:
    act = 0
    for table, row in step.rows if whole else step.rows[:1]:
        values = {name: plain(value) for name, value in row.items() if name != "id"}
        if "matter_id" in values:
            values["matter_id"] = key
        if table == "matters_actrecord":
            values["act_hash"] = secrets.token_bytes(32)
        if "act_id" in values:
            values["act_id"] = act
        if "key" in values:
            values["key"] = f"{key}/{step.matter['acts_seen']}"
        if table == "matters_alarm":
            values["run"] = step.matter["acts_seen"]
        found = driver.insert(execute, table, values)
        act = act or found
    driver.update(execute, {**{name: plain(value) for name, value in step.matter.items()}, "id": key})


def plain(value: Any) -> Any:
    """Return a value as the bare driver takes it."""
    return str(value) if connection.vendor == "sqlite" and hasattr(value, "tzinfo") else value


class connected:  # noqa: N801 - used as a function
    """The driver's own connection for as long as one work lasts."""

    def __enter__(self) -> Callable[..., Any]:
        """Open it, set as the product sets its own."""
        if connection.vendor == "sqlite":
            self.base = sqlite3.connect(
                settings.DATABASES["default"]["NAME"], isolation_level=None, timeout=20
            )
            for pragma in settings.DATABASES["default"]["OPTIONS"]["init_command"].split(";"):
                self.base.execute(pragma)
            return self.base.execute
        given = connection.get_connection_params()
        where = {name: given[name] for name in ("host", "port", "user", "dbname") if name in given}
        self.base = psycopg.connect(**where, autocommit=True)
        return self.base.execute

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.base.close()


def by_mapper(office: Office) -> Work:
    """Return the same two rows through Django's object mapper, as most Django offices would write them."""

    def carried(keys: Sequence[int]) -> None:
        for key in keys:
            for step in office.written:
                with transaction.atomic():
                    matter = Matter.objects.select_for_update().get(pk=key)
                    for name, value in step.matter.items():
                        if name not in FIXED:
                            setattr(matter, name, value)
                    matter.save()
                    act = {**step.rows[0][1], "matter_id": key, "act_hash": secrets.token_bytes(32)}
                    del act["id"]
                    ActRecord.objects.create(**act)

    return carried


@dataclass(frozen=True)
class Spent:
    """Seconds an act: on the wall, and of this process alone."""

    wall: float
    cpu: float


def spent(work: Work, given: Sequence[Any], *, threads: int) -> Spent:
    """Return what an act costs when a work carries opened matters through, shared among threads."""
    share = [given[place::threads] for place in range(threads)]

    def closing(part: Sequence[Any]) -> None:
        work(part)
        connection.close()

    wall, cpu = perf_counter(), process_time()
    if threads == 1:
        work(given)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(closing, share))
    acts = len(given) * len(STEPS)
    return Spent((perf_counter() - wall) / acts, (process_time() - cpu) / acts)


Works = dict[str, tuple[Work, Callable[[int], list[Any]]]]


def turns(works: Works, *, matters: int, rounds: int, threads: int) -> dict[str, list[Spent]]:
    """Return what an act of each work cost, round by round, the works taking turns."""
    found: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (work, prepared) in works.items():
            found[name].append(spent(work, prepared(matters), threads=threads))
    return found


def rows(found: dict[str, list[Spent]], *, where: str) -> list[Row]:
    """Return ours against each peer of the same rounds."""
    made = []
    for peer in (RAW, RAW_ALL, MAPPER):
        wall = [(mine.wall, theirs.wall) for mine, theirs in zip(found["ours"], found[peer], strict=True)]
        made.append(_row(f"record(), {where}; peer: {peer}", wall, goal=GOAL if peer == RAW else None))
    cpu = [(mine.cpu, theirs.cpu) for mine, theirs in zip(found["ours"], found[MAPPER], strict=True)]
    made.append(_row(f"its CPU in this process, {where}; peer: {MAPPER}", cpu, goal=None))
    return made


def _row(name: str, pairs: Sequence[tuple[float, float]], *, goal: float | None) -> Row:
    ratio = median(theirs / mine for mine, theirs in pairs)
    return Row(
        name=name,
        ours=median(mine for mine, _ in pairs),
        peer=median(theirs for _, theirs in pairs),
        ratio=ratio,
        goal=f">= {goal}x" if goal else "",
        met=ratio >= goal if goal else None,
        note=f"missed {goal / ratio:.1f}-fold; see below" if goal and ratio < goal else "",
    )


GOAL = 1.2
RAW, RAW_ALL, MAPPER = "raw transaction, 2 rows", "raw transaction, every row we write", "Django ORM, 2 rows"


def statements(office: Office) -> Row:
    """Count the statements of one act between BEGIN and COMMIT, those in plain SQL and those of the mapper."""
    seen: list[str] = []

    def mapped(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    def told(text: str, values: Sequence[Any]) -> Any:
        seen.append(text)
        return fetch(text, values)

    number = office.opened(1)[0]
    with (
        connection.execute_wrapper(mapped),
        patch.object(holding, "fetch", told),
        patch.object(written, "fetch", told),
    ):
        office.recorded([number])
    each = sum(not text.startswith("BEGIN") for text in seen) / len(STEPS)
    note = "between BEGIN and COMMIT; SQLite is asked in the process, where a statement is no round trip"
    return Row(
        f"statements an act, {connection.vendor}", each, None, None, "<= 3", each <= 3, unit="", note=note
    )


def run(*, quick: bool) -> list[Row]:
    """Return every figure of the database that the settings name, measured now."""
    office = Office()
    driver = Driver(mark="?" if connection.vendor == "sqlite" else "%s")
    works = {
        "ours": (office.recorded, office.opened),
        RAW: (by_driver(office, driver, whole=False), office.copied),
        RAW_ALL: (by_driver(office, driver, whole=True), office.copied),
        MAPPER: (by_mapper(office), office.copied),
    }
    matters, rounds = (16, 3) if quick else (40, 7)
    turns(works, matters=8, rounds=1, threads=1)  # warm
    made = rows(
        turns(works, matters=matters, rounds=rounds, threads=1), where=f"{connection.vendor}, 1 thread"
    )
    if connection.vendor == "postgresql":
        made += rows(turns(works, matters=matters, rounds=rounds, threads=8), where="postgresql, 8 threads")
    return [*made, statements(office)]
