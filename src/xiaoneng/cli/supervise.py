"""`xiaoneng supervise LOG`: take a real event log in as the feed of an agency, and say what it shows."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from xiaoneng.cli.boards import board_as_data, show_board
from xiaoneng.cli.tables import NoTables, ensure_tables
from xiaoneng.cli.terminal import LANGUAGES, file_progress, language, notes, output, print_json
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.columns.intake import Sent
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.judge import Yardstick
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.reading import Log, columns_of, read_log
from xiaoneng.flow.shipped import fitting
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import feed_view
from xiaoneng.supervision.actions import import_feed
from xiaoneng.supervision.feeding.intake import refuse_bad_key, take_beside
from xiaoneng.supervision.feeds import FeedView, Imported

REFUSED = 2
TABLE = "supervision_feedcase"
DATE_LENGTH = len("2012-01-23")


def supervise(arguments: list[str]) -> int:
    """Read, store and judge a log; return 0, or 2 where it was refused and nothing was stored."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    now = datetime.now(UTC)
    try:
        mapping = _mapping(options.log, options.mapping)
        as_of = _instant(options.as_of, mapping.times.zone)
        log = _read(options.log, mapping, spoken)
    except LogRefused as refused:
        return _say_refused(refused.faults, spoken, json=options.json)
    try:
        refuse_bad_key(mapping)
        view, done = _taken(mapping, log, now, spoken, store=not options.no_store)
        if done:
            _into_columns(options.log, mapping, now, spoken)
    except LogRefused as refused:
        return _say_refused(refused.faults, spoken, json=options.json)
    except NoTables as missing:
        words = Phrase(
            f"数据库还没有表，请先运行 {missing}", f"the database has no tables yet: run {missing}"
        )
        return _say_refused((Fault(0, "", words),), spoken, json=options.json)
    by = view.yardstick(now=now, as_of=as_of)
    if options.json:
        print_json(_as_data(view, log, done, by))
    else:
        _show(view, log, done, by, spoken, everything=options.all)
    return 0


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng supervise",
        description=said(
            "读入其他机关系统的办件日志并监察。", "Take in a log of another office's system and judge it."
        ),
    )
    parser.add_argument(
        "log", type=Path, help=said("日志：CSV、XES，可为 .gz", "the log: CSV or XES, also gzipped")
    )
    parser.add_argument(
        "--mapping", type=Path, help=said("对照表（TOML）", "a mapping of its columns (TOML)")
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help=said(
            "判断的时刻：日期（至当日终了）或时刻", "judge at this date (its end) or instant, local time"
        ),
    )
    parser.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    parser.add_argument("--all", action="store_true", help=said("列出全部分组", "list every group"))
    parser.add_argument("--no-store", action="store_true", help=said("只看不存", "judge only, store nothing"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)


def _mapping(log: Path, given: Path | None) -> LogMapping:
    if given is None:
        return fitting(columns_of(log))
    try:
        return parse_mapping(given.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as broken:
        words = Phrase(f"对照表读不出来：{broken}", f"the mapping cannot be read: {broken}")
        raise LogRefused(Fault(0, "", words)) from None


def _instant(said: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant of `--as-of`: a date means its end, a time without offset is local; None stays None."""
    if said is None:
        return None
    try:
        if len(said) == DATE_LENGTH:
            return datetime.combine(date.fromisoformat(said), time.max, tzinfo=zone).astimezone(UTC)
        at = datetime.fromisoformat(said)
    except ValueError:
        words = Phrase(f"--as-of 不是日期：“{said}”", f"--as-of is no date: “{said}”; write it as 2012-01-23")
        raise LogRefused(Fault(0, "", words)) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _read(path: Path, mapping: LogMapping, spoken: str) -> Log:
    with file_progress() as progress:
        size = path.stat().st_size if path.exists() else None
        task = progress.add_task(Phrase("读入", "Reading").spoken(spoken), total=size)
        return read_log(path, mapping=mapping, advance=lambda at: progress.update(task, completed=at))


def _taken(
    mapping: LogMapping, log: Log, now: datetime, spoken: str, *, store: bool
) -> tuple[FeedView, Imported | None]:
    """Return the feed as it stands with this file, stored or not."""
    if not store:
        return FeedView(mapping, log.cases), None
    made = ensure_tables(TABLE)
    if made:
        notes().print(made.spoken(spoken))
    done = import_feed(mapping=mapping, log=log, now=now)
    return feed_view(mapping.key), done


def _into_columns(path: Path, mapping: LogMapping, now: datetime, spoken: str) -> None:
    """Take the events of a log that is on the board into columns too, and say where rows had to be left out of them."""
    with file_progress() as progress:
        task = progress.add_task(Phrase("入列", "Into columns").spoken(spoken), total=path.stat().st_size)
        source = file_source(path, mapping=mapping, advance=lambda at: progress.update(task, completed=at))
        batch = take_beside(source, mapping=mapping, sent=Sent(now=now, by="supervise", confirm=True))
    if batch.faults:
        words = Phrase(
            f"有 {batch.faults:,} 行未能入列：xiaoneng feeds faults {batch.feed} {batch.number}",
            f"{batch.faults:,} rows could not go into columns: xiaoneng feeds faults {batch.feed} {batch.number}",
        )
        notes().print(words.spoken(spoken), markup=False)


def _say_refused(faults: tuple[Fault, ...], spoken: str, *, json: bool) -> int:
    if json:
        print_json({"refused": [asdict(fault) for fault in faults]})
        return REFUSED
    console = notes()
    words = Phrase(
        f"未读入，什么也没有保存。共 {len(faults)} 处：", f"Refused, nothing stored. {len(faults)} wrong:"
    )
    console.print(words.spoken(spoken), style="bold")
    for fault in faults:
        line = Phrase(f"第 {fault.line} 行", f"line {fault.line}").spoken(spoken) if fault.line else ""
        place = " ".join(part for part in (line, fault.column) if part)
        console.print(
            f"{place}: {fault.what.spoken(spoken)}" if place else fault.what.spoken(spoken), markup=False
        )
    return REFUSED


def _show(
    view: FeedView, log: Log, done: Imported | None, by: Yardstick, spoken: str, *, everything: bool
) -> None:
    console = output()
    console.print(view.mapping.agency.spoken(spoken), style="bold", markup=False)
    for line in (_of_file(view, log), _of_import(done), _of_instant(by)):
        console.print(line.spoken(spoken), markup=False)
    console.print()
    show_board(view.board(by=by), console=console, spoken=spoken, everything=everything)


def _of_file(view: FeedView, log: Log) -> Phrase:
    zone = view.mapping.times.zone.key
    zh = f"{log.name}：{len(log.cases):,} 件，{log.rows:,} 行；代表“无”的极远日期 {log.sentinels:,} 个；时区 {zone}"
    en = f"{log.name}: {len(log.cases):,} cases, {log.rows:,} rows; {log.sentinels:,} far dates read as none; {zone}"
    return Phrase(zh, en)


def _of_import(done: Imported | None) -> Phrase:
    if done is None:
        return Phrase("未保存（--no-store）", "Not stored (--no-store)")
    if done.repeated:
        return Phrase("此文件已读入过，没有任何改变", "This file was taken in before: nothing changed")
    zh = f"已保存：新增 {done.created:,}，变更 {done.changed:,}，未变 {done.same:,}，本文件未提及 {done.absent:,}"
    en = (
        f"Stored: {done.created:,} new, {done.changed:,} changed, {done.same:,} the same, "
        f"{done.absent:,} known but not in this file"
    )
    return Phrase(zh, en)


def _of_instant(by: Yardstick) -> Phrase:
    at = f"{by.as_of.astimezone(by.zone):%Y-%m-%d %H:%M:%S %z}"
    zh = f"基准时刻 {at}（不写 --as-of 则为日志所记的最后时刻）；到期前 {by.soon_days} 天为预警"
    en = f"As of {at} (without --as-of: the last thing the log records); due soon: {by.soon_days} days before"
    return Phrase(zh, en)


def _as_data(view: FeedView, log: Log, done: Imported | None, by: Yardstick) -> dict[str, object]:
    return {
        "feed": view.mapping.key,
        "agency": asdict(view.mapping.agency),
        "file": {"name": log.name, "sha256": log.sha256, "kind": log.kind.value, "rows": log.rows},
        "far_dates_read_as_none": log.sentinels,
        "imported": asdict(done) if done else None,
        "board": board_as_data(view.board(by=by)),
    }
