"""The log in the database: sealed in batches, never twice, never backwards, never on top of a broken one."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.pure.ledger.office import SIGNER, SITE, VKEY, working_office
from xiaoneng.ledger import access, queries
from xiaoneng.ledger.actions import LogBroken, SealRefused, seal
from xiaoneng.ledger.chain import entry, leaf
from xiaoneng.ledger.checkpoint import Head, opened
from xiaoneng.ledger.fault import Fault, MatterFact, SealedFact
from xiaoneng.ledger.models import Checkpoint, Entry, Tile
from xiaoneng.ledger.note import Signer
from xiaoneng.ledger.proof import check_proof
from xiaoneng.ledger.tiles import Tiles, path_of, places, unbundle
from xiaoneng.ledger.tree import View, check_growth, record_hash
from xiaoneng.ledger.verify import Log, Matters, verify

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Monday in Ningbo."""


def acts(start: int, stop: int) -> list[tuple[int, bytes]]:
    return [(1_000 + number, record_hash(f"act {number}".encode())) for number in range(start, stop)]


def sealed(start: int, stop: int, *, minutes: int = 0) -> Head:
    now = MORNING + timedelta(minutes=minutes)
    return seal(acts(start, stop), signer=SIGNER, origin=SITE, now=now)


def in_memory(count: int) -> Tiles:
    tiles = Tiles()
    tiles.append([leaf(act_hash) for _, act_hash in acts(0, count)])
    return tiles


def stored_tiles() -> dict[tuple[int, int], bytes]:
    return {(row.level, row.n): bytes(row.data) for row in Tile.objects.all()}


