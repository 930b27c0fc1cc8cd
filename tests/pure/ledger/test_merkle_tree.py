"""The tree: against RFC 6962 vectors, and every proof of every tree up to 130 leaves, whole and damaged."""

from __future__ import annotations

import hashlib

import pytest

from xiaoneng.ledger import tree
from xiaoneng.ledger.tiles import (
    NoTiles,
    Tiles,
    bundle,
    edge_places,
    grow,
    path_of,
    path_places,
    places,
    unbundle,
)
from xiaoneng.ledger.tree import ProofFailed, View, check_growth, check_record, node_hash, record_hash

LARGEST = 130
LEAVES = [record_hash(f"act {number}".encode()) for number in range(700)]

# The eight leaves and their roots that Certificate Transparency logs have been tested with since 2013.
CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962 §2.1 writes it, with none of our tiles."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


def grown(count: int) -> Tiles:
    tiles = Tiles()
    tiles.append(LEAVES[:count])
    return tiles


def damaged(proof: list[bytes]) -> list[list[bytes]]:
    """Every proof with one bit of one hash turned over, and with a hash too few or too many."""
    wrong = [
        [*proof[:at], bytes([step[0] ^ (1 << (at % 8))]) + step[1:], *proof[at + 1 :]]
        for at, step in enumerate(proof)
    ]
    wrong += [
        [*proof[:at], step[:-1] + bytes([step[-1] ^ 0x80]), *proof[at + 1 :]] for at, step in enumerate(proof)
    ]
    return [*wrong, [*proof, LEAVES[0]], *([proof[:-1], proof[1:]] if proof else [])]


def test_the_roots_of_the_published_vectors_come_out() -> None:
    tiles = Tiles()
    assert tree.root(size=0, store=tiles).hex() == CT_ROOTS[0]
    for size, data in enumerate(CT_LEAVES, 1):
        tiles.append([record_hash(bytes.fromhex(data))])
        assert tree.root(size=size, store=tiles).hex() == CT_ROOTS[size]


def test_the_published_audit_paths_come_out() -> None:
    tiles = Tiles()
    tiles.append([record_hash(bytes.fromhex(data)) for data in CT_LEAVES])
    path = tree.prove_record(index=5, size=8, store=tiles)
    assert [step.hex() for step in path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_a_leaf_never_passes_for_a_node() -> None:
    left, right = LEAVES[:2]
    assert record_hash(left + right) != node_hash(left, right)


def test_every_record_of_every_tree_is_proved_and_no_damaged_proof_is() -> None:
    tiles = grown(LARGEST)
    for size in range(1, LARGEST + 1):
        view = View(size=size, store=tiles)
        assert view.root() == by_definition(LEAVES[:size])
        for index in range(size):
            proof = view.prove_record(index=index)
            told = {"index": index, "size": size, "root": view.root()}
            check_record(proof, leaf=LEAVES[index], **told)
            with pytest.raises(ProofFailed):
                check_record(proof, leaf=LEAVES[index + 1], **told)
            for wrong in damaged(proof):
                with pytest.raises(ProofFailed):
                    check_record(wrong, leaf=LEAVES[index], **told)


def test_every_growth_is_proved_and_no_damaged_proof_is() -> None:
    tiles = grown(LARGEST)
    roots = [by_definition(LEAVES[:size]) for size in range(LARGEST + 1)]
    for size in range(LARGEST + 1):
        view = View(size=size, store=tiles)
        for old in range(size + 1):
            proof = view.prove_growth(old=old)
            told = {"old": old, "size": size, "old_root": roots[old], "root": roots[size]}
            check_growth(proof, **told)
            with pytest.raises(ProofFailed):
                check_growth(proof, **{**told, "old_root": LEAVES[3]})
            for wrong in damaged(proof):
                with pytest.raises(ProofFailed):
                    check_growth(wrong, **told)


@pytest.mark.parametrize("index", [-1, 7, 8])
def test_a_leaf_outside_the_tree_has_no_proof(index: int) -> None:
    with pytest.raises(IndexError):
        tree.prove_record(index=index, size=7, store=grown(7))
    with pytest.raises(ProofFailed):
        check_record([], index=index, size=7, leaf=LEAVES[0], root=LEAVES[0])


def test_a_tree_cannot_have_grown_from_a_larger_one() -> None:
    with pytest.raises(IndexError):
        tree.prove_growth(old=9, size=7, store=grown(9))
    with pytest.raises(ProofFailed):
        check_growth([], old=9, size=7, old_root=LEAVES[0], root=LEAVES[0])


@pytest.mark.parametrize("batches", [[1] * 520, [256, 256], [255, 1, 1, 263], [513, 7], [700]])
def test_the_tiles_do_not_depend_on_how_acts_were_batched(batches: list[int]) -> None:
    tiles, at = Tiles(), 0
    for count in batches:
        tiles.append(LEAVES[at : at + count])
        at += count
    assert tiles.held == grown(at).held
    assert {place: len(data) // 32 for place, data in tiles.held.items()} == dict(places(at))
    assert tree.root(size=at, store=tiles) == by_definition(LEAVES[:at])


def test_appending_touches_the_right_edge_only() -> None:
    assert set(grow(size=600, leaves=LEAVES[600:605], store=grown(600))) == {(0, 2)}
    assert set(grow(size=511, leaves=LEAVES[511:513], store=grown(511))) == {(0, 1), (0, 2), (1, 0)}


def test_a_log_that_half_exists_is_not_appended_to() -> None:
    with pytest.raises(LookupError):
        grow(size=5, leaves=LEAVES[:1], store=NoTiles())
    with pytest.raises(LookupError):
        grow(size=5, leaves=LEAVES[:1], store=grown(4))
    with pytest.raises(LookupError):
        tree.root(size=5, store=grown(4))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 300, 511, 512, 513, 700])
def test_a_proof_reads_only_the_tiles_it_announces(size: int) -> None:
    tiles = grown(size)
    for index in {0, size // 2, size - 1}:
        few = Tiles()
        few.held = {place: tiles.held[place] for place in path_places(index=index, size=size)}
        whole = tree.prove_record(index=index, size=size, store=tiles)
        assert tree.prove_record(index=index, size=size, store=few) == whole
        few.held = {place: tiles.held[place] for place in edge_places(size)}
        assert tree.root(size=size, store=few) == tree.root(size=size, store=tiles)


def test_the_tiles_of_a_tree_of_70000_are_those_of_the_specification() -> None:
    widths = {}
    for (level, _), width in places(70_000):
        widths.setdefault(level, []).append(width)
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}
    assert dict(places(256)) == {(0, 0): 256, (1, 0): 1}


def test_tiles_and_bundles_lie_where_the_specification_says() -> None:
    assert path_of((0, 1_234_067)) == "tile/0/x001/x234/067"
    assert path_of((2, 0), width=17) == "tile/2/000.p/17"
    assert path_of(1_000) == "tile/entries/x001/000"


def test_a_bundle_gives_its_entries_back_and_a_torn_one_is_refused() -> None:
    listed = [b"", b"a", bytes(300)]
    assert bundle(listed)[:5] == b"\x00\x00\x00\x01a"
    assert unbundle(bundle(listed)) == listed
    for torn in (bundle(listed)[:-1], bundle(listed) + b"\x00"):
        with pytest.raises(ValueError, match="breaks off"):
            unbundle(torn)
    with pytest.raises(ValueError, match="at most"):
        bundle([bytes(65_536)])
