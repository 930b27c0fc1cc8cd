"""Whatever is changed behind the office's back is found, and the first fault names the right act."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.pure.ledger.office import Office, act, salt, working_office
from xiaoneng.ledger.chain import chained, commitment, facts, header, promise
from xiaoneng.ledger.fault import (
    ALTERED,
    DISCONNECTED,
    MISSING,
    NO_MATTER,
    PARTICULARS,
    ROW_ALTERED,
    UNCOUNTED,
    UNSIGNED,
    ActFact,
    Fault,
    MatterFact,
    gone,
)
from xiaoneng.ledger.note import Signer
from xiaoneng.ledger.verify_chain import chain_faults

A, B, LAST = "3302-2026-0004", "3302-2026-0006", "3302-2026-0009"
FORGER = Signer("xiaoneng.example/ningbo", bytes(32))


def first(office: Office, *, signatures: bool = True) -> Fault:
    found = office.faults(signatures=signatures)
    assert found, "nothing was found"
    return found[0]


def named(fault: Fault) -> tuple[str, int]:
    return fault.number, fault.sequence


def rewritten(one: ActFact, **changes: object) -> ActFact:
    """The act changed, and its hash made anew as anyone can who has the database but not the key."""
    changed = replace(one, **changes)  # type: ignore[arg-type]
    committed = commitment(salt=changed.salt, body=changed.body)
    act_hash = chained(
        previous=changed.previous, header=changed.header, commitment=committed, personal=changed.personal
    )
    return replace(changed, act_hash=act_hash)


def rewrite_from(office: Office, number: str, sequence: int, **changes: object) -> None:
    """Rewrite an act and the chain after it down to the matter's row: all that an intruder can do."""
    previous = None
    for at, one in enumerate(office.acts):
        if one.number == number and one.sequence >= sequence:
            step = changes if one.sequence == sequence else {"previous": previous}
            office.acts[at] = rewritten(one, **step)
            previous = office.acts[at].act_hash
    at = next(i for i, row in enumerate(office.matters) if row.number == number)
    assert previous is not None
    office.matters[at] = replace(office.matters[at], last_hash=previous)


def renumbered(one: ActFact, sequence: int) -> ActFact:
    said = facts(one.header)
    return replace(one, sequence=sequence, header=header({**said, "sequence": str(sequence)}))


def test_an_untouched_record_has_no_fault() -> None:
    assert working_office().faults() == []
    assert working_office(unsealed=45).faults() == []
    assert working_office(matters=120, acts=6, batch=300).faults() == []
    assert Office().faults() == []


def test_particulars_that_were_lawfully_erased_are_no_fault() -> None:
    office = working_office()
    office.change(A, 4, personal_salt=None, personal_body=None)
    assert office.faults() == []


@pytest.mark.parametrize("name", ["body", "salt", "previous", "act_hash", "personal"])
@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_an_altered_column_is_found(name: str, sequence: int) -> None:
    office = working_office()
    old = getattr(office.acts[office.place(A, sequence)], name) or bytes(32)
    office.change(A, sequence, **{name: bytes([old[0] ^ 1]) + old[1:]})
    assert (named(first(office)), first(office).what) == ((A, sequence), ALTERED)


@pytest.mark.parametrize(
    ("name", "value"), [("at", "2026-11-01T01:30:00Z"), ("verb", "decided"), ("actor", "乙")]
)
def test_an_altered_public_fact_is_found(name: str, value: str) -> None:
    office = working_office()
    office.change_header(A, 3, name, value)
    assert (named(first(office)), first(office).what) == ((A, 3), ALTERED)


def test_an_altered_signature_is_found() -> None:
    office = working_office()
    office.change(A, 3, signature=promise(signer=FORGER, act_hash=office.acts[office.place(A, 3)].act_hash))
    assert (named(first(office)), first(office).what) == ((A, 3), UNSIGNED)


def test_altered_particulars_are_found() -> None:
    office = working_office()
    office.change(A, 4, personal_body='{"name":"乙"}'.encode())
    assert (named(first(office)), first(office).what) == ((A, 4), PARTICULARS)
    office.change(A, 4, personal_body=None)
    assert (named(first(office)), first(office).what) == ((A, 4), PARTICULARS)


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_an_act_rewritten_with_everything_after_it_is_found(sequence: int) -> None:
    office = working_office()
    rewrite_from(office, A, sequence, body=b'{"remark":"nothing happened"}')
    assert (named(first(office)), first(office).what) == ((A, sequence), UNSIGNED)
    # Even unsigned, the log knows better for what it has sealed.
    assert (named(first(office, signatures=False)), first(office, signatures=False).what) == (
        (A, sequence),
        ROW_ALTERED,
    )


@pytest.mark.parametrize("sequence", [1, 2, 5])
@pytest.mark.parametrize("unsealed", [4, 45])
def test_a_deleted_act_is_found_sealed_or_not(sequence: int, unsealed: int) -> None:
    office = working_office(unsealed=unsealed)
    del office.acts[office.place(LAST, sequence)]
    assert (named(first(office)), first(office).what) == ((LAST, sequence), MISSING)


def test_acts_cut_off_with_the_count_put_right_are_found_in_the_log() -> None:
    office = working_office()
    cut = office.acts.pop(office.place(A, 5))
    at = next(i for i, row in enumerate(office.matters) if row.number == A)
    office.matters[at] = MatterFact(A, 4, cut.previous)
    found = office.faults()
    assert [(fault.what, fault.index) for fault in found] == [(gone(cut.key), cut.key - 100)]


