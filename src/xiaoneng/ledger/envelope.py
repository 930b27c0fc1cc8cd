"""A sealed envelope (密封信封) that only two keys together open. Knows bytes and keys: no post, no matter, no database.

Two random halves make the key of the contents; each is sealed to one holder (HPKE, RFC 9180: X25519, HKDF-SHA256,
ChaCha20-Poly1305). Whoever has one half knows nothing of the contents. Halves, not two layers, so that either holder
may begin, and so that a half can be handed to the other holder alone. Everything is bound to what the envelope is
about, so that one taken from a matter opens in no other; contents are padded, so that their length tells nothing.
"""

from __future__ import annotations

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xiaoneng.law.phrase import Phrase

VERSION = "xn-envelope-1"
SLIP = "xn-slip-1"
SIZES = (2048, 8192)
"""Contents are padded to one of these sizes, in bytes; nearly all fit the first."""
KEY, SALT, NONCE, LENGTH = 32, 16, 12, 4
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

NO_ENVELOPE = Phrase("这不是一个完整的密封信封", "This is no whole sealed envelope")
NO_SLIP = Phrase("交接码不完整，请从头到尾复制", "The slip is not whole: copy it from end to end")
NOT_YOURS = Phrase("这把钥匙不是信封的两把钥匙之一", "This key is neither of the two that open the envelope")
TWO_NEEDED = Phrase("须两把不同的钥匙同时开启", "Two different keys are needed to open it")
NOT_OPENED = Phrase(
    "打不开：信封或交接码被改动过，或者不属于这件投诉",
    "It does not open: envelope or slip was altered, or belongs to another matter",
)
TOO_LONG = Phrase("身份信息太长，装不进信封", "The particulars are too long for an envelope")
ONE_KEY = Phrase("两个岗位须各有各的钥匙", "Each of the two posts needs a key of its own")


class EnvelopeShut(Exception):
    """An envelope cannot be made or opened; `why` says so in words for whoever tried."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Half:
    """One of the two secrets that open an envelope, and the public key of whom it was sealed to. Never printed."""

    public: bytes
    secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A sealed envelope, taken apart: the two public keys, a half sealed to each, the sealed contents."""

    holders: tuple[bytes, bytes]
    salt: bytes
    halves: tuple[bytes, bytes]
    body: bytes

    def text(self) -> str:
        """Return the envelope as one line; `parse` is its inverse."""
        return ".".join((VERSION, *map(_text, (*self.holders, self.salt, *self.halves, self.body))))

    def other(self, public: bytes) -> bytes:
        """Return the public key of the other holder; raises EnvelopeShut for a key that is neither."""
        if public not in self.holders:
            raise EnvelopeShut(NOT_YOURS)
        return self.holders[1 - self.holders.index(public)]


def parse(text: str) -> Envelope:
    """Return the envelope that a line holds; raises EnvelopeShut."""
    first, second, salt, one, two, body = _parts(text, VERSION, count=6, why=NO_ENVELOPE)
    if {len(first), len(second)} != {KEY} or len(salt) != SALT or len(body) <= NONCE:
        raise EnvelopeShut(NO_ENVELOPE)
    return Envelope(holders=(first, second), salt=salt, halves=(one, two), body=body)


def seal(contents: bytes, *, holders: tuple[bytes, bytes], binding: bytes) -> Envelope:
    """Return `contents` sealed so that both private keys of `holders` are needed, for the matter `binding` alone.

    Raises EnvelopeShut if the two keys are one, or the contents are longer than the largest size.
    """
    if holders[0] == holders[1]:
        raise EnvelopeShut(ONE_KEY)
    padded = _padded(contents)
    salt = secrets.token_bytes(SALT)
    secret = (secrets.token_bytes(KEY), secrets.token_bytes(KEY))
    halves = [
        SUITE.encrypt(
            one, X25519PublicKey.from_public_bytes(holder), info=_half(place, holders, salt, binding)
        )
        for place, (one, holder) in enumerate(zip(secret, holders, strict=True))
    ]
    nonce = secrets.token_bytes(NONCE)
    about = _about(b"contents", holders, salt, binding)
    body = nonce + _cipher(secret, about, salt).encrypt(nonce, padded, about)
    return Envelope(holders=holders, salt=salt, halves=(halves[0], halves[1]), body=body)


