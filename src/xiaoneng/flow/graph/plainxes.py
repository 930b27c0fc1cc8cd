"""XES in its plain form, read by looking for what is asked instead of parsing all of it.

Most logs are written by one of a few libraries: one attribute a tag, `key` before `value`, nothing nested. Such a file
is told by counts; any other is left to the careful reader (`xeslog`), which this must agree with row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import chain, repeat

CASE = "case:"
NO_EVENT = ("",)
ODD = ("'", "<!", "<?")
"""What a plain file has nowhere in its traces: other quotes, comments and raw text, instructions."""
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
    if not opening or ODD_HEAD.search(head) or head.count("<!--") != head.count("-->"):
        return None
    traces = [trace.split("<event>") for trace in body.split("<trace>")]
    if not _plain(body, traces=len(traces), events=sum(map(len, traces)) - len(traces)):
        return None
    # A trace without events is still a case: one row whose columns of the event are empty.
    found = [
        _of_trace(traces, name) if name.startswith(CASE) else _of_event(traces, name) for name in columns
    ]
    # A column that is nowhere is a fault, and the careful reader says so.
    return list(zip(*found, strict=True)) if all(any(values) for values in found) else None


def _of_trace(traces: list[list[str]], name: str) -> list[str]:
    said = _values([trace[0] for trace in traces], name.removeprefix(CASE))
    rows = [max(1, len(trace) - 1) for trace in traces]
    return list(chain.from_iterable(map(repeat, said, rows)))


def _of_event(traces: list[list[str]], name: str) -> list[str]:
    return _values([event for trace in traces for event in trace[1:] or NO_EVENT], name)


def _values(texts: list[str], name: str) -> list[str]:
    """Return the last value of an attribute in each text, empty where there is none."""
    parts = [text.rpartition(f'key="{name}" value="') for text in texts]
    values = [rest.partition('"')[0] if mark else "" for _, mark, rest in parts]
    return [unescape(value) if "&" in value else value for value in values]


def _plain(body: str, *, traces: int, events: int) -> bool:
    """Tell whether every tag after the first `<trace>` is one attribute or an end of an event, a trace or the log.

    An element that holds anything has a tag that closes it, which is none of these and so is one too many.
    """
    if any(odd in body for odd in ODD) or ODD_END.search(body):
        return False
    keys = body.count(' key="')
    if keys != body.count('" value="') or body.count("</trace>") != traces:
        return False
    tags = keys + 2 * events + 2 * traces
    return body.count("</event>") == events and body.count("<") == tags and body.rstrip().endswith("</log>")
