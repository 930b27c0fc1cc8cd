"""Signed notes: text with Ed25519 signatures below it, as C2SP signed-note defines them.

Format: the text, an empty line, then one line a signature: em dash, key name, base64 of key ID and signature.
Knows nothing of what the text says. Other signature types (witnesses') are carried and ignored.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = 32
ED25519 = b"\x01"
KEY_ID = 4
SIGNATURE = 64
MOST_SIGNATURES = 100
LONGEST = 1_000_000
DASH = "\u2014 "


class NoteRejected(Exception):
    """The note is malformed, or no trusted key signed it, or a trusted key's signature is false."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key under a name; raises ValueError for a name or key that cannot be one."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.key) != KEY:
            raise ValueError(f"an Ed25519 public key has 32 bytes, not {len(self.key)}")

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Return the key from its C2SP spelling, `name+hash+base64`. Raises ValueError if it is not one."""
        name, _, rest = vkey.partition("+")
        shown, _, coded = rest.partition("+")
        data = unbase64(coded)
        if data[:1] != ED25519:
            raise ValueError("the verifier key is not `name+hash+base64` of an Ed25519 key")
        verifier = cls(name, data[1:])
        if shown != verifier.key_id.hex():
            raise ValueError(f"the verifier key of {name} says hash {shown}, its key {verifier.key_id.hex()}")
        return verifier

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the hash over name and key: which key is meant, not proof of it."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:KEY_ID]

    @property
    def vkey(self) -> str:
        """The key as one word to be published, the inverse of `parse`."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    def verifies(self, *, message: bytes, signature: bytes) -> bool:
        """Say whether `signature` over `message` was made with this key's private half."""
        try:
            _public(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, as its 32-byte seed, under a name; the seed is not shown when printed."""

    name: str
    seed: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != KEY:
            raise ValueError(f"an Ed25519 seed has 32 bytes, not {len(self.seed)}")

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        public = _private(self.seed).public_key()
        return Verifier(self.name, public.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def signature(self, message: bytes) -> bytes:
        """Return the bare Ed25519 signature, 64 bytes, over `message`."""
        return _private(self.seed).sign(message)


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: its text and the trusted keys that signed it, at least one."""

    text: str
    signed_by: tuple[Verifier, ...]


@lru_cache(maxsize=16)
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=16)
def _public(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)


def check_name(name: str) -> None:
    """Raise ValueError unless `name` can name a key: not empty, no spaces, no plus, no control characters."""
    if not name or "+" in name or any(mark.isspace() or mark < " " for mark in name):
        raise ValueError(
            f"{name!r} cannot name a key: empty, or holds a space, a plus or a control character"
        )


def unbase64(text: str) -> bytes:
    """Return the bytes of standard base64; raises ValueError for any but its canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text[:40]!r} is not base64: {error}") from error
    if base64.b64encode(data).decode() != text:
        raise ValueError(f"{text[:40]!r} is not the canonical base64 of its bytes")
    return data


def sign(text: str, signer: Signer) -> str:
    """Return the note of `text` (which ends in a newline) signed by `signer`; see `check_text`."""
    check_text(text)
    signature = base64.b64encode(signer.verifier.key_id + signer.signature(text.encode())).decode()
    return f"{text}\n{DASH}{signer.name} {signature}\n"


def check_text(text: str) -> None:
    """Raise ValueError unless `text` can stand in a note: a newline last, no other control character."""
    if not text.endswith("\n") or any(mark < " " and mark != "\n" for mark in text):
        raise ValueError("the text of a note ends in a newline and holds no other control character")


def open_note(note: str, verifiers: Sequence[Verifier]) -> Note:
    """Return the text of `note` if one of `verifiers` signed it. Raises NoteRejected otherwise.

    A false signature by a known key rejects the note even if another key's is true; signatures by unknown
    keys are ignored, however they look inside.
    """
    text, lines = _parted(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed: list[Verifier] = []
    for name, blob in map(_signature, lines):
        verifier = known.get((name, blob[:KEY_ID]))
        if verifier is None or verifier in signed:
            continue
        if not verifier.verifies(message=text.encode(), signature=blob[KEY_ID:]):
            raise NoteRejected(f"the signature of {name} is false")
        signed.append(verifier)
    if not signed:
        raise NoteRejected("no known key signed the note")
    return Note(text, tuple(signed))


def _parted(note: str) -> tuple[str, list[str]]:
    """Return the note's text and its signature lines, split at its last empty line."""
    text, gap, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if not gap or len(note) > LONGEST or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteRejected(
            "a note is text, an empty line and 1 to 100 signature lines, each ending in a newline"
        )
    if any(mark < " " and mark != "\n" for mark in note):
        raise NoteRejected("the note holds a control character")
    return text + "\n", lines


def _signature(line: str) -> tuple[str, bytes]:
    """Return name and bytes (key ID, signature) of one signature line."""
    name, _, coded = line.removeprefix(DASH).partition(" ")
    try:
        check_name(name)
        blob = unbase64(coded)
    except ValueError as error:
        raise NoteRejected(f"malformed signature line: {error}") from error
    if not line.startswith(DASH) or len(blob) <= KEY_ID:
        raise NoteRejected("a signature line is an em dash, a name and base64 of key ID and signature")
    return name, blob
