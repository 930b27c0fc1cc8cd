"""What is changed in the log itself, its tiles or its checkpoints is found, and the act of the row named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.pure.ledger.office import SIGNER, Office, act, working_office
from xiaoneng.ledger.chain import leaf
from xiaoneng.ledger.checkpoint import Checkpoint, signed
from xiaoneng.ledger.fault import (
    ROW_ALTERED,
    ROW_GONE,
    UNSEALED,
    CheckpointFact,
    EntryFact,
    Fault,
)
from xiaoneng.ledger.note import Signer
from xiaoneng.ledger.verify import kept_outside

A, B, LAST = "3302-2026-0004", "3302-2026-0006", "3302-2026-0009"
FORGER = Signer("xiaoneng.example/ningbo", bytes(32))


def first(office: Office, *, signatures: bool = True) -> Fault:
    found = office.faults(signatures=signatures)
    assert found, "nothing was found"
    return found[0]


def named(fault: Fault) -> tuple[str, int]:
    return fault.number, fault.sequence


def entry_of(office: Office, number: str, sequence: int) -> int:
    key = office.acts[office.place(number, sequence)].key
    return next(i for i, row in enumerate(office.entries) if row.act == key)


def test_an_altered_row_of_the_log_is_found() -> None:
    office = working_office()
    at = entry_of(office, A, 3)
    office.entries[at] = replace(office.entries[at], act_hash=bytes(32))
    assert office.faults() == [Fault(A, 3, ROW_ALTERED, at)]


def test_a_row_of_the_log_turned_to_another_act_is_found() -> None:
    office = working_office()
    at = entry_of(office, A, 3)
    office.entries[at] = replace(office.entries[at], act=5_000)
    assert office.faults() == [Fault(A, 3, ROW_ALTERED, at)]


def test_two_rows_of_the_log_that_changed_places_are_found() -> None:
    office = working_office()
    one, other = entry_of(office, A, 3), entry_of(office, B, 1)
    rows = office.entries
    rows[one], rows[other] = replace(rows[one], index=other), replace(rows[other], index=one)
    assert {named(fault) for fault in office.faults()} == {(A, 3), (B, 1)}
    assert {fault.what for fault in office.faults()} == {ROW_ALTERED}


@pytest.mark.parametrize("tiles_too", [False, True])
def test_a_deleted_row_of_the_log_is_found(tiles_too: bool) -> None:
    office = working_office()
    at = entry_of(office, A, 3)
    del office.entries[at]
    if tiles_too:
        office.tiles.held[0, 0] = office.tiles.held[0, 0][: at * 32]
        assert office.faults()
    else:
        assert office.faults() == [Fault(A, 3, ROW_GONE, at)]


def test_a_row_added_after_the_last_checkpoint_is_found() -> None:
    office = working_office()
    one = office.acts[office.place(LAST, 5)]
    office.entries.append(EntryFact(office.tiles.size, one.key, one.act_hash))
    assert office.faults() == [Fault("", 0, UNSEALED, office.tiles.size)]


def test_an_altered_tile_is_found() -> None:
    office = working_office(matters=120, acts=6, batch=300)
    for place in list(office.tiles.held):
        held = office.tiles.held[place]
        office.tiles.held[place] = held[:-1] + bytes([held[-1] ^ 1])
        assert [fault.what.en for fault in office.faults()] == [
            f"tile {place[0]}/{place[1]} was altered or is missing"
        ]
        office.tiles.held[place] = held


def test_row_and_tile_altered_together_still_break_the_signed_root() -> None:
    office = working_office()
    at = entry_of(office, A, 3)
    office.entries[at] = replace(office.entries[at], act_hash=bytes(32))
    held = office.tiles.held[0, 0]
    office.tiles.held[0, 0] = held[: at * 32] + leaf(bytes(32)) + held[at * 32 + 32 :]
    assert named(first(office)) == (A, 3)
    assert any("signed checkpoint" in fault.what.en for fault in office.faults())


def altered_note(fact: CheckpointFact) -> CheckpointFact:
    return replace(fact, note=fact.note.replace("\n", "\n1", 1))


def resigned(fact: CheckpointFact) -> CheckpointFact:
    return replace(fact, note=signed(Checkpoint(FORGER.name, fact.size, fact.root), signer=FORGER))


@pytest.mark.parametrize(
    "change",
    [
        altered_note,
        resigned,
        lambda fact: replace(fact, root=bytes(32)),
        lambda fact: replace(fact, size=fact.size - 1),
        lambda fact: replace(fact, note=""),
    ],
)
@pytest.mark.parametrize("at", [0, 1, -1])
def test_an_altered_checkpoint_is_found(change: Callable[[CheckpointFact], CheckpointFact], at: int) -> None:
    office = working_office()
    office.checkpoints[at] = change(office.checkpoints[at])
    assert "not to be trusted" in first(office).what.en


def test_a_deleted_last_checkpoint_is_found() -> None:
    office = working_office()
    office.checkpoints.pop()
    assert first(office).what == UNSEALED


def test_a_log_cut_back_with_its_checkpoint_is_found_by_whoever_kept_that_checkpoint() -> None:
    office = working_office()
    kept = kept_outside(office.checkpoints[-1].note, verifier=SIGNER.verifier)
    assert office.faults(remembered=[kept]) == []
    younger = working_office(unsealed=20)
    cut = working_office(unsealed=20)
    cut.acts = [one for one in cut.acts if one.key < 125]
    assert younger.faults() == []
    assert any(str(kept.size) in fault.what.en for fault in younger.faults(remembered=[kept]))


def test_a_log_begun_anew_with_the_key_is_found_by_whoever_kept_a_checkpoint() -> None:
    kept = kept_outside(working_office().checkpoints[1].note, verifier=SIGNER.verifier)
    anew = working_office(batch=13, acts=4)
    anew.acts[0] = act(
        key=100, number=anew.acts[0].number, sequence=1, previous=bytes(32), facts={"verb": "x"}
    )
    anew = Office(acts=anew.acts, matters=anew.matters)
    anew.seal(anew.acts)
    assert any("signed checkpoint" in fault.what.en for fault in anew.faults(remembered=[kept]))
