"""Gaming checks as pages print them: counts with n, definition and the default behind the threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.gaming import Finding
from xiaoneng.supervision.gaming_checks import TOPICS, Check
from xiaoneng.web.figure_views import interval, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One check: how many of how many; `expected` where chance alone would show some; `href` opens its matters."""

    key: str
    name: Phrase
    definition: Phrase
    basis: Citation
    count: int
    n: int
    share: str
    interval: str
    expected: str
    warns: bool
    href: str = ""


def lines(found: Iterable[Finding], *, opens: str = "") -> tuple[CheckLine, ...]:
    """Return findings as lines of a table; with `opens`, the beginning of an address, each opens its matters."""
    return tuple(_line(one, opens) for one in found)


def _line(one: Finding, opens: str) -> CheckLine:
    return CheckLine(
        key=one.check.value,
        name=one.check.phrase,
        definition=one.check.definition,
        basis=TOPICS[one.check],
        count=one.count,
        n=one.n,
        share=percent(one.share.share),
        interval=interval(one.share),
        expected="" if one.expected is None else f"{one.expected:,.1f}",
        warns=one.warns,
        href=f"{opens}check={one.check.value}#matters" if opens and one.numbers else "",
    )


def check_of(said: str) -> Check | None:
    """Return the check that an address asks for; None for anything else."""
    return Check(said) if said in list(Check) else None
