"""Proofs that an act is in the log, as a file: C2SP tlog-proof, checked off line with the log's public key.

Knows no database. What a proof shows and what it does not is in `docs/ledger.md`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Self

from xiaoneng.ledger.chain import leaf
from xiaoneng.ledger.checkpoint import Checkpoint, opened, whole
from xiaoneng.ledger.note import NoteRejected, Verifier, unbase64
from xiaoneng.ledger.tree import SIZE, Hash, ProofFailed, check_record

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_EXTRA = "extra "
_INDEX = "index "


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's index, its audit path from the sibling up, and the signed checkpoint it leads to.

    `extra` is carried for whoever wants it and is not authenticated.
    """

    index: int
    path: tuple[Hash, ...]
    note: str
    extra: bytes | None = None

    def text(self) -> str:
        """Return the proof as a `.tlog-proof` file."""
        lines = [FIRST_LINE]
        if self.extra is not None:
            lines.append(_EXTRA + base64.b64encode(self.extra).decode())
        lines.append(f"{_INDEX}{self.index}")
        lines += [base64.b64encode(step).decode() for step in self.path]
        return "\n".join(lines) + "\n\n" + self.note

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the proof in a file, the inverse of `text`. Raises ValueError naming what is malformed."""
        head, gap, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != FIRST_LINE or not gap:
            raise ValueError(
                f"a proof begins with the line {FIRST_LINE} and holds a checkpoint after an empty line"
            )
        extra = unbase64(lines.pop(0)[len(_EXTRA) :]) if lines and lines[0].startswith(_EXTRA) else None
        if not lines or not lines[0].startswith(_INDEX):
            raise ValueError("a proof names the index of its entry")
        index = whole(lines.pop(0)[len(_INDEX) :])
        path = tuple(unbase64(line) for line in lines)
        if any(len(step) != SIZE for step in path):
            raise ValueError("a step of the path is not a hash of 32 bytes")
        return cls(index, path, note, extra)


def check_proof(text: str, *, vkey: str, act_hash: Hash) -> Checkpoint:
    """Return the checkpoint under which the act is sealed, if the proof shows that it is.

    `vkey` is the log's public key as published. Raises ProofFailed saying what is wrong: the file, the
    checkpoint's signature, or the path.
    """
    try:
        found = Proof.parse(text)
        checkpoint = opened(found.note, verifier=Verifier.parse(vkey))
    except (ValueError, NoteRejected) as error:
        raise ProofFailed(str(error)) from error
    check_record(
        found.path, index=found.index, size=checkpoint.size, leaf=leaf(act_hash), root=checkpoint.root
    )
    return checkpoint
