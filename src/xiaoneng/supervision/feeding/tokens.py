"""Tokens of senders (接入令牌): random, shown once, kept as their SHA-256. Knows no row."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

BYTES = 32
MARK = "xnf_"
"""Begins every token, so that one left lying in a file is known for what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who shows a token: its row, the feed it is for, the name it was given."""

    token: int
    feed: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """A token in the list of a feed's."""

    name: str
    created_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None


def new_secret() -> str:
    """Return a new token."""
    return MARK + secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a token in hexadecimal digits; 256 random bits need no slower one."""
    return hashlib.sha256(secret.encode()).hexdigest()
