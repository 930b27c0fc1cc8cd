"""A private key locked with a passphrase (口令): Argon2id makes the key of the lock. Knows no post and no database."""

from __future__ import annotations

import secrets
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from xiaoneng.law.phrase import Phrase

VERSION = "xn-lockbox-1"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs (Argon2id): passes, KiB of memory, lanes. Written into every lock."""

    passes: int
    memory: int
    lanes: int


SERVICE = Cost(3, 65_536, 4)
"""The second recommendation of RFC 9106: about a fifth of a second a try."""
LIGHT = Cost(1, 64, 1)
"""For tests and demonstrations, whose passphrases are printed anyway."""
KEY, SALT, NONCE = 32, 16, 12
SHORTEST = 12
"""Characters that a passphrase has at least."""

WEAK = Phrase(f"口令至少 {SHORTEST} 个字符", f"A passphrase has at least {SHORTEST} characters")
WRONG = Phrase("口令不对", "The passphrase is wrong")


class LockFaulty(Exception):
    """A key cannot be locked or unlocked; `why` says so in words for whoever tried, and never the passphrase."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


def new_key() -> bytes:
    """Return a fresh private key (X25519, 32 bytes)."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def lock(private: bytes, *, passphrase: str, holder: str, cost: Cost | None = None) -> str:
    """Return a private key locked with the passphrase of `holder`, as one line; raises LockFaulty if it is weak."""
    cost = cost or SERVICE
    if len(_normal(passphrase)) < SHORTEST:
        raise LockFaulty(WEAK)
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    sealed = _cipher(passphrase, salt, cost).encrypt(nonce, private, _about(holder))
    numbers = map(str, (cost.passes, cost.memory, cost.lanes))
    return ".".join((VERSION, *numbers, urlsafe_b64encode(salt + nonce + sealed).decode()))


def unlock(text: str, *, passphrase: str, holder: str) -> bytes:
    """Return the private key locked in a line for `holder`; raises LockFaulty where the passphrase does not fit."""
    version, passes, memory, lanes, coded = text.split(".")
    if version != VERSION:
        raise ValueError(f"no lockbox of a kind known here: {version}")
    raw = urlsafe_b64decode(coded)
    salt, nonce, sealed = raw[:SALT], raw[SALT : SALT + NONCE], raw[SALT + NONCE :]
    cipher = _cipher(passphrase, salt, Cost(int(passes), int(memory), int(lanes)))
    try:
        return cipher.decrypt(nonce, sealed, _about(holder))
    except InvalidTag:
        raise LockFaulty(WRONG) from None


def _about(holder: str) -> bytes:
    return f"{VERSION}\n{holder}".encode()


def _normal(passphrase: str) -> str:
    """Return a passphrase as it is meant, however the keyboard composed its characters."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _cipher(passphrase: str, salt: bytes, cost: Cost) -> ChaCha20Poly1305:
    argon = Argon2id(salt=salt, length=KEY, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return ChaCha20Poly1305(argon.derive(_normal(passphrase).encode()))