def take_half(envelope: Envelope, private: bytes, *, binding: bytes) -> Half:
    """Return the half that was sealed to this key; alone it opens nothing. Raises EnvelopeShut."""
    key = X25519PrivateKey.from_private_bytes(private)
    public = key.public_key().public_bytes_raw()
    envelope.other(public)
    place = envelope.holders.index(public)
    info = _half(place, envelope.holders, envelope.salt, binding)
    return Half(public=public, secret=_decrypted(envelope.halves[place], key, info))


def unseal(envelope: Envelope, halves: tuple[Half, Half], *, binding: bytes) -> bytes:
    """Return the contents, given both halves in any order; raises EnvelopeShut."""
    known = {half.public: half.secret for half in halves}
    if set(known) != set(envelope.holders):
        raise EnvelopeShut(TWO_NEEDED)
    secret = (known[envelope.holders[0]], known[envelope.holders[1]])
    about = _about(b"contents", envelope.holders, envelope.salt, binding)
    nonce, sealed = envelope.body[:NONCE], envelope.body[NONCE:]
    try:
        return _stripped(_cipher(secret, about, envelope.salt).decrypt(nonce, sealed, about))
    except InvalidTag:
        raise EnvelopeShut(NOT_OPENED) from None


def hand_over(half: Half, *, to: bytes, occasion: bytes) -> str:
    """Return a half as a slip that only the holder of `to` can read, for one occasion alone."""
    sealed = SUITE.encrypt(
        half.secret, X25519PublicKey.from_public_bytes(to), info=_slip(half.public, to, occasion)
    )
    return ".".join((SLIP, _text(half.public), _text(sealed)))


def take_over(slip: str, private: bytes, *, occasion: bytes) -> Half:
    """Return the half that a slip hands over; raises EnvelopeShut. Line breaks and blanks of copying are passed over."""
    public, sealed = _parts("".join(slip.split()), SLIP, count=2, why=NO_SLIP)
    key = X25519PrivateKey.from_private_bytes(private)
    info = _slip(public, key.public_key().public_bytes_raw(), occasion)
    return Half(public=public, secret=_decrypted(sealed, key, info))


def _decrypted(sealed: bytes, key: X25519PrivateKey, info: bytes) -> bytes:
    try:
        return SUITE.decrypt(sealed, key, info=info)
    except (InvalidTag, ValueError):
        raise EnvelopeShut(NOT_OPENED) from None


def _cipher(secret: tuple[bytes, bytes], about: bytes, salt: bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=about).derive(secret[0] + secret[1])
    return ChaCha20Poly1305(derived)


def _about(purpose: bytes, holders: tuple[bytes, bytes], salt: bytes, binding: bytes) -> bytes:
    """Return what one use of a key is bound to: all parts but the last have a fixed length for their purpose."""
    return b"\n".join((VERSION.encode(), purpose, holders[0] + holders[1] + salt + binding))


def _half(place: int, holders: tuple[bytes, bytes], salt: bytes, binding: bytes) -> bytes:
    return _about(b"half %d" % (place + 1), holders, salt, binding)


def _slip(public: bytes, to: bytes, occasion: bytes) -> bytes:
    return b"\n".join((SLIP.encode(), public + to + occasion))


def _padded(contents: bytes) -> bytes:
    size = next((one for one in SIZES if one >= len(contents) + LENGTH), None)
    if size is None:
        raise EnvelopeShut(TOO_LONG)
    return (len(contents).to_bytes(LENGTH) + contents).ljust(size, b"\0")


def _stripped(padded: bytes) -> bytes:
    return padded[LENGTH : LENGTH + int.from_bytes(padded[:LENGTH])]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _parts(text: str, version: str, *, count: int, why: Phrase) -> list[bytes]:
    first, *rest = text.split(".")
    if first != version or len(rest) != count or not text.isascii():
        raise EnvelopeShut(why)
    try:
        return [urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in rest]
    except (binascii.Error, ValueError):
        raise EnvelopeShut(why) from None
