"""Processes that one command starts and answers for (子进程): started, watched, told to stop, never left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 10.0
"""Seconds that a process has to stop before it is made to."""
ONE_LOOK = 0.2


class PortTaken(Exception):
    """Another program listens there already."""


def port_free(host: str, port: int) -> None:
    """Raise PortTaken where something listens on the port, or where it may not be bound."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise PortTaken(f"{host}:{port}") from taken


def serving(host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the web server."""
    line = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    return [
        *line,
        *("--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning"),
        "xiaoneng.config.wsgi:application",
    ]


def working() -> list[str]:
    """Return the command line of the worker."""
    return [sys.executable, "-m", "xiaoneng.cli.main", "work"]


class Children:
    """Processes started together: when one ends, or a signal comes, all are stopped."""

    def __init__(self, *, logs: Path) -> None:
        self._logs = logs
        self._files = ExitStack()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = Event()

    def start(self, name: str, line: Sequence[str], *, env: Mapping[str, str]) -> None:
        """Start a process whose output goes to `<name>.log`."""
        log = self._files.enter_context((self._logs / f"{name}.log").open("ab"))
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own command lines
            line, env={**os.environ, **env}, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )

    def listen(self) -> None:
        """Stop on SIGTERM and SIGINT."""

        def told(_number: int, _frame: FrameType | None) -> None:
            self._stop.set()

        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, told)

    def answers(self, address: str, *, within: float) -> bool:
        """Tell whether the page at `address` is there within so many seconds, all processes still running."""
        until = time.monotonic() + within
        while time.monotonic() < until and not self._stop.is_set() and not self.ended():
            try:
                with urlopen(address, timeout=5):  # noqa: S310 - our own address
                    return True
            except (URLError, OSError):
                self._stop.wait(ONE_LOOK)
        return False

    def ended(self) -> str:
        """Return the name of a process that ended by itself; empty where all run."""
        return next((name for name, one in self._running.items() if one.poll() is not None), "")

    def wait(self) -> str:
        """Wait until a signal comes or one ends; return the name of the one that did, empty for a signal."""
        while not self._stop.wait(ONE_LOOK * 2):
            if self.ended():
                return self.ended()
        return ""

    def stop(self) -> None:
        """Tell every process to stop and see that it does."""
        for one in self._running.values():
            if one.poll() is None:
                one.terminate()
        for one in self._running.values():
            try:
                one.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
        self._files.close()
