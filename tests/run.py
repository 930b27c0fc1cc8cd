"""Run every test once: what needs a database on SQLite and on PostgreSQL too, what needs a browser in one, Spark last.

Nothing may ask what zone the machine stands in: a zone equal to the office's would hide such a question, so the
machine stands under summer time for the tests without a server, and in the office's zone for all others.

What a test needs is installed where it may be (Debian, as root; Python from the lock); elsewhere it is named and
skipped in so many words. In CI nothing may be skipped for that reason: the run fails instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).resolve().parents[1]
WORKERS = min(os.cpu_count() or 1, 4)
BROWSERS = WORKERS + 1  # a browser and its test wait for each other in turn: one more keeps the cores busy
ELSEWHERE = {"XIAONENG_TEST_ZONE": "Europe/Amsterdam"}
PACKAGES = {
    "initdb": "postgresql",
    "chromium": "chromium",
    "font": "fonts-noto-cjk",
    "java": "openjdk-17-jre-headless",
}
SPARK = ROOT / "tests" / "spark"
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
    needs = [need for need in PACKAGES if need != "java" or spark_has_tests()]
    if missing := [need for need in needs if not present(need)]:
        install(missing)
    missing = [need for need in needs if not present(need)]
    if spark_has_tests() and not is_here("pyspark", of="-e .[spark]"):
        missing.append("spark")
    if not is_here("pm4py", of="pm4py"):  # AGPL: reads in tests what we wrote, and is imported nowhere else
        missing.append("pm4py")
    for need in missing:
        say(f"NOT HERE: {PACKAGES.get(need, need)}; the tests that need it are skipped")
    if missing and CI:
        sys.exit("in CI no test may be skipped for want of " + ", ".join(missing))
    return missing


def spark_has_tests() -> bool:
    return any(SPARK.rglob("test_*.py"))


def is_here(module: str, *, of: str) -> bool:
    """Tell whether a module is installed, after installing from the lock what brings it where it is not."""
    uv = Path(sys.executable).with_name("uv")
    if find_spec(module) is None and uv.exists():
        say(f"installing {module}")
        command = [str(uv), "pip", "install", "-q", "--python", sys.executable, "-c", "requirements.lock"]
        subprocess.run([*command, *of.split()], cwd=ROOT, check=False)
    done = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False)
    return done.returncode == 0


def pytest(*arguments: str, workers: int = WORKERS, **settings: str) -> None:
    """Run one phase and end the whole run where it fails; no phase takes pictures, as nobody looks."""
    environment = {**os.environ, "XIAONENG_SHOTS": "0", **settings}
    command = [sys.executable, "-m", "pytest", "-n", str(workers), "-rs", *arguments]
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    print(f"   {time.monotonic() - start:.0f} s", flush=True)
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
    say("pure and house tests, the casebook, under summer time")
    pytest("tests/pure", "tests/house", "tests/casebook", **ELSEWHERE)
    say("tests with a database, on SQLite, under summer time")
    pytest("tests/db", **ELSEWHERE)
    say("stories and pages in a browser")
    pytest("tests/story", "tests/web", "--dist", "worksteal", workers=BROWSERS)
    on_postgresql(missing)
    on_spark(missing)


def on_postgresql(missing: list[str]) -> None:
    if "initdb" in missing:
        say("SKIPPED: tests on PostgreSQL, because there is none here and it could not be installed")
        return
    say("tests with a database, on PostgreSQL")
    with postgresql() as address:
        pytest("tests/db", XIAONENG_DATABASE=address)


def on_spark(missing: list[str]) -> None:
    if not spark_has_tests():
        return
    if absent := {"java", "spark"}.intersection(missing):
        say(
            f"SKIPPED: tests on Spark, for want of {' and '.join(sorted(absent))}, which could not be installed"
        )
        return
    say("the same questions on Spark")
    pytest(str(SPARK.relative_to(ROOT)), workers=0)


if __name__ == "__main__":
    main()
