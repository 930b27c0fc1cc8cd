"""`xiaoneng gaming`: gaming checks on our own matters, or on a feed of another system; counts, shares and matters."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from rich.markup import escape
from rich.table import Table

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision import access
from xiaoneng.supervision.counting import Period, Scope
from xiaoneng.supervision.gaming import Finding, of_log
from xiaoneng.supervision.gaming_checks import TOPICS
from xiaoneng.worktime.days import local_day

REFUSED = 2
SHOWN = 5


def gaming(arguments: list[str]) -> int:
    """Check and print; return 0, 1 where a check warns, 2 where there is no such feed."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    now = datetime.now(UTC)
    try:
        found = _of_feed(options.feed, now=now) if options.feed else _own(options, now=now)
    except access.NoFeed:
        missing = Phrase(f"没有数据来源“{options.feed}”", f"There is no feed {options.feed}")
        notes().print(missing.spoken(spoken), markup=False)
        return REFUSED
    if options.json:
        print_json({"as_of": now, "feed": options.feed, "checks": [as_data(one) for one in found]})
    else:
        _show(found, spoken, everything=options.all)
    return 1 if any(one.warns for one in found) else 0


def _own(options: argparse.Namespace, *, now: datetime) -> tuple[Finding, ...]:
    where = Scope(agency=options.agency, division=options.division)
    return access.gaming(where, period=Period.last(options.days, today=local_day(now))).total


def _of_feed(key: str, *, now: datetime) -> tuple[Finding, ...]:
    view = access.feed_view(key)
    return of_log(view.cases, by=view.yardstick(now=now))


def as_data(one: Finding) -> dict[str, object]:
    """Return a finding for machines, with its definition in both languages."""
    low, high = one.share.interval
    return {
        "check": one.check.value,
        "name": asdict(one.check.phrase),
        "definition": asdict(one.check.definition),
        "default": TOPICS[one.check].article,
        "count": one.count,
        "n": one.n,
        "share": one.share.share,
        "low": low,
        "high": high,
        "expected": one.expected,
        "warns": one.warns,
        "matters": one.numbers,
    }


def _show(found: Sequence[Finding], spoken: str, *, everything: bool) -> None:
    console = output()
    table = Table(
        title=Phrase("防造假检查", "Gaming checks").spoken(spoken), title_justify="left", title_style="bold"
    )
    heads = (
        Phrase("检查", "Check"),
        Phrase("件数", "Found"),
        Phrase("分母", "Of"),
        Phrase("占比", "Share"),
        Phrase("例", "Such as"),
    )
    for place, head in enumerate(heads):
        table.add_column(head.spoken(spoken), justify="right" if place in {1, 2, 3} else "left")
    for one in found:
        some = one.numbers if everything else one.numbers[:SHOWN]
        rest = "" if len(some) == len(one.numbers) else " …"
        share = "–" if one.share.share is None else f"{one.share.share:.1%}"
        name = f"{'■' if one.warns else '○'} {one.check.phrase.spoken(spoken)}"
        table.add_row(name, f"{one.count:,}", f"{one.n:,}", share, escape(", ".join(some)) + rest)
    console.print(table)
    for one in found:
        words = f"{one.check.phrase.spoken(spoken)}: {one.check.definition.spoken(spoken)}"
        console.print(words, style="dim", markup=False)
        if one.expected is not None:
            spread = Phrase(
                f"均匀分布应有 {one.expected:,.0f} 件", f"Spread evenly there would be {one.expected:,.0f}"
            )
            console.print(spread.spoken(spoken), style="dim")


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng gaming",
        description=said("防造假检查：提出疑问，不下结论。", "Gaming checks: questions, not verdicts."),
    )
    parser.add_argument("--feed", default="", metavar="KEY", help=said("查一个数据来源", "check a feed"))
    parser.add_argument(
        "--days", type=int, default=90, help=said("近若干天办结的", "closed in the last so many days")
    )
    parser.add_argument("--agency", default="", help=said("只查一个机关", "one agency only"))
    parser.add_argument("--division", default="", help=said("只查一个区划", "one division only"))
    parser.add_argument("--all", action="store_true", help=said("列出全部办件", "list every matter"))
    parser.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
