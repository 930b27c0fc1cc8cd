"""`xiaoneng feeds list`, `show` and `faults`: what came in, as tables and for machines."""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import asdict

from rich.table import Table

from xiaoneng.cli.feed_taking import batch_as_data
from xiaoneng.cli.terminal import output, print_json
from xiaoneng.flow.case import Fault
from xiaoneng.flow.columns.store import Batch
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision import access
from xiaoneng.supervision.feeding.tokens import TokenLine

HEADS = (
    ("批", "Import"),
    ("文件", "File"),
    ("到达", "Arrived"),
    ("状态", "State"),
    ("行", "Rows"),
    ("有误", "Bad"),
    ("新", "New"),
    ("更正", "Corrected"),
    ("相同", "Same"),
    ("迟到", "Late"),
)


def listing(options: argparse.Namespace, spoken: str) -> int:
    """List the feeds with how many imports they have."""
    found = {key: (name, access.imports_of(key)) for key, name in access.feed_names().items()}
    if options.json:
        print_json(
            [
                {"feed": key, "agency": asdict(name), "imports": len(all_)}
                for key, (name, all_) in found.items()
            ]
        )
        return 0
    if not found:
        output().print(Phrase("还没有数据来源", "There is no feed yet").spoken(spoken))
        return 0
    table = _table(
        (("来源", "Feed"), ("机关", "Agency"), ("批数", "Imports"), ("最近一批", "Newest")), spoken
    )
    for key, (name, batches) in found.items():
        newest = f"{batches[-1].arrived_at:%Y-%m-%d %H:%M} UTC" if batches else "—"
        table.add_row(key, name.spoken(spoken), f"{len(batches):,}", newest)
    output().print(table)
    return 0


def show(options: argparse.Namespace, spoken: str) -> int:
    """List the imports of a feed, and its tokens."""
    feed = access.known_feed(options.feed)
    batches, tokens = access.imports_of(feed), access.tokens_of(feed)
    if options.json:
        print_json(
            {
                "feed": feed,
                "imports": [batch_as_data(one) for one in batches],
                "tokens": [asdict(one) for one in tokens],
            }
        )
        return 0
    table = _table(HEADS, spoken)
    for one in batches:
        table.add_row(*_cells(one, spoken))
    output().print(table)
    for token in tokens:
        output().print(_told(token).spoken(spoken), markup=False)
    return 0


def faults(options: argparse.Namespace, spoken: str) -> int:
    """List everything wrong with an import."""
    found = access.faults_of(access.known_feed(options.feed), options.number)
    if options.json:
        print_json([asdict(one) for one in found])
    elif options.csv:
        out = csv.writer(sys.stdout)
        out.writerow(("line", "column", "zh", "en"))
        out.writerows((one.line, one.column, one.what.zh, one.what.en) for one in found)
    else:
        _print_faults(found, spoken)
    return 0


def _print_faults(found: list[Fault], spoken: str) -> None:
    console = output()
    lines = [f"{one.line:>8}  {one.column}: {one.what.spoken(spoken)}" for one in found]
    count = Phrase(f"共 {len(found):,} 处", f"{len(found):,} in all").spoken(spoken)
    if not sys.stdout.isatty():
        console.print("\n".join((*lines, count)), markup=False, soft_wrap=True)
        return
    with console.pager():
        console.print("\n".join((*lines, count)), markup=False, soft_wrap=True)


def _cells(batch: Batch, spoken: str) -> tuple[str, ...]:
    numbers = (batch.rows, batch.faults, batch.new, batch.corrected, batch.same, batch.late)
    arrived = f"{batch.arrived_at:%Y-%m-%d %H:%M}"
    return (
        str(batch.number),
        batch.name,
        arrived,
        batch.state.phrase.spoken(spoken),
        *(f"{n:,}" for n in numbers),
    )


def _told(token: TokenLine) -> Phrase:
    made = f"{token.created_at:%Y-%m-%d}"
    if token.revoked_at:
        ended = f"{token.revoked_at:%Y-%m-%d}"
        return Phrase(
            f"令牌 {token.name}：{made} 发出，{ended} 作废",
            f"Token {token.name}: made {made}, revoked {ended}",
        )
    used = str(token.last_used_on or "—")
    return Phrase(
        f"令牌 {token.name}：{made} 发出，最近使用 {used}",
        f"Token {token.name}: made {made}, last used {used}",
    )


def _table(heads: tuple[tuple[str, str], ...], spoken: str) -> Table:
    table = Table()
    for zh, en in heads:
        table.add_column(Phrase(zh, en).spoken(spoken), overflow="fold")
    return table