def test_sealing_in_batches_stores_the_tree_that_one_sealing_would() -> None:
    at = 0
    for minutes, count in enumerate((1, 254, 1, 1, 300, 43)):
        sealed(at, at + count, minutes=minutes)
        at += count
    expected = in_memory(at)
    assert stored_tiles() == expected.held
    assert all(row.width == len(row.data) // 32 for row in Tile.objects.all())
    head = queries.head(origin=SITE)
    assert head is not None
    assert head.checkpoint.root == View(size=at, store=expected).root()
    assert opened(head.note, verifier=SIGNER.verifier) == head.checkpoint
    assert head.sealed_at == MORNING + timedelta(minutes=5)
    assert queries.sealed_count() == at


def test_every_sealed_act_is_proved_from_the_database() -> None:
    sealed(0, 300)
    for index in (0, 1, 255, 256, 299):
        proof = queries.proof(index)
        assert proof is not None
        assert check_proof(proof.text(), vkey=VKEY, act_hash=acts(index, index + 1)[0][1]).size == 300
    assert queries.proof(300) is None


def test_growth_is_proved_to_a_witness_from_the_database() -> None:
    first, second = sealed(0, 200), sealed(200, 700, minutes=1)
    proof = queries.growth(old=200, size=700)
    check_growth(proof, old=200, size=700, old_root=first.checkpoint.root, root=second.checkpoint.root)


def test_a_proof_costs_three_queries_at_most(django_assert_max_num_queries: object) -> None:
    sealed(0, 600)
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(3):
        queries.proof(300)


def test_an_empty_log_has_neither_head_nor_proof(tmp_path: Path) -> None:
    assert queries.head(origin=SITE) is None
    assert queries.proof(0) is None
    assert queries.index_of(1_000) is None
    assert queries.export_tiles(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def unchanged_after(refusal: type[Exception], match: str, **changes: object) -> None:
    """Sealing three acts with `changes` is refused and leaves nothing behind."""
    before = (queries.sealed_count(), stored_tiles(), Checkpoint.objects.count())
    told = {"signer": SIGNER, "origin": SITE, "now": MORNING + timedelta(hours=1), **changes}
    leaves = told.pop("leaves", acts(5, 8))
    with pytest.raises(refusal, match=match):
        seal(leaves, **told)
    assert (queries.sealed_count(), stored_tiles(), Checkpoint.objects.count()) == before


def test_the_same_act_is_never_sealed_twice() -> None:
    sealed(0, 5)
    unchanged_after(SealRefused, "sealed before: 1004", leaves=acts(4, 8))
    unchanged_after(SealRefused, "twice in the batch", leaves=acts(5, 8) * 2)


def test_nothing_to_seal_and_things_that_are_no_hash_are_refused_together() -> None:
    unchanged_after(SealRefused, "nothing to seal", leaves=[])
    with pytest.raises(SealRefused) as refused:
        seal([(1, b"short"), (1, b"")], signer=SIGNER, origin="elsewhere.example", now=MORNING)
    for reason in ("twice in the batch", "not a hash", "the log is elsewhere.example"):
        assert reason in str(refused.value)


@pytest.mark.parametrize("back", [timedelta(0), timedelta(seconds=-1)])
def test_time_that_does_not_progress_is_refused(back: timedelta) -> None:
    sealed(0, 5)
    unchanged_after(SealRefused, "time did not progress", now=MORNING + back)


def test_a_log_of_another_key_is_not_continued() -> None:
    sealed(0, 5)
    unchanged_after(LogBroken, "no known key", signer=Signer(SITE, bytes(32)))


def test_a_log_that_half_exists_is_not_continued() -> None:
    sealed(0, 5)
    Checkpoint.objects.all().delete()
    unchanged_after(LogBroken, "half exists")
    Entry.objects.all().delete()
    unchanged_after(LogBroken, "half exists")


def test_a_log_whose_edge_was_altered_is_not_continued() -> None:
    sealed(0, 5)
    row = Tile.objects.get()
    Tile.objects.update(data=bytes(row.data)[:-1] + b"\x00")
    unchanged_after(LogBroken, "do not agree")
    Tile.objects.all().delete()
    unchanged_after(LogBroken, "cannot be continued")


def test_a_log_whose_last_row_or_checkpoint_was_altered_is_not_continued() -> None:
    sealed(0, 5)
    Entry.objects.filter(index=4).delete()
    unchanged_after(LogBroken, "do not agree")
    Entry.objects.create(index=4, act=1_004, act_hash=bytes(32))
    Checkpoint.objects.update(root=bytes(32))
    unchanged_after(LogBroken, "do not agree")


def test_a_sealing_that_fails_at_the_end_leaves_nothing_behind() -> None:
    sealed(0, 5)
    # A checkpoint of the size to come stands in the way, as a sealer without our lock would leave it.
    Checkpoint.objects.filter(size=5).update(size=8)
    Checkpoint.objects.filter(size=8).update(sealed_at=MORNING)
    unchanged_after(LogBroken, "cannot be continued|do not agree")


def test_the_log_is_exported_as_the_specification_lays_it_out(tmp_path: Path) -> None:
    sealed(0, 300)
    head = queries.export_tiles(tmp_path)
    assert head is not None
    assert (tmp_path / "checkpoint").read_text() == head.note
    expected = in_memory(300)
    for (level, n), width in places(300):
        file = tmp_path / path_of((level, n), width=width)
        assert file.read_bytes() == expected.held[level, n]
    full = unbundle((tmp_path / "tile/entries/000").read_bytes())
    rest = unbundle((tmp_path / "tile/entries/001.p/44").read_bytes())
    assert full + rest == [entry(act_hash) for _, act_hash in acts(0, 300)]


def test_exporting_again_adds_and_rewrites_nothing(tmp_path: Path) -> None:
    sealed(0, 300)
    queries.export_tiles(tmp_path)
    old = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    sealed(300, 513, minutes=1)
    queries.export_tiles(tmp_path)
    new = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    assert {file for file in old if new.get(file) != old[file]} == {tmp_path / "checkpoint"}
    assert {str(file.relative_to(tmp_path)) for file in new if file not in old} == {
        "tile/0/001",
        "tile/0/002.p/1",
        "tile/1/000.p/2",
        "tile/entries/001",
        "tile/entries/002.p/1",
    }
    assert not list(tmp_path.rglob("*.part"))


def test_a_log_with_a_hole_is_not_exported_under_a_new_checkpoint(tmp_path: Path) -> None:
    sealed(0, 300)
    Entry.objects.filter(index=7).delete()
    with pytest.raises(LookupError, match="255 of 256"):
        queries.export_tiles(tmp_path)
    assert not (tmp_path / "checkpoint").exists()


def faults() -> list[Fault]:
    office = working_office(unsealed=0)
    if not Entry.objects.exists():
        for minutes, start in enumerate(range(0, 45, 9)):
            batch = [(one.key, one.act_hash) for one in office.acts[start : start + 9]]
            seal(batch, signer=SIGNER, origin=SITE, now=MORNING + timedelta(minutes=minutes))
    by_number = sorted(office.acts, key=lambda one: (one.number, one.sequence))
    matters = Matters(
        acts=by_number,
        rows=[MatterFact(row.number, row.acts_seen, row.last_hash) for row in office.matters],
        by_key=[SealedFact(one.key, one.number, one.sequence, one.act_hash) for one in office.acts],
    )
    log = Log(
        by_index=queries.entries(),
        by_act=queries.entries(by_act=True),
        checkpoints=queries.checkpoints(),
        store=queries.StoredTiles(),
    )
    return list(verify(matters, log, verifier=SIGNER.verifier))


def test_a_row_altered_by_sql_is_named() -> None:
    assert faults() == []
    with connection.cursor() as cursor:
        cursor.execute('UPDATE ledger_entry SET act_hash = %s WHERE "index" = 21', [bytes(32)])
    assert [(fault.number, fault.sequence, fault.index) for fault in faults()] == [("3302-2026-0004", 3, 21)]


def test_a_tile_and_a_checkpoint_altered_by_sql_are_named() -> None:
    assert faults() == []
    Tile.objects.update(data=bytes(45 * 32))
    assert [fault.what.en for fault in faults()] == ["tile 0/0 was altered or is missing"]
    Checkpoint.objects.filter(size=18).update(note="forged\n")
    assert "checkpoint of size 18" in faults()[0].what.en


def test_the_database_itself_refuses_a_second_place_for_an_act() -> None:
    sealed(0, 5)
    for row in ({"index": 9, "act": 1_002}, {"index": 2, "act": 77}, {"index": -1, "act": 77}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(act_hash=bytes(32), **row)
    with pytest.raises(DatabaseError), transaction.atomic():
        Tile.objects.create(level=0, n=0, width=1, data=bytes(32))
    with pytest.raises(DatabaseError), transaction.atomic():
        Checkpoint.objects.create(size=5, root=bytes(32), note="", sealed_at=MORNING)


def test_the_public_face_shows_key_checkpoint_and_proof(settings: object) -> None:
    settings.SIGNING_KEY = base64.b64encode(SIGNER.seed).decode()  # type: ignore[attr-defined]
    settings.SITE = SITE  # type: ignore[attr-defined]
    assert access.checkpoint_note() is None
    assert access.proof_text(1_002) is None
    head = sealed(0, 5)
    assert access.checkpoint_note() == head.note
    text = access.proof_text(1_002)
    assert text is not None
    assert check_proof(text, vkey=access.vkey(), act_hash=acts(2, 3)[0][1]) == head.checkpoint
    assert access.tile(level=0, n=0) == in_memory(5).held[0, 0]
    assert access.tile(level=1, n=0) is None
    assert replace(head, note="") != head
