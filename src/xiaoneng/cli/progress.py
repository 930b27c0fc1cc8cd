"""Progress of long work (进度): how far, how fast, how much longer; silent where nobody looks. Knows no command."""

from __future__ import annotations

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from xiaoneng.cli.terminal import notes


class Rate(ProgressColumn):
    """How many a second, of what `unit` says."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        """Return the rate; a dash until it is known."""
        speed = task.completed / task.elapsed if task.elapsed else None
        return Text(f"{speed:,.0f} {self.unit}/s" if speed else f"– {self.unit}/s")


def counting(unit: str, *, always: bool = False) -> Progress:
    """Return a bar over a known number of things; shown without a terminal only where `always` is set."""
    console = notes()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(unit),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=not always,
        disable=not (always or console.is_terminal),
    )