def test_a_matter_deleted_with_all_its_acts_is_found_in_the_log() -> None:
    office = working_office()
    keys = [one.key for one in office.acts if one.number == A]
    office.acts = [one for one in office.acts if one.number != A]
    office.matters = [row for row in office.matters if row.number != A]
    assert [fault.what for fault in office.faults()] == [gone(key) for key in keys]


def test_a_matter_whose_row_alone_was_deleted_is_found() -> None:
    office = working_office()
    office.matters = [row for row in office.matters if row.number != A]
    assert (first(office).number, first(office).what) == (A, NO_MATTER)


@pytest.mark.parametrize("number", [A, LAST])
def test_a_forged_act_put_last_is_found(number: str) -> None:
    office = working_office()
    last = office.acts[office.place(number, 5)]
    forged = act(key=999, number=number, sequence=6, previous=last.act_hash)
    forged = replace(forged, signature=promise(signer=FORGER, act_hash=forged.act_hash))
    office.acts.append(forged)
    at = next(i for i, row in enumerate(office.matters) if row.number == number)
    office.matters[at] = MatterFact(number, 6, forged.act_hash)
    assert (named(first(office)), first(office).what) == ((number, 6), UNSIGNED)


def test_a_forged_act_put_between_is_found() -> None:
    office = working_office()
    forged = act(key=999, number=A, sequence=3, previous=office.acts[office.place(A, 2)].act_hash)
    forged = replace(forged, signature=promise(signer=FORGER, act_hash=forged.act_hash))
    office.acts = [
        renumbered(one, one.sequence + 1) if one.number == A and one.sequence >= 3 else one
        for one in office.acts
    ]
    office.acts.append(forged)
    assert (named(first(office)), first(office).what) == ((A, 3), UNSIGNED)


def test_an_act_that_was_signed_for_another_place_in_the_chain_is_found() -> None:
    office = working_office()
    stray = act(key=999, number=A, sequence=3, previous=bytes(32))
    office.acts[office.place(A, 3)] = replace(stray, key=office.acts[office.place(A, 3)].key)
    assert (named(first(office)), first(office).what) == ((A, 3), DISCONNECTED)


def test_two_acts_that_changed_places_are_found() -> None:
    office = working_office()
    second, fourth = office.place(A, 2), office.place(A, 4)
    office.acts[second], office.acts[fourth] = (
        renumbered(office.acts[fourth], 2),
        renumbered(office.acts[second], 4),
    )
    assert (named(first(office)), first(office).what) == ((A, 2), ALTERED)


def test_acts_swapped_between_matters_are_found() -> None:
    office = working_office()
    one, other = office.place(A, 2), office.place(B, 2)
    mine, theirs = office.acts[one], office.acts[other]
    office.acts[one] = replace(theirs, number=A, header=header({**facts(theirs.header), "number": A}))
    office.acts[other] = replace(mine, number=B, header=header({**facts(mine.header), "number": B}))
    found = [named(fault) for fault in office.faults() if fault.what == ALTERED]
    assert found == [(A, 2), (B, 2)]
    assert named(first(office)) == (A, 2)


def test_a_matters_count_or_last_hash_that_was_changed_is_found() -> None:
    for row in (MatterFact(A, 4, b""), MatterFact(A, 6, b""), MatterFact(A, 5, bytes(32))):
        office = working_office()
        at = next(i for i, one in enumerate(office.matters) if one.number == A)
        office.matters[at] = replace(row, last_hash=row.last_hash or office.matters[at].last_hash)
        assert (named(first(office)), first(office).what) == ((A, 5), UNCOUNTED)


def test_a_row_that_claims_a_billion_acts_does_not_fill_the_report() -> None:
    office = working_office()
    at = next(i for i, one in enumerate(office.matters) if one.number == A)
    office.matters[at] = MatterFact(A, 10**9, bytes(32))
    assert len(office.faults()) == 100


def test_rows_that_come_out_of_order_are_a_mistake_of_the_caller_not_a_fault() -> None:
    office = working_office()
    backwards = sorted(office.acts, key=lambda one: one.number, reverse=True)
    with pytest.raises(ValueError, match="out of order"):
        list(chain_faults(backwards, office.matters, verifier=None))
    with pytest.raises(ValueError, match="out of order"):
        list(chain_faults([], reversed(office.matters), verifier=None))


def flipped(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


@pytest.mark.parametrize("seed", range(300))
def test_any_single_change_is_found_and_the_right_act_named(seed: int) -> None:
    dice = random.Random(seed)
    office = working_office(unsealed=dice.choice([0, 4, 45]))
    number, sequence = f"3302-2026-{dice.randint(1, 9):04d}", dice.randint(1, 5)
    one = office.acts[office.place(number, sequence)]
    match dice.choice(["column", "header", "rewrite", "delete", "move"]):
        case "column":
            name = dice.choice(["salt", "body", "previous", "act_hash", "signature"])
            office.change(number, sequence, **{name: flipped(getattr(one, name), dice)})
        case "header":
            office.change(number, sequence, header=flipped(one.header, dice))
        case "rewrite":
            rewrite_from(office, number, sequence, body=flipped(one.body, dice), salt=salt(str(seed)))
        case "delete":
            office.acts.remove(one)
        case "move":
            office.acts[office.place(number, sequence)] = renumbered(one, sequence + 7)
    assert named(first(office)) == (number, sequence)
