"""`xiaoneng rebuild`: make every matter's row anew from its acts; it must change nothing, and says where it did."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from xiaoneng.cli.progress import counting
from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.desk.rebuilding import Difference, matter_count, rebuild_all
from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.actions import rebuild_publications

SHOWN = 20


def rebuild(arguments: list[str]) -> int:
    """Rebuild every matter; return 0, or 1 where a row differed from its acts."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    total, found = matter_count(), list[Difference]()
    with counting(Phrase("件", "matters").spoken(spoken)) as progress:
        task = progress.add_task(Phrase("重建", "rebuilding").spoken(spoken), total=total)
        for differences in rebuild_all(write=not options.check):
            found += differences
            progress.advance(task)
    for number, fields in rebuild_publications(write=not options.check):
        found += [
            Difference(number=number, field=f"publication {one}", stored="", derived="") for one in fields
        ]
    if options.json:
        print_json({"matters": total, "differences": [asdict(one) for one in found]})
        return 1 if found else 0
    console = output()
    for one in found[:SHOWN]:
        console.print(f"{one.number} {one.field}: {one.stored!r} → {one.derived!r}", markup=False)
    numbers = len({one.number for one in found})
    words = Phrase(
        f"{total:,} 件，{numbers:,} 件与其行为不符",
        f"{total:,} matters, {numbers:,} differed from their acts",
    )
    console.print(words.spoken(spoken))
    return 1 if found else 0


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    about = Phrase("由行为重建每个办件的投影", "Make every matter's row anew from its acts")
    parser = argparse.ArgumentParser(prog="xiaoneng rebuild", description=about.spoken(spoken))
    check = Phrase("只比对，不改写", "compare only, write nothing")
    parser.add_argument("--check", action="store_true", help=check.spoken(spoken))
    parser.add_argument("--json", action="store_true", help=Phrase("机器可读", "for machines").spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
