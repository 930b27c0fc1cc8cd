"""`xiaoneng publish-data`: bring the open data under `/data/` up to date; run again, it changes nothing."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.flow.out.opening import publish
from xiaoneng.flow.out.publication import Publication
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding.intake import columns


def publish_data(arguments: list[str]) -> int:
    """Make what has changed, take away what may not be published any more; return 0."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    console = notes()
    with console.status(Phrase("查看来源", "Looking at the feeds").spoken(spoken)) as status:
        publication = publish(
            columns(),
            Path(settings.OPEN_DATA),
            licence=settings.OPEN_LICENCE,
            now=datetime.now(UTC),
            told=lambda feed, name: status.update(f"{feed}/{name}"),
        )
    if options.json:
        print_json([asdict(one) for one in publication.datasets])
    else:
        _show(publication, spoken)
    return 0


def _show(publication: Publication, spoken: str) -> None:
    console = output()
    if not publication.datasets:
        nothing = Phrase(
            "没有可公开的：本市办件尚未汇入事件列，其他来源的对照表也没有写 open = true。",
            "Nothing to publish: our own matters are not among the columns yet, and no mapping says open = true.",
        )
        console.print(nothing.spoken(spoken), markup=False)
    for one in publication.datasets:
        console.print(f"{one.feed}  {one.title.spoken(spoken)}", markup=False, style="bold")
        for file in one.files:
            console.print(f"  {file.name:<18} {file.rows:>12,}  {file.bytes:>14,} B", markup=False)


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    about = Phrase("更新开放数据及其目录。", "Bring the open data and its catalogue up to date.")
    machines = Phrase("机器可读", "for machines")
    parser = argparse.ArgumentParser(prog="xiaoneng publish-data", description=about.spoken(spoken))
    parser.add_argument("--json", action="store_true", help=machines.spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
