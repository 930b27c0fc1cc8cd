"""How an act is committed to: salted commitments, the chain in a matter, the promise, the log entry.

Every hash and signature has its own prefix, and every part that varies in length is preceded by its length:
no two different things are ever hashed or signed as the same bytes. Knows no act classes and no database;
what it calls a header is canonical bytes of the act's public facts, see `header`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from xiaoneng.ledger.note import Signer, Verifier
from xiaoneng.ledger.tree import SIZE, Hash

SALT = 16
GENESIS: Hash = bytes(SIZE)
"""What the first act of a matter names as its predecessor."""

# A NUL ends each prefix. No note may hold one, so a promise can never pass for a checkpoint of the same key.
_COMMITMENT = b"xiaoneng/commitment/v1\x00"
_ACT = b"xiaoneng/act/v1\x00"
_PROMISE = b"xiaoneng/promise/v1\x00"
_ENTRY = b"xiaoneng/entry/v1\x00"
_LEAF = b"\x00" + _ENTRY


def header(facts: Mapping[str, str]) -> bytes:
    """Return the canonical bytes of an act's public facts: lines `name value`, sorted by name, UTF-8.

    Names are lower-case ASCII words (`_` allowed); values are one line each, not padded. `number`, `sequence`
    and `at` must be among them; `promised`, a date, is what a receipt shows as the promised date.
    Raises ValueError naming every fault.
    """
    faults = [f"{name} is missing" for name in REQUIRED if name not in facts]
    faults += [f"{name!r} is not a name" for name in facts if not _NAME.fullmatch(name)]
    faults += [f"{name} is not one line" for name, value in facts.items() if not _is_line(value)]
    if faults:
        raise ValueError("the header cannot be written: " + "; ".join(faults))
    return "".join(f"{name} {facts[name]}\n" for name in sorted(facts)).encode()


def facts(header_bytes: bytes) -> dict[str, str]:
    """Return the facts of a header, the inverse of `header`. Raises ValueError if it is not canonical."""
    text = header_bytes.decode()
    found = dict(_pair(line) for line in text.split("\n")[:-1])
    if header(found) != header_bytes:
        raise ValueError("the header is not in canonical form")
    return found


REQUIRED = ("number", "sequence", "at")
_NAME = re.compile(r"[a-z0-9_]+", re.ASCII)
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(" ")
    return name, value


def _is_line(value: str) -> bool:
    return value == value.strip() and _BREAK.search(value) is None


def commitment(*, salt: bytes, body: bytes) -> Hash:
    """Return the commitment to `body`: who lacks the 16-byte random `salt` cannot guess the body from it.

    Raises ValueError for a salt of another length.
    """
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes, not {len(salt)}")
    return sha256(_COMMITMENT + salt + body).digest()


def chained(*, previous: Hash, header: bytes, commitment: Hash, personal: Hash | None) -> Hash:
    """Return the hash of an act over its predecessor's hash, its header and its commitments.

    `personal` is the separate commitment to personal particulars; they may lawfully be erased, with their
    salt, and the act's hash still stands. Raises ValueError for a hash that has not 32 bytes.
    """
    if any(len(part) != SIZE for part in (previous, commitment, personal or GENESIS)):
        raise ValueError("previous, commitment and personal are hashes of 32 bytes")
    marked = b"\x00" if personal is None else b"\x01" + personal
    length = len(header).to_bytes(8, "big")
    return sha256(_ACT + previous + commitment + marked + length + header).digest()


def promise(*, signer: Signer, act_hash: Hash) -> bytes:
    """Return the office's signature, 64 bytes, on an act: the receipt that its author gets at once."""
    return signer.signature(_promised(signer.name, act_hash))


def check_promise(signature: bytes, *, verifier: Verifier, act_hash: Hash) -> bool:
    """Say whether `signature` is the promise for `act_hash` under this key."""
    return verifier.verifies(message=_promised(verifier.name, act_hash), signature=signature)


def _promised(name: str, act_hash: Hash) -> bytes:
    coded = name.encode()
    return _PROMISE + len(coded).to_bytes(8, "big") + coded + act_hash


def entry(act_hash: Hash) -> bytes:
    """Return the log entry of an act: a prefix and its hash, nothing that could ever need erasing."""
    return _ENTRY + act_hash


def leaf(act_hash: Hash) -> Hash:
    """Return the leaf hash of an act in the log: `record_hash(entry(act_hash))`."""
    return sha256(_LEAF + act_hash).digest()


def leaves(act_hashes: Iterable[Hash]) -> list[Hash]:
    """Return the leaf hashes of many acts; twice as quick as one call each."""
    return [sha256(_LEAF + act_hash).digest() for act_hash in act_hashes]
