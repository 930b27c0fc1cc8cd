"""What somebody typed to find a text, as a question to either database; pure.

Words apart are all looked for; what stands together is looked for together. Whatever is typed is a question: there
is no syntax that could be got wrong, and nothing in it is ever a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiaoneng.likeness.grams import is_chinese, pieces, tokens_of

MOST = 64
"""Tokens of a question that count."""


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that must stand one after the other; `begins` if the last may be the beginning of one."""

    tokens: tuple[str, ...]
    begins: bool = False


def runs(words: str) -> tuple[Run, ...]:
    """Return what is looked for, none if nothing in it can be: every part between spaces is one run."""
    found: list[Run] = []
    left = MOST
    for word in words.split():
        run = _run(pieces(word), left)
        if run and run not in found:
            found.append(run)
            left -= len(run.tokens)
    return tuple(found)


def for_sqlite(asked: Sequence[Run]) -> str:
    """Return the question in the syntax of FTS5; every token is letters and figures, so quotes cannot be broken."""
    return " AND ".join(f'"{" ".join(run.tokens)}"{" *" if run.begins else ""}' for run in asked)


def for_postgresql(asked: Sequence[Run]) -> str:
    """Return the question as the text of a `tsquery`."""
    return " & ".join(
        "(" + " <-> ".join(f"'{token}'" for token in run.tokens) + (":*)" if run.begins else ")")
        for run in asked
    )


def _run(parts: Sequence[str], left: int) -> Run | None:
    told = [token for part in parts for token in tokens_of(part)]
    begins = False
    if parts and is_chinese(parts[-1]):
        # The text may go on after the last character: its pair is not known, it only begins one.
        begins = len(parts[-1]) == 1
        told = told if begins else told[:-1]
    if len(told) > left:
        told, begins = told[:left], False
    return Run(tuple(told), begins) if told else None
