from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.pure.flow.logs import HEADER, OFFICE, office
from tests.pure.flow.stores import BAD, FEED, RECEIVED
from xiaoneng.flow.columns.intake import feed_lock
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.supervision.access import imports_of
from xiaoneng.supervision.feeding import actions, intake
from xiaoneng.supervision.models import FeedCase, FeedToken

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
WHERE = f"/api/feeds/{FEED}/batches"
GOOD = "\n".join((HEADER, RECEIVED.format(1, ""), RECEIVED.format(2, "")))
MIXED = "\n".join((HEADER, RECEIVED.format(1, ""), BAD.format(2)))
Answer = Any


@pytest.fixture
def secret() -> str:
    actions.amend(office())
    return actions.give_token(FEED, name="夜间上报", now=MONDAY)


def send(
    secret: str, body: bytes | str, *, key: str = "1", kind: str = "text/csv", where: str = WHERE, **more: str
) -> Answer:
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en", "Idempotency-Key": key, **more}
    return Client(enforce_csrf_checks=True).post(where, data=body, content_type=kind, headers=headers)


def record(case: str, **more: object) -> dict[str, object]:
    said = {"case:concept:name": case, "case:received": "2026-03-02 09:00:00", "concept:name": "受理"}
    return {**said, "time:timestamp": "2026-03-02 09:05:00", "case:due": None, **more}


def test_a_file_is_taken_once_and_a_repeat_is_answered_with_what_was_done(secret: str) -> None:
    answer = send(secret, GOOD)
    assert answer.status_code == 201
    said = answer.json()
    assert (said["number"], said["state"], said["new"], said["faults"]) == (1, "taken", 2, 0)
    assert answer["Location"] == f"{WHERE}/1"
    again = send(secret, GOOD)
    assert (again.status_code, again.json()) == (200, said)
    assert FeedCase.objects.count() == 2


def test_rows_are_taken_as_records(secret: str) -> None:
    answer = send(secret, json.dumps([record("A1"), record("A2")]), kind="application/json")
    assert (answer.status_code, answer.json()["new"]) == (201, 2)
    other = [record("A3"), record("A4", **{"case:due": 7})]
    told = send(secret, json.dumps(other), kind="application/json", key="2")
    assert told.status_code == 422
    assert told.json()["listed"] == [
        {"line": 2, "column": "case:due", "what": "a value must be a text (in quotes) or null"}
    ]


def test_a_packed_body_is_the_same_body(secret: str) -> None:
    packed = gzip.compress(GOOD.encode())
    assert send(secret, packed, **{"Content-Encoding": "gzip"}).status_code == 201
    assert send(secret, GOOD).status_code == 200


def test_the_same_key_with_another_body_is_refused(secret: str) -> None:
    send(secret, GOOD)
    answer = send(secret, MIXED)
    assert (answer.status_code, len(imports_of(FEED))) == (409, 1)
    assert "another body" in answer.json()["problem"]


def test_bad_rows_are_all_told_and_the_good_ones_are_taken_by_the_same_batch_confirmed(secret: str) -> None:
    answer = send(secret, MIXED)
    said = answer.json()
    assert (answer.status_code, said["state"], said["number"]) == (422, "waiting", 1)
    assert [(one["line"], one["column"]) for one in said["listed"]] == [
        (3, "case:due"),
        (3, "time:timestamp"),
    ]
    assert FeedCase.objects.count() == 0
    confirmed = send(secret, MIXED, where=f"{WHERE}?confirm=1")
    assert (confirmed.status_code, confirmed.json()["new"]) == (200, 1)
    assert FeedCase.objects.count() == 1


def test_whoever_confirms_beforehand_has_the_good_rows_taken_and_the_bad_ones_told(secret: str) -> None:
    answer = send(secret, MIXED, where=f"{WHERE}?confirm=1")
    assert (answer.status_code, answer.json()["new"], len(answer.json()["listed"])) == (201, 1, 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", "没有有效的令牌"), ("en", "no valid token"), ("fr", "没有有效的令牌")],
)
def test_without_a_token_nothing_is_taken_and_it_is_said_in_the_language_asked_for(
    secret: str, language: str, words: str
) -> None:
    answer = send("xnf_guess", GOOD, **{"Accept-Language": language})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert words in answer.json()["problem"]
    assert send("", GOOD, Authorization=secret).status_code == 401
    assert imports_of(FEED) == []


def test_a_token_opens_its_own_feed_alone_and_none_once_revoked(secret: str) -> None:
    other = parse_mapping(OFFICE.replace("county-office", "other-office"))
    actions.amend(other)
    assert send(secret, GOOD, where="/api/feeds/other-office/batches").status_code == 403
    assert send(secret, GOOD, where="/api/feeds/nobody/batches").status_code == 403
    actions.revoke_token(FEED, name="夜间上报", now=MONDAY)
    assert send(secret, GOOD).status_code == 401


def test_what_is_too_large_is_refused_packed_or_plain(secret: str, settings: Settings) -> None:
    settings.API_BODY_LIMIT = 1000
    assert send(secret, HEADER + "\n" * 2000).status_code == 413
    assert send(secret, gzip.compress(b"0" * 5000), **{"Content-Encoding": "gzip"}).status_code == 413
    assert imports_of(FEED) == []


@pytest.mark.parametrize(
    ("body", "kind", "more", "status"),
    [
        (GOOD, "text/plain", {}, 415),
        (GOOD, "text/csv", {"Content-Encoding": "br"}, 415),
        (b"\x1f\x8bbroken", "text/csv", {"Content-Encoding": "gzip"}, 400),
        ("[{", "application/json", {}, 400),
        ("[" * 100_000, "application/json", {}, 400),
        (GOOD, "text/csv", {"Idempotency-Key": " "}, 400),
        ("x,y\n1,2\n", "text/csv", {}, 422),
        ("", "text/csv", {}, 422),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    secret: str, body: bytes | str, kind: str, more: dict[str, str], status: int
) -> None:
    answer = send(secret, body, kind=kind, **more)
    assert answer.status_code == status
    assert answer.json()["problem"]
    assert imports_of(FEED) == []


def test_an_import_under_way_is_not_waited_for(secret: str) -> None:
    with feed_lock(intake.columns(), FEED):
        answer = send(secret, GOOD)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert send(secret, GOOD).status_code == 201


def test_the_state_of_an_import_can_be_asked_for(secret: str) -> None:
    send(secret, GOOD)
    headers = {"Authorization": f"Bearer {secret}"}
    answer: Answer = Client().get(f"{WHERE}/1", headers=headers)
    assert (answer.status_code, answer.json()["state"]) == (200, "taken")
    assert Client().get(f"{WHERE}/2", headers=headers).status_code == 404
    assert Client().get(f"{WHERE}/1").status_code == 401
    assert Client().get(WHERE, headers=headers).status_code == 405


def test_it_opens_no_session_and_keeps_the_day_of_use(secret: str, tmp_path: Path) -> None:
    answer = send(secret, GOOD)
    assert not answer.cookies
    assert FeedToken.objects.get().last_used_on is not None
