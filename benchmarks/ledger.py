"""The log beside its limit and its peer: sealing, proving, verifying, per act and as ratios.

Run: `python -m benchmarks.ledger` with the bench extra installed; `--small` for a look in seconds. The limit is
what OpenSSL hashes on this machine in the same minute, the peer is pymerkle. Also proves that roots and paths
are the peer's, byte for byte.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import tempfile
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree, verify_inclusion

from benchmarks.measure import Row, seconds, table
from tests.pure.ledger.office import working_office
from xiaoneng.ledger.chain import entry, leaf, leaves
from xiaoneng.ledger.note import Signer
from xiaoneng.ledger.tiles import Tiles
from xiaoneng.ledger.tree import View, check_record, record_hash

SIGNER = Signer("xiaoneng.example/benchmark", bytes(range(32)))
LEAF_BYTES = 1 + len(entry(bytes(32)))
NODE_BYTES = 65


def hashes(count: int) -> list[bytes]:
    return [record_hash(number.to_bytes(8, "big")) for number in range(count)]


def openssl(size: int) -> float | None:
    """Return the seconds of one SHA-256 over `size` bytes through OpenSSL's EVP, without Python."""
    command = shutil.which("openssl")
    if command is None:
        return None
    told = subprocess.run(
        [command, "speed", "-mr", "-evp", "sha256", "-bytes", str(size), "-seconds", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"^\+F:\d+:\S+:([\d.]+)", told.stdout, re.MULTILINE)
    return size / float(found[1]) if found else None


def same_as_peer(count: int) -> None:
    """Hold roots and paths against pymerkle's; they are both RFC 6962."""
    peer, ours = InmemoryTree(algorithm="sha256"), Tiles()
    for number, act_hash in enumerate(hashes(count), 1):
        peer.append_entry(entry(act_hash))
        ours.append([leaf(act_hash)])
        if number % 97 == 0 or number < 40:
            view = View(size=number, store=ours)
            assert view.root() == peer.get_root()
            for index in {0, number // 2, number - 1}:
                # The peer's path begins with the leaf itself.
                theirs = [bytes.fromhex(step) for step in peer.prove_inclusion(index + 1).serialize()["path"]]
                assert [leaf(hashes(index + 1)[index]), *view.prove_record(index=index)] == theirs
    print(f"roots and paths equal pymerkle's up to {count} entries")


def sealing(count: int, peer_count: int) -> list[Row]:
    acts = hashes(count)

    def ours() -> None:
        tiles = Tiles()
        tiles.append(leaves(acts))
        View(size=count, store=tiles).root()

    def peer() -> None:
        tree = InmemoryTree(algorithm="sha256")
        for act_hash in acts[:peer_count]:
            tree.append_entry(entry(act_hash))

    mine = seconds(ours, cpu=True) / count
    theirs = seconds(peer, best_of=1, cpu=True) / peer_count
    rows = [
        Row(
            f"seal {count:,} in memory / pymerkle append",
            mine,
            theirs,
            theirs / mine,
            ">= 6x",
            theirs / mine >= 6,
        )
    ]
    leaf_limit, node_limit = openssl(LEAF_BYTES), openssl(NODE_BYTES)
    if leaf_limit is None or node_limit is None:
        print("no openssl command here: the limit was not measured")
        return rows
    limit = leaf_limit + node_limit
    share = limit / mine
    return [
        Row("the same / OpenSSL's limit, a leaf and a node", mine, limit, share, ">= 0.40", share >= 0.40),
        *rows,
    ]


def proving(count: int, peer_count: int) -> list[Row]:
    acts, tiles = hashes(count), Tiles()
    tiles.append([leaf(act_hash) for act_hash in acts])
    warm = View(size=count, store=tiles)
    sample = [(number * 7919) % count for number in range(500)]
    root = warm.root()
    proofs = {index: warm.prove_record(index=index) for index in sample}
    peer = InmemoryTree(algorithm="sha256")
    for act_hash in acts[:peer_count]:
        peer.append_entry(entry(act_hash))
    theirs = {index % peer_count: peer.prove_inclusion(index % peer_count + 1) for index in sample[:100]}
    peer_root = peer.get_root()

    prove = seconds(lambda: [warm.prove_record(index=index) for index in sample], cpu=True) / len(sample)
    cold = (
        seconds(lambda: [View(size=count, store=tiles).prove_record(index=i) for i in sample[:50]], cpu=True)
        / 50
    )
    peer_prove = seconds(lambda: [peer.prove_inclusion(index + 1) for index in theirs], cpu=True) / len(
        theirs
    )
    check = seconds(
        lambda: [
            check_record(proof, index=index, size=count, leaf=leaf(acts[index]), root=root)
            for index, proof in proofs.items()
        ]
    ) / len(proofs)
    peer_check = seconds(
        lambda: [verify_inclusion(leaf(acts[index]), peer_root, proof) for index, proof in theirs.items()]
    ) / len(theirs)
    size = sum(map(len, tiles.held.values())) / count
    print(f"tiles: {size:.2f} bytes an act (goal <= 32.2)")
    return [
        Row(f"prove, tiles opened before, {count:,}", prove, None, None, "<= 30 us", prove <= 30e-6),
        Row(
            f"the same / pymerkle at {peer_count:,}",
            prove,
            peer_prove,
            peer_prove / prove,
            ">= 4x",
            peer_prove / prove >= 4,
        ),
        Row("prove from bare tiles (one page view)", cold, peer_prove, peer_prove / cold, "", None),
        Row("verify / pymerkle", check, peer_check, check / peer_check, "<= 1.0", check <= peer_check),
    ]


def verifying(count: int) -> list[Row]:
    """Verify a record of matters with five acts each, all sealed in batches of a thousand."""
    office = working_office(matters=count // 5, acts=5, unsealed=0, batch=1_000)
    rows = []
    for signatures in (True, False):
        took = seconds(lambda: office.faults(signatures=signatures), best_of=1, cpu=True) / count  # noqa: B023
        name = "with every signature" if signatures else "hashes, chain and log only"
        rows.append(Row(f"verify the whole record, {name}", took, None, None, "", None))
    return rows


def online(batches: int, directory: Path) -> list[Row]:
    """Seal batches of 1,000 into a database on disk, each durable and signed, beside a durable peer."""
    # Django can only be imported once the settings know the directory.
    from django.core.management import call_command  # noqa: PLC0415

    from xiaoneng.ledger.actions import seal  # noqa: PLC0415

    call_command("migrate", "ledger", verbosity=0)
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    acts = hashes(1_000 * (batches + 1))
    times = []
    for batch in range(batches + 1):
        leaves = [(batch * 1_000 + at, act_hash) for at, act_hash in enumerate(acts[batch * 1_000 :][:1_000])]
        when = now + timedelta(seconds=batch)
        times.append(seconds(lambda: seal(leaves, signer=SIGNER, origin=SIGNER.name, now=when), best_of=1))  # noqa: B023
    mine = sorted(times[1:])[batches // 2] / 1_000
    peer = SqliteTree(str(directory / "peer.sqlite3"), algorithm="sha256")
    theirs = seconds(lambda: [peer.append_entry(entry(act_hash)) for act_hash in acts[:300]], best_of=1) / 300
    return [
        Row("online batch of 1,000: durable, signed", mine, None, None, "<= 10 us", mine <= 10e-6),
        Row("the same / pymerkle SqliteTree", mine, theirs, theirs / mine, ">= 90x", theirs / mine >= 90),
    ]


def run(*, quick: bool) -> list[Row]:
    """Return every figure, measured now; `quick` does a twentieth of the work."""
    warnings.simplefilter("ignore", DeprecationWarning)
    count, peer_count = (50_000, 5_000) if quick else (1_000_000, 100_000)
    same_as_peer(500)
    rows = sealing(count, peer_count) + proving(count, peer_count) + verifying(count // 50)
    with tempfile.TemporaryDirectory(dir=os.environ.get("XIAONENG_BENCH_DIR")) as name:
        return rows + online(4 if quick else 20, Path(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a twentieth of the work")
    small = parser.parse_args().small
    with tempfile.TemporaryDirectory(dir=os.environ.get("XIAONENG_BENCH_DIR")) as name:
        os.environ.setdefault("XIAONENG_DATABASE", f"sqlite:////{name}/log.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoneng.config.settings")
        import django  # noqa: PLC0415 - see `online`

        django.setup()
        print(table(run(quick=small)))


if __name__ == "__main__":
    main()
