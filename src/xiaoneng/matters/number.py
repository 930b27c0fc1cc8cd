"""The number printed on every paper of a matter, with a check character, and the code that opens it.

Number: two letters of the procedure, four digits of the year, seven of the serial, one check digit by
ISO/IEC 7064 MOD 11,10, for example `XK2026-0001234-7`. Knows no matter and no database.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

SHAPE = re.compile(r"([A-Z]{2})(\d{4})-?(\d{7})-?(\d)")
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I or O: a code is read over the telephone."""
CODE_LENGTH = 10


class NumberFaulty(ValueError):
    """The text is not a number of ours: wrong shape, or a slip of a digit."""


def check_digit(letters_and_digits: str) -> str:
    """Return the check digit of ISO/IEC 7064 MOD 11,10; letters count as two digits, A = 10."""
    return _closing(_carried(letters_and_digits))


def _carried(letters_and_digits: str) -> int:
    rest = 10
    for digit in "".join(str(int(one, 36)) for one in letters_and_digits):
        rest = _next(rest, int(digit))
    return rest


def _next(rest: int, digit: int) -> int:
    return ((rest + digit) % 10 or 10) * 2 % 11


def _closing(rest: int) -> str:
    return str((11 - rest) % 10)


def written(*, prefix: str, year: int, serial: int) -> str:
    """Return the number as printed."""
    return f"{prefix}{year:04d}-{serial:07d}-{check_digit(f'{prefix}{year:04d}{serial:07d}')}"


def block(*, prefix: str, year: int, first: int, count: int) -> list[str]:
    """Return `count` numbers from the serial `first` on, as `written` writes each; ten share most of their sum."""
    head = f"{prefix}{year:04d}"
    found: list[str] = []
    for ten in range(first // 10, (first + count - 1) // 10 + 1):
        stem = f"{head}-{ten:06d}"
        rest = _carried(f"{head}{ten:06d}")
        found += [f"{stem}{digit}-{_closing(_next(rest, digit))}" for digit in range(10)]
    return found[first % 10 :][:count]


def parse(text: str) -> str:
    """Return the number as printed, from what a person typed; raise NumberFaulty for a slip."""
    found = SHAPE.fullmatch(re.sub(r"[\s　]", "", text).upper().replace("－", "-").replace("—", "-"))
    if not found:
        raise NumberFaulty("办件编号形如 XK2026-0001234-7")
    prefix, year, serial, check = found.groups()
    if check_digit(prefix + year + serial) != check:
        raise NumberFaulty("编号校验位不符，请核对")
    return f"{prefix}{year}-{serial}-{check}"


def new_code() -> str:
    """Return a fresh code of 50 random bits that opens one matter to its applicant."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_digest(code: str, *, number: str, secret: str) -> bytes:
    """Return what is stored of a code: a keyed digest bound to the matter's number."""
    tidy = re.sub(r"[\s-]", "", code).upper()
    return hmac.new(secret.encode(), f"{number}:{tidy}".encode(), sha256).digest()


def code_fits(code: str, *, number: str, secret: str, digest: bytes) -> bool:
    """Tell, in constant time, whether `code` opens the matter."""
    return hmac.compare_digest(code_digest(code, number=number, secret=secret), digest)
