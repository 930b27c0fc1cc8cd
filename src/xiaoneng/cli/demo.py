"""`xiaoneng demo`: a living city in one command: set up, a year replayed, server and worker, whom to log in as."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from rich.table import Table

from xiaoneng.cli.children import Children, PortTaken, port_free, serving, working
from xiaoneng.cli.demonstration import place
from xiaoneng.cli.demonstration.place import Made
from xiaoneng.cli.serve import port_words
from xiaoneng.cli.terminal import LANGUAGES, language, output
from xiaoneng.law.phrase import Phrase
from xiaoneng.worktime.days import local_day

MATTERS = 1000
HOST = "127.0.0.1"
REFUSED = 2
LONGEST_START = 60.0


def demo(arguments: list[str]) -> int:
    """Make or find the demonstration and serve it until told to stop; return 0, 1 if something failed, 2 if refused."""
    started = time.monotonic()
    spoken = language(arguments)
    options = _options(arguments, spoken)
    console = output()

    def say(words: Phrase) -> None:
        console.print(words.spoken(spoken), markup=False)

    if os.environ.get("XIAONENG_PRODUCTION") == "1":
        say(Phrase("生产环境不运行演示。", "Not in production: a demonstration has a printed password."))
        return REFUSED
    try:
        if not options.no_serve:
            port_free(HOST, options.port)
    except PortTaken as taken:
        say(port_words(taken))
        return 1
    made = _prepared(options, spoken, say=say)
    _print(made, options.port, spoken)
    if options.no_serve:
        return 0
    return _serve(options.port, spoken, started=started)


def _prepared(options: argparse.Namespace, spoken: str, *, say: Callable[[Phrase], None]) -> Made:
    """Return the demonstration that is there, or a new one."""
    state = place.folder()
    place.enter(state)
    now = datetime.now(UTC)
    found = place.made(state)
    current = found is not None and (options.keep or found.day == local_day(now))
    if found is not None and current and not options.fresh:
        return found
    place.clear(state)
    import django  # noqa: PLC0415 - only now is it known which database to open

    django.setup()
    from xiaoneng.cli.demonstration.making import make  # noqa: PLC0415 - as above

    made = make(matters=options.matters, now=now, spoken=spoken, say=say)
    place.keep(state, what=made)
    return made


def _serve(port: int, spoken: str, *, started: float) -> int:
    """Start server and worker, wait for the end, stop both."""
    state = place.folder()
    children = Children(logs=state)
    children.listen()
    console = output()
    try:
        children.start("server", serving(HOST, port, 2), env={})
        children.start("worker", working(), env={})
        if children.answers(f"http://{HOST}:{port}/", within=LONGEST_START):
            words = Phrase(
                f"页面已就绪（{time.monotonic() - started:.0f} 秒）。按 Ctrl+C 停止。",
                f"The page is there ({time.monotonic() - started:.0f} s). Ctrl+C stops everything.",
            )
            console.print(words.spoken(spoken), style="bold", markup=False)
        ended = children.wait()
    finally:
        children.stop()
    if ended:
        log = state / f"{ended}.log"
        words = Phrase(f"{ended} 意外停止，见 {log}", f"{ended} stopped by itself: see {log}")
        console.print(words.spoken(spoken), markup=False)
        return 1
    return 0


def _print(made: Made, port: int, spoken: str) -> None:
    console = output()
    console.print(f"\n  http://{HOST}:{port}/\n", style="bold", markup=False)
    title = Phrase(f"登录（密码都是 {made.password}）", f"Log in (password of all: {made.password})")
    table = Table(title=title.spoken(spoken), title_justify="left")
    for zh, en in (("用户名", "User"), ("角色", "Role"), ("姓名", "Name"), ("可以试", "Try")):
        table.add_column(Phrase(zh, en).spoken(spoken))
    for one in made.logins:
        table.add_row(one.user, one.role.spoken(spoken), one.name, one.what.spoken(spoken))
    console.print(table)
    for track in made.tracks:
        words = Phrase(
            f"以申请人身份查办件：http://{HOST}:{port}/track/　编号 {track.number}　查询码 {track.code}",
            f"Follow as a citizen: http://{HOST}:{port}/track/  number {track.number}  code {track.code}",
        )
        console.print(words.spoken(spoken), markup=False)


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    about = said("一条命令跑起一座参考城市", "A living reference city in one command")
    parser = argparse.ArgumentParser(prog="xiaoneng demo", description=about)
    parser.add_argument("--matters", type=int, default=MATTERS, help=said("一年的申请件数", "applications"))
    parser.add_argument("--port", type=int, default=8000, help=said("端口", "port"))
    parser.add_argument("--no-serve", action="store_true", help=said("只准备，不启动", "prepare only"))
    parser.add_argument("--fresh", action="store_true", help=said("从头再来", "begin anew"))
    parser.add_argument(
        "--keep", action="store_true", help=said("保留往日的演示数据", "keep an earlier day's data")
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
