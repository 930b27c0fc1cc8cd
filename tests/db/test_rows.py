"""What one act writes in plain SQL is what the object mapper would have written; what it reads to judge, likewise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Field

from tests.office import add_item, apply, at, found_office
from xiaoneng.desk import recording, rows
from xiaoneng.desk.holding import hold
from xiaoneng.desk.plain import fetch
from xiaoneng.matters.models import ActRecord, Alarm, Matter, Notice, Particulars, Serial, Unsealed
from xiaoneng.matters.queries import act_rows
from xiaoneng.matters.vocabulary.intake import Accepted
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def number() -> str:
    """An application that was accepted: every table that an act fills has rows."""
    office = found_office()
    add_item()
    receipt = apply(item="T-001", when=at("2026-03-02 09:00"))
    when = at("2026-03-03 10:00:00.000001")
    act = Accepted(at=when, by=office.acting(Duty.WINDOW, when=when))
    recording.record(act, number=receipt.number, seen=1, now=when)
    return receipt.number


def fields_of(model: type) -> list[Field]:
    return list(model._meta.concrete_fields)  # noqa: SLF001 - Django documents _meta as its public face


def key_of(model: type) -> str:
    return next(one.column for one in fields_of(model) if one.primary_key)


def stored(model: type, **where: object) -> list[dict[str, object]]:
    """Return rows as the database holds them, before the object mapper makes anything of them."""
    names = [one.column for one in fields_of(model)]
    found = model.objects.filter(**where).order_by("pk")
    text, values = found.values_list(*[one.attname for one in fields_of(model)]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return [
            {
                name: bytes(one) if isinstance(one, memoryview) else one
                for name, one in zip(names, row, strict=True)
            }
            for row in cursor.fetchall()
        ]


def written_by_the_mapper(
    model: type, first: dict[str, object], *, unlike: dict[str, object]
) -> dict[str, object]:
    """Write the row again through the object mapper under another key and return what was stored."""
    read = model.objects.get(pk=first[key_of(model)])
    again = model(**{one.attname: getattr(read, one.attname) for one in fields_of(model)})
    for name, value in {"pk": None, **unlike}.items():
        setattr(again, name, value)
    again.save(force_insert=True)
    return stored(model, pk=again.pk)[0]


def alike(model: type, first: dict[str, object], *, unlike: dict[str, object]) -> None:
    second = written_by_the_mapper(model, first, unlike=unlike)
    differing = {key_of(model), *unlike}
    assert {name: one for name, one in second.items() if name not in differing} == {
        name: one for name, one in first.items() if name not in differing
    }


def test_every_row_an_act_writes_is_the_row_the_object_mapper_writes(number):
    alike(Matter, stored(Matter)[0], unlike={"number": "another"})
    for place, row in enumerate(stored(ActRecord), start=1):
        unlike = {"sequence": 100 + place, "act_hash": bytes([place]) * 32}
        alike(ActRecord, row, unlike=unlike)
    spare = ActRecord.objects.get(sequence=101).pk
    alike(Particulars, stored(Particulars)[0], unlike={"act_id": spare, "pk": spare})
    alike(Unsealed, stored(Unsealed)[0], unlike={"act_id": spare, "pk": spare})
    for place, row in enumerate(stored(Alarm), start=1):
        alike(Alarm, row, unlike={"run": 100 + place})
    for place, row in enumerate(stored(Notice), start=1):
        alike(Notice, row, unlike={"key": f"another-{place}"})


def test_the_matter_held_for_an_act_is_the_matter_the_object_mapper_reads(number):
    with transaction.atomic():
        held = hold(number)
    matter = Matter.objects.get(number=number)
    for one in fields_of(Matter):
        mine, theirs = getattr(held.matter, one.attname), getattr(matter, one.attname)
        if isinstance(theirs, bytes | memoryview):
            mine, theirs = bytes(mine), bytes(theirs)
        assert (type(mine), mine) == (type(theirs), theirs), one.attname
    assert list(held.acts) == act_rows(matter.pk)
    assert held.acts[1].at == datetime(2026, 3, 3, 2, 0, 0, 1, tzinfo=UTC)
    assert held.revision == organisation.revision()


def test_a_matter_that_does_not_exist_cannot_be_held(number):
    with transaction.atomic(), pytest.raises(Matter.DoesNotExist):
        hold("XK2026-9999999-0")


def test_a_batch_that_breaks_a_rule_of_the_table_writes_nothing():
    batch = rows.Batch()
    for _ in range(2):
        batch.insert(Serial, {"prefix": "XK", "year": 2026, "last": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.carry_out()
    assert not Serial.objects.exists()


@pytest.mark.parametrize("words", ["", "it's", "反斜杠 \\x41", "{key} ? $1 %s", "第一行\n第二行"])
def test_words_arrive_as_they_were_sent_whatever_marks_they_hold(words):
    assert fetch("SELECT CAST(? AS TEXT), CAST(? AS TEXT)", [words, None]) == [(words, None)]


def test_a_row_put_twice_takes_the_new_values(number):
    matter = Matter.objects.get(number=number)
    alarm = {
        "matter_id": matter.pk,
        "clock": "handling",
        "run": 9,
        "rung": "near",
        "calendar": "CN",
        "axis": "w",
    }
    for ordinal in (5_000, 6_000):
        batch = rows.Batch()
        batch.put(Alarm, [{**alarm, "at": ordinal}], unique=("matter_id", "clock", "run", "rung"))
        batch.carry_out()
    assert [row.at for row in Alarm.objects.filter(matter=matter, run=9)] == [6_000]
