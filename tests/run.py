"""Run every test: on SQLite, again under a zone with summer time, and what needs a database on PostgreSQL too.

What a test needs is installed where it may be (Debian, as root); elsewhere it is named and skipped in so many
words. In CI nothing may be skipped for that reason: the run fails instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).resolve().parents[1]
WORKERS = min(os.cpu_count() or 1, 4)
PACKAGES = {"initdb": "postgresql", "chromium": "chromium", "font": "fonts-noto-cjk"}
CJK_FONTS = ("Noto Sans CJK SC", "WenQuanYi Micro Hei")


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def program(name: str) -> str | None:
    """Return where a program is, PostgreSQL's own folders included."""
    beside = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name, path=os.pathsep.join([*beside, os.environ.get("PATH", "")]))


def present(need: str) -> bool:
    if need != "font":
        return program(need) is not None
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False
    ).stdout
    return any(name in fonts for name in CJK_FONTS)


def install(needs: list[str]) -> None:
    """Install what is missing, where this is a Debian machine and we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say("installing " + ", ".join(PACKAGES[need] for need in needs))
    quiet = {"stdout": subprocess.DEVNULL, "check": False}
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)  # type: ignore[call-overload]
    packages = [PACKAGES[need] for need in needs]
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=env, **quiet
    )  # type: ignore[call-overload]


def lacking() -> list[str]:
    """Return what is still missing after trying to install it; in CI that ends the run."""
    if missing := [need for need in PACKAGES if not present(need)]:
        install(missing)
    missing = [need for need in PACKAGES if not present(need)]
    for need in missing:
        say(f"NOT HERE: {PACKAGES[need]} ({need}); the tests that need it are skipped")
    if missing and CI:
        sys.exit("in CI no test may be skipped for want of " + ", ".join(missing))
    return missing


def pytest(*arguments: str, **settings: str) -> None:
    environment = {**os.environ, **settings}
    command = [sys.executable, "-m", "pytest", "-n", str(WORKERS), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Yield the address of a throw-away cluster; PostgreSQL refuses to run as root, so then it runs as its own user.

    `durable` keeps fsync on, as in service: for measuring.
    """
    as_root = os.geteuid() == 0
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if as_root else {}
    home = tempfile.mkdtemp(prefix="xiaoneng-pg-")
    if as_root:
        shutil.chown(home, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(name: str, *arguments: str) -> None:
        command = [str(program(name)), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]

    run(
        "initdb",
        "-D",
        f"{home}/data",
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync={'on' if durable else 'off'}"
    run("pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-o", options, "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    missing = lacking()
    say("pure and house tests, the casebook")
    pytest("tests/pure", "tests/house", "tests/casebook")
    say("tests with a database, on SQLite")
    pytest("tests/db")
    say("pages and stories in a browser")
    pytest("tests/web", "tests/story")
    say("once more under a zone with summer time")
    pytest("tests/pure", "tests/casebook", "tests/db", TZ="Europe/Amsterdam")
    if "initdb" in missing:
        say("SKIPPED: tests on PostgreSQL, because there is none here and it could not be installed")
        return
    say("tests with a database, on PostgreSQL")
    with postgresql() as address:
        pytest("tests/db", XIAONENG_DATABASE=address)


if __name__ == "__main__":
    main()
