"""Acts, promises, proofs and receipts: what a citizen can show when the office no longer can."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.pure.ledger.office import SIGNER, SITE, VKEY, Office, act, salt, working_office
from xiaoneng.ledger.chain import (
    GENESIS,
    chained,
    check_promise,
    commitment,
    entry,
    facts,
    header,
    leaf,
    promise,
)
from xiaoneng.ledger.fault import ActFact
from xiaoneng.ledger.note import NoteRejected, Signer, open_note
from xiaoneng.ledger.proof import Proof, check_proof
from xiaoneng.ledger.receipt import Receipt, ReceiptRejected, check_receipt, with_proof
from xiaoneng.ledger.tree import ProofFailed, record_hash

FILED = act(
    key=1,
    number="3302-2026-0001",
    sequence=1,
    previous=GENESIS,
    facts={"at": "2026-11-23T01:02:03Z", "promised": "2026-12-21"},
)


def receipt_of(one: ActFact) -> Receipt:
    return Receipt(
        header=one.header,
        previous=one.previous,
        salt=one.salt,
        body=one.body,
        signature=one.signature,
        personal=one.personal,
        personal_salt=one.personal_salt,
        personal_body=one.personal_body,
    )


def sealed_receipt() -> tuple[Office, str]:
    office = working_office()
    office.seal([FILED])
    proof = office.proof(office.tiles.size - 1).text()
    return office, with_proof(receipt_of(FILED), proof).text()


def test_a_header_is_read_back_as_it_was_written() -> None:
    said = {
        "number": "3302-2026-0001",
        "sequence": "1",
        "at": "2026-11-23T01:02:03Z",
        "ground": "",
        "basis": "第三十二条",
    }
    assert facts(header(said)) == said
    assert header(said) == header(dict(reversed(said.items())))


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ({"remark": "two\nlines"}, "remark is not one line"),
        ({"remark": " padded"}, "remark is not one line"),
        ({"Two words": "x"}, "'Two words' is not a name"),
        ({"at": "now\u2028"}, "at is not one line"),
    ],
)
def test_a_header_names_everything_that_cannot_be_written(extra: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)) as refused:
        header({"sequence": "1", **extra})
    assert "number is missing" in str(refused.value)


@pytest.mark.parametrize(
    "data", [b"", b"number 1", b"at x\nnumber 1\nat x\nsequence 1\n", b"sequence 1\nnumber 1\nat x\n"]
)
def test_a_header_has_one_spelling(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        facts(data)


def test_each_part_of_an_act_changes_its_hash() -> None:
    parts = {"previous": GENESIS, "header": b"h", "commitment": bytes([1]) * 32, "personal": None}
    others = {
        "previous": bytes([2]) * 32,
        "header": b"hh",
        "commitment": bytes([3]) * 32,
        "personal": bytes(32),
    }
    hashes = {chained(**parts)} | {chained(**{**parts, name: other}) for name, other in others.items()}
    assert len(hashes) == 5


def test_lengths_cannot_be_shifted_between_parts() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        chained(previous=bytes(31), header=b"\x00h", commitment=bytes(32), personal=None)
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(salt=bytes(15), body=b"\x00body")


def test_erasing_particulars_leaves_the_hash_of_the_act_standing() -> None:
    erased = replace(receipt_of(FILED), personal_salt=None, personal_body=None)
    assert erased.act_hash == FILED.act_hash
    assert check_receipt(erased.text(), VKEY).number == "3302-2026-0001"


def test_a_promise_holds_for_one_act_one_key_and_one_office() -> None:
    given = promise(signer=SIGNER, act_hash=FILED.act_hash)
    assert check_promise(given, verifier=SIGNER.verifier, act_hash=FILED.act_hash)
    assert not check_promise(given, verifier=SIGNER.verifier, act_hash=GENESIS)
    assert not check_promise(given, verifier=Signer(SITE, bytes(32)).verifier, act_hash=FILED.act_hash)
    renamed = Signer("elsewhere.example", SIGNER.seed).verifier
    assert not check_promise(given, verifier=renamed, act_hash=FILED.act_hash)


def test_a_promise_never_passes_for_a_note_of_the_same_key() -> None:
    assert not check_promise(
        SIGNER.signature(FILED.act_hash), verifier=SIGNER.verifier, act_hash=FILED.act_hash
    )
    with pytest.raises(NoteRejected):
        open_note("xiaoneng/promise/v1\x00\n\n— a AAAAAAA=\n", [SIGNER.verifier])


def test_a_log_entry_is_a_prefix_and_the_hash_and_nothing_else() -> None:
    assert entry(FILED.act_hash).endswith(FILED.act_hash)
    assert len(entry(FILED.act_hash)) == len(b"xiaoneng/entry/v1\x00") + 32
    assert leaf(FILED.act_hash) == record_hash(entry(FILED.act_hash))


def test_a_proof_is_the_file_of_the_specification() -> None:
    office, _ = sealed_receipt()
    text = office.proof(3).text()
    lines = text.split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 3"]
    assert text.endswith("\n\n" + office.checkpoints[-1].note)
    assert Proof.parse(text).text() == text
    extra = replace(Proof.parse(text), extra=b"kept")
    assert extra.text().split("\n")[1] == "extra a2VwdA=="
    assert Proof.parse(extra.text()) == extra


def test_every_sealed_act_is_proved_and_no_other() -> None:
    office, _ = sealed_receipt()
    for row in office.entries:
        text = office.proof(row.index).text()
        assert check_proof(text, vkey=VKEY, act_hash=row.act_hash).size == len(office.entries)
        with pytest.raises(ProofFailed):
            check_proof(text, vkey=VKEY, act_hash=bytes(32))
        with pytest.raises(ProofFailed, match="no known key"):
            check_proof(text, vkey=Signer(SITE, bytes(32)).verifier.vkey, act_hash=row.act_hash)


def test_no_byte_of_a_proof_can_be_changed() -> None:
    office, _ = sealed_receipt()
    data = office.proof(7).text().encode()
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises((ProofFailed, UnicodeDecodeError)):
            check_proof(changed.decode(), vkey=VKEY, act_hash=office.entries[7].act_hash)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1\n", ""),
        ("index 7\n", ""),
        ("index 7", "index 07"),
        ("index 7", "index 99"),
        ("\n\n", "\n"),
        ("index 7\n", "index 7\nAAAA\n"),
    ],
)
def test_a_malformed_proof_is_refused(old: str, new: str) -> None:
    office, _ = sealed_receipt()
    with pytest.raises(ProofFailed):
        check_proof(
            office.proof(7).text().replace(old, new, 1), vkey=VKEY, act_hash=office.entries[7].act_hash
        )


def test_a_receipt_proves_filing_time_and_promised_date_before_anything_is_sealed() -> None:
    checked = check_receipt(receipt_of(FILED).text(), VKEY)
    assert checked.number == "3302-2026-0001"
    assert checked.filed_at == "2026-11-23T01:02:03Z"
    assert checked.promised == "2026-12-21"
    assert checked.checkpoint is None


def test_a_sealed_receipt_proves_the_same_with_the_office_gone() -> None:
    office, text = sealed_receipt()
    size = office.tiles.size
    del office
    checked = check_receipt(text, VKEY)
    assert checked.act_hash == FILED.act_hash
    assert checked.checkpoint is not None
    assert checked.checkpoint.size == size


def test_a_receipt_is_printable_lines_in_which_the_body_can_be_read() -> None:
    lines = receipt_of(FILED).text().split("\n")
    assert lines[0] == "xiaoneng-receipt@v1"
    assert "fact promised 2026-12-21" in lines
    assert "body " + FILED.body.decode() in lines
    assert 'personal_body {"name":"甲1"}' in lines


def test_no_byte_of_a_receipt_can_be_changed() -> None:
    data = sealed_receipt()[1].encode()
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises((ReceiptRejected, UnicodeDecodeError)):
            check_receipt(changed.decode(), VKEY)


def test_a_receipt_of_another_office_is_refused() -> None:
    with pytest.raises(ReceiptRejected, match="did not sign"):
        check_receipt(receipt_of(FILED).text(), Signer(SITE, bytes(32)).verifier.vkey)
    with pytest.raises(ReceiptRejected, match="verifier key"):
        check_receipt(receipt_of(FILED).text(), "not a key")


def test_a_receipt_names_all_its_faults_at_once() -> None:
    text = receipt_of(FILED).text().replace("xiaoneng-receipt@v1", "xiaoneng-receipt@v2")
    text = re.sub(r"salt \S+", "salt AAAA", text, count=1).replace("signature ", "signed ")
    with pytest.raises(ReceiptRejected) as refused:
        check_receipt(text, VKEY)
    told = "; ".join(refused.value.faults)
    for fault in ("first line", "salt has 3 bytes", "signed is not a line", "signature is missing"):
        assert fault in told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n",
        lambda text: text.removesuffix("\n"),
        lambda text: text + text.split("\n")[-2] + "\n",
        lambda text: text.replace("body {", "body \t{"),
        lambda _: "",
    ],
)
def test_a_receipt_mangled_on_its_way_is_refused(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(ReceiptRejected):
        check_receipt(spoil(receipt_of(FILED).text()), VKEY)


def test_particulars_of_another_person_do_not_fit() -> None:
    other = replace(receipt_of(FILED), personal_body='{"name":"乙"}'.encode())
    with pytest.raises(ReceiptRejected, match="particulars"):
        check_receipt(other.text(), VKEY)
    half = replace(receipt_of(FILED), personal_salt=None)
    with pytest.raises(ReceiptRejected, match="particulars"):
        check_receipt(half.text(), VKEY)


def test_a_proof_of_another_act_does_not_fit() -> None:
    office, _ = sealed_receipt()
    with pytest.raises(ReceiptRejected, match="inclusion"):
        check_receipt(with_proof(receipt_of(FILED), office.proof(0).text()).text(), VKEY)


def test_a_body_of_two_lines_has_no_receipt() -> None:
    with pytest.raises(ValueError, match="not one line"):
        replace(receipt_of(FILED), body=b"a\nb", salt=salt("x")).text()
