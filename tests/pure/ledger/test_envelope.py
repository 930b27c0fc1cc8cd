"""An envelope opens for two keys together, for its own matter, and for nobody and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.ledger import envelope as sealing
from xiaoneng.ledger.envelope import Envelope, EnvelopeShut, Half, parse
from xiaoneng.ledger.lockbox import LockFaulty, lock, new_key, public_of, unlock

CENTRE, HEAD, STRANGER = new_key(), new_key(), new_key()
HOLDERS = (public_of(CENTRE), public_of(HEAD))
MATTER = b"TS2026-0000001-5"
NAME = "张大山（虚构）".encode()


def sealed(contents: bytes = NAME) -> Envelope:
    return parse(sealing.seal(contents, holders=HOLDERS, binding=MATTER).text())


def halves(envelope: Envelope, *keys: bytes) -> tuple[Half, Half]:
    first, second = (sealing.take_half(envelope, key, binding=MATTER) for key in keys)
    return first, second


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=sealing.SIZES[-1] - sealing.LENGTH), st.booleans())
def test_both_keys_together_open_it_in_either_order(contents: bytes, head_first: bool) -> None:
    envelope = sealed(contents)
    order = (HEAD, CENTRE) if head_first else (CENTRE, HEAD)
    assert sealing.unseal(envelope, halves(envelope, *order), binding=MATTER) == contents


@pytest.mark.parametrize("key", [CENTRE, HEAD])
def test_one_key_alone_opens_nothing_however_often_it_is_used(key: bytes) -> None:
    envelope = sealed()
    with pytest.raises(EnvelopeShut, match="Two different keys"):
        sealing.unseal(envelope, halves(envelope, key, key), binding=MATTER)
    own = sealing.take_half(envelope, key, binding=MATTER)
    guessed = Half(public=envelope.other(own.public), secret=own.secret)
    with pytest.raises(EnvelopeShut, match="does not open"):
        sealing.unseal(envelope, (own, guessed), binding=MATTER)


def test_a_third_key_has_no_half() -> None:
    with pytest.raises(EnvelopeShut, match="neither of the two"):
        sealing.take_half(sealed(), STRANGER, binding=MATTER)


def test_an_envelope_moved_to_another_matter_stays_shut() -> None:
    envelope = sealed()
    with pytest.raises(EnvelopeShut, match="another matter"):
        sealing.take_half(envelope, CENTRE, binding=b"TS2026-0000002-3")
    both = halves(envelope, CENTRE, HEAD)
    with pytest.raises(EnvelopeShut, match="another matter"):
        sealing.unseal(envelope, both, binding=b"TS2026-0000002-3")


def test_halves_of_two_envelopes_do_not_mix() -> None:
    one, other = sealed(), sealed()
    mine = sealing.take_half(one, CENTRE, binding=MATTER)
    theirs = sealing.take_half(other, HEAD, binding=MATTER)
    with pytest.raises(EnvelopeShut, match="altered"):
        sealing.unseal(one, (mine, theirs), binding=MATTER)


def test_any_altered_character_is_found_or_changes_nothing() -> None:
    text = sealing.seal(NAME, holders=HOLDERS, binding=MATTER).text()
    for place in range(0, len(text), 37):
        other = "A" if text[place] != "A" else "B"
        assert _opened(text[:place] + other + text[place + 1 :]) in {None, NAME}, place


def _opened(text: str) -> bytes | None:
    try:
        envelope = parse(text)
        return sealing.unseal(envelope, halves(envelope, CENTRE, HEAD), binding=MATTER)
    except EnvelopeShut:
        return None


@pytest.mark.parametrize(
    "text", ["", "张三", "xn-envelope-1.a.b", "xn-envelope-2.....", "xn-envelope-1.~.~.~.~.~.~"]
)
def test_what_is_no_envelope_is_said_to_be_none(text: str) -> None:
    with pytest.raises(EnvelopeShut, match="no whole sealed envelope"):
        parse(text)


def test_the_length_tells_nothing_of_a_name() -> None:
    lengths = {len(sealed(b"x" * size).text()) for size in (0, 1, 80, 700, 2000)}
    assert len(lengths) == 1
    assert len(sealed(b"x" * 4000).text()) == len(sealed(b"x" * 8000).text())


def test_what_fits_no_envelope_is_refused_in_words() -> None:
    with pytest.raises(EnvelopeShut, match="too long"):
        sealed(b"x" * 8189)


def test_two_posts_with_one_key_cannot_stand_for_two() -> None:
    with pytest.raises(EnvelopeShut, match="key of its own"):
        sealing.seal(NAME, holders=(HOLDERS[0], HOLDERS[0]), binding=MATTER)


def test_sealed_twice_nothing_is_alike_but_whom_it_is_for() -> None:
    one, other = sealed(), sealed()
    assert one.holders == other.holders
    assert one.salt != other.salt
    assert one.halves[0] != other.halves[0]
    assert one.body != other.body


def test_a_slip_hands_the_half_to_the_other_holder_alone_and_for_one_occasion() -> None:
    envelope = sealed()
    mine = sealing.take_half(envelope, CENTRE, binding=MATTER)
    slip = sealing.hand_over(mine, to=HOLDERS[1], occasion=b"TS 7")
    broken = "\n  ".join((slip[:50], slip[50:100], slip[100:]))
    both = (
        sealing.take_over(broken, HEAD, occasion=b"TS 7"),
        sealing.take_half(envelope, HEAD, binding=MATTER),
    )
    assert sealing.unseal(envelope, both, binding=MATTER) == NAME
    for key, occasion in ((HEAD, b"TS 8"), (STRANGER, b"TS 7"), (CENTRE, b"TS 7")):
        with pytest.raises(EnvelopeShut, match="does not open"):
            sealing.take_over(slip, key, occasion=occasion)
    with pytest.raises(EnvelopeShut, match="not whole"):
        sealing.take_over("abc", HEAD, occasion=b"TS 7")


def test_a_half_is_never_printed() -> None:
    mine = sealing.take_half(sealed(), CENTRE, binding=MATTER)
    assert mine.secret.hex() not in repr(mine)
    assert repr(mine.secret) not in repr(mine)


def test_a_key_is_locked_with_its_holders_own_passphrase() -> None:
    box = lock(CENTRE, passphrase="correct horse battery", holder="post 7")
    assert unlock(box, passphrase=" correct horse battery ", holder="post 7") == CENTRE
    assert box.split(".")[1:4] == ["3", "65536", "4"], "each try costs what RFC 9106 recommends"
    with pytest.raises(LockFaulty, match="wrong"):
        unlock(box, passphrase="correct horse batterz", holder="post 7")
    with pytest.raises(LockFaulty, match="wrong"):
        unlock(box, passphrase="correct horse battery", holder="post 8")


def test_a_short_passphrase_locks_nothing() -> None:
    with pytest.raises(LockFaulty, match="at least 12"):
        lock(CENTRE, passphrase="short", holder="post 7")
