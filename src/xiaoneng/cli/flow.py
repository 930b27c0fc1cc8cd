"""`xiaoneng flow FEED QUESTION`: where things stick, from the same table of questions as the pages.

A log of another system may stand for the feed: it is taken in, asked and forgotten.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from xiaoneng.cli.feed_taking import mapping_of, say_refused
from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.flow.case import LogRefused
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import NoFeed
from xiaoneng.supervision.obstruction.access import Source, answered, grouped_by, source
from xiaoneng.supervision.obstruction.answers import GROUPS, Answer, Cell, Kind, Question
from xiaoneng.supervision.obstruction.as_data import as_data
from xiaoneng.supervision.obstruction.asked import Asked, Words
from xiaoneng.supervision.obstruction.book import QUESTIONS
from xiaoneng.supervision.obstruction.logfile import asked_once

REFUSED = 2
SHOWN = 20
NARROW = ("agency", "item", "channel", "department", "since", "until", "as_of")


def flow(arguments: list[str]) -> int:
    """Answer and print; return 0, or 2 where there is no such feed."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    try:
        with _asked(options, spoken) as one:
            _answer(one, options, spoken)
    except NoFeed:
        missing = Phrase(f"没有已整理的数据来源“{options.feed}”", f"There is no settled feed {options.feed}")
        notes().print(missing.spoken(spoken), markup=False)
        return REFUSED
    except LogRefused as refused:
        say_refused(refused.faults, options.feed, spoken)
        return REFUSED
    return 0


@contextmanager
def _asked(options: argparse.Namespace, spoken: str) -> Iterator[Source]:
    """Give the feed, or the log, that is asked; raises NoFeed, LogRefused."""
    now, path = datetime.now(UTC), Path(options.feed)
    if not path.is_file():
        yield source(options.feed, now=now)
        return
    with asked_once(path, mapping=mapping_of(path, options.mapping), now=now) as (one, faults):
        if faults:
            words = Phrase(
                f"{faults:,} 行读不出来，未计入。", f"{faults:,} rows could not be read: left out."
            )
            notes().print(words.spoken(spoken), markup=False)
        yield one


def _answer(one: Source, options: argparse.Namespace, spoken: str) -> None:
    found = QUESTIONS[options.question]
    asked = Asked.of(Words.of({name: getattr(options, name) for name in NARROW}))
    by = grouped_by(one, found, options.by or "")
    answer = answered(one, found, asked, by=by)
    if options.json:
        print_json(as_data(one, found, answer, asked=asked, by=by))
    elif options.csv:
        _write(found, answer, spoken)
    else:
        _show(one, found, answer, spoken, everything=options.all)


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng flow",
        description=said("办件卡在哪里：逐问作答。", "Where things stick, question by question."),
    )
    parser.add_argument("feed", help=said("数据来源代号，或一个日志文件", "the key of a feed, or a log"))
    parser.add_argument("question", choices=list(QUESTIONS), help=said("问题", "the question"))
    parser.add_argument(
        "--mapping", type=Path, help=said("日志的对照表（TOML）", "a mapping of the log's columns (TOML)")
    )
    parser.add_argument("--by", choices=list(GROUPS), help=said("分组", "what groups are made by"))
    for name in ("agency", "item", "channel", "department"):
        parser.add_argument(f"--{name}", action="append", help=GROUPS[name].spoken(spoken))
    for name in ("since", "until", "as-of"):
        parser.add_argument(
            f"--{name}", metavar="DATE", help=said("日期，如 2026-03-01", "a day, as 2026-03-01")
        )
    parser.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    parser.add_argument("--csv", action="store_true", help=said("逗号分隔", "comma separated"))
    parser.add_argument("--all", action="store_true", help=said("列出全部行", "list every line"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)


def _write(found: Question, answer: Answer, spoken: str) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(column.key for column in found.columns)
    out.writerows(
        [cell.spoken(spoken) if isinstance(cell, Phrase) else cell for cell in row] for row in answer.rows
    )


def _show(one: Source, found: Question, answer: Answer, spoken: str, *, everything: bool) -> None:
    console = output()
    title = f"{one.name.spoken(spoken)} · {found.title.spoken(spoken)}"
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in found.columns:
        table.add_column(column.head.spoken(spoken), justify="left" if column.kind is Kind.NAME else "right")
    for row in answer.rows if everything else answer.rows[:SHOWN]:
        cells = zip(row, found.columns, strict=True)
        table.add_row(*(escape(_printed(cell, column.kind, spoken)) for cell, column in cells))
    console.print(table)
    for words in (found.definition, *answer.notes, one.hours.said):
        console.print(words.spoken(spoken), style="dim", markup=False)


def _printed(cell: Cell, kind: Kind, spoken: str) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Phrase):
        return cell.spoken(spoken)
    if isinstance(cell, str):
        return cell
    if kind is Kind.SHARE:
        return f"{cell:.1%}"
    return f"{cell:,.2f}" if kind is Kind.DAYS else f"{cell:,}"
