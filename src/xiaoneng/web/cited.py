"""Citations as readers meet them, and how sure the number is that they carry. Knows no page."""

from __future__ import annotations

from xiaoneng.law.article import Place, places
from xiaoneng.law.citation import DEFAULTS, Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.law.register import instruments, resolve

DOUBTS = {
    Certainty.EXCERPT: Phrase(
        "只看过节录或转载，未核对全文", "Known from an excerpt or a repost, not the full text"
    ),
    Certainty.UNVERIFIED: Phrase("未见原文，待核实", "The text was not seen: to be verified"),
    Certainty.DEFAULT: Phrase(
        "本平台默认值，没有法律依据，可以调整",
        "A default of this platform, without legal source; it can be changed",
    ),
}
"""What is said beside a number whose article was not read."""


def cited(citation: Citation) -> Phrase:
    """Return a citation in both languages; a default of ours is called what it is about."""
    found = resolve(citation)
    if found is None:
        return Phrase(str(citation), str(citation))
    if citation.instrument == DEFAULTS:
        return Phrase(f"{DEFAULTS}：{found.words.zh}", f"Default of this platform: {found.words.en}")
    title = instruments()[citation.instrument].en
    where = ", ".join(map(_where, places(citation.article))) or citation.article
    return Phrase(str(citation), f"{title}, {where}" if where else title)


def doubt(citation: Citation) -> Phrase | None:
    """Return what the reader must know of how the number is known; None where the article was read."""
    return DOUBTS.get(citation.certainty)


def _where(place: Place) -> str:
    branch = f"-{place.branch}" if place.branch else ""
    narrower = "".join(f"({one})" for one in (place.paragraph, place.item) if one)
    return f"art. {place.article}{branch}{narrower}"
