"""Hundreds of random alterations of the record by SQL: every one is found, and the right act is named."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from tests.db.test_recording import done
from tests.office import add_item, apply, at, found_office
from xiaoneng.desk.sealing import faults, seal_waiting

pytestmark = pytest.mark.django_db
append_only = import_module("xiaoneng.matters.migrations.0002_append_only")
ROUNDS = 240
Row = tuple[int, str, int]  # key, number, sequence
Deed = Callable[[random.Random, list[Row]], set[tuple[str, int]]]


@pytest.fixture
def record() -> Iterator[list[Row]]:
    """Return every act of a small office, half of it sealed, with the ban on change lifted as an intruder would."""
    office = found_office()
    add_item()
    for minute in range(6):
        receipt = apply(item="T-001", when=at(f"2026-03-02 09:0{minute}"))
        if minute % 2 == 0:
            done(office, receipt.number)
    seal_waiting(now=at("2026-03-10 09:00"), batch=14)
    for statement in append_only.UNDO[connection.vendor]:
        sql(statement)
    assert list(faults()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, m.number, a.sequence FROM matters_actrecord a "
            "JOIN matters_matter m ON m.id = a.matter_id ORDER BY a.id"
        )
        yield cursor.fetchall()


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def altered_text(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice(rows)
    column = chance.choice(["body", "actor", "verb", "promised_on", "post", "standing", "previous_verb"])
    sql(f"UPDATE matters_actrecord SET {column} = 'x' || substr({column}, 2) WHERE id = %s", key)
    return {(number, sequence)}


def altered_instant(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice([row for row in rows if row[2] > 1])
    column = chance.choice(["at", "recorded_at", "previous_at"])
    value = at("2026-01-05 10:00")
    sql(
        f"UPDATE matters_actrecord SET {column} = %s WHERE id = %s",
        connection.ops.adapt_datetimefield_value(value),
        key,
    )
    return {(number, sequence)}


def altered_person(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice(rows)
    sql("UPDATE matters_actrecord SET person = person + 7 WHERE id = %s", key)
    return {(number, sequence)}


def altered_bytes(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice(rows)
    column = chance.choice(["salt", "act_hash", "signature", "previous_hash"])
    size = {"salt": 16, "signature": 64}.get(column, 32)
    sql(f"UPDATE matters_actrecord SET {column} = %s WHERE id = %s", chance.randbytes(size), key)
    return {(number, sequence), (number, sequence + 1)}


def altered_particulars(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice([row for row in rows if row[2] == 1])
    sql("UPDATE matters_particulars SET body = body || ' ' WHERE act_id = %s", key)
    return {(number, sequence)}


def deleted(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice(rows)
    sql("DELETE FROM matters_unsealed WHERE act_id = %s", key)
    sql("DELETE FROM matters_particulars WHERE act_id = %s", key)
    sql("DELETE FROM matters_actrecord WHERE id = %s", key)
    return {(number, sequence)}


COPIED = """INSERT INTO matters_actrecord (matter_id, sequence, verb, at, recorded_at, person, post, standing, actor, body,
    salt, personal_commitment, paper_hash, promised_on, previous_hash, act_hash, signature, previous_verb, previous_at,
    previous_person) SELECT matter_id, %s, verb, at, recorded_at, person, post, standing, actor, body, salt,
    personal_commitment, paper_hash, promised_on, act_hash, %s, signature, verb, at, person
    FROM matters_actrecord WHERE id = %s"""


def inserted(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    number = chance.choice(rows)[1]
    last = max((row for row in rows if row[1] == number), key=lambda row: row[2])
    sql(COPIED, last[2] + 1, chance.randbytes(32), last[0])
    if chance.random() < 0.5:  # the intruder also mends the count
        sql("UPDATE matters_matter SET acts_seen = acts_seen + 1 WHERE number = %s", number)
    return {(number, last[2] + 1)}


def reordered(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    number = chance.choice([row for row in rows if row[2] >= 3])[1]
    first, second = chance.sample([row for row in rows if row[1] == number], 2)
    sql("UPDATE matters_actrecord SET sequence = 1000 WHERE id = %s", first[0])
    sql("UPDATE matters_actrecord SET sequence = %s WHERE id = %s", first[2], second[0])
    sql("UPDATE matters_actrecord SET sequence = %s WHERE id = %s", second[2], first[0])
    return {(number, min(first[2], second[2]))}


def moved_to_another_matter(chance: random.Random, rows: list[Row]) -> set[tuple[str, int]]:
    key, number, sequence = chance.choice([row for row in rows if row[2] > 1])
    other = chance.choice([row for row in rows if row[1] != number and row[2] == 1])
    sql(
        "UPDATE matters_actrecord SET sequence = 900, "
        "matter_id = (SELECT id FROM matters_matter WHERE number = %s) WHERE id = %s",
        other[1],
        key,
    )
    places = {(other[1], count) for count in range(1, 901)}
    return {(number, sequence)} | places


DEEDS: tuple[Deed, ...] = (
    altered_text,
    altered_instant,
    altered_person,
    altered_bytes,
    altered_particulars,
    deleted,
    inserted,
    reordered,
    moved_to_another_matter,
)


def test_every_alteration_by_sql_is_found_and_the_right_act_is_named(record: list[Row]) -> None:
    chance = random.Random(20260302)
    for turn in range(ROUNDS):
        deed = DEEDS[turn % len(DEEDS)]
        mark = transaction.savepoint()
        expected = deed(chance, record)
        found = next(iter(list(faults())), None)  # read to the end before the table is put back
        transaction.savepoint_rollback(mark)
        assert found is not None, f"{deed.__name__} was not found in turn {turn}"
        assert (found.number, found.sequence) in expected, f"{deed.__name__}: {found}"
    assert list(faults()) == []


def test_the_ban_on_change_can_be_put_back(record: list[Row]) -> None:
    statements = append_only.SQLITE if connection.vendor == "sqlite" else append_only.POSTGRESQL
    for statement in statements:
        sql(statement)
    with pytest.raises(DatabaseError, match="recorded once"), transaction.atomic():
        sql("DELETE FROM matters_actrecord WHERE id = %s", record[0][0])
