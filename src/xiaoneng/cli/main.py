"""`xiaoneng`: one door to every command; each is a module of this package with a function of its name.

A command takes its arguments and returns the exit code. Its module is imported, and Django set up, only when it
is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from xiaoneng import __version__
from xiaoneng.cli.terminal import language
from xiaoneng.law.phrase import ENGLISH, Phrase

Run = Callable[[list[str]], int]
SETTINGS = "xiaoneng.config.settings"
USAGE = 2


class Command(NamedTuple):
    """What a command is for, and how it is reached."""

    help: Phrase
    run: Run


def lazily(name: str, *, django: bool = True) -> Run:
    """Return a command of this package that is imported when it is called; `django` sets Django up first."""

    def run(arguments: list[str]) -> int:
        if django:
            import django as framework  # noqa: PLC0415 - a command that needs none starts at once

            framework.setup()
        code: int = getattr(import_module(f"xiaoneng.cli.{name}"), name)(arguments)
        return code

    return run


def manage(arguments: list[str]) -> int:
    """Hand over to Django's own management commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - as above

    execute_from_command_line(["xiaoneng manage", *arguments])
    return 0


COMMANDS: dict[str, Command] = {
    "supervise": Command(
        Phrase(
            "读入其他机关系统的办件日志，亮灯、查超期",
            "take in a log of another office's system and judge it",
        ),
        lazily("supervise"),
    ),
    "feeds": Command(
        Phrase(
            "读入日志入列：看各批、确认或放弃、守文件夹、发令牌",
            "take logs into columns: imports, watch, tokens",
        ),
        lazily("feeds"),
    ),
    "pour": Command(
        Phrase("把本系统的办件倒入事件列，供查找梗阻", "pour our own matters into the columns of events"),
        lazily("pour"),
    ),
    "flow": Command(
        Phrase("办件卡在哪里：逐问作答", "where things stick, question by question"), lazily("flow")
    ),
    "gaming": Command(
        Phrase(
            "防造假检查：秒办、踩点、批量办结等", "gaming checks: closed at once, on the last day, in bulk …"
        ),
        lazily("gaming"),
    ),
    "sweep": Command(
        Phrase("办理一次到期的提醒、红黄牌和依法视为", "do once what is due: reminders, cards, lapses"),
        lazily("sweep"),
    ),
    "work": Command(
        Phrase("循环督察、入账、发送通知", "sweep, seal and send notices, again and again"),
        lazily("work"),
    ),
    "always": Command(
        Phrase("查验四个一律，导出每项的证明", "ask the four always; export what proves each answer"),
        lazily("always"),
    ),
    "accountability": Command(
        Phrase(
            "列出失职追究，查效能低下的单位并对负责人立案",
            "list derelictions; find weak agencies and open their leaders' matters",
        ),
        lazily("accountability"),
    ),
    "procedures": Command(
        Phrase("打印各项程序的表与图", "print every procedure as a table and a chart"),
        lazily("procedures", django=False),
    ),
    "demo": Command(
        Phrase(
            "演示：准备参考城市、推演一年、启动服务", "a living reference city: set up, replay a year, serve"
        ),
        lazily("demo", django=False),
    ),
    "serve": Command(Phrase("启动网页服务", "start the web server"), lazily("serve", django=False)),
    "rebuild": Command(
        Phrase("由行为重建办件的投影并比对", "make every matter's row anew from its acts and compare"),
        lazily("rebuild"),
    ),
    "seal": Command(
        Phrase("把待存证的行为入账并签名", "take every act that waits into the log"), lazily("seal")
    ),
    "verify": Command(
        Phrase("核验全部记录，指出首个被改动的行为", "read the record back; name the first altered act"),
        lazily("verify", django=False),
    ),
    "receipt": Command(
        Phrase("离线核验一份回执", "check a receipt off line"), lazily("receipt", django=False)
    ),
    "calendar": Command(
        Phrase("载入放假通知，查看一年", "load a holiday notice; show a year"), lazily("calendar")
    ),
    "vault": Command(
        Phrase("保管投诉人身份的岗位钥匙", "keys of the posts that keep complainants' identities"),
        lazily("vault"),
    ),
    "complaints": Command(
        Phrase(
            "成批登记、导出、列出投诉（不含身份）", "import, export and list complaints, never who complained"
        ),
        lazily("complaints"),
    ),
    "inspection": Command(
        Phrase("督察：核对抽签，载入督察员名册", "inspection: draw a lot again, load mandates"),
        lazily("inspection"),
    ),
    "flow-export": Command(
        Phrase(
            "导出来源的事件列：XES、OCEL 2.0、CSV、Parquet", "write a feed out: XES, OCEL 2.0, CSV, Parquet"
        ),
        lazily("flow_export"),
    ),
    "publish-data": Command(
        Phrase("更新开放数据及其目录", "bring the open data and its catalogue up to date"),
        lazily("publish_data"),
    ),
    "manage": Command(Phrase("Django 管理命令", "Django's management commands"), manage),
}
"""Every command, in the order in which help lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the first argument names; return its exit code (2 where there is no such command)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    name, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    spoken = language(rest)
    if name in ("-h", "--help", "help"):
        sys.stdout.write(help_text(spoken))
        return 0
    if name == "--version":
        sys.stdout.write(f"xiaoneng {__version__}\n")
        return 0
    if name not in COMMANDS:
        unknown = Phrase(f"没有“{name}”这个命令。\n", f"No such command: {name}\n")
        sys.stderr.write(unknown.spoken(spoken) + help_text(spoken))
        return USAGE
    return COMMANDS[name].run(rest)


def help_text(spoken: str) -> str:
    """Return the list of commands."""
    head = "Usage: xiaoneng COMMAND …" if spoken == ENGLISH else "用法：xiaoneng 命令 …"
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help.spoken(spoken)}" for name, command in COMMANDS.items()]
    return "\n".join((head, "", *lines, ""))


if __name__ == "__main__":
    sys.exit(main())
