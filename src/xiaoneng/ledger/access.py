"""The log's public face: key, newest checkpoint, proofs. All of it is for everybody."""

from __future__ import annotations

from xiaoneng.ledger import queries
from xiaoneng.ledger.actions import signer


def vkey() -> str:
    """Return the office's public key as it is published: `name+hash+base64`."""
    return signer().verifier.vkey


def checkpoint_note() -> str | None:
    """Return the newest checkpoint as signed, or None while nothing is sealed."""
    found = queries.head(origin=signer().name)
    return found.note if found else None


def proof_text(act: int) -> str | None:
    """Return the `.tlog-proof` file of the act with this id, or None while it is not sealed."""
    index = queries.index_of(act)
    proof = None if index is None else queries.proof(index)
    return proof.text() if proof else None


def tile(*, level: int, n: int) -> bytes | None:
    """Return the hashes of a tile as they stand, or None if there is none."""
    return queries.tiles_at([(level, n)]).get((level, n))
