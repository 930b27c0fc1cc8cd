"""Checkpoints (检查点): what a log is at one size, as C2SP tlog-checkpoint writes it into a signed note.

Knows nothing of the tree itself. The text carries no time: when a log was
sealed is shown by witnesses, not by it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from xiaoneng.ledger.note import Note, NoteRejected, Signer, Verifier, open_note, sign, unbase64
from xiaoneng.ledger.tree import SIZE, Hash

LINES = 3
DIGITS = 19


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The root of log `origin` at `size` entries; raises ValueError for values that cannot be written."""

    origin: str
    size: int
    root: Hash

    def __post_init__(self) -> None:
        if not self.origin or any(mark < " " for mark in self.origin):
            raise ValueError(f"{self.origin!r} cannot be the origin of a log")
        if self.size < 0 or len(self.root) != SIZE:
            raise ValueError("a checkpoint needs a size of at least 0 and a root of 32 bytes")

    def text(self) -> str:
        """Return the checkpoint as the text of a note."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint in a note's text, the inverse of `text`; extension lines are passed over.

        Raises ValueError if it is not one.
        """
        lines = text.split("\n")
        if len(lines) <= LINES or lines.pop() or not all(lines):
            raise ValueError("a checkpoint is at least three lines: origin, size, root")
        origin, size, root = lines[:LINES]
        return cls(origin, whole(size), unbase64(root))


@dataclass(frozen=True, slots=True)
class Head:
    """The newest sealed state of a log: its checkpoint, the note of it, and when it was sealed (UTC)."""

    checkpoint: Checkpoint
    note: str
    sealed_at: datetime


def whole(text: str) -> int:
    """Return a decimal number without sign or leading zeroes. Raises ValueError for any other spelling."""
    if not (text.isascii() and text.isdecimal()) or len(text) > DIGITS or (text[0] == "0" and text != "0"):
        raise ValueError(f"{text[:40]!r} is not a whole number in its shortest spelling")
    return int(text)


def signed(checkpoint: Checkpoint, *, signer: Signer) -> str:
    """Return the checkpoint as a note signed by the log's key."""
    return sign(checkpoint.text(), signer)


def opened(note: str, *, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint of a note signed by `verifier`, whose name is the log's origin.

    Raises NoteRejected if the key did not sign it, if it is no checkpoint, or if it is another log's.
    """
    opened_note: Note = open_note(note, [verifier])
    try:
        found = Checkpoint.parse(opened_note.text)
    except ValueError as error:
        raise NoteRejected(f"signed, but no checkpoint: {error}") from error
    if found.origin != verifier.name:
        raise NoteRejected(f"the checkpoint is of log {found.origin}, the key is of {verifier.name}")
    return found
