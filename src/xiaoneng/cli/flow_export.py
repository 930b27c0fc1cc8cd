"""`xiaoneng flow-export FEED --form …`: write a feed's settled columns out for other tools."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from xiaoneng.cli.progress import counting
from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import BadKey
from xiaoneng.flow.out.exporting import Form, export
from xiaoneng.flow.out.source import NothingSettled, Size, source_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding.intake import columns

REFUSED = 2
DATE_LENGTH = len("2026-03-01")


def flow_export(arguments: list[str]) -> int:
    """Write the files; return 0, or 2 where the feed has no settled columns."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    form = Form(options.form)
    path = options.out or Path(f"{options.feed}{form.ending}")
    try:
        made, size = _written(options, form, path, spoken)
    except (NothingSettled, BadKey):
        words = Phrase(
            f"来源“{options.feed}”没有可导出的事件列：代号不对，或者还没有读入、整理。",
            f"The feed “{options.feed}” has no settled columns: no such key, or nothing of it was taken in and settled.",
        )
        notes().print(words.spoken(spoken), markup=False)
        return REFUSED
    if options.json:
        files = [{"name": str(one), "bytes": one.stat().st_size} for one in made]
        print_json({"feed": options.feed, "cases": size.cases, "events": size.events, "files": files})
        return 0
    _show(made, size, spoken, people=options.with_people)
    return 0


def _written(
    options: argparse.Namespace, form: Form, path: Path, spoken: str
) -> tuple[tuple[Path, ...], Size]:
    people = options.with_people
    with source_of(columns(), _selection(options), people=people) as source:
        size = source.size()
        with counting(Phrase("环节", "events").spoken(spoken)) as progress:
            task = progress.add_task(form.phrase.spoken(spoken), total=size.events)
            made = export(
                source, form, path, people=people, advance=lambda at: progress.update(task, completed=at)
            )
    return made, size


def _show(made: tuple[Path, ...], size: Size, spoken: str, *, people: bool) -> None:
    console = output()
    words = Phrase(
        f"{size.cases:,} 件，{size.events:,} 个环节：", f"{size.cases:,} cases, {size.events:,} events:"
    )
    console.print(words.spoken(spoken))
    for one in made:
        console.print(f"{one}  {one.stat().st_size:,} B", markup=False)
    if people:
        warning = Phrase(
            "文件含经办人、责任人姓名和对照表保留的其他列，属于个人信息，不得公开。",
            "The files name people and hold further columns: personal data, not to be published.",
        )
        notes().print(warning.spoken(spoken), style="bold")


def _selection(options: argparse.Namespace) -> Selection:
    return Selection(
        feed=options.feed,
        agencies=tuple(options.agency),
        items=tuple(options.item),
        channels=tuple(options.channel),
        departments=tuple(options.department),
        since=options.since,
        until=options.until,
    )


NARROWING = {
    "agency": Phrase("只要这个机关的（可多次）", "only of this agency; repeatable"),
    "item": Phrase("只要这个事项的（可多次）", "only of this item; repeatable"),
    "channel": Phrase("只要这个渠道的（可多次）", "only of this channel; repeatable"),
    "department": Phrase("只要这个部门的（可多次）", "only of this department; repeatable"),
}
PERIOD = {
    "since": Phrase("自此日起收件的（含）", "received from this day on"),
    "until": Phrase("此日之前收件的（不含）", "received before this day"),
}
SWITCHES = {
    "with-people": Phrase("含姓名和其他列（个人信息）", "with names and further columns: personal data"),
    "json": Phrase("机器可读", "for machines"),
}
FEED = Phrase("来源代号；本系统为 own", "key of the feed; ours is own")
OUT = Phrase("写到哪里；XES、OCEL 以 .gz 结尾则压缩", "where to; XES and OCEL are packed if it ends in .gz")


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    about = Phrase("把来源的事件列导出给其他工具。", "Write a feed's columns out for other tools.")
    parser = argparse.ArgumentParser(prog="xiaoneng flow-export", description=about.spoken(spoken))
    parser.add_argument("feed", metavar="FEED", help=FEED.spoken(spoken))
    parser.add_argument("--form", choices=[one.value for one in Form], default=Form.XES.value)
    parser.add_argument("--out", type=Path, metavar="FILE", help=OUT.spoken(spoken))
    for name, words in NARROWING.items():
        parser.add_argument(f"--{name}", action="append", default=[], help=words.spoken(spoken))
    for name, words in PERIOD.items():
        parser.add_argument(f"--{name}", type=_instant, metavar="DATE", help=words.spoken(spoken))
    for name, words in SWITCHES.items():
        parser.add_argument(f"--{name}", action="store_true", help=words.spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)


def _instant(said: str) -> datetime:
    """Return a day's beginning or an instant, where the office is; argparse tells a ValueError."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if len(said) == DATE_LENGTH:
        return datetime.combine(date.fromisoformat(said), time.min, tzinfo=zone).astimezone(UTC)
    at = datetime.fromisoformat(said)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
