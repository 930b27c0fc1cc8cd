"""Chinese text as what is compared and what is searched: bare characters, runs of them, tokens; pure.

Two readings of a text. To *compare* it, only letters and figures are kept, one after the other: spaces, full-width
forms, punctuation and line breaks say nothing about what is meant. To *search* it, words stay apart: Chinese becomes
every pair of neighbouring characters, so that 拆迁 is found without knowing where words begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

LONGEST = 20_000
"""Characters of a text that are looked at; no complaint says more about its subject further on."""
WORD = 40
"""Characters of a word in letters that count."""

_APART = re.compile(r"[\W_]+")
_LONG_NUMBER = re.compile(r"\d{7,}")
"""Telephone numbers, identity numbers, times: they differ from repeat to repeat, and they point at people."""
_MASK = "0"
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


def normal(text: str) -> str:
    """Return the text as it is compared: one form of each character, letters and figures only, long numbers masked."""
    return _LONG_NUMBER.sub(_MASK, _bare(text, between=""))


def grams(text: str, *, size: int) -> Iterator[str]:
    """Yield every run of `size` characters of a normal text; a shorter text is one run, an empty one none."""
    if text:
        yield from (text[at : at + size] for at in range(max(1, len(text) - size + 1)))


def tokens(text: str) -> Iterator[str]:
    """Yield what a text is found by, in order: pairs of Chinese characters, words in letters and figures.

    The last character of each Chinese run stands alone after its pairs, so that every single character begins
    some token. Long numbers are left out.
    """
    for piece in pieces(text):
        yield from tokens_of(piece)


def pieces(text: str) -> list[str]:
    """Return the runs of Chinese and the words of a text, as written but in one form of each character."""
    return _PIECE.findall(_LONG_NUMBER.sub(" ", _bare(text, between=" ")))


def tokens_of(piece: str) -> Iterator[str]:
    """Yield the tokens of one piece."""
    if is_chinese(piece):
        yield from (piece[at : at + 2] for at in range(len(piece)))
    else:
        yield piece[:WORD]


def is_chinese(piece: str) -> bool:
    """Return whether a piece is a run of Chinese characters."""
    return re.match(f"[{_HAN}]", piece) is not None


def _bare(text: str, *, between: str) -> str:
    """Return letters and figures in one form of each character, `between` where anything else stood."""
    bare = _APART.sub(between, text[:LONGEST].casefold())
    if is_normalized("NFKC", bare):  # as almost every text is, once full-width punctuation is gone
        return bare
    # Twice: folding case can undo the compatibility form, as with a dotted capital I.
    return _APART.sub(between, normalize("NFKC", normalize("NFKC", bare).casefold()))
