"""The bytes that an act's hash is made of: its public facts as a header; knows no database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from xiaoneng.ledger import chain
from xiaoneng.matters.codec import canonical, instant, plain
from xiaoneng.organisation.capacity import Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFacts:
    """What anybody may know of an act, and what its hash binds."""

    number: str
    sequence: int
    verb: str
    at: datetime
    recorded_at: datetime
    actor: str
    paper: bytes | None
    promised_on: str
    previous_verb: str = ""
    previous_at: datetime | None = None
    previous_person: int = 0

    def header(self) -> bytes:
        """Return the canonical header."""
        found = {
            "number": self.number,
            "sequence": str(self.sequence),
            "verb": self.verb,
            "at": instant(self.at),
            "recorded_at": instant(self.recorded_at),
            "actor": self.actor,
        }
        if self.paper is not None:
            found["paper"] = bytes(self.paper).hex()
        if self.previous_verb or self.previous_at or self.previous_person:
            when = instant(self.previous_at) if self.previous_at else "-"
            found["after"] = f"{self.previous_verb} {when} {self.previous_person}"
        if self.promised_on:
            found["promised"] = self.promised_on
        return chain.header(found)


def actor_from_columns(actor: str, *, person: int, post: str, standing: str) -> str:
    """Return the actor's line made anew with what the columns say, so that a changed column changes the header."""
    return canonical({**json.loads(actor), "person": person, "post": post, "standing": standing}).decode()


def actor_text(by: Capacity) -> str:
    """Return a capacity as one line of canonical JSON."""
    return canonical(plain(by)).decode()
