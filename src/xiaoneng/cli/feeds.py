"""`xiaoneng feeds`: take in what agencies' own systems record, look at imports, confirm or drop those with faults."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from xiaoneng.cli.feed_tables import faults, listing, show
from xiaoneng.cli.feed_taking import add, take_files
from xiaoneng.cli.feed_watching import EVERY, watch
from xiaoneng.cli.tables import NoTables, ensure_tables
from xiaoneng.cli.terminal import LANGUAGES, language, notes, output
from xiaoneng.flow.columns.intake import Busy, NotWaiting
from xiaoneng.flow.columns.store import BadKey
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import NoFeed, known_feed
from xiaoneng.supervision.feeding import intake
from xiaoneng.supervision.feeding.actions import TokenNamed, give_token, revoke_token

REFUSED = 2
TABLE = "supervision_feedtoken"

Deed = Callable[[argparse.Namespace, str], int]


def feeds(arguments: list[str]) -> int:
    """Do one thing with feeds; return 0, 1 where something waits to be confirmed, 2 where it was refused."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    try:
        made = ensure_tables(TABLE)
        if made:
            notes().print(made.spoken(spoken))
        return DEEDS[options.what](options, spoken)
    except tuple(PROBLEMS) as problem:
        words = next(words for kind, words in PROBLEMS.items() if isinstance(problem, kind))
        notes().print(f"{words.spoken(spoken)} {problem}", markup=False)
        return REFUSED


PROBLEMS: dict[type[Exception], Phrase] = {
    NoTables: Phrase("数据库还没有表，请先运行", "The database has no tables yet: run"),
    NoFeed: Phrase("没有这个数据来源：", "No such feed:"),
    BadKey: Phrase("没有这个数据来源：", "No such feed:"),
    FileNotFoundError: Phrase("没有这一批：", "No such import:"),
    NotWaiting: Phrase("这一批不在待确认状态：", "This import does not wait to be confirmed:"),
    Busy: Phrase("这个来源正在读入另一批：", "Another import of this feed is under way:"),
    TokenNamed: Phrase("已有同名的令牌，先用 feeds revoke 作废：", "A token has this name; revoke it first:"),
}


def _confirm(options: argparse.Namespace, spoken: str) -> int:
    done = intake.confirm(options.feed, options.number, now=datetime.now(UTC))
    words = Phrase(
        f"第 {options.number} 批已入列：新 {done.batch.new:,}，更正 {done.batch.corrected:,}，"
        f"相同 {done.batch.same:,}，舍去有误的 {done.batch.faults:,} 行",
        f"Import {options.number} is taken: {done.batch.new:,} new, {done.batch.corrected:,} corrected, "
        f"{done.batch.same:,} the same; {done.batch.faults:,} bad rows left out",
    )
    output().print(words.spoken(spoken), markup=False)
    return 0


def _drop(options: argparse.Namespace, spoken: str) -> int:
    intake.drop(options.feed, options.number, why=options.why, now=datetime.now(UTC))
    words = Phrase(
        f"第 {options.number} 批已放弃，没有一行入列", f"Import {options.number} is dropped; no row was taken"
    )
    output().print(words.spoken(spoken), markup=False)
    return 0


def _token(options: argparse.Namespace, spoken: str) -> int:
    secret = give_token(known_feed(options.feed), name=options.name, now=datetime.now(UTC))
    words = Phrase("令牌只显示这一次，请立即保存：", "The token is shown this once; keep it now:")
    notes().print(words.spoken(spoken))
    output().print(secret, markup=False, soft_wrap=True)
    return 0


def _revoke(options: argparse.Namespace, spoken: str) -> int:
    if revoke_token(options.feed, name=options.name, now=datetime.now(UTC)):
        words = Phrase(f"令牌 {options.name} 已作废", f"Token {options.name} is revoked")
        output().print(words.spoken(spoken), markup=False)
        return 0
    words = Phrase(f"没有可作废的令牌 {options.name}", f"No token {options.name} to revoke")
    notes().print(words.spoken(spoken), markup=False)
    return REFUSED


DEEDS: dict[str, Deed] = {
    "add": add,
    "take": take_files,
    "list": listing,
    "show": show,
    "faults": faults,
    "confirm": _confirm,
    "drop": _drop,
    "watch": watch,
    "token": _token,
    "revoke": _revoke,
}

ABOUT: dict[str, Phrase] = {
    "add": Phrase("用对照表登记一个数据来源", "make a feed known by its mapping"),
    "take": Phrase(
        "读入日志：好的行入列，有误的全部列出，待确认", "take logs in; bad rows are listed, good ones wait"
    ),
    "list": Phrase("列出数据来源", "list the feeds"),
    "show": Phrase("列出一个来源的各批及其行数、令牌", "list a feed's imports with counts, and its tokens"),
    "faults": Phrase("列出一批的全部错误", "list everything wrong with an import"),
    "confirm": Phrase("确认：好的行入列，有误的舍去", "take the good rows of an import, leave out the bad"),
    "drop": Phrase("放弃一批，一行也不入列", "take nothing of an import"),
    "watch": Phrase("守着一个文件夹，来一个读一个", "watch a folder and take in what comes"),
    "token": Phrase("发一个接入令牌，只显示一次", "make a sender's token, shown once"),
    "revoke": Phrase("作废一个接入令牌", "revoke a sender's token"),
}


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    about = said("读入其他机关系统的日志", "Take in logs of other offices' systems")
    parser = argparse.ArgumentParser(prog="xiaoneng feeds", description=about)
    whats = parser.add_subparsers(dest="what", required=True)
    each = {name: whats.add_parser(name, help=words.spoken(spoken)) for name, words in ABOUT.items()}
    each["add"].add_argument("mapping", type=Path, metavar="MAPPING")
    _of_taking(each["take"], each["watch"], said)
    for name in ("show", "faults", "confirm", "drop", "token", "revoke"):
        each[name].add_argument("feed", metavar="FEED")
    for name in ("faults", "confirm", "drop"):
        each[name].add_argument("number", type=int, metavar="N")
    for name in ("token", "revoke"):
        each[name].add_argument("name", metavar="NAME")
    each["drop"].add_argument("--why", required=True, help=said("为什么放弃", "why it is dropped"))
    each["faults"].add_argument("--csv", action="store_true", help=said("表格", "as a table"))
    for name in ("take", "list", "show", "faults"):
        each[name].add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    for one in each.values():
        one.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)


def _of_taking(
    take: argparse.ArgumentParser, watching: argparse.ArgumentParser, said: Callable[[str, str], str]
) -> None:
    take.add_argument("files", type=Path, nargs="+", metavar="FILE")
    take.add_argument("--key", default="", help=said("这一批的编号，只入列一次", "its own key; taken once"))
    take.add_argument(
        "--confirm", action="store_true", help=said("有误也立即取好的行", "take good rows whatever the bad")
    )
    watching.add_argument("folder", type=Path, metavar="FOLDER")
    watching.add_argument("--once", action="store_true", help=said("只看一次", "look once"))
    watching.add_argument(
        "--every",
        type=float,
        default=EVERY,
        metavar="SECONDS",
        help=said("几秒看一次", "seconds between looks"),
    )
    for one in (take, watching):
        one.add_argument(
            "--mapping", type=Path, help=said("对照表（TOML）", "a mapping of the columns (TOML)")
        )
