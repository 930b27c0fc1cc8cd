"""A raw copy of everything a service keeps shows no complainant: not the database, nor logs, mail, sessions, reports.

The service runs in a process of its own on a real database; every byte that it leaves is searched for the facts of
two complainants, the officers' passphrases and the slip, in every writing in which they could stand there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg
import pytest
from django.conf import settings

from tests.keeping import KNOWN, MARKERS, WORDS

PROGRAM = (
    "import django; django.setup()\n"
    "from pathlib import Path\n"
    "import sys\n"
    "from tests.rawcopy import main\n"
    "main(Path(sys.argv[1]))\n"
)


def writings(text: str) -> Iterator[bytes]:
    """Yield every way in which a text may stand in a file."""
    raw = text.encode()
    yield raw
    yield raw.hex().encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield text.encode("gb18030")
    yield json.dumps(text)[1:-1].encode()
    yield text.encode("unicode_escape")
    yield quote(text).encode()
    yield quote_plus(text).encode()
    for shift in range(3):  # base64 depends on where in the stream the text begins
        for coded in (b64encode(bytes(shift) + raw), urlsafe_b64encode(bytes(shift) + raw)):
            yield coded[4:-4]


def found_in(blobs: dict[str, bytes], texts: list[str]) -> list[str]:
    """Return where which of some texts stands."""
    sought = [(text, one) for text in texts for one in set(writings(text)) if len(one) > 7]
    return [f"{text} in {name}" for name, blob in blobs.items() for text, one in sought if one in blob]


def serve(folder: Path, address: str) -> subprocess.CompletedProcess[bytes]:
    """Run the service on a database."""
    environment = {
        **os.environ,
        "XIAONENG_STATE": str(folder),
        "XIAONENG_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "xiaoneng.config.settings",
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)], env=environment, capture_output=True, check=False
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def letters(blobs: dict[str, bytes]) -> dict[str, bytes]:
    """Return every part of every mail as its reader sees it."""
    parts = {}
    for name, blob in blobs.items():
        if name.startswith("mail/"):
            for place, part in enumerate(message_from_bytes(blob).walk()):
                parts[f"{name} part {place}"] = part.get_payload(decode=True) or b""  # type: ignore[assignment]
    return parts


def searched(folder: Path, done: subprocess.CompletedProcess[bytes], rows: dict[str, bytes]) -> None:
    """Assert that nothing secret stands anywhere, and that what may stand there was found by the same search."""
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(folder.with_suffix(".told").read_text(encoding="utf-8"))
    assert told["shown"] == [True] * len(MARKERS), "the identity was opened and shown"
    blobs = {**files(folder), **rows, "stdout": done.stdout, "stderr": done.stderr}
    parts = letters(blobs)
    assert any(b"RuntimeError" in one for one in parts.values()), "a report of the breakdown was sent"
    blobs |= parts
    assert b"RuntimeError" in blobs["service.log"]
    assert found_in(blobs, [KNOWN]), "the search finds what is there in clear"
    assert found_in(blobs, [*MARKERS, *WORDS.values(), *told["secrets"]]) == []


@pytest.mark.parametrize("text", [*MARKERS, *WORDS.values()])
def test_the_search_finds_a_text_however_it_is_written(text: str) -> None:
    for place, one in enumerate(writings(text)):
        assert found_in({"file": b"\x00\x01" + one + b"\x02"}, [text]), place
    stream = b64encode(b"xyzzy" + text.encode() + b"plugh")
    assert found_in({"file": stream}, [text])


def test_a_raw_copy_of_the_database_file_and_of_everything_beside_it_shows_no_name(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    done = serve(folder, f"sqlite:////{folder}/xiaoneng.sqlite3")
    assert (folder / "xiaoneng.sqlite3").exists(), done.stderr.decode()
    searched(folder, done, {})


@pytest.mark.django_db
@pytest.mark.skipif("postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="runs on PostgreSQL")
def test_every_row_of_a_server_shows_no_name(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    at = settings.DATABASES["default"]
    base = f"postgresql://{at['USER']}@{at['HOST']}:{at['PORT']}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS raw_copy")
        server.execute("CREATE DATABASE raw_copy")
    try:
        done = serve(folder, f"{base}/raw_copy")
        searched(folder, done, dict(_rows(f"{base}/raw_copy")))
    finally:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
            server.execute("DROP DATABASE raw_copy WITH (FORCE)")


def _rows(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield every table as the server copies it out."""
    with psycopg.connect(address) as server, server.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            with cursor.copy(f'COPY "{name}" TO STDOUT'.encode()) as copied:
                yield name, b"".join(bytes(one) for one in copied)
