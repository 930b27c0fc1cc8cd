"""Vega for the browser (绘图程序): taken out of the installed package once, and found among the static files.

Nothing of it lies in the sources; a new version of the package is a new file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, overload

import vl_convert
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

PREFIX = "vega"
NAME = "vega.bundle.js"
Found = list
"""Within the class `list` is what Django calls its own method."""


class BundleFinder(BaseFinder):
    """Finds the bundle as `vega/vega.bundle.js`."""

    def check(self, **_: Any) -> Found[CheckMessage]:
        """Return that nothing is wrong."""
        return []

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...  # noqa: FBT002

    @overload
    def find(self, path: str, find_all: Literal[True]) -> Found[str]: ...

    def find(self, path: str, find_all: bool = False, **_: Any) -> str | Found[str] | None:  # noqa: FBT001, FBT002
        """Return where the bundle lies, made if it is not there yet."""
        if path != f"{PREFIX}/{NAME}":
            return [] if find_all else None
        found = str(_made())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """Yield the bundle for those who collect static files."""
        storage = FileSystemStorage(location=_made().parent)
        storage.prefix = PREFIX  # type: ignore[attr-defined]
        yield NAME, storage


def _made() -> Path:
    folder = Path(settings.STATE) / "cache" / f"vega-{vl_convert.get_vega_version()}"
    path = folder / NAME
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_text(vl_convert.javascript_bundle(), encoding="utf-8")  # type: ignore[call-arg]
        beside.replace(path)
    return path
