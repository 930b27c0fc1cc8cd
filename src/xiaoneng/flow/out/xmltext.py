"""Text made fit for XML 1.0 (XML 文本): escaped, and without the characters that no XML may hold."""

from __future__ import annotations

import re

BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
STAND_IN = "\ufffd"
SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
ESCAPES = str.maketrans(SIGNS)


def escaped(text: str) -> str:
    """Return text for an attribute in double quotes or for content; line ends and tabs come back as they were."""
    # Most texts hold nothing special, and to look for it is far quicker than to translate.
    if not SPECIAL.search(text):
        return text
    return BARRED.sub(STAND_IN, text).translate(ESCAPES)


def escaping(column: str) -> str:
    """Return the expression in DuckDB's SQL that escapes a column's text just so."""
    said = f"regexp_replace({column}, '{BARRED_IN_SQL}', '{STAND_IN}', 'g')"
    for sign, written in SIGNS.items():
        said = f"replace({said}, chr({ord(sign)}), '{written}')"
    return said


BARRED_IN_SQL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
