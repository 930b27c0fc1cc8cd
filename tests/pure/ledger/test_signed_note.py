"""Notes and checkpoints: the published examples byte for byte, and everything a stranger could try."""

from __future__ import annotations

import base64

import pytest

from tests.pure.ledger.office import SIGNER, SITE, VKEY
from xiaoneng.ledger.checkpoint import Checkpoint, opened, signed, whole
from xiaoneng.ledger.note import NoteRejected, Signer, Verifier, open_note, sign, unbase64

TEXT = "甬江两岸\n\n三江口\n"
ROOT = bytes(range(32))

# The example of the reference implementation of notes, golang.org/x/mod/sumdb/note.
NEUMANN = Signer("PeterNeumann", unbase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:])
NEUMANN_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
NEUMANN_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_LINE = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example key and note of C2SP signed-note.
C2SP_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def line(signer: Signer, text: str) -> str:
    return sign(text, signer)[len(text) + 1 :]


def test_the_reference_note_is_made_byte_for_byte() -> None:
    assert sign(NEUMANN_TEXT, NEUMANN) == f"{NEUMANN_TEXT}\n{NEUMANN_LINE}"
    assert NEUMANN.verifier.vkey == NEUMANN_VKEY
    assert open_note(f"{NEUMANN_TEXT}\n{NEUMANN_LINE}", [Verifier.parse(NEUMANN_VKEY)]).text == NEUMANN_TEXT


def test_the_note_of_the_specification_opens() -> None:
    assert open_note(C2SP_NOTE, [Verifier.parse(C2SP_VKEY)]).text == "This is an example message.\n"
    with pytest.raises(NoteRejected, match="false"):
        open_note(C2SP_NOTE.replace("example m", "exemple m"), [Verifier.parse(C2SP_VKEY)])


def test_the_text_may_hold_empty_lines_and_chinese() -> None:
    assert open_note(sign(TEXT, SIGNER), [SIGNER.verifier]).text == TEXT


def test_a_note_nobody_we_know_signed_is_rejected() -> None:
    with pytest.raises(NoteRejected, match="no known key"):
        open_note(sign(TEXT, SIGNER), [NEUMANN.verifier])
    same_name = Signer(SITE, bytes(32))
    with pytest.raises(NoteRejected, match="no known key"):
        open_note(sign(TEXT, same_name), [SIGNER.verifier])


def test_signatures_of_strangers_are_passed_over() -> None:
    stranger = "— witness.example " + base64.b64encode(b"\x01\x02\x03\x04?").decode() + "\n"
    note = sign(TEXT, NEUMANN) + stranger * 20 + line(SIGNER, TEXT)
    assert open_note(note, [SIGNER.verifier]).signed_by == (SIGNER.verifier,)
    assert open_note(note, [SIGNER.verifier, NEUMANN.verifier]).signed_by == (
        NEUMANN.verifier,
        SIGNER.verifier,
    )


def test_one_false_signature_of_a_known_key_rejects_the_whole_note() -> None:
    note = f"{TEXT}\n" + line(SIGNER, TEXT) + line(NEUMANN, "something else\n")
    with pytest.raises(NoteRejected, match="PeterNeumann is false"):
        open_note(note, [SIGNER.verifier, NEUMANN.verifier])


def test_a_key_whose_shown_hash_is_copied_signs_nothing() -> None:
    # The four-byte hash is easily met by another key; it says which key is meant and proves nothing.
    forged = base64.b64encode(SIGNER.verifier.key_id + NEUMANN.signature(TEXT.encode())).decode()
    with pytest.raises(NoteRejected, match="false"):
        open_note(f"{TEXT}\n— {SITE} {forged}\n", [SIGNER.verifier])


GOOD = sign(TEXT, SIGNER)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        TEXT,
        GOOD[:-1],
        GOOD + "\n",
        GOOD.replace("\n\n— ", "\n— "),
        GOOD.replace("— ", "- "),
        GOOD.replace("江", "江\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD[:-3] + "\n",
        GOOD.replace(f"— {SITE}", "— "),
        TEXT + "\n" + line(SIGNER, TEXT) * 101,
    ],
)
def test_a_malformed_note_is_rejected(note: str) -> None:
    with pytest.raises(NoteRejected):
        open_note(note, [SIGNER.verifier])


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "a\x00b\n"])
def test_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        sign(text, SIGNER)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        SITE,
        VKEY.replace(SITE, "another.example"),
        VKEY[:-4],
        VKEY.replace("+A", "+B"),
        VKEY.upper(),
        VKEY.replace(SITE, "a b"),
    ],
)
def test_a_damaged_public_key_is_refused(vkey: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Verifier.parse(vkey)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb"])
def test_a_name_that_would_break_the_signature_line_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a key"):
        Signer(name, bytes(32))


def test_the_seed_is_not_shown_when_a_signer_is_printed() -> None:
    assert repr(SIGNER) == f"Signer('{SITE}')"


def test_a_checkpoint_is_the_three_lines_of_the_specification() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = Checkpoint.parse(text)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text() == text
    assert Checkpoint.parse(text + "an extension\n") == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        f"a\n01\n{base64.b64encode(ROOT).decode()}\n",
        f"a\n-1\n{base64.b64encode(ROOT).decode()}\n",
        f"a\n１\n{base64.b64encode(ROOT).decode()}\n",
        f"\n1\n{base64.b64encode(ROOT).decode()}\n",
        f"a\n1\n{base64.b64encode(ROOT[:-1]).decode()}\n",
        f"a\n1\n{base64.b64encode(ROOT).decode()[:-1]}\n",
        f"a\n1\n{base64.b64encode(ROOT).decode()}\n\n",
        f"a\n1\n{base64.b64encode(ROOT).decode()}",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Checkpoint.parse(text)


def test_a_checkpoint_opens_under_the_key_of_its_own_log_only() -> None:
    checkpoint = Checkpoint(SITE, 7, ROOT)
    assert opened(signed(checkpoint, signer=SIGNER), verifier=SIGNER.verifier) == checkpoint
    with pytest.raises(NoteRejected, match="is of log"):
        opened(signed(Checkpoint("elsewhere.example", 7, ROOT), signer=SIGNER), verifier=SIGNER.verifier)
    with pytest.raises(NoteRejected, match="no checkpoint"):
        opened(sign(TEXT, SIGNER), verifier=SIGNER.verifier)


@pytest.mark.parametrize("spelled", ["", "00", "1.0", "+1", " 1", "²", "9" * 20])
def test_a_number_has_one_spelling(spelled: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        whole(spelled)
