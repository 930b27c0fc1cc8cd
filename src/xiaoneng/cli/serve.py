"""`xiaoneng serve`: the web server (granian, WSGI), in place of this process, so that signals reach it."""

from __future__ import annotations

import argparse
import os
from typing import NoReturn

from xiaoneng.cli.children import PortTaken, port_free, serving
from xiaoneng.cli.terminal import LANGUAGES, language, notes
from xiaoneng.law.phrase import Phrase

TAKEN = 1


def serve(arguments: list[str]) -> int:
    """Become the server; return 1 only where the port is taken."""
    spoken = language(arguments)
    about = Phrase("启动网页服务", "Start the web server").spoken(spoken)
    parser = argparse.ArgumentParser(prog="xiaoneng serve", description=about)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    options = parser.parse_args(arguments)
    try:
        port_free(options.host, options.port)
    except PortTaken as taken:
        notes().print(port_words(taken).spoken(spoken), markup=False)
        return TAKEN
    return _become(serving(options.host, options.port, options.workers))


def _become(line: list[str]) -> NoReturn:
    os.execv(line[0], line)  # noqa: S606 - our own command line; no shell


def port_words(taken: PortTaken) -> Phrase:
    """Return what is said of a port that is taken."""
    return Phrase(
        f"{taken} 已被别的程序占用，请用 --port 另选一个端口。",
        f"Another program listens on {taken} already: choose another with --port.",
    )
