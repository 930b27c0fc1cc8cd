"""Text made fit for XML 1.0 (XML 文本): escaped, and without the characters that no XML may hold."""

from __future__ import annotations

import re

BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STAND_IN = "\ufffd"
ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def escaped(text: str) -> str:
    """Return text for an attribute in double quotes or for content; line ends and tabs come back as they were."""
    if BARRED.search(text):
        text = BARRED.sub(STAND_IN, text)
    return text.translate(ESCAPES)
