"""One way to time a thing, and one way to say how it compares: ours, the peer's, the ratio, the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Row:
    """A measured operation: ours and the peer's, how they compare, and whether the goal is met.

    Figures are seconds, or bare numbers where `unit` is empty. `note` says
    what the figure means and, where a goal is missed, what would close it.
    """

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    goal: str
    met: bool | None
    unit: str = "s"
    note: str = ""


def seconds(work: Callable[[], object], *, times: int = 1, best_of: int = 3, cpu: bool = False) -> float:
    """Return the seconds of one call, the best of some rounds of `times` calls each.

    `cpu` counts this process's own time, which neighbours on the machine disturb less.
    """
    clock = process_time if cpu else perf_counter
    rounds = []
    for _ in range(best_of):
        start = clock()
        for _ in range(times):
            work()
        rounds.append((clock() - start) / times)
    return min(rounds)


SCALES = (("s", 1.0), ("ms", 1e3), ("us", 1e6), ("ns", 1e9))


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | ours | peer or limit | ratio | goal | met | note |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        met = {True: "yes", False: "**no**", None: ""}[row.met]
        ours, peer = figure(row.ours, row.unit), figure(row.peer, row.unit)
        lines.append(f"| {row.name} | {ours} | {peer} | {ratio} | {row.goal} | {met} | {row.note} |")
    return "\n".join(lines)


def figure(value: float | None, unit: str) -> str:
    """Return a figure with the digits that mean something; seconds in the unit that suits their size."""
    if value is None:
        return ""
    name, scale = ("", 1.0)
    if unit:
        name, scale = next((one for one in SCALES if value * one[1] >= 1), SCALES[-1])
    shown = value * scale
    return f"{shown:,.{0 if shown >= 100 else 1 if shown >= 10 else 2}f} {name}".strip()
