"""`xiaoneng accountability`: the derelictions there are, without names; weak agencies and their leaders' matters."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from rich.table import Table

from xiaoneng.accountability import actions, leaders
from xiaoneng.accountability.access import every_line
from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.accountability.lines import Line
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import local_day


def accountability(arguments: list[str]) -> int:
    """List derelictions or weak agencies, or open leaders' matters; return 0, or 1 if one could not be opened."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    now = datetime.now(UTC)
    if options.what == "list":
        return _list(options, spoken, now=now)
    return _leaders(options, spoken, now=now)


def _list(options: argparse.Namespace, spoken: str, *, now: datetime) -> int:
    found = every_line(closed=options.all, now=now)
    if options.json:
        print_json([_plain(one) for one in found])
        return 0
    heads = (
        ("编号", "单位", "来源", "环节", "期限", "效力至"),
        (
            "Number",
            "Agency",
            "Source",
            "Stage",
            "Due",
            "In effect until",
        ),
    )
    table = Table(*heads[spoken != "zh"])
    for one in found:
        words = one.source.spoken(spoken), one.stage_name.spoken(spoken)
        table.add_row(one.number, one.agency, *words, str(one.due or ""), str(one.until or ""))
    output().print(table)
    return 0


def _plain(one: Line) -> dict[str, object]:
    """Return a dereliction for machines; it names no person."""
    return {
        "number": one.number,
        "agency": one.agency,
        "source": one.source.zh,
        "reference": one.reference,
        "stage": one.stage,
        "opened_at": one.opened_at,
        "due": one.due,
        "until": one.until,
    }


def _leaders(options: argparse.Namespace, spoken: str, *, now: datetime) -> int:
    opened = actions.open_leader_cases(now=now) if options.open else actions.Opened()
    quarter = options.quarter or Quarter.closed_before(local_day(now))
    found = leaders.weak(quarter)
    if options.json:
        print_json(
            {
                "quarter": str(quarter),
                "opened": opened.numbers,
                "failed": dict(opened.failed),
                "weak": [_weak(one) for one in found],
            }
        )
    else:
        for one in found:
            number = one.number or Phrase("未立案", "no matter yet").spoken(spoken)
            output().print(f"{one.agency}  {one.facts.spoken(spoken)}  {number}", markup=False)
        if not found:
            none = Phrase(f"{quarter} 没有效能低下的单位", f"No weak agency in {quarter}")
            output().print(none.spoken(spoken), markup=False)
        for agency, reason in opened.failed:
            notes().print(f"{agency}: {reason}", markup=False)
    return 1 if opened.failed else 0


def _weak(one: WeakAgency) -> dict[str, object]:
    return {
        "agency": one.agency,
        "facts": one.facts.zh,
        "causes": [{"cause": why.cause.value, "count": why.count, "of": why.of} for why in one.weaknesses],
        "open_by": one.open_by,
        "number": one.number,
    }


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def in_words(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng accountability",
        description=in_words("失职追究与负责人问责。", "Derelictions and leaders' matters."),
    )
    parser.add_argument("what", choices=("list", "leaders"), nargs="?", default="list")
    parser.add_argument("--all", action="store_true", help=in_words("包括已办结的", "closed ones too"))
    parser.add_argument(
        "--open", action="store_true", help=in_words("对到期的负责人立案", "open the matters that are due")
    )
    parser.add_argument("--quarter", type=Quarter.parse, metavar="2026Q1", help=in_words("季度", "quarter"))
    parser.add_argument("--json", action="store_true", help=in_words("机器可读", "for machines"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
