"""XES in its plain form, read by looking for what is asked instead of parsing all of it.

Most logs are written by one of a few libraries: one attribute a tag, `key` before `value`, nothing nested. Such a file
is told by counts; any other is left to the careful reader (`xeslog`), which this must agree with row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

CASE = "case:"
ODD = ("<list", "<container", "<values", "<!", "'")
"""What a plain file has nowhere in its traces: nesting, comments, other quotes."""
ODD_END = re.compile(r"</event>\s*<(?!event>|/trace>)")
"""What a trace says of itself after its events."""
ODD_HEAD = re.compile(r"""<!(?!--)|encoding="(?!utf-8")""", re.IGNORECASE)


def plain_rows(data: bytes, *, columns: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Return the events of a plain file, each with the columns asked for; None where the file is not plain."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    head, opening, body = text.partition("<trace>")
    if not opening or not _plain(head, body):
        return None
    rows: list[tuple[str, ...]] = []
    of_case = [name.removeprefix(CASE) if name.startswith(CASE) else "" for name in columns]
    marks = [f'key="{name}" value="' for name in columns]
    case_marks = [f'key="{name}" value="' if name else "" for name in of_case]
    for trace in body.split("<trace>"):
        own, *events = trace.split("<event>")
        said = [_value(own, mark) if mark else None for mark in case_marks]
        for event in events or [""]:
            rows.append(
                tuple(
                    _value(event, mark) if known is None else known
                    for mark, known in zip(marks, said, strict=True)
                )
            )
    # A column that is nowhere is a fault, and the careful reader says so.
    return rows if all(any(values) for values in zip(*rows, strict=True)) else None


def _plain(head: str, body: str) -> bool:
    if ODD_HEAD.search(head) or head.count("<!--") != head.count("-->"):
        return False
    if any(odd in body for odd in ODD) or ODD_END.search(body):
        return False
    keys, events, traces = body.count(' key="'), body.count("<event>"), body.count("</trace>")
    whole = keys == body.count('" value="') == body.count("/>")
    # Every tag is accounted for: attributes, both ends of events and traces, and the end of the log.
    tags = keys + events + body.count("</event>") + body.count("<trace>") + traces + 1
    paired = events == body.count("</event>") and traces == body.count("<trace>") + 1
    return whole and paired and tags == body.count("<") and body.rstrip().endswith("</log>")


def _value(text: str, mark: str) -> str:
    at = text.rfind(mark)
    if at < 0:
        return ""
    begin = at + len(mark)
    value = text[begin : text.index('"', begin)]
    return unescape(value) if "&" in value else value
