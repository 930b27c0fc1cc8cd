"""`xiaoneng calendar load FILE` and `show YEAR`: a holiday notice becomes an edition; no matter is rewritten."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.table import Table

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.desk.rebuilding import rows_digest
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import calendar_book
from xiaoneng.organisation.actions import load_notice
from xiaoneng.supervision.moving import Preview, preview
from xiaoneng.worktime.calendar import DayKind, EditionsOutOfOrder, PastChanged
from xiaoneng.worktime.notice import NoticeFaulty, parse_notice

REFUSED = 2
NATIONAL = "CN"


def calendar(arguments: list[str]) -> int:
    """Load a notice or show a year; return 0, or 2 where the notice was refused and nothing was written."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    if options.what == "show":
        return _show(options.year, options.calendar, spoken)
    try:
        text = options.file.read_text(encoding="utf-8-sig")
        return _loaded(text, options, spoken)
    except (OSError, UnicodeDecodeError) as unreadable:
        notes().print(f"{options.file}: {unreadable}", markup=False)
    except NoticeFaulty as faulty:
        for one in faulty.faults:
            notes().print(one, markup=False)
    except (PastChanged, EditionsOutOfOrder) as refused:
        notes().print(str(refused), markup=False)
    return REFUSED


def instant() -> datetime:
    """Return the instant at which a notice becomes known: now."""
    return datetime.now(UTC)


def _loaded(text: str, options: argparse.Namespace, spoken: str) -> int:
    now = instant()
    moves = preview(parse_notice(text), now=now) if options.calendar == NATIONAL else None
    before = rows_digest()
    days = load_notice(
        text,
        calendar=options.calendar,
        source=options.source or options.file.name,
        now=now,
        correction=options.correction,
    )
    written = rows_digest() != before
    if options.json:
        moved = moves.moving if moves else None
        print_json({"days": days, "moved": moved, "matter_rows_written": written})
    else:
        _say(days, moves, spoken, written=written)
    return 1 if written else 0


def _say(days: int, moves: Preview | None, spoken: str, *, written: bool) -> None:
    console = output()
    console.print(Phrase(f"已载入：列明 {days} 天", f"Loaded: {days} days fixed").spoken(spoken))
    if moves is not None:
        total = moves.moving + moves.staying
        words = Phrase(
            f"在办 {total:,} 件中 {moves.moving:,} 件的法定期限移动；"
            f"暂定的由 {moves.provisional_before:,} 件减为 {moves.provisional_after:,} 件",
            f"{moves.moving:,} of {total:,} open matters moved their lawful last day; "
            f"provisional dates: {moves.provisional_before:,} before, {moves.provisional_after:,} now",
        )
        console.print(words.spoken(spoken))
        for one in moves.moves[:10]:
            line = Phrase(
                f"  {one.before} → {one.after}　{one.matters:,} 件",
                f"  {one.before} → {one.after}: {one.matters:,}",
            )
            console.print(line.spoken(spoken))
    words = Phrase(
        "办件表有行被改写，这不应发生" if written else "没有改写任何办件",
        "Rows of matters were written: this must not be" if written else "No matter's row was written",
    )
    console.print(words.spoken(spoken))


def _show(year: int, key: str, spoken: str) -> int:
    latest = calendar_book(key).latest
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    kinds = Counter(latest.why(day).kind for day in days)
    table = Table(title=f"{key} {year}")
    for zh, en in (("日期", "Day"), ("性质", "What"), ("出处", "Source")):
        table.add_column(Phrase(zh, en).spoken(spoken))
    for day in days:
        why = latest.why(day)
        if why.kind in {DayKind.HOLIDAY, DayKind.MAKE_UP, DayKind.CLOSURE}:
            table.add_row(day.isoformat(), why.phrase.spoken(spoken), " ".join(why.sources))
    console = output()
    console.print(table)
    counted = sum(latest.is_working(day) for day in days)
    unknown = (
        Phrase("；尚无通知，均为暂定", "; no notice yet, all provisional")
        if latest.provisional(last)
        else Phrase("", "")
    )
    words = Phrase(
        f"工作日 {counted} 天，其中调休上班 {kinds[DayKind.MAKE_UP]} 天；放假 {kinds[DayKind.HOLIDAY]} 天",
        f"{counted} working days, {kinds[DayKind.MAKE_UP]} of them made up; {kinds[DayKind.HOLIDAY]} days of holiday",
    )
    console.print(words.spoken(spoken) + unknown.spoken(spoken))
    return 0


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    about = said("载入放假通知，查看一年", "Load a holiday notice; show a year")
    parser = argparse.ArgumentParser(prog="xiaoneng calendar", description=about)
    whats = parser.add_subparsers(dest="what", required=True)
    load = whats.add_parser(
        "load", help=said("载入通知（holiday-cn JSON）", "load a notice (holiday-cn JSON)")
    )
    load.add_argument("file", type=Path)
    load.add_argument("--source", default="", help=said("出处：网址或文号", "where it is published"))
    load.add_argument(
        "--correction", action="store_true", help=said("更正过去的日子", "puts past days right")
    )
    load.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    show = whats.add_parser("show", help=said("查看一年", "show a year"))
    show.add_argument("year", type=int)
    for one in (load, show):
        one.add_argument(
            "--calendar", default=NATIONAL, help=said("历书：CN 或区划代码", "CN or a division's code")
        )
        one.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
