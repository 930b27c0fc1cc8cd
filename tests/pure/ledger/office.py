"""An invented office with acts on record and a sealed log, all in memory, for the tests of the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xiaoneng.ledger.chain import GENESIS, chained, commitment, header, leaf, promise
from xiaoneng.ledger.checkpoint import Checkpoint, signed
from xiaoneng.ledger.fault import ActFact, CheckpointFact, EntryFact, Fault, MatterFact, SealedFact
from xiaoneng.ledger.note import Signer
from xiaoneng.ledger.proof import Proof
from xiaoneng.ledger.tiles import Tiles
from xiaoneng.ledger.tree import View
from xiaoneng.ledger.verify import Log, Matters, verify

SITE = "xiaoneng.example/ningbo"
SIGNER = Signer(SITE, bytes(range(32)))
VKEY = SIGNER.verifier.vkey


def salt(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()[:16]


def act(
    *, key: int, number: str, sequence: int, previous: bytes, facts: dict[str, str] | None = None
) -> ActFact:
    """Return an act as the office would record it, with personal particulars on every third."""
    shown = {"number": number, "sequence": str(sequence), "at": f"2026-11-{2 + sequence:02d}T01:30:00Z"}
    head = header({**shown, "verb": "filed" if sequence == 1 else "noted", **(facts or {})})
    body = f'{{"remark":"第{sequence}次办理，件号{number}"}}'.encode()
    particulars = f'{{"name":"甲{key}"}}'.encode() if sequence % 3 == 1 else None
    personal = commitment(salt=salt(f"p{key}"), body=particulars) if particulars else None
    committed = commitment(salt=salt(f"s{key}"), body=body)
    act_hash = chained(previous=previous, header=head, commitment=committed, personal=personal)
    return ActFact(
        key=key,
        number=number,
        sequence=sequence,
        header=head,
        salt=salt(f"s{key}"),
        body=body,
        previous=previous,
        act_hash=act_hash,
        signature=promise(signer=SIGNER, act_hash=act_hash),
        personal=personal,
        personal_salt=salt(f"p{key}") if particulars else None,
        personal_body=particulars,
    )


@dataclass
class Office:
    """What the tables would hold; tests change it behind the office's back."""

    acts: list[ActFact] = field(default_factory=list)
    matters: list[MatterFact] = field(default_factory=list)
    entries: list[EntryFact] = field(default_factory=list)
    checkpoints: list[CheckpointFact] = field(default_factory=list)
    tiles: Tiles = field(default_factory=Tiles)

    def seal(self, acts: Sequence[ActFact]) -> None:
        size = self.tiles.size
        self.entries += [EntryFact(index, one.key, one.act_hash) for index, one in enumerate(acts, size)]
        self.tiles.append([leaf(one.act_hash) for one in acts])
        root = View(size=self.tiles.size, store=self.tiles).root()
        checkpoint = Checkpoint(SITE, self.tiles.size, root)
        self.checkpoints.append(CheckpointFact(checkpoint.size, root, signed(checkpoint, signer=SIGNER)))

    def proof(self, index: int) -> Proof:
        path = View(size=self.tiles.size, store=self.tiles).prove_record(index=index)
        return Proof(index, tuple(path), self.checkpoints[-1].note)

    def faults(self, *, signatures: bool = True, remembered: Sequence[CheckpointFact] = ()) -> list[Fault]:
        acts = sorted(self.acts, key=lambda one: (one.number, one.sequence))
        by_key = sorted(self.acts, key=lambda one: one.key)
        log = Log(
            by_index=sorted(self.entries, key=lambda one: one.index),
            by_act=sorted(self.entries, key=lambda one: one.act),
            checkpoints=sorted(self.checkpoints, key=lambda one: one.size),
            store=self.tiles,
            remembered=tuple(remembered),
        )
        matters = Matters(
            acts=acts,
            rows=sorted(self.matters, key=lambda one: one.number),
            by_key=[SealedFact(one.key, one.number, one.sequence, one.act_hash) for one in by_key],
        )
        return list(verify(matters, log, verifier=SIGNER.verifier, signatures=signatures))

    def place(self, number: str, sequence: int) -> int:
        return next(i for i, one in enumerate(self.acts) if (one.number, one.sequence) == (number, sequence))

    def change(self, number: str, sequence: int, **changes: object) -> None:
        at = self.place(number, sequence)
        self.acts[at] = replace(self.acts[at], **changes)  # type: ignore[arg-type]

    def change_header(self, number: str, sequence: int, name: str, value: str) -> None:
        one = self.acts[self.place(number, sequence)]
        lines = [line for line in one.header.decode().splitlines() if not line.startswith(name + " ")]
        text = "".join(line + "\n" for line in sorted([*lines, f"{name} {value}"]))
        self.change(number, sequence, header=text.encode())


def working_office(*, matters: int = 9, acts: int = 5, unsealed: int = 4, batch: int = 11) -> Office:
    """Return an office whose acts arrive in turn over all matters; all but the last few are sealed."""
    office = Office()
    last = {f"3302-2026-{n:04d}": GENESIS for n in range(1, matters + 1)}
    key = 100
    for sequence in range(1, acts + 1):
        for number, previous in list(last.items()):
            one = act(key=key, number=number, sequence=sequence, previous=previous)
            office.acts.append(one)
            last[number] = one.act_hash
            key += 1
    office.matters = [MatterFact(number, acts, act_hash) for number, act_hash in last.items()]
    sealed = office.acts[: len(office.acts) - unsealed]
    for start in range(0, len(sealed), batch):
        office.seal(sealed[start : start + batch])
    return office
