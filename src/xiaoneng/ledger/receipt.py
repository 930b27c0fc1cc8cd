"""Receipts (回执): a text file that proves, with no database, what was filed, when, and what was promised.

It carries everything that the act's hash is made of, so that anyone can make it again, the office's signature
on that hash, and, once the act is sealed, its proof of inclusion. Knows no act classes: what it shows is
read from the act's canonical header, where `at` is the filing time and `promised` the promised date.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import Self

from xiaoneng.ledger.chain import SALT, chained, check_promise, commitment, facts
from xiaoneng.ledger.checkpoint import Checkpoint
from xiaoneng.ledger.note import SIGNATURE, Verifier, unbase64
from xiaoneng.ledger.proof import check_proof
from xiaoneng.ledger.tree import SIZE, Hash, ProofFailed

FIRST_LINE = "xiaoneng-receipt@v1"
_FACT = "fact "
_FIELDS = ("previous", "salt", "body", "personal", "personal_salt", "personal_body", "signature")
_LENGTHS = {
    "previous": SIZE,
    "salt": SALT,
    "personal": SIZE,
    "personal_salt": SALT,
    "signature": SIGNATURE,
}
_NEEDED = ("previous", "salt", "body", "signature")
_AS_TEXT = frozenset({"body", "personal_body"})


class ReceiptRejected(Exception):
    """The receipt does not prove what it says; `faults` names everything wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One act as its author keeps it. Bodies are one line of UTF-8 each.

    `personal` is the commitment to personal particulars; `personal_salt` and `personal_body` open it and are
    only on the copy of the person concerned.
    """

    header: bytes
    previous: Hash
    salt: bytes
    body: bytes
    signature: bytes
    personal: Hash | None = None
    personal_salt: bytes | None = None
    personal_body: bytes | None = None
    proof: str | None = field(default=None, repr=False)

    @property
    def act_hash(self) -> Hash:
        """The act's hash, made again from what the receipt carries."""
        return chained(
            previous=self.previous,
            header=self.header,
            commitment=commitment(salt=self.salt, body=self.body),
            personal=self.personal,
        )

    def text(self) -> str:
        """Return the receipt as a file. Raises ValueError if a body is not one line of UTF-8."""
        lines = [FIRST_LINE]
        lines += [_FACT + line for line in self.header.decode().split("\n")[:-1]]
        for name in _FIELDS:
            value: bytes | None = getattr(self, name)
            if value is not None:
                lines.append(f"{name} {_shown(name, value)}")
        return "\n".join(lines) + "\n" + (f"\n{self.proof}" if self.proof else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the receipt in a file, the inverse of `text`. Raises ReceiptRejected naming every fault."""
        head, gap, proof = text.partition("\n\n")
        first, *lines = head.removesuffix("\n").split("\n")
        faults = [] if first == FIRST_LINE else [f"the first line is not {FIRST_LINE}"]
        faults += ["the line ends were changed to CR LF: restore them to LF"] if "\r" in text else []
        shown = [line.removeprefix(_FACT) for line in lines if line.startswith(_FACT)]
        named = [line.partition(" ")[::2] for line in lines if not line.startswith(_FACT)]
        given = dict(named)
        faults += [
            f"{name or 'an empty line'} is not a line of a receipt" for name in given if name not in _FIELDS
        ]
        faults += [f"{name} is missing" for name in _NEEDED if name not in given]
        values = {name: _value(name, given[name], faults) for name in _FIELDS if name in given}
        if faults:
            raise ReceiptRejected(faults)
        header = "".join(line + "\n" for line in shown).encode()
        receipt = cls(header=header, proof=proof if gap else None, **values)
        if receipt.text() != text:
            raise ReceiptRejected(["the lines are repeated, out of order or broken off"])
        return receipt


@dataclass(frozen=True, slots=True)
class Checked:
    """What a receipt proves: the act's public facts, and the checkpoint it is sealed under, if it is."""

    facts: dict[str, str]
    act_hash: Hash
    checkpoint: Checkpoint | None

    @property
    def number(self) -> str:
        """The matter's number."""
        return self.facts["number"]

    @property
    def filed_at(self) -> str:
        """When the act happened, as the office wrote it."""
        return self.facts["at"]

    @property
    def promised(self) -> str | None:
        """The date by which an answer was promised, if the act promised one."""
        return self.facts.get("promised")


def _shown(name: str, value: bytes) -> str:
    """Return a field as it stands in the file: bodies as they are, the rest as base64."""
    if name not in _AS_TEXT:
        return base64.b64encode(value).decode()
    text = value.decode()
    if any(mark < " " for mark in text):
        raise ValueError(f"{name} is not one line")
    return text


def _value(name: str, shown: str, faults: list[str]) -> bytes:
    """Return a field's bytes; what is wrong with it is added to `faults`."""
    if name in _AS_TEXT:
        faults += [f"{name} holds a control character"] if any(mark < " " for mark in shown) else []
        return shown.encode()
    try:
        value = unbase64(shown)
    except ValueError as error:
        faults.append(f"{name}: {error}")
        return b""
    if len(value) != _LENGTHS[name]:
        faults.append(f"{name} has {len(value)} bytes, not {_LENGTHS[name]}")
    return value


def with_proof(receipt: Receipt, proof: str) -> Receipt:
    """Return the receipt with the proof that its act has been sealed."""
    return replace(receipt, proof=proof)


def check_receipt(text: str, vkey: str) -> Checked:
    """Return what the receipt proves under the office's public key.

    Raises ReceiptRejected naming every fault. Needs no database and no network. A receipt without a proof of
    inclusion is the office's signed promise; one with it shows that the act is in the log.
    """
    try:
        verifier = Verifier.parse(vkey)
    except ValueError as error:
        raise ReceiptRejected([str(error)]) from error
    receipt = Receipt.parse(text)
    faults: list[str] = []
    shown = _facts(receipt, faults)
    if not check_promise(receipt.signature, verifier=verifier, act_hash=receipt.act_hash):
        faults.append(
            f"{verifier.name} did not sign this: a fact or the body was altered, or the key is another"
        )
    if not _opens(receipt):
        faults.append("the personal particulars are not those that were committed to")
    checkpoint = _sealed(receipt, verifier, faults)
    if faults:
        raise ReceiptRejected(faults)
    return Checked(shown, receipt.act_hash, checkpoint)


def _facts(receipt: Receipt, faults: list[str]) -> dict[str, str]:
    try:
        return facts(receipt.header)
    except ValueError as error:
        faults.append(str(error))
        return {}


def _opens(receipt: Receipt) -> bool:
    """Say whether the personal particulars, if the receipt carries them, are those committed to."""
    salt, body = receipt.personal_salt, receipt.personal_body
    if salt is None or body is None:
        return salt is body
    return commitment(salt=salt, body=body) == receipt.personal


def _sealed(receipt: Receipt, verifier: Verifier, faults: list[str]) -> Checkpoint | None:
    if receipt.proof is None:
        return None
    try:
        return check_proof(receipt.proof, vkey=verifier.vkey, act_hash=receipt.act_hash)
    except ProofFailed as error:
        faults.append(f"the proof of inclusion fails: {error}")
        return None
