"""`xiaoneng complaints issues`: what many complaints say, and which repeat one another, in batch; names nobody."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from rich.table import Table

from xiaoneng.cli.terminal import output, print_json
from xiaoneng.desk.complaint_list import entries
from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.hot import Issue, Said, issues
from xiaoneng.likeness.near import clusters
from xiaoneng.worktime.days import local_day


def show(options: argparse.Namespace, spoken: str) -> None:
    """Print the hot issues and the repeats among the complaints of the last days, as tables or as JSON.

    Every complaint counts as one person: who complained is sealed, and is not needed to see what is said often.
    """
    now = datetime.now(UTC)
    since = now - timedelta(days=options.days)
    found = [one for one in entries(division=options.division, texts=True) if one.opened_at >= since]
    said = [Said(one.number, one.texts["text"], one.number, one.opened_at) for one in found]
    hot = issues(said, now=now)
    repeats = clusters({one.key: one.text for one in said})
    if options.json:
        print_json({"issues": [_plain(one) for one in hot], "repeats": [list(one) for one in repeats]})
        return
    title = Phrase(f"近 {options.days} 天 {len(said)} 件", f"{len(said)} complaints of {options.days} days")
    table = Table(title=title.spoken(spoken), title_justify="left")
    for zh, en in (
        ("热度", "Heat"),
        ("人数", "People"),
        ("共有的词", "Shared words"),
        ("投诉", "Complaints"),
    ):
        table.add_column(Phrase(zh, en).spoken(spoken))
    for one in hot:
        table.add_row(f"{one.heat:.1f}", str(one.people), "、".join(one.words), ", ".join(one.keys))
    output().print(table)
    for group in repeats:
        words = Phrase(f"几乎相同：{'、'.join(group)}", f"Nearly the same: {', '.join(group)}")
        output().print(words.spoken(spoken), markup=False)


def _plain(one: Issue) -> dict[str, object]:
    return {
        "heat": round(one.heat, 2),
        "people": one.people,
        "first": local_day(one.first).isoformat(),
        "last": local_day(one.last).isoformat(),
        "words": list(one.words),
        "complaints": list(one.keys),
    }
