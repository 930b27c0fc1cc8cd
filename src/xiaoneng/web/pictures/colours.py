"""Colours of pictures by name: the browser puts the page's own tokens in their place, the server those of paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

Spec = dict[str, object]
TOKEN = re.compile(r"\$[a-z][a-z0-9-]*")
WORDS = frozenset({"name", "label", "said", "href", "$schema", "description"})
"""Where a specification holds what people wrote, not colours."""
PAPER: Mapping[str, str] = {
    "$ground": "#ffffff",
    "$ground-2": "#f6f6f4",
    "$ground-3": "#ebebe7",
    "$rule": "#dededa",
    "$rule-strong": "#8b8e92",
    "$ink": "#16181c",
    "$ink-2": "#43474e",
    "$ink-3": "#63676e",
    "$action": "#1f4470",
    "$in-time": "#1d7d4f",
    "$due-soon": "#b26a00",
    "$overdue": "#b3261e",
}
"""Light values of the tokens of `tokens.css`; a test holds them equal."""


def on_paper(spec: Spec) -> Spec:
    """Return a specification with the colours of paper."""
    return cast(Spec, _put(spec))


def _put(part: object) -> object:
    if isinstance(part, dict):
        return {name: value if name in WORDS else _put(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_put(value) for value in part]
    return TOKEN.sub(lambda found: PAPER.get(found[0], found[0]), part) if isinstance(part, str) else part
